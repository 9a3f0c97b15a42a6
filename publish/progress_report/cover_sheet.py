"""A report -> the first sheet of its workbook: what the document says, for a page that stands; tables are elsewhere."""

from collections.abc import Sequence
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from publish.progress_report.content import Blank, Grid, Heading, Look, Report
from publish.progress_report.sheet_cells import FONT, mark, set_page, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS, _WIDTH = 8, 11.5  # letters of each
_HALF = 3  # columns of the left one
_LETTERS_A_LINE, _LINE = 82, 17.5  # at size 13, over all columns; points
_ITEM = "    "
_SIGNATURE_LINES = 4


def write_cover(page: "Worksheet", report: Report) -> None:
    """Letterhead, title, text, recipients and signature."""
    for column in range(1, _COLUMNS + 1):
        page.column_dimensions[get_column_letter(column)].width = _WIDTH
    lines = _Lines(page)
    _write_head(lines, report)
    for block in report.blocks:
        if isinstance(block, Grid):
            lines.whole(f"(Số liệu chi tiết tại trang “{block.name}”)", _font(italic=True))
        elif isinstance(block, Heading):
            lines.whole(block.text, _font(bold=True))
        else:
            lines.whole(_ITEM * (block.look is Look.ITEM) + block.text, _font(), asks=block.asks)
    _write_foot(lines, report)
    set_page(page, across=False)
    page.sheet_view.showGridLines = False


def _write_head(lines: "_Lines", report: Report) -> None:
    head = report.letterhead
    issuer = head.issuer or (str(Blank("tên cơ quan ban hành")),)
    left = [(head.superior, _font())] if head.superior else []
    left += [(line, _font(bold=True, ruled=line is issuer[-1])) for line in issuer]
    right = [(line, _font(bold=True, ruled=line is head.national[-1])) for line in head.national]
    for one, other in zip_longest(left, right, fillvalue=("", _font())):
        lines.halves(*one, *other)
    number, place = "".join(map(str, head.number)), f"{head.place or '…'}, ngày … tháng … năm …"
    lines.halves(number, _font(), place, _font(italic=True), asks=True)
    lines.skip()
    lines.whole("BÁO CÁO", _font(14, bold=True), across="center")
    lines.whole(report.about.text, _font(14, bold=True), across="center", asks=report.about.asks)
    lines.skip()
    lines.whole(report.addressee.text, _font(), across="center", asks=report.addressee.asks)
    lines.skip()


def _write_foot(lines: "_Lines", report: Report) -> None:
    lines.skip()
    signing, (*others, last) = report.signing, report.recipients
    left = [("Nơi nhận:", _font(12, bold=True, italic=True))]
    left += [(line, _font(11)) for line in (*(f"- {one};" for one in others), f"- {last}.")]
    who = signing.lines or (str(Blank("quyền hạn, chức vụ của người ký")),)
    name = signing.name or str(Blank("họ và tên"))
    right = [(line, _font(bold=True)) for line in (*who, *[""] * _SIGNATURE_LINES, name)]
    for one, other in zip_longest(left, right, fillvalue=("", _font())):
        lines.halves(*one, *other, across="left")


def _font(size: float = 13, *, bold: bool = False, italic: bool = False, ruled: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic, underline="single" if ruled else None)


class _Lines:
    """Writes line after line, over all columns or two halves; merged cells need their heights told."""

    def __init__(self, page: "Worksheet") -> None:
        self._page, self._row = page, 0

    def skip(self) -> None:
        """An empty line."""
        self._row += 1

    def whole(self, text: str, font: Font, *, across: str = "justify", asks: bool = False) -> None:
        """A text over all columns."""
        self._row += 1
        self._put(1, _COLUMNS, text, font, across, asks=asks)
        self._set_height([len(text) / _LETTERS_A_LINE])

    def halves(  # noqa: PLR0913
        self, left: str, font: Font, right: str, other: Font, *, across: str = "center", asks: bool = False
    ) -> None:
        """Two texts side by side; the right one stands in the middle of its half."""
        self._row += 1
        self._put(1, _HALF, left, font, across, asks=asks)
        self._put(_HALF + 1, _COLUMNS, right, other, "center", asks=asks)
        shares = (_HALF / _COLUMNS, 1 - _HALF / _COLUMNS)
        wide = 1.25 if font.bold else 1  # capitals
        texts = zip((left, right), shares, strict=True)
        self._set_height([len(text) * wide / (_LETTERS_A_LINE * share) for text, share in texts])

    def _put(self, start: int, end: int, text: str, font: Font, across: str, *, asks: bool) -> None:  # noqa: PLR0913
        self._page.merge_cells(start_row=self._row, end_row=self._row, start_column=start, end_column=end)
        cell = self._page.cell(self._row, start)
        write_text(cell, text)
        cell.font, cell.alignment = font, Alignment(horizontal=across, vertical="top", wrap_text=True)
        if asks:
            mark(cell)

    def _set_height(self, lines: Sequence[float]) -> None:
        self._page.row_dimensions[self._row].height = _LINE * max(1, *map(ceil, lines)) + 3
