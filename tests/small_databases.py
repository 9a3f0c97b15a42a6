"""Databases of a few rows that are told, in memory, for what asks the search."""

import sqlite3

from sqlite_utils import Database

from publish.building.creating import create, index
from publish.search_entries import INDEX, Entries
from publish.tables import TABLES, Row, Rows


def blank(table: str) -> Row:
    """A row without anything in it."""
    return next(dict.fromkeys(one.columns) for one in TABLES if one.name == table)


def searchable(rows: Rows) -> sqlite3.Connection:
    """A database of these rows and no others, with its search entries."""
    db = Database(memory=True)
    for table in TABLES:
        create(db, table, rows.get(table.name, []))
        index(db, table)
    db.conn.execute(INDEX)
    db.conn.execute("create temp table counted as select id from plans")
    entries = Entries(db.conn, words_of_all=True)
    entries.add()
    entries.name_all()
    entries.finish()
    return db.conn
