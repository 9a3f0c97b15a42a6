"""Chất lượng: what is doubtful in the plans here, and how often the reading was right where the truth is known."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from publish.pages.asked import Pager
from publish.pages.page import row, rows

Rows = list[dict[str, Any]]

SIZE = 30
SEVERITIES = ("high", "medium", "low", "info")
LEVELS = ("high", "medium", "low")
_WORST = 10
_SHOWN_LETTERS = 400
_UNREAD_SHOWN = 20
_UNREAD = "select id, path, reason from inputs where reason is not null order by path limit ?"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`corpus/scores.json`: by set the number of plans, rates by measure and right records by confidence.

    `blind` has the F1 of whole records of plans that were scored once before any rule was changed for them, by set.
    """

    sets: Mapping[str, Mapping[str, Any]]
    blind: Mapping[str, list[float]]

    @property
    def tables(self) -> list[tuple[list[str], list[str]]]:
        """Sets that are measured by the same measures, with these in their order: those of plans, those of reports."""
        measured = {name: tuple(one["measures"]) for name, one in self.sets.items()}
        return [([name for name in measured if measured[name] == m], list(m)) for m in dict.fromkeys(measured.values())]

    def records(self, name: str) -> int:
        """How many whole records were read in a set."""
        return sum(level["found"] for level in self.sets[name]["confidence"].values())

    def right(self, name: str, level: str) -> float | None:
        """The share of a set's records of a confidence that are right; None where it has none."""
        counts = self.sets[name]["confidence"].get(level, {"found": 0})
        return counts["right"] / counts["found"] if counts["found"] else None


@dataclass(frozen=True, slots=True)
class Quality:
    """The overview. `problems` count places and plans by code; `worst` are the plans with most grave places.

    `unread` are the first of the files that gave no plan (`unread_count` in all), each with the reason.
    """

    accuracy: Accuracy
    confidences: Mapping[str, Mapping[str, int]]
    problems: Rows
    worst: Rows
    text_sources: Rows
    plans: int
    unread: Rows
    unread_count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Problems of a code, a severity, a plan; of all of them where one is empty."""

    code: str = ""
    severity: str = ""
    plan: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Problems:
    """A page of problems with the words they are about; `codes` counts places by code, `plan` is the plan asked for."""

    items: Rows
    pager: Pager
    codes: Rows
    plan: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Read:
    """A page of the plans whose text came from one source."""

    items: Rows
    pager: Pager


def quality(connection: sqlite3.Connection) -> Quality:
    """The overview."""
    confidences: dict[str, dict[str, int]] = {"target": {}, "task": {}}
    for one in rows(connection, "select record, confidence, number from confidence_counts"):
        confidences[one["record"]][one["confidence"]] = one["number"]
    plans = row(connection, "select number from totals where name = 'plans'")
    return Quality(
        accuracy=accuracy(),
        confidences=confidences,
        problems=_by_code(connection),
        worst=_worst(connection),
        text_sources=rows(
            connection,
            "select text_source, count(*) as plans from plans where text_source is not null group by 1 order by 2 desc",
        ),
        plans=plans["number"] if plans else 0,
        unread=rows(connection, _UNREAD, _UNREAD_SHOWN),
        unread_count=rows(connection, "select count(*) as number from inputs where reason is not null")[0]["number"],
    )


@cache
def accuracy() -> Accuracy:
    """What `make score` last measured."""
    kept = json.loads(files("corpus").joinpath("scores.json").read_text("utf-8"))
    return Accuracy(kept["sets"], kept["blind"])


def _by_code(connection: sqlite3.Connection) -> Rows:
    """Counts by code with its gravest severity, the grave ones first."""
    found = rows(
        connection,
        """
        select problem_counts.code, problem_counts.plans, problem_counts.problems,
            problem_counts.severity, problem_codes.definition_vi as explanation
        from problem_counts left join problem_codes on problem_codes.code = problem_counts.code
        """,
    )
    order = {severity: at for at, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda one: (order.get(one["severity"], len(order)), -one["problems"], one["code"]))


def _worst(connection: sqlite3.Connection) -> Rows:
    return rows(
        connection,
        """
        select id, slug, title, filename, number, issuer, grave_count as problems from plans
        where grave_count > 0 order by grave_count desc, id limit ?
        """,
        _WORST,
    )


def problems(connection: sqlite3.Connection, asked: Asked) -> Problems:
    """The places in question, in the order of their plans."""
    asked_for = {"code": asked.code, "severity": asked.severity, "plan_id": asked.plan}
    values = {name: value for name, value in asked_for.items() if value}
    where = " and ".join(f"problems.{name} = :{name}" for name in values) or "1"
    total = rows(connection, f"select count(*) as number from problems where {where}", **values)[0]["number"]  # noqa: S608
    pager = Pager(min(asked.page, Pager(1, SIZE, total).last), SIZE, total)
    sql = f"""
        select problems.id, problems.plan_id, problems.severity, problems.code, problems.message, problems.span_start,
            problems.span_end, problems.page, plans.slug as plan_slug, plans.title as plan_title, plans.filename,
            plans.number, plans.issuer, substr(plans.text, problems.span_start + 1,
                min(problems.span_end - problems.span_start, {_SHOWN_LETTERS})) as there
        from (select id from problems where {where} order by plan_id, position limit :size offset :offset) as asked
        join problems on problems.id = asked.id join plans on plans.id = problems.plan_id
        order by problems.plan_id, problems.position
    """  # noqa: S608 (conditions of our own)
    return Problems(
        items=rows(connection, sql, **values, size=SIZE, offset=pager.offset),
        pager=pager,
        codes=_by_code(connection),
        plan=row(connection, "select id, slug, title, filename from plans where id = ?", asked.plan),
    )


def read_by(connection: sqlite3.Connection, text_source: str, page: int) -> Read:
    """The plans whose text came from a source."""
    count = "select count(*) as number from plans where text_source = ?"
    total = rows(connection, count, text_source)[0]["number"]
    pager = Pager(min(page, Pager(1, SIZE, total).last), SIZE, total)
    sql = """
        select id, slug, title, filename, number, issuer, issued_date, pages, problems_count from plans
        where text_source = ? order by id limit ? offset ?
    """
    return Read(rows(connection, sql, text_source, SIZE, pager.offset), pager)
