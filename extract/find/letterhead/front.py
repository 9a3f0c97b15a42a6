"""The lines around the body -> pieces: what stood in one column or cell, with its place in the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from extract.model import Grid, GridCell, Paragraph, Reading
from extract.normalize import wordlists
from extract.normalize.casing import is_capitals
from extract.text import fold

_CELLS = re.compile(r"[|\t]|\s{3,}")
_EDGES = " \t\n*_|#"


Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one printed line; `text` and `folded` are the reading's at `start`."""

    start: int
    end: int
    text: str
    folded: str
    bold: bool = False
    column: int = 0

    @property
    def capitals(self) -> bool:
        """No small letter in it."""
        return is_capitals(self.text)

    def part(self, start: int, end: int) -> "Piece | None":
        """The piece between two of its offsets, blanks and marks off its edges; None where nothing is left."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip(_EDGES))
        end = start + len(text.strip(_EDGES))
        if end <= start:
            return None
        return Piece(
            self.start + start, self.start + end, self.text[start:end], self.folded[start:end], self.bold, self.column
        )


def lines(reading: Reading, start: int, end: int) -> Iterator[Paragraph]:
    """The paragraphs that begin in the range, those in a layout table's cells too."""
    return (paragraph for paragraph, _ in _placed(reading, start, end, by_column=False))


def _placed(reading: Reading, start: int, end: int, *, by_column: bool) -> Iterator[tuple[Paragraph, int]]:
    """The paragraphs that begin in the range, each with its table's column, 0 outside tables."""
    for block in reading.blocks:
        inside = [(block, 0)] if isinstance(block, Paragraph) else _in_cells(block, by_column=by_column)
        for paragraph, column in inside:
            if start <= paragraph.start < end:
                yield paragraph, column


def _in_cells(grid: Grid, *, by_column: bool) -> list[tuple[Paragraph, int]]:
    """A table's paragraphs with their columns, row after row or column after column."""
    cells: list[tuple[int, GridCell]] = []
    for row in grid.rows:
        columns = accumulate((cell.colspan for cell in row), initial=0)
        cells.extend(zip(columns, row, strict=False))
    if by_column:
        cells.sort(key=lambda c: c[0])
    return [(paragraph, column) for column, cell in cells for paragraph in cell.paragraphs]


def pieces(reading: Reading, start: int, end: int, *, by_column: bool = False) -> list[Piece]:
    """The lines cut at cell borders and around quốc hiệu and tiêu ngữ, which are left out, also where they wrap.

    `by_column` takes a table column after column, as signatures stand.
    """
    left_out = [m.span() for m in national().finditer(reading.folded, start, end)]
    found: list[Piece] = []
    for line, column in _placed(reading, start, end, by_column=by_column):
        whole = Piece(line.start, line.end, line.text, line.folded, line.bold, column)
        if not any(c.isalnum() for c in line.text):
            found.append(whole)  # a rule, which ends what stands above it
            continue
        cells = [(line.start + m.start(), line.start + m.end()) for m in _CELLS.finditer(line.folded)]
        found.extend(outside([whole], cells + left_out))
    return found


def outside(found: Iterable[Piece], taken: Iterable[Range]) -> list[Piece]:
    """The pieces without what lies in the ranges."""
    ranges = sorted(taken)
    out: list[Piece] = []
    for piece in found:
        at = 0
        for start, end in ranges:
            if start < piece.end and piece.start < end:
                out.extend(filter(None, [piece.part(at, max(at, start - piece.start))]))
                at = max(at, min(end, piece.end) - piece.start)
        out.extend(filter(None, [piece.part(at, len(piece.text))]))
    return out


def without_national(reading: Reading, end: int) -> tuple[str, str]:
    """The text up to `end` and the same folded, with line breaks for quốc hiệu and tiêu ngữ; places are kept."""
    text, folded = reading.text[:end], reading.folded[:end]
    for match in national().finditer(folded):
        gap = "\n" * (match.end() - match.start())
        text = text[: match.start()] + gap + text[match.end() :]
    return text, folded if text == reading.text[:end] else fold(text)


@cache
def national() -> re.Pattern[str]:
    """Quốc hiệu, tiêu ngữ and the Party's heading, also where blanks are lost."""
    return wordlists.either("letterhead", "national", blanks=False)


def either(section: str, *, blanks: bool = True, anchored: bool = False) -> re.Pattern[str]:
    """One pattern for a section of the head's lexicon."""
    return wordlists.either("letterhead", section, blanks=blanks, anchored=anchored)
