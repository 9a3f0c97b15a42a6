"""Tables of figures set in columns by runs of blanks, as PDF converters and typists write them -> tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Table
from extract.read.markup import cell_of

_GAP = re.compile(r"\s{2,}")
_CELL = re.compile(r"\S+(?:\s\S+)*")
_FIGURE = re.compile(r"[<>≤≥+\-–]*\s?\d[\d.,/]*\s?%?")
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-H])[.)]?")
_TAKEN = re.compile(rb"\x01+(?:\x00\x01+)*")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2
_MOST_HEAD_LINES = 6

Columns = list[tuple[int, int]]


@dataclass(slots=True)
class _Row:
    """The words of each column, a list of printed lines."""

    cells: list[list[str]] = field(default_factory=list)

    def add(self, placed: Sequence[str]) -> None:
        """Put one more printed line under the row's words."""
        for cell, words in zip(self.cells, placed, strict=True):
            if words:
                cell.append(words)


def may_begin(line: str) -> bool:
    """Whether a line has the gaps of a table's head."""
    return len(_GAP.split(line.strip())) >= _FEWEST_COLUMNS


def table_at(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """The table whose head begins at a line, and where it ends; None where its rows hold no columns of figures."""
    if not may_begin(lines[at]):
        return None
    end = _end(lines, at)
    run = [line.expandtabs() for line in lines[at:end] if line.strip()]
    columns = _columns(run)
    if len(columns) < _FEWEST_COLUMNS:
        return None
    placed = [_placed(line, columns) for line in run]
    first = next((i for i, cells in enumerate(placed[: _MOST_HEAD_LINES + 1]) if i and _is_row(cells)), None)
    if first is None or sum(1 for cells in placed[first:] if _is_row(cells)) < _FEWEST_ROWS:
        return None
    rows = _rows(placed, first)
    return Table(tuple(tuple(cell_of("\n".join(cell)) for cell in row.cells) for row in rows)), end


def _end(lines: Sequence[str], at: int) -> int:
    """After the last line of the run: each has a wide gap or is set in; one blank line may part two rows."""
    end = at
    for i in range(at, len(lines)):
        line = lines[i]
        if not line.strip():
            if i > end:
                break
            continue
        parted = len(_GAP.split(line.strip()))
        if parted < _FEWEST_COLUMNS and (i > end or (parted == 1 and not line[:3].isspace())):
            break
        end = i + 1
    return end


def _columns(run: Sequence[str]) -> Columns:
    """The ranges that the words of all lines leave between gaps of two blanks or more; those of few words join none."""
    width = max(map(len, run), default=0)
    taken = bytearray(width)
    for line in run:
        for match in _CELL.finditer(line):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return [run.span() for run in _TAKEN.finditer(bytes(taken))]


def _placed(line: str, columns: Columns) -> list[str]:
    """The words of a line by column."""
    return [line[start:end].strip() for start, end in columns]


def _is_row(cells: Sequence[str]) -> bool:
    """Whether a line begins a row: an ordinal or a name, and a figure in a column of its own."""
    return bool(cells[0] or cells[1]) and any(_FIGURE.fullmatch(words) for words in cells[2:])


def _rows(placed: Sequence[Sequence[str]], first: int) -> list[_Row]:
    """The head as one row, then the rows; a line without ordinal and figures goes on with the row over it."""
    rows = [_Row([[] for _ in placed[0]])]
    numbered = sum(1 for cells in placed[first:] if _ORDINAL.fullmatch(cells[0])) >= _FEWEST_ROWS
    for i, cells in enumerate(placed):
        if i >= first and (_is_row(cells) or cells[0] or not numbered):
            rows.append(_Row([[] for _ in cells]))
        rows[-1].add(cells)
    return rows
