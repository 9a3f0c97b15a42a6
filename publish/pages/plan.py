"""Kế hoạch: one plan with all that was read in it."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.pages.page import row, rows

Rows = list[dict[str, Any]]

_MOST_PARTS = 40  # words of an address that are looked at

_CITED = """
    select legal_bases.*, plans.slug as plan_slug, plans.title as plan_title
    from legal_bases left join plans on plans.id = legal_bases.cited_plan_id
    where legal_bases.plan_id = ? order by legal_bases.relation, legal_bases.position
"""
_CITING = """
    select plans.id, plans.slug, plans.title, plans.number, plans.issuer, plans.issued_date,
        min(legal_bases.relation) as relation
    from legal_bases join plans on plans.id = legal_bases.plan_id
    where legal_bases.cited_plan_id = ? group by plans.id order by plans.issued_date desc, plans.id
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A section with the items that stand right under it; `path` is "" for what stands under none."""

    path: str
    label: str
    heading: str
    items: Rows


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's row, and the rows of what belongs to it; `fields` are its head's places by field name."""

    plan: dict[str, Any]
    fields: dict[str, dict[str, Any]]
    targets: list[Section]
    tasks: list[Section]
    citations: Rows
    citing: Rows
    problems: Rows


def plan(connection: sqlite3.Connection, given: str) -> Plan | None:
    """The plan that an address names; None where there is none."""
    key = known_key(connection, given)
    found = key and head(connection, key)
    if not key or not found:
        return None
    sections = {
        one["id"]: one
        for one in rows(
            connection,
            "select id, path, label, heading, position from sections where plan_id = ? order by position",
            key,
        )
    }
    fields = rows(
        connection, "select field, text, span_start, span_end, page from plan_spans where plan_id = ? order by id", key
    )
    return Plan(
        plan=found,
        fields={one["field"]: one for one in reversed(fields)},
        targets=_by_section(sections, targets(connection, key)),
        tasks=_by_section(sections, tasks(connection, key)),
        citations=rows(connection, _CITED, key),
        citing=rows(connection, _CITING, key),
        problems=rows(
            connection,
            """
            select problems.*, substr(plans.text, problems.span_start + 1,
                min(problems.span_end - problems.span_start, 300)) as there
            from problems join plans on plans.id = problems.plan_id
            where problems.plan_id = ? order by problems.position
            """,
            key,
        ),
    )


def known_key(connection: sqlite3.Connection, given: str) -> str | None:
    """The key of the plan that an address names: the key alone, or after words of the title; None for no plan."""
    parts = given.split("-")
    tails = ["-".join(parts[at:]) for at in (*range(min(len(parts), _MOST_PARTS)), len(parts) - 1)]
    found = rows(connection, f"select id from plans where id in ({','.join('?' * len(tails))})", *tails)  # noqa: S608
    return max((one["id"] for one in found), key=len, default=None)


def head(connection: sqlite3.Connection, key: str) -> dict[str, Any] | None:
    """The plan's own row without its text, with its locality's name; lists as lists."""
    found = row(
        connection,
        """
        select plans.id, plans.slug, plans.title, plans.kind, plans.number, plans.symbol, plans.issuer,
            plans.issuer_level, plans.locality_id, plans.year, plans.period_start, plans.period_end, plans.place,
            plans.issued_date, plans.issued_year, plans.issued_month, plans.issued_day, plans.signer_name,
            plans.signer_position, plans.signatures, plans.recipients, plans.funding_text, plans.funding_sources,
            plans.filename, plans.sha256, plans.media_type, plans.pages, plans.text_source, plans.extractor,
            plans.targets_count, plans.tasks_count, plans.problems_count,
            localities.full_name as locality, localities.province, localities.candidates
        from plans left join localities on localities.id = plans.locality_id where plans.id = ?
        """,
        key,
    )
    if found is not None:
        for name in ("signatures", "recipients", "funding_sources", "candidates"):
            found[name] = json.loads(found[name] or "[]")
    return found


def targets(connection: sqlite3.Connection, key: str) -> Rows:
    """A plan's targets in order, each with its `measures`."""
    found = rows(connection, "select * from targets where plan_id = ? order by position", key)
    measures = rows(
        connection,
        """
        select measures.* from targets join measures on measures.target_id = targets.id
        where targets.plan_id = ? order by targets.position, measures.position
        """,
        key,
    )
    return _with(found, "measures", measures, "target_id")


def tasks(connection: sqlite3.Connection, key: str) -> Rows:
    """A plan's tasks in order, each with its `units` and `results`."""
    found = rows(connection, "select * from tasks where plan_id = ? order by position", key)
    units = rows(
        connection,
        """
        select task_units.*, units.name as unit from tasks join task_units on task_units.task_id = tasks.id
        join units on units.id = task_units.unit_id where tasks.plan_id = ?
        order by tasks.position, task_units.position
        """,
        key,
    )
    results = rows(
        connection,
        """
        select task_results.* from tasks join task_results on task_results.task_id = tasks.id
        where tasks.plan_id = ? order by tasks.position, task_results.position
        """,
        key,
    )
    return _with(_with(found, "units", units, "task_id"), "results", results, "task_id")


def _with(items: Rows, name: str, parts: Rows, owner: str) -> Rows:
    """The items, each with its parts under a name."""
    by_owner: dict[str, Rows] = {item["id"]: [] for item in items}
    for part in parts:
        by_owner[part[owner]].append(part)
    return [{**item, name: by_owner[item["id"]]} for item in items]


def _by_section(sections: dict[str, dict[str, Any]], items: Rows) -> list[Section]:
    """The items in their order, a new section where the section changes."""
    parts: list[Section] = []
    last: object = object()
    for item in items:
        if item["section_id"] != last:
            last = item["section_id"]
            under = sections.get(item["section_id"], {"path": "", "label": "", "heading": ""})
            parts.append(Section(under["path"], under["label"], under["heading"], []))
        parts[-1].items.append(item)
    return parts
