"""pdfium's functions that are called for every run of text, with plain integers for handles.

pypdfium2 gives handles as ctypes pointers, slow to make and not to be compared; a page takes hundreds of calls.
"""

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import PdfPage, PdfTextPage, raw

Handle = int  # an address that pdfium gave; what owns it has to outlive its use

Matrix = raw.FS_MATRIX
Rectangle = raw.FS_RECTF

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
LINE_TO, MOVE_TO = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO


def _plain(name: str) -> Callable[..., Any]:
    """The C function with void pointers for pointers."""
    function = getattr(raw, name)
    result, *arguments = (
        ctypes.c_void_p if kind is not None and issubclass(kind, ctypes._Pointer) else kind
        for kind in (function.restype, *function.argtypes)
    )
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


text_object = _plain("FPDFText_GetTextObject")
char_matrix = _plain("FPDFText_GetMatrix")
char_size = _plain("FPDFText_GetFontSize")
char_box = _plain("FPDFText_GetLooseCharBox")
char_code = _plain("FPDFText_GetUnicode")
object_font = _plain("FPDFTextObj_GetFont")
render_mode = _plain("FPDFTextObj_GetTextRenderMode")
font_name = _plain("FPDFFont_GetBaseFontName")
font_weight = _plain("FPDFFont_GetWeight")
count_objects = _plain("FPDFPage_CountObjects")
page_object = _plain("FPDFPage_GetObject")
object_type = _plain("FPDFPageObj_GetType")
object_matrix = _plain("FPDFPageObj_GetMatrix")
fill_color = _plain("FPDFPageObj_GetFillColor")
object_bounds = _plain("FPDFPageObj_GetBounds")
count_parts = _plain("FPDFFormObj_CountObjects")
part = _plain("FPDFFormObj_GetObject")
count_segments = _plain("FPDFPath_CountSegments")
path_segment = _plain("FPDFPath_GetPathSegment")
segment_point = _plain("FPDFPathSegment_GetPoint")
segment_type = _plain("FPDFPathSegment_GetType")
draw_mode = _plain("FPDFPath_GetDrawMode")


def address(owner: PdfPage | PdfTextPage) -> Handle:
    """The handle of a page or of its text."""
    return int(ctypes.cast(owner.raw, ctypes.c_void_p).value or 0)


def page_text(owner: PdfTextPage, handle: Handle) -> str:
    """A character for each of the page's characters, so that an index into the text is one into the page."""
    count = raw.FPDFText_CountChars(owner)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(owner, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(map(chr, (char_code(handle, i) for i in range(count))))
