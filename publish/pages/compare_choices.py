"""So sánh: what there is to choose from: indicators, provinces, years, localities."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.text import unaccented
from publish.pages.alignment import OUTSIDE
from publish.pages.compare import MOST, Choice, chosen_targets
from publish.pages.language import label
from publish.pages.page import rows
from publish.search import folded

Rows = list[dict[str, Any]]

_MOST_FOUND = 24  # localities of one look-up

# From year to year in the index, however many targets each has.
_ALL_YEARS = """
    with recursive step(year) as (
        select max(year) from targets
        union all select (select max(year) from targets where targets.year < step.year) from step where step.year > 0
    )
    select year from step where year is not null
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """`indicators` by group; `found` are localities to add to the chosen ones, `more` says that there are others."""

    indicators: dict[str, Rows]
    provinces: list[str]
    years: list[int]
    chosen: Rows
    found: Rows
    more: bool
    outside: int


def choices(
    connection: sqlite3.Connection, choice: Choice, looked_for: str, places: Collection[str | None] = ()
) -> Choices:
    """What the form of the page offers, given what is chosen already; `places` are those that the choice found."""
    indicators = rows(
        connection,
        "select code, indicator_group, definition_vi, targets_count, localities_count from indicators order by rowid",
    )
    found = _localities(connection, choice, looked_for) if looked_for else _with_figures(connection, choice, places)
    return Choices(
        indicators=_by_group([one for one in indicators if one["code"] != OUTSIDE]),
        provinces=_provinces(connection),
        years=_years(connection, choice),
        chosen=_chosen(connection, choice),
        found=found[:_MOST_FOUND],
        more=len(found) > _MOST_FOUND,
        outside=next((one["targets_count"] for one in indicators if one["code"] == OUTSIDE), 0),
    )


def named_so(choices: Choices, typed: str) -> Rows:
    """The indicators whose name holds every word typed, accents or none."""
    wanted = folded(typed).split()
    return [
        one
        for group in choices.indicators.values()
        for one in group
        if wanted and all(word in unaccented(label(one["code"], "indicators")) for word in wanted)
    ]


def _by_group(indicators: Rows) -> dict[str, Rows]:
    groups: dict[str, Rows] = {}
    for one in indicators:
        groups.setdefault(one["indicator_group"], []).append(one)
    return groups


def _provinces(connection: sqlite3.Connection) -> list[str]:
    found = rows(connection, "select distinct province from localities where province is not null and plans_count > 0")
    return sorted((one["province"] for one in found), key=lambda name: (unaccented(name), name))


def _years(connection: sqlite3.Connection, choice: Choice) -> list[int]:
    """The years that chosen indicators have targets for, the newest first; all years where none is chosen."""
    if not choice.indicators:
        found = rows(connection, _ALL_YEARS)
    else:
        among = ", ".join("?" * len(choice.indicators))
        found = rows(
            connection,
            f"select distinct year from targets where indicator in ({among}) and year is not null order by year desc",  # noqa: S608
            *choice.indicators,
        )
    return [one["year"] for one in found]


def _chosen(connection: sqlite3.Connection, choice: Choice) -> Rows:
    """The chosen localities that exist, in the order chosen."""
    among = ", ".join("?" * len(choice.localities))
    found = rows(
        connection,
        f"select id, full_name, plans_count from localities where id in ({among})",  # noqa: S608 (placeholders only)
        *choice.localities,
    )
    return sorted(found, key=lambda one: choice.localities.index(one["id"]))


def _localities(connection: sqlite3.Connection, choice: Choice, looked_for: str) -> Rows:
    """Localities with plans whose name holds every word, accents or none, of the province if one is chosen."""
    words = folded(looked_for).split()[:8]
    conditions = ["plans_count > 0", *(f"instr(search_text, :w{at}) > 0" for at in range(len(words)))]
    values: dict[str, object] = {f"w{at}": word for at, word in enumerate(words)}
    if choice.province:
        conditions.append("province = :province")
        values["province"] = choice.province
    return rows(
        connection,
        f"""
        select id, full_name, plans_count from localities where {" and ".join(conditions)}
        order by search_text limit {_MOST_FOUND + 1}
        """,  # noqa: S608 (conditions of our own)
        **values,
    )


def _with_figures(connection: sqlite3.Connection, choice: Choice, places: Collection[str | None]) -> Rows:
    """The localities of the targets that the choice looks at, were no locality chosen."""
    if not choice.made:
        return []
    if choice.localities:
        places = _places_of(connection, chosen_targets(connection, replace(choice, localities=()))[:MOST])
    return rows(
        connection,
        f"""
        select id, full_name, plans_count from localities where id in (select value from json_each(?))
        order by search_text limit {_MOST_FOUND + 1}
        """,  # noqa: S608 (a number of our own)
        json.dumps(list(places)),
    )


def _places_of(connection: sqlite3.Connection, targets: Sequence[int]) -> list[str | None]:
    """The keys of the localities of targets, given by row number."""
    sql = """
        select distinct locality_id from plans where id in (
            select plan_id from targets where rowid in (select value from json_each(?))
        )
    """
    return [key for (key,) in connection.execute(sql, (json.dumps(targets),))]
