"""Marks -> an HTML page by itself: the cleaned text, a paragraph a line, with every span marked, and the problems."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import jinja2

from publish.marks.found import Mark
from publish.marks.kinds import KINDS, RANKS
from schemas import Record

Numbered = tuple[int, Mark]


def html_page(record: Record, marks: Sequence[Mark]) -> str:
    """The page of a record; the mark `marks[i]` has the id "m<i>", and its further pieces `data-of` that id."""
    counts = Counter(mark.kind.name for mark in marks)
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        Path(__file__).with_name("page.html").read_text("utf-8")
    )
    return template.render(
        record=record,
        kinds=[(kind, counts[name]) for name, kind in KINDS.items()],
        paragraphs=list(_paragraphs(record.text, marks)),
        problems=[(problem, _id_of(marks, problem.span, problem.code)) for problem in record.problems],
        unplaced=[mark for mark in marks if mark.span is None],
    )


def _id_of(marks: Sequence[Mark], span: object, code: str) -> str | None:
    """The id of a problem's mark."""
    return next((f"m{i}" for i, mark in enumerate(marks) if span and mark.span is span and mark.label == code), None)


def _paragraphs(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Each line of the text with its marks, as HTML."""
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    by_line: dict[int, list[Numbered]] = defaultdict(list)
    for number, mark in enumerate(marks):
        if mark.span is not None:
            first = bisect_right(starts, mark.span.start) - 1
            last = bisect_right(starts, max(mark.span.start, mark.span.end - 1)) - 1
            for row in range(first, last + 1):
                by_line[row].append((number, mark))
    begun: set[int] = set()
    for i, (line, start) in enumerate(zip(lines, starts, strict=True)):
        yield _marked(line, start, by_line[i], begun)


def _marked(line: str, start: int, marks: Sequence[Numbered], begun: set[int]) -> str:
    """A line with its marks one within another; where two cross, the inner one is closed and opened again."""
    within = {number: _range(mark, start, start + len(line)) for number, mark in marks}
    cuts = sorted({start, start + len(line), *(edge for edges in within.values() for edge in edges)})
    out: list[str] = []
    opened: list[Numbered] = []
    for a, b in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        over = [m for m in marks if a < b and within[m[0]][0] <= a and b <= within[m[0]][1]]
        over.sort(key=_outermost_first)
        shared = _shared(opened, over)
        out += ["</mark>"] * (len(opened) - shared)
        out += [_opening(*one, begun) for one in over[shared:]]
        out += [_opening(*one, begun) + "</mark>" for one in marks if within[one[0]] == (a, a)]
        out.append(escape(line[a - start : b - start]))
        opened = over
    return "".join(out)


def _range(mark: Mark, first: int, last: int) -> tuple[int, int]:
    """What of a mark lies in a part of the text."""
    if mark.span is None:
        return first, first
    start = min(max(mark.span.start, first), last)
    return start, max(start, min(mark.span.end, last))


def _outermost_first(numbered: Numbered) -> tuple[int, int, int, int]:
    number, mark = numbered
    start, end = (mark.span.start, mark.span.end) if mark.span is not None else (0, 0)
    return start, -end, RANKS[mark.kind.name], number


def _shared(one: Iterable[Numbered], other: Iterable[Numbered]) -> int:
    """How many marks both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a[0] != b[0]:
            break
        count += 1
    return count


def _opening(number: int, mark: Mark, begun: set[int]) -> str:
    """The tag that opens a mark: with its id where it begins, with `data-of` where it goes on."""
    page = f" · trang {mark.span.page}" if mark.span is not None and mark.span.page else ""
    said = f": {mark.said}" if mark.said else ""
    title = f"{mark.kind.title} · {mark.label}{said}{page}"
    name = "data-of" if number in begun else "id"
    begun.add(number)
    return f'<mark {name}="m{number}" class="{mark.kind.name}" title="{escape(title)}">'
