"""Rows -> lines: where the page itself shows that a paragraph ends, by a short line, an indent, or a gap."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.model import Line
from extract.normalize.numbering import marker_of
from extract.normalize.spelling import is_syllable
from extract.read.pdf.rows import Row
from extract.text import LOWER, UPPER

_BLANK = 0.25  # of the font's size
_SLACK = 0.6  # of the font's size: no line is filled to the point
_INDENT = 0.8  # of the font's size: less is no indent
_EXTRA = 1.13  # of the usual distance between lines: more parts paragraphs
_SAME_PLACE = 3.0  # points
_FEW = 3  # lines that keep a margin, at least
_SMALL_LETTER = re.compile(rf"[{LOWER}]{{2}}")
# A small letter or a link begins no paragraph of its own, whatever the page shows: an author's stray line break.
_GOES_ON = re.compile(rf"\s*[\"“‘'(\[]?(?:[{LOWER}](?![).])|https?://|www\.)")

_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")
_PERIOD = re.compile(r"[IVX]+/\d")  # "Quý" / "II/2026"
_BROKEN = re.compile(r"\d[\d.,/]*$")
# "226/QĐ-", "24/": a document's number that the line's end broke
_HYPHENATED = re.compile(rf"(?:\d/|/[\w-]*[{UPPER}]-|(?<![\w-])[{UPPER}]{{2,}}-)$")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a page's or a cell's text may begin and end."""

    left: float
    right: float


def margins_of(rows: Sequence[Row]) -> Margins | None:
    """The margins that several rows of a page keep; None where there are too few rows to tell."""
    if len(rows) < 2 * _FEW:
        return None
    return Margins(-_furthest([-row.x0 for row in rows]), _furthest([row.x1 for row in rows]))


def _furthest(places: Sequence[float]) -> float:
    """The furthest place that several lines share; no margin is where more than one line reaches further."""
    margin = max(_kept(places))
    beyond = [x for x in places if x > margin + _SAME_PLACE]
    return max(beyond) if len(beyond) > 1 else margin


def _kept(places: Sequence[float]) -> Sequence[float]:
    """The places that several lines share; all where none do."""
    ordered = sorted(places)
    shared = [
        x for x in ordered if bisect_right(ordered, x + _SAME_PLACE) - bisect_left(ordered, x - _SAME_PLACE) >= _FEW
    ]
    return shared or places


def paragraphs_of(rows: Sequence[Row], margins: Margins, page: int) -> Iterator[Line]:
    """A cell's rows as its paragraphs, one line each: a cell is too narrow to tell from its words where one ends."""
    ends = [_has_room(a, b, margins) for a, b in pairwise(rows)]
    start = 0
    for i in range(len(rows)):
        last = i + 1 == len(rows)
        if not last and not ends[i] and (marker_of(rows[i + 1].text) is None or _PERIOD.match(rows[i + 1].text)):
            continue
        lines = [part.line(page) for part in rows[start : i + 1]]
        boxes = [line.box for line in lines if line.box]
        box = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
        yield Line(
            _text(rows[start : i + 1], margins),
            bold=all(line.bold for line in lines),
            whole=not last and ends[i],
            page=page,
            box=box,
        )
        start = i + 1


def _text(rows: Sequence[Row], margins: Margins) -> str:
    """The rows' text, a number made whole that a narrow cell broke: "520.00" / "0"."""
    text = rows[0].text
    for before, row in pairwise(rows):
        full = margins.right - margins.left - (before.x1 - before.x0) < before.size
        broken = full and " " not in before.text and _is_broken(before.text, row.text.partition(" ")[0])
        hyphenated = _HYPHENATED.search(text) and row.text[:1].isupper()
        text += row.text if broken or hyphenated else " " + row.text
    return text


def _is_broken(head: str, rest: str) -> bool:
    """Whether a figure or a syllable was broken for want of room: "520.00" / "0", "Thá" / "ng"."""
    if rest[:1].isdigit():
        return bool(_BROKEN.search(head))
    return (len(rest) == 1 or not is_syllable(rest)) and rest.islower() and is_syllable(head + rest)


def _has_room(row: Row, following: Row, margins: Margins) -> bool:
    text = following.text
    width = (following.x1 - following.x0) * len(text.split(maxsplit=1)[0]) / len(text)
    before, behind = row.x0 - margins.left, margins.right - row.x1
    if _is_centred(row, margins):
        behind += before
    return behind > width + (_BLANK + _SLACK) * row.size


