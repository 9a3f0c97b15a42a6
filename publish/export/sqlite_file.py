"""The database as a file: as it is, or built anew from the records of the plans that were chosen."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from publish.database import build
from publish.export.files import PIECE
from publish.export.records import record_files
from publish.export.source import Source
from publish.locking import bytes_of_one_state
from publish.tables import BY_NAME, Table

_MAGIC, _HEADER = b"SQLite format 3\0", 100


def sqlite_file(source: Source) -> Iterator[bytes]:
    """The bytes of a database that `kehoach serve` takes."""
    if not source.narrowed:
        with bytes_of_one_state(source.path) as file:
            yield from _pieces(file)
        return
    with TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        for one in record_files(source):
            (folder / one.name).write_bytes(b"".join(one.pieces))
        build([folder], folder / "plans.db")
        with closing(sqlite3.connect(folder / "plans.db")) as fresh:
            _copy(source, fresh, BY_NAME["sources"])  # a build can't know them from the records
            fresh.commit()
        with (folder / "plans.db").open("rb") as file:
            yield from _pieces(file)


def _copy(source: Source, fresh: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(table.columns)
    held = source.connection.execute(f"select {columns} from {table.name} order by {table.key}")  # noqa: S608
    fresh.execute(f"delete from {table.name}")  # noqa: S608
    places = ", ".join("?" * len(table.columns))
    fresh.executemany(f"insert into {table.name} ({columns}) values ({places})", held)  # noqa: S608


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def size(first: bytes) -> int | None:
    r"""How long a database is by its first bytes, where they say so (https://www.sqlite.org/fileformat.html, 1.3).

    >>> size(b"SQLite format 3\0" + bytes(84)) is None
    True
    """
    if len(first) < _HEADER or not first.startswith(_MAGIC):
        return None
    (page_size,), (changes, pages), (counted_at,) = (
        struct.unpack_from(form, first, at) for form, at in ((">H", 16), (">II", 24), (">I", 92))
    )
    return pages * (page_size if page_size > 1 else 1 << 16) if pages and changes == counted_at else None
