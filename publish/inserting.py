"""Rows -> statements that insert them."""

import sqlite3
from collections.abc import Iterable

from publish.tables import BY_NAME, Row, Table


def insertion(table: Table) -> str:
    """The statement that puts in a row whose values stand in the order of the table's columns."""
    return f"insert into {table.name} ({', '.join(table.columns)}) values ({', '.join('?' * len(table.columns))})"  # noqa: S608


def insert(connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    """Put rows into a table; what a row does not tell is null."""
    table = BY_NAME[name]
    columns = list(table.columns)
    connection.executemany(insertion(table), ([row.get(column) for column in columns] for row in rows))
