"""Marks -> boxes on the pages of a PDF, whose own contents stay as they are."""

import ctypes
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfPage, raw

from extract.read.pdf.frame import Frame, frame_of
from publish.marks.found import Mark
from publish.marks.kinds import KINDS, Kind
from schemas import Box

_SIZE = 4.2  # points, of labels
_LEAST = 40.0  # points that labels may take, however narrow the box
_LEGEND_SIZE = 6.0
_WIDE = 0.55  # mean width of Helvetica's letters, in sizes
_NEST = 0.5  # points between the outlines of two types that share a box
_STROKE, _TINT = 0.4, 26  # width of outlines; how far boxes are filled, of 255
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Color = tuple[int, int, int]


def draw(pdf: PdfDocument, marks: Iterable[Mark]) -> None:
    """Draw the marks that have boxes, each in its type's colour, and on each page a legend with counts."""
    by_page: dict[int, list[Mark]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for mark in marks:
        counts[mark.kind.name] += 1
        if mark.span is not None and mark.span.page is not None:
            by_page[mark.span.page].append(mark)
    font = raw.FPDFText_LoadStandardFont(pdf, b"Helvetica")
    for i in range(len(pdf)):
        page = pdf[i]
        sheet = _Sheet(pdf, page, frame_of(page), font)
        _draw_marks(sheet, by_page[i + 1])
        _draw_legend(sheet, [(kind, counts[name]) for name, kind in KINDS.items() if counts[name]])
        page.gen_content()
        page.close()
    raw.FPDFFont_Close(font)


@dataclass(slots=True)
class _Sheet:
    """A page to draw on, in points from the top left corner as it is seen."""

    pdf: PdfDocument
    page: PdfPage
    frame: Frame
    font: object

    def box(self, box: Box, color: Color, *, fill: int, stroke: float = _STROKE) -> None:
        """A rectangle, filled as far as `fill` (of 255) says."""
        (ax, ay), (bx, by) = self.frame.of_user(box[0], box[1]), self.frame.of_user(box[2], box[3])
        rect = raw.FPDFPageObj_CreateNewRect(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay))
        raw.FPDFPageObj_SetFillColor(rect, *color, fill)
        raw.FPDFPageObj_SetStrokeColor(rect, *color, 255)
        raw.FPDFPageObj_SetStrokeWidth(rect, stroke)
        raw.FPDFPath_SetDrawMode(rect, raw.FPDF_FILLMODE_WINDING, stroke > 0)
        raw.FPDFPage_InsertObject(self.page, rect)

    def text(self, x: float, base: float, text: str, color: Color, size: float) -> None:
        """Words that begin at `x` on the line `base`, upright as the page is seen."""
        words = raw.FPDFPageObj_CreateTextObj(self.pdf, self.font, size)
        encoded = ctypes.create_string_buffer((_plain(text) + "\0").encode("utf-16-le"))
        raw.FPDFText_SetText(words, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFPageObj_SetFillColor(words, *color, 255)
        (ox, oy), (rx, ry) = self.frame.of_user(x, base), self.frame.of_user(x + 1, base)
        ux, uy = self.frame.of_user(x, base - 1)
        raw.FPDFPageObj_Transform(words, rx - ox, ry - oy, ux - ox, uy - oy, ox, oy)
        raw.FPDFPage_InsertObject(self.page, words)


def _draw_marks(sheet: _Sheet, marks: Sequence[Mark]) -> None:
    """Boxes first, then labels, which nothing may cover; types that share a box are nested."""
    kinds: dict[Box, list[Kind]] = defaultdict(list)
    labels: dict[Box, dict[str, Kind]] = defaultdict(dict)
    for mark in marks:
        for number, box in enumerate(mark.span.bboxes if mark.span else ()):
            if mark.kind not in kinds[box]:
                kinds[box].append(mark.kind)
            if number == 0:
                labels[box][mark.label] = mark.kind
    for box, shared in kinds.items():
        for depth, kind in enumerate(shared):
            inset = depth * _NEST
            inner = (box[0] + inset, box[1] + inset, max(box[2] - inset, box[0]), max(box[3] - inset, box[1]))
            sheet.box(inner, kind.color, fill=_TINT // len(shared))
    for box, said in labels.items():
        _draw_labels(sheet, box, list(said.items()))


def _draw_labels(sheet: _Sheet, box: Box, labels: Sequence[tuple[str, Kind]]) -> None:
    """The labels on the box's upper edge, side by side; those that it is too narrow for are only counted."""
    x, right = max(0.0, box[0]), min(max(box[2], box[0] + _LEAST), sheet.frame.width)
    for number, (label, kind) in enumerate(labels):
        if number and x + _width(label) > right:
            _draw_label(sheet, x, box[1], f"+{len(labels) - number}", _BLACK)
            return
        _draw_label(sheet, x, box[1], label, kind.color)
        x += _width(label) + 2


def _draw_label(sheet: _Sheet, x: float, edge: float, label: str, color: Color) -> None:
    sheet.box((x - 0.5, edge - 3.3, x + _width(label), edge - 0.3), _WHITE, fill=150, stroke=0)
    sheet.text(x, edge - 0.5, label, color, _SIZE)


def _width(label: str) -> float:
    return len(_plain(label)) * _SIZE * _WIDE


def _draw_legend(sheet: _Sheet, kinds: Sequence[tuple[Kind, int]]) -> None:
    """The types and how many of each the record holds, along the bottom edge, on as many lines as it takes."""
    lines: list[list[tuple[float, str, Kind]]] = [[]]
    x = 6.0
    for kind, count in kinds:
        said = f"{kind.name} {count}"
        width = 8 + (len(said) + 2) * _LEGEND_SIZE * _WIDE
        if x + width > sheet.frame.width and lines[-1]:
            lines.append([])
            x = 6.0
        lines[-1].append((x, said, kind))
        x += width
    high = _LEGEND_SIZE + 3
    top = sheet.frame.height - high * len(lines) - 2
    sheet.box((0, top, sheet.frame.width, sheet.frame.height), _WHITE, fill=235, stroke=0)
    for number, line in enumerate(lines):
        base = top + high * (number + 1) - 2
        for x, said, kind in line:
            sheet.box((x, base - 5, x + 5, base), kind.color, fill=120)
            sheet.text(x + 8, base, said, _BLACK, _LEGEND_SIZE)


def _plain(text: str) -> str:
    """The text in letters that every PDF viewer's own font has."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return letters.encode("ascii", "ignore").decode()
