"""Rules -> grids: the cells that ruled lines close, merged ones whole, as pdfplumber's table geometry finds them.

Its tolerances are kept: lines within 3 points of one another are one, and a gap of 3 points in a line is none.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.read.pdf.rules import Rule
from schemas import Box

_TOLERANCE = 3.0
_MOST_SLOTS = 60_000  # a page with more is a drawing
_Slot = tuple[int, int]  # column, row


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: its place, and the first and last column and row it takes."""

    box: Box
    column: int
    row: int
    colspan: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table's frame: its cells in rows, and the places of its upright lines."""

    slots: tuple[Slot, ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]

    @property
    def box(self) -> Box:
        """Around all cells."""
        return (self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


def grids_of(rules: Sequence[Rule]) -> list[RuledGrid]:
    """The grids of two cells or more, from the page's top."""
    upright, level = ([r for r in rules if r.upright is is_upright] for is_upright in (True, False))
    if len(upright) < 2 or len(level) < 2:
        return []
    xs, ys = _snapped(r.at for r in upright), _snapped(r.at for r in level)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SLOTS:
        return []
    left_of, top_of = _ruled(upright, xs, ys), _ruled(level, ys, xs)
    cells = _cells(xs, ys, left_of, top_of)
    return sorted((_grid(group, xs, ys) for group in _touching(cells) if len(group) > 1), key=lambda g: g.box[1])


def _snapped(values: Iterable[float]) -> list[float]:
    """The places of lines, those within the tolerance of the one before made one: their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _TOLERANCE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(places: Sequence[float], value: float) -> int:
    i = bisect_left(places, value)
    return min((j for j in (i - 1, i) if 0 <= j < len(places)), key=lambda j: abs(places[j] - value))


def _ruled(rules: Sequence[Rule], across: Sequence[float], along: Sequence[float]) -> list[list[bool]]:
    """For each place across, whether a line runs there from each place along to the next."""
    spans: list[list[tuple[float, float]]] = [[] for _ in across]
    for rule in rules:
        spans[_nearest(across, rule.at)].append((rule.start, rule.end))
    return [_covered(_joined(parts), along) for parts in spans]


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + _TOLERANCE:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _covered(spans: Sequence[tuple[float, float]], along: Sequence[float]) -> list[bool]:
    return [any(start <= a + _TOLERANCE and end >= b - _TOLERANCE for start, end in spans) for a, b in pairwise(along)]


def _cells(
    xs: Sequence[float], ys: Sequence[float], left_of: list[list[bool]], top_of: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """The closed rectangles as first and last slot: column, row, column, row (the last ones left out)."""
    found, taken = [], set[_Slot]()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (column, row) in taken or not (left_of[column][row] and top_of[row][column]):
                continue
            cell = _smallest(column, row, left_of, top_of)
            if cell is not None:
                found.append(cell)
                taken |= {(c, r) for c in range(cell[0], cell[2]) for r in range(cell[1], cell[3])}
    return found


def _smallest(
    column: int, row: int, left_of: list[list[bool]], top_of: list[list[bool]]
) -> tuple[int, int, int, int] | None:
    """The smallest rectangle with its top left corner at a slot that lines close on every side."""
    bottom = row
    while bottom < len(top_of) - 1 and left_of[column][bottom]:
        bottom += 1
        right = column
        while right < len(left_of) - 1 and top_of[row][right]:
            right += 1
            if all(left_of[right][row:bottom]) and all(top_of[bottom][column:right]):
                return column, row, right, bottom
    return None


def _touching(cells: Sequence[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    """The cells in groups that share a corner with another of the group."""
    owner: dict[_Slot, int] = {}
    groups: dict[int, list[tuple[int, int, int, int]]] = {}
    for number, cell in enumerate(cells):
        corners = [(x, y) for x in (cell[0], cell[2]) for y in (cell[1], cell[3])]
        groups[number] = [cell]
        for other in {owner[c] for c in corners if c in owner}:
            moved = groups.pop(other)
            groups[number] = moved + groups[number]
            owner |= {(x, y): number for c in moved for x in (c[0], c[2]) for y in (c[1], c[3])}
        owner |= dict.fromkeys(corners, number)
    yield from groups.values()


def _grid(cells: Sequence[tuple[int, int, int, int]], xs: Sequence[float], ys: Sequence[float]) -> RuledGrid:
    columns = sorted({c for cell in cells for c in (cell[0], cell[2])})
    rows = sorted({r for cell in cells for r in (cell[1], cell[3])})
    slots = [
        Slot(
            (xs[x0], ys[y0], xs[x1], ys[y1]),
            columns.index(x0),
            rows.index(y0),
            columns.index(x1) - columns.index(x0),
            rows.index(y1) - rows.index(y0),
        )
        for x0, y0, x1, y1 in sorted(cells, key=lambda cell: (cell[1], cell[0]))
    ]
    return RuledGrid(tuple(slots), tuple(xs[c] for c in columns), tuple(ys[r] for r in rows))
