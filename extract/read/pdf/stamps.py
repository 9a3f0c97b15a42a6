"""What a clerk's signature prints on a page: the text in the appearance streams of annotations, with its place.

The number and the day of a digitally issued plan stand there and not in the page's own contents.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import Matrix, apply_matrix_pt, mult_matrix

from extract.read.pdf.run import Stamp

# What pdfminer raises over a file that is not as it should be.
_UNREADABLE = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_PRINTED = frozenset({"Widget", "FreeText", "Stamp"})
_HIDDEN = 2  # of an annotation's flags
_BLANK = 0.2  # of the font's size


def stamps_of(data: bytes, pages: Sequence[int]) -> dict[int, list[Stamp]]:
    """The stamps of some pages, by the page's number counted from 0; a page that can't be read has none."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it misses, pdfium has read
    found: dict[int, list[Stamp]] = {}
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        fonts = _form_fonts(document)
        for number, page in enumerate(PDFPage.create_pages(document)):
            if number in pages:
                found[number] = list(_of_page(page, fonts))
    except _UNREADABLE:
        return found
    return found


def _form_fonts(document: PDFDocument) -> dict[str, Any]:
    """The fonts of the form, which an appearance without fonts of its own falls back on."""
    form = dict_value(document.catalog.get("AcroForm") or {})
    return dict(dict_value(dict_value(form.get("DR") or {}).get("Font") or {}))


def _of_page(page: PDFPage, fonts: Mapping[str, Any]) -> Iterator[Stamp]:
    for reference in list_value(page.annots or []):
        annotation = dict_value(reference)
        subtype = getattr(resolve1(annotation.get("Subtype")), "name", "")
        if subtype in _PRINTED and not int(resolve1(annotation.get("F")) or 0) & _HIDDEN:
            yield from _lines(_letters(page, annotation, fonts))


def _letters(page: PDFPage, annotation: Mapping[str, Any], fonts: Mapping[str, Any]) -> list[LTChar]:
    """The letters of an annotation's appearance, in user space."""
    stream = resolve1(dict_value(annotation.get("AP") or {}).get("N"))
    if isinstance(stream, dict):
        stream = resolve1(stream.get(getattr(resolve1(annotation.get("AS")), "name", "")))
    rectangle = [float(resolve1(x)) for x in list_value(annotation.get("Rect") or [])]
    if not isinstance(stream, PDFStream) or len(rectangle) != 4:
        return []
    resources = dict(dict_value(stream.get("Resources") or page.resources or {}))
    resources["Font"] = {**fonts, **dict_value(resources.get("Font") or {})}
    manager = PDFResourceManager()
    device = PDFLayoutAnalyzer(manager, laparams=None)
    device.cur_item = LTPage(0, (0, 0, 0, 0))
    PDFPageInterpreter(manager, device).render_contents(resources, [stream], _placed(stream, rectangle))
    return list(_characters(device.cur_item))


def _placed(stream: PDFStream, rectangle: Sequence[float]) -> Matrix:
    """The matrix that sets an appearance into its rectangle (ISO 32000-1, 12.5.5)."""
    x0, y0, x1, y1 = (float(resolve1(x)) for x in list_value(stream.get("BBox") or [0, 0, 1, 1]))
    own = tuple(float(resolve1(x)) for x in list_value(stream.get("Matrix") or [1, 0, 0, 1, 0, 0]))
    corners = [apply_matrix_pt(own, point) for point in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]  # type: ignore[arg-type]
    left, low = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - low
    to_left, to_low = min(rectangle[0::2]), min(rectangle[1::2])
    across = (max(rectangle[0::2]) - to_left) / wide if wide else 1.0
    up = (max(rectangle[1::2]) - to_low) / high if high else 1.0
    fit = (across, 0.0, 0.0, up, to_left - left * across, to_low - low * up)
    return mult_matrix(own, fit)  # type: ignore[arg-type]


def _characters(item: object) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from _characters(part)


def _lines(letters: Sequence[LTChar]) -> Iterator[Stamp]:
    """The letters as lines of text."""
    line: list[LTChar] = []
    for letter in sorted(letters, key=lambda c: (-round(c.matrix[5]), c.x0)):
        if line and abs(line[-1].matrix[5] - letter.matrix[5]) > 0.3 * letter.size:
            yield from _stamp(line)
            line = []
        line.append(letter)
    yield from _stamp(line)


def _stamp(line: Sequence[LTChar]) -> Iterator[Stamp]:
    text, end = "", None
    for letter in line:
        if end is not None and letter.x0 - end > _BLANK * letter.size:
            text += " "
        text += letter.get_text()
        end = letter.x1
    text = re.sub(r"\s+", " ", text).strip()
    if text:
        yield Stamp(text, line[0].x0, line[-1].x1, line[0].matrix[5], max(c.size for c in line))
