"""Facts of files -> the rows that a new database takes in: each follows its target or task, and none comes twice.

A fact in a file is known by the reading that came with it, as one in an older database is by the reading there.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing

from publish.exchange.content import FACTS, Content
from publish.item_rows import item_rows
from publish.kept import kept_rows
from publish.tables import BY_NAME, UNMATCHED, Row, Rows
from schemas import Record

_KNOWN_BY = ("targets", "tasks", "measures")


def with_brought(kept: Rows, brought: Content, read: Mapping[str, Record], fresh: sqlite3.Connection) -> Rows:
    """What an older database gives to a new one, with the facts of files: one that stands here stays as it is here.

    `read` are the records of the new database, by which facts are known that came without their plan.
    """
    if not any(brought.facts.values()):
        return kept
    with closing(sqlite3.connect(":memory:")) as older:
        records = dict(read) | {record.id: record for record in brought.records}
        _fill(older, brought.facts, records.values())
        found = kept_rows(older, fresh)
    return _merged(kept, found)


def _fill(connection: sqlite3.Connection, facts: Rows, records: Iterable[Record]) -> None:
    """Tables as an older database has them: of facts, and of what these are of."""
    for name in (*_KNOWN_BY, *FACTS):
        table = BY_NAME[name]
        connection.execute(f"create table {name} ({', '.join(table.columns)})")
        if name in FACTS:
            _insert(connection, name, {row[table.key]: row for row in reversed(facts[name])}.values())
    for record in records:
        rows = item_rows(record)
        for name in _KNOWN_BY:
            _insert(connection, name, rows[name])


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    columns = list(BY_NAME[name].columns)
    places = ", ".join("?" * len(columns))
    values = ([row.get(column) for column in columns] for row in rows)
    connection.executemany(f"insert into {name} ({', '.join(columns)}) values ({places})", values)  # noqa: S608


def _merged(kept: Rows, brought: Rows) -> Rows:
    """The rows of both, one an id: those that stand before those that wait, ours before those of files."""
    merged: Rows = {name: [] for name in FACTS}
    for name in (name for name in FACTS if name not in UNMATCHED):
        waiting = next((table for table, of in UNMATCHED.items() if of == name), name)
        taken: set[object] = set()
        for table, rows in ((name, kept), (name, brought), (waiting, kept), (waiting, brought)):
            new = [row for row in rows.get(table, ()) if row["id"] not in taken]
            taken |= {row["id"] for row in new}
            merged[table] += new
    return {table: sorted(rows, key=lambda row: str(row["id"])) for table, rows in merged.items()}
