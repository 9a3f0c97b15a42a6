"""Due days -> months as grids of weeks."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from publish.pages.narrowing import Narrowing, source
from publish.pages.page import rows
from publish.pages.periods import Period, weeks

Rows = list[dict[str, Any]]
Days = dict[str, tuple[int, Rows]]

_BY_NAME = 1500  # due days of which a grid shows the tasks; of more it shows the number
_IN_CELL = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a grid: the number of tasks due, and the first of them; a day `outside` the month shows nothing."""

    day: date
    outside: bool
    number: int = 0
    tasks: Rows = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday."""

    period: Period
    weeks: list[list[Cell]]

    @property
    def number(self) -> int:
        """All due days of all tasks."""
        return sum(cell.number for week in self.weeks for cell in week)


def month_grids(connection: sqlite3.Connection, to: Narrowing, months: list[Period]) -> list[Month]:
    """Months that follow one another, with what falls due."""
    of = source(to, "task_days")
    between = f"{of.sql} and x.day between :first and :last"
    values = {**of.values, "first": months[0].first.isoformat(), "last": months[-1].last.isoformat()}
    due = rows(connection, f"select x.task_id, x.day, x.recurring {between} limit {_BY_NAME + 1}", **values)
    if len(due) <= _BY_NAME:
        days = _by_name(connection, due)
    else:
        counts = rows(connection, f"select x.day, count(*) as number {between} group by x.day", **values)
        days = {one["day"]: (one["number"], []) for one in counts}
    return [_month(one, days) for one in months]


def _by_name(connection: sqlite3.Connection, due: Rows) -> Days:
    in_order = sorted(due, key=lambda one: (one["day"], one["recurring"], one["task_id"]))
    by_day = {day: list(some) for day, some in groupby(in_order, lambda one: str(one["day"]))}
    shown = {one["task_id"] for some in by_day.values() for one in some[:_IN_CELL]}
    texts = rows(
        connection,
        f"select id, text from tasks where id in ({', '.join('?' * len(shown))})",  # noqa: S608 (places only)
        *shown,
    )
    by_key = {one["id"]: one["text"] for one in texts}
    return {
        day: (len(some), [{**one, "text": by_key[one["task_id"]]} for one in some[:_IN_CELL]])
        for day, some in by_day.items()
    }


def _month(period: Period, days: Days) -> Month:
    def cell(day: date) -> Cell:
        if not period.first <= day <= period.last:
            return Cell(day, outside=True)
        number, tasks = days.get(day.isoformat(), (0, []))
        return Cell(day, outside=False, number=number, tasks=tasks)

    return Month(period, [[cell(day) for day in week] for week in weeks(period)])
