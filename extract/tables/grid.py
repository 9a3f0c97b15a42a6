"""A table's grid as a matrix: a cell for every column and row."""

import re
from collections.abc import Sequence

from extract.model import Grid, GridCell

Matrix = list[list[GridCell]]

ORDINAL = re.compile(r"\(?(?P<label>\d{1,3}(?:\.\d{1,2})*|[IVX]+|[A-H]|[a-zđ])\)?[.)]?")


def expanded(grid: Grid) -> Matrix:
    """A cell for every column and row; a cell that spans several stands in each."""
    width = max(sum(cell.colspan for cell in row) for row in grid.rows)
    pending: dict[int, tuple[GridCell, int]] = {}
    matrix: Matrix = []
    for row in grid.rows:
        cells: list[GridCell] = []
        waiting = list(row)
        while len(cells) < width:
            column = len(cells)
            if column in pending:
                cell, left = pending.pop(column)
                if left > 1:
                    pending[column] = (cell, left - 1)
                cells.append(cell)
            elif waiting:
                cell = waiting.pop(0)
                for i in range(cell.colspan):
                    if cell.rowspan > 1:
                        pending[column + i] = (cell, cell.rowspan - 1)
                cells += [cell] * cell.colspan
            else:
                cells.append(GridCell())
        matrix.append(cells[:width])
    return matrix


def distinct(row: Sequence[GridCell]) -> int:
    """How many different texts a row has."""
    return len({cell.text for cell in row if cell.text})
