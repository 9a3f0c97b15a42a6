"""A w:tbl -> a table with the spans of its cells, or the blocks inside where it only places things on the page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from extract.model import Cell, Line, Table
from extract.read.docx.names import TC, TR, VAL, WRAPPERS, W, integer

_LONG_CELL = 1500  # characters; in a table of one row, a cell of a page's layout and not of a letterhead
_MOST_SPANNED = 60
_ROW_GONE = (f"{W}trPr/{W}del", f"{W}trPr/{W}moveFrom")
_BEFORE, _SPAN, _MERGED, _BESIDE = (
    f"{W}trPr/{W}gridBefore",
    f"{W}tcPr/{W}gridSpan",
    f"{W}tcPr/{W}vMerge",
    f"{W}tcPr/{W}hMerge",
)

Blocks = list[Line | Table]


@dataclass(slots=True)
class _Placed:
    """A cell as it is being spread over the rows below it."""

    blocks: Blocks
    colspan: int
    rowspan: int = 1


def blocks_of_table(table: etree._Element, lay: Callable[[etree._Element], Blocks]) -> Blocks:
    """What a table gives; `lay` gives the blocks of a cell."""
    rows = list(_rows(table))
    placed = _placed(rows, lay)
    if _is_layout(placed):
        return [block for row in placed for cell in row for block in cell.blocks]
    return [Table(tuple(tuple(_cell(cell) for cell in row) for row in placed if row))]


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows, those of accepted changes and content controls too."""
    for child in element:
        if child.tag == TR:
            if not any(child.find(path) is not None for path in _ROW_GONE):
                yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == TC:
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _placed(rows: list[etree._Element], lay: Callable[[etree._Element], Blocks]) -> list[list[_Placed]]:
    """The cells of each row; one that is merged with the cell over it lengthens that one."""
    placed: list[list[_Placed]] = []
    open_cells: dict[int, _Placed] = {}
    for row in rows:
        cells: list[_Placed] = []
        column = _number(row.find(_BEFORE), 0)
        if column:
            cells.append(_Placed([], column))
        still_open: dict[int, _Placed] = {}
        for element in _cells(row):
            span = max(_number(element.find(_SPAN), 1), 1)
            merged = _merge(element.find(_MERGED))
            if merged == "continue" and column in open_cells:
                open_cells[column].rowspan += 1
                still_open[column] = open_cells[column]
            elif _merge(element.find(_BESIDE)) == "continue" and cells:
                cells[-1].colspan += span
            else:
                cells.append(_Placed(lay(element), span))
                if merged is not None:
                    still_open[column] = cells[-1]
            column += span
        open_cells = still_open
        placed.append(cells)
    return placed


def _merge(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL, "continue")


def _number(element: etree._Element | None, otherwise: int) -> int:
    number = None if element is None else integer(element.get(VAL))
    return otherwise if number is None else min(number, _MOST_SPANNED)


def _cell(cell: _Placed) -> Cell:
    return Cell(tuple(_lines(cell.blocks)), cell.colspan, cell.rowspan)


def _lines(blocks: Blocks) -> Iterator[Line]:
    """The lines of a cell, a table's inside it row by row."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows for cell in row for line in cell.lines)


def _is_layout(rows: list[list[_Placed]]) -> bool:
    """A table that only places things on the page: one column, or few rows with tables inside, or one of long cells."""
    if max(map(len, rows), default=0) < 2:
        return True
    if len(rows) <= 3 and any(isinstance(block, Table) for row in rows for cell in row for block in cell.blocks):
        return True
    return len(rows) == 1 and any(sum(len(line.text) for line in _lines(cell.blocks)) > _LONG_CELL for cell in rows[0])
