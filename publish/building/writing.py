"""What was staged -> the database: in the file that stands, in a copy, or in a new file, each all at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from publish.building.changing import Changes, change, create
from publish.building.creating import analyze
from publish.building.own_rows import packed
from publish.building.staging import Staging
from publish.building.standing import Standing, Way, under_name, writer
from publish.changed import changed, in_a_copy, put_in_place, quickly
from publish.exchange.content import Content
from publish.locking import held_still
from schemas import Record


def write(standing: Standing, staging: Staging, brought: Content, new: Path) -> None:
    """Bring the changes into the database; `new` is where a file is made that takes its place."""

    def bring_in(connection: sqlite3.Connection) -> None:
        with _changes(staging, standing, brought) as changes:
            change(connection, changes)

    match standing.way(staging):
        case Way.ANEW:
            _write_anew(standing, staging, brought, new)
        case Way.IN_A_COPY:
            with in_a_copy(standing.db, new) as connection:
                bring_in(connection)
                if standing.grows(staging):
                    analyze(connection)
        case Way.IN_PLACE:
            changed(standing.db, bring_in, new)
        case Way.NOT_AT_ALL:
            pass


def _write_anew(standing: Standing, staging: Staging, brought: Content, new: Path) -> None:
    with ExitStack() as until_replaced:
        with quickly(new) as connection, _changes(staging, standing, brought, every=True) as changes:
            create(connection, changes, lambda: until_replaced.enter_context(held_still(standing.db)))
        put_in_place(new, standing.db)


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
