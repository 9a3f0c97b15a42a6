"""A report -> a workbook for A4: the report itself on the first sheet, each table on a sheet of its own."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from math import ceil
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from publish.progress_report.content import Column, Grid, Paragraph, Report
from publish.progress_report.cover_sheet import write_cover
from publish.progress_report.sheet_cells import FONT, set_page, write, write_text
from publish.progress_report.wording import LANGUAGE, printable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ACROSS, _LETTER = 252, 2.05  # millimetres between the margins of a page that lies, and of a letter
_LINE = 15.75  # points at size 12
_BROKEN_AT_WORDS = 1.05
_THIN = Border(*(Side("thin"),) * 4)
_HEAD = PatternFill("solid", fgColor="E7ECEF")
_HEAD_ROW = 4  # two lines of titles and an empty one stand over a table


def workbook(report: Report) -> bytes:
    """The file, with the times at which its members were written."""
    book = Workbook()
    normal = next(style for style in book._named_styles if style.name == "Normal")  # type: ignore[attr-defined]
    normal.font = Font(name=FONT, size=12)
    book.remove(book.worksheets[0])
    write_cover(book.create_sheet("Báo cáo"), report)
    for at, grid in enumerate(report.grids(), 1):
        _write_grid(book.create_sheet(grid.name), f"Biểu số {at}. {grid.title}", grid, report.attached)
    about = book.properties
    about.title, about.language = printable(report.about.text), LANGUAGE
    about.creator = about.lastModifiedBy = printable(" ".join(report.letterhead.issuer)) or "kehoach"
    about.created = about.modified = datetime.combine(report.as_of, time.min)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:  # Workbook.save would put today's date in
        ExcelWriter(book, archive).save()
    return out.getvalue()


def _write_grid(page: "Worksheet", title: str, grid: Grid, attached: Paragraph) -> None:
    last, widths = get_column_letter(len(grid.columns)), _widths(grid)
    _write_title(page, 1, last, title.upper(), Font(name=FONT, size=13, bold=True))
    _write_title(page, 2, last, attached.text, Font(name=FONT, size=13, italic=True))
    _write_columns(page, grid.columns, widths)
    for row, line in enumerate(grid.rows, _HEAD_ROW + 1):
        for column, (said, known) in enumerate(zip(line.cells, grid.columns, strict=True), 1):
            cell = page.cell(row, column)
            write(cell, said)
            cell.font, cell.border = Font(name=FONT, size=12), _THIN
            cell.alignment = Alignment(horizontal=known.align.value, vertical="top", wrap_text=True)
        page.row_dimensions[row].height = _height([said.text for said in line.cells], widths)
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + max(1, len(grid.rows))}"
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    set_page(page, across=True)


def _write_title(page: "Worksheet", row: int, last: str, text: str, font: Font) -> None:
    page.merge_cells(f"A{row}:{last}{row}")
    cell = page.cell(row, 1)
    write_text(cell, text)
    cell.font, cell.alignment = font, Alignment(horizontal="center", vertical="center")


def _widths(grid: Grid) -> list[float]:
    """Letters of each column: as on paper, and room for the longest number, which does not wrap."""
    scale = _ACROSS / sum(column.width for column in grid.columns) / _LETTER
    longest = [
        max((len(row.cells[at].text) for row in grid.rows if row.cells[at].value is not None), default=0)
        for at in range(len(grid.columns))
    ]
    return [max(round(c.width * scale, 1), more + 2.0) for c, more in zip(grid.columns, longest, strict=True)]


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points that the longest of the texts needs."""
    lines = (ceil(len(text) * _BROKEN_AT_WORDS / width) for text, width in zip(texts, widths, strict=True))
    return max(1, *lines) * _LINE + 3


def _write_columns(page: "Worksheet", columns: Sequence[Column], widths: Sequence[float]) -> None:
    for at, (column, width) in enumerate(zip(columns, widths, strict=True), 1):
        page.column_dimensions[get_column_letter(at)].width = width
        cell = page.cell(_HEAD_ROW, at, column.title)
        cell.font, cell.fill, cell.border = Font(name=FONT, size=12, bold=True), _HEAD, _THIN
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[_HEAD_ROW].height = _height([f"{column.title}  " for column in columns], widths)
