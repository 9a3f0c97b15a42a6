"""Localities and units, which plans share: each stands as most plans have it, and goes with the last one."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from publish.building.own_rows import Packed
from publish.shared_rows import UNIT_COUNTS, locality_rows, unit_row, unit_rows
from publish.tables import BY_NAME, Row
from schemas import Record

_FORM = BY_NAME["locality_names"].name, "locality_id", "form"
_NAME = BY_NAME["unit_names"].name, "unit_id", "name"
_LOCALITY = tuple(BY_NAME["localities"].columns)
_UNIT = tuple(BY_NAME["units"].columns)
_UNIT_NAME = _UNIT.index("name")


@dataclass(slots=True)
class Shared:
    """Counts in how many plans each locality and unit is called what; `touched` are those that may have changed."""

    connection: sqlite3.Connection
    localities: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)

    def add(self, rows: Packed) -> None:
        """Count those of a plan that comes."""
        self._count(rows, 1)

    def take_away(self) -> None:
        """Count those of the plans in temp.counted, which go, no longer."""
        found = self.connection.execute("select json from temp.counted cross join records on plan_id = counted.id")
        for (text,) in found:
            record = Record.model_validate_json(text)
            rows = {"localities": locality_rows(record.document.locality), "units": unit_rows(record)}
            self._count({name: [list(row.values()) for row in own] for name, own in rows.items()}, -1)

    def _count(self, rows: Packed, sign: int) -> None:
        places = {str(row[0]): _as_form(row) for row in rows.get("localities", ())}
        units = {(str(row[0]), str(row[_UNIT_NAME])) for row in rows.get("units", ())}
        self.localities |= places.keys()
        self.units |= {key for key, _ in units}
        self._upsert(*_FORM, places.items(), sign)
        self._upsert(*_NAME, units, sign)

    def _upsert(self, table: str, owner: str, name: str, counted: Iterable[tuple[str, str]], sign: int) -> None:
        sql = f"""
            insert into {table} (id, {owner}, {name}, plans) values (?, ?, ?, ?)
            on conflict (id) do update set plans = plans + excluded.plans
        """  # noqa: S608 (names of our own)
        self.connection.executemany(sql, ((f"{key}|{said}", key, said, sign) for key, said in counted))

    def settle(self, before_renaming: Callable[[Sequence[str]], None]) -> None:
        """Give the touched ones the row that most plans have; those that no plan has any more go.

        `before_renaming` is told the localities that are about to be called otherwise.
        """
        places = {key: self._place(key, form) for key, form in self._said_most(*_FORM, self.localities)}
        before = {key: self._row("localities", key) for key in places}
        before_renaming([key for key, now in places.items() if now and before[key] and now != before[key]])
        for key, place in places.items():
            self._replace("localities", key, place, before[key])
        for key, name in self._said_most(*_NAME, self.units):
            stands = self._row("units", key)
            self._replace("units", key, _unit(key, name, stands), stands)

    def _place(self, key: str, form: str | None) -> Row | None:
        if form is None:
            return None
        stands = self._row("localities", key)
        plans = stands["plans_count"] if stands else 0
        return dict(zip(_LOCALITY, json.loads(form), strict=True)) | {"plans_count": plans}

    def _said_most(self, table: str, owner: str, name: str, keys: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """What each is called in most plans; of as many the first in the alphabet; None where in none."""
        for key in sorted(keys):
            self.connection.execute(f"delete from {table} where {owner} = ? and plans = 0", [key])  # noqa: S608
            sql = f"select {name} from {table} where {owner} = ? order by plans desc, {name} limit 1"  # noqa: S608
            found = self.connection.execute(sql, [key]).fetchone()
            yield key, found[0] if found else None

    def _row(self, table: str, key: str) -> Row | None:
        found = self.connection.execute(f"select * from {table} where id = ?", [key]).fetchone()  # noqa: S608
        return dict(zip(BY_NAME[table].columns, found, strict=True)) if found else None

    def _replace(self, table: str, key: str, now: Row | None, before: Row | None) -> None:
        if now == before:
            return
        self.connection.execute(f"delete from {table} where id = ?", [key])  # noqa: S608
        if now:
            marks = ", ".join("?" * len(now))
            self.connection.execute(f"insert into {table} ({', '.join(now)}) values ({marks})", list(now.values()))  # noqa: S608


def _unit(key: str, name: str | None, stands: Row | None) -> Row | None:
    if name is None:
        return None
    counts = {column: stands[column] if stands else 0 for column in _UNIT if column in UNIT_COUNTS}
    return unit_row(key, name) | counts


def _as_form(row: Iterable[object]) -> str:
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
