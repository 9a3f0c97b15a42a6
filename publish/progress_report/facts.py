"""The database -> what the report of one plan is made of."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from publish.cells import from_iso
from publish.pages.page import row, rows
from publish.progress_report.letterhead import Body, Printed
from publish.progress_report.period import Period
from publish.progress_report.wording import printable
from schemas import Role

_Row = Mapping[str, Any]

_PLAN = """
    select plans.id, plans.slug, plans.title, plans.kind, plans.number, plans.symbol, plans.issuer, plans.place,
        plans.issued_date, plans.signer_name, plans.signer_position, plans.recipients, plans.text,
        localities.type || ' ' || localities.name as locality
    from plans left join localities on localities.id = plans.locality_id where plans.id = ?
"""
_PLACES = "select field, span_start, span_end from plan_spans where plan_id = ? order by span_start"
_TARGETS = """
    select targets.id, targets.text, coalesce(targets.due_end, plans.period_end) as due,
        targets.due_end is not null as due_itself
    from targets join plans on plans.id = targets.plan_id where targets.plan_id = ? order by targets.position
"""
_MEASURES = """
    select measures.target_id, measures.comparator, measures.value, measures.unit, measures.change
    from targets join measures on measures.target_id = targets.id
    where targets.plan_id = ? and measures.value is not null order by targets.position, measures.position
"""
_ACTUALS = """
    select actuals.id, actuals.value, actuals.unit, actuals.percent, actuals.as_of, actuals.source, actuals.note
    from targets join actuals on actuals.target_id = targets.id where targets.plan_id = ?
"""
_JUDGED = """
    select target_id, status, reason, value, actual_id from target_spells
    where plan_id = :plan and :day between from_day and until_day
"""
_TASKS = """
    select id, text, deadline_text, deadline_end, deadline_kind = 'recurring' as recurring
    from tasks where plan_id = ? order by position
"""
# As of a day; a task without any day on which it falls due has one row, its day null.
_OCCURRENCES = """
    select tasks.id as task_id, task_days.day, coalesce(spells.status,
        case when task_days.day < :day then 'not_reported' else 'not_due' end) as status,
        states.as_of, states.source, states.note
    from tasks
    left join task_days on task_days.task_id = tasks.id
    left join occurrence_spells as spells on spells.task_id = tasks.id and spells.due = coalesce(task_days.day, '')
        and :day between spells.from_day and spells.until_day
    left join reported_states as states on states.id = spells.state_id
    where tasks.plan_id = :plan order by tasks.position, task_days.day
"""
_UNITS = """
    select task_units.task_id, task_units.role, task_units.name
    from tasks join task_units on task_units.task_id = tasks.id where tasks.plan_id = ? order by task_units.position
"""
_RESULTS = """
    select task_results.task_id, task_results.text
    from tasks join task_results on task_results.task_id = tasks.id where tasks.plan_id = ?
    order by task_results.position
"""
_UNJUDGED: _Row = {"status": "no_data", "reason": "", "value": None, "actual_id": None}
_NOT_YET = {"not_due", "not_started", "doing_in_time"}
_LEADING, _OTHERS = (Role.LEAD, Role.IMPLEMENT), (Role.COORDINATE,)


@dataclass(frozen=True, slots=True)
class Level:
    """What a target asks for; `upper` is the other end of a range."""

    comparator: str
    value: float
    unit: str | None
    change: str | None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The latest value reported of a target."""

    value: float
    unit: str | None
    percent: float | None
    as_of: date
    source: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A target with its judgement; `converted` is what was reached in the level's own unit.

    `due` is the plan's last day unless `due_itself`.
    """

    text: str
    level: Level | None
    due: date | None
    due_itself: bool
    status: str
    reason: str
    reached: Reached | None
    converted: float | None

    @property
    def of_plan(self) -> float | None:
        """What was reached, in percent of what is asked for; None where the two can't be divided."""
        level = self.level
        divides = level and level.comparator in {"=", ">=", ">"} and level.change is None and level.unit != "rank"
        if not level or not divides or not level.value or self.converted is None:
            return None
        return round(self.converted / level.value * 100, 1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day on which a task falls due, None where it has none; `status` is a code of `task_statuses`."""

    day: date | None
    status: str
    as_of: date | None = None
    source: str | None = None
    note: str | None = None

    @property
    def kept(self) -> str:
        """What became of a recurring duty on that day: in_time, late or missing."""
        return {"done_in_time": "in_time", "done_late": "late"}.get(self.status, "missing")


@dataclass(frozen=True, slots=True)
class Task:
    """A task; of a recurring one `past` are the days that came in the report's time and `coming` those after it.

    `standing` is how another one stands.
    """

    text: str
    lead: str
    others: str
    results: str
    deadline: str
    recurring: bool
    standing: Occurrence
    past: tuple[Occurrence, ...] = ()
    coming: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan, and how far it has come."""

    slug: str
    title: str
    kind: str
    number: str | None
    issuer: str | None
    issued: date | None
    recipients: tuple[str, ...]
    body: Body
    printed: Printed
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]


