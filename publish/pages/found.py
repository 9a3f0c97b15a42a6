"""Entries that a search page shows -> what is said of each: its text, plan, place, deadline, units."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from publish.pages.marking import Marker
from publish.pages.nearness import Entry
from publish.pages.page import rows
from publish.search import Term

Rows = list[dict[str, Any]]

_PLAN = """
    plans.id as plan_id, plans.slug as plan_slug, plans.title as plan_title, plans.filename, plans.number, plans.issuer,
    plans.issued_date, plans.signer_name, plans.kind as document_kind, plans.targets_count, plans.tasks_count,
    plans.locality_id, localities.full_name as locality
    from {} left join localities on localities.id = plans.locality_id
"""
_PLANS = "select plans.id as record_id, " + _PLAN.format("plans") + " where plans.id in ({})"
_TARGETS = (
    """
    select targets.id as record_id, targets.text, targets.indicator, targets.confidence, targets.quarter,
        targets.due_text, targets.due_end, targets.due_kind,
    """
    + _PLAN.format("targets join plans on plans.id = targets.plan_id")
    + " where targets.id in ({})"
)
_TASKS = (
    """
    select tasks.id as record_id, tasks.text, tasks.kind as task_kind, tasks.confidence, tasks.quarter,
        tasks.deadline_text, tasks.deadline_end, tasks.deadline_kind,
    """
    + _PLAN.format("tasks join plans on plans.id = tasks.plan_id")
    + " where tasks.id in ({})"
)
_UNITS = """
    select task_units.task_id, task_units.role, task_units.unit_id, units.name
    from task_units join units on units.id = task_units.unit_id where task_units.task_id in ({})
    order by task_units.task_id, task_units.position
"""
_BY_KIND = {"plan": _PLANS, "target": _TARGETS, "task": _TASKS}


def shown(connection: sqlite3.Connection, entries: Sequence[Entry]) -> Rows:
    """The entries in their order, each with its `kind` and all that the page says of it."""
    by_key: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, sql in _BY_KIND.items():
        keys = [entry["record_id"] for entry in entries if entry["kind"] == kind]
        by_key |= {(kind, one["record_id"]): {**one, "kind": kind} for one in _of(connection, sql, keys)}
    found = [by_key[key] for entry in entries if (key := (entry["kind"], entry["record_id"])) in by_key]
    units = _of(connection, _UNITS, [one["record_id"] for one in found if one["kind"] == "task"])
    for one in found:
        one["units"] = [unit for unit in units if unit["task_id"] == one["record_id"]]
    return found


def _of(connection: sqlite3.Connection, sql: str, keys: Sequence[str]) -> Rows:
    return rows(connection, sql.format(",".join("?" * len(keys))), *keys) if keys else []


def in_text(connection: sqlite3.Connection, plan_ids: Sequence[str], terms: Sequence[Term]) -> Rows:
    """Plans with the place of their text where the words stand, in the order given."""
    by_key = {one["record_id"]: {**one, "kind": "text"} for one in _of(connection, _PLANS, plan_ids)}
    marker = Marker(terms)
    sql = "select id, text from plans where id in ({})"
    for one in _of(connection, sql, plan_ids):
        by_key[one["id"]]["place"] = marker.place(one["text"])
    return [by_key[key] for key in plan_ids if key in by_key]


def names(connection: sqlite3.Connection, keys: Iterable[int]) -> Rows:
    """Units, localities and indicators among the entries, each with its `name` and a count."""
    sql = """
        select search_entries.kind, search_entries.record_id,
            coalesce(units.name, localities.full_name) as name,
            coalesce(units.tasks_count, localities.plans_count, indicators.targets_count) as number
        from search_entries
        left join units on search_entries.kind = 'unit' and units.id = search_entries.record_id
        left join localities on search_entries.kind = 'place' and localities.id = search_entries.record_id
        left join indicators on search_entries.kind = 'indicator' and indicators.code = search_entries.record_id
        where search_entries.id in (select value from json_each(?)) order by search_entries.id desc
    """
    return rows(connection, sql, json.dumps(list(keys)))
