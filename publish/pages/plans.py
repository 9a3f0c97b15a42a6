"""Các kế hoạch: all plans, narrowed by year, place, level, kind and words, with counts of what else there is."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from publish.pages.asked import Pager
from publish.pages.matching import opened, query
from publish.pages.narrowing import Meant, localities_meant
from publish.pages.page import rows
from publish.search import typed_terms
from publish.search_entries import facet_word

Rows = list[dict[str, Any]]

SIZE = 30
ORDERS = {
    "": "coalesce(plans.issued_date, plans.year, '') desc, plans.id",
    "cu-nhat": "coalesce(plans.issued_date, plans.year, '9'), plans.id",
    "ten": "plans.slug, plans.id",
    "chi-tieu": "plans.targets_count desc, plans.id",
    "nhiem-vu": "plans.tasks_count desc, plans.id",
    "can-xem-lai": "plans.problems_count desc, plans.id",
}
# A plus keeps SQLite from indexes of one column: all that narrows and sorts stands in one index, without the texts.
_CONDITIONS = {
    "year": "+plans.year = cast(:year as integer)",
    "level": "+plans.issuer_level = :level",
    "kind": "+plans.kind = :kind",
    "province": "plans.locality_id in (select id from localities where province = :province)",
    "words": "+plans.id in (select value from json_each(:words))",
}
_OPTIONS = {"year": "+plans.year", "level": "+plans.issuer_level", "kind": "+plans.kind"}
_SHOWN = """
    select plans.id, plans.slug, plans.title, plans.filename, plans.kind, plans.number, plans.issuer,
        plans.issuer_level, plans.issued_date, plans.issued_year, plans.year, plans.period_start, plans.period_end,
        plans.targets_count, plans.tasks_count, plans.problems_count, plans.locality_id,
        localities.full_name as locality
    from plans left join localities on localities.id = plans.locality_id where plans.id in ({})
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """`narrowed` has "year", "level", "kind", "province" and "words"; `place` a locality's key or words of its name."""

    narrowed: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    order: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Plans:
    """`options` are rows (`value`, `plans`) by what a reader can choose, counted under all the other choices."""

    items: Rows
    pager: Pager
    place: Meant
    options: Mapping[str, Rows]


def plans(connection: sqlite3.Connection, asked: Asked) -> Plans:
    """A page of the plans asked for."""
    place = localities_meant(connection, asked.place)
    values: dict[str, Any] = {name: value for name, value in asked.narrowed.items() if value}
    if "words" in values:
        values["words"] = json.dumps(_with_words(connection, values["words"]))
    values |= {f"place{at}": key for at, key in enumerate(place.keys)}
    where = _where(values, place)
    total = rows(connection, f"select count(*) as plans from plans where {where}", **values)[0]["plans"]  # noqa: S608
    pager = Pager(min(asked.page, Pager(1, SIZE, total).last), SIZE, total)
    return Plans(
        items=_page(connection, where, values, asked.order, pager),
        pager=pager,
        place=place,
        options=_options(connection, values, place),
    )


def _with_words(connection: sqlite3.Connection, typed: str) -> list[str]:
    """Keys of the plans whose head has the words: title, number, issuer, place, signer, file."""
    match = query(connection, opened(connection, typed_terms(typed)), [facet_word("kind", "plan")])
    sql = """
        select record_id from search_entries
        where id in (select rowid from search_entries_fts where search_entries_fts match ?)
    """
    return [one["record_id"] for one in rows(connection, sql, match)]


def _where(values: Mapping[str, Any], place: Meant, but: str = "") -> str:
    """All conditions but one."""
    asked = [condition for name, condition in _CONDITIONS.items() if name in values and name != but]
    if place.typed:
        keys = ", ".join(f":{name}" for name in values if name.startswith("place"))
        asked.append(f"plans.locality_id in ({keys})")
    return " and ".join(asked) or "1"


def _page(connection: sqlite3.Connection, where: str, values: Mapping[str, Any], order: str, pager: Pager) -> Rows:
    sql = f"select id from plans where {where} order by {ORDERS.get(order, ORDERS[''])} limit :size offset :offset"  # noqa: S608
    found = rows(connection, sql, **values, size=pager.size, offset=pager.offset)
    keys = [one["id"] for one in found]
    by_key = {one["id"]: one for one in rows(connection, _SHOWN.format(", ".join("?" * len(keys))), *keys)}
    return [by_key[key] for key in keys]


def _options(connection: sqlite3.Connection, values: Mapping[str, Any], place: Meant) -> dict[str, Rows]:
    found = {
        name: rows(
            connection,
            f"select {column} as value, count(*) as plans from plans where {_where(values, place, but=name)} "  # noqa: S608
            f"and {column} is not null group by {column}",
            **values,
        )
        for name, column in _OPTIONS.items()
    }
    found["year"].reverse()
    elsewhere = _where(values, place, but="province")
    by_place = f"select locality_id, count(*) as plans from plans where {elsewhere} group by +locality_id"  # noqa: S608
    found["province"] = rows(
        connection,
        f"""
        select localities.province as value, sum(of_place.plans) as plans
        from ({by_place}) as of_place join localities on localities.id = of_place.locality_id
        where localities.province is not null group by 1 order by 1
        """,  # noqa: S608
        **values,
    )
    return found
