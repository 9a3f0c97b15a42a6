"""How all targets and tasks stand on every day: the tables that pages ask, filled in by the rules of the .sql files.

They hold what `status.py` says for all days at once: a spell a status, and the counts by the day that they change.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from publish.progress.indexed import indexed_afterwards
from publish.progress.quantities import dimension, scale
from publish.scripts import run_script

_SPELLS = {"target": "target_spells", "task": "occurrence_spells"}
_FACTS = {"target": "actuals", "task": "reported_states"}
_OF_PLANS = "where plan_id in (select id from temp.counted)"
_UNITS = """
    select measures.id, coalesce(unit, ''), per
    from temp.touched cross join measures on target_id = touched.id where measures.position = 1
"""
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


def refresh(connection: sqlite3.Connection, owners: Iterable[str]) -> None:
    """Bring the tables up to date for targets and tasks of which something was entered, in the caller's transaction."""
    connection.execute("create temp table owners (id text primary key) without rowid")
    connection.executemany("insert or ignore into temp.owners values (?)", ((key,) for key in owners))
    for kind in _SPELLS:
        with _touched(connection, kind, "where id in (select id from temp.owners)"):
            _take_back(connection, kind, due=False)
            _judge(connection, kind, due=False)
    connection.execute("drop table temp.owners")


def judge_anew(connection: sqlite3.Connection) -> None:
    """Say of all targets and tasks how they stand, whatever the tables say."""
    for table in (*_SPELLS.values(), *(f"{kind}_status_counts" for kind in _SPELLS), "target_courses", "unit_pairs"):
        connection.execute(f"delete from {table}")  # noqa: S608 (names of our own)
    _judge_new(connection, "")


def judge_plans(connection: sqlite3.Connection) -> None:
    """Say of all targets and tasks of the plans in temp.counted, which are new, how they stand."""
    _judge_new(connection, _OF_PLANS)


def _judge_new(connection: sqlite3.Connection, which: str) -> None:
    for kind in _SPELLS:
        with _touched(connection, kind, which):
            if kind == "target":
                _lay_courses(connection)
            _judge(connection, kind, due=True)


def forget_plans(connection: sqlite3.Connection) -> None:
    """Take back what was said of the targets and tasks of the plans in temp.counted, whose rows are there still."""
    for kind in _SPELLS:
        with _touched(connection, kind, _OF_PLANS):
            _take_back(connection, kind, due=True)
            _count(connection, kind)
            if kind == "target":
                connection.execute("delete from target_courses where target_id in (select id from temp.touched)")


@contextmanager
def _touched(connection: sqlite3.Connection, kind: str, which: str) -> Iterator[None]:
    """The targets or tasks that are meant, in temp.touched, and an empty table for how their counts change."""
    connection.execute("create temp table touched (id text primary key) without rowid")
    connection.execute(f"insert into temp.touched select id from {kind}s {which} order by id")  # noqa: S608
    connection.execute("create temp table differences (facet, value, year, recurring, day, status, number)")
    yield
    for table in ("differences", "touched"):
        connection.execute(f"drop table temp.{table}")


def _lay_courses(connection: sqlite3.Connection) -> None:
    """What the targets are judged by."""
    connection.execute("create temp table measured (id text primary key, unit text, kind text, per text)")
    connection.executemany("insert into temp.measured values (?, ?, ?, ?)", _measured(connection))
    run_script(connection, "target_courses.sql")
    connection.execute("drop table temp.measured")


def _judge(connection: sqlite3.Connection, kind: str, *, due: bool) -> None:
    """Spells and counts; with `due` also what is counted before anything is reported."""
    if kind == "target":
        _pair_units(connection)
    facts = f"select count(*) from temp.touched cross join {_FACTS[kind]} on {kind}_id = touched.id"  # noqa: S608
    with indexed_afterwards(connection, _SPELLS[kind], connection.execute(facts).fetchone()[0]):
        run_script(connection, f"{kind}_statuses.sql")
    run_script(connection, f"{kind}_counts.sql", sign=1, due=due)
    _count(connection, kind)


def _take_back(connection: sqlite3.Connection, kind: str, *, due: bool) -> None:
    """What stood of the targets or tasks before, with what it counted."""
    run_script(connection, f"{kind}_counts.sql", sign=-1, due=due)
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
    for key, unit, per in connection.execute(_UNITS):
        measured = scale(unit, per)
        spelled = unit if "/" in unit or not per else f"{unit}/{per}"
        yield key, spelled, measured.kind, dimension(measured.per)
