"""What a line of a list of targets or tasks says: texts, levels, plans, and the entry that a status rests on."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from publish.pages.levels import Level, levels
from publish.pages.page import rows
from publish.pages.task_lists import tasks_by_key

Rows = list[dict[str, Any]]
Known = dict[str, dict[str, Any]]


def _targets(connection: sqlite3.Connection, keys: Sequence[str]) -> Known:
    """What a line says of each target: its text, its `level`, its plan."""
    places = ", ".join("?" * len(keys))
    measures: dict[str, Rows] = defaultdict(list)
    for one in rows(
        connection,
        f"select * from measures where target_id in ({places}) order by target_id, position",  # noqa: S608
        *keys,
    ):
        measures[one["target_id"]].append(one)
    found = rows(
        connection,
        f"""
        select targets.id, targets.plan_id, targets.position, targets.text, targets.indicator, targets.due_end,
            targets.due_text, targets.confidence, plans.slug as plan_slug, plans.title as plan_title, plans.filename,
            plans.number as plan_number, plans.issuer, plans.period_end, plans.locality_id,
            localities.full_name as locality
        from targets join plans on plans.id = targets.plan_id left join localities on localities.id = plans.locality_id
        where targets.id in ({places})
        """,  # noqa: S608
        *keys,
    )
    return {one["id"]: {**one, "level": level_of(measures[one["id"]])} for one in found}


def level_of(measures: Rows) -> Level | None:
    """The level that a target is judged by: the first."""
    return next(iter(levels(measures)), None)


def targets_with_actuals(connection: sqlite3.Connection, lines: Rows) -> Known:
    """What lines with a `target_id` say, and the `actual` that their status rests on."""
    known = _targets(connection, [one["target_id"] for one in lines])
    actuals = _by_id(connection, "actuals", [one["actual_id"] for one in lines])
    return {one["target_id"]: {**known[one["target_id"]], "actual": actuals.get(one["actual_id"])} for one in lines}


def tasks_with_states(connection: sqlite3.Connection, lines: Rows) -> Known:
    """What lines with a `task_id` say, and the `state` that their status rests on."""
    known = tasks_by_key(connection, (one["task_id"] for one in lines))
    states = _by_id(connection, "reported_states", [one.get("state_id") for one in lines])
    return {one["task_id"]: {**known[one["task_id"]], "state": states.get(one.get("state_id"))} for one in lines}


def _by_id(connection: sqlite3.Connection, table: str, keys: Sequence[str | None]) -> dict[str | None, dict[str, Any]]:
    wanted = [key for key in keys if key]
    sql = f"select * from {table} where id in ({', '.join('?' * len(wanted))})"  # noqa: S608
    return {one["id"]: one for one in rows(connection, sql, *wanted)}
