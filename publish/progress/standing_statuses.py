"""How all targets and tasks stand on every day: the tables that pages ask, filled in by the rules of the .sql files.

They hold what `status.py` says for all days at once: a spell a status, and the counts by the day that they change.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from publish.progress.indexed import indexed_afterwards
from publish.progress.quantities import dimension, scale

_SPELLS = {"target": "target_spells", "task": "occurrence_spells"}
_FACTS = {"target": "actuals", "task": "reported_states"}
_UNITS = "select id, coalesce(unit, ''), per from measures where target_id is not null and position = 1"
# The unit of each figure with that of its target; that of each base with the one that it is needed in.
_NEW_PAIRS = """
    select coalesce(actuals.unit, ''), course.unit
    from temp.touched cross join actuals on actuals.target_id = touched.id
    join target_courses as course on course.target_id = touched.id where course.unit is not null
    union
    select coalesce(baselines.unit, ''), iif(course.change is null, course.unit, coalesce(actuals.unit, ''))
    from temp.touched cross join baselines on baselines.target_id = touched.id
    cross join actuals on actuals.target_id = touched.id
    join target_courses as course on course.target_id = touched.id where course.unit is not null
    except select unit, other from unit_pairs
"""
_COUNTED_BY = {
    "target": ("facet", "value", "year", "day", "status"),
    "task": ("facet", "value", "year", "day", "status", "recurring"),
}
_COUNT = (
    """
    create temp table net as
    select {columns}, sum(number) as number from temp.differences group by {columns} having sum(number) <> 0
    """,
    "update {counts} set number = {counts}.number + net.number from temp.net where {same}",
    """
    insert into {counts} ({columns}, number)
    select {columns}, number from temp.net where not exists (select 1 from {counts} where {same})
    """,
    "delete from {counts} where number = 0 and (facet, value) in (select facet, value from temp.net)",
    "drop table temp.net",
)


def refresh(connection: sqlite3.Connection, owners: Iterable[str] | None = None) -> None:
    """Bring the tables up to date for targets and tasks of which something was entered, in the caller's transaction.

    For all of them, and what they are judged by too, where none are named.
    """
    connection.execute("create temp table owners (id text primary key) without rowid")
    if owners is None:
        _judge_anew(connection)
    else:
        connection.executemany("insert or ignore into temp.owners values (?)", ((key,) for key in owners))
    for kind in _SPELLS:
        _renew(connection, kind, wholly=owners is None)
    connection.execute("drop table temp.owners")


def _judge_anew(connection: sqlite3.Connection) -> None:
    """Empty the tables and say of all targets what they are judged by."""
    for table in (*_SPELLS.values(), *(f"{kind}_status_counts" for kind in _SPELLS), "target_courses", "unit_pairs"):
        connection.execute(f"delete from {table}")  # noqa: S608 (names of our own)
    connection.execute("create temp table measured (id text primary key, unit text, kind text, per text)")
    connection.executemany("insert into temp.measured values (?, ?, ?, ?)", _measured(connection))
    _run(connection, "target_courses.sql")
    connection.execute("drop table temp.measured")


def _renew(connection: sqlite3.Connection, kind: str, *, wholly: bool) -> None:
    """Spells and counts of the targets or tasks."""
    named = "" if wholly else "where id in (select id from temp.owners)"
    connection.execute("create temp table touched (id text primary key) without rowid")
    connection.execute(f"insert into temp.touched select id from {kind}s {named} order by id")  # noqa: S608
    connection.execute("create temp table differences (facet, value, year, recurring, day, status, number)")
    if not wholly:
        _take_back(connection, kind)
    if kind == "target":
        _pair_units(connection)
    facts = f"select count(*) from temp.touched cross join {_FACTS[kind]} on {kind}_id = touched.id"  # noqa: S608
    with indexed_afterwards(connection, _SPELLS[kind], connection.execute(facts).fetchone()[0]):
        _run(connection, f"{kind}_statuses.sql")
    _run(connection, f"{kind}_counts.sql", sign=1, due=wholly)
    _count(connection, kind)
    for table in ("differences", "touched"):
        connection.execute(f"drop table temp.{table}")


def _take_back(connection: sqlite3.Connection, kind: str) -> None:
    """What stood of the targets or tasks before, with what it counted."""
    _run(connection, f"{kind}_counts.sql", sign=-1, due=False)
    connection.execute(f"delete from {_SPELLS[kind]} where {kind}_id in (select id from temp.touched)")  # noqa: S608


def _count(connection: sqlite3.Connection, kind: str) -> None:
    """Add the differences to the counts; what comes to nothing goes."""
    counts, columns = f"{kind}_status_counts", _COUNTED_BY[kind]
    same = " and ".join(f"{counts}.{name} = net.{name}" for name in columns)
    for statement in _COUNT:
        connection.execute(statement.format(counts=counts, columns=", ".join(columns), same=same))


def _pair_units(connection: sqlite3.Connection) -> None:
    """How the units of the figures are given in those of their targets, which SQL can't tell."""
    pairs = connection.execute(_NEW_PAIRS).fetchall()
    connection.executemany("insert into unit_pairs values (?, ?, ?, ?, ?, ?, ?)", (_pair(*pair) for pair in pairs))


def _pair(unit: str, other: str) -> tuple[str | float, ...]:
    one, two = scale(unit), scale(other)
    return (f"{unit}|{other}", unit, other, one.kind, one.factor, two.factor, one.measures_the_same_as(two))


def _measured(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """The unit of each main measure, what it is counted per included; the kinds of both."""
    for key, unit, per in connection.execute(_UNITS).fetchall():
        measured = scale(unit, per)
        spelled = unit if "/" in unit or not per else f"{unit}/{per}"
        yield key, spelled, measured.kind, dimension(measured.per)


def _run(connection: sqlite3.Connection, script: str, **values: int) -> None:
    """Execute the statements of a script one by one, for `executescript` would commit the caller's transaction."""
    for statement in _statements(script):
        connection.execute(statement, values)


@cache
def _statements(script: str) -> tuple[str, ...]:
    found, rest = [], ""
    for line in files("publish").joinpath(script).read_text("utf-8").splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return tuple(found)
