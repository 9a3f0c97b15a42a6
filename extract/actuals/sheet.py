"""A report's table while it is read: its columns by role, and a row with its values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.actuals.cells import CellNumber, number_in
from extract.actuals.columns import Column
from extract.actuals.draft import Draft
from extract.actuals.words import anywhere_in
from extract.model import GridCell

Row = Sequence[GridCell]
_MONTHS_DIFFER = 3  # days, between February and March


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's columns by role, and the unit that stands over it."""

    columns: Sequence[Column]
    unit: str

    def of(self, role: str) -> list[Column]:
        """The columns of a role, from left to right."""
        return [c for c in self.columns if c.role == role]

    def cell(self, row: Row, role: str) -> GridCell | None:
        """The row's first cell of a role that holds anything."""
        return next((row[c.index] for c in self.of(role) if row[c.index].text.strip()), None)


@dataclass(slots=True)
class Line:
    """A row while it is read: the column of each of its values."""

    row: Row
    sheet: Sheet
    drafts: list[tuple[Column, Draft]] = field(default_factory=list)

    def numbers(self, role: str) -> Iterator[tuple[Column, CellNumber]]:
        """The row's numbers in the columns of a role."""
        for column in self.sheet.of(role):
            if (found := number_in(self.row[column.index])) is not None:
                yield column, found

    def mates(self, column: Column) -> list[tuple[Column, Draft]]:
        """The values that a column speaks of: of its group, else of its time, else of the longest time."""
        alike = self.alike(column)
        if column.own or column.cumulative:
            timed = [(c, d) for c, d in alike if c.counted == column.counted]
            if timed:
                return timed
        if anywhere_in("steps", column.head):
            return alike[:1]
        if column.role == "change" and column.own:
            as_long = [(c, d) for c, d in alike if abs(c.days - column.days) <= _MONTHS_DIFFER]
            if as_long:
                return as_long
        grouped = [c for c in self.sheet.of("done") if c.group and c.group == column.group]
        longest = max((c.days for c in grouped or self.sheet.of("done")), default=0)
        return [(c, d) for c, d in alike if c.days == longest]

    def alike(self, column: Column) -> list[tuple[Column, Draft]]:
        """The values of the group that a column stands in, all where it has none."""
        return [(c, d) for c, d in self.drafts if c.group and c.group == column.group] or self.drafts
