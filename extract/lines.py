"""Document -> Reading: page furniture out, wrapped lines joined, the cleaned text laid down with its places."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.lexicon import first, phrases
from extract.model import Cell, Document, Grid, GridCell, Line, Paragraph, Place, Reading, Table
from extract.normalize.numbering import marker_of
from extract.normalize.slips import mended, slip_problems
from extract.normalize.spelling import has_lost_blanks, restored
from extract.normalize.wrapping import Layout, joins, layout_of
from extract.text import UPPER, fold, nfc, squeezed

# "2026-01-10T14:13:11+07:00", "10/01/2026 14:13:11": a signing program's time stamp, alone on its line
_TIME_STAMP = re.compile(r"\s*(?:\d{4}-\d\d-\d\dT|\d\d[/.]\d\d[/.]\d{4},? )\d\d:\d\d(?::\d\d)?\S*\s*")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")
_LINK = re.compile(r"\s*<?(?:https?://|www\.)\S+\s*")
_RULE = re.compile(r"[\s\-–—_=*.…|]*")
_SOFT = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_LONE_MARK = re.compile(r"\s*(?:[-–+•]|(?:\d{1,2}|[IVX]{1,5})\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-zđ]\))\s*")
_MARKED_TEXT = re.compile(rf"\s*[\"“‘(]?[{UPPER}\d][^\s.;:/]*\s")
_LONGEST_MARK = 10
_CLOSES = "Trên đây là"
_LONGEST_FURNITURE = 120
_FRONT = 80  # lines within which the title is looked for


@dataclass
class _Draft:
    """The cleaned text as it grows; `mends` says that blanks were lost somewhere and have to be looked for."""

    mends: bool
    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, lines: Sequence[Line]) -> Paragraph | None:
        """Lay the lines down as one paragraph, not folded yet; None where nothing readable is left of them."""
        start, texts, at = self.length, [], self.length
        for line in lines:
            text = squeezed(line.text)
            text = restored(text) if self.mends else text
            if not text:
                continue
            if line.box is not None and line.page is not None:
                self.places.append(Place(at, at + len(text), line.page, line.box))
            texts.append(text)
            at += len(text) + 1
        if not texts:
            return None
        text = " ".join(texts)
        self.parts.append(text)
        self.length = start + len(text) + 1
        bold = all(line.bold for line in lines if line.text.strip())
        return Paragraph(start, start + len(text), text, "", bold, max(line.level for line in lines))


def clean(document: Document) -> Reading:
    """The cleaned text of a document; every paragraph, and every paragraph of a cell, is one line of it."""
    text = "\n".join(line.text for block in document.blocks for line in _lines_of(block))
    composed = unicodedata.is_normalized("NFC", text) and not _SOFT.search(text)
    if not composed:
        text, document = nfc(text), replace(document, blocks=tuple(map(_composed, document.blocks)))
    document, slips = mended(document, text)
    kept = list(_without_furniture(document.blocks))
    draft = _Draft(has_lost_blanks(text))
    blocks: list[Paragraph | Grid] = []
    for group in _grouped(kept):
        block = _grid(group, draft) if isinstance(group, Table) else draft.add(group)
        if block is not None:
            blocks.append(block)
    text = "\n".join(draft.parts)
    folded = fold(text)
    laid = tuple(_folded(block, folded) for block in blocks)
    reading = Reading(text, laid, tuple(draft.places), document.problems, folded)
    return replace(reading, problems=(*reading.problems, *slip_problems(slips, reading))) if slips else reading


def _folded(block: Paragraph | Grid, folded: str) -> Paragraph | Grid:
    """The block with its paragraphs folded: one pass over the whole text costs less than one a paragraph."""
    if isinstance(block, Paragraph):
        return _folded_paragraph(block, folded)
    rows = tuple(
        tuple(replace(c, paragraphs=tuple(_folded_paragraph(p, folded) for p in c.paragraphs)) for c in row)
        for row in block.rows
    )
    return Grid(rows)


def _folded_paragraph(block: Paragraph, folded: str) -> Paragraph:
    return Paragraph(block.start, block.end, block.text, folded[block.start : block.end], block.bold, block.level)


def _lines_of(block: Line | Table) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
    else:
        yield from (line for row in block.rows for cell in row for line in cell.lines)


def _composed(block: Line | Table) -> Line | Table:
    """The block in NFC, without characters that print nothing."""
    if isinstance(block, Line):
        text = _SOFT.sub("", nfc(block.text))
        return block if text == block.text else replace(block, text=text)
    rows = tuple(
        tuple(replace(cell, lines=tuple(_composed(line) for line in cell.lines)) for cell in row)  # type: ignore[misc]
        for row in block.rows
    )
    return replace(block, rows=rows)


def _without_furniture(blocks: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """The blocks without page numbers, time stamps, rules, and links repeated at a page's foot."""
    linked = any(isinstance(b, Line) and ("http" in b.text or "www." in b.text) for b in blocks)
    everything = (
        "\n".join(b.text for b in blocks if isinstance(b, Line) and not _LINK.fullmatch(b.text)) if linked else ""
    )
    gap = False
    for block in _with_closing_apart(_with_marks(blocks)):
        if isinstance(block, Line):
            if not block.text.strip() or _is_furniture(block.text, everything):
                gap = gap or block.gap
                continue
            yield replace(block, gap=True) if gap else block
        else:
            yield block
        gap = False


