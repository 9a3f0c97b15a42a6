"""What was reported of a target or a task, every entry of it: what stands, and what a later entry replaced."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from publish.pages.language import day
from publish.pages.page import rows
from publish.progress.store import VIETNAM

Rows = list[dict[str, Any]]
Entered = Literal["actuals", "baselines", "reported_states"]

_OWNERS = {"actuals": "target_id", "baselines": "target_id", "reported_states": "task_id"}
_AT_ONCE = 500  # keys a query
_FACTS = """
    select told.*, later.id as replaced_by, reports.slug as report_slug, reports.title as report_title,
        reports.number as report_number, reports.issuer as report_issuer, reports.filename as report_file
    from {table} as told
    left join {table} as later on later.supersedes = told.id
    left join plans as reports on reports.id = told.report_id
    where told.{owner} in ({places}) order by told.as_of, later.id is null, told.recorded_at, told.id
"""


def moment(iso: str) -> str:
    """When something was entered, as the clocks of Vietnam showed; what is no time stays as it is.

    >>> moment("2026-10-05T01:00:00+00:00"), moment("2026-10-05")
    ('05/10/2026 08:00', '05/10/2026')
    """
    try:
        given = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    there = given.astimezone(VIETNAM) if given.tzinfo else given
    said = day(there.date().isoformat())
    return f"{said} {there:%H:%M}" if "T" in iso else said


def facts(connection: sqlite3.Connection, table: Entered, keys: Sequence[str]) -> Rows:
    """The entries of targets or tasks in the order of what they tell of; `replaced_by` is the entry that corrects one.

    What was entered twice as a correction of the same entry comes once.
    """
    owner = _OWNERS[table]
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        sql = _FACTS.format(table=table, owner=owner, places=", ".join("?" * len(some)))
        for one in rows(connection, sql, *some):
            found.setdefault(one["id"], one)
    return list(found.values())


def standing(told: Rows) -> Rows:
    """Those that no later entry replaces."""
    return [one for one in told if not one["replaced_by"]]
