"""A report -> a Word document laid out as NĐ 30/2020/NĐ-CP, Phụ lục I asks."""

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from publish.progress_report.content import (
    Appendix,
    Blank,
    Block,
    Grid,
    Heading,
    Letterhead,
    Look,
    Paragraph,
    Report,
    Signing,
)
from publish.progress_report.word_styles import dress, new_section, text_width
from publish.progress_report.word_xml import (
    NAMESPACE,
    blank,
    paragraph,
    pieces,
    rule,
    ruled,
    run,
    side_by_side,
)
from publish.progress_report.wording import LANGUAGE, printable

_HEAD = (66, 99)  # the two columns of the letterhead, in millimetres
_FOOT = (80, 85)  # recipients and signature
_MOTTO, _PARTY = 57, 61  # how long tiêu ngữ and the Party's name are
_BIG, _SMALL = 0.72, 0.5  # of a letter's size: how wide letters are on average
_POINT = 25.4 / 72
_ISSUER_SIZE = 13
_SIGNATURE_LINES = 4
_LOOKS = {Look.BODY: "BodyText", Look.ITEM: "ListBullet"}
_ABOUT_FILES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>kehoach</Application></Properties>"""
_LONGEST_PROPERTY = 255  # letters, of a document's title and author


def document(report: Report) -> bytes:
    """The file, with the times at which its members were written."""
    made = docx.Document()
    dress(made)
    _describe(made, report)
    for xml in (*_front(report), *map(_block, report.blocks), _foot(report)):
        _append(made, xml)
    for appendix in report.appendices:
        new_section(made, across=True)
        for xml in _appendix(appendix, report.attached):
            _append(made, xml)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _append(made: Document, xml: str) -> None:
    """Add what the XML holds before the body's last section."""
    held: Any = parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{xml}</w:body>')
    last: Any = made.element.body.sectPr
    for one in list(held):
        last.addprevious(one)


def _describe(made: Document, report: Report) -> None:
    about = made.core_properties
    about.title, about.subject = printable(report.about.text)[:_LONGEST_PROPERTY], "Báo cáo tiến độ thực hiện kế hoạch"
    about.author = about.last_modified_by = printable(" ".join(report.letterhead.issuer))[:_LONGEST_PROPERTY]
    about.language, about.comments, about.keywords, about.revision = LANGUAGE, "", "", 1
    about.created = about.modified = datetime.combine(report.as_of, time.min)
    package: Any = made.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            link.target_part._blob = _ABOUT_FILES.encode()
        elif link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _front(report: Report) -> Iterator[str]:
    yield _letterhead(report.letterhead)
    yield paragraph("Title", run("BÁO CÁO"))
    yield paragraph("Subtitle", pieces(report.about.pieces))
    yield rule(text_width(), text_width() / 3)
    yield paragraph("Addressee", pieces(report.addressee.pieces))


def _letterhead(head: Letterhead) -> str:
    """Phần I, mục II, điểm 1 - 4: the bodies at the left, quốc hiệu and tiêu ngữ at the right, number and day below."""
    left, right = _HEAD
    superior = paragraph("Superior", run(head.superior)) if head.superior else ""
    issuer = "".join(paragraph("Issuer", run(line)) for line in head.issuer)
    bodies = superior + (issuer or paragraph("Issuer", blank(Blank("tên cơ quan ban hành"))))
    longest = max(map(_length, head.issuer[-1:]), default=left / 2)
    name, *motto = head.national
    national = paragraph("National" if motto else "Motto", run(name))
    national += "".join(paragraph("Motto", run(line)) for line in motto)
    day = (", ngày ", Blank(), " tháng ", Blank(), " năm ", Blank())
    place = pieces((head.place or Blank(), *day))
    number = pieces(head.number)
    return side_by_side(
        _HEAD,
        (
            (bodies + rule(left, min(longest, left) * 0.4), national + rule(right, _MOTTO if motto else _PARTY)),
            (paragraph("Number", number), paragraph("PlaceAndDate", place)),
        ),
    )


def _length(line: str) -> float:
    """About how long a line of the issuer is, in millimetres."""
    letters = sum(_BIG if letter.isupper() else _SMALL for letter in line)
    return letters * _ISSUER_SIZE * _POINT


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return paragraph(f"Heading{block.level}", run(block.text))
    if isinstance(block, Grid):
        return ruled(block) + paragraph("AfterTable", "")
    return paragraph(_LOOKS[block.look], pieces(block.pieces))


def _foot(report: Report) -> str:
    """Recipients at the left, signature at the right (điểm 7 and 9); they stay together on a page."""
    *others, last = report.recipients
    lines = [*(("- ", one, ";") for one in others), ("- ", last, ".")]
    left = paragraph("RecipientsHead", run("Nơi nhận:"))
    left += "".join(paragraph("Recipient", pieces(line)) for line in lines)
    return side_by_side(_FOOT, ((left, _signature(report.signing)),))


def _signature(signing: Signing) -> str:
    asked = blank(Blank("quyền hạn, chức vụ của người ký"))
    lines = [run(line) for line in signing.lines] or [asked]
    room = paragraph("Signing", "") * _SIGNATURE_LINES
    name = run(signing.name) if signing.name else blank(Blank("họ và tên"))
    return "".join(paragraph("Signing", line) for line in lines) + room + paragraph("Signing", name)


def _appendix(appendix: Appendix, attached: Paragraph) -> Iterator[str]:
    """Phần I, mục III, điểm 1."""
    yield paragraph("AppendixLabel", run(appendix.label))
    yield paragraph("AppendixTitle", run(appendix.grid.title.upper()))
    yield paragraph("Attached", pieces(attached.pieces))
    yield rule(text_width(across=True), 50)
    yield ruled(appendix.grid)
    yield paragraph("AfterTable", "")
