"""What passes between the stages: a document as read, then its cleaned text with the places of its parts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

from extract.text import fold
from schemas import Box, Problem, SectionKind, Signature, Span

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line or a paragraph, as the reader gives it, markup taken out.

    `level` is a heading level the file itself gives (Markdown, HTML, Word), 0 for none. `gap` says that a blank
    line stands before it. `whole` says that the file itself ends the paragraph here (Word, HTML), so that nothing may
    be joined on.
    """

    text: str
    bold: bool = False
    level: int = 0
    gap: bool = False
    whole: bool = False
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines, and how many columns and rows it spans."""

    lines: tuple[Line, ...] = ()
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read, in reading order."""

    blocks: tuple[Line | Table, ...]
    media_type: str
    text_source: str = "text"
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical line of the cleaned text: `reading.text[start:end]`."""

    start: int
    end: int
    text: str
    folded: str
    bold: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the cleaned text: rows of cells, a cell a run of paragraphs; spans as in `Cell`."""

    rows: tuple[tuple["GridCell", ...], ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """The paragraphs of a cell."""

    paragraphs: tuple[Paragraph, ...] = ()
    colspan: int = 1
    rowspan: int = 1

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by a blank."""
        return " ".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of the cleaned text was printed."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True)
class Reading:
    """The cleaned text, the same folded, and its parts. Every paragraph is one line of `text`."""

    text: str
    blocks: tuple[Paragraph | Grid, ...]
    places: tuple[Place, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    folded: str = ""

    def __post_init__(self) -> None:
        if not self.folded:
            object.__setattr__(self, "folded", fold(self.text))

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables, in order."""
        return (b for b in self.blocks if isinstance(b, Paragraph))

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]` with its page and boxes where the file has pages; of two pages, the first's."""
        inside = self._printed(start, end)
        if not inside:
            return Span(start=start, end=end)
        page = inside[0].page
        return Span(start=start, end=end, page=page, bboxes=tuple(p.box for p in inside if p.page == page))

    def spans(self, pieces: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        """The spans of the ranges, each cut where a page ends in it; their texts joined by blanks are the ranges'."""
        return tuple(self.span(*part) for piece in pieces for part in self._on_pages(*piece))

    def _on_pages(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for last, following in pairwise(self._printed(start, end)):
            at = following.start
            if following.page != last.page and start < at < end and self.text[at - 1] == " ":
                yield start, at - 1
                start = at
        yield start, end

    def _printed(self, start: int, end: int) -> list[Place]:
        """The places of the text's order that `text[start:end]` stands in."""
        found = []
        for i in range(max(bisect_right(self._starts, start) - 1, 0), len(self.places)):
            place = self.places[i]
            if place.start >= end:
                break
            if start < place.end:
                found.append(place)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text pieced together from a reading, with the way back: `pieces` are its ranges, joined by a blank."""

    text: str
    folded: str
    pieces: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, reading: Reading, pieces: Sequence[tuple[int, int]]) -> "Passage":
        """The passage that the ranges of a reading make."""
        text, folded = reading.text, reading.folded
        return cls(" ".join(text[a:b] for a, b in pieces), " ".join(folded[a:b] for a, b in pieces), tuple(pieces))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that `text[start:end]` came from; a match over a joint ends with its first piece."""
        at = 0
        for first, last in self.pieces:
            length = last - first
            if start < at + length:
                return first + start - at, first + min(end - at, length)
            at += length + 1
        raise IndexError(f"no text at {start} in a passage of {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value_co]):
    """A value read from `text[start:end]` of the text that was searched."""

    start: int
    end: int
    value: Value_co

    def moved(self, offset: int) -> "Mention[Value_co]":
        """The same mention in a text that this one stands in from `offset` on."""
        return Mention(self.start + offset, self.end + offset, self.value)


@dataclass(slots=True, eq=False)
class Node:
    """A heading, an item or a table in the tree of a plan's body.

    `start` and `end` are the range of its own text, marker left out. `kind` is that of the section it stands in,
    `path` the path of the nearest heading ("III.3"), with its own label where it is one.
    """

    start: int
    end: int
    text: str
    folded: str
    style: str
    label: str = ""
    number: int = 0
    bold: bool = False
    paragraph: Paragraph | None = None
    grid: Grid | None = None
    kind: SectionKind = SectionKind.OTHER
    scope: str = ""
    topics: bool = False
    period: bool = False
    named: bool = False
    path: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def is_bullet(self) -> bool:
        """Marked by a bullet."""
        return self.style in {"-", "+", "*"}

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a plan's body and of its appendices, and the paragraphs that close the body.

    `start` is where the body begins (the preamble's end) and `end` where it ends (before Nơi nhận).
    """

    body: Node
    appendices: tuple[Node, ...]
    closing: tuple[Paragraph, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an attribute line, a bracket or a table cell says of tasks: `gives` as in lexicon/attributes.yaml."""

    gives: str
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Item:
    """Something a section lists: its text's ranges, the headings above it, the attributes that close it.

    `run_on` is a heading's own range where the heading's duty follows on its line ("7. Tổ …: Thực hiện …"). A table's
    row is `known` where every column that says something in it was understood, and none was filled from the row above.
    """

    pieces: tuple[tuple[int, int], ...]
    kind: SectionKind
    style: str
    group: str
    headings: tuple[Node, ...] = ()
    attributes: list[Attribute] = field(default_factory=list)
    run_on: tuple[int, int] | None = None
    scope: str = ""
    values: tuple["TableValue", ...] = ()
    known: bool = True

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.pieces[0][0]


@dataclass(frozen=True, slots=True)
class TableValue:
    """A figure of a target's row: its range, and the ranges of its column's head and of its unit's cell."""

    start: int
    end: int
    head: tuple[int, int] | None = None
    unit: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row, continuation rows joined on: its main cell's items, and what the others say."""

    items: tuple[tuple[tuple[int, int], ...], ...]
    attributes: tuple[Attribute, ...]
    label: str = ""
    section: str = ""
    target: bool = False
    values: tuple[TableValue, ...] = ()
    known: bool = True
