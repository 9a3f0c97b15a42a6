"""Sheets without their footnotes, and the footnotes: small print at a page's foot that begins with its mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.read.pdf.rows import Row
from extract.read.pdf.sheet import Sheet

_SMALL = 0.88  # of the text's size
_LOWEST = 0.45  # of the page's height: footnotes stand below
_MARKED = re.compile(r"(?:\(?\d{1,3}\)?|\*{1,3})\s*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The rows of a page's footnotes."""

    rows: tuple[Row, ...]
    page: int


def without_footnotes(sheets: Sequence[Sheet]) -> list[Footnotes]:
    """Take the footnotes off the sheets, so that they part no sentence that goes on over the page's end."""
    usual = _usual_size(sheets)
    found = []
    for sheet in sheets:
        rows = _at_foot(sheet, usual)
        if rows:
            doomed = set(map(id, rows))
            sheet.parts = [part for part in sheet.parts if id(part) not in doomed]
            found.append(Footnotes(tuple(rows), sheet.number))
    return found


def _usual_size(sheets: Sequence[Sheet]) -> float:
    """The size that most of the text is printed in."""
    letters: dict[float, int] = {}
    for sheet in sheets:
        for row in sheet.rows:
            letters[row.size] = letters.get(row.size, 0) + len(row.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _at_foot(sheet: Sheet, usual: float) -> list[Row]:
    """The small rows that a page ends with, from the first one with a mark on."""
    foot: list[Row] = []
    for part in reversed(sheet.parts):
        if not isinstance(part, Row) or part.beside or part.size > _SMALL * usual:
            break
        if part.base < _LOWEST * sheet.frame.height:
            break
        foot.append(part)
    foot.reverse()
    first = next((i for i, row in enumerate(foot) if _MARKED.match(row.text)), len(foot))
    return foot[first:]
