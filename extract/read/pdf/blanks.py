"""Stamps -> runs: what a clerk's signature prints into the blanks of a line, "Số:      /KH-UBND", set on that line.

A signature's own words (the signer's name, the time, an e-mail address) stand over no such blank and are left out.
"""

import re
from collections.abc import Iterator, Sequence

from extract.lexicon import first, phrases
from extract.read.pdf import pdfium
from extract.read.pdf.frame import Frame
from extract.read.pdf.run import STAMPED, Run, Stamp
from extract.read.pdf.tangles import letters_of
from extract.text import fold, nfc

_LEVEL = 0.35  # of the font's size: baselines that near are one
_OVER = 0.75  # of the font's size: so far may a stamp stand from its line
_NEAR = 2.0  # of the font's size: so far may it stand from the line's words
_LONGEST = 30  # characters of a number or a date
_FIGURE = re.compile(r"\d")
_FOREIGN = re.compile(r"[:@]|\(cid:")


def filling(stamps: Sequence[Stamp], runs: Sequence[Run], handle: pdfium.Handle, frame: Frame) -> Iterator[Run]:
    """The runs that the stamps add, each on the baseline of the line whose blank it fills."""
    for stamp in stamps:
        text = nfc(stamp.text)
        if len(text) > _LONGEST or not _FIGURE.search(text) or _FOREIGN.search(text):
            continue
        x0, y = frame.seen(stamp.x0, stamp.y)
        x1, _ = frame.seen(stamp.x1, stamp.y)
        line = _line(runs, (x0 + x1) / 2, y)
        if line and not _covers(line, (x0 + x1) / 2, handle, frame):
            yield Run(text, min(x0, x1), max(x0, x1), line[0].base, line[0].size, first=STAMPED)


def _line(runs: Sequence[Run], x: float, y: float) -> list[Run]:
    """The runs of the line that a place lies on, where it is one that is filled in by hand; none else."""
    hosts = [
        run
        for run in runs
        if abs(run.base - y) < _OVER * run.size and run.x0 - _NEAR * run.size < x < run.x1 + _NEAR * run.size
    ]
    if not hosts:
        return []
    nearest = min(hosts, key=lambda run: abs(run.base - y))
    line = [run for run in runs if abs(run.base - nearest.base) < _LEVEL * run.size]
    words = fold(" ".join(run.text for run in sorted(line, key=lambda run: run.x0)))
    return [nearest, *line] if first(phrases("pdf", "filled_in"), words) else []


def _covers(line: Sequence[Run], x: float, handle: pdfium.Handle, frame: Frame) -> bool:
    """Whether the line has a letter or a figure there already; dots mark a blank."""
    over = (run for run in line if run.x0 <= x <= run.x1)
    letters = (letter for run in over for letter in letters_of(run, handle, frame))
    return any(x0 <= x <= x1 and letter.isalnum() for x0, x1, letter, _ in letters)
