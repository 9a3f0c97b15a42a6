"""A report's own values, and the targets that people accepted them for."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from publish.pages.page import rows

Rows = list[dict[str, Any]]

_VALUES = "select * from report_actuals where plan_id = ? order by position"
_ACCEPTED = """
    select actuals.id, actuals.target_id, actuals.value, actuals.unit, actuals.span_start, actuals.span_end,
        targets.text, targets.position, targets.plan_id, plans.slug as plan_slug, plans.title as plan_title
    from actuals join targets on targets.id = actuals.target_id join plans on plans.id = targets.plan_id
    where actuals.report_id = ? and not exists (select 1 from actuals as later where later.supersedes = actuals.id)
    order by targets.plan_id, targets.position, actuals.as_of
"""


@dataclass(frozen=True, slots=True)
class ReportValues:
    """`values` each with the rows of `targets` that it stands for; `accepted` is how many stand for one."""

    values: Rows
    accepted: int

    @property
    def plans(self) -> Rows:
        """The plans that the report tells of, each once: `plan_id`, `plan_slug`, `plan_title`."""
        targets = (target for value in self.values for target in value["targets"])
        return list({target["plan_id"]: target for target in targets}.values())


def report_values(connection: sqlite3.Connection, plan_id: str) -> ReportValues:
    """All values of a report in the order printed."""
    targets: dict[tuple[int, int], Rows] = defaultdict(list)
    for one in rows(connection, _ACCEPTED, plan_id):
        targets[one["span_start"], one["span_end"]].append(one)
    values = [
        {**value, "targets": targets.get((value["span_start"], value["span_end"]), [])}
        for value in rows(connection, _VALUES, plan_id)
    ]
    return ReportValues(values, sum(bool(value["targets"]) for value in values))
