"""What was staged -> the database: in the file that stands, in a copy, or in a new file, each all at once."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from publish.building.changing import Changes, change, create
from publish.building.creating import analyze
from publish.building.own_rows import packed
from publish.building.staging import Staging
from publish.building.standing import Standing, Way, under_name, writer
from publish.exchange.content import Content
from publish.locking import Busy, held_still, writing
from schemas import Record

_CACHE = 4 << 10  # kB for pages of a file that is written
_FOR_READERS = 3.0  # seconds; pages that can't begin meanwhile wait for 5


def write(standing: Standing, staging: Staging, brought: Content, new: Path) -> None:
    """Bring the changes into the database; `new` is where a file is made that takes its place."""
    match standing.way(staging):
        case Way.ANEW:
            _write_anew(standing, staging, brought, new)
        case Way.IN_A_COPY:
            _write_in_a_copy(standing, staging, brought, new)
        case Way.IN_PLACE:
            try:
                with (
                    writing(standing.db, for_readers=_FOR_READERS) as connection,
                    _changes(staging, standing, brought) as changes,
                ):
                    change(connection, changes)
            except Busy:  # somebody reads on and on; a file that takes the place of this one needs not wait for that
                _write_in_a_copy(standing, staging, brought, new)
        case Way.NOT_AT_ALL:
            pass


def _write_anew(standing: Standing, staging: Staging, brought: Content, new: Path) -> None:
    with ExitStack() as until_replaced:
        with _quickly(new) as connection, _changes(staging, standing, brought, every=True) as changes:
            create(connection, changes, lambda: until_replaced.enter_context(held_still(standing.db)))
        _put_in_place(new, standing.db)


def _write_in_a_copy(standing: Standing, staging: Staging, brought: Content, new: Path) -> None:
    with held_still(standing.db):
        shutil.copyfile(standing.db, new)
        with _quickly(new) as connection, _changes(staging, standing, brought) as changes:
            change(connection, changes)
            if standing.grows(staging):
                analyze(connection)
            connection.commit()
        _put_in_place(new, standing.db)


@contextmanager
def _quickly(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that nobody reads yet, and that is worthless if this is killed."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute(f"pragma cache_size = -{_CACHE}")
        yield connection


def _put_in_place(new: Path, db: Path) -> None:
    """Let the new file take the place of the old one, once it is on the disk."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(db)


@contextmanager
def _changes(staging: Staging, standing: Standing, brought: Content, *, every: bool = False) -> Iterator[Changes]:
    """What is to be changed, or all that a new database is made of; plans that are not read anew are packed again."""
    with standing.open() as held:
        yield Changes(
            going=() if every else (*staging.going(), *staging.replaced()),
            coming=(
                (plan, rows or _packed_again(held, plan, name)) for plan, name, rows in staging.coming(every=every)
            ),
            coming_plans=staging.coming_plans(every=every),
            inputs_going=() if every else staging.inputs_going(),
            inputs_coming=staging.inputs_coming(every=every),
            brought=brought,
            writer=writer(),
        )


def _packed_again(held: sqlite3.Connection | None, plan: str, filename: str) -> bytes:
    """A plan's rows from the record that the database has of it."""
    if held is None:
        raise LookupError(plan)
    (json,) = held.execute("select json from records where plan_id = ?", [plan]).fetchone()
    return packed(under_name(Record.model_validate_json(json), filename))
