"""Grey page -> the ruled tables on it: the boxes of their cells, with the columns and rows that each spans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Mask = NDArray[np.bool_]

_HALF = 2  # pixels of a side that are made one: a ruling is dark where any of them is
_ACROSS, _DOWN = 0.5, 0.3  # inches that a ruling runs at least, across and down; letters run shorter
_SOLID = 0.95  # of a stretch that is dark in a ruling
_THICKEST = 0.06  # inches; the dark edges of a badly placed sheet are thicker
_NEAR = 0.06  # inches between rulings that are one, or that meet
_NARROWEST, _LOWEST = 0.12, 0.09  # inches of a cell
_FILLED = 0.7  # of a cell's side that a ruling must cover to part it from the next
_STRETCH, _LEAN, _RULED = 48, 6, 0.7  # pixels, pixels, share: how a ruling is followed where it leans
_DARKEST, _PALEST = 90, 190  # levels between which ink is told from paper


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: `at` is its y where it runs across, its x where it runs down; `start` to `end` is its extent."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell's place: its box in pixels inside the rulings, and what it spans."""

    x0: int
    y0: int
    x1: int
    y1: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: its outer box, its rows of slots, and the rulings across and down, in half-size pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    rows: tuple[tuple[Slot, ...], ...]
    across: tuple[Ruling, ...] = ()
    down: tuple[Ruling, ...] = ()


def ruled_tables(image: Image.Image, dpi: int) -> list[Ruled]:
    """The tables of an upright page from top to bottom; a frame around a single cell is none."""
    inch = dpi / _HALF
    dark = _dark(image)
    across = _rulings(dark, round(_ACROSS * inch), inch)
    down = _rulings(np.ascontiguousarray(dark.T), round(_DOWN * inch), inch) if len(across) > 1 else []
    if len(down) < 2:
        return []
    tables = (_table(*group, near=_NEAR * inch, inch=inch) for group in _groups(across, down, _NEAR * inch))
    return sorted((table for table in tables if table is not None), key=lambda table: table.y0)


def _dark(image: Image.Image) -> Mask:
    """Where the page is dark, at half its size."""
    level = min(max(_level(image.histogram()), _DARKEST), _PALEST)
    grey = np.asarray(image)
    grey = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    rows = np.minimum(grey[::2], grey[1::2])
    return np.asarray(np.minimum(rows[:, ::2], rows[:, 1::2]) < level)


def _level(histogram: Sequence[int]) -> int:
    """The grey that parts ink from paper best (Otsu)."""
    counts = np.array(histogram[:256], np.float64)
    weight = np.cumsum(counts)
    moment = np.cumsum(counts * np.arange(256))
    rest = weight[-1] - weight
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (moment[-1] * weight / weight[-1] - moment) ** 2 / (weight * rest)
    return int(np.nan_to_num(spread, posinf=0).argmax())