@dataclass(frozen=True, slots=True)
class _Style:
    """How paragraphs are set: the distance of lines in font sizes; how far in lines go on, None where it varies."""

    leading: float
    offset: float | None

    def parts(self, row: Row, following: Row) -> bool:
        """Whether a row stands further below the one before than lines of a paragraph do."""
        step = (following.base - row.base) / max(row.size, following.size)
        return 0 < _EXTRA * self.leading < step or step < 0

    def begins(self, row: Row, following: Row, margins: Margins) -> bool:
        """Whether the second row stands where no line goes on: set in, or hung out."""
        if self.offset is None or (_is_centred(row, margins) and _is_centred(following, margins)):
            return False
        return abs(following.x0 - margins.left - self.offset) > _INDENT * following.size


def lines_of(rows: Sequence[Row], pages: Sequence[int], margins: Sequence[Margins]) -> list[Line]:
    """Rows one after another, each with its page and its page's margins, as lines of the document."""
    style = _style_of(rows, pages, margins)
    gaps, starts, ends = ([False] * len(rows) for _ in range(3))
    for i, (row, following) in enumerate(pairwise(rows)):
        gaps[i + 1] = pages[i] == pages[i + 1] and style.parts(row, following)
        starts[i + 1] = style.begins(row, following, margins[i + 1])
        shown = gaps[i + 1] or starts[i + 1] or row.beside or following.beside or _has_room(row, following, margins[i])
        ends[i] = shown and not _GOES_ON.match(following.text)
    lines = [row.line(pages[i], gap=gaps[i], whole=ends[i]) for i, row in enumerate(rows)]
    return _mended(lines, _going_on(rows, pages, gaps, starts, ends))


def _going_on(
    rows: Sequence[Row], pages: Sequence[int], gaps: list[bool], starts: list[bool], ends: list[bool]
) -> list[bool]:
    """For each row whether it surely goes on with the one before; nothing is sure where a page shows no beginnings.

    Gaps show none where items follow one another without one, and none over a page's end.
    """
    indented = sum(starts) > len(rows) // 10
    tight = any(ends[i] and not gaps[i + 1] and marker_of(rows[i + 1].text) for i in range(len(rows) - 1))
    if not indented and (tight or not any(gaps)):
        return [False] * len(rows)
    return [i > 0 and not ends[i - 1] and (indented or pages[i] == pages[i - 1]) for i in range(len(rows))]


def _is_centred(row: Row, margins: Margins) -> bool:
    before, behind = row.x0 - margins.left, margins.right - row.x1
    return min(before, behind) > row.size and abs(before - behind) < 0.05 * (margins.right - margins.left)


def _style_of(rows: Sequence[Row], pages: Sequence[int], margins: Sequence[Margins]) -> _Style:
    """The style, read off the lines that surely go on: full ones with a small letter after them."""
    sure = [
        ((b.base - a.base) / max(a.size, b.size), b.x0 - margins[i + 1].left)
        for i, (a, b) in enumerate(pairwise(rows))
        if pages[i] == pages[i + 1] and _SMALL_LETTER.match(b.text) and not _has_room(a, b, margins[i])
    ]
    if len(sure) < _FEW:
        return _Style(0.0, None)
    offset = median(x for _, x in sure)
    same = sum(abs(x - offset) < _SAME_PLACE for _, x in sure)
    return _Style(median(step for step, _ in sure), offset if same > 0.8 * len(sure) else None)


def _mended(lines: list[Line], goes_on: Sequence[bool]) -> list[Line]:
    """The lines with the next one's first words behind a line that goes on but looks ended: "(Chủ trì:" / "Công an".

    So no later stage takes a line's end for a paragraph's, a figure for an ordinal, or parts "226/QĐ-" and "TTg".
    """
    for i in range(len(lines) - 1):
        line, following = lines[i], lines[i + 1]  # as they are by now: a line may give words away, and then take some
        if not line.text or not following.text:
            continue
        hyphenated = following.text[:1].isupper() and _HYPHENATED.search(line.text) and not line.whole
        looks_ended = _ENDED.search(line.text) or marker_of(following.text) is not None
        if hyphenated or (goes_on[i + 1] and looks_ended):
            head, rest = _first_words(following.text)
            lines[i] = replace(line, text=line.text + " " * (not hyphenated) + head)
            lines[i + 1] = replace(following, text=rest)
    return lines


def _first_words(text: str) -> tuple[str, str]:
    """A text parted behind its first word, or further on: the first part does not look ended, nor the rest begun."""
    head, _, rest = text.partition(" ")
    while rest and (marker_of(rest) is not None or _ENDED.search(head)):
        word, _, rest = rest.partition(" ")
        head += " " + word
    return head, rest
