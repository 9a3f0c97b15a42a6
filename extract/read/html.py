"""HTML, as offices' sites, law portals and Word print it -> Document."""

import re
from pathlib import Path

from extract.model import Document, Line, Table
from extract.read.decode import decoded
from extract.read.flow import flow_of
from extract.read.page import document_of
from extract.read.returns import reopened
from extract.read.tree import tree_of

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
    return reopened(document_of(flow_of(tree_of(html))))


def blocks_of_fragment(html: str) -> list[Line | Table]:
    """The lines and tables of HTML inside another text: a table that a converter left as it was."""
    return [block.content for block in flow_of(tree_of(html)).blocks]
