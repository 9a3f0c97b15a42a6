"""How many targets and tasks stand how as of a day: in all, by place, indicator, unit and quarter.

All of them are summed up from the counts that are kept; the few that a reader narrows down to are counted one by one.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publish.pages.facets import titles
from publish.pages.language import label, quarter, translated
from publish.pages.page import rows
from publish.pages.progress_rows import target_rows, task_rows
from publish.pages.progress_scope import Scope

TARGET_STATUSES = ("met", "on_course", "behind", "missed", "no_data")
TASK_STATUSES = (
    "done_in_time", "done_late", "doing_in_time", "not_started", "doing_late", "not_started_late", "not_reported",
    "not_due", "dropped",
)  # fmt: skip
# What needs somebody's attention, the worst first.
TROUBLES = ("missed", "behind", "doing_late", "not_started_late", "not_reported")
OF_TARGETS, OF_TASKS = ("locality", "indicator"), ("unit", "quarter")  # facets
_KEPT = """
    select value, status, sum(number) as number from {table}
    where facet = :facet and day <= :day and {year} group by value, status
"""

Tallies = dict[str, Counter[str]]  # numbers by status, by value


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers by status of one value of a facet."""

    value: str
    title: str
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.numbers.values())

    def number(self, statuses: Iterable[str]) -> int:
        """Those of some statuses."""
        return sum(self.numbers.get(status, 0) for status in statuses)

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """Status, start and width of each part of a bar of 100."""
        at, found = 0.0, []
        for status in (*TARGET_STATUSES, *TASK_STATUSES):
            if number := self.numbers.get(status):
                width = number * 100 / self.total
                found.append((status, round(at, 3), round(width, 3)))
                at += width
        return found


@dataclass(frozen=True, slots=True)
class Counts:
    """The tallies of targets or of tasks, by facet, without titles; "all" has at most one."""

    by_facet: Mapping[str, Sequence[Tally]]

    @property
    def all(self) -> Tally:
        """Everything that is meant."""
        found = self.by_facet["all"]
        return found[0] if found else Tally("", "", {})


def target_counts(connection: sqlite3.Connection, scope: Scope, facets: Iterable[str] = OF_TARGETS) -> Counts:
    """How targets stand."""
    wanted = ["all", *(facet for facet in OF_TARGETS if facet in facets)]
    return _counts(connection, scope, "target_status_counts", wanted, target_rows)


def task_counts(connection: sqlite3.Connection, scope: Scope, facets: Iterable[str] = OF_TASKS) -> Counts:
    """How tasks stand, each occurrence of a recurring one by itself."""
    wanted = ["all", *(facet for facet in OF_TASKS if facet in facets)]
    return _counts(connection, scope, "task_status_counts", wanted, task_rows)


def _counts(connection: sqlite3.Connection, scope: Scope, table: str, facets: Sequence[str], of: Any) -> Counts:
    if scope.everything:
        found = {facet: _kept(connection, scope, table, facet) for facet in facets}
    else:
        counted = of(connection, scope)
        found = {facet: _counted(counted, facet) for facet in facets}
    return Counts({facet: _in_order(facet, some) for facet, some in found.items()})


def _kept(connection: sqlite3.Connection, scope: Scope, table: str, facet: str) -> Tallies:
    found: Tallies = defaultdict(Counter)
    values = {"facet": facet, "day": scope.day, "year": scope.year or 0}
    for one in rows(connection, _KEPT.format(table=table, year="year = :year" if scope.year else "1"), **values):
        if one["number"] > 0:
            found[one["value"]][one["status"]] = one["number"]
    return found


def _counted(counted: Iterable[Mapping[str, Any]], facet: str) -> Tallies:
    """By what each row has under the facet's name: a value, or several with blanks between (units)."""
    found: Tallies = defaultdict(Counter)
    for one in counted:
        values = [""] if facet == "all" else one[facet].split() if facet == "unit" else [one[facet] or ""]
        for value in values:
            found[value][one["status"]] += 1
    return found


def _in_order(facet: str, found: Tallies) -> list[Tally]:
    """Those with most to look after first; quarters in their order; last what has no value."""
    tallies = [Tally(value, "", numbers) for value, numbers in found.items()]
    if facet == "quarter":
        return sorted(tallies, key=lambda one: (not one.value, one.value))
    return sorted(tallies, key=lambda one: (not one.value, -one.number(TROUBLES), -one.total, one.value))


def titled(connection: sqlite3.Connection, facet: str, some: Sequence[Tally]) -> list[Tally]:
    """The tallies with what their values are called."""
    named = _names(connection, facet, [one.value for one in some if one.value])
    return [replace(one, title=named(one.value) if one.value else _nothing(facet)) for one in some]


def _names(connection: sqlite3.Connection, facet: str, values: list[str]) -> Any:
    match facet:
        case "indicator":
            return lambda value: label(value, "indicators")
        case "quarter":
            return quarter
        case "locality":
            return titles(connection, "locality_id", values)
        case "unit":
            return titles(connection, "unit", values)
    return str


def _nothing(facet: str) -> str:
    return {
        "locality": translated("Không rõ địa phương"),
        "unit": translated("Chưa giao đơn vị nào"),
        "quarter": translated("Không có ngày đến hạn"),
    }.get(facet, "")
