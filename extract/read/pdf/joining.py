"""Tables that go on over a page's end -> one table: a repeated head left out, a row cut in two made whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.model import Cell
from extract.normalize.numbering import marker_of
from extract.read.pdf.sheet import Ruled
from extract.text import LOWER

_SAME_PLACE = 8.0  # points
_ENDED = re.compile(r"[.;:!?…]\W*$")
_LOWER_START = re.compile(rf"\W*[{LOWER}]")
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXA-Z]{1,5}|[a-zđ])[.)]*")
_MOST_HEADS = 4
_TALLEST = 60  # rows that a merged cell is looked for in

_Row = Mapping[int, Cell]


def goes_on(table: Ruled, following: Ruled) -> bool:
    """Whether the second table has the first one's columns, so that it goes on with it."""
    return len(table.columns) == len(following.columns) and all(
        abs((a - table.columns[0]) - (b - following.columns[0])) < _SAME_PLACE
        for a, b in zip(table.columns, following.columns, strict=True)
    )


def joined(table: Ruled, following: Ruled) -> None:
    """Put the second table's rows to the first's."""
    rows = following.rows[_repeated(table.rows, following.rows) :]
    if rows and table.rows and _is_cut(_standing(table.rows), rows[0]):
        for column, cell in rows[0].items():
            if cell.lines:
                _append(table.rows, column, cell)
        rows = rows[1:]
    table.rows += rows


def _standing(rows: Sequence[_Row]) -> dict[int, Cell]:
    """The cells that reach a table's last row, by the column that they begin in."""
    found: dict[int, Cell] = {}
    for up, row in enumerate(reversed(rows[-_TALLEST:])):
        for column, cell in row.items():
            if cell.rowspan > up:
                found.setdefault(column, cell)
    return found


def _append(rows: list[dict[int, Cell]], column: int, cell: Cell) -> None:
    """Put a cell's lines to the one that reaches the last row in its column."""
    for up, row in enumerate(reversed(rows)):
        above = row.get(column)
        if above is not None and above.rowspan > up:
            row[column] = replace(above, lines=above.lines + cell.lines)
            return
    rows[-1][column] = cell


def _text(cell: Cell | None) -> str:
    return " ".join(line.text for line in cell.lines) if cell else ""


def _plain(row: _Row) -> list[tuple[int, str]]:
    return [(column, "".join(_text(cell).split())) for column, cell in row.items()]


def _repeated(rows: Sequence[_Row], following: Sequence[_Row]) -> int:
    """How many rows at the top of the second table repeat the first one's."""
    count = 0
    for a, b in zip(rows[:_MOST_HEADS], following, strict=False):
        if _plain(a) != _plain(b) or not any(text for _, text in _plain(a)):
            break
        count += 1
    return count


def _is_cut(standing: _Row, row: _Row) -> bool:
    """Whether a row is what the page's end left of the one before: no ordinal of its own, sentences that go on."""
    if len(row) < 2 or not set(row) <= set(standing):
        return False
    pairs = [(_text(standing.get(column)), _text(cell)) for column, cell in row.items() if cell.lines]
    first = _text(row.get(0))
    if not pairs or (first and (_ORDINAL.fullmatch(first) or not _text(standing.get(0)))):
        return False
    on = sum(bool(a) and _continues(a, b) for a, b in pairs)
    return on > 0 if not first else on == len(pairs) and any(_LOWER_START.match(b) for _, b in pairs)


def _continues(text: str, following: str) -> bool:
    """Whether a text reads on from another."""
    return marker_of(following) is None and bool(_LOWER_START.match(following) or not _ENDED.search(text))
