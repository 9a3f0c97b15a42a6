"""Grid -> rows with known columns: headers read, merged and cut rows made whole, group rows taken as sections."""

from collections.abc import Sequence

from extract.model import Grid, Outline, Row
from extract.tables.drafts import drafts_of, inherited
from extract.tables.grid import expanded
from extract.tables.head import column_heads, header, names_kinds, names_place
from extract.tables.rows import row_of


def tables_of(outline: Outline) -> dict[int, tuple[Row, ...]]:
    """The rows of every table of the outline, by the grid's id()."""
    trees = (outline.body, *outline.appendices)
    grids = [node.grid for tree in trees for node in tree.walk() if node.grid is not None]
    found: dict[int, tuple[Row, ...]] = {}
    columns: list[str] = []
    for grid in grids:
        rows, columns = rows_of(grid, columns)
        found[id(grid)] = rows
    return found


def rows_of(grid: Grid, columns: Sequence[str] = ()) -> tuple[tuple[Row, ...], list[str]]:
    """A table's rows, and its columns' meanings; `columns` are those of the table before, for one that goes on."""
    matrix = expanded(grid)
    head, own = header(matrix)
    if not own and matrix and len(matrix[0]) == len(columns):
        own = list(columns)
    if not own:
        return (), []
    if own[0] == "ordinal" and names_kinds(matrix[head:]):
        own[0] = ""
    heads = column_heads(matrix[:head], len(own))
    if "target" in own and "task" not in own:
        own = [own[i] or ("value" if names_place(paragraphs) else "") for i, paragraphs in enumerate(heads)]
    drafts = list(drafts_of(matrix[head:], own, heads))
    return tuple(row_of(draft, own, heads) for draft in inherited(drafts, own)), own
