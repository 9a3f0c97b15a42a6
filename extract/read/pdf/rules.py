"""Page -> rules: the level and upright lines that its paths draw, thin boxes taken for lines, places as seen."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfPage

from extract.read.pdf import pdfium
from extract.read.pdf.frame import Frame

_THIN = 3.0  # points up to which a box is a line
_SHORT = 3.0  # points below which a line is a dot
_SIMPLE = 5  # points of a path that is a line or a rectangle: its bounds say all
_MOST_POINTS = 4000  # of one path; above it the path is a drawing
_MOST_OBJECTS = 20_000  # of a page; rules are not looked for behind that many
_DEEPEST = 4  # forms in forms
_WHITE = 250  # of 255, in each colour

Corners = tuple[float, float, float, float]
_Chain = tuple[pdfium.Matrix, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `at` across, from `start` to `end` along; `upright` or level."""

    at: float
    start: float
    end: float
    upright: bool


def rules_of(page: PdfPage, frame: Frame) -> list[Rule]:
    """The rules of a page, in the order of the file."""
    handle = pdfium.address(page)
    count = min(pdfium.count_objects(handle), _MOST_OBJECTS)
    things = (pdfium.page_object(handle, i) for i in range(count))
    return [
        rule
        for thing in things
        for corners in _drawn(thing, ())
        for rule in _rules(frame.seen_box(*corners), frame)
        if rule.end - rule.start >= _SHORT
    ]


def _rules(box: Corners, frame: Frame) -> Iterator[Rule]:
    x0, top, x1, bottom = box
    if bottom - top <= _THIN:
        yield Rule((top + bottom) / 2, x0, x1, upright=False)
    elif x1 - x0 <= _THIN:
        yield Rule((x0 + x1) / 2, top, bottom, upright=True)
    elif (x1 - x0) * (bottom - top) < 0.9 * frame.width * frame.height:
        yield from (Rule(top, x0, x1, upright=False), Rule(bottom, x0, x1, upright=False))
        yield from (Rule(x0, top, bottom, upright=True), Rule(x1, top, bottom, upright=True))


def _drawn(thing: pdfium.Handle, chain: _Chain) -> Iterator[Corners]:
    """The boxes and lines that an object draws, in user space; `chain` are the matrices of the forms around it."""
    kind = pdfium.object_type(thing)
    if kind == pdfium.PATH:
        yield from (_moved(corners, chain) for corners in _boxes(thing))
    elif kind == pdfium.FORM and len(chain) < _DEEPEST:
        matrix = pdfium.Matrix()
        pdfium.object_matrix(thing, ctypes.byref(matrix))
        for i in range(min(pdfium.count_parts(thing), _MOST_OBJECTS)):
            yield from _drawn(pdfium.part(thing, i), (matrix, *chain))


def _boxes(path: pdfium.Handle) -> Iterator[Corners]:
    count = pdfium.count_segments(path)
    if count < 2 or not _is_visible(path):
        return
    if count > _SIMPLE:
        yield from _lines(path, min(count, _MOST_POINTS))
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.object_bounds(path, *map(ctypes.byref, (left, bottom, right, top)))
    wide, high = right.value - left.value, top.value - bottom.value
    if count > 3 or min(wide, high) <= _THIN:
        yield (left.value, bottom.value, right.value, top.value)


def _lines(path: pdfium.Handle, count: int) -> Iterator[Corners]:
    """The level and upright sides of a path of many points."""
    matrix, x, y = pdfium.Matrix(), ctypes.c_float(), ctypes.c_float()
    pdfium.object_matrix(path, ctypes.byref(matrix))
    before = None
    for i in range(count):
        segment = pdfium.path_segment(path, i)
        pdfium.segment_point(segment, ctypes.byref(x), ctypes.byref(y))
        point = _at(x.value, y.value, matrix)
        is_line = pdfium.segment_type(segment) == pdfium.LINE_TO
        if before is not None and is_line and min(abs(point[0] - before[0]), abs(point[1] - before[1])) < 0.5:
            yield (*before, *point)
        before = point


def _is_visible(path: pdfium.Handle) -> bool:
    """Stroked, or filled with something else than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value or not fill.value:
        return bool(stroke.value)
    colours = [ctypes.c_uint() for _ in range(4)]
    pdfium.fill_color(path, *map(ctypes.byref, colours))
    return any(colour.value < _WHITE for colour in colours[:3])


def _moved(corners: Corners, chain: _Chain) -> Corners:
    x0, y0, x1, y1 = corners
    for matrix in chain:
        (x0, y0), (x1, y1) = _at(x0, y0, matrix), _at(x1, y1, matrix)
    return x0, y0, x1, y1


def _at(x: float, y: float, m: pdfium.Matrix) -> tuple[float, float]:
    return m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
