"""Recognized words -> printed lines in reading order; of columns side by side the left one first."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.read.ocr.engine import Word

_WIDE = 1.2  # line heights between two words of one line that may part columns
_VERY_WIDE = 3.0  # line heights that part columns even on a single line
_STRIP = 0.8  # line heights that the empty strip between columns has at least
_SAME_LINE = 0.6  # of the lower line's height that two pieces of one line share
_FAR = 4.0  # line heights between lines of columns that belong together
_CLOSE = 0.8  # line heights between lines of one column
_INDENT = 0.6  # line heights that the first line of a paragraph stands in
_SHORT = 0.06  # of the text's width that a paragraph's last line leaves empty, were the next word there too
_LEFT, _RIGHT = 0.15, 0.85  # of the lines, in the order of their edges: the ones that show the margins
_APART = 1.3  # of the usual distance from line to line


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line, or a column's part of one: its words from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> int:
        """The left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> int:
        """The right edge."""
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> int:
        """The upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> int:
        """The lower edge."""
        return max(word.y1 for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of its characters."""
        return sum(w.confidence * len(w.text) for w in self.words) / sum(len(w.text) for w in self.words)


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the page with two columns: the strip between them, and how far up and down they stand side by side."""

    x0: int
    x1: int
    y0: int
    y1: int

    @property
    def middle(self) -> int:
        """Where the page is cut."""
        return (self.x0 + self.x1) // 2

    def holds(self, line: Printed) -> bool:
        """Whether a line stands at its height."""
        return self.y0 <= (line.y0 + line.y1) / 2 <= self.y1

    def is_beside(self, line: Printed) -> bool:
        """Whether a line leaves its strip free."""
        return all(word.x1 <= self.x0 + 1 or word.x0 >= self.x1 - 1 for word in line.words)


def printed_lines(words: Sequence[Word], bands: Sequence[Band] = ()) -> list[Printed]:
    """The lines in the order they are read: those of a band's left column before those of its right one."""
    lines = _lines(words)
    for band in bands:
        lines = _parted(lines, band)
    return lines


def paragraph_starts(lines: Sequence[Printed]) -> list[bool]:
    """Whether a paragraph begins with each line, by its indent, the space above it, or a short line before it."""
    if not lines:
        return []
    height = statistics.median(line.y1 - line.y0 for line in lines)
    left = _quantile([line.x0 for line in lines], _LEFT)
    right = _quantile([line.x1 for line in lines], _RIGHT)
    pitch = statistics.median([b.y1 - a.y1 for a, b in pairwise(lines) if b.y1 > a.y1] or [0])
    starts = [lines[0].x0 - left > _INDENT * height]
    for before, line in pairwise(lines):
        first = line.words[0].x1 - line.words[0].x0
        short = before.x1 + first < right - _SHORT * (right - left)
        starts.append(line.x0 - left > _INDENT * height or short or line.y1 - before.y1 > _APART * pitch)
    return starts


def _quantile(values: Sequence[int], share: float) -> int:
    return sorted(values)[int(share * (len(values) - 1))]


def two_columns(words: Sequence[Word]) -> list[Band]:
    """The parts of a page that have two columns, from top to bottom: the letterhead, the signature."""
    if not words:
        return []
    height = statistics.median(word.y1 - word.y0 for word in words)
    lines = _lines(words)
    found: list[tuple[Band, int]] = []
    for gap in (gap for line in lines for gap in _gaps(line, height)):
        for i, (band, count) in enumerate(found):
            both = _cleared(_both(band, gap), lines)
            if gap.y0 - band.y1 <= _FAR * height and both.x1 - both.x0 >= _STRIP * height:
                found[i] = both, count + 1
                break
        else:
            found.append((gap, 1))
    sure = (band for band, count in found if count > 1 or _stands_alone(band, lines, height))
    return list(_apart(_grown(band, lines, height) for band in sure))


def _stands_alone(band: Band, lines: Sequence[Printed], height: float) -> bool:
    """Whether a gap in one line parts columns: very wide, and in no line of few words that reaches both margins."""
    left = _quantile([line.x0 for line in lines], _LEFT)
    right = _quantile([line.x1 for line in lines], _RIGHT)
    held = [line for line in lines if band.holds(line)]
    filled = any(line.x0 - left < _FAR * height and right - line.x1 < height for line in held)
    return band.x1 - band.x0 >= _VERY_WIDE * height and not filled


