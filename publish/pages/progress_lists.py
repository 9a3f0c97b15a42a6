"""What needs looking after as of a day: targets behind and missed, late tasks, missing reports, silent plans."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from publish.pages.asked import Pager
from publish.pages.narrowing import Source
from publish.pages.page import rows
from publish.pages.periods import Period
from publish.pages.progress_lines import targets_with_actuals, tasks_with_states
from publish.pages.progress_rows import targets_at, tasks_at
from publish.pages.progress_scope import Scope, before, ended

Rows = list[dict[str, Any]]

LAGGING = ("missed", "behind")
LATE = ("doing_late", "not_started_late")
SILENT = ("not_reported",)
MOST = 5_000  # lines that are counted and can be paged through
BEGINS = -1  # as a total asked for: only the beginning is wanted, and not how much there is
_MOST_DAYS = 5_000  # occurrences that are looked at for missing reports, the latest ones
_MOST_PLANS = 200


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of a list; `pager.total` counts all of it, but no further than `MOST`; see `BEGINS`."""

    items: Rows
    pager: Pager


def lagging_targets(connection: sqlite3.Connection, scope: Scope, statuses: Sequence[str], wanted: Pager) -> Lines:
    """Targets of some statuses, those whose time is up first, each with what `targets_with_actuals` says."""
    of = targets_at(scope, statuses)
    sql = f"""
        select s.target_id, s.status, s.reason, s.value, s.expected, s.actual_id, x.due_end
        {of.sql} order by s.status = 'missed' desc, coalesce(x.due_end, '9'), s.plan_id, x.position
    """
    found, pager = _page(connection, Source(sql, of.values), wanted)
    known = targets_with_actuals(connection, found)
    return Lines([{**known[one["target_id"]], **one} for one in found], pager)


def late_tasks(connection: sqlite3.Connection, scope: Scope, which: Literal["late", "silent"], wanted: Pager) -> Lines:
    """Tasks past their day and not done: by what was said of them, or with nothing said; the longest overdue first."""
    if scope.everything:
        of = Source(_SAID_LATE if which == "late" else _NOTHING_SAID.format(recurring=0), scope.in_year)
    else:
        at = tasks_at(scope, LATE if which == "late" else SILENT)
        sql = f"select s.task_id, s.due as day, s.recurring, s.status, s.state_id {at.sql}"
        of = Source(sql if which == "late" else f"{sql} and not s.recurring", at.values)
    return _tasks(connection, Source(f"{of.sql} order by day, task_id", of.values), wanted)


_SAID_LATE = """
    select s.task_id, s.due as day, 0 as recurring, s.status, s.state_id from occurrence_spells as s
    where s.status in ('doing_late', 'not_started_late') and s.until_day >= :day and s.from_day <= :day
    and (s.due = '' or s.due between :first and :last)
"""
_NOTHING_SAID = """
    select x.task_id, x.day, x.recurring, 'not_reported' as status, null as state_id from task_days as x
    where x.day between :first and :last and x.day < :day and x.recurring = {recurring} and not exists (
        select 1 from occurrence_spells as s where s.task_id = x.task_id and s.due = x.day
        and s.from_day <= :day and s.until_day >= :day
    )
"""


def missing_reports(connection: sqlite3.Connection, scope: Scope, wanted: Pager) -> Lines:
    """Recurring duties whose day passed without a word, each with the `days`; those missed most often first."""
    if scope.everything:
        of = Source(_NOTHING_SAID.format(recurring=1), scope.in_year)
    else:
        at = tasks_at(scope, SILENT)
        of = Source(f"select s.task_id, s.due as day {at.sql} and s.recurring", at.values)
    sql = f"""
        select task_id, group_concat(day, ' ') as days, count(*) as missing, min(day) as day, 1 as recurring
        from (select task_id, day from ({of.sql}) order by day desc limit {_MOST_DAYS})
        group by task_id order by missing desc, task_id
    """  # noqa: S608 (of our own making; what is typed fills places)
    found = _tasks(connection, Source(sql, of.values), wanted)
    return replace(found, items=[{**one, "days": sorted(one["days"].split())} for one in found.items])


def silent_plans(connection: sqlite3.Connection, scope: Scope) -> tuple[Period, Rows]:
    """The last quarter that had ended, and the plans of the year without a figure of it or of later days."""
    quarter = ended(scope.day)
    since = before(quarter).last.isoformat()
    conditions, values = _of_place(scope)
    sql = f"""
        select plans.id, plans.slug, plans.title, plans.filename, plans.number, plans.issuer, plans.targets_count,
            plans.locality_id, localities.full_name as locality,
            (
                select max(actuals.as_of) from targets join actuals on actuals.target_id = targets.id
                where targets.plan_id = plans.id and actuals.as_of <= :day
            ) as latest
        from plans left join localities on localities.id = plans.locality_id
        where plans.year = :year and plans.targets_count > 0 and plans.kind is not 'BC' and {conditions}
        and coalesce(latest, '') <= :since order by latest is null, latest, plans.id limit {_MOST_PLANS + 1}
    """  # noqa: S608 (conditions of our own)
    year = scope.year or int(scope.day[:4])
    return quarter, rows(connection, sql, **{**values, "day": scope.day, "since": since, "year": year})


def _of_place(scope: Scope) -> tuple[str, Mapping[str, object]]:
    conditions, values = ["1"], {}
    if scope.narrowing.localities.typed:
        conditions.append("plans.locality_id in (select value from json_each(:places))")
        values["places"] = json.dumps(scope.narrowing.localities.keys)
    if scope.narrowing.province:
        conditions.append("localities.province = :province")
        values["province"] = scope.narrowing.province
    return " and ".join(conditions), values


def _tasks(connection: sqlite3.Connection, of: Source, wanted: Pager) -> Lines:
    found, pager = _page(connection, of, wanted)
    known = tasks_with_states(connection, found)
    return Lines([{**known[one["task_id"]], **one} for one in found], pager)


def _page(connection: sqlite3.Connection, of: Source, wanted: Pager) -> tuple[Rows, Pager]:
    """The page wanted of what a query finds; of a list that only begins, nothing is counted."""
    begins = wanted.total == BEGINS
    most = wanted.size if begins else MOST + 1
    found = rows(connection, f"{of.sql} limit :most", **{**of.values, "most": most})
    if begins:
        return found, replace(wanted, total=len(found))
    return found[wanted.offset : wanted.offset + wanted.size], replace(wanted, total=min(len(found), MOST))
