"""The readers that are compared: ours, and each other library in the way that its own documentation shows."""

import importlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from pypdfium2 import raw

from extract import extract_plan
from extract.lines import clean
from extract.model import Table
from extract.read import read

READING, RECORD = "kehoach, reading", "kehoach, record"
PLUMBER, SEGMENTS, MARKITDOWN = "pdfplumber, text and tables", "pypdfium2, segments", "markitdown"


_RULE = re.compile(r"^\|(?: *:?-+:? *\|)+$", re.MULTILINE)  # under the head of a table in Markdown


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader made of a file; `tables` is None where it tells none from text."""

    text: str
    tables: int | None = None
    boxes: bool = False
    records: int = 0


Reader = Callable[[Path], Given]


def our_reading(path: Path) -> Given:
    """The document's lines and tables, each with its place: what records are made of."""
    document = read(path)[1]
    reading = clean(document)
    return Given(reading.text, sum(isinstance(block, Table) for block in document.blocks), bool(reading.places))


def our_record(path: Path) -> Given:
    """All that `kehoach extract` writes; its tables have become targets and tasks."""
    record = extract_plan(path)
    spans = [span for items in (record.targets, record.tasks) for item in items for span in item.spans]
    boxes = any(span.bboxes for span in spans)
    return Given(record.text, boxes=boxes, records=len(record.targets) + len(record.tasks))


def with_pdfplumber(path: Path) -> Given:
    """pdfplumber: text and tables."""
    texts, tables = [], 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            tables += len(page.extract_tables())
    return Given("\n".join(texts), tables)


def with_pdfium_text(path: Path) -> Given:
    """pypdfium2: plain text."""
    pdf = pdfium.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return Given("\n".join(texts))


def with_pdfium_segments(path: Path) -> Given:
    """pypdfium2: text objects with place, font, weight and size."""
    pdf, found = pdfium.PdfDocument(path), []
    for page in pdf:
        text = page.get_textpage()
        for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), textpage=text):
            font = thing.get_font()
            said = thing.extract(), thing.get_bounds(), font.get_base_name(), font.get_weight(), thing.get_font_size()
            found.append(said[0])
    pdf.close()
    return Given(" ".join(found), boxes=True)


def with_python_docx(path: Path) -> Given:
    """python-docx: paragraphs and tables in the order of the body."""
    import docx  # noqa: PLC0415
    from docx.table import Table as WordTable  # noqa: PLC0415

    texts, tables = [], 0
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, WordTable):
            tables += 1
            texts += [cell.text for row in block.rows for cell in row.cells]
        else:
            texts.append(block.text)
    return Given("\n".join(texts), tables)


def _markitdown(library: Any) -> Reader:
    convert = library.MarkItDown().convert

    def reader(path: Path) -> Given:
        text: str = convert(str(path)).text_content
        return Given(text, len(_RULE.findall(text)))

    return reader


def _kreuzberg(library: Any) -> Reader:
    def reader(path: Path) -> Given:
        found = library.extract_file_sync(str(path))
        return Given(found.content, len(found.tables))

    return reader


def _mammoth(library: Any) -> Reader:
    def reader(path: Path) -> Given:
        html = library.convert_to_html(io.BytesIO(path.read_bytes())).value
        return Given(html, html.count("<table"))

    return reader


_LIBRARIES: dict[str, Callable[[Any], Reader]] = {
    MARKITDOWN: _markitdown,
    "kreuzberg": _kreuzberg,
    "mammoth": _mammoth,
}
_PDF: dict[str, Reader] = {
    PLUMBER: with_pdfplumber,
    SEGMENTS: with_pdfium_segments,
    "pypdfium2, plain text": with_pdfium_text,
}
_DOCX: dict[str, Reader] = {"python-docx": with_python_docx}
_OF = {".pdf": (_PDF, (MARKITDOWN, "kreuzberg")), ".docx": (_DOCX, (MARKITDOWN, "kreuzberg", "mammoth"))}


def readers(suffix: str) -> tuple[dict[str, Reader], list[str]]:
    """The readers of a kind of file, ours first, and the names of libraries that are not installed."""
    always, others = _OF[suffix]
    found: dict[str, Reader] = {READING: our_reading, RECORD: our_record, **always}
    missing = []
    for name in others:
        try:
            found[name] = _LIBRARIES[name](importlib.import_module(name))
        except ImportError:
            missing.append(name)
    return found, missing
