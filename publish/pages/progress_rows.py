"""Targets and tasks with how they stand on a day, narrowed to what a reader asks for: the SQL that finds them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from publish.pages.narrowing import Meant, Source, source
from publish.pages.page import rows
from publish.pages.progress_scope import Scope

Rows = list[dict[str, Any]]

# Who answers for a task: those who lead it, and who carry it out where nobody leads; as the kept counts have it.
_ANSWERS = """
    exists (
        select 1 from task_units as own where own.task_id = s.task_id and own.unit_id in ({units}) and (
            own.role = 'lead' or own.role = 'implement' and not exists (
                select 1 from task_units as other where other.task_id = s.task_id and other.role = 'lead'
            )
        )
    )
"""


def targets_at(scope: Scope, statuses: Sequence[str] = ()) -> Source:
    """Rows of `target_spells`, called s, with their targets, called x: of some statuses, or of all."""
    to = replace(scope.narrowing, units=Meant(), role="")
    of = source(to, "targets")
    values = {**of.values, **scope.in_year}
    conditions = ["s.from_day <= :day", "s.until_day >= :day", *(["x.year = :year"] if scope.year else [])]
    if statuses:
        conditions.append(f"s.status in ({_places(values, 'status', statuses)})")
    if scope.quarter:
        values["quarter"] = scope.quarter.code
        conditions.append("x.quarter = :quarter")
    if scope.indicator:
        values["indicator"] = scope.indicator
    narrowed = f"{of.sql} and x.indicator = :indicator" if scope.indicator else of.sql
    tables = f"(select x.* {narrowed}) as x cross join target_spells as s on s.target_id = x.id"
    if scope.everything and statuses and not scope.year:
        tables = "target_spells as s cross join targets as x on x.id = s.target_id"
    return Source(f"from {tables} where {' and '.join(conditions)}", values)


def tasks_at(scope: Scope, statuses: Sequence[str] = ()) -> Source:
    """Occurrences of tasks, called s, with `due` ("" where there is no day), `recurring`, `status` and `state_id`."""
    of, without = source(scope.narrowing, "task_days"), source(scope.narrowing, "tasks")
    values = {**of.values, **without.values, **scope.in_year}
    if scope.quarter:
        values |= {"first": scope.quarter.first.isoformat(), "last": scope.quarter.last.isoformat()}
    dated = f"""
        select x.task_id, x.plan_id, x.day as due, x.recurring, told.state_id,
            coalesce(told.status, case when x.day < :day then 'not_reported' else 'not_due' end) as status
        from (select x.* {of.sql} and x.day between :first and :last) as x
        left join occurrence_spells as told on told.task_id = x.task_id and told.due = x.day
            and told.from_day <= :day and told.until_day >= :day
    """  # noqa: S608 (of our own making; what is typed fills places)
    of_year = "and p.year = :year" if scope.narrowing.by_place and scope.year else ""  # of few plans all tasks are read
    undated = f"""
        select x.id, x.plan_id, '', 0, told.state_id, coalesce(told.status, 'not_due')
        from (select x.* {without.sql} {of_year}) as x
        left join occurrence_spells as told on told.task_id = x.id and told.due = ''
            and told.from_day <= :day and told.until_day >= :day
        where not exists (select 1 from task_days where task_days.task_id = x.id)
        and (:year = 0 or (select year from plans where plans.id = x.plan_id) = :year)
    """  # noqa: S608
    both = dated if scope.quarter else f"{dated} union all {undated}"
    conditions = [f"s.status in ({_places(values, 'status', statuses)})"] if statuses else []
    if scope.narrowing.units.found:
        conditions.append(_ANSWERS.format(units=_places(values, "answering", scope.narrowing.units.keys)))
    return Source(f"from ({both}) as s where {' and '.join(conditions or '1')}", values)


def target_rows(connection: sqlite3.Connection, scope: Scope) -> Rows:
    """`status`, `locality` and `indicator` of each target."""
    of = targets_at(scope)
    sql = f"""
        select s.status, x.indicator, (select locality_id from plans where plans.id = x.plan_id) as locality {of.sql}
    """  # noqa: S608 (of our own making)
    return rows(connection, sql, **of.values)


def task_rows(connection: sqlite3.Connection, scope: Scope) -> Rows:
    """`status`, `locality`, `quarter` and `unit` (those who lead, with blanks between) of each occurrence of a task."""
    of = tasks_at(scope)
    found = connection.execute(f"select s.task_id, s.plan_id, s.due, s.status {of.sql}", of.values).fetchall()
    units = _answering(connection, {task for task, *_ in found})
    localities = _localities(connection, {plan for _, plan, *_ in found})
    return [
        {"status": status, "unit": units.get(task, ""), "locality": localities[plan], "quarter": _quarter(due)}
        for task, plan, due, status in found
    ]


def _answering(connection: sqlite3.Connection, tasks: Collection[str]) -> dict[str, str]:
    """The units that answer for tasks, with blanks between; see `_ANSWERS`."""
    sql = """
        select task_id, role, unit_id from task_units
        where role in ('lead', 'implement') and task_id in (select value from json_each(?))
    """
    roles: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for task, role, unit in connection.execute(sql, (json.dumps(list(tasks)),)):
        roles[task][role][unit] = None
    return {task: " ".join(by_role.get("lead") or by_role["implement"]) for task, by_role in roles.items()}


def _localities(connection: sqlite3.Connection, plans: Collection[str]) -> dict[str, str | None]:
    sql = "select id, locality_id from plans where id in (select value from json_each(?))"
    return dict(connection.execute(sql, (json.dumps(list(plans)),)).fetchall())


@lru_cache(maxsize=1 << 12)
def _quarter(day: str) -> str:
    """The quarter of an ISO day; none of "".

    >>> _quarter("2026-05-01"), _quarter("")
    ('2026-Q2', '')
    """
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}" if day else ""


def _places(values: dict[str, Any], name: str, given: Sequence[str]) -> str:
    named = {f"{name}{at}": one for at, one in enumerate(given)}
    values.update(named)
    return ", ".join(f":{one}" for one in named)
