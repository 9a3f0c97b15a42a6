"""Which files are databases that `kehoach build` made, and of which layout."""

import sqlite3
from contextlib import closing
from pathlib import Path

from extract.errors import KehoachError
from publish.locking import reading
from publish.tables import APPLICATION_ID, LAYOUT_VERSION


class NotOurDatabase(KehoachError):
    """The file at the database's place is something else, which must not be overwritten or served."""


class OtherLayout(KehoachError):
    """The database was made by another version of this program; a build makes it anew."""


def check_ours(db: Path, *, missing_is_fine: bool = False) -> None:
    """Raise NotOurDatabase unless `db` is a database that `build` made."""
    if not db.exists():
        if missing_is_fine:
            return
        raise NotOurDatabase(f"{db}: không có tệp này; hãy tạo bằng `kehoach build THƯ_MỤC --db {db}`")
    if _pragma(db, "application_id") != APPLICATION_ID:
        raise NotOurDatabase(
            f"{db}: không phải cơ sở dữ liệu do `kehoach build` tạo; hãy chọn tên tệp khác (ví dụ plans.db)"
        )


def layout_version(db: Path) -> int | None:
    """Which tables a database of ours holds."""
    return _pragma(db, "user_version")


def check_current(db: Path) -> None:
    """Raise NotOurDatabase or OtherLayout unless `db` has the tables that this version writes to."""
    check_ours(db)
    if layout_version(db) != LAYOUT_VERSION:
        raise OtherLayout(f"{db}: do phiên bản kehoach khác tạo; hãy tạo lại bằng `kehoach build THƯ_MỤC --db {db}`")


def _pragma(db: Path, name: str) -> int | None:
    """A number of the file's header; None where the file is no SQLite database."""
    try:
        with closing(reading(db)) as connection:
            number: int = connection.execute(f"pragma {name}").fetchone()[0]
            return number
    except sqlite3.DatabaseError:
        return None
