"""Tiến độ: how targets and tasks stand as of a day, and what needs looking after."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from publish.pages.asked import Pager
from publish.pages.page import rows
from publish.pages.periods import Period
from publish.pages.progress_counts import OF_TARGETS, TARGET_STATUSES, Counts, Tally, target_counts, task_counts, titled
from publish.pages.progress_lists import (
    BEGINS,
    LAGGING,
    Lines,
    lagging_targets,
    late_tasks,
    missing_reports,
    silent_plans,
)
from publish.pages.progress_scope import (
    INDICATORS,
    PLACES,
    QUARTERS,
    REPORTS,
    TARGETS,
    TASKS,
    UNITS,
    Asked,
    Scope,
    quarter_ends,
    scope,
)
from publish.pages.quarter_counts import Rows

_PAGE, _SHORT = 30, 5  # lines
_TALLIES, _SHORT_TABLE = 50, 8
_FACETS: Mapping[str, str] = {PLACES: "locality", INDICATORS: "indicator", UNITS: "unit", QUARTERS: "quarter"}


@dataclass(frozen=True, slots=True)
class Table:
    """Tallies of one facet, with titles: all of them, or those of a page; `size` is how many there are."""

    tallies: Sequence[Tally]
    size: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page shows; `targets` and `tasks` are None where they are not asked for.

    `lagging`, `late`, `silent`, `missing` are lists or the beginnings of them, and so are `tables`, by facet.
    """

    scope: Scope
    ends: Sequence[Period] = ()
    targets: Counts | None = None
    tasks: Counts | None = None
    tables: Mapping[str, Table] = field(default_factory=dict)
    pager: Pager = field(default_factory=lambda: Pager(1, _TALLIES, 0))
    lagging: Lines | None = None
    late: Lines | None = None
    silent: Lines | None = None
    missing: Lines | None = None
    quarter: Period | None = None
    plans: Rows = field(default_factory=list)


def progress(connection: sqlite3.Connection, given: Asked) -> Progress:
    """The page, or one of its parts in full (`given.view`)."""
    to = scope(connection, given)
    if not to.day:
        return Progress(to)
    facets = _facets(to, given.view)
    counted = Progress(
        scope=to,
        ends=quarter_ends(to.latest),
        targets=target_counts(connection, to, facets) if to.of_targets else None,
        tasks=task_counts(connection, to, facets) if to.of_tasks else None,
    )
    if given.view in _FACETS:
        return _whole_table(connection, counted, given)
    tables = {facet: _table(connection, counted, facet, Pager(1, _SHORT_TABLE, 0)) for facet in facets}
    return replace(counted, tables=tables, **_parts(connection, to, given))


def _facets(to: Scope, view: str) -> tuple[str, ...]:
    """What is counted by. Over all years there is too much to count by unit and by place, unless that is asked for."""
    if view:
        return (_FACETS[view],) if view in _FACETS else ()
    return ("indicator", "quarter") if to.everything and not to.year else tuple(_FACETS.values())


def _table(connection: sqlite3.Connection, counted: Progress, facet: str, pager: Pager) -> Table:
    of = counted.targets if facet in OF_TARGETS else counted.tasks
    some = of.by_facet[facet] if of else ()
    return Table(titled(connection, facet, some[pager.offset : pager.offset + pager.size]), len(some))


def _whole_table(connection: sqlite3.Connection, counted: Progress, given: Asked) -> Progress:
    facet = _FACETS[given.view]
    pager = Pager(given.page, _TALLIES, 0)
    table = _table(connection, counted, facet, pager)
    return replace(counted, tables={facet: table}, pager=replace(pager, total=table.size))


def _parts(connection: sqlite3.Connection, to: Scope, given: Asked) -> dict[str, Any]:
    """The lists of the view asked for; without one the beginnings of all."""
    page = Pager(given.page, _PAGE, 0)
    match given.view:
        case _ if given.view == TARGETS and to.of_targets:
            statuses = (given.status,) if given.status in TARGET_STATUSES else LAGGING
            return {"lagging": lagging_targets(connection, to, statuses, page)}
        case _ if given.view == TASKS and to.of_tasks:
            silent = given.status == "not_reported"
            return {"silent" if silent else "late": late_tasks(connection, to, "silent" if silent else "late", page)}
        case _ if given.view == REPORTS:
            return _reports(connection, to, page)
    short = Pager(1, _SHORT, BEGINS)
    found: dict[str, Any] = {}
    if to.of_targets:
        found["lagging"] = lagging_targets(connection, to, LAGGING, short)
    if to.of_tasks:
        found["late"] = late_tasks(connection, to, "late", short)
    return found | _reports(connection, to, short)


def _reports(connection: sqlite3.Connection, to: Scope, page: Pager) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if to.of_tasks:
        found["missing"] = missing_reports(connection, to, page)
    if to.everything or (to.narrowing.by_place and to.of_targets and not to.indicator):
        found["quarter"], found["plans"] = silent_plans(connection, to)
    return found


def indicators(connection: sqlite3.Connection) -> list[str]:
    """Codes of the indicators that targets have, the commonest first."""
    sql = "select code from indicators where targets_count > 0 and code != 'other' order by targets_count desc, code"
    return [one["code"] for one in rows(connection, sql)]


def years(connection: sqlite3.Connection) -> list[int]:
    """The years that there are plans of, the newest first."""
    sql = "select distinct year from plans where year is not null order by year desc"
    return [one["year"] for one in rows(connection, sql)]
