"""What people entered, carried over to a newer reading of the plans: each fact follows its target or task.

Targets and tasks are numbered in the order of print, so a newer reading of the same file may shift their numbers. What
a fact belongs to is therefore known by plan and words: the second of three targets of the same words stays the second
of three. Where a reading has no such target, or can't tell which of more or fewer it is, the fact waits with the words
that it belonged to until a reading has it again; no fact is ever dropped, and none goes over to another target.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from extract.text import nfc
from publish.progress.target_units import in_target_unit
from publish.tables import BY_NAME, TABLES, UNMATCHED, Row, Rows, Table

WAITING = ("plan_id", "text", "position", "alike")
_FOLLOWING = {*UNMATCHED, *UNMATCHED.values()}
_Measure = tuple[str | None, str | None]  # unit and change


@dataclass(frozen=True, slots=True)
class Known:
    """What a target or task is known by: its plan, its words, and which of how many with these words it is."""

    plan: str
    text: str
    position: int = 1
    alike: int = 1

    @classmethod
    def of(cls, row: Mapping[str, object]) -> "Known | None":
        """As a waiting row tells it; None in a row of an older layout."""
        if row.get("text") is None:
            return None
        return cls(str(row["plan_id"]), _plain(str(row["text"])), int(str(row["position"])), int(str(row["alike"])))


@dataclass(frozen=True, slots=True)
class Lifted:
    """A fact without its target or task: the table it stood in, what it belonged to, and how that was measured."""

    table: str
    row: Row
    known: Known | None
    measure: _Measure | None = None


@dataclass(slots=True)
class Reading:
    """The targets or the tasks of a database, as far as they are asked for; an older layout too has these columns."""

    connection: sqlite3.Connection
    things: str
    _by_key: dict[str, Known | None] = field(default_factory=dict)
    _keys: dict[str, dict[Known, str]] = field(default_factory=dict)

    def known(self, key: str) -> Known | None:
        """What a target or task is known by; None where there is none of this key."""
        if key not in self._by_key:
            found = self.connection.execute(f"select plan_id from {self.things} where id = ?", [key]).fetchone()  # noqa: S608
            self._by_key[key] = None
            if found:
                self._plan(found[0])
        return self._by_key[key]

    def key(self, known: Known) -> str | None:
        """The key of what is known so."""
        return self._plan(known.plan).get(known)

    def measure(self, key: str) -> _Measure:
        """What a target's level is told in; nothing of a task."""
        sql = "select unit, change from measures where target_id = ? and position = 1"
        found = self.connection.execute(sql, [key]).fetchone() if self.things == "targets" else None
        return found or (None, None)

    def _plan(self, plan: str) -> Mapping[Known, str]:
        if plan not in self._keys:
            alike: dict[str, list[str]] = defaultdict(list)
            sql = f"select id, text from {self.things} where plan_id = ? order by position"  # noqa: S608
            for key, text in self.connection.execute(sql, [plan]):
                alike[_plain(text)].append(key)
            self._keys[plan] = {
                Known(plan, text, position, len(keys)): key
                for text, keys in alike.items()
                for position, key in enumerate(keys, 1)
            }
            self._by_key.update((key, known) for known, key in self._keys[plan].items())
        return self._keys[plan]


def kept_rows(old: sqlite3.Connection, fresh: sqlite3.Connection) -> Rows:
    """The rows of the kept tables for a newer reading, made from those of the older one."""
    kept = {table.name: _as_they_are(old, table) for table in TABLES if table.kept and table.name not in _FOLLOWING}
    return kept | set_down(lifted(old), fresh)


def lifted(connection: sqlite3.Connection, *, of: str = "", waiting_for: str = "") -> Iterator[Lifted]:
    """Every fact with what it belongs to; or those of the plans in a table and those that wait for plans in another."""
    for waiting, name in UNMATCHED.items():
        owner, things = next(iter(BY_NAME[name].links.items()))
        before = Reading(connection, things)
        owned = f"where {owner} in (select id from {things} where plan_id in (select id from {of}))" if of else ""  # noqa: S608
        for row in _rows_in(connection, BY_NAME[name], owned):
            known = before.known(str(row[owner]))
            yield Lifted(name, row, known, before.measure(str(row[owner])) if known else None)
        waits = f"where plan_id is null or plan_id in (select id from {waiting_for})" if waiting_for else ""  # noqa: S608
        yield from (Lifted(name, row, Known.of(row)) for row in _rows_in(connection, BY_NAME[waiting], waits))


def set_down(facts: Iterable[Lifted], fresh: sqlite3.Connection) -> Rows:
    """The rows of facts by table: with the target or task of the newer reading, or waiting for one."""
    found: Rows = {name: [] for name in _FOLLOWING}
    readings = {things: Reading(fresh, things) for things in ("targets", "tasks")}
    for one in facts:
        owner, things = next(iter(BY_NAME[one.table].links.items()))
        now, key = readings[things], str(one.row[owner])
        successor = now.key(one.known) if one.known else key if now.known(key) else None
        if successor is None:
            found[f"{one.table}_unmatched"].append(_waiting(one))
        else:
            found[one.table].append(_standing(one, successor, now))
    return found


def _as_they_are(old: sqlite3.Connection, table: Table) -> list[Row]:
    return [{column: row.get(column) for column in table.columns} for row in _rows_in(old, table)]


def _standing(one: Lifted, successor: str, now: Reading) -> Row:
    """The row with its target or task of the newer reading, its value in the unit that is asked for there."""
    owner, row = next(iter(BY_NAME[one.table].links)), one.row
    found = {column: row.get(column) for column in BY_NAME[one.table].columns} | {owner: successor}
    if "converted" in found and one.known and one.measure != (measure := now.measure(successor)):
        value, percent = float(str(row["value"])), row.get("percent")
        share = None if percent is None else float(str(percent))
        unit = str(row["unit"] or "")
        found["converted"] = in_target_unit(value, unit, share, wanted=measure[0], change=measure[1])
    return found


def _waiting(one: Lifted) -> Row:
    found = {column: one.row.get(column) for column in BY_NAME[f"{one.table}_unmatched"].columns}
    known = one.known
    told = (known.plan, known.text, known.position, known.alike) if known else (None,) * len(WAITING)
    return found | dict(zip(WAITING, told, strict=True))


def _plain(text: str | None) -> str:
    """Words as they are compared: another reading may part lines otherwise."""
    return " ".join(nfc(text or "").split())


def _rows_in(connection: sqlite3.Connection, table: Table, which: str = "") -> Iterator[Row]:
    """The rows of a table, of an older layout with fewer columns; none where there is no such table."""
    there = connection.execute("select 1 from sqlite_master where type = 'table' and name = ?", (table.name,))
    if not there.fetchone():
        return
    found = connection.execute(f"select * from {table.name} {which} order by {table.key}")  # noqa: S608 (names of our own)
    names = [column for column, *_ in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))
