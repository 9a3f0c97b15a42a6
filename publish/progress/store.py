"""Facts -> the database, in one transaction: all or none. What stands is never changed, corrections are added."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from publish.locking import writing
from publish.progress.facts import ActualValue, Baseline, Fact, TaskState
from publish.progress.indexed import indexed_afterwards
from publish.progress.standing_statuses import refresh
from publish.tables import BY_NAME

VIETNAM = timezone(timedelta(hours=7))
_AT_ONCE = 500  # keys a query
_PART = ", iif(converted is null, coalesce(unit, ''), '')"  # as `stands_for` of facts has it
_TABLES = {ActualValue: "actuals", Baseline: "baselines", TaskState: "reported_states"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """When (ISO 8601; in Vietnam, where no zone is given) and by whom facts were entered."""

    at: str
    by: str | None

    @property
    def day(self) -> str:
        """The day of it in Vietnam.

        >>> Recorded("2026-06-29T18:00:00+00:00", None).day
        '2026-06-30'
        """
        at = datetime.fromisoformat(self.at)
        return (at.astimezone(VIETNAM) if at.tzinfo else at).date().isoformat()


@dataclass(frozen=True, slots=True)
class Stored:
    """How many facts were new, how many of these correct an earlier one, how many were known already.

    `outdated` are known ones that something else has replaced since, which they do not replace in turn.
    """

    added: int = 0
    corrected: int = 0
    known: int = 0
    outdated: tuple[str, ...] = ()


def store(db: Path, facts: Sequence[Fact], recorded: Recorded) -> Stored:
    """Add the facts that the database does not hold yet; a process killed meanwhile leaves the database as it was."""
    with writing(db) as connection:
        return store_in(connection, facts, recorded)


def store_in(connection: sqlite3.Connection, facts: Iterable[Fact], recorded: Recorded) -> Stored:
    """Add facts within a transaction of the caller, and what is derived from them with it."""
    by_table: dict[str, dict[str, Fact]] = defaultdict(dict)
    given = 0
    for fact in facts:
        by_table[_TABLES[type(fact)]].setdefault(fact.id, fact)
        given += 1
    done = [_stored(connection, name, some, recorded) for name, some in by_table.items()]
    touched = {key for one in done for key in one.owners}
    if touched:
        refresh(connection, sorted(touched))
    added = sum(one.added for one in done)
    outdated = tuple(key for one in done for key in one.outdated)
    return Stored(added, sum(one.corrected for one in done), given - added, outdated)


@dataclass(frozen=True, slots=True)
class _Done:
    added: int
    corrected: int
    owners: frozenset[str]
    outdated: tuple[str, ...]


def _stored(connection: sqlite3.Connection, table: str, facts: dict[str, Fact], recorded: Recorded) -> _Done:
    """The facts of one table by their ids; of several for the same thing and time the last one stands."""
    held = _held(connection, table, facts)
    new = {key: fact for key, fact in facts.items() if key not in held}
    standing = _standing(connection, table, facts.values())
    outdated = tuple(key for key in held if standing.get(facts[key].stands_for) != key)
    replaced: list[str | None] = []
    for key, fact in new.items():
        thing = fact.stands_for
        replaced.append(standing.get(thing))
        standing[thing] = key
    if new:
        _insert(connection, table, {**_columns(new, recorded), "supersedes": replaced})
    corrected = len(replaced) - replaced.count(None)
    return _Done(len(new), corrected, frozenset(fact[0] for fact in new.values()), outdated)


def _insert(connection: sqlite3.Connection, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Add rows that are given by columns. Most columns are empty, and Python takes long to hand over nothing."""
    filled = {name: some for name, some in columns.items() if some[0] is not None or some.count(None) < len(some)}
    marks = ",".join("?" * len(filled))
    rows = zip(*filled.values(), strict=True)
    with indexed_afterwards(connection, table, len(columns["id"])):
        connection.executemany(f"insert into {table} ({','.join(filled)}) values ({marks})", rows)  # noqa: S608


def _held(connection: sqlite3.Connection, table: str, facts: Iterable[str]) -> set[str]:
    """Those of the ids that a table has."""
    if not connection.execute(f"select exists (select 1 from {table})").fetchone()[0]:  # noqa: S608
        return set()
    held: set[str] = set()
    for some in _parts(sorted(facts)):
        marks = ",".join("?" * len(some))
        held.update(key for (key,) in connection.execute(f"select id from {table} where id in ({marks})", some))  # noqa: S608
    return held


def _standing(connection: sqlite3.Connection, table: str, facts: Iterable[Fact]) -> dict[tuple[str, ...], str]:
    """The facts of the same things that no later one replaces, by what they stand for."""
    found: dict[tuple[str, ...], str] = {}
    if not connection.execute(f"select exists (select 1 from {table})").fetchone()[0]:  # noqa: S608
        return found
    owner = next(iter(BY_NAME[table].links))
    part = _PART if "converted" in BY_NAME[table].columns else ""
    for some in _parts(sorted({fact[0] for fact in facts})):
        marks = ",".join("?" * len(some))
        sql = f"""
            select {owner}, as_of, coalesce(period_start, ''), coalesce(period_end, ''){part}, id from {table}
            where {owner} in ({marks})
            and not exists (select 1 from {table} as later where later.supersedes = {table}.id)
        """  # noqa: S608
        found.update((row[:-1], row[-1]) for row in connection.execute(sql, some))
    return found


def _columns(facts: Mapping[str, Fact], recorded: Recorded) -> dict[str, Sequence[object]]:
    """Facts of one kind as columns of their table."""
    kind = type(next(iter(facts.values())))
    told = dict(zip(kind._fields, zip(*facts.values(), strict=True), strict=True))
    columns = {_NAMED.get(name, name): values for name, values in told.items() if name != "place"}
    if any(told["place"]):
        places = [_NOWHERE if place is None else astuple(place) for place in told["place"]]
        columns |= zip(_READ_AT, zip(*places, strict=True), strict=True)
    at, by = [recorded.at] * len(facts), [recorded.by] * len(facts)
    return {"id": list(facts), **columns, "recorded_at": at, "recorded_by": by}


_NAMED = {"start": "period_start", "end": "period_end"}  # columns that are called otherwise than in facts
_READ_AT = ("report_id", "span_start", "span_end", "page")  # those of a place, as `Place` orders them
_NOWHERE = (None,) * len(_READ_AT)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), _AT_ONCE):
        yield keys[at : at + _AT_ONCE]
