"""The targets and tasks of plans meant -> the lines of a progress sheet, to be filled in."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from extract.errors import KehoachError
from publish.cells import from_iso
from publish.locking import reading
from publish.progress.columns import TARGET, TASK, Name
from publish.progress.target_units import shown_unit
from publish.search import folded
from schemas.codelists import by_code

Line = dict[Name, object]

MOST_TIMES = 60  # lines of one recurring duty: five years of months, a year of weeks
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}
_REPORT = "BC"
_PLANS = """
    select plans.id, coalesce(plans.number, plans.title), plans.number, plans.kind, localities.id, localities.full_name
    from plans left join localities on localities.id = plans.locality_id order by plans.issued_date, plans.id
"""
_TARGETS = """
    select targets.id, targets.text, coalesce(targets.due_text, targets.due_end, plans.period_end), comparator, value,
        unit, per, change
    from targets join plans on plans.id = targets.plan_id
    left join measures on measures.target_id = targets.id and measures.position = 1
    where targets.plan_id = ? order by targets.position
"""
_TASKS = """
    select tasks.id, tasks.text, coalesce(tasks.deadline_text, tasks.deadline_end), tasks.active_from,
        (select group_concat(name, '; ') from
            (select name from task_units where task_units.task_id = tasks.id order by position))
    from tasks where tasks.plan_id = ? order by tasks.position
"""
_DAYS = "select task_id, day from task_days where plan_id = ? and recurring order by task_id, day"
_STANDING = """
    select fact.{owner}, fact.as_of, fact.period_start, fact.period_end, {told}
    from {table} as fact join {things} as thing on thing.id = fact.{owner}
    where thing.plan_id = ? and not exists (select 1 from {table} as later where later.supersedes = fact.id)
    order by fact.as_of, fact.recorded_at, fact.id
"""


class NothingAsked(KehoachError):
    """No plan is meant by what was asked for; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which plans: by id or number, by locality id or words of its name (accents optional); all where nothing is said.

    Of recurring duties the times that fall due from `first` to `last` (ISO days, both included).
    """

    plan: str | None = None
    locality: str | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines, and how many times of recurring duties are left out because there are too many."""

    lines: Sequence[Line]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Time:
    """One time that a recurring duty falls due, and the days that it is for, of which that is the last.

    A state whose period holds the day `due` is a state of this time.
    """

    start: date
    due: date


def asked_lines(db: Path, selection: Selection) -> Asked:
    """A line a target, a task, or a time of a recurring one; raises NothingAsked where there is no such plan."""
    with closing(reading(db)) as connection:
        plans = _plans(connection, selection)
        if not plans:
            meant = selection.plan or selection.locality or "cơ sở dữ liệu"
            raise NothingAsked(f"{meant}: không có kế hoạch nào như vậy; xem danh sách ở trang /ke-hoach")
        lines: list[Line] = []
        left_out = 0
        for plan, name in plans:
            lines += ({Name.PLAN: name, **line} for line in _targets(connection, plan))
            tasks = list(_tasks(connection, plan, selection))
            lines += ({Name.PLAN: name, **line} for line, _ in tasks)
            left_out += sum(more for _, more in tasks)
    return Asked(lines, left_out)


def _plans(connection: sqlite3.Connection, selection: Selection) -> list[tuple[str, str]]:
    """Keys and names of the plans meant; a report is none unless it is asked for by itself."""
    place, wanted = folded(selection.locality), selection.plan
    return [
        (key, name)
        for key, name, number, kind, locality, locality_name in connection.execute(_PLANS)
        if (wanted in {key, number} if wanted else kind != _REPORT)
        and (not place or selection.locality == locality or place in folded(locality_name))
    ]


