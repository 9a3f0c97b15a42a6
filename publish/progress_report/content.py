"""What a report says, apart from how a file shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Blank:
    """What the data don't hold and an officer writes; `note` says what belongs there, none where it is plain."""

    note: str = ""

    def __str__(self) -> str:
        return f"… [{self.note}]" if self.note else "…"


Piece = str | Blank


class Look(StrEnum):
    """What a paragraph is; writers know how that looks."""

    BODY = "body"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its ordinal: "I. KẾT QUẢ", level 1, or "1. Chậm tiến độ", level 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text and blanks."""

    pieces: tuple[Piece, ...]
    look: Look = Look.BODY

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "".join(map(str, self.pieces))

    @property
    def asks(self) -> bool:
        """Whether something in it is to be filled in."""
        return any(isinstance(piece, Blank) for piece in self.pieces)


class Align(StrEnum):
    """Where text stands in a column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres on paper."""

    title: str
    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as it is printed; where a sheet can hold it as a number or day, that, and its format for numbers."""

    text: str
    value: float | date | None = None
    shape: str = ""

    @property
    def asks(self) -> bool:
        """Whether it is to be filled in."""
        return self.text == str(Blank())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `name` is short, for a sheet of its own."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The top of the first page; of `number` the first piece is "Số: "."""

    superior: str | None
    issuer: tuple[str, ...]
    national: tuple[str, ...]
    number: tuple[Piece, ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class Signing:
    """In whose name is signed ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), and whom the plan's signer makes likely."""

    lines: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Appendix:
    """A table on pages of its own; `label` is "Phụ lục" or "Phụ lục I"."""

    label: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, in the order of print; `name` is what a file is called, `as_of` its day.

    `attached` is what a table on pages of its own says of the report that it belongs to.
    """

    name: str
    as_of: date
    letterhead: Letterhead
    about: Paragraph
    addressee: Paragraph
    blocks: tuple[Block, ...]
    attached: Paragraph
    recipients: tuple[Piece, ...]
    signing: Signing
    appendices: tuple[Appendix, ...] = field(default=())

    def grids(self) -> Iterator[Grid]:
        """The tables, those of the appendices last."""
        yield from (block for block in self.blocks if isinstance(block, Grid))
        yield from (appendix.grid for appendix in self.appendices)
