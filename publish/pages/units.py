"""Đơn vị: the list of units, and the units that an address may mean."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.cells import address_words
from publish.pages.asked import Pager
from publish.pages.narrowing import named
from publish.pages.page import rows
from publish.pages.task_lists import MOST

Rows = list[dict[str, Any]]

_PAGE = 50
_ALIKE = 2000  # units looked at for one whose accentless name is asked for

UNIT = """
    select id, name, kind, tasks_lead, tasks_coordinate, tasks_implement, tasks_count, plans_count, localities_count
    from units
"""


@dataclass(frozen=True, slots=True)
class Units:
    """A page of the list; `kinds` with the number of units of each; `more` than can be paged through."""

    units: Rows
    kinds: Rows
    pager: Pager
    more: bool


def unit_list(connection: sqlite3.Connection, words: str, kind: str, page: int) -> Units:
    """Units of a kind whose names hold the words, those with most tasks first."""
    condition, values = named(words) if words else ("1", [])
    condition = condition or "0"  # what is typed is no word
    if kind:
        condition, values = f"{condition} and kind = ?", [*values, kind]
    counted = f"select count(*) as number from (select 1 from units where {condition} limit {MOST + 1})"  # noqa: S608
    total = rows(connection, counted, *values)[0]["number"]
    pager = Pager(page, _PAGE, min(total, MOST))
    found = rows(
        connection,
        f"{UNIT} where {condition} order by tasks_count desc, id limit ? offset ?",
        *values,
        pager.size,
        pager.offset,
    )
    kinds = "select kind, count(*) as number from units where kind is not null group by kind order by number desc, kind"
    return Units(found, rows(connection, kinds), pager, total > MOST)


def units_at(connection: sqlite3.Connection, given: str) -> Rows:
    """The unit of a key; without such, those whose key is this one when accents are left out."""
    if found := rows(connection, f"{UNIT} where id = ?", given):
        return found
    plain = address_words(given)
    condition, values = named(plain.replace("-", " "))
    if not condition:
        return []
    alike = rows(connection, f"{UNIT} where {condition} order by tasks_count desc, id limit {_ALIKE}", *values)
    return [one for one in alike if address_words(str(one["id"])) == plain]
