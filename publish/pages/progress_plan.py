"""One plan's progress: each target and task as of a day, its recurring duties by occurrence, all that was entered."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.pages.page import rows
from publish.pages.plan import head, known_key, targets, tasks
from publish.pages.progress_counts import Tally
from publish.pages.progress_facts import facts, standing
from publish.pages.progress_item import OCCURRENCES, TargetProgress, held, with_states
from publish.pages.progress_lines import level_of
from publish.pages.progress_scope import day_shown
from publish.pages.progress_spark import Spark, spark

Rows = list[dict[str, Any]]

_AT = "plan_id = :key and from_day <= :day and until_day >= :day"
_SPELLS = f"select * from target_spells where {_AT}"  # noqa: S608 (of our own making)
_COURSES = f"select * from target_courses where {_AT}"  # noqa: S608
_HELD = """
    select distinct actual_id, value, expected from target_spells where plan_id = ? and actual_id is not null
"""


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """As of `day` ("" where nothing was ever reported and no day is asked for).

    `targets` have `level`, `spell`, `course`, `actual` (the entry that the status rests on) and `spark`; `tasks` have
    `units` and their one `occurrence`, `duties` all their `occurrences`. `entries` are batches of what was entered.
    """

    plan: dict[str, Any]
    day: str
    latest: str | None
    targets: Rows
    tasks: Rows
    duties: Rows
    entries: Rows
    reports: Rows

    @property
    def of_targets(self) -> Tally:
        """The targets by status."""
        return Tally("", "", Counter(one["spell"]["status"] for one in self.targets if one["spell"]))

    @property
    def of_tasks(self) -> Tally:
        """The tasks by status, each occurrence of a recurring one by itself."""
        once = Counter(one["occurrence"]["status"] for one in self.tasks)
        again = Counter(one["status"] for duty in self.duties for one in duty["occurrences"])
        return Tally("", "", once + again)


def plan_progress(connection: sqlite3.Connection, given: str, typed_day: str = "") -> PlanProgress | None:
    """The progress of the plan that an address names; None where there is none."""
    key = known_key(connection, given)
    plan = head(connection, key) if key else None
    if not key or not plan:
        return None
    day, latest = day_shown(connection, typed_day)
    at = {"key": key, "day": day or "0001-01-01"}
    own_targets, own_tasks = targets(connection, key), tasks(connection, key)
    told = facts(connection, "actuals", [one["id"] for one in own_targets])
    states = facts(connection, "reported_states", [one["id"] for one in own_tasks])
    once, again = _tasks(connection, at, own_tasks, states)
    named = {one["id"]: one for one in (*own_targets, *own_tasks)}
    return PlanProgress(
        plan=plan,
        day=day,
        latest=latest,
        targets=_targets(connection, at, own_targets, told),
        tasks=once,
        duties=again,
        entries=_entries(told, states, named),
        reports=_reports([*told, *states]),
    )


def _targets(connection: sqlite3.Connection, at: Mapping[str, str], own: Rows, told: Rows) -> Rows:
    spells = {one["target_id"]: one for one in rows(connection, _SPELLS, **at)}
    courses = {one["target_id"]: one for one in rows(connection, _COURSES, **at)}
    by_target: dict[str, Rows] = defaultdict(list)
    for one in held(told, rows(connection, _HELD, at["key"])):
        by_target[one["target_id"]].append(one)
    return [_target(one, spells.get(one["id"]), courses.get(one["id"]), by_target[one["id"]]) for one in own]


def _target(own: dict[str, Any], spell: Any, course: Any, told: Rows) -> dict[str, Any]:
    level = level_of(own["measures"])
    drawn = TargetProgress("", None, level, spell, course, told, []).chart
    actual = next((one for one in told if spell and one["id"] == spell["actual_id"]), None)
    picture: Spark | None = spark(drawn) if drawn else None
    latest = actual or next(reversed(standing(told)), None)
    return {**own, "level": level, "spell": spell, "course": course, "actual": latest, "spark": picture, "told": told}


def _tasks(connection: sqlite3.Connection, at: Mapping[str, str], own: Rows, told: Rows) -> tuple[Rows, Rows]:
    """The tasks that are done once, and those that come again."""
    found: dict[str, Rows] = defaultdict(list)
    for one in with_states(rows(connection, OCCURRENCES.format(owner="plan_id"), **at), told):
        found[one["task_id"]].append(one)
    once, again = [], []
    for task in own:
        some = found.get(task["id"]) or [{"due": "", "recurring": 0, "status": "not_due", "state": None}]
        if some[0]["recurring"]:
            again.append({**task, "occurrences": some, "numbers": Counter(one["status"] for one in some)})
        else:
            once.append({**task, "occurrence": some[-1]})
    return once, again


def _entries(told: Rows, states: Rows, named: Mapping[str, dict[str, Any]]) -> Rows:
    """What was entered, by when and by whom: the newest first; each entry with its target or task (`of`)."""
    batches: dict[tuple[str, str], Rows] = defaultdict(list)
    by_id = {one["id"]: one for one in (*told, *states)}
    for one in (*told, *states):
        of = named[one.get("target_id") or one["task_id"]]
        corrected = by_id.get(one["supersedes"] or "")
        batches[one["recorded_at"] or "", one["recorded_by"] or ""].append({**one, "of": of, "corrects": corrected})
    return [
        {"at": at, "by": by, "entries": batches[at, by], "corrections": sum(bool(one["corrects"]) for one in some)}
        for (at, by), some in sorted(batches.items(), reverse=True)
    ]


def _reports(told: Rows) -> Rows:
    """The reports that entries were read in, each once."""
    return list({one["report_id"]: one for one in told if one["report_slug"] or one["report_id"]}.values())
