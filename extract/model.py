"""What passes between the stages: a document as read, then its cleaned text with the places of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from extract.text import fold
from schemas import Box, Problem, Span

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line or a paragraph, as the reader gives it, markup taken out.

    `level` is a heading level the file itself gives (Markdown, HTML, Word), 0 for none. `gap` says that a blank
    line stands before it. `whole` says that the file itself ends the paragraph here (Word, HTML), so that nothing may be joined on.
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
    """The cleaned text and its parts. Every paragraph is one line of `text`."""

    text: str
    blocks: tuple[Paragraph | Grid, ...]
    places: tuple[Place, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def folded(self) -> str:
        """The whole text folded, character for character."""
        return fold(self.text)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables, in order."""
        return (b for b in self.blocks if isinstance(b, Paragraph))

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]` with its page and boxes where the file has pages."""
        inside = [p for p in self.places if p.start < end and start < p.end]
        if not inside:
            return Span(start=start, end=end)
        page = inside[0].page
        return Span(start=start, end=end, page=page, bboxes=tuple(p.box for p in inside if p.page == page))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text pieced together from paragraphs, with the way back: `pieces` are the `(start, end)` ranges joined by a blank."""

    text: str
    pieces: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, source: str, pieces: Sequence[tuple[int, int]]) -> "Passage":
        """The passage that the ranges of `source` make."""
        return cls(" ".join(source[a:b] for a, b in pieces), tuple(pieces))

    @property
    def folded(self) -> str:
        """The text folded, character for character."""
        return fold(self.text)

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
class Mention(Generic[Value]):
    """A value read from `text[start:end]` of the text that was searched."""

    start: int
    end: int
    value: Value

    def moved(self, offset: int) -> "Mention[Value]":
        """The same mention in a text that this one stands in from `offset` on."""
        return Mention(self.start + offset, self.end + offset, self.value)
