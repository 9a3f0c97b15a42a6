"""Whether the text that a page holds can be relied on, or has to be read off its picture."""

import ctypes
import re
from collections.abc import Sequence

from pypdfium2 import PdfPage

from extract.normalize.spelling import is_syllable
from extract.read.pdf import pdfium
from extract.read.pdf.run import Run

_WORD = re.compile(r"[^\W\d_]{2,}")
_LOST = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)|[\x00-\x08\x0e-\x1f]")
_FEW = 12  # words: a page with fewer may be a picture with a stamp or a number on it
_TELLING = 20  # words from which their spelling tells
_POOR = 0.6  # of a page's words that are Vietnamese syllables: below, the text is no text
_DOUBTFUL = 0.8  # the same where the page is a picture, and its text a scanner's guess
_LARGE = 0.35  # of the page that a picture covers
_DRAWN = 400  # paths of a page whose letters are drawn
_MOST_OBJECTS = 5000


def needs_ocr(page: PdfPage, runs: Sequence[Run]) -> bool:
    """Whether a page shows more than the text it holds says: a scan, letters that are drawn, fonts without a code."""
    text = " ".join(run.text for run in runs)
    words = _WORD.findall(text)
    if len(words) < _FEW:
        pictured, paths = _shown(page)
        return pictured >= _LARGE or paths >= _DRAWN
    if len(_LOST.findall(text)) > len(text) // 20:
        return True
    share = sum(map(is_syllable, words)) / len(words)
    if len(words) < _TELLING or share >= _DOUBTFUL:
        return False
    return share < _POOR or _shown(page)[0] >= _LARGE


def _shown(page: PdfPage) -> tuple[float, int]:
    """The share of the page that its largest picture covers, and how many paths it draws."""
    handle = pdfium.address(page)
    width, height = page.get_size()
    largest, paths = 0.0, 0
    sides = [ctypes.c_float() for _ in range(4)]
    for i in range(min(pdfium.count_objects(handle), _MOST_OBJECTS)):
        thing = pdfium.page_object(handle, i)
        kind = pdfium.object_type(thing)
        paths += kind == pdfium.PATH
        if kind in {pdfium.IMAGE, pdfium.FORM}:
            pdfium.object_bounds(thing, *map(ctypes.byref, sides))
            left, bottom, right, top = (side.value for side in sides)
            largest = max(largest, (right - left) * (top - bottom))
    return largest / max(width * height, 1.0), paths
