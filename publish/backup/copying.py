"""A database -> a copy of it, whole and checked, while imports and the site go on; the way back is the same."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

from extract.errors import KehoachError
from publish.atomic import replacing
from publish.locking import alone, reading
from publish.ours import check_ours
from publish.tables import APPLICATION_ID

_BESIDE = ("-journal", "-wal", "-shm")  # of the older file; SQLite would take them for the new file's
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


class BackupFailed(KehoachError):
    """There is no copy, or it is not whole; what stood in its place stands."""


def back_up(db: Path, to: Path) -> None:
    """Copy `db` to the file `to`, as it is between two writes. Raises NotOurDatabase and BackupFailed."""
    for path in (db, to):
        if not _bears_our_mark(path):  # a damaged file of ours can't be opened to ask it
            check_ours(path, missing_is_fine=path == to)
    if to.exists() and to.samefile(db):
        raise BackupFailed(f"{to}: là chính tệp cần sao lưu; hãy chọn tên tệp khác")
    try:
        with ExitStack() as until_replaced, replacing(to) as beside:
            _copy(db, beside)
            until_replaced.enter_context(alone(to))  # where `to` is in use, no import goes on in the file that leaves
            for end in _BESIDE:
                to.with_name(to.name + end).unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise BackupFailed(f"{db}: không sao lưu được ({error}); hãy chạy `kehoach doctor {db}`") from error


def dated(db: Path, folder: Path, day: date) -> Path:
    """The name of a day's copy in a folder of copies.

    >>> dated(Path("a/plans.db"), Path("b"), date(2026, 11, 20)).as_posix()
    'b/plans-2026-11-20.db'
    """
    return folder / f"{db.stem}-{day.isoformat()}.db"


def outdated(db: Path, folder: Path, keep: int) -> Iterator[Path]:
    """The copies of earlier days that a folder has beyond the latest `keep`."""
    yield from sorted(folder.glob(f"{_escaped(db.stem)}-{_DAY}.db"))[:-keep]


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _bears_our_mark(path: Path) -> bool:
    """Whether the header of the file says that it is ours (https://www.sqlite.org/fileformat.html, 1.3)."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:]) == APPLICATION_ID


def _copy(db: Path, beside: Path) -> None:
    """All pages of one moment, checked and on the disk."""
    with closing(reading(db)) as source, closing(sqlite3.connect(beside)) as target:
        source.backup(target)
        said = target.execute("pragma quick_check(1)").fetchone()[0]
    if said != "ok":
        raise BackupFailed(f"{db}: tệp hỏng nên không sao lưu ({said}); hãy chạy `kehoach doctor {db}`")
    with beside.open("rb") as file:
        os.fsync(file.fileno())
