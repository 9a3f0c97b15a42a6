"""What people entered, carried over to a newer reading of the plans: each fact follows its target or task.

Targets and tasks are numbered in the order of print, so a newer reading of the same file may shift their numbers. What
a fact belongs to is therefore known by plan and words: the second of three targets of the same words stays the second
of three. Where a reading has no such target, or can't tell which of more or fewer it is, the fact waits with the words
that it belonged to until a reading has it again; no fact is ever dropped, and none goes over to another target.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.text import nfc
from publish.progress.target_units import in_target_unit
from publish.tables import BY_NAME, TABLES, UNMATCHED, Row, Rows, Table

_FOLLOWING = {*UNMATCHED, *UNMATCHED.values()}
WAITING = ("plan_id", "text", "position", "alike")


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
class Reading:
    """The targets or the tasks of one reading: what each key is known by, and the key of what is known."""

    by_key: Mapping[str, Known]
    keys: Mapping[Known, str]
    measures: Mapping[str, tuple[str | None, str | None]]  # unit and change of each target

    def successor(self, key: str, known: Known | None) -> str | None:
        """The key, in this reading, of what had a key in another; None where it is not there, or can't be told."""
        if known is None:
            return key if key in self.by_key else None
        return self.keys.get(known)


def kept_rows(old: sqlite3.Connection, fresh: sqlite3.Connection) -> Rows:
    """The rows of the kept tables for a newer reading, made from those of the older one."""
    kept = {table.name: _as_they_are(old, table) for table in TABLES if table.kept and table.name not in _FOLLOWING}
    for waiting, name in UNMATCHED.items():
        owner, things = next(iter(BY_NAME[name].links.items()))
        kept[name], kept[waiting] = [], []
        entered, waited = list(_rows_in(old, BY_NAME[name])), list(_rows_in(old, BY_NAME[waiting]))
        if not entered and not waited:
            continue
        before, now = _reading(old, things), _reading(fresh, things)
        known = [(row, before.by_key.get(str(row[owner])), before) for row in entered]
        for row, of, reading in (*known, *((row, Known.of(row), None) for row in waited)):
            successor = now.successor(str(row[owner]), of)
            if successor is None:
                kept[waiting].append(_waiting(waiting, row, of))
            else:
                kept[name].append(_standing(name, row, successor, reading, now))
    others = (table for table in TABLES if table.kept and table.name not in kept)
    return kept | {table.name: list(_rows_in(old, table)) for table in others}


def _as_they_are(old: sqlite3.Connection, table: Table) -> list[Row]:
    return [{column: row.get(column) for column in table.columns} for row in _rows_in(old, table)]


def _standing(name: str, row: Row, successor: str, before: Reading | None, now: Reading) -> Row:
    """The row with its target or task of the newer reading, its value in the unit that is asked for there."""
    owner = next(iter(BY_NAME[name].links))
    found = {column: row.get(column) for column in BY_NAME[name].columns} | {owner: successor}
    measure = now.measures.get(successor, (None, None))
    if "converted" in found and (before is None or before.measures.get(str(row[owner]), (None, None)) != measure):
        value, percent = float(str(row["value"])), row.get("percent")
        share = None if percent is None else float(str(percent))
        unit = str(row["unit"] or "")
        found["converted"] = in_target_unit(value, unit, share, wanted=measure[0], change=measure[1])
    return found


def _waiting(name: str, row: Row, known: Known | None) -> Row:
    found = {column: row.get(column) for column in BY_NAME[name].columns}
    told = (known.plan, known.text, known.position, known.alike) if known else (None,) * len(WAITING)
    return found | dict(zip(WAITING, told, strict=True))


def _reading(connection: sqlite3.Connection, things: str) -> Reading:
    """The targets or tasks as a database has them; an older layout too has these columns."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, plan, text in connection.execute(f"select id, plan_id, text from {things} order by plan_id, position"):  # noqa: S608
        alike[plan, _plain(text)].append(key)
    by_key = {
        key: Known(plan, text, position, len(keys))
        for (plan, text), keys in alike.items()
        for position, key in enumerate(keys, 1)
    }
    measures = {}
    if things == "targets":
        sql = "select target_id, unit, change from measures where target_id is not null and position = 1"
        measures = {key: (unit, change) for key, unit, change in connection.execute(sql)}
    return Reading(by_key, {known: key for key, known in by_key.items()}, measures)


def _plain(text: str | None) -> str:
    """Words as they are compared: another reading may part lines otherwise."""
    return " ".join(nfc(text or "").split())


def _rows_in(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """The rows of a table, of an older layout with fewer columns; none where there is no such table."""
    there = connection.execute("select 1 from sqlite_master where type = 'table' and name = ?", (table.name,))
    if not there.fetchone():
        return
    found = connection.execute(f"select * from {table.name} order by {table.key}")  # noqa: S608 (names of our own)
    names = [column for column, *_ in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))
