"""A page as laid out: its rows and tables from the top, in places as the page is read."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pypdfium2 import PdfPage

from extract.model import Cell, Line, Table
from extract.read.pdf.columns import in_reading_order
from extract.read.pdf.frame import Frame, frame_of
from extract.read.pdf.grid import RuledGrid, Slot, grids_of
from extract.read.pdf.legible import needs_ocr
from extract.read.pdf.paragraphs import Margins, paragraphs_of
from extract.read.pdf.rows import Row, rows_of
from extract.read.pdf.rules import rules_of
from extract.read.pdf.run import Run, Stamp
from extract.read.pdf.runs import runs_of
from extract.read.pdf.unruled import unruled_tables

_PADDING = 5.4  # points between a cell's rule and its text, as Word and LibreOffice set it


@dataclass(slots=True)
class Ruled:
    """A table, with rules or without: rows of cells by their first column, and where the columns begin and end."""

    rows: list[dict[int, Cell]]
    columns: tuple[float, ...]
    top: float
    page: int


@dataclass(slots=True)
class Sheet:
    """A page: `number` counts from 1, `parts` are its rows and tables in reading order, `frame` is how it is read.

    `seen` is how its reader sees it: another way round where its text lies on its side. `legible` says that its text
    can be relied on; `scan` is what was read off its picture where it can't.
    """

    number: int
    frame: Frame
    seen: Frame
    parts: list[Row | Ruled] = field(default_factory=list)
    legible: bool = True
    scan: tuple[Line | Table, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """The rows outside tables."""
        return [part for part in self.parts if isinstance(part, Row)]


def sheet_of(page: PdfPage, number: int, stamps: Sequence[Stamp] = ()) -> Sheet:
    """The layout of a page, with what signatures print on it."""
    runs, frame = runs_of(page, stamps)
    if needs_ocr(page, runs):
        return Sheet(number, frame, frame_of(page), list(rows_of(runs)), legible=False)
    grids = grids_of(rules_of(page, frame))
    outside, inside = _parted(runs, grids)
    tables = [_table(grid, held, number) for grid, held in zip(grids, inside, strict=True) if held]
    return Sheet(number, frame, frame_of(page), list(_in_order(rows_of(outside), tables, number)))


def _parted(runs: Sequence[Run], grids: Sequence[RuledGrid]) -> tuple[list[Run], list[list[Run]]]:
    """The runs outside every grid, and those of each."""
    outside: list[Run] = []
    inside: list[list[Run]] = [[] for _ in grids]
    for run in runs:
        x, y = _middle(run)
        home = next((i for i, g in enumerate(grids) if _holds(g.box, x, y)), None)
        (outside if home is None else inside[home]).append(run)
    return outside, inside


def _middle(run: Run) -> tuple[float, float]:
    return (run.x0 + run.x1) / 2, run.base - 0.3 * run.size


def _holds(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table(grid: RuledGrid, runs: Sequence[Run], page: int) -> Ruled:
    homes = {
        (slot.column + c, slot.row + r): slot
        for slot in grid.slots
        for c in range(slot.colspan)
        for r in range(slot.rowspan)
    }
    held: dict[Slot, list[Run]] = {slot: [] for slot in grid.slots}
    for run in runs:
        x, y = _middle(run)
        place = (bisect_right(grid.columns, x) - 1, bisect_right(grid.rows, y) - 1)
        if place in homes:
            held[homes[place]].append(run)
    rows: list[dict[int, Cell]] = [{} for _ in range(len(grid.rows) - 1)]
    for slot in grid.slots:
        rows[slot.row][slot.column] = _cell(slot, held[slot], page)
    return Ruled(rows, grid.columns, grid.box[1], page)


def _cell(slot: Slot, runs: Sequence[Run], page: int) -> Cell:
    rows = rows_of(runs)
    margins = Margins(slot.box[0] + _PADDING, slot.box[2] - _PADDING)
    return Cell(tuple(paragraphs_of(rows, margins, page)), slot.colspan, slot.rowspan)


def _in_order(rows: Sequence[Row], tables: Sequence[Ruled], page: int) -> Iterator[Row | Ruled]:
    """Rows and tables from the top; columns and tables without rules are looked for between tables with rules."""
    at = 0
    for table in tables:
        end = next((i for i, row in enumerate(rows) if i >= at and row.base > table.top), len(rows))
        yield from _between(rows[at:end], page)
        yield table
        at = end
    yield from _between(rows[at:], page)


def _between(rows: Sequence[Row], page: int) -> Iterator[Row | Ruled]:
    ordered = in_reading_order(rows)
    at = 0
    for table in unruled_tables(ordered, page):
        yield from ordered[at : table.start]
        yield Ruled(list(table.rows), table.columns, ordered[table.start].base, page)
        at = table.end
    yield from ordered[at:]
