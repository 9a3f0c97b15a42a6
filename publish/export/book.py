"""A workbook of Excel in the making, in a ZIP that is read meanwhile: memory doesn't grow with the rows.

openpyxl lays out the workbook and its styles; the rows go past it as XML, since it takes five times as long for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.writer.excel import ExcelWriter

from publish.export.archive import EPOCH, Drain, member
from publish.export.sheet_xml import Rows
from publish.export.sheets import Column, Kind
from publish.export.values import MOST_ROWS

_A4 = 9  # as Office numbers papers
_FONT = "Calibri"  # openpyxl's own, of all other cells
_INK, _HEAD, _LINK, _RULE = "FFFFFF", "0B5563", "0563C1", "D5DADF"


class Book:
    """Ask for its sheets one after the other, then for its end; what they give is the file.

    `counts` has the rows of each sheet so far, `cuts` the cells whose text was too long. `large` as of a ZIP.
    """

    def __init__(self, *, large: bool = False, most_rows: int = MOST_ROWS) -> None:
        self._drain = Drain()
        self._archive = _Archive(self._drain, "w", ZIP_DEFLATED)
        self._large, self._most_rows = large, most_rows
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "kehoach"
        self._book.properties.created = self._book.properties.modified = datetime(*EPOCH)  # same database, same bytes
        self.counts: dict[str, int] = {}
        self.cuts = 0

    def sheets(
        self, title: str, columns: Sequence[Column], rows: Iterator[Sequence[object]], *, printed: int = 0
    ) -> Iterator[bytes]:
        """A sheet, and as many more as the rows need: Excel holds 1,048,576 on one; `printed` as of `Sheet`."""
        part, first = 1, next(rows, None)
        while part == 1 or first is not None:
            given = chain([] if first is None else [first], islice(rows, self._most_rows - 2))
            yield from self._sheet(title if part == 1 else f"{title} {part}", columns, given, printed)
            part, first = part + 1, next(rows, None)

    def end(self) -> Iterator[bytes]:
        """What a workbook has beside its sheets."""
        _Frame(self._book, self._archive).write_data()
        self._archive.close()
        yield from self._drain.taken(0)

    def _sheet(
        self, title: str, columns: Sequence[Column], values: Iterable[Sequence[object]], printed: int
    ) -> Iterator[bytes]:
        page = self._laid(title, columns)
        heads = [Column(column.name, column.heading) for column in columns]
        head = Rows(heads, [self._head_style(page)] * len(columns))
        rows = Rows(columns, [self._style(page, column.kind) for column in columns])
        number = 1
        with self._archive.open(member(page.path[1:]), "w", force_zip64=self._large) as entry:
            with _laying(page, entry) as writer:
                entry.write(head.xml(number, [column.heading for column in columns]))
                for number, row in enumerate(values, 2):
                    entry.write(rows.xml(number, row))
                    yield from self._drain.taken()
            page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"
            page._hyperlinks = [Hyperlink(ref=place, target=address) for place, address in rows.links]
            writer.write_tail()
            writer.close()
        page._rels, page._hyperlinks = writer._rels, []
        page.print_area = f"A1:{get_column_letter(printed or len(columns))}{number}"
        self.counts[title] = number - 1
        self.cuts += rows.cuts

    def _laid(self, title: str, columns: Sequence[Column]) -> Any:
        page: Any = self._book.create_sheet(title)
        page._id = len(self._book.worksheets)
        page.sheet_view.tabSelected = page._id == 1
        page.freeze_panes = "A2"
        for at, column in enumerate(columns, 1):
            page.column_dimensions[get_column_letter(at)].width = column.width
        page.print_title_rows = "1:1"
        page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", _A4, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        return page

    def _style(self, page: Any, kind: Kind) -> int:
        cell = WriteOnlyCell(page)
        across = "right" if kind is Kind.NUMBER else "left"
        cell.alignment = Alignment(
            vertical="top", horizontal=across, indent=across == "right", wrap_text=kind is Kind.TEXT
        )
        cell.border = Border(bottom=Side("thin", color=_RULE))
        cell.quotePrefix = kind is Kind.TEXT  # stays text when somebody edits it
        if kind is Kind.DATE:
            cell.number_format = "dd/mm/yyyy"
        if kind is Kind.LINK:
            cell.font = Font(name=_FONT, color=_LINK, underline="single")
        return int(cell.style_id)

    def _head_style(self, page: Any) -> int:
        cell = WriteOnlyCell(page)
        cell.font, cell.fill = Font(name=_FONT, bold=True, color=_INK), PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        return int(cell.style_id)


@contextmanager
def _laying(page: Any, entry: IO[bytes]) -> Iterator[Any]:
    """The writer of a sheet; within, the rows go straight into `entry`."""
    writer: Any = WorksheetWriter(page, out=entry)
    writer.write_top()
    stream = writer.xf.send(True)
    with stream.element("sheetData"):
        stream.flush()
        yield writer
    writer.xf.send(None)


class _Archive(ZipFile):
    """A ZIP without times, whatever is put into it."""

    def writestr(self, zinfo_or_arcname: Any, *args: Any, **options: Any) -> None:
        """A small file."""
        named = member(zinfo_or_arcname) if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname
        super().writestr(named, *args, **options)


class _Frame(ExcelWriter):
    """All of a workbook but its sheets, which are in the archive already."""

    def write_worksheet(self, ws: Any) -> None:
        """Name the sheet among the parts."""
        self.manifest.append(ws)
