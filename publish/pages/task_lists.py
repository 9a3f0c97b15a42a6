"""Tasks in a list, page by page: those that fall due in a time, are past their day, or go on all the while."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from publish.pages.asked import Pager
from publish.pages.narrowing import Narrowing, source
from publish.pages.page import rows
from publish.pages.periods import Period

Rows = list[dict[str, Any]]

MOST = 5_000  # lines that are counted and can be paged through; with more, the reader should narrow down


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list over `table`, there called x; `:first` and `:last` are the time that it is about."""

    table: Literal["task_days", "tasks"]
    columns: str
    condition: str
    order: str


DUE = Kind(
    table="task_days",
    columns="x.task_id, x.day, x.recurring",
    condition="x.day between :first and :last",
    order="x.day, x.recurring, x.task_id",
)
DUE_ONCE = replace(DUE, condition=f"{DUE.condition} and x.recurring = 0")
DUE_AGAIN = replace(DUE, condition=f"{DUE.condition} and x.recurring = 1")
OVERDUE = replace(DUE, condition="x.day < :first and x.recurring = 0", order="x.day desc, x.task_id")
# Work without a day in the list of what is due: it has no end, or its last day comes after the time shown.
GOING_ON = Kind(
    table="tasks",
    columns="x.id as task_id, x.active_to as day, 0 as recurring",
    condition="""
        x.active_from <= :last and x.active_to >= :first and (
            x.deadline_kind = 'ongoing'
            or x.deadline_kind = 'recurring' and (x.deadline_rrule is null or x.deadline_rrule like 'FREQ=DAILY%')
            or x.deadline_kind in ('month', 'quarter', 'period', 'year') and x.active_to > :last
        )
    """,
    order="x.active_to, x.id",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list; `tasks` and `lines_number` count all of it, but no further than `MOST` and one."""

    lines: Rows
    tasks: int
    lines_number: int
    pager: Pager

    @property
    def more(self) -> bool:
        """Whether there is more than was counted."""
        return self.lines_number > MOST


def task_list(connection: sqlite3.Connection, kind: Kind, to: Narrowing, time: Period, wanted: Pager) -> Listed:
    """Tasks with the `day` they fall due and whether they are `recurring`: the page wanted, its total unknown."""
    of = source(to, kind.table)
    found = f"select {kind.columns} {of.sql} and {kind.condition} order by {kind.order} limit {MOST + 1}"
    values = {**of.values, "first": time.first.isoformat(), "last": time.last.isoformat()}
    return listed(connection, found, values, wanted)


def listed(connection: sqlite3.Connection, found: str, values: Mapping[str, object], wanted: Pager) -> Listed:
    """The page wanted of what a query finds: rows with a `task_id`, in order, at most `MOST` and one."""
    page = rows(
        connection,
        f"""
        with found as materialized ({found})
        select counted.tasks, counted.number, page.*
        from (select count(distinct task_id) as tasks, count(*) as number from found) as counted
        left join (select * from found limit :size offset :offset) as page
        """,  # noqa: S608 (of our own making; what is typed fills places)
        **values,
        size=wanted.size,
        offset=wanted.offset,
    )
    lines = [one for one in page if one["task_id"] is not None]
    tasks = tasks_by_key(connection, (one["task_id"] for one in lines))
    number = page[0]["number"]
    pager = replace(wanted, total=min(number, MOST))
    return Listed([{**tasks[one["task_id"]], **one} for one in lines], page[0]["tasks"], number, pager)


def tasks_by_key(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What a line says of each task, with its `units`."""
    wanted = list(dict.fromkeys(keys))
    places = ", ".join("?" * len(wanted))
    units: dict[str, Rows] = {key: [] for key in wanted}
    for one in rows(
        connection,
        f"""
        select task_id, unit_id, role, name from task_units
        where task_id in ({places}) order by task_id, position
        """,  # noqa: S608 (places only)
        *wanted,
    ):
        units[one["task_id"]].append(one)
    found = rows(
        connection,
        f"""
        select tasks.id, tasks.plan_id, tasks.text, tasks.kind, tasks.confidence, tasks.deadline_kind,
            tasks.deadline_start, tasks.deadline_end, tasks.deadline_rrule, tasks.deadline_text,
            tasks.deadline_span_start, tasks.deadline_span_end, tasks.active_from, tasks.active_to,
            plans.slug as plan_slug, plans.title as plan_title, plans.filename, plans.number as plan_number,
            plans.issuer, plans.year as plan_year, plans.issued_date as plan_issued,
            plans.locality_id, localities.full_name as locality
        from tasks join plans on plans.id = tasks.plan_id left join localities on localities.id = plans.locality_id
        where tasks.id in ({places})
        """,  # noqa: S608
        *wanted,
    )
    return {one["id"]: {**one, "units": units[one["id"]]} for one in found}
