"""The plans that a report may be about, with their targets: those of its place and level, found by indexed columns."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from extract.text import fold
from publish.cells import from_iso
from publish.citation_links import cites
from publish.plan_rows import citation_rows
from publish.shared_rows import locality_key
from schemas import Change, Comparator, Record, Scope

_REPORT, _OTHER = "BC", "other"
_MOST_PLANS = 200  # of one place


@dataclass(frozen=True, slots=True)
class Level:
    """One number that a target asks for."""

    comparator: Comparator
    value: float
    unit: str
    per: str | None = None
    of: float | None = None
    subject: str | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target as values are held against it."""

    id: str
    text: str
    levels: tuple[Level, ...] = ()
    indicator: str = _OTHER
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that a report may be about; `named` says that the report cites it by number and date or issuer."""

    id: str
    title: str
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    start: date | None = None
    end: date | None = None
    named: bool = False
    targets: tuple[Wanted, ...] = ()


_PLANS = """
    select plans.id, plans.title, plans.filename, plans.number, plans.issuer, plans.issuer_level, plans.issued_date,
        plans.period_start, plans.period_end, plans.year
    from plans where {where} and plans.targets_count > 0 and coalesce(plans.kind, '') != ? and plans.id != ?
    order by plans.issued_date desc, plans.id limit ?
"""
_TARGETS = """
    select id, text, indicator, due_end, scope from targets where plan_id = ? order by scope = 'result', position
"""
_LEVELS = """
    select targets.id, measures.comparator, measures.value, measures.unit, measures.per, measures.out_of,
        measures.subject, measures.change
    from targets join measures on measures.target_id = targets.id
    where targets.plan_id = ? order by targets.position, measures.position
"""


def plans_for(connection: sqlite3.Connection, report: Record) -> list[Plan]:
    """The plans of the report's own place, and those of its issuer that name no place."""
    citations = citation_rows(report)
    found = {row["id"]: row for row in _rows_for(connection, report) if _same_level(report, row)}
    plans = [_plan(row, named=any(cites(citation, row) for citation in citations)) for row in found.values()]
    return [_with_targets(connection, plan) for plan in plans]


def _rows_for(connection: sqlite3.Connection, report: Record) -> Iterator[dict[str, Any]]:
    if report.document.issuer:
        where = "plans.locality_id is null and plans.issuer = ?"
        yield from _selected(connection, where, report, [report.document.issuer])
    for key in _places(connection, report):
        yield from _selected(connection, "plans.locality_id = ?", report, [key])


def _selected(
    connection: sqlite3.Connection, where: str, report: Record, values: Sequence[str | None]
) -> Iterator[dict[str, Any]]:
    sql = _PLANS.format(where=where)
    cursor = connection.execute(sql, (*values, _REPORT, report.id, _MOST_PLANS))
    names = [column for column, *_ in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _places(connection: sqlite3.Connection, report: Record) -> Iterator[str]:
    """The keys of the report's place: reports and plans do not always both say the province."""
    place = report.document.locality
    own = locality_key(place)
    if own is None:
        return
    yield own
    sql = "select id, name, province from localities where full_name = ? or full_name between ? and ?"
    name = " ".join(filter(None, (place.type, place.name)))
    name = name[:1].upper() + name[1:]
    for key, _, province in connection.execute(sql, (name, f"{name}, ", f"{name}, \U0010ffff")):
        unclear = not province or not place.province
        if key != own and (unclear or fold(province) == fold(place.province or "")):
            yield key


def _same_level(report: Record, plan: dict[str, Any]) -> bool:
    """Whether both speak for the same body: a school's figures are not its commune's, though it lies there."""
    level, issuer = report.document.issuer_level, report.document.issuer
    if issuer and plan["issuer"] and fold(issuer) == fold(plan["issuer"]):
        return True
    return level is None or plan["issuer_level"] is None or (str(level) == plan["issuer_level"] != "other")


def _plan(row: dict[str, Any], *, named: bool) -> Plan:
    issued, start, end = (from_iso(row[name]) for name in ("issued_date", "period_start", "period_end"))
    if end is None and row["year"] and start is None:
        start, end = date(row["year"], 1, 1), date(row["year"], 12, 31)
    title = row["title"] or row["filename"]
    return Plan(row["id"], title, row["number"], row["issuer"], issued, start, end, named=named)


def _with_targets(connection: sqlite3.Connection, plan: Plan) -> Plan:
    levels: dict[str, list[Level]] = defaultdict(list)
    for key, comparator, value, unit, per, of, subject, change in connection.execute(_LEVELS, (plan.id,)):
        if comparator and value is not None:
            moved = Change(change) if change else None
            levels[key].append(Level(Comparator(comparator), value, unit or "", per, of, subject, moved))
    own: list[Wanted] = []
    for key, text, indicator, due, scope in connection.execute(_TARGETS, (plan.id,)):
        target = Wanted(key, text, tuple(levels[key]), indicator or _OTHER, from_iso(due))
        if scope != Scope.RESULT or not any(_asks_again(target, other) for other in own):
            own.append(target)
    return replace(plan, targets=tuple(own))


def _asks_again(result: Wanted, target: Wanted) -> bool:
    """Whether a task's result is one of the plan's targets said again: the same indicator, number and unit."""
    asked = [[(level.value, level.unit) for level in one.levels[:1]] for one in (result, target)]
    return result.indicator == target.indicator != _OTHER and asked[0] == asked[1] != []
