"""Word files (.docx, .docm, .dotx) -> Document."""

from pathlib import Path

from lxml import etree

from extract.model import Document
from extract.read.docx.body import Body
from extract.read.docx.fonts import modernized
from extract.read.docx.names import VAL, W, integer
from extract.read.docx.notes import with_head, with_notes
from extract.read.docx.numbering import Numbering, numbering_of
from extract.read.docx.package import Package, opened, parsed
from extract.read.docx.styles import Styles, styles_of, without_table_styles
from extract.read.returns import reopened

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(path: Path, data: bytes) -> Document:
    """A Word file's document. Raises UnreadableFile where it is damaged, locked or no Word file."""
    package = opened(path, data)
    root = package.root(package.main)
    assert root is not None  # noqa: S101  (for the type checker; `opened` found the part)
    body = root.find(W + "body")
    laid = Body(_styles(package), _numbering(package, root))
    blocks = laid.blocks(root if body is None else body)
    blocks = with_notes(with_head(blocks, package, laid), package, laid, root)
    return Document(tuple(reopened(modernized(blocks))), MEDIA_TYPE, text_source="native")


def _styles(package: Package) -> Styles:
    name = package.part("styles")
    data = package.bytes_of(name)
    if data is None:
        return Styles()
    return styles_of(parsed(package.path, name, without_table_styles(data)))


def _numbering(package: Package, root: etree._Element) -> Numbering:
    """The lists, where the file has any; in use are those that paragraphs name themselves."""
    used = [(_value(e, "numId"), integer(_value(e, "ilvl")) or 0) for e in root.iter(W + "numPr")]
    return numbering_of(package.root(package.part("numbering")), used)


def _value(element: etree._Element, name: str) -> str:
    found = element.find(W + name)
    return "" if found is None else found.get(VAL, "")
