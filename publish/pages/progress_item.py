"""What was reported of one target or task, how it stands as of a day, and the course that a chart draws."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.pages.levels import Level, levels
from publish.pages.page import row, rows
from publish.pages.progress_chart import Course, Point
from publish.pages.progress_facts import facts, standing
from publish.pages.progress_scope import day_shown

Rows = list[dict[str, Any]]

_AT = "from_day <= :day and until_day >= :day"
_SPELL = f"select * from target_spells where target_id = :key and {_AT}"  # noqa: S608 (of our own making)
_COURSE = f"select * from target_courses where target_id = :key and {_AT}"  # noqa: S608
_HELD = "select distinct actual_id, value, expected from target_spells where target_id = ? and actual_id is not null"
# What pages say of an entry beyond its own row.
_OF_PAGES = {"report_slug", "report_title", "report_issuer", "report_file", "paced"}
_MEASURES = "select * from measures where target_id = ? order by position"
OCCURRENCES = f"""
    select due, recurring, status, state_id, task_id from task_spells where {{owner}} = :key and {_AT}
    order by task_id, due
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """As of `day` ("" where nothing was ever reported and no day is asked for); `latest` is the last day there is.

    `told` are all entries, each with `held`: the value as the target measures it, None where that can't be said.
    """

    day: str
    latest: str | None
    level: Level | None
    spell: Mapping[str, Any] | None
    course: Mapping[str, Any] | None
    told: Rows
    bases: Rows

    @property
    def chart(self) -> Course | None:
        """What there is to draw; None where nothing can be held against the level."""
        points = [Point(one["as_of"], one["held"]) for one in standing(self.told) if one["held"] is not None]
        if self.level is None or not points:
            return None
        known = [one for one in standing(self.bases) if one["converted"] is not None and not self.level.change]
        times = self.course or {}
        return Course(
            level=self.level,
            points=points,
            start=times.get("start"),
            due=times.get("due"),
            base=Point(known[-1]["as_of"], known[-1]["converted"]) if known else None,
            pace=any(one["paced"] for one in self.told),
        )


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """As of `day`; `occurrences` are rows with `due` ("" without a day), `recurring`, `status` and the `state` told."""

    day: str
    latest: str | None
    occurrences: Rows
    told: Rows


def target_progress(connection: sqlite3.Connection, key: str, typed_day: str = "") -> TargetProgress | None:
    """A target's; None where there is no such target."""
    if row(connection, "select 1 from targets where id = ?", key) is None:
        return None
    day, latest = day_shown(connection, typed_day)
    at = {"key": key, "day": day or "0001-01-01"}
    return TargetProgress(
        day=day,
        latest=latest,
        level=next(iter(levels(rows(connection, _MEASURES, key))), None),
        spell=row(connection, _SPELL, **at),
        course=row(connection, _COURSE, **at),
        told=held(facts(connection, "actuals", [key]), rows(connection, _HELD, key)),
        bases=facts(connection, "baselines", [key]),
    )


def held(told: Rows, spells: Rows) -> Rows:
    """The entries with their value as the target measures it (`held`), by the spells that rest on them."""
    known = {one["actual_id"]: one for one in spells}
    return [
        {
            **one,
            "held": known[one["id"]]["value"] if one["id"] in known else one["converted"],
            "paced": one["id"] in known and known[one["id"]]["expected"] is not None,
        }
        for one in told
    ]


def task_progress(connection: sqlite3.Connection, key: str, typed_day: str = "") -> TaskProgress:
    """A task's."""
    day, latest = day_shown(connection, typed_day)
    told = facts(connection, "reported_states", [key])
    found = rows(connection, OCCURRENCES.format(owner="task_id"), key=key, day=day or "0001-01-01")
    return TaskProgress(day, latest, with_states(found, told), told)


def as_data(found: TargetProgress | TaskProgress | None) -> dict[str, Any] | None:
    """The same for programs; None where nothing was ever reported."""
    if found is None or not found.day:
        return None
    told = [{name: value for name, value in one.items() if name not in _OF_PAGES} for one in found.told]
    if isinstance(found, TargetProgress):
        spell = {name: (found.spell or {}).get(name) for name in ("status", "reason", "value", "expected", "actual_id")}
        return {"as_of": found.day, **spell, "actuals": told}
    states = [{name: one[name] for name in ("due", "status", "state_id")} for one in found.occurrences]
    return {"as_of": found.day, "occurrences": states, "states": told}


def with_states(occurrences: Rows, told: Rows) -> Rows:
    """The occurrences, each with the entry (`state`) that its status rests on."""
    states = {one["id"]: one for one in told}
    return [{**one, "state": states.get(one["state_id"])} for one in occurrences]
