"""Record -> the file of its marks, PDF or HTML."""
# ruff: noqa: PLC0415  (pdfium, Pillow and jinja2 are loaded by what needs them)

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import KehoachError
from publish.atomic import replacing
from publish.marks.found import Mark, marks_of, without_box
from schemas import Record

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


class NoPages(KehoachError):
    """The file has no pages to draw on; the message says what to ask for."""


def write_marks(record: Record, path: Path, out: Path) -> list[Mark]:
    """Write the marks of the record of the file `path` to `out`, PDF or HTML by its suffix; the marks without a box.

    Raises NoPages where PDF is asked for and the file has no pages.
    """
    marks = marks_of(record)
    if out.suffix.lower() != ".pdf":
        from publish.marks.html import html_page

        with replacing(out) as beside:
            beside.write_text(html_page(record, marks), "utf-8")
    else:
        _write_pdf(record, path, out, marks)
    return without_box(marks) if record.source.pages else []


def _write_pdf(record: Record, path: Path, out: Path, marks: Sequence[Mark]) -> None:
    """Draw on a copy of the file's pages; it must be the file that the record was read from."""
    data = path.read_bytes()
    if not record.source.pages or hashlib.sha256(data).hexdigest() != record.source.sha256:
        other = out.with_suffix(".html")
        raise NoPages(f"{path}: không có trang để vẽ lên. Hãy xem dạng HTML: --debug-pdf {other}")
    from publish.marks.pdf import draw

    pdf = _pages_of(record, path, data)
    try:
        draw(pdf, marks)
        with replacing(out) as beside:
            pdf.save(beside)
    finally:
        pdf.close()


def _pages_of(record: Record, path: Path, data: bytes) -> "PdfDocument":
    """The file's pages, pictures as pages too."""
    if record.source.media_type.startswith("image/"):
        from publish.marks.pictures import pdf_of_pictures

        return pdf_of_pictures(path, data)
    from pypdfium2 import PdfDocument

    return PdfDocument(data)
