"""The lines of a review file -> XLSX with drop-down decisions, or CSV that Excel opens right."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from publish.atomic import replacing
from publish.export.values import cut, for_xml, guarded
from publish.progress.proposals.review_columns import ACCEPT, REFUSE, REVIEW_COLUMNS, Asked, ReviewColumn, number_text
from publish.progress.proposals.review_lines import Line

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET, TARGETS = "Duyệt", "Chỉ tiêu"
_DAYS = frozenset({Asked.AS_OF, Asked.START, Asked.END})
_NUMBERS = frozenset({Asked.VALUE, Asked.PERCENT})
_TARGET_COLUMNS = (("Mã chỉ tiêu", 24), ("Nội dung", 70), ("Mức đặt ra", 22), ("Kế hoạch", 40))


def write_review(lines: Sequence[Line], targets: Iterable[Sequence[str]], out: Path) -> None:
    """Write the file; `out` is .xlsx, which also lists the targets that may be chosen, or .csv."""
    with replacing(out) as beside:
        if out.suffix.lower() == ".csv":
            _write_csv(lines, beside)
        else:
            _write_workbook(lines, targets, beside)


def _write_csv(lines: Iterable[Line], out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column.title for column in REVIEW_COLUMNS)
        writer.writerows([_typed(line.get(column.name)) for column in REVIEW_COLUMNS] for line in lines)


def _typed(value: object) -> object:
    """A value as people would type it: a comma before decimals, and never three of these, which might be thousands."""
    if isinstance(value, float):
        text = number_text(value)
        return f"{text}0" if len(text.partition(",")[2]) == 3 else text
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return guarded(value) if isinstance(value, str) else value


def _write_workbook(lines: Sequence[Line], targets: Iterable[Sequence[str]], out: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  (CSV must not wait for it)
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    book = Workbook()
    page = book.worksheets[0]
    page.title = SHEET
    _write_heading(page, [(column.title, column.width, column.filled) for column in REVIEW_COLUMNS])
    for row, line in enumerate(lines, 2):
        _write_line(page, row, line)
    _add_choices(page, len(lines) + 1)
    page.freeze_panes = "C2"
    page.auto_filter.ref = page.dimensions
    page.protection.sheet = True
    page.protection.autoFilter = page.protection.sort = page.protection.formatColumns = False
    page.protection.formatRows = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8  # A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    _write_targets(book, targets)
    book.save(out)


def _write_heading(page: "Worksheet", columns: Iterable[tuple[str, int, bool]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    for at, (title, width, filled) in enumerate(columns, 1):
        cell = page.cell(1, at, title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0B5563" if filled else "57606A")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[cell.column_letter].width = width


def _write_line(page: "Worksheet", row: int, line: Line) -> None:
    from openpyxl.styles import Alignment, Protection  # noqa: PLC0415

    for at, column in enumerate(REVIEW_COLUMNS, 1):
        value = line.get(column.name)
        cell = page.cell(row, at)
        _fill(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.protection = Protection(locked=not column.filled)
        if column.name in _DAYS:
            cell.number_format = "dd/mm/yyyy"


def _fill(cell: "Cell | MergedCell", value: object) -> None:
    """Put a value into a cell; text is never a formula there."""
    cell.value = for_xml(cut(value)) if isinstance(value, str) else value  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"


def _add_choices(page: "Worksheet", last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    decisions = DataValidation(type="list", formula1=f'"{ACCEPT},{REFUSE}"', allow_blank=True)
    decisions.errorTitle, decisions.error = "Quyết định", f"Hãy chọn {ACCEPT}, {REFUSE}, hoặc để trống nếu chưa rõ."
    numbers = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15", allow_blank=True)
    numbers.errorTitle, numbers.error = "Giá trị", "Ô này chỉ ghi số; chữ ghi ở cột Ghi chú."
    days = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    days.errorTitle, days.error = "Ngày", "Hãy ghi ngày như 30/06/2026."
    for rule, names in ((decisions, {Asked.DECISION}), (numbers, _NUMBERS), (days, _DAYS)):
        rule.showErrorMessage = True
        page.add_data_validation(rule)
        for letter in _letters(REVIEW_COLUMNS, names):
            rule.add(f"{letter}2:{letter}{max(2, last)}")


def _letters(columns: Sequence[ReviewColumn], names: Iterable[Asked]) -> list[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    wanted = set(names)
    return [get_column_letter(at) for at, column in enumerate(columns, 1) if column.name in wanted]


def _write_targets(book: "Workbook", targets: Iterable[Sequence[str]]) -> None:
    """The targets of the plans, whose keys people copy where they know better."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    page = book.create_sheet(TARGETS)
    _write_heading(page, [(title, width, False) for title, width in _TARGET_COLUMNS])
    for row, texts in enumerate(targets, 2):
        for at, text in enumerate(texts, 1):
            cell = page.cell(row, at)
            _fill(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
