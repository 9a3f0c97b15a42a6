"""A picture file -> a PDF with its pictures as pages, as large as the reader takes them to be."""

import io
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from extract.read.ocr.pictures import pictures_of

_POINTS = 72


def pdf_of_pictures(path: Path, data: bytes) -> PdfDocument:
    """A page for each picture, turned as a viewer shows it."""
    pdf = PdfDocument.new()
    with Image.open(io.BytesIO(data)) as picture:
        for image, dpi in pictures_of(path, picture):
            page = io.BytesIO()
            (image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")).save(page, "PDF", resolution=dpi)
            with PdfDocument(page.getvalue()) as single:
                pdf.import_pages(single)
    return pdf
