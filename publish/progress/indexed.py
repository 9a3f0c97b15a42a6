"""Many rows into a table at once, whose indexes are made when all are in: that takes half as long as row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_INDEXES = "select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null"
_COUNTED = "select name from sqlite_master where name = 'sqlite_stat1'"


@contextmanager
def indexed_afterwards(connection: sqlite3.Connection, table: str, coming: int) -> Iterator[None]:
    """Do without the indexes of a table where more rows are to come than it has; for a transaction of the caller.

    What ANALYZE found out about them stays, since without it SQLite may take ways that are much too long.
    """
    (standing,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 (a name of our own)
    if coming <= standing:
        yield
        return
    indexes = connection.execute(_INDEXES, (table,)).fetchall()
    analyzed = connection.execute(_COUNTED).fetchall()
    counts = connection.execute("select * from sqlite_stat1 where tbl = ?", (table,)).fetchall() if analyzed else []
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)
    if analyzed:
        names = {name for name, _ in indexes}
        connection.executemany("insert into sqlite_stat1 values (?, ?, ?)", [one for one in counts if one[1] in names])
