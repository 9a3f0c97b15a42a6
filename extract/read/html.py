"""HTML, as offices' sites, law portals and Word print it -> Document."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.model import Document, Line, Table
from extract.normalize.numbering import marker_of
from extract.read.decode import decoded
from extract.read.flow import flow_of
from extract.read.page import document_of
from extract.read.tree import tree_of
from extract.text import LOWER

_HEAD = 4096  # bytes in which a page names its character set
_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>[A-Za-z0-9_.:-]{2,30})|<\?xml\b[^>]{0,80}?encoding\s*=\s*[\"'](?P<xml>[\w.-]{2,30})",
    re.IGNORECASE,
)
# "<!doctype html>", "<html", also after a comment or an XML declaration, as saved pages begin
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|div|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_UNENDED = re.compile(r"[^.;:!?…\"”’)\]]\s*$")
_SMALL_START = re.compile(rf"\s*[{LOWER}]")


def read_html(path: Path, data: bytes) -> Document:
    """A page's document. Raises UnreadableFile where the bytes are no text."""
    found = _CHARSET.search(data[:_HEAD])
    declared = (found["name"] or found["xml"]).decode("ascii") if found else None
    return Document(tuple(blocks_of_page(decoded(path, data, declared=declared))), "text/html")


def is_page(text: str) -> bool:
    """Whether a text file is a page saved under another name."""
    return bool(_PAGE.match(text[:_HEAD]))


def blocks_of_page(html: str) -> list[Line | Table]:
    """The document's lines and tables."""
    return _as_printed(document_of(flow_of(tree_of(html))))


def blocks_of_fragment(html: str) -> list[Line | Table]:
    """The lines and tables of HTML inside another text: a table that a converter left as it was."""
    return [block.content for block in flow_of(tree_of(html)).blocks]


def _as_printed(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Where a page has an element for every printed line, its elements end no paragraph."""
    lines = [block for block in blocks if isinstance(block, Line)]
    broken = sum(_goes_on(a, b) for a, b in itertools.pairwise(lines))
    if broken < max(4, len(lines) * 0.08):
        return list(blocks)
    return [replace(block, whole=False) if isinstance(block, Line) and not block.level else block for block in blocks]


def _goes_on(line: Line, following: Line) -> bool:
    """An element that ends inside a sentence, and one that goes on with a small letter."""
    if not line.whole or not _UNENDED.search(line.text) or not _SMALL_START.match(following.text):
        return False
    return marker_of(following.text) is None
