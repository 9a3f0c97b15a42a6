"""Runs that lie in one another, as those of a font and of its stand-in for missing letters do -> runs in a row."""

import ctypes
import re
from collections.abc import Iterator, Sequence

from extract.read.pdf import pdfium
from extract.read.pdf.frame import Frame
from extract.read.pdf.run import STAMPED, Run

_LATELY = 20  # runs of one text that a copy is looked for among
_OVERLAP = 0.35  # of the font's size
_LEADER = re.compile(r"[._…]{2,}|…")
_BLANK, _WIDE = 0.16, 0.4  # of the font's size: a wider gap is a blank, or parts runs

Letter = tuple[float, float, str, Run]  # where it begins and ends, what it is, whose it is


def untangled(runs: Sequence[Run], handle: pdfium.Handle, frame: Frame) -> list[Run]:
    """The runs in the file's order; those of a line whose runs overlap letter by letter, from the left."""
    once = _once(runs)
    lines: dict[float, list[Run]] = {}
    for run in once:
        lines.setdefault(round(run.base, 1), []).append(run)
    tangled = {base: line for base, line in lines.items() if len(line) > 1 and _overlap(line)}
    if not tangled:
        return once
    kept = [run for run in once if round(run.base, 1) not in tangled]
    return kept + [run for group in tangled.values() for run in _in_a_row(group, handle, frame)]


def _once(runs: Sequence[Run]) -> list[Run]:
    """Text printed twice on one place, to look bold or to throw a shadow, only once."""
    seen: dict[str, list[Run]] = {}
    kept = []
    for run in runs:
        same = seen.setdefault(run.text, [])
        if not any(abs(run.x0 - other.x0) < 1 and abs(run.base - other.base) < 1 for other in same[-_LATELY:]):
            kept.append(run)
        same.append(run)
    return kept


def _overlap(line: Sequence[Run]) -> bool:
    end = float("-inf")
    for run in sorted(line, key=lambda run: run.x0):
        if run.x0 < end - _OVERLAP * run.size:
            return True
        end = max(end, run.x1)
    return False


def _in_a_row(line: Sequence[Run], handle: pdfium.Handle, frame: Frame) -> Iterator[Run]:
    stamped = any(run.first == STAMPED for run in line)
    letters = [letter for run in line for letter in letters_of(run, handle, frame, leaders=not stamped)]
    if not letters:
        return
    letters.sort(key=_start)
    text, first, end = "", letters[0], letters[0][1]
    for letter in letters:
        x0, x1, shown, run = letter
        gap = (x0 - end) / run.size
        if gap > _WIDE:
            yield _run(text, first, end)
            text, first, end = shown, letter, x1
        else:
            text += " " + shown if gap > _BLANK else shown
            end = max(end, x1)
    yield _run(text, first, end)


def letters_of(run: Run, handle: pdfium.Handle, frame: Frame, *, leaders: bool = True) -> Iterator[Letter]:
    """The letters of a run with their places, blanks left out; without `leaders` the dots that mark a blank too."""
    if run.first == STAMPED:
        yield run.x0, run.x1, run.text, run
        return
    box = pdfium.Rectangle()
    reference, level, left = ctypes.byref(box), frame.turn == 0, frame.left
    skipped = set() if leaders else {i for m in _LEADER.finditer(run.text) for i in range(*m.span())}
    for i, letter in enumerate(run.text):
        if letter == " " or i in skipped:
            continue
        pdfium.char_box(handle, run.first + i, reference)
        if level:
            yield box.left - left, box.right - left, letter, run
        else:
            x0, _, x1, _ = frame.seen_box(box.left, box.bottom, box.right, box.top)
            yield x0, x1, letter, run


def _start(letter: Letter) -> float:
    return letter[0]


def _run(text: str, first: Letter, end: float) -> Run:
    x0, _, _, run = first
    return Run(text, x0, end, run.base, run.size, run.font, run.bold, run.first)
