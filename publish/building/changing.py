"""Plans that come and go -> the database's tables, and all that is worked out from them, within one transaction.

The same steps make a new database and change one that stands: a plan's part in each count is taken away before its rows
go, and added when they are in. So a database that has grown plan by plan holds what one made in one piece holds.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter

from publish.building.creating import analyze, create_indexes, create_tables, create_views
from publish.building.own_rows import Adding, delete_rows, forget_unlisted, unpacked
from publish.building.shared import Shared
from publish.citation_links import link_citations
from publish.exchange.content import Content
from publish.exchange.merging import bring_in
from publish.inserting import insert, insertion
from publish.kept import Lifted, kept_rows, lifted, set_down
from publish.progress.standing_statuses import forget_plans, judge_plans, refresh
from publish.scripts import run_script
from publish.search_entries import INDEX, Entries
from publish.tables import BY_NAME, UNMATCHED, Value

# Keys of what a change is about, in temporary tables of one column.
_SETS = ("going", "coming", "counted", "renamed", "numbers", "touched_units", "touched_indicators")
_INPUTS = BY_NAME["inputs"]
_PLAN, _STANDS, _ORIGINAL = map(list(_INPUTS.columns).index, ("plan_id", "stands", "original"))
_NUMBERS = """
    insert or ignore into temp.numbers
    select number_key from plans where id in (select id from temp.counted) and number_key is not null
    union
    select number_key from legal_bases where plan_id in (select id from temp.counted) and number_key is not null
"""
_INDICATORS = """
    insert or ignore into temp.touched_indicators
    select indicator from targets where plan_id in (select id from temp.counted) and indicator is not null
"""

InputRows = Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changes. Plans that are read anew both go and come; those that come bring their packed rows."""

    going: Iterable[str]
    coming: Iterable[tuple[str, bytes]]
    coming_plans: Iterable[str]
    inputs_going: InputRows
    inputs_coming: InputRows
    brought: Content
    writer: str


def create(connection: sqlite3.Connection, changes: Changes, older: Callable[[], sqlite3.Connection | None]) -> None:
    """Make a new database of the plans that come; `older`, asked late, gives the one whose facts it takes over."""
    create_tables(connection)
    with _sets(connection):
        shared = _add_rows(connection, changes)
        create_indexes(connection)
        connection.execute(INDEX)
        shared.settle(lambda _: None)
        _count(connection, shared, words_of_all=True)
        link_citations(connection)
        entries = Entries(connection, words_of_all=True)
        entries.add()
        entries.name_all()
        entries.finish()
        _write_inputs(connection, changes)
        before = older()
        if before:
            for name, rows in kept_rows(before, connection).items():
                insert(connection, name, rows)
        bring_in(connection, changes.brought)
        create_views(connection)
        analyze(connection)  # how things stand is asked in ways that have to be planned well
        judge_plans(connection)
        analyze(connection)
        _sign(connection, changes)
    connection.commit()


def change(connection: sqlite3.Connection, changes: Changes) -> None:
    """Change a database that stands."""
    connection.execute("pragma automatic_index = off")  # of tables as large as these, for the few rows of a change
    with _sets(connection):
        connection.executemany("insert into temp.going values (?)", ((plan,) for plan in changes.going))
        connection.executemany("insert into temp.coming values (?)", ((plan,) for plan in changes.coming_plans))
        facts = list(lifted(connection, of="temp.going", waiting_for="temp.coming"))
        entries, shared = Entries(connection), Shared(connection)
        _choose(connection, "going")
        _take_away(connection, entries, shared)
        _drop(connection, facts)
        _add_rows(connection, changes, shared)
        shared.settle(lambda renamed: _make_way(connection, entries, renamed))
        _choose(connection, "coming")
        _count(connection, shared)
        link_citations(connection)
        _choose(connection, "coming", "renamed")
        entries.add()
        entries.name_anew("place", shared.localities)
        entries.name_anew("unit", shared.units)
        entries.name_anew("indicator", _column(connection, "select id from temp.touched_indicators"))
        entries.finish()
        _write_inputs(connection, changes)
        for name, rows in set_down(facts, connection).items():
            insert(connection, name, rows)
        owners = bring_in(connection, changes.brought)
        _choose(connection, "coming")
        judge_plans(connection)
        refresh(connection, owners)
        forget_unlisted(connection)
        _sign(connection, changes)


