"""The cells of a table as a file holds them, before anything is known of their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Line = tuple[int, Sequence[object]]  # the row's number as a spreadsheet shows it, and its cells


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a row (as the sheet numbers them) and column, and what to do (Vietnamese).

    Row 0 is the sheet as a whole; `sheet` is named where a workbook has several to import.
    """

    row: int
    column: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        where = f"dòng {self.row}" + (f", cột {self.column}" if self.column else "") if self.row else "cả bảng"
        return f"{self.sheet + ', ' if self.sheet else ''}{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are merged into one; rows and columns count from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    name: str


@dataclass(slots=True)
class Grid:
    """One table of a file. What comes to light only while `lines` is read goes into the lists.

    `exact` says that a row can't be longer than the heading unless something is wrong with it (CSV); `lettered` that
    columns are known by letters (a worksheet), `concealed` that the worksheet can't be seen.
    """

    lines: Iterator[Line]
    name: str = ""
    exact: bool = False
    lettered: bool = False
    concealed: bool = False
    hidden: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
