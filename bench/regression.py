"""Fails where work has grown: counts against bench/ceilings.csv, and times against public libraries by wide margins.

    python -m bench.regression [--lower] [--only reading pages builds times]

Counts of Python's operations and of SQLite's steps are the same on every machine, so a ceiling stands 5 % above what
was counted. They go down only, by `--lower` (`make ceilings`); who has to raise one edits the file and says why. A
ceiling holds with the versions that it was counted with. What libraries do in C is not counted: that is what the times
are for, each against a library that does a like thing in the same run, in ratios that no busy machine moves so far.
"""

import argparse
import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from underthesea import word_tokenize

from bench.counting import PYTHON, SQLITE
from bench.counts import Count, adding, built, pages, reading
from bench.peers import with_pdfplumber, with_python_docx
from bench.samples import PLANS, ROOT
from bench.timing import worked
from extract import extract_plan
from extract.read import read

CEILINGS = ROOT / "bench" / "ceilings.csv"
KINDS = READING, PAGES, BUILDS, TIMES = "reading", "pages", "builds", "times"
MARGIN = 1.05  # what a count may grow before someone has to say why
ROUNDS = 5
# Sets are gone through in the same order in every run, and programs are not looked for in more folders on one machine.
_ALIKE = {"PYTHONHASHSEED": "0", "PATH": ""}
_TEXT, _PDF, _DOCX = "mau-08-tre-em.txt", "mau-33-chuyen-doi-so-tinh.pdf", "mau-34-chuyen-doi-so-phuong.docx"


class Ceiling(NamedTuple):
    """The most that a count may be with the versions that it was counted with."""

    most: int
    by: str


class Pair(NamedTuple):
    """Our work, a library's, and how many times the library's time ours may take: about twice what it does."""

    ours: Callable[[], object]
    theirs: Callable[[], object]
    most: float


def pairs() -> Mapping[str, Pair]:
    """What is timed."""
    text = (PLANS / _TEXT).read_text("utf-8")
    return {
        "record of a text / underthesea's words": Pair(
            partial(extract_plan, PLANS / _TEXT), partial(word_tokenize, text), 0.6
        ),
        "record of a PDF / pdfplumber's text and tables": Pair(
            partial(extract_plan, PLANS / _PDF), partial(with_pdfplumber, PLANS / _PDF), 0.3
        ),
        "reading DOCX / python-docx's paragraphs and tables": Pair(
            partial(read, PLANS / _DOCX), partial(with_python_docx, PLANS / _DOCX), 2.0
        ),
    }


def ceilings(path: Path) -> dict[str, Ceiling]:
    """The ceilings that stand."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["what"]: Ceiling(int(row["ceiling"]), row["counted with"]) for row in csv.DictReader(stream)}


def lowered(old: Mapping[str, Ceiling], counts: Iterable[Count]) -> dict[str, Ceiling]:
    """Ceilings just above the counts, none higher than it was; of what is counted no more there is none.

    >>> lowered({"a": Ceiling(100, "x"), "b": Ceiling(5, "x")}, [Count("a", 200, "x"), Count("c", 100, "x")])
    {'a': Ceiling(most=100, by='x'), 'c': Ceiling(most=105, by='x')}
    """
    found = {}
    for one in counts:
        new, stood = Ceiling(round(one.done * MARGIN), one.by), old.get(one.what)
        found[one.what] = stood if stood and stood.by == one.by and stood.most < new.most else new
    return found


def write(found: Mapping[str, Ceiling], path: Path) -> None:
    """Write the file anew."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = [(what, one.most, one.by) for what, one in found.items()]
        csv.writer(stream, lineterminator="\n").writerows([("what", "ceiling", "counted with"), *rows])


def past(counts: Iterable[Count], most: Mapping[str, Ceiling]) -> Iterator[str]:
    """What has grown past its ceiling, and what has none.

    >>> list(past([Count("a", 103, "x"), Count("b", 9, "y")], {"a": Ceiling(102, "x"), "b": Ceiling(1, "z")}))
    ['a: 103, ceiling 102']
    """
    for one in counts:
        if (ceiling := most.get(one.what)) is None:
            yield f"{one.what}: {one.done}, no ceiling (make ceilings)"
        elif ceiling.by == one.by and one.done > ceiling.most:
            yield f"{one.what}: {one.done}, ceiling {ceiling.most}"


def slow() -> Iterator[str]:
    """What takes longer beside a library than it may."""
    for name, pair in pairs().items():
        times = [(worked(pair.ours), worked(pair.theirs)) for _ in range(ROUNDS + 1)][1:]  # the first loads
        ratio = min(own for own, _ in times) / min(theirs for _, theirs in times)
        print(f"{name}: {ratio:.2f} (at most {pair.most:g})", flush=True)
        if ratio > pair.most:
            yield f"{name}: {ratio:.2f} (at most {pair.most:g})"


def counted(kinds: Sequence[str], most: Mapping[str, Ceiling]) -> Iterator[Count]:
    """The counts of some kinds; each is printed beside its ceiling."""
    for one in _counts(kinds):
        stood = most.get(one.what)
        said = f"ceiling {stood.most}" if stood and stood.by == one.by else f"no ceiling with {one.by}"
        print(f"{one.what}: {one.done} ({said})", flush=True)
        yield one


def _counts(kinds: Sequence[str]) -> Iterator[Count]:
    if READING in kinds:
        yield from reading()
    with TemporaryDirectory() as name:
        paths, db = built(Path(name)) if {PAGES, BUILDS} & {*kinds} else ([], Path(name))
        if PAGES in kinds:
            yield from pages(db)
        if BUILDS in kinds:
            yield from adding(paths, db)


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, time and compare; exit 1 where something has grown."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = _parser().parse_args(given)
    if not os.environ.items() >= _ALIKE.items():
        command = [sys.executable, "-m", "bench.regression", *given]
        return subprocess.run(command, env={**os.environ, **_ALIKE}, cwd=ROOT, check=False).returncode
    most = ceilings(asked.ceilings)
    counts = list(counted(asked.only, most))
    if asked.lower:
        new = lowered(most, counts)
        most = new if [*asked.only] == [*KINDS] else most | new
        write(most, asked.ceilings)
    grown = [*past(counts, most), *(slow() if TIMES in asked.only else ())]
    print(f"\ngrown ({PYTHON}, {SQLITE}): {'; '.join(grown) or 'nothing'}")
    return int(bool(grown))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lower", action="store_true", help="lower the ceilings to what is counted")
    parser.add_argument("--only", choices=KINDS, nargs="+", default=KINDS)
    parser.add_argument("--ceilings", type=Path, default=CEILINGS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
