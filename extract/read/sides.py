"""Letterheads and signatures set side by side -> a table of one row, a cell a side, its lines in order."""

import re
from collections.abc import Sequence
from functools import cache

from extract.lexicon import Phrase, is_in, phrases
from extract.model import Cell, Table
from extract.read.markup import cell_of
from extract.text import fold

_GAP = re.compile(r"[ \u00a0]*\t\s*|\s{3,}")
_BULLET = re.compile(r"\s*[-–+•]")
_MOST_LINES = 16
_MOST_COLUMNS = 3
_LONGEST = 160  # characters of a line of it
_FAR = 20  # blanks before a line that stands in the right column alone


def table_at(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """The letterhead or signature that begins at a line with a tab or a wide gap in it, and where it ends."""
    first = _parted(lines[at])
    if not all(first) or not any(is_in(_openers(), fold(side)) for side in first):
        return None
    sides: tuple[list[str], list[str]] = ([], [])
    end = at
    for i in range(at, min(at + _MOST_LINES, len(lines))):
        left, right = _parted(lines[i])
        if not left and not right:
            continue
        if not right and not _BULLET.match(left):
            break
        for side, text in zip(sides, (left, right), strict=True):
            side.extend(filter(None, [text]))
        end = i + 1
    return Table((tuple(cell_of("\n".join(side)) for side in sides),)), end


def _parted(line: str) -> tuple[str, str]:
    """What stands left and right of a line's widest gap; a tab is wider than any run of blanks."""
    text = line.strip()
    if not text or len(text) > 3 * _LONGEST:
        return text, ""
    if line.startswith("\t") or len(line) - len(line.lstrip()) >= _FAR:
        return "", text
    gaps = sorted(_GAP.finditer(text), key=lambda gap: ("\t" in gap[0], len(gap[0])))
    if not gaps:
        return text, ""
    return text[: gaps[-1].start()], text[gaps[-1].end() :]


@cache
def _openers() -> tuple[Phrase, ...]:
    """What the first line of a letterhead or of a signature holds."""
    return (*phrases("letterhead", "national"), *phrases("headings", "recipients"))


@cache
def landmarks() -> tuple[Phrase, ...]:
    """What lines of documents hold, and of sites do not."""
    return (*_openers(), *phrases("portal", "landmarks"))


def gathered(table: Table) -> Table:
    """A letterhead's or signature's rows as one, each side's lines in its cell; another table as it is."""
    rows = table.rows
    width = len(rows[0])
    if not 1 < len(rows) <= _MOST_LINES or width > _MOST_COLUMNS:
        return table
    if any(len(row) != width or any(cell.colspan > 1 or cell.rowspan > 1 for cell in row) for row in rows):
        return table
    printed = (fold(line.text) for row in rows[:3] for cell in row for line in cell.lines if len(line.text) < _LONGEST)
    if not any(is_in(landmarks(), text) for text in printed):
        return table
    columns = zip(*rows, strict=True)
    return Table((tuple(Cell(tuple(line for cell in column for line in cell.lines)) for column in columns),))
