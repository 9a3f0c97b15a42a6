"""Pages without text of their own -> blocks, read off their picture; what could not be read is a problem."""

from collections.abc import Sequence
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage
from pypdfium2.raw import FPDF_COLORSPACE_INDEXED, FPDF_PAGEOBJ_IMAGE

from extract.errors import UnreadableFile
from extract.read.ocr import OcrUnavailable, ScannedPage, read_page
from schemas import Problem, Severity

_DPI = 200
_MOST_PIXELS = 40_000_000  # of one page: A2 at 200 dots an inch
_INCH = 72
_GREY_BITS = 8


def read_scanned(path: Path, pdf: PdfDocument, pages: Sequence[int]) -> tuple[dict[int, ScannedPage], list[Problem]]:
    """The pages of a file by their number from 0. Raises UnreadableFile where all are scans and none can be read."""
    found: dict[int, ScannedPage] = {}
    problems: list[Problem] = []
    for i in pages:
        try:
            found[i] = _read(pdf, i)
        except OcrUnavailable as error:
            if len(pages) == len(pdf):
                raise UnreadableFile(path, f"tệp là ảnh quét; {error}") from error
            return {}, [_unread(pages, str(error))]
        problems += found[i].problems
    return found, problems


def _read(pdf: PdfDocument, number: int) -> ScannedPage:
    page = pdf[number]
    width, height = page.get_size()
    dpi = min(_DPI, max(1, int((_MOST_PIXELS / max(width * height, 1)) ** 0.5 * _INCH)))
    image = page.render(scale=dpi / _INCH, grayscale=not _has_colour(page)).to_pil()
    page.close()
    return read_page(image, number + 1, dpi)


def _has_colour(page: PdfPage) -> bool:
    """Whether a page holds a picture in colour, such as a stamp makes of a sheet; grey is drawn faster."""
    pictures = (picture.get_metadata() for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
    return any(one.bits_per_pixel > _GREY_BITS or one.colorspace == FPDF_COLORSPACE_INDEXED for one in pictures)


def _unread(pages: Sequence[int], reason: str) -> Problem:
    numbers = ", ".join(str(i + 1) for i in pages)
    return Problem(
        code="scanned_low_quality",
        message=f"Trang {numbers} là ảnh quét, chưa đọc được: {reason}",
        severity=Severity.HIGH,
    )
