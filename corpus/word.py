"""Paragraphs and tables -> a Word file as small as it can be, set as NĐ 30/2020 wants a document set."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ROOM, LETTER = 9071, 115  # twentieths of a point: between the margins, and for a letter in a table
KEPT = "<w:keepNext/>"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
_MARKED = re.compile(r"(\*{1,3})(.+?)\1")

_BULLETS = """
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>
<w:suff w:val="space"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
"""
_PAGE_NUMBER = """
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
"""
_SECTION = """
<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>
<w:titlePg/></w:sectPr>
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell; `merge` is "restart" or "continue" where it spans rows."""

    text: str
    span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row of a ruled one is its head."""

    rows: list[list[Cell]]
    ruled: bool


def run(text: str, marks: str = "", size: int = 0) -> str:
    """A w:r; `marks` are the asterisks around the text in Markdown, `size` is in half points."""
    bold, italic = "<w:b/>" * (len(marks) > 1), "<w:i/>" * (len(marks) in {1, 3})
    sized = f'<w:sz w:val="{size}"/>' if size else ""
    return f'<w:r><w:rPr>{bold}{italic}{sized}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(text: str, size: int = 0) -> str:
    """The w:r of a text in Markdown.

    >>> runs("*a* b").count("<w:i/>")
    1
    """
    found, end = [], 0
    for match in _MARKED.finditer(text):
        found += [run(text[end : match.start()], size=size), run(match[2], match[1], size)]
        end = match.end()
    return "".join([*found, run(text[end:], size=size)])


def paragraph(content: str, *, align: str = "both", properties: str = "", after: int = 0) -> str:
    """A w:p, its first line set in where it is justified; `after` in twentieths of a point."""
    indent = '<w:ind w:firstLine="567"/>' if align == "both" else ""
    looks = f'{properties}<w:spacing w:after="{after}"/>{indent}<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{looks}</w:pPr>{content}</w:p>"


def ruled(table: Table) -> str:
    """A w:tbl with rules, its head repeated on each page."""
    widths = column_widths(table)
    lines = []
    for i, row in enumerate(table.rows):
        at, cells = 0, []
        for cell in row:
            text, centred = (f"**{cell.text}**", True) if i == 0 else (cell.text, at == 0)
            inside = paragraph(runs(text, 20), align="center" if centred else "left")
            cells.append(_cell(inside, sum(widths[at : at + cell.span]), cell))
            at += cell.span
        lines.append(_row(cells, "<w:tblHeader/>" * (i == 0)))
    return _table(f"<w:tblBorders>{_RULES}</w:tblBorders>", widths, lines)


def column_widths(table: Table) -> list[int]:
    """Widths in twentieths of a point: room for the longest word, and the rest by how much stands in the columns."""
    whole = [row for row in table.rows if all(cell.span == 1 for cell in row)]
    texts = [[row[i].text for row in whole] for i in range(len(whole[0]))]
    least = [LETTER * max(len(word) for text in column for word in text.split()) + 280 for column in texts]
    weights = [0, *(max(map(len, column[1:])) for column in texts[1:])]
    return [width + (ROOM - sum(least)) * weight // sum(weights) for width, weight in zip(least, weights, strict=True)]


def columns(table: Table) -> str:
    """A w:tbl of two columns without rules: a list stands left and small, all else in the middle."""
    widths = [ROOM * 3 // 8, ROOM - ROOM * 3 // 8]
    lines = []
    for row in table.rows:
        cells = []
        for cell, width in zip(row, widths, strict=True):
            align, size = ("left", 22) if cell.text.startswith(("- ", "***")) else ("center", 0)
            inside = [paragraph(runs(text, size), align=align, properties=KEPT) for text in cell.text.split("<br>")]
            cells.append(_cell("".join(inside), width, cell))
        lines.append(_row(cells))
    return _table("", widths, lines)


def _cell(inside: str, width: int, cell: Cell) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{inside}</w:tc>'


def _row(cells: Sequence[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _table(properties: str, widths: Sequence[int], lines: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    fixed = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{properties}<w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{fixed}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def docx(body: str, *, font: str, size: int) -> bytes:
    """A Word file with the parts of a w:body; `size` in half points. The same parts give the same bytes."""
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/><w:sz w:val="{size}"/><w:lang w:val="vi-VN"/>'
    linked = {
        "styles": ("styles", f"<w:docDefaults><w:rPrDefault><w:rPr>{look}</w:rPr></w:rPrDefault></w:docDefaults>"),
        "numbering": ("numbering", _BULLETS),
        "header": ("hdr", _PAGE_NUMBER),
    }
    inside = linked | {"document": ("document", f"<w:body>{body}{_SECTION}</w:body>")}
    kinds = {name: "document.main" if name == "document" else name for name in inside}
    overrides = "".join(_override(name, kind) for name, kind in kinds.items())
    xml = {
        f"word/{name}.xml": f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{text}</w:{root}>'
        for name, (root, text) in inside.items()
    }
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = f'<Default Extension="rels" ContentType="{rels}"/>{overrides}'
    return _packed({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": _links({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _links({name: f"{name}.xml" for name in linked}),
        **xml,
    })  # fmt: skip


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'


def _links(targets: dict[str, str]) -> str:
    links = (f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{path}"/>' for kind, path in targets.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, xml in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), HEAD + xml, zipfile.ZIP_DEFLATED)
    return out.getvalue()
