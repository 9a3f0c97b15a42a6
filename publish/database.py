"""Plans -> one SQLite file with tables, links, indexes, full-text search and views, written whole or not at all."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

from pydantic import ValidationError
from sqlite_utils import Database

from extract import EXTRACTOR
from publish.atomic import replacing
from publish.exchange.content import Content
from publish.exchange.inputs import is_input, parted, read_packages
from publish.exchange.merging import with_brought
from publish.exchange.reading import is_of_package
from publish.inputs import Failure, find_inputs
from publish.kept import kept_rows
from publish.limits import Limits
from publish.locking import held_still, reading
from publish.ours import NotOurDatabase, check_ours, layout_version
from publish.progress.standing_statuses import refresh
from publish.reading import Known, Read, read_all
from publish.rows import database_rows
from publish.search_entries import index_entries
from publish.tables import APPLICATION_ID, BY_NAME, LAYOUT_VERSION, TABLES, UNMATCHED, Row, Rows, Table
from schemas import Record

__all__ = ["BuildReport", "NotOurDatabase", "build", "check_ours", "layout_version"]

# Folds every accent but that of đ; the folded copy (`search_text`) is what "cong dong" is found in.
TOKENIZE = "unicode61 remove_diacritics 2"
Progress = Callable[[int, int, Path], None]
BroughtIn = Callable[[Rows, sqlite3.Connection], Rows]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `written` is false where no input gave a record: what stood before still stands."""

    plans: int
    extracted: int
    reused: int
    written: bool
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Path, ...] = ()
    duplicates: tuple[Path, ...] = ()
    unmatched: int = 0


def build(
    paths: Iterable[Path], db: Path, *, limits: Limits | None = None, on_progress: Progress | None = None
) -> BuildReport:
    """Make `db` hold exactly the plans of `paths`; unchanged files are not extracted again.

    Raises NotOurDatabase where `db` is a file of another kind.
    """
    check_ours(db, missing_is_fine=True)
    inputs = find_inputs(paths, is_input)
    plans, packages = parted(inputs.files)
    failures = list(inputs.failures)
    records: dict[str, Record] = {}
    sources: dict[str, Path] = {}
    duplicates: list[Path] = []
    brought = Content()
    reused = 0
    with _known_records(db) as known:
        outcomes = chain(read_all(plans, known=known, limits=limits), read_packages(packages, brought))
        for done, outcome in enumerate(outcomes, 1):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            elif outcome.record.id in records:
                duplicates.append(outcome.input.path)
            else:
                records[outcome.record.id] = outcome.record
                sources[outcome.record.id] = outcome.source
                reused += outcome.reused
            if on_progress:
                on_progress(min(done, len(inputs.files)), len(inputs.files), _path(outcome))
    rows = database_rows(records.values(), _paths_from(db, sources))
    unmatched = _write(db, rows, lambda kept, fresh: with_brought(kept, brought, records, fresh)) if records else 0
    return BuildReport(
        plans=len(records),
        extracted=len(records) - reused,
        reused=reused,
        written=bool(records),
        failures=tuple(failures),
        skipped=tuple(path for path in inputs.skipped if not is_of_package(path)),
        duplicates=tuple(dict.fromkeys(duplicates)),
        unmatched=unmatched,
    )


def _paths_from(db: Path, sources: Mapping[str, Path]) -> dict[str, str]:
    """Where the source files are, seen from the database's folder, so that both can be moved together."""
    folder = db.resolve().parent
    return {key: Path(os.path.relpath(path.resolve(), folder)).as_posix() for key, path in sources.items()}


def _path(outcome: Read | Failure) -> Path:
    return outcome.path if isinstance(outcome, Failure) else outcome.input.path


@contextmanager
def _known_records(db: Path) -> Iterator[Known | None]:
    """A look-up of the records that `db` holds of this extractor; None where there is nothing to look in."""
    if not db.exists() or layout_version(db) != LAYOUT_VERSION:
        yield None
        return
    with closing(reading(db)) as connection:
        yield lambda sha256, filename: _known_record(connection, sha256, filename)


def _known_record(connection: sqlite3.Connection, sha256: str, filename: str) -> Record | None:
    """The record of the same bytes under the same kind of file; a new name goes into it."""
    found = connection.execute(
        "select json from records where sha256 = ? and extractor = ?", (sha256, EXTRACTOR)
    ).fetchone()
    if found is None:
        return None
    try:
        record = Record.model_validate_json(found[0])
    except ValidationError:  # written under an older schema
        return None
    if Path(record.source.filename).suffix.lower() != Path(filename).suffix.lower():
        return None
    return record.model_copy(update={"source": record.source.model_copy(update={"filename": filename})})


def _write(db: Path, rows: Rows, brought_in: BroughtIn) -> int:
    """Write the whole database anew; gives the number of entered facts whose target or task is gone.

    `brought_in` adds the facts of files to those of the older database.
    """
    with ExitStack() as until_replaced, replacing(db) as beside, closing(Database(beside)) as fresh:
        for table in TABLES:
            if not table.kept:
                _create(fresh, table, rows[table.name])
        _run(fresh, "summaries.sql")
        index_entries(fresh.conn)
        kept = _carry_over(until_replaced.enter_context(held_still(db)), fresh, brought_in)
        _run(fresh, "views.sql")
        fresh.analyze()  # without it the statuses of thousands of plans take hours
        refresh(fresh.conn)
        fresh.analyze()
        fresh.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        fresh.conn.execute(f"pragma user_version = {LAYOUT_VERSION}")
        fresh.conn.commit()
    return sum(len(kept.get(name, ())) for name in UNMATCHED)


def _carry_over(old: sqlite3.Connection | None, fresh: Database, brought_in: BroughtIn) -> Rows:
    """What people entered, from the database that is to be replaced; nobody may add to it until it is."""
    kept = brought_in(kept_rows(old, fresh.conn) if old else {}, fresh.conn)
    for table in TABLES:
        if table.kept:
            _create(fresh, table, kept.get(table.name, ()))
    return kept


def _run(db: Database, script: str) -> None:
    db.conn.executescript(files("publish").joinpath(script).read_text("utf-8"))


def _create(db: Database, table: Table, rows: Iterable[Row]) -> None:
    """The table with its rows, links, indexes and search."""
    created = db.table(table.name)
    created.create(table.columns, pk=table.key, foreign_keys=[(c, t, BY_NAME[t].key) for c, t in table.links.items()])
    created.insert_all(rows)
    first = {columns.split()[0] for columns in table.indexed}
    for columns in (*(link for link in table.links if link not in first), *table.indexed):
        if columns in table.sparse:
            sql = f"create index idx_{table.name}_{columns} on {table.name} ({columns}) where {columns} is not null"
            db.conn.execute(sql)
        else:
            created.create_index(columns.split(), if_not_exists=True)
    if table.searched:
        created.enable_fts(table.searched, tokenize=TOKENIZE)
        created.optimize()
