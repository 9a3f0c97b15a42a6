"""Địa phương: the places that plans are for, by province, and one place with its plans and targets."""

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from publish.pages.asked import Pager
from publish.pages.matching import ids, opened, query
from publish.pages.page import row, rows
from publish.search import folded, typed_terms
from schemas.codelists import by_code

Rows = list[dict[str, Any]]

SIZE = 60
UNKNOWN = "-"  # asks for the places whose province no document says
_NEWEST = 20  # plans that one place's page lists; targets are taken from them
_MOST_TARGETS = 60
_MOST_BELOW = 60


@dataclass(frozen=True, slots=True)
class Localities:
    """`provinces` are rows (`province`, None where unknown; `localities`, `plans`); `items` those of what was asked."""

    provinces: Rows
    items: Rows
    pager: Pager


@dataclass(frozen=True, slots=True)
class Locality:
    """One place; `former` are the units that became it in 2025, `below` a province's communes.

    `candidates` are the places of this name where it is not known which is meant; `same_name` other places here.
    """

    own: dict[str, Any]
    plans: Rows
    targets: Rows
    candidates: Rows = field(default_factory=list)
    successor: dict[str, Any] | None = None
    former: Rows = field(default_factory=list)
    below: Rows = field(default_factory=list)
    same_name: Rows = field(default_factory=list)


def localities(connection: sqlite3.Connection, province: str, typed: str, page: int) -> Localities:
    """All provinces, and the places of one of them or of a name."""
    where, values = _narrowing(connection, province, typed)
    total = rows(connection, f"select count(*) as number from localities where {where}", **values)[0]["number"]  # noqa: S608
    pager = Pager(min(page, Pager(1, SIZE, total).last), SIZE, total)
    sql = f"""
        select id, full_name, name, type, province, plans_count from localities where {where}
        order by plans_count desc, search_text, id limit :size offset :offset
    """  # noqa: S608 (conditions of our own)
    asked = bool(province or typed)
    return Localities(
        provinces=_provinces(connection),
        items=rows(connection, sql, **values, size=SIZE, offset=pager.offset) if asked else [],
        pager=pager,
    )


def _narrowing(connection: sqlite3.Connection, province: str, typed: str) -> tuple[str, dict[str, str]]:
    """Conditions on `localities` and their values."""
    conditions, values = ["1"], {"province": province}
    if province:
        conditions.append("province is null" if province == UNKNOWN else "province = :province")
    if typed:
        terms = opened(connection, typed_terms(typed))
        match = query(connection, terms, column="names") if terms else ""
        values["words"] = json.dumps(ids(connection, match, most=-1))
        conditions.append(
            "id in (select record_id from search_entries where kind = 'place' "
            "and id in (select value from json_each(:words)))"
        )
    return " and ".join(conditions), values


def _provinces(connection: sqlite3.Connection) -> Rows:
    """Every province in the order of the alphabet, đ after d; last what no document says."""
    sql = "select province, count(*) as localities, sum(plans_count) as plans from localities group by province"
    found = rows(connection, sql)
    return sorted(found, key=lambda one: (one["province"] is None, folded(one["province"]), one["province"] or ""))


def locality(connection: sqlite3.Connection, key: str) -> Locality | None:
    """One place, of those here or of the official list; None for no place."""
    own = row(connection, "select * from localities where id = ?", key) or _listed(key)
    if own is None:
        return None
    plans = rows(
        connection,
        """
        select id, slug, title, filename, kind, number, issuer, issued_date, issued_year, year, targets_count,
            tasks_count from plans
        where locality_id = ? order by coalesce(issued_date, year, '') desc, id limit ?
        """,
        key,
        _NEWEST,
    )
    return Locality(
        own=own,
        plans=plans,
        targets=_targets(connection, [plan["id"] for plan in plans]),
        candidates=[one | _here(connection, one["code"]) for one in json.loads(own["candidates"] or "[]")],
        successor=_successor(connection, own),
        former=_former(connection, own),
        below=_below(connection, own),
        same_name=_same_name(connection, own),
    )


def _listed(code: str) -> dict[str, Any] | None:
    """A place of the official list that no plan here is for."""
    entry = by_code("localities").get(code)
    if entry is None:
        return None
    own_name = f"{entry['type']} {entry['name']}"
    full_name = f"{own_name[:1].upper()}{own_name[1:]}, {entry['province']}"
    blank = dict.fromkeys(("successor", "successor_code", "candidates"))
    return {**blank, **entry, "id": code, "full_name": full_name, "plans_count": 0}


def _targets(connection: sqlite3.Connection, plan_ids: list[str]) -> Rows:
    """The targets of the plans that the codelist of indicators has, by indicator, each with its main measure."""
    sql = """
        select targets.id, targets.indicator, targets.text, targets.year, targets.due_text, targets.confidence,
            measures.comparator, measures.value, measures.unit, measures.per, measures.out_of
        from targets left join measures on measures.target_id = targets.id and measures.position = 1
        where targets.plan_id in (select value from json_each(?))
        and targets.indicator is not null and targets.indicator != 'other'
        order by targets.indicator, targets.year desc, targets.id limit ?
    """
    return rows(connection, sql, json.dumps(plan_ids), _MOST_TARGETS)


def _here(connection: sqlite3.Connection, code: str | None) -> dict[str, Any]:
    """`id` and `plans_count` of a place by its official code."""
    known = row(connection, "select id, plans_count from localities where id = ?", code)
    return known or {"id": code, "plans_count": 0}


def _successor(connection: sqlite3.Connection, own: dict[str, Any]) -> dict[str, Any] | None:
    if not own["successor"]:
        return None
    return {"name": own["successor"], **_here(connection, own["successor_code"])}


def _former(connection: sqlite3.Connection, own: dict[str, Any]) -> Rows:
    sql = "select id, full_name, plans_count from localities where successor_code = ? and id != ? order by full_name"
    return rows(connection, sql, own["code"], own["id"]) if own["code"] else []


def _below(connection: sqlite3.Connection, own: dict[str, Any]) -> Rows:
    """The places within a province."""
    if not own["province"] or own["province"] != own["name"]:
        return []
    sql = """
        select id, full_name, plans_count from localities where province = ? and id != ?
        order by plans_count desc, search_text limit ?
    """
    return rows(connection, sql, own["province"], own["id"], _MOST_BELOW)


def _same_name(connection: sqlite3.Connection, own: dict[str, Any]) -> Rows:
    sql = "select id, full_name, plans_count from localities where name = ? and id != ? order by full_name limit 20"
    return rows(connection, sql, own["name"], own["id"])
