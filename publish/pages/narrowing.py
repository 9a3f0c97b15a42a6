"""What readers type or choose -> the units and localities meant, and the SQL that narrows days and tasks to them."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from publish.pages.page import rows
from publish.search import folded

Rows = list[dict[str, Any]]

_MOST = 50  # units or localities that typed words may mean at once
_MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_UNIT = "select id, name, kind, tasks_count, localities_count from units"
_LOCALITY = "select id, full_name as name, plans_count from localities"


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed, and the rows (`id`, `name`, …) that it may mean, those with most to show first.

    `more` says that there were too many. Nothing typed means all of them, and `found` is empty.
    """

    typed: str = ""
    found: Rows = field(default_factory=list)
    more: bool = False

    @property
    def unknown(self) -> bool:
        """Whether something was typed that nothing is called."""
        return bool(self.typed and not self.found)

    @property
    def one(self) -> dict[str, Any] | None:
        """What it can only mean."""
        return self.found[0] if len(self.found) == 1 else None

    @property
    def shown(self) -> str:
        """What to show as typed: the name, where a key was given."""
        return str(self.one["name"]) if self.one and self.one["id"] == self.typed else self.typed

    @property
    def keys(self) -> list[str]:
        """The rows' keys."""
        return [str(one["id"]) for one in self.found]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """To what a list is narrowed; what is empty narrows nothing."""

    units: Meant = field(default_factory=Meant)
    localities: Meant = field(default_factory=Meant)
    role: str = ""
    province: str = ""

    @property
    def nowhere(self) -> bool:
        """Whether it asks for something that there is not."""
        return self.units.unknown or self.localities.unknown

    @property
    def by_place(self) -> bool:
        """Whether a place is asked for."""
        return bool(self.localities.found or self.province)

    @property
    def everything(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.units.typed or self.by_place or self.role or self.localities.typed)


@dataclass(frozen=True, slots=True)
class Source:
    """`sql` goes after "select … ", ends in a condition, and calls the table `x`; `values` fill its places."""

    sql: str
    values: Mapping[str, object]


def units_meant(connection: sqlite3.Connection, typed: str) -> Meant:
    """The units of a key, of a name, or whose names hold the words, accents or none."""
    return _meant(connection, f"{_UNIT} where id = ?", f"{_UNIT} where %s order by tasks_count desc, id", typed)


def localities_meant(connection: sqlite3.Connection, typed: str) -> Meant:
    """The localities of a key, of a name, or whose names hold the words, accents or none."""
    return _meant(connection, f"{_LOCALITY} where id = ?", f"{_LOCALITY} where %s order by plans_count desc, id", typed)


def named(typed: str) -> tuple[str, list[str]]:
    """A condition that `search_text` holds every word at the beginning of one of its own, and what fills it."""
    words = _WORD.findall(folded(typed))[:_MOST_WORDS]
    return " and ".join(["' ' || search_text like ?"] * len(words)), [f"% {word}%" for word in words]


def _meant(connection: sqlite3.Connection, by_key: str, by_words: str, typed: str) -> Meant:
    if not typed:
        return Meant()
    found = rows(connection, by_key, typed)
    if found:
        return Meant(typed, found)
    condition, values = named(typed)
    if not values:
        return Meant(typed)
    found = rows(connection, f"{by_words % condition} limit {_MOST + 1}", *values)
    exact = [one for one in found if folded(one["name"]) == folded(typed)]
    return Meant(typed, exact or found[:_MOST], more=not exact and len(found) > _MOST)


def source(narrowing: Narrowing, table: Literal["task_days", "tasks", "targets"]) -> Source:
    """Where the rows of the table come from: from places, which have few plans; else from units, by their own index.

    Of targets no unit may be asked for: they are given to none.
    """
    task = "x.id" if table == "tasks" else "x.task_id"
    values: dict[str, object] = {}
    tables, conditions = _of_place(narrowing, values)
    if with_units := _with_units(narrowing, values):
        if narrowing.units.found and not tables:
            tables.append(f"(select distinct task_id from task_units where {with_units}) as u")  # noqa: S608
            conditions.append(f"{task} = u.task_id")
        else:
            found = f"select 1 from task_units where task_id = {task} and {with_units}"  # noqa: S608
            conditions.append(f"exists ({found})")
    if narrowing.nowhere:
        conditions.append("0")
    # A cross join is what SQLite reads in the order written.
    return Source(
        f"from {' cross join '.join([*tables, f'{table} as x'])} where {' and '.join(conditions or '1')}", values
    )


def _of_place(narrowing: Narrowing, values: dict[str, object]) -> tuple[list[str], list[str]]:
    """Tables that lead to the plans of the places, and conditions on them."""
    tables, conditions = [], []
    if narrowing.province:
        values["province"] = narrowing.province
        tables.append("localities as l")
        conditions += ["l.province = :province", "p.locality_id = l.id"]
    if narrowing.localities.found:
        conditions.append(f"p.locality_id in ({_places(values, 'locality', narrowing.localities.keys)})")
    if conditions:
        tables.append("plans as p")
        conditions.append("x.plan_id = p.id")
    return tables, conditions


def _with_units(narrowing: Narrowing, values: dict[str, object]) -> str:
    """A condition on `task_units`."""
    conditions = []
    if narrowing.units.found:
        conditions.append(f"unit_id in ({_places(values, 'unit', narrowing.units.keys)})")
    if narrowing.role:
        values["role"] = narrowing.role
        conditions.append("role = :role")
    return " and ".join(conditions)


def _places(values: dict[str, object], name: str, given: list[str]) -> str:
    """Places for a list in an `in`, and the list put under their names."""
    named_values = {f"{name}{at}": one for at, one in enumerate(given)}
    values.update(named_values)
    return ", ".join(f":{one}" for one in named_values)
