"""The database as a file: as it is, or built anew from the records of the plans that were chosen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.database import build
from publish.export.files import PIECE
from publish.export.records import record_files
from publish.export.source import Source
from publish.tables import BY_NAME, Table


def sqlite_file(source: Source) -> Iterator[bytes]:
    """The bytes of a database that `kehoach serve` takes."""
    if not source.narrowed:
        yield from _pieces(source.path)
        return
    with TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        for file in record_files(source):
            (folder / file.name).write_bytes(b"".join(file.pieces))
        build([folder], folder / "plans.db")
        with closing(sqlite3.connect(folder / "plans.db")) as fresh:
            _copy(source, fresh, BY_NAME["sources"])  # a build can't know them from the records
            fresh.commit()
        yield from _pieces(folder / "plans.db")


def _copy(source: Source, fresh: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(table.columns)
    held = source.connection.execute(f"select {columns} from {table.name} order by {table.key}")  # noqa: S608
    fresh.execute(f"delete from {table.name}")  # noqa: S608
    places = ", ".join("?" * len(table.columns))
    fresh.executemany(f"insert into {table.name} ({columns}) values ({places})", held)  # noqa: S608


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
