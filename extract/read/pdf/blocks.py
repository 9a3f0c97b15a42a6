"""Sheets -> blocks of the document: lines with their paragraphs' ends, tables joined over pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.model import Cell, Line, Table
from extract.read.pdf.footnotes import Footnotes
from extract.read.pdf.joining import goes_on, joined
from extract.read.pdf.paragraphs import Margins, lines_of, margins_of, paragraphs_of
from extract.read.pdf.rows import Row
from extract.read.pdf.sheet import Ruled, Sheet


def blocks_of(sheets: Sequence[Sheet], footnotes: Sequence[Footnotes] = ()) -> Iterator[Line | Table]:
    """Lines and tables in order, then the footnotes; a table at a page's end takes in the one that goes on with it."""
    rows: list[tuple[Row, int, Margins]] = []
    table: Ruled | None = None
    margins = Margins(0.0, 0.0)
    for sheet in sheets:
        margins = margins_of(sheet.rows) or margins
        for part in (*sheet.parts, *([sheet.scan] if sheet.scan else [])):
            if table is not None and isinstance(part, Ruled) and table.page < part.page and goes_on(table, part):
                joined(table, part)
                table.page = part.page
                continue
            if table is not None:
                yield _table(table)
                table = None
            if isinstance(part, Row):
                rows.append((part, sheet.number, margins))
                continue
            yield from _lines(rows)
            rows = []
            if isinstance(part, Ruled):
                table = part
            else:
                yield from part
    if table is not None:
        yield _table(table)
    yield from _lines(rows)
    for notes in footnotes:
        margins = Margins(min(row.x0 for row in notes.rows), max(row.x1 for row in notes.rows))
        yield from paragraphs_of(notes.rows, margins, notes.page)


def _lines(rows: Sequence[tuple[Row, int, Margins]]) -> list[Line]:
    return lines_of([r for r, _, _ in rows], [page for _, page, _ in rows], [m for _, _, m in rows])


def as_seen(blocks: Sequence[Line | Table], sheets: Sequence[Sheet]) -> tuple[Line | Table, ...]:
    """The blocks with the boxes of pages that were read on their side where the page's reader sees them."""
    turned = {sheet.number: sheet for sheet in sheets if sheet.frame.turn != sheet.seen.turn and not sheet.scan}
    if not turned:
        return tuple(blocks)

    def moved(line: Line) -> Line:
        sheet = turned.get(line.page or 0)
        return (
            line if sheet is None or line.box is None else replace(line, box=sheet.frame.box_in(sheet.seen, line.box))
        )

    def moved_cell(cell: Cell) -> Cell:
        return replace(cell, lines=tuple(map(moved, cell.lines)))

    return tuple(
        moved(block)
        if isinstance(block, Line)
        else replace(block, rows=tuple(tuple(map(moved_cell, row)) for row in block.rows))
        for block in blocks
    )


def _table(table: Ruled) -> Table:
    rows = tuple(tuple(row.values()) for row in table.rows)
    return Table(rows, next((line.page for row in rows for cell in row for line in cell.lines), table.page))
