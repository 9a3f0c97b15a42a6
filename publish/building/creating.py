"""The tables of a new database, their indexes and their full-text search."""

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database

from publish.scripts import run_script
from publish.shared_rows import codelist_rows
from publish.tables import APPLICATION_ID, BY_NAME, LAYOUT_VERSION, LISTED, TABLES, Row, Table

# Folds every accent but that of đ; the folded copy (`search_text`) is what "cong dong" is found in.
TOKENIZE = "unicode61 remove_diacritics 2"


def create_tables(connection: sqlite3.Connection) -> None:
    """Every table, with the codelists filled in, without indexes: rows go in much faster so."""
    db = Database(connection)
    for table in TABLES:
        rows = codelist_rows(table.name) if table.name in LISTED else ()
        create(db, table, rows)


def create_indexes(connection: sqlite3.Connection) -> None:
    """All indexes; search over what is in the tables now, which follows what is added and deleted later."""
    db = Database(connection)
    for table in TABLES:
        index(db, table)


def create_views(connection: sqlite3.Connection) -> None:
    """The views for people, and the marks that say whose file this is."""
    run_script(connection, "views.sql")
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {LAYOUT_VERSION}")


def create(db: Database, table: Table, rows: Iterable[Row] = ()) -> None:
    """A table with its links and rows."""
    created = db.table(table.name)
    created.create(table.columns, pk=table.key, foreign_keys=[(c, t, BY_NAME[t].key) for c, t in table.links.items()])
    created.insert_all(rows)


def index(db: Database, table: Table) -> None:
    """A table's indexes and its search."""
    created = db.table(table.name)
    first = {columns.split()[0] for columns in table.indexed}
    for columns in (*(link for link in table.links if link not in first), *table.indexed):
        if columns in table.sparse:
            sql = f"create index idx_{table.name}_{columns} on {table.name} ({columns}) where {columns} is not null"
            db.conn.execute(sql)
        else:
            created.create_index(columns.split(), if_not_exists=True)
    if table.searched:
        created.enable_fts(table.searched, tokenize=TOKENIZE, create_triggers=True)
        created.optimize()


def analyze(connection: sqlite3.Connection) -> None:
    """Count for SQLite what it plans its queries by; without it those of thousands of plans take hours."""
    Database(connection).analyze()
    plans = connection.execute("select count(*) from plans").fetchone()[0]
    connection.execute("insert or replace into about (name, value) values ('analyzed_plans', ?)", [str(plans)])
