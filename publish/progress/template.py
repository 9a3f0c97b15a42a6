"""Lines to fill in -> a sheet for Excel with locked keys and drop-down states, or CSV that Excel opens right."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.atomic import replacing
from publish.export.values import MOST_ROWS, cut, for_xml, guarded
from publish.progress.asked_for import Line
from publish.progress.columns import COLUMNS, GUIDE, SHEET, TARGET, Column, Name
from schemas.codelists import codelist

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_DATES = frozenset({Name.AS_OF, Name.START, Name.END, Name.BASE_DAY})
_NUMBERS = frozenset({Name.VALUE, Name.PERCENT, Name.BASE})
_OF_TASKS = frozenset({Name.STATE})
_OF_TARGETS = frozenset({Name.VALUE, Name.UNIT, Name.PERCENT, Name.BASE, Name.BASE_DAY})
_GIVEN, _FILLED, _INFO, _OPEN, _OPEN_DAY, _SHUT = "given", "to fill in", "info", "open", "open day", "shut"
_FIRST_DAY = 36526  # 1 January 2000, as Excel counts
_STEPS = (
    "1. Điền các cột có tên trên nền xanh ở trang “Tiến độ”. Ô xám không phải điền. Dòng chưa có số liệu thì để trống.",
    "2. Chỉ tiêu: ghi giá trị đạt được và ngày của số liệu. Nhiệm vụ: chọn trạng thái và ghi ngày.",
    "3. Việc định kỳ (báo cáo hằng tháng, hằng quý …): mỗi lần đến hạn một dòng, đã ghi sẵn kỳ.",
    "4. Lưu tệp rồi nhập: kehoach progress import plans.db TỆP. Mọi lỗi được kể một lần, kèm dòng và cột.",
    "5. Muốn sửa số đã nhập: ghi số đúng với cùng ngày, cùng kỳ rồi nhập. Số cũ vẫn được giữ trong lịch sử.",
)


def write_template(lines: Sequence[Line], out: Path) -> None:
    """Write the sheet; `out` is .xlsx or .csv."""
    with replacing(out) as beside:
        if out.suffix.lower() == ".csv":
            _write_csv(lines, beside)
        else:
            _write_workbook(lines[: MOST_ROWS - 1], beside)


def _write_csv(lines: Sequence[Line], out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column.title for column in COLUMNS)
        writer.writerows([_plainly(line.get(column.name)) for column in COLUMNS] for line in lines)


def _plainly(value: object) -> object:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return guarded(value) if isinstance(value, str) else value


def _write_workbook(lines: Sequence[Line], out: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  (CSV must not wait for it)

    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    _write_lines(book, lines)
    _write_guide(book)
    book.save(out)


def _write_lines(book: "Workbook", lines: Sequence[Line]) -> None:
    page: Worksheet = book.create_sheet(SHEET)
    _lay_out(page, [column.width for column in COLUMNS])
    page.freeze_panes = "E2"
    last = len(lines) + 1
    page.auto_filter.ref = f"A1:{_letter(len(COLUMNS))}{last}"
    page.protection.sheet = True
    page.protection.autoFilter = page.protection.sort = False
    page.protection.formatColumns = page.protection.formatRows = False
    page.data_validations.dataValidation = list(_choices(last))
    page.append([_cell(page, column.title, _FILLED if column.filled else _GIVEN) for column in COLUMNS])
    for line in lines:
        page.append([_cell(page, line.get(column.name), _style(column, line)) for column in COLUMNS])


def _lay_out(page: "Worksheet", widths: Sequence[int]) -> None:
    """A4 across, as wide as the paper, the heading on each page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    for at, width in enumerate(widths, 1):
        page.column_dimensions[_letter(at)].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _style(column: Column, line: Line) -> str:
    if not column.filled:
        return _INFO
    if column.name in (_OF_TASKS if line[Name.KIND] == TARGET else _OF_TARGETS):
        return _SHUT
    return _OPEN_DAY if column.name in _DATES else _OPEN


def _cell(page: "Worksheet", value: Any, style: str) -> "Cell":
    """A cell whose text is never a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell: Cell = WriteOnlyCell(page, cut(for_xml(value)) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.style = style
    return cell


def _styles() -> "Iterator[NamedStyle]":
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection  # noqa: PLC0415

    top, middle = Alignment(wrap_text=True, vertical="top"), Alignment(wrap_text=True, vertical="center")
    white, shut, opened = Font(bold=True, color="FFFFFF"), Protection(locked=True), Protection(locked=False)
    yield NamedStyle(_GIVEN, font=white, fill=PatternFill("solid", fgColor="57606A"), alignment=middle, protection=shut)
    yield NamedStyle(
        _FILLED, font=white, fill=PatternFill("solid", fgColor="0B5563"), alignment=middle, protection=shut
    )
    yield NamedStyle(_INFO, alignment=top, protection=shut)
    yield NamedStyle(_SHUT, fill=PatternFill("solid", fgColor="E3E7EA"), alignment=top, protection=shut)
    yield NamedStyle(_OPEN, alignment=top, protection=opened)
    yield NamedStyle(_OPEN_DAY, alignment=top, protection=opened, number_format="dd/mm/yyyy")


def _choices(last: int) -> "Iterator[DataValidation]":
    """What may be written in the cells below the heading."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    labels = ",".join(row["label_vi"] for row in codelist("task_states"))
    states = DataValidation(type="list", formula1=f'"{labels}"')
    states.errorTitle, states.error = "Trạng thái", "Hãy chọn một trạng thái trong danh sách."
    numbers = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15")
    numbers.errorTitle, numbers.error = "Giá trị", "Ô này chỉ ghi số; chữ ghi ở cột Ghi chú."
    days = DataValidation(type="date", operator="greaterThan", formula1=str(_FIRST_DAY))
    days.errorTitle, days.error = "Ngày", "Hãy ghi ngày như 30/06/2026."
    letters = {column.name: _letter(at) for at, column in enumerate(COLUMNS, 1)}
    for rule, names in ((states, _OF_TASKS), (numbers, _NUMBERS), (days, _DATES)):
        rule.allow_blank = rule.showErrorMessage = True
        for name in sorted(names):
            rule.add(f"{letters[name]}2:{letters[name]}{max(2, last)}")
        yield rule


def _write_guide(book: "Workbook") -> None:
    """The sheet that says how to fill in the other one."""
    page: Worksheet = book.create_sheet(GUIDE)
    _lay_out(page, [24, 100])
    for step in _STEPS:
        page.append([_cell(page, step, "Normal")])
    page.append([])
    page.append([_cell(page, title, _FILLED) for title in ("Cột", "Nội dung")])
    for column in COLUMNS:
        page.append([_cell(page, column.title, _INFO), _cell(page, column.says, _INFO)])
    page.append([])
    page.append([_cell(page, title, _FILLED) for title in ("Trạng thái", "Khi nào chọn")])
    for state in codelist("task_states"):
        page.append([_cell(page, state[name], _INFO) for name in ("label_vi", "definition_vi")])


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(at)
