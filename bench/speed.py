"""Times text-to-record extraction against underthesea's word segmentation of the same texts, in turns, in one run.

    python bench/speed.py [FILE ...]

Imports and the first call of each side are left out. Only ratios mean anything: absolute times here are noise.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper, partial
from pathlib import Path

from underthesea import word_tokenize

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


def forget() -> None:
    """Empty the caches that extraction keeps of texts it has seen, so that every round reads the plan anew."""
    for thing in gc.get_objects():
        if (
            isinstance(thing, _lru_cache_wrapper)
            and thing.__module__.startswith("extract.")
            and (thing.cache_info().maxsize or 0) > 100
        ):
            thing.cache_clear()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    forget()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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
