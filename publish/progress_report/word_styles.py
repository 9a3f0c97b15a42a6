"""The looks of a report in Word, as NĐ 30/2020/NĐ-CP, Phụ lục I has them: page, fonts, sizes, spacing, page numbers."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle

from publish.progress_report.wording import LANGUAGE

FONT = "Times New Roman"
SHORT, LONG = 210, 297  # A4, in millimetres
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # phần I, mục I, điểm 3
_HEADER = 10  # from the paper's edge to the page number, inside the upper margin
_FIRST_LINE = 12.7
_PAGE_NUMBER = (
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText>PAGE</w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>2</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)
_LEFT, _CENTER, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style; sizes and spaces in points, the indent of the first line in millimetres."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _CENTER
    before: float = 0
    after: float = 0
    line: float = 1.0
    first: float = 0
    kept: bool = False


# Styles that Word knows keep their names; the others are named by what they are for (a comma would make an alias).
_LOOKS = {
    "Normal": _Look("Normal", 14, align=_LEFT),
    "Title": _Look("Title", 14, bold=True, before=18, kept=True),
    "Subtitle": _Look("Subtitle", 14, bold=True, kept=True),
    "Heading1": _Look("Heading 1", 14, bold=True, align=_BOTH, before=6, after=6, first=_FIRST_LINE, kept=True),
    "Heading2": _Look("Heading 2", 14, bold=True, align=_BOTH, before=6, after=6, first=_FIRST_LINE, kept=True),
    "BodyText": _Look("Body Text", 14, align=_BOTH, after=6, line=1.15, first=_FIRST_LINE),
    "ListBullet": _Look("List Bullet", 14, align=_BOTH, after=6, line=1.15, first=_FIRST_LINE),
    "National": _Look("Quốc hiệu", 13, bold=True),
    "Motto": _Look("Tiêu ngữ", 14, bold=True),
    "Superior": _Look("Cơ quan chủ quản", 13),
    "Issuer": _Look("Cơ quan ban hành", 13, bold=True),
    "Number": _Look("Số và ký hiệu", 13, before=6),
    "PlaceAndDate": _Look("Địa danh và thời gian", 14, italic=True, before=6),
    "Rule": _Look("Đường kẻ", 5, before=3),
    "Addressee": _Look("Kính gửi", 14, before=12, after=12),
    "TableHead": _Look("Đầu bảng", 11, bold=True, before=2, after=2, kept=True),
    "TableText": _Look("Nội dung bảng", 11, align=_LEFT, before=2, after=2),
    "AfterTable": _Look("Sau bảng", 6),
    "RecipientsHead": _Look("Nơi nhận", 12, bold=True, italic=True, align=_LEFT, kept=True),
    "Recipient": _Look("Nơi nhận từng dòng", 11, align=_LEFT, kept=True),
    "Signing": _Look("Chức vụ người ký", 14, bold=True, kept=True),
    "AppendixLabel": _Look("Phụ lục", 14, bold=True, kept=True),
    "AppendixTitle": _Look("Tên phụ lục", 14, bold=True, kept=True),
    "Attached": _Look("Kèm theo văn bản", 14, italic=True, kept=True),
    "Header": _Look("Header", 14),
}


def dress(document: Document) -> None:
    """Give an empty document the styles, in Vietnamese, and the first page's section."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.clear()
    defaults.append(_fonts())
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}"/>'))
    for key, look in _LOOKS.items():
        _set(_style(document, key, look), look)
    lay_out(document.sections[0])
    for setting in document.settings.element.findall(qn("w:themeFontLang")):
        setting.attrib.clear()
        setting.set(qn("w:val"), LANGUAGE)


def _style(document: Document, key: str, look: _Look) -> ParagraphStyle:
    styles = document.styles
    known = {style.style_id: style for style in styles}
    style: Any = known.get(key)
    if style is None:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), key)
        style.base_style = styles["Normal"]
    style.quick_style, style.hidden = True, False
    found: ParagraphStyle = style
    return found


def _set(style: ParagraphStyle, look: _Look) -> None:
    properties: Any = style.element.get_or_add_rPr()
    properties.clear()
    properties.append(_fonts())
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    held: Any = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:numPr", "w:contextualSpacing", "w:ind", "w:tabs"):
        for old in held.findall(qn(name)):
            held.remove(old)
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent, shape.keep_with_next = look.align, Mm(look.first), look.kept
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    if look.name == "Đường kẻ":
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.size)
    else:
        shape.line_spacing = look.line


def _fonts() -> Any:
    named = " ".join(f'w:{use}="{FONT}"' for use in ("ascii", "hAnsi", "cs", "eastAsia"))
    return parse_xml(f"<w:rFonts {nsdecls('w')} {named}/>")


def lay_out(section: Section, *, across: bool = False) -> None:
    """A4 with the decree's margins; the page number in the middle over the text, not on the first page."""
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if across else (Mm(SHORT), Mm(LONG))
    section.top_margin, section.bottom_margin = _not_less(TOP), _not_less(BOTTOM)
    section.left_margin, section.right_margin = _not_less(LEFT), _not_less(RIGHT)
    section.header_distance = section.footer_distance = Mm(_HEADER)
    section.different_first_page_header_footer = True
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.find(qn("w:pgMar")).addnext(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    section.header.is_linked_to_previous = False
    number: Any = section.header.paragraphs[0]._p
    for part in _PAGE_NUMBER:
        number.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))


def _not_less(millimetres: float) -> Twips:
    """A length in the twentieths of a point that Word keeps, never a hair under what the decree asks."""
    return Twips(ceil(millimetres * 1440 / 25.4))


def new_section(document: Document, *, across: bool) -> None:
    """Begin a section on a new page, its pages counted anew as those of an appendix are."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = document.styles["Đường kẻ"]  # holds the end of the section before; takes no room
    lay_out(section, across=across)


def text_width(*, across: bool = False) -> int:
    """Between the margins."""
    return (LONG if across else SHORT) - LEFT - RIGHT
