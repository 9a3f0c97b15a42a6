"""Nguồn: a target or a task with the plan it stands in; and a plan's stored record, from which all places are known."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from publish.pages.page import row, rows
from publish.pages.plan import head, known_key
from schemas import Record, Target, Task

Rows = list[dict[str, Any]]

TARGETS, TASKS = "targets", "tasks"


@dataclass(frozen=True, slots=True)
class Document:
    """A plan's own row, the record that was stored of it, and the path of its file as the database knows it."""

    plan: dict[str, Any]
    record: Record
    path: str | None

    def key(self, own: str) -> str:
        """The key of a target or task among all plans, from its id in the record (as `publish.item_rows` makes it)."""
        return own if own.startswith(self.record.id) else f"{self.record.id}-{own}"

    @property
    def items(self) -> dict[str, tuple[str, int, str]]:
        """Of each target and task by its id in the record: "targets" or "tasks", its number from 1, its key."""
        targets = {one.id: (TARGETS, at, self.key(one.id)) for at, one in enumerate(self.record.targets, 1)}
        tasks = {one.id: (TASKS, at, self.key(one.id)) for at, one in enumerate(self.record.tasks, 1)}
        return targets | tasks


@dataclass(frozen=True, slots=True)
class Item:
    """A target or a task: its `row`, what the record holds of it (`own`), and the rows about it.

    `headings` lead from the plan's outermost section to the one it stands in.
    """

    table: str
    row: dict[str, Any]
    own: Target | Task
    document: Document
    headings: Rows
    parts: dict[str, Rows]
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def plan(self) -> dict[str, Any]:
        """The plan's own row."""
        return self.document.plan


def item(connection: sqlite3.Connection, table: str, key: str) -> Item | None:
    """The target or task of a key; None where there is none."""
    found = row(connection, f"select * from {table} where id = ?", key)  # noqa: S608 (a name of our own)
    document = found and _document(connection, found["plan_id"])
    if not found or not document:
        return None
    items: tuple[Target | Task, ...] = document.record.targets if table == TARGETS else document.record.tasks
    about = {"plan": found["plan_id"], "position": found["position"]}
    beside = rows(
        connection,
        f"select id, position, text from {table} where plan_id = :plan and abs(position - :position) = 1",  # noqa: S608
        **about,
    )
    return Item(
        table=table,
        row=found,
        own=items[found["position"] - 1],
        document=document,
        headings=_headings(connection, found["plan_id"], found["section_id"]),
        parts=_parts(connection, table, key),
        before=next((one for one in beside if one["position"] < found["position"]), None),
        after=next((one for one in beside if one["position"] > found["position"]), None),
    )


def document(connection: sqlite3.Connection, given: str) -> Document | None:
    """The plan that an address names; None where there is none."""
    key = known_key(connection, given)
    return _document(connection, key) if key else None


def source(connection: sqlite3.Connection, given: str) -> Mapping[str, Any] | None:
    """What is to be known of a plan's file: `id`, `path`, `filename`, `sha256`, `media_type`, `pages`."""
    return row(
        connection,
        """
        select plans.id, plans.slug, plans.filename, plans.sha256, plans.media_type, plans.pages, sources.path
        from plans left join sources on sources.plan_id = plans.id where plans.id = ?
        """,
        known_key(connection, given),
    )


def _document(connection: sqlite3.Connection, key: str) -> Document | None:
    plan = head(connection, key)
    stored = row(
        connection,
        """
        select records.json, sources.path
        from records left join sources on sources.plan_id = records.plan_id where records.plan_id = ?
        """,
        key,
    )
    if not plan or not stored:
        return None
    return Document(plan, Record.model_validate_json(stored["json"]), stored["path"])


def _headings(connection: sqlite3.Connection, plan: str, section: str | None) -> Rows:
    """The section and those above it, outermost first; where a path comes twice, the nearest one before."""
    sections = rows(
        connection,
        """
        select id, path, label, heading, kind, span_start, span_end from sections
        where plan_id = ? and position <= (select position from sections where id = ?) order by position
        """,
        plan,
        section,
    )
    if not sections:
        return []
    above = accumulate(sections[-1]["path"].split("."), "{}.{}".format)
    latest = {one["path"]: one for one in sections}
    return [latest[path] for path in above if path in latest]


def _parts(connection: sqlite3.Connection, table: str, key: str) -> dict[str, Rows]:
    """The measures of a target; of a task its units and results too."""
    if table == TARGETS:
        return {"measures": rows(connection, "select * from measures where target_id = ? order by position", key)}
    return {
        "measures": rows(connection, "select * from measures where task_id = ? order by position", key),
        "units": rows(
            connection,
            """
            select task_units.*, units.name as unit from task_units join units on units.id = task_units.unit_id
            where task_units.task_id = ? order by task_units.position
            """,
            key,
        ),
        "results": rows(connection, "select * from task_results where task_id = ? order by position", key),
    }
