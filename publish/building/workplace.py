"""A folder beside the database where one build at a time works; a killed build's next run finds there what it read."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.2
STAGING, NEW = "staging.db", "new.db"


def workplace_of(db: Path) -> Path:
    """The folder in which builds of a database work."""
    at = db.resolve()
    return at.with_name(f".{at.name}.build")


@contextmanager
def workplace(db: Path, on_wait: Callable[[], None]) -> Iterator[Path]:
    """The folder, for this build alone; it goes at the end, unless the build breaks off.

    Where another build works there, `on_wait` is called once, and it is waited for.
    """
    folder = workplace_of(db)
    lock = _taken(folder, on_wait)
    try:
        (folder / NEW).unlink(missing_ok=True)
        yield folder
        shutil.rmtree(folder)
    finally:
        with suppress(OSError):  # empty where nothing was read yet
            folder.rmdir()
        os.close(lock)  # and the lock with it, as when the process is killed


def _taken(folder: Path, on_wait: Callable[[], None]) -> int:
    """A lock on the folder that stands there: who held it before may have removed it."""
    told = False
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), folder.stat()):
                return lock
        except FileNotFoundError:
            pass
        except BlockingIOError:
            if not told:
                on_wait()
                told = True
            time.sleep(_PAUSE)
        os.close(lock)
