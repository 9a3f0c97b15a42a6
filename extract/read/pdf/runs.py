"""Page -> runs: text that one operator prints, with its font and its place as the reader of the page sees it."""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfPage

from extract.read.pdf import pdfium
from extract.read.pdf.blanks import filling
from extract.read.pdf.fonts import in_unicode
from extract.read.pdf.frame import Frame, frame_of
from extract.read.pdf.run import Run, Stamp
from extract.read.pdf.tangles import untangled

_LINE = re.compile(r"[^\r\n]+")
# "ABCDEF+TimesNewRoman,Bold", "Times New Roman Bold", "Arial-BoldMT"
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_HEAVY = 600  # weight from which a font is bold
_STROKED = 2  # text that is filled and stroked: bold where the font has none
_SLANT = 0.09  # sine of the angle from which a line is no longer level


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of one text object as pdfium has them: user space, y upwards."""

    first: int
    text: str
    start: tuple[float, float]
    stop: tuple[float, float]
    size: float
    turn: int
    font: str
    bold: bool


def runs_of(page: PdfPage, stamps: Sequence[Stamp] = ()) -> tuple[list[Run], Frame]:
    """The page's runs in the order of the file, and the frame that they are read in; `stamps` fill blanks of its lines.

    Text that runs another way than most of the page's (a watermark, a stamp at the margin) is left out.
    """
    owner = page.get_textpage()
    handle = pdfium.address(owner)
    text = pdfium.page_text(owner, handle)
    pieces = list(_pieces(handle, text))
    frame = _frame(page, pieces)
    runs = [_run(piece, frame) for piece in pieces if piece.turn == frame.turn]
    if stamps:
        runs += filling(stamps, runs, handle, frame)
    runs = untangled(runs, handle, frame)
    owner.close()
    return in_unicode(runs), frame


def _frame(page: PdfPage, pieces: Sequence[_Piece]) -> Frame:
    """The page as it is seen, or turned further where most of its text lies on its side."""
    letters: dict[int, int] = {}
    for piece in pieces:
        letters[piece.turn] = letters.get(piece.turn, 0) + len(piece.text)
    seen = frame_of(page)
    if letters.get(seen.turn, 0) * 2 >= sum(letters.values()):
        return seen
    return frame_of(page, max((t for t in letters if t >= 0), key=lambda t: letters[t], default=seen.turn))


def _run(piece: _Piece, frame: Frame) -> Run:
    x0, base = frame.seen(*piece.start)
    x1, _ = frame.seen(*piece.stop)
    return Run(piece.text, x0, max(x0, x1), base, piece.size, piece.font, piece.bold, piece.first)


def _pieces(handle: pdfium.Handle, text: str) -> Iterator[_Piece]:
    fonts: dict[pdfium.Handle, tuple[str, bool]] = {}
    matrix, box = pdfium.Matrix(), pdfium.Rectangle()
    for first, last, thing in _objects(handle, text):
        key = pdfium.object_font(thing) or 0
        font = fonts.get(key) or fonts.setdefault(key, _font(key))
        pdfium.char_matrix(handle, first, ctypes.byref(matrix))
        turn, scale = _turn(matrix)
        pdfium.char_box(handle, last, ctypes.byref(box))
        stop = (box.left if turn == 2 else box.right, box.bottom if turn == 3 else box.top)
        start = (matrix.e, matrix.f)
        if text[first - 1 : first].isspace():  # the object begins with blanks: its first letter stands further on
            start = _start(handle, first, matrix, turn)
        bold = font[1] or pdfium.render_mode(thing) == _STROKED
        yield _Piece(
            first, text[first : last + 1], start, stop, pdfium.char_size(handle, first) * scale, turn, font[0], bold
        )


def _objects(handle: pdfium.Handle, text: str) -> Iterator[tuple[int, int, pdfium.Handle]]:
    """First and last index of the characters of each text object, blanks at its ends left out."""
    for line in _LINE.finditer(text):
        at, end = line.span()
        while at < end:
            thing = pdfium.text_object(handle, at)
            if not thing:
                at += 1
                continue
            stop = _end(handle, at, end, thing)
            inside = text[at:stop]
            if plain := inside.strip():
                first = at + len(inside) - len(inside.lstrip())
                yield first, first + len(plain) - 1, thing
            at = stop


def _end(handle: pdfium.Handle, start: int, end: int, thing: pdfium.Handle) -> int:
    """Where the characters of an object that begins at `start` end; few calls for long runs and for short ones."""
    if pdfium.text_object(handle, end - 1) == thing:
        return end
    step = 1
    while start + step < end and pdfium.text_object(handle, start + step) == thing:
        step *= 2
    low, high = start + step // 2, min(start + step, end)
    while high - low > 1:
        middle = (low + high) // 2
        if pdfium.text_object(handle, middle) == thing:
            low = middle
        else:
            high = middle
    return low + 1


def _turn(matrix: pdfium.Matrix) -> tuple[int, float]:
    """The quarter turns clockwise that set a text upright, -1 where none does, and how much its font is enlarged."""
    length = math.hypot(matrix.a, matrix.b) or 1.0
    cosine, sine = matrix.a / length, matrix.b / length
    scale = math.hypot(matrix.c, matrix.d)
    if abs(sine) < _SLANT:
        return (0 if cosine > 0 else 2), scale
    if abs(cosine) < _SLANT:
        return (1 if sine > 0 else 3), scale
    return -1, scale


def _start(handle: pdfium.Handle, index: int, matrix: pdfium.Matrix, turn: int) -> tuple[float, float]:
    """Where the character at an index begins, on the baseline that the matrix gives."""
    box = pdfium.Rectangle()
    pdfium.char_box(handle, index, ctypes.byref(box))
    if turn % 2 == 0:
        return (box.right if turn == 2 else box.left), matrix.f
    return matrix.e, (box.top if turn == 3 else box.bottom)


def _font(handle: pdfium.Handle) -> tuple[str, bool]:
    """A font's name and whether it is bold."""
    if not handle:
        return "", False
    buffer = ctypes.create_string_buffer(256)
    pdfium.font_name(handle, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    return name, bool(_BOLD.search(name)) or pdfium.font_weight(handle) >= _HEAVY
