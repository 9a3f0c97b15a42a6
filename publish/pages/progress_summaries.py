"""How things stand in one place and at one unit, in short: for their own pages."""

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from publish.pages.asked import Pager
from publish.pages.narrowing import Meant, Narrowing
from publish.pages.page import rows
from publish.pages.progress_counts import Tally
from publish.pages.progress_lists import BEGINS, Lines, late_tasks
from publish.pages.progress_scope import Scope, latest_day

_SHORT = 5  # late tasks
_FEW = 2_000  # tasks of a unit, that its late ones are looked for among while the reader waits
_NUMBERS = """
    select status, sum(number) as number from {table}
    where facet = :facet and value = :value and day <= :day and year = :year group by status having sum(number) > 0
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """As of `day`, of its year; None stands for it where nothing was ever reported."""

    day: str
    year: int
    targets: Tally = field(default_factory=lambda: Tally("", "", {}))
    tasks: Tally = field(default_factory=lambda: Tally("", "", {}))
    late: Lines | None = None


def place_summary(connection: sqlite3.Connection, key: str) -> Summary | None:
    """Of the plans of a locality."""
    day = latest_day(connection)
    if day is None:
        return None
    targets, tasks = (_tally(connection, of, "locality", key, day) for of in ("target", "task"))
    return Summary(day, int(day[:4]), targets, tasks) if targets.total or tasks.total else None


def unit_summary(connection: sqlite3.Connection, key: str) -> Summary | None:
    """Of the tasks that a unit answers for, with those that are late by what was said of them."""
    day = latest_day(connection)
    tasks = _tally(connection, "task", "unit", key, day) if day else None
    if day is None or tasks is None or not tasks.total:
        return None
    found = rows(connection, "select id, name, tasks_count from units where id = ?", key)
    late = None
    if found and found[0]["tasks_count"] <= _FEW:
        to = Scope(day, day, int(day[:4]), Narrowing(units=Meant(key, found)))
        late = late_tasks(connection, to, "late", Pager(1, _SHORT, BEGINS))
    return Summary(day, int(day[:4]), tasks=tasks, late=late)


def _tally(connection: sqlite3.Connection, of: Literal["target", "task"], facet: str, value: str, day: str) -> Tally:
    sql = _NUMBERS.format(table=f"{of}_status_counts")
    found = rows(connection, sql, facet=facet, value=value, day=day, year=int(day[:4]))
    return Tally(value, "", Counter({one["status"]: one["number"] for one in found}))
