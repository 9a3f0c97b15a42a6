"""PDF -> Document: the text that the file holds, in reading order; pages without any are read off their picture."""

from collections.abc import Sequence
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError, raw

from extract.errors import UnreadableFile
from extract.model import Document
from extract.read.pdf.annotations import prints
from extract.read.pdf.blocks import as_seen, blocks_of
from extract.read.pdf.footnotes import without_footnotes
from extract.read.pdf.frame import A4
from extract.read.pdf.furniture import without_furniture
from extract.read.pdf.legible import needs_ocr
from extract.read.pdf.opening import DAMAGED, opened
from extract.read.pdf.runs import runs_of
from extract.read.pdf.sheet import Sheet, sheet_of
from schemas import Problem, Severity, Signature

__all__ = ["pages_needing_ocr", "read_pdf"]


def read_pdf(path: Path, data: bytes) -> Document:
    """The document of a PDF file. Raises UnreadableFile where it is locked, damaged, or a scan that can't be read."""
    with opened(path, data) as pdf:
        sheets, problems = _sheets(path, pdf, data)
        problems += _with_scans(path, pdf, sheets)
        signed = raw.FPDF_GetSignatureCount(pdf) > 0
    without_furniture(sheets)
    footnotes = without_footnotes(sheets)
    scanned = sum(bool(sheet.scan) for sheet in sheets)
    return Document(
        as_seen(tuple(blocks_of(sheets, footnotes)), sheets),
        "application/pdf",
        text_source="ocr" if scanned * 2 > len(sheets) else "native",
        pages=len(sheets),
        problems=tuple(problems),
        signatures=_signatures(data) if signed else (),
    )


def pages_needing_ocr(pdf: PdfDocument) -> list[int]:
    """The pages, counted from 0, whose text is missing or can't be relied on."""
    return [i for i in range(len(pdf)) if needs_ocr(page := pdf[i], runs_of(page)[0])]


def _sheets(path: Path, pdf: PdfDocument, data: bytes) -> tuple[list[Sheet], list[Problem]]:
    """The layout of every page, and the pages that are damaged. Raises UnreadableFile where all are."""
    sheets: list[Sheet] = []
    stamped: list[int] = []
    damaged: list[int] = []
    for i in range(len(pdf)):
        try:
            page = pdf[i]
        except PdfiumError:
            damaged.append(i)
            sheets.append(Sheet(i + 1, A4, A4))
            continue
        if prints(page):
            stamped.append(i)
        sheets.append(sheet_of(page, i + 1))
        page.close()
    if len(damaged) == len(sheets):
        raise UnreadableFile(path, DAMAGED)
    if stamped:
        _stamp(pdf, data, sheets, stamped)
    return sheets, [_lost(damaged)] if damaged else []


def _stamp(pdf: PdfDocument, data: bytes, sheets: list[Sheet], pages: Sequence[int]) -> None:
    """Lay the pages out anew with what signatures print on them."""
    from extract.read.pdf.stamps import stamps_of  # noqa: PLC0415  (slow to load, and few files need it)

    for i, stamps in stamps_of(data, pages).items():
        page = pdf[i]
        sheets[i] = sheet_of(page, i + 1, stamps)
        page.close()


def _lost(pages: Sequence[int]) -> Problem:
    numbers = ", ".join(str(i + 1) for i in pages)
    message = f"Trang {numbers} của tệp PDF bị hỏng, không đọc được. Hãy tải lại tệp rồi thử lại."
    return Problem(code="text_truncated", message=message, severity=Severity.HIGH)


def _with_scans(path: Path, pdf: PdfDocument, sheets: list[Sheet]) -> list[Problem]:
    """Put what is read off the pictures of pages without text on their sheets; the problems met."""
    pages = [i for i, sheet in enumerate(sheets) if not sheet.legible]
    if not pages:
        return []
    from extract.read.pdf.scanned import read_scanned  # noqa: PLC0415  (slow to load, and few files need it)

    found, problems = read_scanned(path, pdf, pages)
    for i, page in found.items():
        sheets[i].scan = page.blocks
        sheets[i].parts = []
    return problems


def _signatures(data: bytes) -> tuple[Signature, ...]:
    from extract.read.pdf.signatures import signatures_of  # noqa: PLC0415  (slow to load, and few files are signed)

    return signatures_of(data)
