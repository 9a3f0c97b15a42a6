"""Parts beside the body: a letterhead that stands in the page's header, footnotes and endnotes."""

import re
from collections.abc import Sequence

from lxml import etree

from extract.lexicon import first, phrases
from extract.model import Line, Table
from extract.read.docx.body import Blocks, Body
from extract.read.docx.names import ID, W
from extract.read.docx.package import Package
from extract.text import fold

_FRONT = 12  # blocks that a letterhead takes
_UNPRINTED = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_WIDE = 2  # columns; a table of more after Nơi nhận is an appendix's
_APPENDIX = re.compile(r"\W*(?:phụ lục|phụ biểu|biểu|danh mục|bảng)\b")
_LONGEST_RECIPIENTS = 300  # characters of a line or cell that opens with Nơi nhận


def with_head(blocks: Blocks, package: Package, body: Body) -> Blocks:
    """The blocks with the page header before them where it holds the letterhead that the body lacks."""
    names = package.related.get("header", ())
    if not names or _has_letterhead(blocks[:_FRONT]):
        return blocks
    for name in names:
        root = package.root(name)
        head = [] if root is None else body.blocks(root)
        if _has_letterhead(head):
            return [*head, *blocks]
    return blocks


def with_notes(blocks: Blocks, package: Package, body: Body, root: etree._Element) -> Blocks:
    """The blocks with the notes that the text refers to, after the signature and before the appendices."""
    notes: Blocks = []
    for kind in ("footnote", "endnote"):
        used = [e.get(ID, "") for e in root.iter(f"{W}{kind}Reference")]
        part = package.root(package.part(f"{kind}s")) if used else None
        if part is not None:
            found = {e.get(ID, ""): e for e in part.iterchildren(W + kind) if e.get(W + "type") not in _UNPRINTED}
            notes += [block for note_id in used if note_id in found for block in body.blocks(found[note_id])]
    if not notes:
        return blocks
    at = _after_foot(blocks)
    return [*blocks[:at], *notes, *blocks[at:]]


def _has_letterhead(blocks: Sequence[Line | Table]) -> bool:
    return any(first(phrases("letterhead", "national"), fold(text)) for block in blocks for text in _texts(block))


def _texts(block: Line | Table) -> list[str]:
    if isinstance(block, Line):
        return [block.text]
    return [line.text for row in block.rows for cell in row for line in cell.lines]


def _after_foot(blocks: Sequence[Line | Table]) -> int:
    """Where the appendices begin, the end where there is none."""
    foot = next((i for i, block in enumerate(blocks) if _is_foot(block)), None)
    for i in range(len(blocks) if foot is None else foot + 1, len(blocks)):
        block = blocks[i]
        if isinstance(block, Table) and max(map(len, block.rows)) > _WIDE:
            return i
        if isinstance(block, Line) and _APPENDIX.match(fold(block.text[:40])):
            return i
    return len(blocks)


def _is_foot(block: Line | Table) -> bool:
    """The recipients' list, alone or beside the signature."""
    text = next(iter(_texts(block)), "")
    return len(text) < _LONGEST_RECIPIENTS and first(phrases("headings", "recipients"), fold(text)) is not None
