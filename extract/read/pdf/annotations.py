"""Which pages carry annotations that print text of their own."""

from pypdfium2 import PdfPage, raw

_PRINTING = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})
_MOST = 500  # annotations looked at on a page


def prints(page: PdfPage) -> bool:
    """Whether a page has a form's field, a typed note or a stamp."""
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST)
    return any(_subtype(page, i) in _PRINTING for i in range(count))


def _subtype(page: PdfPage, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    subtype = int(raw.FPDFAnnot_GetSubtype(annotation))
    raw.FPDFPage_CloseAnnot(annotation)
    return subtype