def _targets(connection: sqlite3.Connection, plan: str) -> Iterator[Line]:
    latest = {key: _figure(*told) for key, told in _standing(connection, "actuals", plan, "value, unit").items()}
    bases = {key: _figure(*told) for key, told in _standing(connection, "baselines", plan, "value, unit").items()}
    for key, text, due, comparator, value, unit, per, change in connection.execute(_TARGETS, (plan,)):
        level = "" if value is None else f"{_SIGNS[comparator]}{_number(value)}"
        moved = by_code("changes")[change]["label_vi"] + " " if change else ""
        counted = " ".join(filter(None, (level, shown_unit(unit)))) + (f"/{per}" if per else "")
        yield {
            Name.ID: key,
            Name.KIND: TARGET,
            Name.TEXT: text,
            Name.LEVEL: f"{moved}{counted}",
            Name.DUE: _as_day(due),
            Name.UNIT: shown_unit(unit),
            Name.LATEST: latest.get(key),
            Name.KNOWN_BASE: bases.get(key),
        }


def _tasks(connection: sqlite3.Connection, plan: str, selection: Selection) -> Iterator[tuple[Line, int]]:
    """The lines of each task, and how many times of it come after the last one that has a line."""
    states = _states(connection, plan)
    days: dict[str, list[date]] = defaultdict(list)
    for key, day in connection.execute(_DAYS, (plan,)):
        days[key].append(date.fromisoformat(day))
    for key, text, due, begins, units in connection.execute(_TASKS, (plan,)):
        about: Line = {Name.ID: key, Name.KIND: TASK, Name.TEXT: text, Name.DUE: _as_day(due), Name.UNITS: units}
        if key not in days:
            yield about | {Name.LATEST: _latest_state(states[key], None)}, 0
            continue
        times = [time for time in times_of(days[key], begins) if _within(time.due, selection)]
        for at, time in enumerate(times[:MOST_TIMES], 1):
            more = len(times) - MOST_TIMES if at == MOST_TIMES else 0
            yield about | _of_time(time) | {Name.LATEST: _latest_state(states[key], time)}, more


def times_of(days: Sequence[date], begins: str | None) -> Iterator[Time]:
    """The times of a duty that falls due on some days, in order: each is for the days since the one before."""
    start = from_iso(begins)
    for day in days:
        yield Time(min(start or day, day), day)
        start = day + timedelta(days=1)


def _of_time(time: Time) -> Line:
    return {Name.DUE: _shown(time.due), Name.START: time.start, Name.END: time.due}


def _within(day: date, selection: Selection) -> bool:
    return (selection.first or "") <= day.isoformat() <= (selection.last or "9999")


def _standing(connection: sqlite3.Connection, table: str, plan: str, told: str) -> Mapping[str, tuple[Any, ...]]:
    """What holds of each target: the latest of what nothing has replaced."""
    sql = _STANDING.format(owner="target_id", table=table, things="targets", told=told)
    return {key: (as_of, *rest) for key, as_of, _, _, *rest in connection.execute(sql, (plan,))}


def _states(connection: sqlite3.Connection, plan: str) -> Mapping[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    sql = _STANDING.format(owner="task_id", table="reported_states", things="tasks", told="fact.state")
    for key, *told in connection.execute(sql, (plan,)):
        found[key].append(tuple(told))
    return found


def _latest_state(states: Sequence[tuple[Any, ...]], time: Time | None) -> str | None:
    """The latest state of a task, or of one time of it: of a period that holds the day it falls due."""
    due = time.due.isoformat() if time else None
    told = [one for one in states if due is None or (one[1] or "9") <= due <= (one[2] or "")]
    if not told:
        return None
    as_of, _, _, state = told[-1]
    return f"{by_code('task_states')[state]['label_vi']} ({_as_day(as_of)})"


def _figure(as_of: str, value: float, unit: str | None) -> str:
    return f"{_number(value)} {shown_unit(unit) or ''}".rstrip() + f" ({_as_day(as_of)})"


def _number(value: float) -> str:
    """A number as Vietnamese write it.

    >>> _number(1250.5), _number(85.0)
    ('1.250,5', '85')
    """
    whole, _, rest = f"{value:,.9f}".partition(".")
    return ",".join(filter(None, (whole.replace(",", "."), rest.rstrip("0"))))


def _as_day(text: str | None) -> str | None:
    """A day of ISO 8601 as Vietnamese write it; other words as they are."""
    try:
        return _shown(date.fromisoformat(text)) if text and len(text) == 10 else text
    except ValueError:
        return text


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
