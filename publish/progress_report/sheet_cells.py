"""What all sheets of a report have in common: how a cell is written, and how a page is printed."""

from datetime import date
from typing import TYPE_CHECKING

from openpyxl.styles import PatternFill
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from publish.export.values import cut, for_xml
from publish.progress_report.content import Cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
_A4, _INCH = 9, 25.4  # as Office numbers papers; millimetres
_BLANK = PatternFill("solid", fgColor="FFF2CC")


def write(cell: "SheetCell | MergedCell", said: Cell) -> None:
    """Numbers and days as such, all else as text; what is to be filled in is marked."""
    if isinstance(said.value, date):
        cell.value, cell.number_format = said.value, "dd/mm/yyyy"
    elif said.value is not None:
        cell.value, cell.number_format = said.value, said.shape
    else:
        write_text(cell, said.text)
        if said.asks:
            mark(cell)


def write_text(cell: "SheetCell | MergedCell", text: str) -> None:
    """Text that no program computes, nor when somebody edits it."""
    if text:
        cell.value = cut(for_xml(text))
        cell.data_type = "s"
        cell.quotePrefix = True


def mark(cell: "SheetCell | MergedCell") -> None:
    """Show that something is to be filled in."""
    cell.fill = _BLANK


def set_page(page: "Worksheet", *, across: bool) -> None:
    """A4 with the decree's margins; the page number in the middle over the text, not on the first page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape" if across else "portrait", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = {"left": 30, "right": 15, "top": 20, "bottom": 20, "header": 10, "footer": 10}
    page.page_margins = PageMargins(**{side: width / _INCH for side, width in margins.items()})
    number = HeaderFooterItem(center=_HeaderFooterPart(text="&P", size=13, font=FONT))
    page.HeaderFooter = HeaderFooter(differentFirst=True, oddHeader=number)
