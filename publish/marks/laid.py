"""Ranges of a text -> its lines as HTML with a tag about each range, the inner within the outer.

Where two ranges cross, the inner one is closed and opened again.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

# (number of a place, whether it goes on from before) -> the HTML that opens its `<mark>`
Opening = Callable[[int, bool], str]


@dataclass(frozen=True, slots=True)
class Place:
    """The range `text[start:end]`; of places with one range, those of a lower `rank` are the outer ones."""

    number: int
    start: int
    end: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """A text's lines; each ends before its line break."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Lines":
        """The lines of a text; even an empty one has one."""
        starts = [0]
        for line in text.split("\n")[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return cls(text, tuple(starts))

    def at(self, offset: int) -> int:
        """The line that a character stands in, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def touched(self, start: int, end: int) -> range:
        """The lines that a range touches."""
        return range(self.at(start), self.at(max(start, end - 1)) + 1)

    def starting(self, offset: int) -> int:
        """Where the line begins that a character stands in."""
        return self.starts[self.at(offset)]

    def ends(self, line: int) -> int:
        """Where a line ends."""
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)


def laid(lines: Lines, places: Iterable[Place], opening: Opening, only: Iterable[int] | None = None) -> Iterator[str]:
    """Each line, or each of those in `only` (in order), with the places in it marked."""
    wanted = range(len(lines.starts)) if only is None else only
    by_line: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        for number in lines.touched(place.start, place.end):
            by_line[number].append(place)
    begun: set[int] = set()
    for number in wanted:
        yield _marked(lines, number, by_line[number], opening, begun)


def _marked(lines: Lines, number: int, places: Sequence[Place], opening: Opening, begun: set[int]) -> str:
    start, end = lines.starts[number], lines.ends(number)
    within = {place.number: _range(place, start, end) for place in places}
    cuts = sorted({start, end, *(edge for edges in within.values() for edge in edges)})
    out: list[str] = []
    opened: list[Place] = []
    for a, b in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        over = [p for p in places if a < b and within[p.number][0] <= a and b <= within[p.number][1]]
        over.sort(key=_outermost_first)
        shared = _shared(opened, over)
        out += ["</mark>"] * (len(opened) - shared)
        out += [_opened(place, opening, begun) for place in over[shared:]]
        out += [_opened(place, opening, begun) + "</mark>" for place in places if within[place.number] == (a, a)]
        out.append(escape(lines.text[a:b]))
        opened = over
    return "".join(out)


def _opened(place: Place, opening: Opening, begun: set[int]) -> str:
    goes_on = place.number in begun
    begun.add(place.number)
    return opening(place.number, goes_on)


def _range(place: Place, first: int, last: int) -> tuple[int, int]:
    """What of a place lies in a part of the text."""
    start = min(max(place.start, first), last)
    return start, max(start, min(place.end, last))


def _outermost_first(place: Place) -> tuple[int, int, int, int]:
    return place.start, -place.end, place.rank, place.number


def _shared(one: Iterable[Place], other: Iterable[Place]) -> int:
    """How many places both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a.number != b.number:
            break
        count += 1
    return count
