"""Texts, blanks and tables -> WordprocessingML, its looks named by style; lengths are millimetres."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from publish.progress_report.content import Blank, Column, Grid, Piece, Row
from publish.progress_report.wording import printable

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS = 1440 / 25.4  # twentieths of a point in a millimetre
_MARGIN = 1  # inside a table's cells, left and right
_HIGHLIGHT = '<w:highlight w:val="yellow"/>'
_NO_MARGINS = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'


def twips(millimetres: float) -> int:
    """As Word measures lengths.

    >>> twips(25.4)
    1440
    """
    return round(millimetres * _TWIPS)


def run(text: str, properties: str = "") -> str:
    """A w:r; `properties` are those that its style does not give."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(printed(text))}</w:t></w:r>'


def printed(text: str) -> str:
    """Text as XML can hold it, with the blanks at its ends."""
    held = printable(text)
    if not held:
        return " " if text else ""
    return " " * text[:1].isspace() + held + " " * text[-1:].isspace()


def blank(given: Blank) -> str:
    """What is to be filled in, marked."""
    return run(str(given), _HIGHLIGHT)


def pieces(given: Iterable[Piece]) -> str:
    """Texts and blanks."""
    return "".join(blank(one) if isinstance(one, Blank) else run(one) for one in given if one)


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A w:p of a style, by the style's id."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def rule(width: float, length: float) -> str:
    """A line in the middle of a column."""
    side = twips((width - length) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    return paragraph("Rule", "", f'{border}<w:ind w:left="{side}" w:right="{side}"/>')


def side_by_side(widths: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """A table without rules, each cell a number of w:p; it never breaks over pages."""
    lines = (_row([_cell(inside, width) for inside, width in zip(row, widths, strict=True)]) for row in rows)
    return _table("", widths, lines, _NO_MARGINS)


def ruled(grid: Grid) -> str:
    """A table with rules, its head repeated on every page."""
    widths = [column.width for column in grid.columns]
    head = _row([_cell(paragraph("TableHead", run(c.title)), c.width) for c in grid.columns], "<w:tblHeader/>")
    margins = "".join(f'<w:{side} w:w="{twips(_MARGIN)}" w:type="dxa"/>' for side in ("left", "right"))
    looks = f"<w:tblCellMar>{margins}</w:tblCellMar>"
    lines = (head, *(_body_row(grid.columns, row) for row in grid.rows))
    return _table('<w:tblStyle w:val="TableGrid"/>', widths, lines, looks)


def _body_row(columns: Sequence[Column], row: Row) -> str:
    cells = []
    for column, cell in zip(columns, row.cells, strict=True):
        said = run(cell.text, _HIGHLIGHT * cell.asks)
        cells.append(_cell(paragraph("TableText", said, f'<w:jc w:val="{column.align}"/>'), column.width))
    return _row(cells)


def _cell(inside: str, width: float) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _row(cells: Sequence[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _table(style: str, widths: Sequence[float], lines: Iterable[str], margins: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    whole = f'<w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:jc w:val="center"/>'
    looks = f'{style}{whole}<w:tblLayout w:type="fixed"/>{margins}'
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
