"""Kế hoạch: one plan with all that was read in it."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from extract.text import unaccented
from publish.pages.page import row, rows
from schemas.unit import Role

Rows = list[dict[str, Any]]

ROLES = tuple(role.value for role in Role)

_MOST_PARTS = 40  # words of an address that are looked at

_SECTIONS = "select id, path, label, heading, position from sections where plan_id = ? order by position"
_PROBLEMS = """
    select problems.*, substr(plans.text, problems.span_start + 1,
        min(problems.span_end - problems.span_start, 300)) as there
    from problems join plans on plans.id = problems.plan_id
    where problems.plan_id = ? order by problems.position
"""
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
    """A section with the items that stand right under it; `path` is "" for what stands under none.

    `inner` says that it stands in others; `above` are those of them, outermost first, that the section before it here
    does not stand in.
    """

    path: str
    label: str
    heading: str
    inner: bool
    above: Rows
    items: Rows


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's row, and the rows of what belongs to it; `fields` are its head's places by field name.

    `units` and `quarters` count all of its tasks, though `tasks` are only those asked for.
    """

    plan: dict[str, Any]
    fields: dict[str, dict[str, Any]]
    targets: list[Section]
    tasks: list[Section]
    tasks_shown: int
    units: Rows
    quarters: Rows
    citations: Rows
    citing: Rows
    problems: Rows


def plan(connection: sqlite3.Connection, given: str, unit: str = "", quarter: str = "") -> Plan | None:
    """The plan that an address names, with the tasks of a unit or a quarter; None where there is none."""
    key = known_key(connection, given)
    found = key and head(connection, key)
    if not key or not found:
        return None
    sections = {one["id"]: one for one in rows(connection, _SECTIONS, key)}
    fields = rows(
        connection, "select field, text, span_start, span_end, page from plan_spans where plan_id = ? order by id", key
    )
    every = tasks(connection, key)
    touched = _quarters(connection, key)
    shown = [task for task in every if _is_of(task, unit) and (not quarter or quarter in touched[task["id"]])]
    return Plan(
        plan=found,
        fields={one["field"]: one for one in reversed(fields)},
        targets=_by_section(sections, targets(connection, key)),
        tasks=_by_section(sections, shown),
        tasks_shown=len(shown),
        units=_units(every),
        quarters=[
            {"quarter": name, "tasks": count}
            for name, count in sorted(Counter(name for names in touched.values() for name in names).items())
        ],
        citations=rows(connection, _CITED, key),
        citing=rows(connection, _CITING, key),
        problems=rows(connection, _PROBLEMS, key),
    )


def _is_of(task: dict[str, Any], unit: str) -> bool:
    return not unit or any(one["unit_id"] == unit for one in task["units"])


def _quarters(connection: sqlite3.Connection, key: str) -> dict[str, set[str]]:
    """The quarters that each of a plan's tasks touches, by the task's key."""
    found: dict[str, set[str]] = defaultdict(set)
    sql = """
        select task_quarters.task_id, task_quarters.quarter
        from tasks join task_quarters on task_quarters.task_id = tasks.id where tasks.plan_id = ?
    """
    for one in rows(connection, sql, key):
        found[one["task_id"]].add(one["quarter"])
    return found


def _units(every: Rows) -> Rows:
    """The units of the tasks with how many they lead, coordinate and implement; those with most to do first."""
    found: dict[str, dict[str, Any]] = {}
    for task in every:
        for one in {(one["unit_id"], one["role"]): one for one in task["units"]}.values():
            counts = found.setdefault(
                one["unit_id"], {"unit_id": one["unit_id"], "unit": one["unit"], **dict.fromkeys(ROLES, 0)}
            )
            counts[one["role"]] += 1
    return sorted(found.values(), key=lambda counts: [-counts[role] for role in ROLES])


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
    """A plan's tasks in order, each with its `units` (and `by_role`), `results` and `measures`."""
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
    parts = """
        select {0}.* from tasks join {0} on {0}.task_id = tasks.id
        where tasks.plan_id = ? order by tasks.position, {0}.position
    """
    found = [{**task, "by_role": _by_role(task["units"])} for task in _with(found, "units", units, "task_id")]
    found = _with(found, "results", rows(connection, parts.format("task_results"), key), "task_id")
    return _with(found, "measures", rows(connection, parts.format("measures"), key), "task_id")


def _by_role(units: Rows) -> dict[str, Rows]:
    """The units of each role that there is, leading ones first."""
    found = {role: [unit for unit in units if unit["role"] == role] for role in ROLES}
    return {role: some for role, some in found.items() if some}


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
    shown: Rows = []
    for item in items:
        if item["section_id"] != last:
            last = item["section_id"]
            under = sections.get(item["section_id"], {"path": "", "label": "", "heading": ""})
            lineage = _above(sections, item["section_id"])
            above = [one for one in lineage if one not in shown]
            shown = [*lineage, under]
            parts.append(Section(under["path"], under["label"], under["heading"], bool(lineage), above, []))
        parts[-1].items.append(item)
    return parts


def _above(sections: dict[str, dict[str, Any]], key: str | None) -> Rows:
    """The sections that one stands in, outermost first; where a path comes twice, the nearest one before it."""
    if key not in sections:
        return []
    own = sections[key]
    latest: dict[str, dict[str, Any]] = {}
    for one in sections.values():
        if one["position"] < own["position"]:
            latest[one["path"]] = one
    outer = accumulate(own["path"].split(".")[:-1], "{}.{}".format)
    return [latest[path] for path in outer if path in latest]


def says_day(words: str | None, iso: str | None) -> bool:
    """Whether printed words name the day themselves, so that it need not be said again.

    >>> says_day("hoàn thành trước ngày 30/9/2026", "2026-09-30"), says_day("trong quý II/2026", "2026-06-30")
    (True, False)
    """
    if not words or not iso:
        return False
    _, month, day = map(int, iso.split("-"))
    return (day, month) in pairwise(int(number) for number in re.findall(r"\d{1,4}", words))


def says_rule(words: str | None, rule: str) -> bool:
    """Whether printed words say a rule in nearly the same words.

    >>> says_rule("trước ngày 20 hàng tháng", "vào ngày 20 hằng tháng"), says_rule("6 tháng, năm", "6 tháng một lần")
    (True, False)
    """
    lacking = set(unaccented(rule).split()) - set(unaccented(words or "").split())
    return len(lacking) <= 1
