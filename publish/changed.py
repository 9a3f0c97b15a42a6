"""Changes to a database that people read: in the file that stands, or in a copy that takes its place, all at once."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from publish.atomic import beside
from publish.locking import Busy, copied, writing

T = TypeVar("T")

_CACHE = 4 << 10  # kB for pages of a file that is written
_FOR_READERS = 3.0  # seconds; pages that can't begin meanwhile wait for 5


def changed(db: Path, change: Callable[[sqlite3.Connection], T], new: Path | None = None) -> T:
    """What `change` gives, done to the file at `db`; nobody sees a part of it.

    Where somebody reads on and on, a download to a slow place say, it is done anew to a copy, made at `new`, that takes
    the file's place: that needs not wait for them. Raises Busy and Replaced.
    """
    try:
        with writing(db, for_readers=_FOR_READERS) as connection:
            return change(connection)
    except Busy:
        with in_a_copy(db, new or beside(db.resolve())) as connection:
            return change(connection)


@contextmanager
def in_a_copy(db: Path, new: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the file at `db`, made at `new`, which takes its place at the end; it goes where anything fails."""
    try:
        with copied(db, new):
            with quickly(new) as connection:
                yield connection
                connection.commit()
            put_in_place(new, db)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def quickly(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that nobody reads yet, and that is worthless if this is killed."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute(f"pragma cache_size = -{_CACHE}")
        yield connection


def put_in_place(new: Path, db: Path) -> None:
    """Let a new file take the place of the one at `db`, and what people may do with it, once it is on the disk."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    if db.exists():
        shutil.copymode(db, new)
    new.replace(db.resolve())
