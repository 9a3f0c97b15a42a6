"""Facts of files -> the database: each follows its target or task, and none comes twice.

A fact in a file is known by the reading that came with it; one that came without its plan, by the key it has.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from publish.exchange.content import FACTS, Content
from publish.inserting import insert
from publish.item_rows import item_rows
from publish.kept import lifted, set_down
from publish.tables import BY_NAME, UNMATCHED, Row

_KNOWN_BY = ("targets", "tasks", "measures")


def bring_in(connection: sqlite3.Connection, brought: Content) -> set[str]:
    """Add the facts of files that the database does not have; gives the targets and tasks that have one more."""
    with closing(sqlite3.connect(":memory:")) as older:
        _fill(older, brought)
        found = set_down(lifted(older), connection)
    owners: set[str] = set()
    for waiting, name in UNMATCHED.items():
        for row in _new(connection, found[name], name):
            connection.execute(f"delete from {waiting} where id = ?", [row["id"]])  # noqa: S608 (names of our own)
            insert(connection, name, [row])
            owners.add(str(row[next(iter(BY_NAME[name].links))]))
        insert(connection, waiting, _new(connection, found[waiting], name, waiting))
    for name in (one for one in FACTS if one not in UNMATCHED and one not in UNMATCHED.values()):
        insert(connection, name, _new(connection, brought.facts[name], name))
    return owners


def _new(connection: sqlite3.Connection, rows: Iterable[Row], *tables: str) -> list[Row]:
    """The rows, one an id, that none of the tables has."""
    either = " union all ".join(f"select 1 from {name} where id = :id" for name in tables)  # noqa: S608
    by_id = {row["id"]: row for row in sorted(rows, key=lambda row: str(row["id"]))}
    return [row for key, row in by_id.items() if not connection.execute(either, {"id": key}).fetchone()]


def _fill(connection: sqlite3.Connection, brought: Content) -> None:
    """Tables as an older database has them: of facts, and of what these are of."""
    for name in (*_KNOWN_BY, *FACTS):
        table = BY_NAME[name]
        connection.execute(f"create table {name} ({', '.join(table.columns)})")
        for column in {"id", "plan_id", "target_id"} & table.columns.keys():
            connection.execute(f"create index {name}_{column} on {name} ({column})")
        if name in FACTS:
            insert(connection, name, {row[table.key]: row for row in reversed(brought.facts[name])}.values())
    for record in {record.id: record for record in reversed(brought.records)}.values():
        rows = item_rows(record)
        for name in _KNOWN_BY:
            insert(connection, name, rows[name])