def unmatched(connection: sqlite3.Connection) -> int:
    """How many entered facts wait for their target or task."""
    return sum(connection.execute(f"select count(*) from {name}").fetchone()[0] for name in UNMATCHED)  # noqa: S608


@contextmanager
def _sets(connection: sqlite3.Connection) -> Iterator[None]:
    for name in _SETS:
        connection.execute(f"create temp table {name} (id text primary key) without rowid")
    yield
    for name in _SETS:
        connection.execute(f"drop table temp.{name}")


def _choose(connection: sqlite3.Connection, *names: str) -> None:
    """Make these plans those of temp.counted."""
    connection.execute("delete from temp.counted")
    for name in names:
        connection.execute(f"insert or ignore into temp.counted select id from temp.{name}")  # noqa: S608
    connection.execute("analyze temp.counted")  # else it is taken for a table of a million rows


def _take_away(connection: sqlite3.Connection, entries: Entries, shared: Shared) -> None:
    """Take the plans of temp.counted out of all that is worked out, and then their rows."""
    forget_plans(connection)
    entries.take_away()
    run_script(connection, "building/summaries.sql", sign=-1)
    run_script(connection, "building/words.sql", sign=-1)
    shared.take_away()
    connection.execute(_NUMBERS)
    connection.execute(_INDICATORS)
    delete_rows(connection)


def _drop(connection: sqlite3.Connection, facts: Iterable[Lifted]) -> None:
    """Take facts out of their tables, to be put in again."""
    for one in facts:
        for name in (one.table, f"{one.table}_unmatched"):
            connection.execute(f"delete from {name} where id = ?", [one.row["id"]])  # noqa: S608


def _add_rows(connection: sqlite3.Connection, changes: Changes, shared: Shared | None = None) -> Shared:
    """Put in the rows of the plans that come, whose keys are in temp.counted then."""
    shared = shared or Shared(connection)
    adding = Adding(connection)
    connection.execute("delete from temp.counted")
    for plan, packed in changes.coming:
        rows = unpacked(packed)
        adding.add(rows)
        shared.add(rows)
        connection.execute("insert into temp.counted values (?)", [plan])
    return shared


def _make_way(connection: sqlite3.Connection, entries: Entries, renamed: Sequence[str]) -> None:
    """Take away the entries of plans whose locality is about to be called otherwise; they come back with the new."""
    sql = "insert into temp.renamed select id from plans where locality_id = ? except select id from temp.coming"
    connection.executemany(sql, ([key] for key in renamed))
    _choose(connection, "renamed")
    entries.take_away()


def _count(connection: sqlite3.Connection, shared: Shared, *, words_of_all: bool = False) -> None:
    """Count in the plans of temp.counted."""
    run_script(connection, "building/summaries.sql", sign=1)
    if words_of_all:
        run_script(connection, "building/words_of_all.sql")
    else:
        run_script(connection, "building/words.sql", sign=1)
    connection.execute(_NUMBERS)
    connection.execute(_INDICATORS)
    connection.executemany("insert into temp.touched_units values (?)", ([key] for key in shared.units))
    run_script(connection, "building/settled.sql")


def _write_inputs(connection: sqlite3.Connection, changes: Changes) -> None:
    """What is known of files, and where the document of each plan is."""
    sources = "delete from sources where plan_id = (select plan_id from inputs where id = ? and stands)"
    for (key,) in changes.inputs_going:
        connection.execute(sources, [key])
        connection.execute("delete from inputs where id = ?", [key])
    for row in changes.inputs_coming:
        connection.execute(insertion(_INPUTS), row)
        if row[_STANDS]:
            connection.execute("insert or replace into sources values (?, ?)", [row[_PLAN], row[_ORIGINAL]])


def _sign(connection: sqlite3.Connection, changes: Changes) -> None:
    connection.execute("insert or replace into about (name, value) values ('writer', ?)", [changes.writer])


def _column(connection: sqlite3.Connection, sql: str) -> list[str]:
    return list(map(itemgetter(0), connection.execute(sql).fetchall()))
