"""Plans -> one SQLite file with tables, links, indexes, full-text search and views, written whole or not at all."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError
from sqlite_utils import Database

from extract import EXTRACTOR
from extract.errors import KehoachError
from publish.atomic import replacing
from publish.inputs import Failure, find_inputs
from publish.limits import Limits
from publish.reading import Known, Read, is_plan_or_record, read_all
from publish.rows import database_rows
from publish.search_entries import index_entries
from publish.tables import APPLICATION_ID, BY_NAME, LAYOUT_VERSION, TABLES, Row, Rows, Table
from schemas import Record

# Folds every accent but that of đ; the folded copy (`search_text`) is what "cong dong" is found in.
TOKENIZE = "unicode61 remove_diacritics 2"
Progress = Callable[[int, int, Path], None]


class NotOurDatabase(KehoachError):
    """The file at the database's place is something else, which must not be overwritten or served."""


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
    unmatched_actuals: int = 0


def build(
    paths: Iterable[Path], db: Path, *, limits: Limits | None = None, on_progress: Progress | None = None
) -> BuildReport:
    """Make `db` hold exactly the plans of `paths`; unchanged files are not extracted again.

    Raises NotOurDatabase where `db` is a file of another kind.
    """
    check_ours(db, missing_is_fine=True)
    inputs = find_inputs(paths, is_plan_or_record)
    failures = list(inputs.failures)
    records: dict[str, Record] = {}
    sources: dict[str, Path] = {}
    duplicates: list[Path] = []
    reused = 0
    with _known_records(db) as known:
        for done, outcome in enumerate(read_all(inputs.files, known=known, limits=limits), 1):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            elif outcome.record.id in records:
                duplicates.append(outcome.input.path)
            else:
                records[outcome.record.id] = outcome.record
                sources[outcome.record.id] = outcome.source
                reused += outcome.reused
            if on_progress:
                on_progress(done, len(inputs.files), _path(outcome))
    unmatched = _write(db, database_rows(records.values(), _paths_from(db, sources))) if records else 0
    return BuildReport(
        plans=len(records),
        extracted=len(records) - reused,
        reused=reused,
        written=bool(records),
        failures=tuple(failures),
        skipped=inputs.skipped,
        duplicates=tuple(duplicates),
        unmatched_actuals=unmatched,
    )


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


def _paths_from(db: Path, sources: Mapping[str, Path]) -> dict[str, str]:
    """Where the source files are, seen from the database's folder, so that both can be moved together."""
    folder = db.resolve().parent
    return {key: Path(os.path.relpath(path.resolve(), folder)).as_posix() for key, path in sources.items()}


def _path(outcome: Read | Failure) -> Path:
    return outcome.path if isinstance(outcome, Failure) else outcome.input.path


def _pragma(db: Path, name: str) -> int | None:
    """A number of the file's header; None where the file is no SQLite database."""
    try:
        with closing(_opened(db)) as connection:
            number: int = connection.execute(f"pragma {name}").fetchone()[0]
            return number
    except sqlite3.DatabaseError:
        return None


def _opened(db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)


@contextmanager
def _known_records(db: Path) -> Iterator[Known | None]:
    """A look-up of the records that `db` holds of this extractor; None where there is nothing to look in."""
    if not db.exists() or layout_version(db) != LAYOUT_VERSION:
        yield None
        return
    with closing(_opened(db)) as connection:
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


def _write(db: Path, rows: Rows) -> int:
    """Write the whole database anew; gives the number of entered actuals whose target is gone."""
    rows = {**rows, **_kept_rows(db, rows)}
    with replacing(db) as beside:
        fresh = Database(beside)
        for table in TABLES:
            _create(fresh, table, rows[table.name])
        for script in ("summaries.sql", "views.sql"):
            fresh.conn.executescript(files("publish").joinpath(script).read_text("utf-8"))
        index_entries(fresh.conn)
        fresh.analyze()
        fresh.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        fresh.conn.execute(f"pragma user_version = {LAYOUT_VERSION}")
        fresh.conn.commit()
        fresh.close()
    return len(rows["actuals_unmatched"])


def _create(db: Database, table: Table, rows: Iterable[Row]) -> None:
    """The table with its rows, links, indexes and search."""
    created = db.table(table.name)
    created.create(table.columns, pk=table.key, foreign_keys=[(c, t, BY_NAME[t].key) for c, t in table.links.items()])
    created.insert_all(rows)
    first = {columns.split()[0] for columns in table.indexed}
    for columns in (*(link for link in table.links if link not in first), *table.indexed):
        created.create_index(columns.split(), if_not_exists=True)
    if table.searched:
        created.enable_fts(table.searched, tokenize=TOKENIZE)
        created.optimize()


def _kept_rows(db: Path, rows: Rows) -> Rows:
    """What people entered into the old database, parted by whether its target still exists."""
    if not db.exists():
        return {}
    targets = {row["id"] for row in rows["targets"]}
    with closing(_opened(db)) as connection:
        entered = [row for table in TABLES if table.kept for row in _rows_in(connection, table)]
    return {
        "actuals": [row for row in entered if row["target_id"] in targets],
        "actuals_unmatched": [row for row in entered if row["target_id"] not in targets],
    }


def _rows_in(connection: sqlite3.Connection, table: Table) -> list[Row]:
    """The rows of a table as an older layout may hold it: columns it lacks are null, a table it lacks is empty."""
    connection.row_factory = sqlite3.Row
    if not connection.execute("select 1 from sqlite_master where name = ?", (table.name,)).fetchone():
        return []
    blank: Mapping[str, None] = dict.fromkeys(table.columns)
    held = connection.execute(f"select * from {table.name} order by {table.key}")  # noqa: S608 (names of our own)
    return [{**blank, **{name: row[name] for name in row.keys() if name in blank}} for row in held]  # noqa: SIM118