def _with_marks(blocks: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """The blocks with a bullet or an ordinal that a converter left alone on its line put before the text after it."""
    mark: Line | None = None
    for block in blocks:
        if isinstance(block, Line) and len(block.text) < _LONGEST_MARK and _LONE_MARK.fullmatch(block.text):
            if mark is not None:
                yield mark
            mark = block
            continue
        if mark is not None and isinstance(block, Line) and _is_marked(mark, block):
            yield replace(block, text=f"{mark.text.strip()} {block.text.lstrip()}", gap=mark.gap)
        else:
            yield from (block,) if mark is None else (mark, block)
        mark = None
    if mark is not None:
        yield mark


def _with_closing_apart(blocks: Iterable[Line | Table]) -> Iterator[Line | Table]:
    """The blocks, a line cut where the closing paragraph begins inside it: "… (đính kèm) Trên đây là Kế hoạch …"."""
    for block in blocks:
        found = None
        if isinstance(block, Line) and block.text.find(_CLOSES, 1) > 0:
            found = first(phrases("lines", "closes"), fold(block.text))
        at = found[1].start() if found else 0
        if isinstance(block, Line) and at and block.text[at].isupper() and block.text[:at].rstrip()[-1:] in ".;)":
            yield replace(block, text=block.text[:at].rstrip(), whole=True)
            yield replace(block, text=block.text[at:], gap=False)
        else:
            yield block


def _is_marked(mark: Line, line: Line) -> bool:
    """Whether a text is what a mark alone on its line belongs to; under a dash, capitals are the letterhead's."""
    if not _MARKED_TEXT.match(line.text) or marker_of(line.text) is not None:
        return False
    return mark.text.strip()[0].isalnum() or not line.text.isupper()


def _is_furniture(text: str, everything: str) -> bool:
    if len(text) > _LONGEST_FURNITURE:
        return False
    if _RULE.fullmatch(text) or _PAGE_NUMBER.fullmatch(text) or _TIME_STAMP.fullmatch(text):
        return True
    if _LINK.fullmatch(text):
        return text.strip(" <>/") in everything
    return first(phrases("lines", "furniture"), fold(text)) is not None


def _grouped(blocks: Sequence[Line | Table]) -> Iterator[list[Line] | Table]:
    """Lines gathered into paragraphs where the text is running text; tables pass."""
    layout = layout_of([b for b in blocks if isinstance(b, Line)])
    group: list[Line] = []
    before_body = True
    for block, running in zip(blocks, _running(blocks), strict=True):
        before_body = before_body and not (running and isinstance(block, Line) and marker_of(block.text))
        opens = before_body and running and isinstance(block, Line) and _opens_preamble(block)
        if isinstance(block, Line) and group and running and not opens and joins(group, block, layout):
            group.append(block)
            continue
        if group:
            yield group
        group = []
        if isinstance(block, Table):
            yield block
        else:
            group = [block]
    if group:
        yield group


def _opens_preamble(line: Line) -> bool:
    """A line between the title and the first heading that begins a ground or the lead: "Căn cứ …", "Thực hiện …"."""
    return line.text.lstrip()[:1].isupper() and first(phrases("headings", "preamble"), fold(line.text[:40])) is not None


def _running(blocks: Sequence[Line | Table]) -> list[bool]:
    """Whether each block may be joined to the one before: not in the letterhead, nor from Nơi nhận to an appendix."""
    folded = [fold(b.text) if isinstance(b, Line) and len(b.text) < 120 else "" for b in blocks]
    start = _below_title(blocks, folded)
    running, inside = [], True
    for i, text in enumerate(folded):
        if text and i > start:
            if first(phrases("headings", "recipients"), text):
                inside = False
            elif not inside and _starts_anew(text):
                inside = True
        running.append(inside and i > start)
    return running


def _below_title(blocks: Sequence[Line | Table], folded: Sequence[str]) -> int:
    """The block after the last line KẾ HOẠCH; a line "Kế hoạch chi tiết" inside the text is none where there is one."""
    titles = [i for i, text in enumerate(folded[:_FRONT]) if text and first(phrases("headings", "title"), text)]
    capitals = [i for i in titles if isinstance(line := blocks[i], Line) and line.text.isupper()]
    return max(capitals or titles, default=-1) + 1


def _starts_anew(folded: str) -> bool:
    return folded.startswith(("phụ lục", "biểu", "danh mục", "bảng", "phụ biểu"))


def _grid(table: Table, draft: _Draft) -> Grid | None:
    rows = [tuple(_cell(cell, draft) for cell in row) for row in table.rows]
    rows = [row for row in rows if any(cell.paragraphs for cell in row)]
    return Grid(tuple(rows)) if rows else None


def _cell(cell: Cell, draft: _Draft) -> GridCell:
    groups: list[list[Line]] = []
    for line in cell.lines:
        if not line.text.strip():
            continue
        if groups and joins(groups[-1], line, Layout()):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = [p for group in groups if (p := draft.add(group)) is not None]
    return GridCell(tuple(paragraphs), cell.colspan, cell.rowspan)