def _apart(bands: Iterable[Band]) -> Iterator[Band]:
    """The bands without those that share their height with one above."""
    end = -1
    for band in sorted(bands, key=lambda band: (band.y0, -band.y1)):
        if band.y0 > end:
            end = band.y1
            yield band


def _both(a: Band, b: Band) -> Band:
    return Band(max(a.x0, b.x0), min(a.x1, b.x1), min(a.y0, b.y0), max(a.y1, b.y1))


def _cleared(band: Band, lines: Sequence[Printed]) -> Band:
    """The band with its strip narrowed to what no word stands in."""
    words = [word for line in lines if band.holds(line) for word in line.words]
    x0 = max((w.x1 for w in words if band.x0 < w.x1 and (w.x0 + w.x1) / 2 < band.middle), default=band.x0)
    x1 = min((w.x0 for w in words if w.x0 < band.x1 and (w.x0 + w.x1) / 2 >= band.middle), default=band.x1)
    return Band(max(x0, band.x0), min(x1, band.x1), band.y0, band.y1)


def _gaps(line: Printed, height: float) -> list[Band]:
    pairs = zip(line.words, line.words[1:], strict=False)
    wide = [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 >= _WIDE * height]
    return [Band(x0, x1, line.y0, line.y1) for x0, x1 in wide]


def _grown(band: Band, lines: Sequence[Printed], height: float) -> Band:
    """The band with the lines above and below it that stand close in one of its columns."""
    above = [line for line in lines if (line.y0 + line.y1) / 2 < band.y0]
    below = [line for line in lines if (line.y0 + line.y1) / 2 > band.y1]
    top, bottom = band.y0, band.y1
    for line in sorted(above, key=lambda line: -line.y1):
        if top - line.y1 > _CLOSE * height or not band.is_beside(line):
            break
        top = min(top, line.y0)
    for line in sorted(below, key=lambda line: line.y0):
        if line.y0 - bottom > _CLOSE * height or not band.is_beside(line):
            break
        bottom = max(bottom, line.y1)
    return Band(band.x0, band.x1, top, bottom)


def _lines(words: Iterable[Word]) -> list[Printed]:
    """Tesseract's lines from top to bottom, with the pieces of one line that it took for blocks of their own joined."""
    by_line: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    out: list[Printed] = []
    for line in sorted((_line(ws) for ws in by_line.values()), key=lambda ln: (ln.y0 + ln.y1, ln.x0)):
        same = next((i for i in range(len(out) - 1, max(-1, len(out) - 5), -1) if _is_same(out[i], line)), None)
        if same is None:
            out.append(line)
        else:
            out[same] = _line([*out[same].words, *line.words])
    return out


def _line(words: Iterable[Word]) -> Printed:
    return Printed(tuple(sorted(words, key=lambda word: word.x0)))


def _is_same(a: Printed, b: Printed) -> bool:
    """Whether two pieces stand on one line, side by side."""
    low = min(a.y1 - a.y0, b.y1 - b.y0)
    beside = a.x1 <= b.x0 + low / 2 or b.x1 <= a.x0 + low / 2
    return beside and min(a.y1, b.y1) - max(a.y0, b.y0) >= _SAME_LINE * low


def _parted(lines: Sequence[Printed], band: Band) -> list[Printed]:
    """The lines with those of a band as two columns, the left one first."""
    inside = [i for i, line in enumerate(lines) if band.holds(line)]
    if not inside:
        return list(lines)
    taken = [lines[i] for i in inside]
    left = [w for line in taken if (w := [w for w in line.words if (w.x0 + w.x1) / 2 <= band.middle])]
    right = [w for line in taken if (w := [w for w in line.words if (w.x0 + w.x1) / 2 > band.middle])]
    before = [line for i, line in enumerate(lines) if i < inside[0]]
    after = [line for i, line in enumerate(lines) if i > inside[0] and i not in set(inside)]
    return [*before, *map(_line, left), *map(_line, right), *after]
