"""Đơn vị: what one unit has to do, by role and by quarter, with whom and in which plans."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from datasette.utils.asgi import Request

from publish.pages.asked import Pager, whole_number, word
from publish.pages.narrowing import Meant, localities_meant
from publish.pages.page import row, rows
from publish.pages.periods import Period, quarter_asked
from publish.pages.task_lists import MOST, Listed, listed
from publish.pages.units import UNIT
from publish.search import fts_query
from schemas.codelists import by_code

Rows = list[dict[str, Any]]

NEWEST = 2000  # duties that tell with whom, where and in which plans a unit works most
_DUTIES = 20  # on a page
_MOST, _MOST_PLACES = 12, 8
_NEWEST = f"(select task_id, plan_id from task_units where unit_id = :unit order by year desc limit {NEWEST})"  # noqa: S608

_FALLS_DUE = """
    exists (select 1 from task_days where task_days.task_id = u.task_id and task_days.day between :first and :last)
"""
_HAS_WORDS = """
    exists (
        select 1 from tasks where tasks.id = u.task_id
        and tasks.rowid in (select rowid from tasks_fts where tasks_fts match :words)
    )
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a unit's duties, as typed."""

    role: str = ""
    quarter: str = ""
    year: str = ""
    locality: str = ""
    plan: str = ""
    words: str = ""
    page: int = 1

    @property
    def something(self) -> bool:
        """Whether not all duties are asked for."""
        return any((self.role, self.quarter, self.year, self.locality, self.plan, self.words))


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit's row, the page of its duties, and around them: `quarters` by role, units and places it works with."""

    unit: dict[str, Any]
    duties: Listed
    quarters: Rows
    years: list[int]
    others: Rows
    plans: Rows
    localities: Rows
    locality: Meant
    plan: dict[str, Any] | None
    quarter: Period | None


def asked(request: Request) -> Asked:
    """What the address asks for."""
    role, year = word(request, "vai_tro"), word(request, "nam")
    return Asked(
        role=role if role in by_code("roles") else "",
        quarter=word(request, "quy"),
        year=year if year.isascii() and year.isdigit() and len(year) == 4 else "",
        locality=word(request, "dia_phuong"),
        plan=word(request, "ke_hoach"),
        words=word(request, "tu_khoa"),
        page=whole_number(request, "trang", 1, most=MOST // _DUTIES),
    )


def unit(connection: sqlite3.Connection, key: str, given: Asked) -> Unit | None:
    """All of a unit's page; None where there is no such unit."""
    found = row(connection, f"{UNIT} where id = ?", key)
    if found is None:
        return None
    locality = localities_meant(connection, given.locality)
    years = "select distinct year from task_units where unit_id = ? and year is not null order by year desc"
    return Unit(
        unit=found,
        duties=_duties(connection, key, given, locality),
        quarters=_workload(connection, key),
        years=[one["year"] for one in rows(connection, years, key)],
        others=_others(connection, key),
        plans=_plans(connection, key),
        localities=_localities(connection, key) if (found["localities_count"] or 0) > 1 else [],
        locality=locality,
        plan=row(connection, "select id, slug, title, filename from plans where id = ?", given.plan),
        quarter=quarter_asked(given.quarter),
    )


def workload(connection: sqlite3.Connection, key: str) -> Rows | None:
    """The quarters of a unit's work; None where there is no such unit."""
    return _workload(connection, key) if row(connection, "select 1 from units where id = ?", key) else None


def _workload(connection: sqlite3.Connection, key: str) -> Rows:
    """The quarters in which tasks of the unit fall due, oldest first, with the number of tasks by role."""
    return rows(
        connection,
        """
        select quarter, sum(tasks) as tasks, sum(recurring) as recurring,
            coalesce(sum(tasks) filter (where role = 'lead'), 0) as lead,
            coalesce(sum(tasks) filter (where role = 'coordinate'), 0) as coordinate,
            coalesce(sum(tasks) filter (where role = 'implement'), 0) as implement
        from unit_quarters where unit_id = ? group by quarter order by quarter
        """,
        key,
    )


def _duties(connection: sqlite3.Connection, key: str, given: Asked, locality: Meant) -> Listed:
    """The unit's tasks with its `role` in each, those of the newest plans first."""
    conditions, values = _narrowed(given, locality)
    values["unit"] = key
    found = f"""
        select u.task_id, u.role, u.year from task_units as u
        where {" and ".join(["u.unit_id = :unit", *conditions])}
        order by u.year desc, u.task_id, u.role limit {MOST + 1}
    """  # noqa: S608 (of our own making; what is typed fills places)
    duties = listed(connection, found, values, Pager(given.page, _DUTIES, 0))
    # Two spellings of the unit may stand in one task.
    return replace(duties, lines=list({(one["task_id"], one["role"]): one for one in duties.lines}.values()))


def _narrowed(given: Asked, locality: Meant) -> tuple[list[str], dict[str, object]]:
    """Conditions on `task_units`, there called u, and what fills their places."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    for column, wanted in (("role", given.role), ("year", given.year), ("plan_id", given.plan)):
        if wanted:
            conditions.append(f"u.{column} = :{column}")
            values[column] = int(wanted) if column == "year" else wanted
    if time := quarter_asked(given.quarter):
        conditions.append(_FALLS_DUE)
        values |= {"first": time.first.isoformat(), "last": time.last.isoformat()}
    if locality.typed:
        keys = {f"locality{at}": one for at, one in enumerate(locality.keys)}
        places = ", ".join(f":{name}" for name in keys)
        conditions.append(f"u.plan_id in (select id from plans where locality_id in ({places}))")  # noqa: S608
        values |= keys
    if given.words:
        conditions.append(_HAS_WORDS)
        values["words"] = fts_query(given.words)
    return conditions, values


def _others(connection: sqlite3.Connection, key: str) -> Rows:
    """The units that share most of its newest tasks."""
    return rows(
        connection,
        f"""
        select units.id, units.name, together.tasks from (
            select with_it.unit_id, count(distinct newest.task_id) as tasks
            from {_NEWEST} as newest cross join task_units as with_it on with_it.task_id = newest.task_id
            where with_it.unit_id != :unit group by with_it.unit_id order by tasks desc, with_it.unit_id limit {_MOST}
        ) as together join units on units.id = together.unit_id order by together.tasks desc, units.id
        """,  # noqa: S608
        unit=key,
    )


def _plans(connection: sqlite3.Connection, key: str) -> Rows:
    """Its newest plans, with the number of its tasks in each."""
    return rows(
        connection,
        f"""
        select plans.id, plans.slug, plans.title, plans.filename, plans.number, plans.issuer, plans.issued_date,
            own.tasks
        from (
            select year, plan_id, count(distinct task_id) as tasks from task_units where unit_id = ?
            group by year, plan_id order by year desc, plan_id desc limit {_MOST}
        ) as own join plans on plans.id = own.plan_id order by own.year desc, own.tasks desc, plans.id
        """,  # noqa: S608
        key,
    )


def _localities(connection: sqlite3.Connection, key: str) -> Rows:
    """The places whose plans give most of its newest tasks."""
    return rows(
        connection,
        f"""
        select localities.id, localities.full_name as name, sum(own.tasks) as tasks from (
            select plan_id, count(distinct task_id) as tasks from {_NEWEST} group by plan_id
        ) as own join plans on plans.id = own.plan_id join localities on localities.id = plans.locality_id
        group by localities.id order by tasks desc, localities.id limit {_MOST_PLACES}
        """,  # noqa: S608
        unit=key,
    )