def _rulings(dark: Mask, shortest: int, inch: float) -> list[Ruling]:
    """The rulings that run along the rows of the page, in its half-size pixels; pieces on neighbouring rows are one."""
    if dark.shape[1] <= shortest:
        return []
    counts = np.cumsum(dark, axis=1, dtype=np.int32)
    solid = counts[:, shortest:] - counts[:, :-shortest] >= _SOLID * shortest
    pieces: list[list[int]] = []  # top, bottom, start, end
    for row in np.flatnonzero(solid.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], solid[row].view(np.int8), [0]))))
        for start, end in edges.reshape(-1, 2):
            _add(pieces, int(row), int(start), int(end) + shortest)
    thin = [p for p in pieces if p[1] - p[0] <= _THICKEST * inch]
    return _joined([Ruling((top + bottom) // 2, start, end) for top, bottom, start, end in thin], _NEAR * inch)


def _add(pieces: list[list[int]], row: int, start: int, end: int) -> None:
    """Put a stretch to the piece just above it that it overlaps, or begin another."""
    for piece in reversed(pieces):
        if row - piece[1] <= 2 and start < piece[3] and piece[2] < end:
            piece[1], piece[2], piece[3] = row, min(piece[2], start), max(piece[3], end)
            return
    pieces.append([row, row, start, end])


def _joined(rulings: list[Ruling], near: float) -> list[Ruling]:
    """Rulings with those made one that lie in one line and touch, or nearly."""
    out: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: r.start):
        for i, other in enumerate(out):
            if abs(other.at - ruling.at) <= near and ruling.start <= other.end + near:
                out[i] = Ruling((other.at + ruling.at) // 2, other.start, max(other.end, ruling.end))
                break
        else:
            out.append(ruling)
    return out


def _groups(
    across: Sequence[Ruling], down: Sequence[Ruling], near: float
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Rulings that meet, one group a table."""
    left = set(range(len(across))), set(range(len(down)))
    while left[0]:
        rows, columns, new = set(), set(), {left[0].pop()}
        while new:
            rows |= new
            met = {j for j in left[1] if any(_meet(across[i], down[j], near) for i in new)}
            left[1].difference_update(met)
            columns |= met
            new = {i for i in left[0] if any(_meet(across[i], down[j], near) for j in met)}
            left[0].difference_update(new)
        if len(rows) > 1 and len(columns) > 1:
            yield [across[i] for i in rows], [down[j] for j in columns]


def _meet(across: Ruling, down: Ruling, near: float) -> bool:
    return across.start - near <= down.at <= across.end + near and down.start - near <= across.at <= down.end + near


def _table(across: list[Ruling], down: list[Ruling], *, near: float, inch: float) -> Ruled | None:
    """The grid that rulings make; None where they make but one cell."""
    ys = _levels([r.at for r in across], max(near, _LOWEST * inch))
    xs = _levels(_sides(across, down, inch), max(near, _NARROWEST * inch))
    if (len(xs) - 1) * (len(ys) - 1) < 2 or len(xs) < 3:
        return None
    rows = tuple(_rows(xs, ys, across, down, near))
    if sum(len(row) for row in rows) < 3:
        return None
    box = xs[0] * _HALF, ys[0] * _HALF, xs[-1] * _HALF, ys[-1] * _HALF
    return Ruled(*box, rows, tuple(across), tuple(down))


def unruled(image: Image.Image, tables: Sequence[Ruled], paper: int) -> Image.Image:
    """The page without the rulings of its tables; letters that nearly touch them stay whole."""
    grey = np.array(image)
    level = min(max(_level(image.histogram()), _DARKEST), _PALEST)
    for table in tables:
        for ruling in table.across:
            _erase(grey, ruling, level, paper)
        for ruling in table.down:
            _erase(grey.T, ruling, level, paper)
    return Image.fromarray(grey)


def _erase(grey: NDArray[np.uint8], ruling: Ruling, level: int, paper: int) -> None:
    """Paint over the rows that are dark along a ruling, a stretch at a time since it may lean."""
    top = max(0, ruling.at * _HALF - _LEAN)
    start, end = max(0, ruling.start * _HALF - _LEAN), ruling.end * _HALF + _LEAN
    edges = np.linspace(start, end, max(1, (end - start) // _STRETCH) + 1).astype(int)
    for left, right in pairwise(edges.tolist()):
        part = grey[top : ruling.at * _HALF + _LEAN + 2, left:right]
        ruled = (part < level).mean(axis=1) > _RULED
        ruled[1:] |= ruled[:-1]
        ruled[:-1] |= ruled[1:]
        part[ruled] = paper


def _sides(across: list[Ruling], down: list[Ruling], inch: float) -> list[int]:
    """Where columns are parted; a table without its outer rulings ends where the others do."""
    at = [r.at for r in down]
    start, end = min(r.start for r in across), max(r.end for r in across)
    outer = [start] * (min(at) - start > _NARROWEST * 2 * inch) + [end] * (end - max(at) > _NARROWEST * 2 * inch)
    return at + outer


def _levels(places: Sequence[int], near: float) -> list[int]:
    """The places with near ones made one, in order."""
    out: list[list[int]] = []
    for place in sorted(places):
        if out and place - out[-1][-1] <= near:
            out[-1].append(place)
        else:
            out.append([place])
    return [sum(group) // len(group) for group in out]


def _rows(
    xs: list[int], ys: list[int], across: list[Ruling], down: list[Ruling], near: float
) -> Iterator[tuple[Slot, ...]]:
    taken: set[tuple[int, int]] = set()
    for i, (top, bottom) in enumerate(pairwise(ys)):
        row = []
        for j, (left, _) in enumerate(pairwise(xs)):
            if (i, j) in taken:
                continue
            wide, tall = 1, 1
            while j + wide < len(xs) - 1 and not _covers(down, xs[j + wide], top, bottom, near):
                wide += 1
            right = xs[j + wide]
            while i + tall < len(ys) - 1 and not _covers(across, ys[i + tall], left, right, near):
                tall += 1
            taken |= {(i + di, j + dj) for di in range(tall) for dj in range(wide)}
            row.append(Slot(left * _HALF, top * _HALF, right * _HALF, ys[i + tall] * _HALF, wide, tall))
        yield tuple(row)


def _covers(rulings: Sequence[Ruling], at: int, start: int, end: int, near: float) -> bool:
    """Whether a ruling runs along a side of a cell."""
    reach = [min(r.end, end) - max(r.start, start) for r in rulings if abs(r.at - at) <= near]
    return sum(max(0, part) for part in reach) >= _FILLED * (end - start)
