"""Words looked for anywhere in the plans' texts, near one another."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from publish.pages.facets import Narrowed
from publish.pages.matching import MOST, going_on
from publish.pages.page import rows
from publish.search import Term

# Each is answered by an index alone: no plan is read before it is known to have the words. The plus keeps SQLite from
# asking the full-text index anew for each plan.
_IN = "and +plans_fts.rowid in (select rowid from plans where {})"
_NARROWS = {
    "year": _IN.format("year = ?"),
    "province": _IN.format("locality_id in (select id from localities where province = ?)"),
    "locality_id": _IN.format("locality_id = ?"),
}
_APART = 15  # words at most between the first and the last
_SHORT = 2  # letters
_MOST_ENDINGS = 12
_MATCHING = "where plans_fts match ?"


def count(connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed) -> int:
    """How many plans have the words; MOST + 1 stands for more than MOST."""
    where, values = _narrowing(narrowed)
    if where is None or not terms:
        return 0
    sql = f"select count(*) as plans from (select 1 from plans_fts {_MATCHING} {where} limit ?)"  # noqa: S608
    found: int = rows(connection, sql, _near(connection, terms), *values, MOST + 1)[0]["plans"]
    return found


def plans_with(connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed) -> list[dict[str, Any]]:
    """At most MOST + 1 plans with what they can be narrowed by, the newest first."""
    where, values = _narrowing(narrowed)
    if where is None or not terms:
        return []
    sql = f"""
        select plans.id, plans.issued_date, plans.year, plans.locality_id, localities.province
        from (select rowid as plan from plans_fts {_MATCHING} {where} limit ?) as found
        cross join plans on plans.rowid = found.plan left join localities on localities.id = plans.locality_id
    """  # noqa: S608 (conditions of our own)
    found = rows(connection, sql, _near(connection, terms), *values, MOST + 1)
    return sorted(found, key=lambda one: (one["issued_date"] or "", one["id"]), reverse=True)


def _narrowing(narrowed: Narrowed) -> tuple[str | None, list[str]]:
    """Conditions and their values; None where plans are narrowed by what no whole text has, so that none answers."""
    asked = {name: value for name, value in narrowed.items() if value}
    if asked.keys() - _NARROWS.keys():
        return None, []
    return " ".join(_NARROWS[name] for name in asked), list(asked.values())


def _near(connection: sqlite3.Connection, terms: Sequence[Term]) -> str:
    """A full-text query; of a beginning that half of all words have, the most common endings alone are looked for."""
    *before, last = terms
    begun = last.plain[-1]
    if not last.open or len(begun) > _SHORT:
        return f"search_text : {_together(terms)}"
    endings = (last.endings or going_on(connection, begun))[:_MOST_ENDINGS]
    closed = (replace(last, written=(*last.written[:-1], one), open=False) for one in dict.fromkeys((begun, *endings)))
    return f"search_text : ({' OR '.join(_together([*before, one]) for one in closed)})"


def _together(terms: Sequence[Term]) -> str:
    phrases = " ".join(f'"{" ".join(term.plain)}"{"*" if term.open else ""}' for term in terms)
    return f"NEAR({phrases}, {_APART})"
