"""The quarters in which something falls due, counted, and which of them to begin with."""

import sqlite3
from itertools import groupby
from typing import Any

from publish.pages.narrowing import Narrowing, source
from publish.pages.page import rows
from publish.pages.periods import Period, quarter_asked

Rows = list[dict[str, Any]]

_CHEAP = 5_000  # tasks that are counted while the reader waits
_TASKS_OF_PLAN = 30  # or so
_WEIGHTY = 0.1  # of the fullest year's tasks: a year with fewer is no year to begin with


def quarter_counts(connection: sqlite3.Connection, to: Narrowing) -> Rows:
    """The quarters with something due, each with the number of its `tasks`: null where counting would take long."""
    return [{**one, "year": str(one["quarter"])[:4]} for one in _counts(connection, to)]


def _counts(connection: sqlite3.Connection, to: Narrowing) -> Rows:
    if to.everything:
        return rows(connection, "select quarter, tasks, tasks - recurring as once from quarters order by quarter")
    if to.units.one and not to.by_place and not to.role:
        return rows(
            connection,
            """
            select quarter, sum(tasks) as tasks, sum(tasks - recurring) as once
            from unit_quarters where unit_id = ? group by quarter order by quarter
            """,
            to.units.one["id"],
        )
    if not few(connection, to):
        return rows(
            connection, "select quarter, null as tasks, tasks - recurring as once from quarters order by quarter"
        )
    of = source(to, "task_days")
    return rows(
        connection,
        f"""
        select quarter, count(*) as tasks, count(*) - sum(recurring) as once from (
            select distinct x.task_id, x.recurring,
                substr(x.day, 1, 4) || '-Q' || ((cast(substr(x.day, 6, 2) as integer) + 2) / 3) as quarter
            {of.sql}
        ) group by quarter order by quarter
        """,  # noqa: S608 (of our own making; what is typed fills places)
        **of.values,
    )


def few(connection: sqlite3.Connection, to: Narrowing) -> bool:
    """Whether what it is narrowed to is so little that all of it can be looked at while the reader waits."""
    if to.localities.found:
        return sum(one["plans_count"] or 0 for one in to.localities.found) * _TASKS_OF_PLAN <= _CHEAP
    if to.province:
        plans = "select coalesce(sum(plans_count), 0) as number from localities where province = ?"
        return int(rows(connection, plans, to.province)[0]["number"]) * _TASKS_OF_PLAN <= _CHEAP
    return bool(to.units.found) and sum(one["tasks_count"] or 0 for one in to.units.found) <= _CHEAP


def busiest(quarters: Rows) -> Period | None:
    """The quarter to begin with: of the newest year with much to do the one with most, what recurs left aside."""
    by_year = {year: list(some) for year, some in groupby(quarters, lambda one: str(one["year"]))}
    weight = {year: sum(one["once"] for one in some) for year, some in by_year.items()}
    weighty = [year for year in by_year if weight[year] >= _WEIGHTY * max(weight.values())]
    if not weighty:
        return None
    return quarter_asked(max(by_year[max(weighty)], key=lambda one: one["once"])["quarter"])
