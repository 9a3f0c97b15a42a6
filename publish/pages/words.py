"""A span's boxes, which are printed lines or cells -> the boxes of its own words, by the letters that a PDF holds."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from schemas import Box, Span

_BEFORE = 40  # letters before a span, to tell it from the same words elsewhere in its lines


class Letter(NamedTuple):
    """A letter or digit without accents, where it is seen on the page: in points from the top left corner."""

    letter: str
    x0: float
    top: float
    x1: float
    bottom: float


Line = list[Letter]


class Way(NamedTuple):
    """A letter's place where text runs some way: along its line and from line to line (doubled); the line's height."""

    along: float
    down: float
    height: float


# How text may run on a page as it is seen: as it should, turned to the right or to the left, on its head.
_WAYS: tuple[Callable[[Letter], Way], ...] = (
    lambda one: Way(one.x0 + one.x1, one.top + one.bottom, one.bottom - one.top),
    lambda one: Way(one.top + one.bottom, -one.x0 - one.x1, one.x1 - one.x0),
    lambda one: Way(-one.top - one.bottom, one.x0 + one.x1, one.x1 - one.x0),
    lambda one: Way(-one.x0 - one.x1, -one.top - one.bottom, one.bottom - one.top),
)


def letters_of(text: str) -> str:
    """The letters and digits of a text as they are compared: small, without accents.

    >>> letters_of("Quý III/2026: Đẩy mạnh")
    'quyiii2026daymanh'
    """
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(c for c in plain if c.isalnum())


def narrowed(text: str, span: Span, letters: Sequence[Letter]) -> tuple[Box, ...]:
    """The boxes of the span's own words, one a line; its boxes as they stand where the letters do not say its words."""
    wanted = letters_of(text[span.start : span.end])
    before = letters_of(text[max(0, span.start - 2 * _BEFORE) : span.start])
    inside = [_within(box, letters) for box in span.bboxes]
    if not wanted or len(wanted) > sum(map(len, inside)):
        return span.bboxes
    for way in _WAYS:
        lines = [(box, line) for box, some in zip(span.bboxes, inside, strict=True) for line in _lines(some, way)]
        begin = _place("".join(one.letter for _, line in lines for one in line), wanted, before)
        if begin is not None:
            return tuple(_boxes(lines, begin, begin + len(wanted)))
    return span.bboxes


def _within(box: Box, letters: Iterable[Letter]) -> Line:
    """The letters whose middle lies in a box."""
    x0, top, x1, bottom = box
    return [one for one in letters if x0 <= (one.x0 + one.x1) / 2 <= x1 and top <= (one.top + one.bottom) / 2 <= bottom]


def _lines(letters: Line, way: Callable[[Letter], Way]) -> list[Line]:
    """The letters by lines, each in its order, if the text runs this way."""
    lines: list[Line] = []
    reached = 0.0
    for one in sorted(letters, key=lambda one: way(one).down):
        _, down, height = way(one)
        if not lines or down - reached > height:
            lines.append([])
        lines[-1].append(one)
        reached = down
    return [sorted(line, key=lambda one: way(one).along) for line in lines]


def _boxes(lines: Iterable[tuple[Box, Line]], begin: int, end: int) -> Iterable[Box]:
    """The boxes of the letters from `begin` to `end`; where a box is one line, as high as that."""
    at = 0
    for box, line in lines:
        own = line[max(0, begin - at) : max(0, end - at)]
        at += len(line)
        if own:
            x0, x1 = min(one.x0 for one in own), max(one.x1 for one in own)
            yield x0, max(box[1], min(one.top for one in own)), x1, min(box[3], max(one.bottom for one in own))


def _place(printed: str, wanted: str, before: str) -> int | None:
    """Where the wanted letters stand; of several places, the one with the most of what comes before them."""
    places = []
    at = printed.find(wanted)
    while at >= 0:
        places.append(at)
        at = printed.find(wanted, at + 1)
    return max(places, key=lambda place: _shared_end(printed[:place], before), default=None)


def _shared_end(one: str, other: str) -> int:
    pairs = zip(reversed(one[-_BEFORE:]), reversed(other[-_BEFORE:]), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