def plan_facts(connection: sqlite3.Connection, key: str, period: Period) -> Facts | None:
    """What the database knows of a plan as of the period's end; None where there is no such plan."""
    plan = row(connection, _PLAN, key)
    if plan is None:
        return None
    places = defaultdict(list)
    for place in rows(connection, _PLACES, key):
        places[place["field"]].append((place["span_start"], place["span_end"]))
    named = ("issuer", "number", "symbol", "place", "locality", "signer_name", "signer_position")
    return Facts(
        slug=plan["slug"] or key,
        title=plan["title"] or "",
        kind=plan["kind"] or "",
        number=plan["number"],
        issuer=plan["issuer"],
        issued=from_iso(plan["issued_date"]),
        recipients=tuple(json.loads(plan["recipients"] or "[]")),
        body=Body(**{name: plan[name] for name in named}),
        printed=Printed(plan["text"] or "", places),
        targets=tuple(_targets(connection, key, period.end)),
        tasks=tuple(_tasks(connection, key, period)),
    )


def _targets(connection: sqlite3.Connection, key: str, as_of: date) -> list[Target]:
    levels = _levels(connection, key)
    actuals = {one["id"]: one for one in rows(connection, _ACTUALS, key)}
    judged = {one["target_id"]: one for one in rows(connection, _JUDGED, plan=key, day=as_of.isoformat())}
    return [
        _target(one, levels.get(one["id"]), judged.get(one["id"], _UNJUDGED), actuals)
        for one in rows(connection, _TARGETS, key)
    ]


def _target(one: _Row, level: Level | None, judged: _Row, actuals: Mapping[str, _Row]) -> Target:
    found = actuals.get(judged["actual_id"] or "")
    return Target(
        text=one["text"],
        level=level,
        due=from_iso(one["due"]),
        due_itself=bool(one["due_itself"]),
        status=judged["status"],
        reason=judged["reason"] or "",
        reached=_reached(found) if found else None,
        converted=judged["value"],
    )


def _reached(found: _Row) -> Reached:
    named = {name: found[name] for name in ("value", "unit", "percent", "source", "note")}
    return Reached(as_of=date.fromisoformat(found["as_of"]), **named)


def _levels(connection: sqlite3.Connection, key: str) -> dict[str, Level]:
    """The first measure of each target; the next one where it closes a range: "90 - 95%"."""
    measures: dict[str, list[Level]] = defaultdict(list)
    for one in rows(connection, _MEASURES, key):
        measures[one["target_id"]].append(Level(one["comparator"], one["value"], one["unit"], one["change"]))
    return {of: _as_range(first, *others[:1]) for of, (first, *others) in measures.items()}


def _as_range(lower: Level, upper: Level | None = None) -> Level:
    closes = upper and (lower.comparator, upper.comparator, lower.unit) == (">=", "<=", upper.unit)
    return replace(lower, upper=upper.value) if upper and closes else lower


def _tasks(connection: sqlite3.Connection, key: str, period: Period) -> Iterator[Task]:
    days: dict[str, list[Occurrence]] = defaultdict(list)
    for one in rows(connection, _OCCURRENCES, plan=key, day=period.end.isoformat()):
        told = (from_iso(one["as_of"]), one["source"], one["note"])
        days[one["task_id"]].append(Occurrence(from_iso(one["day"]), one["status"], *told))
    units = _grouped(rows(connection, _UNITS, key), "name")
    results = _grouped(rows(connection, _RESULTS, key), "text")
    for one in rows(connection, _TASKS, key):
        found, recurring = days[one["id"]], bool(one["recurring"])
        yield Task(
            text=one["text"],
            lead=_joined(units[one["id"]], *_LEADING),
            others=_joined(units[one["id"]], *_OTHERS),
            results=_joined(results[one["id"]], ""),
            deadline=one["deadline_text"] or "",
            recurring=recurring,
            standing=found[-1],
            past=tuple(day for day in found if _came(day, period)) if recurring else (),
            coming=tuple(day.day for day in found if day.day and day.day > period.end) if recurring else (),
        )


def _came(occurrence: Occurrence, period: Period) -> bool:
    """Whether a duty's day lies in the report's time and was not called off; on that day itself it may yet be kept."""
    day, status = occurrence.day, occurrence.status
    if day is None or day > period.end or status in _NOT_YET or status == "dropped":
        return False
    return period.start is None or day >= period.start


def _grouped(found: Sequence[_Row], name: str) -> dict[str, list[tuple[str, str]]]:
    """(role, text) by task."""
    by_task: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in found:
        by_task[one["task_id"]].append((one.get("role", ""), printable(one[name])))
    return by_task


def _joined(texts: list[tuple[str, str]], *roles: str) -> str:
    """The texts of the first of the roles that has any."""
    for role in roles:
        if said := [text for of, text in texts if of == role]:
            return "; ".join(dict.fromkeys(said))
    return ""
