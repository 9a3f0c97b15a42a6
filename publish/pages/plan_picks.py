"""Plans to compare with: those whose names are typed, and those that are about the same thing as a given one."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from publish.pages.alignment import OUTSIDE
from publish.pages.likeness import content_words, likeness
from publish.pages.page import rows
from publish.pages.wording import Texts, any_of, locality_of, names_of, rare_words, reading
from publish.search import fts_query, typed_terms

Row = dict[str, Any]
Rows = list[Row]

_FOUND = 20
_WEIGHED = 60  # plans of a like title that are looked at
_NEAR = 500  # targets of an indicator, to each side of the plan's year, whose plans are looked at
_SHARED = 12.0  # a shared indicator counts as much as so many points of likeness
_LEAST = 25.0

COLUMNS = """
    plans.id, plans.slug, plans.title, plans.filename, plans.number, plans.issuer, plans.issuer_level, plans.year,
    plans.period_start, plans.period_end, plans.issued_date, plans.targets_count, plans.tasks_count,
    plans.locality_id, localities.full_name as locality, localities.type, localities.name, localities.province
"""
_FROM = "from plans left join localities on localities.id = plans.locality_id"
_OWN = "select distinct indicator from targets where plan_id = ? and indicator != ?"
_NEAREST = f"""
    select plan_id from (
        select plan_id from targets where indicator = :indicator and year <= :year order by year desc limit {_NEAR}
    ) union select plan_id from (
        select plan_id from targets where indicator = :indicator and year > :year order by year limit {_NEAR}
    )
"""  # noqa: S608 (numbers of our own)
_MATCHING = "plans.rowid in (select rowid from plans_fts where plans_fts match ? order by rank limit ?)"


def named(connection: sqlite3.Connection, typed: str, but: str = "") -> Rows:
    """Plans whose title holds every word typed, then plans whose text does; accents or none."""
    found: dict[str, Row] = {}
    for query in (_in_title(typed), fts_query(typed)):
        if query and len(found) < _FOUND:
            matching = rows(
                connection,
                f"select {COLUMNS} {_FROM} where {_MATCHING}",
                query,
                _FOUND + 1,
            )
            found |= {one["id"]: one for one in matching if one["id"] not in {but, *found}}
    return list(found.values())[:_FOUND]


def about_the_same(connection: sqlite3.Connection, plan: Row, among: Rows | None = None) -> Rows:
    """Plans with a like title or shared indicators, the likest first, each with its `likeness` and `shared`.

    `among` limits them to given ones, with as many of those as are like enough.
    """
    given = among if among is not None else _candidates(connection, plan)
    shared = _shared(connection, plan["id"], [one["id"] for one in given])
    likest = []
    for one, score in zip(given, _title_scores(connection, plan, given), strict=True):
        in_common = shared.get(one["id"], 0)
        if one["id"] != plan["id"] and score + _SHARED * in_common >= _LEAST:
            likest.append({**one, "likeness": score, "shared": in_common})
    likest.sort(key=lambda one: (-one["likeness"] - _SHARED * one["shared"], _years_apart(one, plan), one["id"]))
    return likest[:_FOUND]


def _candidates(connection: sqlite3.Connection, plan: Row) -> Rows:
    """Plans that share a rare word of the title, or of the years around it most indicators."""
    names = names_of(locality_of(connection, plan["locality_id"]))
    words = rare_words(connection, content_words(plan["title"] or "", names), Texts.TITLES)
    times = _sharing(connection, plan)
    sharing = sorted(times, key=lambda key: (-times[key], key))[:_FOUND]
    among = ", ".join("?" * len(sharing))
    return rows(
        connection,
        f"select {COLUMNS} {_FROM} where {_MATCHING} or plans.id in ({among})",
        any_of(_spellings(words), "title") if words else '""',
        _WEIGHED,
        *sharing,
    )


def _title_scores(connection: sqlite3.Connection, plan: Row, others: Rows) -> Sequence[float]:
    read = reading(connection, Texts.TITLES)
    own = read(plan["title"], names_of(locality_of(connection, plan["locality_id"])))
    scores: list[float] = likeness([own], [read(one["title"], names_of(one)) for one in others])[0].tolist()
    return scores


def _sharing(connection: sqlite3.Connection, plan: Row) -> Counter[str]:
    """How many indicators other plans share with a plan, by their keys: those of the years nearest to its own."""
    found: Counter[str] = Counter()
    for (indicator,) in connection.execute(_OWN, (plan["id"], OUTSIDE)).fetchall():
        near = connection.execute(_NEAREST, {"indicator": indicator, "year": plan["year"] or 0})
        found.update({key for (key,) in near} - {plan["id"]})
    return found


def _shared(connection: sqlite3.Connection, key: str, others: Sequence[str]) -> dict[str, int]:
    """How many indicators given plans share with a plan, by their keys."""
    sql = f"""
        select plan_id, count(distinct indicator) as shared from targets
        where plan_id in (select value from json_each(?)) and indicator in ({_OWN}) group by plan_id
    """  # noqa: S608 (of our own making)
    found = rows(connection, sql, json.dumps([one for one in others if one != key]), key, OUTSIDE)
    return {one["plan_id"]: one["shared"] for one in found}


def _in_title(typed: str) -> str:
    """A full-text query for titles; the last word may go on."""
    words = [word for term in typed_terms(typed) for word in term.plain]
    last = len(words) - 1
    return " AND ".join(any_of(_spellings([word]), "title", goes_on=at == last) for at, word in enumerate(words))


def _spellings(words: Sequence[str]) -> list[str]:
    """Words without accents as titles may be indexed: the index takes off all marks but the stroke of đ.

    >>> _spellings(["dan", "so"])
    ['dan', 'đan', 'so']
    """
    found = []
    for word in words:
        found += [word, "đ" + word[1:]] if word.startswith("d") else [word]
    return found


def _years_apart(one: Row, other: Row) -> int:
    years = [plan["year"] or 0 for plan in (one, other)]
    return abs(int(years[0]) - int(years[1]))
