"""One writer of a database at a time, and each at the file that stands there: imports add to it, a build replaces it.

A build puts a new file in the place of the old one. Who had opened the old one would write into a file that nobody
sees any more; worse, SQLite looks for what is left of a killed write beside the file by its name, and would take what
belongs to the new file for its own. So writers first take a lock on the folder, then open the file. Readers need none.
"""

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from extract.errors import KehoachError

_LONGEST_WAIT = 120.0  # seconds, for an import of a million rows or the end of a build
_PAUSE = 0.05
_PIECE = 1 << 20  # bytes that are copied at once
_CHANGED = 10  # times that the file may be replaced by a program without our lock
# A write was killed; whoever may write to the file takes back the half of it that is there.
_HALF_WRITTEN = "SQLITE_READONLY_ROLLBACK"
_REPLACED_ALWAYS = "tệp bị thay liên tục; hãy thử lại sau"
_IN_USE = "một chương trình khác đang dùng tệp này; chưa đổi gì, hãy thử lại sau ít phút"


class Busy(KehoachError):
    """Another import or build goes on; nothing was changed."""


class Replaced(KehoachError):
    """The file is gone, or changes faster than it can be opened."""


@contextmanager
def alone(db: Path, wait: float = _LONGEST_WAIT) -> Iterator[None]:
    """No other writer of this program works in the folder of `db` meanwhile; raises Busy where one does for long."""
    folder = os.open(db.resolve().parent, os.O_RDONLY)
    try:
        _take(folder, db, time.monotonic() + wait)
        yield
    finally:
        os.close(folder)  # and the lock with it, as when the process is killed


def _take(folder: int, db: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise Busy(f"{db}: {_IN_USE}") from error
            time.sleep(_PAUSE)
        except OSError:  # a file system without such locks; SQLite's own remain
            return
        else:
            return


@contextmanager
def writing(db: Path, wait: float = _LONGEST_WAIT, *, for_readers: float | None = None) -> Iterator[sqlite3.Connection]:
    """A transaction on the file that stands at `db`, kept at the end, taken back where anything goes wrong.

    Others read on while it lasts: what is written stays in memory until it is kept. Then those who read have to finish,
    and nobody can begin; `for_readers` says for how many seconds at most. Raises Busy and Replaced.
    """
    with alone(db, wait), _transaction(db, wait) as connection:
        yield connection
        if for_readers is not None:
            connection.execute(f"pragma busy_timeout = {round(for_readers * 1000)}")


@contextmanager
def held_still(db: Path, wait: float = _LONGEST_WAIT) -> Iterator[sqlite3.Connection | None]:
    """The file at `db`, to be read before another takes its place: nobody adds to it meanwhile. None where none is."""
    with alone(db, wait):
        if db.exists():
            with _held(db, wait) as connection:
                yield connection
        else:
            yield None


@contextmanager
def copied(db: Path, copy: Path, wait: float = _LONGEST_WAIT) -> Iterator[None]:
    """The file at `db` stands in `copy` too; nobody adds to it as long as this lasts."""
    with alone(db, wait), db.open("rb") as file, _held(db, wait):  # SQLite's locks end where the file is closed
        with copy.open("wb") as beside:
            shutil.copyfileobj(file, beside, _PIECE)
        yield


@contextmanager
def _held(db: Path, wait: float) -> Iterator[sqlite3.Connection]:
    writable = os.access(db, os.W_OK)
    with closing(_begun(db, wait) if writable else reading(db)) as connection:
        yield connection
        if writable:
            connection.execute("rollback")  # to keep nothing would be to wait for readers all the same


@contextmanager
def _transaction(db: Path, wait: float) -> Iterator[sqlite3.Connection]:
    with closing(_begun(db, wait)) as connection:
        try:
            yield connection
            connection.execute("commit")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("rollback")
            if isinstance(error, sqlite3.OperationalError) and _is_busy(error):  # somebody reads on and on
                raise Busy(f"{db}: {_IN_USE}") from error
            raise


def _begun(db: Path, wait: float) -> sqlite3.Connection:
    """A connection that holds the write lock of the file at `db`, not of one that was replaced meanwhile."""
    for _ in range(_CHANGED):
        connection, before = None, _identity(db)
        try:
            connection = sqlite3.connect(
                f"{db.resolve().as_uri()}?mode=rw", uri=True, timeout=wait, isolation_level=None
            )
            connection.execute("pragma cache_spill = off")
            connection.execute("pragma temp_store = memory")
            connection.execute("begin immediate")
            if _identity(db) == before:
                return connection
        except sqlite3.OperationalError as error:
            if connection is not None:
                connection.close()
            if _is_busy(error):
                raise Busy(f"{db}: {_IN_USE}") from error
            if error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
                raise Replaced(f"{db}: không ghi được vào tệp; hãy kiểm tra quyền ghi") from error
            raise
        connection.close()
    raise Replaced(f"{db}: {_REPLACED_ALWAYS}")


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorname.startswith("SQLITE_BUSY")


def _identity(db: Path) -> tuple[int, int]:
    try:
        found = db.stat()
    except OSError as error:
        raise Replaced(f"{db}: không còn tệp này; hãy tạo bằng `kehoach build THƯ_MỤC --db {db}`") from error
    return found.st_dev, found.st_ino


def reading(db: Path) -> sqlite3.Connection:
    """A connection that can't write, to a file that is whole: what is left of a killed write is taken back first."""
    connection = _opened(db)
    try:
        connection.execute("select 1 from sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if not is_half_written(error):
            raise
        with writing(db) as repairing:
            repairing.execute("select 1 from sqlite_master").fetchone()
        return _opened(db)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


@contextmanager
def reading_one_state(db: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can't write, to which the file stays as it is now."""
    with closing(reading(db)) as connection:
        connection.execute("begin")
        connection.execute("select 1 from sqlite_master").fetchone()
        yield connection


@contextmanager
def bytes_of_one_state(db: Path) -> Iterator[BinaryIO]:
    """The file that stands at `db`, in which nobody writes as long as this lasts.

    For a process that has nothing else to do with the file: where it is closed, all SQLite's locks that the process has
    on it end.
    """
    for _ in range(_CHANGED):
        with db.open("rb") as file, reading_one_state(db):
            if os.path.samestat(os.fstat(file.fileno()), db.stat()):
                yield file
                return
    raise Replaced(f"{db}: {_REPLACED_ALWAYS}")


def is_half_written(error: sqlite3.OperationalError) -> bool:
    """Whether a write was killed midway, which `reading` takes back; an open connection can't, if it may not write."""
    return error.sqlite_errorname == _HALF_WRITTEN


def _opened(db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)
