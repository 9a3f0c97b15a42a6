"""The database before a build: what it knows of files and plans, and how changes are best brought into it."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pydantic import ValidationError

from extract import EXTRACTOR
from extract.version import digest
from publish.building.changing import unmatched
from publish.building.staging import Staging
from publish.locking import reading
from publish.ours import layout_version
from publish.tables import LAYOUT_VERSION, Value
from schemas import Record

# Changes up to this many plans, and one in so many of all, are made in the file that stands: what is written is held in
# memory until it is kept. Up to half of all plans are changed in a copy.
_IN_PLACE, _IN_PLACE_OF, _IN_COPY_OF = 50, 4, 2
_GROWN = 2  # times as many plans as were there when SQLite last counted what it plans by


class Way(Enum):
    """How changes are brought into the database."""

    NOT_AT_ALL = "not at all"
    IN_PLACE = "in place"
    IN_A_COPY = "in a copy"
    ANEW = "anew"


@dataclass(frozen=True, slots=True)
class Standing:
    """The database as it stands before the build, if there is one of this layout."""

    db: Path

    @property
    def is_there(self) -> bool:
        """Whether what it knows can be used."""
        return self.db.exists() and layout_version(self.db) == LAYOUT_VERSION

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection | None]:
        """To be read as long as this lasts; None where there is nothing to read."""
        if not self.is_there:
            yield None
            return
        with closing(reading(self.db)) as connection:
            yield connection

    def inputs(self) -> Iterator[Sequence[Value]]:
        """What it knows of files."""
        with self.open() as connection:
            yield from connection.execute("select * from inputs") if connection else ()

    def way(self, staging: Staging) -> Way:
        """How the changes are brought in; not at all where nothing could be read: what stood before stands."""
        if not staging.plans:
            return Way.NOT_AT_ALL
        if not self.is_there or self._about("writer") != writer():
            return Way.ANEW
        changed, plans = staging.number_coming() + staging.number_going(), self.plans
        if changed * _IN_COPY_OF > plans:
            return Way.ANEW
        if not changed and not staging.inputs_differ():
            return Way.NOT_AT_ALL
        small = changed <= _IN_PLACE and changed * _IN_PLACE_OF <= plans
        in_place = small and not self.grows(staging) and os.access(self.db, os.W_OK)
        return Way.IN_PLACE if in_place else Way.IN_A_COPY

    def grows(self, staging: Staging) -> bool:
        """Whether it gets so much larger that SQLite has to count anew what it plans by."""
        return staging.plans > _GROWN * int(self._about("analyzed_plans") or 0)

    @property
    def plans(self) -> int:
        """How many plans it holds."""
        with self.open() as connection:
            return int(connection.execute("select count(*) from sources").fetchone()[0]) if connection else 0

    def _about(self, name: str) -> str | None:
        with self.open() as connection:
            found = connection.execute("select value from about where name = ?", [name]) if connection else None
            row = found.fetchone() if found else None
            return row[0] if row else None

    def unmatched(self) -> int:
        """How many entered facts wait for their target or task."""
        with self.open() as connection:
            return unmatched(connection) if connection else 0


def writer() -> str:
    """What rows are made by: a program that makes others writes all of them anew."""
    return f"{EXTRACTOR}/{digest('publish', kinds=('.py', '.sql', '.yaml', '.csv'), but=('site', 'pages'))}"


def known_record(connection: sqlite3.Connection, sha256: str, filename: str) -> Record | None:
    """The record of the same bytes under the same kind of file; a new name goes into it."""
    found = connection.execute(
        "select json from records where sha256 = ? and extractor = ?", (sha256, EXTRACTOR)
    ).fetchone()
    record = _record(found[0]) if found else None
    if record is None or Path(record.source.filename).suffix.lower() != Path(filename).suffix.lower():
        return None
    return under_name(record, filename)


def _record(json: str) -> Record | None:
    try:
        return Record.model_validate_json(json)
    except ValidationError:  # written under an older schema
        return None


def under_name(record: Record, filename: str) -> Record:
    """The record of the same file under another name."""
    return record.model_copy(update={"source": record.source.model_copy(update={"filename": filename})})
