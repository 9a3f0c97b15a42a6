"""Times text-to-record extraction against underthesea's word segmentation of the same texts, in turns, in one run.

    python -m bench.speed [--quick] [FILE ...]

Imports and the first call of each side are left out. Only ratios mean anything: absolute times here are noise.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from underthesea import word_tokenize

from bench.page import keep
from bench.samples import plans
from bench.timing import in_turns, worked
from extract import extract_plan

ROUNDS = 7
LEAST = 3.0  # how many times as fast as word segmentation extraction has to be


def measured(paths: Sequence[Path], rounds: int) -> tuple[list[tuple[str, int, float]], float]:
    """A row a plan: its name, its characters and the ratio; and the ratio over all."""
    rows, ours_all, theirs_all = [], 0.0, 0.0
    for path in paths:
        text = path.read_text("utf-8-sig")
        works = {"ours": partial(extract_plan, path), "theirs": partial(word_tokenize, text)}
        for work in works.values():
            work()
        took = in_turns(works, rounds, worked)
        ours, theirs = (statistics.median(took[side]) for side in works)
        ours_all, theirs_all = ours_all + ours, theirs_all + theirs
        rows.append((path.name, len(text), theirs / ours))
        print(f"{path.name[:44]:44} {len(text):10} {theirs / ours:8.1f}", flush=True)
    return rows, theirs_all / ours_all


def main() -> int:
    """Print a row a plan and the ratio over all, put it on the page; exit 1 below LEAST."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--quick", action="store_true", help="three plans; docs/benchmarks.md stays as it is")
    asked = parser.parse_args()
    paths = asked.files or [path for path in plans(".txt") if not path.name.startswith("baocao-")]
    rows, ratio = measured(paths[:3] if asked.quick else paths, ROUNDS)
    print(f"{'all ' + str(len(rows)):44} {'':10} {ratio:8.1f}   (at least {LEAST:g})")
    if not (asked.quick or asked.files):
        slowest, fastest = min(own for *_, own in rows), max(own for *_, own in rows)
        length = sum(one for _, one, _ in rows)
        said = f"{len(rows)} plans as text, {length:,} characters, processor's time, median of {ROUNDS} rounds."
        least = f"- times as fast as word segmentation: {ratio:.1f} (at least {LEAST:g})"
        keep("speed", "speed", f"{said}\n\n{least}; plan by plan {slowest:.1f} to {fastest:.1f}")
    return int(ratio < LEAST and not asked.quick)


if __name__ == "__main__":
    sys.exit(main())
