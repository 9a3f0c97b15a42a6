"""Cells parted by lines that hold only a bar, as law portals' text has them -> tables; where no grid shows, lines."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import is_in, phrases
from extract.model import Cell, Line, Table
from extract.normalize.casing import is_capitals
from extract.normalize.labels import meaning_of
from extract.normalize.numbering import marker_of
from extract.read.markup import plain_of_markdown
from extract.read.unrolled import Placed, rows_of
from extract.text import LOWER, fold

_LONE = re.compile(r"\s*\|\s*")
_ENDING = re.compile(r"[^|]*[^|\s]\s*\|\s*")
_ENDED = re.compile(r"[.;:!?…]\s*$")
# "Minh, ngày 08 tháng 11" under "Thành phố Hồ Chí"
_PLACE_END = re.compile(r"[^,\d]{2,30},\s*ngày\b")
_SMALL = re.compile(rf"\s*[{LOWER}]")
_MOST_LINES = 40  # lines of one cell; more is a part of the document between two tables
_LONGEST_CELL = 6  # lines of a cell that may begin with a section's number, as a group of rows does
_LONGEST_HEAD = 80  # characters of a column's head
_MOST_HEAD_LINES = 4
_FEWEST_ENDING = 6  # lines that end with a bar, from which on that is how the file parts its cells
_FEWEST_OF_LETTERHEAD, _MOST_OF_LETTERHEAD = 3, 16  # of them in a letterhead; lines that one stands on

Blocks = list[Line | Table]


@dataclass(frozen=True, slots=True)
class _Segment:
    """The lines between two bars: the range `[start, end)` of the file, and what is printed with its line there."""

    start: int
    end: int
    lines: tuple[tuple[int, str], ...]

    @property
    def texts(self) -> list[str]:
        """The printed lines."""
        return [text for _, text in self.lines]


def one_a_line(lines: list[str]) -> list[str]:
    """The lines with every bar that ends one put on a line of its own, where that is how the file parts its cells."""
    ending = [i for i, line in enumerate(lines) if "|" in line and _ENDING.fullmatch(line)]
    others = sum(line.count("|") > 1 for line in lines)
    if len(ending) < _FEWEST_ENDING or others > len(ending) // 3:
        ending = _of_letterhead(lines, ending)
    if not ending:
        return lines
    out: list[str] = []
    parted = frozenset(ending)
    for i, line in enumerate(lines):
        out += [line.rstrip().rstrip("|"), "|"] if i in parted else [line]
    return out


def _of_letterhead(lines: Sequence[str], ending: Sequence[int]) -> list[int]:
    """Those of the lines that a bar ends which are the letterhead's cells: at least three within a few lines."""
    if len(ending) < _FEWEST_OF_LETTERHEAD:
        return []
    near = [i for i in ending if i - ending[0] <= _MOST_OF_LETTERHEAD]
    heads = sum(is_in(phrases("portal", "letterhead_cells"), fold(lines[i])) for i in near)
    return near if heads and len(near) >= _FEWEST_OF_LETTERHEAD else []


def tables_in(lines: Sequence[str]) -> dict[int, tuple[Blocks, int]]:
    """The blocks that the bars make of the file's parts, by the line a part begins at, with the line it ends before."""
    at = [i for i, line in enumerate(lines) if "|" in line and _LONE.fullmatch(line)]
    if len(at) < 2:
        return {}
    return {start: (blocks, end) for run in _runs(_segments(lines, at)) for start, end, blocks in _read(run)}


def _segments(lines: Sequence[str], bars: Sequence[int]) -> list[_Segment]:
    edges = [-1, *bars, len(lines)]
    segments = []
    for before, after in itertools.pairwise(edges):
        printed = ((i, plain_of_markdown(lines[i]).strip()) for i in range(before + 1, after))
        segments.append(_Segment(before + 1, after, tuple(pair for pair in printed if pair[1])))
    return segments


def _runs(segments: Sequence[_Segment]) -> Iterator[list[_Segment]]:
    """Segments that tables may share: the first ends with a first cell, the last is what follows the last bar."""
    run: list[_Segment] = []
    for segment in segments:
        run.append(segment)
        if len(run) > 1 and _is_between(segment):
            yield run
            run = [segment]
    if len(run) > 1:
        yield run


def _is_between(segment: _Segment) -> bool:
    """Whether the document's own text stands there: too much for a cell, its title, an appendix's heading."""
    if len(segment.lines) > _MOST_LINES or (
        len(segment.lines) > _LONGEST_CELL and any(map(_is_section, segment.texts))
    ):
        return True
    heads = [text for text in segment.texts if len(text) < _LONGEST_HEAD and is_capitals(text)]
    words = (*phrases("headings", "title"), *phrases("portal", "parts"))
    return any(is_in(words, fold(text)) for text in heads)


