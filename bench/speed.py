"""Times text-to-record extraction against underthesea's word segmentation of the same texts, in turns, in one run.

    python -m bench.speed [FILE ...]

Imports and the first call of each side are left out. Only ratios mean anything: absolute times here are noise.
"""

import os
import statistics
import sys
from functools import partial
from pathlib import Path

from underthesea import word_tokenize

from bench.timing import seconds
from extract import extract_plan

ROOT = Path(__file__).parents[1]
ROUNDS = 7
LEAST = 3.0  # how many times as fast as word segmentation extraction has to be


def plans() -> list[Path]:
    """The plans to time: the arguments, else the sample corpus and the shared plans where they are."""
    if sys.argv[1:]:
        return [Path(name) for name in sys.argv[1:]]
    shared = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared")) / "corpus"
    return sorted((ROOT / "corpus" / "plans").glob("mau-*.txt")) + sorted(shared.glob("*.txt"))


def main() -> int:
    """Print a row a plan and the ratio over all; exit 1 below LEAST."""
    paths = plans()
    total_ours = total_theirs = 0.0
    print(f"{'plan':44} {'characters':>10} {'x word_tokenize':>16}")
    for path in paths:
        text = path.read_text("utf-8-sig")
        extract_plan(path)
        word_tokenize(text)
        pairs = [(seconds(partial(extract_plan, path)), seconds(partial(word_tokenize, text))) for _ in range(ROUNDS)]
        ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        total_ours += ours
        total_theirs += theirs
        print(f"{path.name[:44]:44} {len(text):10} {theirs / ours:16.1f}")
    ratio = total_theirs / total_ours
    print(f"{'all ' + str(len(paths)):44} {'':10} {ratio:16.1f}   (at least {LEAST:g})")
    return int(ratio < LEAST)


if __name__ == "__main__":
    sys.exit(main())
