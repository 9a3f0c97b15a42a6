"""Runs -> rows: what stands on one baseline, in pieces that wide gaps part; blanks and raised figures put right."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Line
from extract.read.pdf.run import Run
from schemas import Box

_LEVEL = 0.35  # of the font's size: baselines that near are one
_BLANK = 0.16  # of the font's size: a gap that wide is a blank
_WIDE = 0.65  # of the font's size: a gap that wide may part columns
_SMALL = 0.8  # of the text's size: smaller is raised or lowered
_MARK = re.compile(r"[(\[]?\d{1,3}[)\]]?|\*{1,3}")  # a footnote's mark
_POWER = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|ha)$")  # "km" before a raised 2
# What pdfium gives for a hyphen at a line's end, and what some fonts have for one.
_HYPHENS = re.compile("[\ufffe\uffff\x02\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row without a wide gap in it; `bold` in all its letters."""

    runs: tuple[Run, ...]
    text: str
    x0: float
    x1: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What is printed on one baseline, from the left; `beside` where another column stands at its side."""

    base: float
    size: float
    pieces: tuple[Piece, ...]
    text: str
    x0: float
    x1: float
    beside: bool = False

    @property
    def box(self) -> Box:
        """Around its runs."""
        boxes = [run.box for piece in self.pieces for run in piece.runs]
        return (self.x0, min(b[1] for b in boxes), self.x1, max(b[3] for b in boxes))

    @property
    def bold(self) -> bool:
        """Bold all through."""
        return all(piece.bold for piece in self.pieces)

    def line(self, page: int, *, gap: bool = False, whole: bool = False) -> Line:
        """The row as a line of the document."""
        return Line(self.text, bold=self.bold, gap=gap, whole=whole, page=page, box=self.box)


def row_of(base: float, size: float, pieces: Sequence[Piece], *, beside: bool = False) -> Row:
    """The row of some pieces, a blank between them."""
    text = pieces[0].text if len(pieces) == 1 else " ".join(piece.text for piece in pieces)
    return Row(base, size, tuple(pieces), text, pieces[0].x0, max(piece.x1 for piece in pieces), beside)


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """The rows from the top; a footnote's mark is part of the row that it is raised over, and left out of its text."""
    full, small = _by_size(runs)
    groups: list[list[Run]] = []
    for run in sorted(full, key=lambda r: r.base):
        if groups and run.base - groups[-1][0].base <= _LEVEL * max(run.size, groups[-1][0].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    _attach(small, groups)
    groups.sort(key=lambda group: group[0].base)
    return [row for group in groups if (row := _row(group)).text.strip()]


def _by_size(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """Runs that stand on baselines, and short ones so small that they may be raised over one."""
    weights: dict[float, int] = {}
    for run in runs:
        weights[run.size] = weights.get(run.size, 0) + len(run.text)
    usual = max(weights, key=lambda size: weights[size], default=0.0)
    sides: tuple[list[Run], list[Run]] = ([], [])
    for run in runs:
        sides[len(run.text) <= 4 and run.size < _SMALL * usual].append(run)
    return sides


def _attach(small: Sequence[Run], groups: list[list[Run]]) -> None:
    """Put each small run to the row it is raised or lowered from; one that has none is a row of its own."""
    bases = [group[0].base for group in groups]
    alone: list[list[Run]] = []
    for run in sorted(small, key=lambda r: (r.base, r.x0)):
        at = bisect_left(bases, run.base - 0.1 * run.size)
        near = [
            group
            for group in groups[max(at - 1, 0) : at + 2]
            if abs(group[0].base - run.base) < 0.65 * group[0].size and _touches(run, group)
        ]
        if near:
            min(near, key=lambda group: abs(group[0].base - run.base)).append(run)
        elif alone and abs(alone[-1][0].base - run.base) <= _LEVEL * run.size:
            alone[-1].append(run)
        else:
            alone.append([run])
    groups += alone


def _touches(run: Run, group: Sequence[Run]) -> bool:
    """Right behind or right before a run of the row."""
    return any(-1 <= run.x0 - other.x1 <= other.size or -1 <= other.x0 - run.x1 <= other.size for other in group)


def _row(group: list[Run]) -> Row:
    first = group[0]
    size = max(run.size for run in group)
    group.sort(key=lambda run: run.x0)
    pieces: list[list[Run]] = [[group[0]]]
    for before, run in pairwise(group):
        if run.x0 - before.x1 > _WIDE * size:
            pieces.append([run])
        else:
            pieces[-1].append(run)
    return row_of(first.base, size, [piece_of(p) for p in pieces])


def piece_of(runs: Sequence[Run]) -> Piece:
    """The runs as one piece of a row, with blanks where the gaps are that wide."""
    largest = max(runs, key=lambda run: run.size)
    base, size = largest.base, largest.size
    text, end = "", None
    for run in runs:
        if _is_mark(run, text, base, size, alone=len(runs) == 1):
            end = run.x1
            continue
        if not text and len(runs) > 1 and _is_raised(run, base, size):
            text, end = run.text + " ", None
            continue
        if end is not None and run.x0 - end > _BLANK * run.size:
            text += " "
        text += run.text
        end = run.x1
    bold = runs[0].bold and all(run.bold for run in runs if any(map(str.isalpha, run.text)))
    return Piece(tuple(runs), cleaned(text), runs[0].x0, max(run.x1 for run in runs), bold)


def _is_raised(run: Run, base: float, size: float) -> bool:
    return run.size < _SMALL * size and base - run.base > 0.15 * size


def cleaned(text: str) -> str:
    """The text with hyphens for what stands for one, and without control characters."""
    return _CONTROL.sub("", _HYPHENS.sub("-", text)) if not text.isprintable() else text


def _is_mark(run: Run, before: str, base: float, size: float, *, alone: bool) -> bool:
    """A footnote's mark: raised, small, a number; a power ("km²") is none."""
    return (
        _is_raised(run, base, size)
        and not alone
        and bool(before)
        and bool(_MARK.fullmatch(run.text))
        and not _POWER.search(before)
    )


def narrowed(strip: tuple[float, float], row: Row, *, least: float) -> tuple[float, float] | None:
    """What a row's pieces leave of a blank strip, in points; None where one crosses it or less than `least` is left."""
    left, right = strip
    for piece in row.pieces:
        if piece.x1 <= right and (piece.x0 + piece.x1) / 2 < (left + right) / 2:
            left = max(left, piece.x1)
        elif piece.x0 >= left:
            right = min(right, piece.x0)
        else:
            return None
    return (left, right) if right - left >= least else None
