"""Words looked for anywhere in the plans' texts, near one another."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from publish.pages.facets import Narrowed
from publish.pages.matching import MOST
from publish.pages.page import rows
from publish.search import Term

_NARROWS = {"year": "plans.year", "province": "localities.province", "locality_id": "plans.locality_id"}
_APART = 15  # words at most between the first and the last
_JOINED = """
    cross join plans on plans.rowid = plans_fts.rowid left join localities on localities.id = plans.locality_id
"""
_MATCHING = "where plans_fts match ?"


def count(connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed) -> int:
    """How many plans have the words; MOST + 1 stands for more than MOST."""
    where, values = _narrowing(narrowed)
    if where is None or not terms:
        return 0
    sql = f"select count(*) as plans from (select 1 from plans_fts {where and _JOINED} {_MATCHING} {where} limit ?)"  # noqa: S608
    found: int = rows(connection, sql, _near(terms), *values, MOST + 1)[0]["plans"]
    return found


def plans_with(connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed) -> list[dict[str, Any]]:
    """At most MOST + 1 plans with what they can be narrowed by, the newest first."""
    where, values = _narrowing(narrowed)
    if where is None or not terms:
        return []
    sql = f"""
        select plans.id, plans.issued_date, plans.year, plans.locality_id, localities.province
        from plans_fts {_JOINED} {_MATCHING} {where} limit ?
    """  # noqa: S608 (conditions of our own)
    found = rows(connection, sql, _near(terms), *values, MOST + 1)
    return sorted(found, key=lambda one: (one["issued_date"] or "", one["id"]), reverse=True)


def _narrowing(narrowed: Narrowed) -> tuple[str | None, list[str]]:
    """Conditions and their values; None where plans are narrowed by what no whole text has, so that none answers."""
    asked = {name: value for name, value in narrowed.items() if value}
    if asked.keys() - _NARROWS.keys():
        return None, []
    return "".join(f" and {_NARROWS[name]} = ?" for name in asked), list(asked.values())


def _near(terms: Sequence[Term]) -> str:
    phrases = " ".join(f'"{" ".join(term.plain)}"{"*" if term.open else ""}' for term in terms)
    return f"search_text : NEAR({phrases}, {_APART})"
