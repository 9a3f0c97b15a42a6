"""Rows -> tables that no rules draw: heads side by side, and under them rows that keep the blank strips between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Cell
from extract.normalize.labels import meaning_of
from extract.read.pdf.paragraphs import Margins, paragraphs_of
from extract.read.pdf.rows import Piece, Row, narrowed, row_of

_FEWEST = 3  # columns, and rows with a head
_NARROW = 4.0  # points: a strip is wider
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVX]+|[A-H])[.)]*")
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table without rules: rows of cells, where its columns begin and end, and the rows of the page that it takes."""

    rows: tuple[dict[int, Cell], ...]
    columns: tuple[float, ...]
    start: int
    end: int


def unruled_tables(rows: Sequence[Row], page: int) -> Iterator[Unruled]:
    """The tables among the rows of a page, from its top."""
    at = 0
    while at < len(rows):
        table = _table_at(rows, at, page) if _is_head(rows[at]) else None
        if table is not None:
            yield table
        at = table.end if table is not None else at + 1


def _is_head(row: Row) -> bool:
    """Three columns' heads or more, two of which say what the column holds."""
    texts = [piece.text for piece in row.pieces]
    if len(texts) < _FEWEST or any(len(text) > _LONGEST_HEAD for text in texts):
        return False
    return sum(meaning_of(text, column=True) is not None for text in texts) >= 2


def _table_at(rows: Sequence[Row], at: int, page: int) -> Unruled | None:
    strips = [(a.x1, b.x0) for a, b in pairwise(rows[at].pieces)]
    end = at + 1
    while end < len(rows) and (kept := _kept(strips, rows[end])) and not rows[end].beside:
        strips, end = kept, end + 1
    starts = _starts(rows, at, end, strips)
    if len(starts) < _FEWEST:
        return None
    bounds = [*starts, end]
    columns = (rows[at].x0, *((a + b) / 2 for a, b in strips), max(row.x1 for row in rows[at:end]))
    cells = tuple(_cells(rows[a:b], strips, columns, page) for a, b in pairwise(bounds))
    return Unruled(cells, columns, at, end)


def _kept(strips: Sequence[tuple[float, float]], row: Row) -> list[tuple[float, float]] | None:
    """The strips as a row leaves them, None where it crosses one."""
    kept = [narrowed(strip, row, least=_NARROW) for strip in strips]
    return [strip for strip in kept if strip] if all(kept) else None


def _starts(rows: Sequence[Row], at: int, end: int, strips: Sequence[tuple[float, float]]) -> list[int]:
    """The first printed row of each row: the first column has an ordinal there, or all columns are filled."""
    first = strips[0][0]
    ordinals = [i for i in range(at + 1, end) if rows[i].x0 < first and _ORDINAL.fullmatch(rows[i].pieces[0].text)]
    if len(ordinals) >= _FEWEST - 1:
        return [at, *ordinals]
    full = [i for i in range(at + 1, end) if len(rows[i].pieces) > len(strips)]
    return [at, *full] if len(full) == end - at - 1 else []


def _cells(
    rows: Sequence[Row], strips: Sequence[tuple[float, float]], columns: Sequence[float], page: int
) -> dict[int, Cell]:
    """The cells of a row of the table."""
    cells = {}
    for number in range(len(strips) + 1):
        parts = [row_of(r.base, r.size, pieces) for r in rows if (pieces := _in_column(r, strips, number))]
        margins = Margins(columns[number], columns[number + 1])
        cells[number] = Cell(tuple(paragraphs_of(parts, margins, page)) if parts else ())
    return cells


def _in_column(row: Row, strips: Sequence[tuple[float, float]], number: int) -> list[Piece]:
    left = (sum(strips[number - 1]) / 2) if number else float("-inf")
    right = (sum(strips[number]) / 2) if number < len(strips) else float("inf")
    return [piece for piece in row.pieces if left <= (piece.x0 + piece.x1) / 2 < right]
