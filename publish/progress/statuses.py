"""The database -> how far each target and task has come, as of a day."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from publish.cells import from_iso
from publish.progress.status import Course, Figure, Judgement, Level, target_status
from publish.progress.task_status import Occurrence, Stated, occurrences
from schemas import Change, Comparator, TaskState

# Of the plans asked for: one, those of a locality, or all.
_ASKED = """
    join plans on plans.id = {owner}.plan_id
    where (:plan is null or plans.id = :plan) and (:locality is null or plans.locality_id = :locality)
"""
_TARGETS = f"""
    select targets.id, targets.plan_id, targets.text, targets.indicator, plans.locality_id, targets.year,
        comparator, value, top, unit, change, reading, start, due, counted_from, counted_since, from_day, until_day
    from targets join target_courses as course on course.target_id = targets.id and :day between from_day and until_day
    {_ASKED.format(owner="targets")} order by targets.plan_id, targets.position
"""  # noqa: S608 (names of our own)
_TASKS = f"""
    select tasks.id, tasks.plan_id, tasks.text, plans.locality_id, tasks.deadline_text
    from tasks {_ASKED.format(owner="tasks")} order by tasks.plan_id, tasks.position
"""  # noqa: S608
_DAYS = f"""
    select task_id, day, recurring from task_days {_ASKED.format(owner="task_days")} order by task_id, day
"""  # noqa: S608
_STANDING = """
    select entered.* from {entered} as entered join {owner}s as owners on owners.id = entered.{owner}_id
    {asked} and entered.as_of <= :day
    and not exists (select 1 from {entered} as later where later.supersedes = entered.id)
"""


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A target with what it is judged by and its judgement."""

    id: str
    plan_id: str
    text: str
    indicator: str
    locality_id: str | None
    year: int | None
    course: Course
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task with its occurrences in the order of their days, as they stand."""

    id: str
    plan_id: str
    text: str
    locality_id: str | None
    deadline_text: str | None
    recurring: bool
    occurrences: tuple[Occurrence, ...]


def target_statuses(
    connection: sqlite3.Connection, as_of: date, *, plan: str | None = None, locality: str | None = None
) -> list[TargetProgress]:
    """The targets of a plan, of a locality or of all, in the order of the plans' ids and of print."""
    asked = {"plan": plan, "locality": locality, "day": as_of.isoformat()}
    figures, bases = (_figures(connection, entered, asked) for entered in ("actuals", "baselines"))
    found = []
    for row in _rows(connection, _TARGETS, asked):
        course, key = _course(row), row["id"]
        judgement = target_status(course, figures.get(key, ()), as_of, bases.get(key, ()))
        found.append(
            TargetProgress(
                key, row["plan_id"], row["text"], row["indicator"], row["locality_id"], row["year"], course, judgement
            )
        )
    return found


def task_statuses(
    connection: sqlite3.Connection, as_of: date, *, plan: str | None = None, locality: str | None = None
) -> list[TaskProgress]:
    """The tasks of a plan, of a locality or of all, in the order of the plans' ids and of print."""
    asked = {"plan": plan, "locality": locality, "day": as_of.isoformat()}
    states = _states(connection, asked)
    days: dict[str, list[date]] = defaultdict(list)
    coming_again = set()
    for row in _rows(connection, _DAYS, asked):
        days[row["task_id"]].append(date.fromisoformat(row["day"]))
        if row["recurring"]:
            coming_again.add(row["task_id"])
    found = []
    for row in _rows(connection, _TASKS, asked):
        key, recurring = row["id"], row["id"] in coming_again
        stand = occurrences(days.get(key, ()), states.get(key, ()), as_of, recurring=recurring)
        found.append(
            TaskProgress(
                key, row["plan_id"], row["text"], row["locality_id"], row["deadline_text"], recurring, tuple(stand)
            )
        )
    return found


def counted(progress: Iterable[TargetProgress]) -> Mapping[str, int]:
    """How many targets have each status."""
    return Counter(one.judgement.status for one in progress)


def counted_occurrences(progress: Iterable[TaskProgress]) -> Mapping[str, int]:
    """How many occurrences of tasks have each status."""
    return Counter(occurrence.status for one in progress for occurrence in one.occurrences)


def _course(row: sqlite3.Row) -> Course:
    level = None
    if row["value"] is not None:
        change = Change(row["change"]) if row["change"] else None
        level = Level(Comparator(row["comparator"]), row["value"], row["unit"], change, row["top"])
    return Course(
        level,
        from_iso(row["start"]),
        from_iso(row["due"]),
        bool(row["reading"]),
        from_iso(row["counted_from"]),
        from_iso(row["counted_since"]),
        date.fromisoformat(row["from_day"]),
        date.fromisoformat(row["until_day"]),
    )


def _figures(connection: sqlite3.Connection, entered: str, asked: Mapping[str, object]) -> Mapping[str, list[Figure]]:
    """The figures that stand, of all days up to the one asked for; bases have no share beside them."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for row in _standing(connection, entered, "target", asked):
        percent = row["percent"] if entered == "actuals" else None
        found[row["target_id"]].append(
            Figure(
                date.fromisoformat(row["as_of"]),
                row["value"],
                row["unit"] or "",
                percent,
                from_iso(row["period_start"]),
                from_iso(row["period_end"]),
                row["recorded_at"] or "",
                row["id"],
            )
        )
    return found


def _states(connection: sqlite3.Connection, asked: Mapping[str, object]) -> Mapping[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for row in _standing(connection, "reported_states", "task", asked):
        found[row["task_id"]].append(
            Stated(
                date.fromisoformat(row["as_of"]),
                TaskState(row["state"]),
                from_iso(row["period_start"]),
                from_iso(row["period_end"]),
                row["recorded_at"] or "",
                row["id"],
            )
        )
    return found


def _standing(
    connection: sqlite3.Connection, entered: str, owner: str, asked: Mapping[str, object]
) -> list[sqlite3.Row]:
    sql = _STANDING.format(entered=entered, owner=owner, asked=_ASKED.format(owner="owners"))
    return _rows(connection, sql, asked)


def _rows(connection: sqlite3.Connection, sql: str, asked: Mapping[str, object]) -> list[sqlite3.Row]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, asked).fetchall()
