"""Proposals that a person refused, kept so that they are not asked again; never changed or taken away."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass

_ADD = """
    insert into refused_links (id, plan_id, target_text, report_id, text, value, unit, recorded_at, recorded_by)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value of a report that is not of a target; `id` is made from both."""

    id: str
    plan_id: str
    target_text: str
    report_id: str
    text: str
    value: float
    unit: str


def keep(connection: sqlite3.Connection, refusals: Iterable[Refusal], at: str, by: str | None) -> int:
    """Add those that the table does not hold yet, in the caller's transaction; how many were new."""
    rows = [(*astuple(one), at, by) for one in refusals]
    before = connection.total_changes
    if rows:
        connection.executemany(_ADD, rows)
    return connection.total_changes - before
