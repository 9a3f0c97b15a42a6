"""Trang chủ: how much is here, and the newest of it."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.pages.page import rows

_NEWEST = 10
_MOST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Home:
    """`totals` by name as in the table `totals`; plans and indicators as rows."""

    totals: dict[str, int]
    newest: list[dict[str, Any]]
    indicators: list[dict[str, Any]]
    quarters: list[dict[str, Any]]


def home(connection: sqlite3.Connection) -> Home:
    """What the first page shows."""
    return Home(
        totals={one["name"]: one["number"] for one in rows(connection, "select name, number from totals")},
        newest=rows(
            connection,
            """
            select plans.id, plans.slug, plans.title, plans.number, plans.issuer, plans.issued_date, plans.year,
                plans.targets_count, plans.tasks_count, localities.full_name as locality
            from plans left join localities on localities.id = plans.locality_id
            where plans.issued_date is not null order by plans.issued_date desc, plans.id limit ?
            """,
            _NEWEST,
        ),
        indicators=rows(
            connection,
            """
            select code, targets_count, localities_count from indicators
            where localities_count > 1 and code != 'other' order by localities_count desc, code limit ?
            """,
            _MOST_COMPARED,
        ),
        quarters=rows(
            connection, "select quarter, tasks from quarters where tasks > recurring order by quarter desc limit 8"
        ),
    )