def _is_section(text: str) -> bool:
    """Whether a line heads a section: "IV. KINH PHÍ"."""
    marker = marker_of(text)
    return marker is not None and marker.style == "roman" and is_capitals(text) and len(text) > marker.end


def _read(run: Sequence[_Segment]) -> Iterator[tuple[int, int, Blocks]]:
    """The parts of a run: tables, and cells that only place things on the page."""
    at, last = 0, len(run) - 1
    yield from _first_cell(run[0])
    while at < last:
        start = next((i for i in range(at, last) if _opens_table(run, i)), last)
        found = _table(run, start) if start < last else None
        if found is None:
            yield from _placed(run[at + 1 : last])
            return
        end, blocks = found
        yield from _placed(run[at + 1 : start])
        yield run[start].lines[-_head_lines(run[start])][0], run[end].start, blocks
        at = end - 1


def _opens_table(run: Sequence[_Segment], at: int) -> bool:
    """Whether a segment ends with a column's head, and the next ones are heads too."""
    following = [" ".join(segment.texts) for segment in run[at + 1 : at + 5]]
    heads = sum(len(text) < _LONGEST_HEAD and meaning_of(text, column=True) is not None for text in following if text)
    return heads >= 2 and _head_lines(run[at]) > 0


def _head_lines(segment: _Segment) -> int:
    """How many of a segment's last lines are a column's head, 0 for none; an ordinal's head comes first."""
    texts = segment.texts
    meanings = {
        n: meaning_of(" ".join(texts[-n:]), column=True) for n in range(1, min(_MOST_HEAD_LINES, len(texts)) + 1)
    }
    ordinal = next((n for n, meaning in meanings.items() if meaning == "ordinal"), 0)
    return ordinal or next((n for n, meaning in meanings.items() if meaning), 0)


def _table(run: Sequence[_Segment], start: int) -> tuple[int, Blocks] | None:
    """The table whose head begins in a segment, and the index of the segment after it."""
    own = run[start].texts[-_head_lines(run[start]) :]
    cells = [own, *(segment.texts for segment in run[start + 1 : -1])]
    found = rows_of([" ".join(texts) for texts in cells])
    if found is None:
        return None
    rows = tuple(tuple(_cell(cells[placed.index], placed) for placed in row) for row in found.rows)
    return start + found.used, [Table(rows)]


def _cell(texts: Sequence[str], placed: Placed) -> Cell:
    return Cell(tuple(Line(text, whole=True) for text in _sentences(texts)), placed.colspan, placed.rowspan)


def _sentences(texts: Sequence[str]) -> list[str]:
    """A cell's lines, which the portal breaks anywhere, joined to where a sentence ends or an item begins."""
    out: list[str] = []
    for text in texts:
        marker = marker_of(text)
        item = marker is not None and marker.style not in {"roman", "upper"}  # "Quý" / "II/2026"
        if out and not _ENDED.search(out[-1]) and not item:
            out[-1] += " " + text
        else:
            out.append(text)
    return out


def _placed(cells: Sequence[_Segment]) -> Iterator[tuple[int, int, Blocks]]:
    """Cells of the letterhead or the signature as lines."""
    for cell in cells:
        lines: Blocks = [Line(text, whole=True) for text in _unbroken(cell.texts)]
        yield cell.start, cell.end + 1, lines


def _first_cell(segment: _Segment) -> Iterator[tuple[int, int, Blocks]]:
    """The lines before the first bar from one on that the portal broke after its first word: "ỦY" / "BAN NHÂN DÂN"."""
    last = segment.lines[-_MOST_HEAD_LINES:]
    broken = next((n for n, (_, text) in enumerate(last[:-1]) if _is_one_word(text) and is_capitals(text)), None)
    if broken is not None:
        lines: Blocks = [Line(text, whole=True) for text in _unbroken([text for _, text in last[broken:]])]
        yield last[broken][0], segment.end + 1, lines


def _unbroken(texts: Sequence[str]) -> list[str]:
    """Lines with those joined that the portal broke after their first word, before a small letter or inside a name."""
    if len(texts) == 2 and _PLACE_END.match(texts[1]) and not _ENDED.search(texts[0]) and not is_capitals(texts[0]):
        return [" ".join(texts)]
    out: list[str] = []
    for text in texts:
        if (out and _SMALL.match(text) and not _ENDED.search(out[-1])) or (out and _is_one_word(out[-1])):
            out[-1] += " " + text
        else:
            out.append(text)
    return out


def _is_one_word(text: str) -> bool:
    """A line of one word or abbreviation: "CỘNG", "TM."."""
    return " " not in text and any(map(str.isalpha, text))
