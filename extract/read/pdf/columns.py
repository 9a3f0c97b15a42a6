"""Rows -> rows in reading order: letterheads and signatures, which stand side by side, one column after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.lexicon import first, phrases
from extract.read.pdf.rows import Piece, Row, narrowed, piece_of, row_of
from extract.read.pdf.run import Run
from extract.text import fold

_NARROW = 3.0  # points: a gutter is wider
_APART = 5.0  # of the font's size: so far below a letterhead's row none of its rows stands


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The blank strip between two columns."""

    left: float
    right: float

    def taking(self, row: Row) -> "_Gutter | None":
        """The strip left when a row's pieces stand beside it, None where one crosses it."""
        strip = narrowed((self.left, self.right), row, least=_NARROW)
        return _Gutter(*strip) if strip is not None else None

    def sides(self, row: Row) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """A row's pieces left and right of it."""
        middle = (self.left + self.right) / 2
        return (
            tuple(p for p in row.pieces if p.x1 <= middle),
            tuple(p for p in row.pieces if p.x1 > middle),
        )


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """The rows with every block of two columns read down the left one, then down the right one."""
    rows = [_split(row) for row in rows]
    out: list[Row] = []
    at = 0
    while at < len(rows):
        gutter, end = _block(rows, at)
        if gutter is None:
            out.append(rows[at])
        else:
            for side in (0, 1):
                parts = ((row, gutter.sides(row)[side]) for row in rows[at:end])
                out += [row_of(row.base, row.size, pieces, beside=True) for row, pieces in parts if pieces]
        at = end
    return out


def _split(row: Row) -> Row:
    """The row with the country's name in a piece of its own, however near the left column comes to it."""
    for i, piece in enumerate(row.pieces):
        if len(piece.runs) > 1 and (found := _national(piece.text)) and found.start():
            at = next((k for k in range(1, len(piece.runs)) if _starts_national(piece.runs[k:])), None)
            if at:
                parts = (piece_of(piece.runs[:at]), piece_of(piece.runs[at:]))
                return row_of(row.base, row.size, (*row.pieces[:i], *parts, *row.pieces[i + 1 :]))
    return row


def _starts_national(runs: Sequence[Run]) -> bool:
    found = _national(piece_of(runs).text)
    return found is not None and found.start() == 0


def _block(rows: Sequence[Row], at: int) -> tuple[_Gutter | None, int]:
    """The strip between the columns of the block that a row opens, None where it opens none; and the row after it."""
    pair = next((p for p in pairwise(rows[at].pieces) if _is_parted(*p)), None)
    gutter = _Gutter(pair[0].x1, pair[1].x0).taking(rows[at]) if pair else None
    end = at + 1
    if pair is None or gutter is None:
        return None, end
    head = _national(pair[1].text) is not None
    while end < len(rows) and (narrowed := gutter.taking(rows[end])) is not None:
        if head and (_opens(rows[end].text, "title") or _is_far(rows[end - 1], rows[end])):
            break
        gutter = narrowed
        end += 1
    return gutter, end


def _is_far(row: Row, following: Row) -> bool:
    return following.base - row.base > _APART * row.size


def _is_parted(left: Piece, right: Piece) -> bool:
    """Whether two pieces of a row stand in columns of their own: a letterhead's, or a signature's."""
    return bool(_national(right.text)) or _opens(left.text, "recipients") or _opens(right.text, "signatures")


def _national(text: str) -> re.Match[str] | None:
    found = first(phrases("pdf", "right_columns"), fold(text))
    return found[1] if found else None


def _opens(text: str, kind: str) -> bool:
    return first(phrases("headings", kind), fold(text)) is not None
