"""What a build has found and read so far, in a file of its own beside the database: a killed build goes on from there.

listing     the files of this run
outcomes    what reading them gave: a row a plan with its rows packed, or why there is none; of earlier runs too
before      what the database knows of files (its table `inputs`)
inputs      what it is to know of them: a row a file and plan; `stands` where the plan is taken from that file
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from publish.building.finding import PLAN, Found
from publish.building.packing import Packed
from publish.inputs import Failure, Input
from publish.remote.location import Location, Remote, located
from publish.tables import BY_NAME, Value

COLUMNS = tuple(BY_NAME["inputs"].columns)
_AT_ONCE = 2000  # files that are read in one go
_TABLES = (
    "create table if not exists made_by (writer text primary key)",
    """
    create table if not exists outcomes (
        path text, part int, fingerprint text, read_by text, plan_id text, filename text, original text, reused int,
        reason text, rows blob, primary key (path, part)
    )
    """,
    "drop table if exists listing",
    """
    create table listing (
        position integer primary key, path text unique, location text, size int, fingerprint text, kind text, known int
    )
    """,
    "drop table if exists before",
    f"create table before ({', '.join(COLUMNS)})",
    "create index before_path on before (path)",
    "create index before_plan on before (plan_id)",
)
# A file is known where an outcome of it is there that the same reader made of the same content: in the database (1) or
# here (2). What a file failed with depends on more than the reader; what a file of records holds, on itself alone.
_KNOWN = (
    """
    update listing set known = 1 where exists (
        select 1 from before
        where before.path = listing.path and before.fingerprint = listing.fingerprint and before.kind = listing.kind
        and (before.kind <> 'plan' or before.read_by = iif(before.reason is null, :extractor, :attempt))
    )
    """,
    """
    update listing set known = 2 where known = 0 and kind <> 'package' and exists (
        select 1 from outcomes
        where outcomes.path = listing.path and outcomes.fingerprint = listing.fingerprint
        and outcomes.read_by = iif(kind <> 'plan', '', iif(reason is null, :extractor, :attempt))
    )
    """,
    """
    delete from outcomes where not exists (
        select 1 from listing where listing.path = outcomes.path and listing.known = 2
    )
    """,
)
# "0" comes next after "/".
_AS_BEFORE = """
    insert or ignore into listing
    select null, path, path, null, max(fingerprint), max(kind), 0 from before where path > ? and path < ? group by path
"""
_INPUTS = (
    "drop table if exists inputs",
    """
    create table inputs as
    select
        listing.position, listing.kind = 'package' as late, listing.path, outcomes.part, listing.fingerprint,
        listing.kind, outcomes.read_by, outcomes.plan_id, outcomes.filename, outcomes.original, outcomes.reason,
        outcomes.rows is not null as fresh, outcomes.reused, 0 as stands
    from listing join outcomes on outcomes.path = listing.path
    union all
    select
        listing.position, listing.kind = 'package', listing.path, before.part, listing.fingerprint, listing.kind,
        before.read_by, before.plan_id, before.filename, before.original, before.reason, 0, 1, 0
    from listing join before on before.path = listing.path where listing.known = 1
    """,
    "create index inputs_plan on inputs (plan_id, late, position, part)",
    """
    update inputs set stands = 1 where plan_id is not null and rowid = (
        select one.rowid from inputs as one where one.plan_id = inputs.plan_id
        order by one.late, one.position, one.part limit 1
    )
    """,
)
# Plans that are taken from another file than before, whose name or content is another; a document under another name
# is the same but for that name, all else has to be read.
_TAKEN_ANEW = """
    select inputs.path, inputs.kind, inputs.filename, held.kind, held.filename
    from inputs join before as held on held.plan_id = inputs.plan_id and held.stands
    where inputs.stands and not inputs.fresh and (held.path <> inputs.path or held.part <> inputs.part)
"""
_COMING = """
    select inputs.plan_id, inputs.filename, inputs.fresh, inputs.path, inputs.part
    from inputs left join before as held on held.plan_id = inputs.plan_id and held.stands
    where inputs.stands and (:all or inputs.fresh or held.plan_id is null or held.filename <> inputs.filename)
    order by inputs.late, inputs.position, inputs.part
"""
_GOING = """
    select plan_id from before where stands
    and not exists (select 1 from inputs where inputs.plan_id = before.plan_id and inputs.stands) order by plan_id
"""
_ROW = "path || iif(part, '#' || part, ''), " + ", ".join(COLUMNS[1:])


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads: the extractor, and with what else besides, which decides whether a failed file is tried again.

    `writer` is the program that packs what is read.
    """

    extractor: str
    attempt: str
    writer: str


class Staging:
    """The file, opened by one build at a time."""

    def __init__(self, path: Path, readers: Readers) -> None:
        """Begins a run: what was read before stays."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._reader = {"extractor": readers.extractor, "attempt": readers.attempt}
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = off")  # what a crash of the machine takes is read again
        if self._is_of_another(readers.writer):
            self._connection.execute("drop table if exists outcomes")
            self._connection.execute("delete from made_by")
        for statement in _TABLES:
            self._connection.execute(statement)
        self._connection.execute("insert or ignore into made_by values (?)", [readers.writer])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _is_of_another(self, writer: str) -> bool:
        """Whether another program has begun the file."""
        there = self._number("select count(*) from sqlite_master where name = 'made_by'")
        return bool(there) and not self._number("select count(*) from made_by where writer = ?", writer)

    def know(self, inputs: Iterable[Sequence[Value]]) -> None:
        """Take over what the database knows of files."""
        places = ", ".join("?" * len(COLUMNS))
        with self._all_or_nothing():
            self._connection.executemany(f"insert into before values ({places})", inputs)  # noqa: S608

    def kind_before(self, path: str, fingerprint: str | None) -> str | None:
        """What a file was that has not changed since."""
        sql = "select kind from before where path = ? and fingerprint = ?"
        found = self._connection.execute(sql, [path, fingerprint]).fetchone()
        return str(found[0]) if found else None

    def list(self, found: Iterable[Found], unreachable: Iterable[str] = ()) -> int:
        """Note the files of this run and which of them are known; gives how many there are.

        Of folders that turn out to be unreachable, what the database knows is taken to be there still.
        """
        insert = "insert or ignore into listing values (null, ?, ?, ?, ?, ?, 0)"
        with self._all_or_nothing():
            self._connection.executemany(insert, map(_listed, found))
            self._connection.executemany(_AS_BEFORE, ([f"{folder}/", f"{folder}0"] for folder in unreachable))
            for statement in _KNOWN:
                self._connection.execute(statement, self._reader)
        return self._number("select count(*) from listing")

    @property
    def known(self) -> int:
        """How many of the files need not be read."""
        return self._number("select count(*) from listing where known > 0")

    def unread(self, *, packages: bool = False) -> Iterator[Sequence[tuple[str, Input]]]:
        """The files that have to be read, in order and in parts: how the database knows each, and where it is."""
        sql = f"""
            select position, path, location, size, fingerprint from listing
            where known = 0 and (kind = 'package') = ? and position > ? order by position limit {_AT_ONCE}
        """  # noqa: S608
        last = 0
        while found := self._connection.execute(sql, [packages, last]).fetchall():
            last = found[-1][0]
            yield [(path, Input(at := _located(*told), at.name)) for _, path, *told in found]

    def save(self, path: str, outcomes: Iterable[Packed | Failure | None]) -> None:
        """What reading a file gave: a plan as a rule, several where the file is of many, or why there is none.

        None stands for a file of many that holds no plan, but facts.
        """
        told = self._connection.execute("select fingerprint, kind from listing where path = ?", [path])
        fingerprint, kind = told.fetchone()
        insert = "insert into outcomes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        with self._all_or_nothing():
            self._connection.execute("delete from outcomes where path = ?", [path])
            rows = ([path, part, fingerprint, *self._told(path, kind, one)] for part, one in enumerate(outcomes))
            self._connection.executemany(insert, rows)

    def _told(self, path: str, kind: str, outcome: Packed | Failure | None) -> Sequence[Value | bytes]:
        """The columns from read_by on."""
        reader = self._reader["attempt" if isinstance(outcome, Failure) else "extractor"] if kind == PLAN else ""
        if outcome is None:
            return reader, None, None, None, 0, None, None
        if isinstance(outcome, Failure):
            return reader, None, None, None, 0, outcome.reason, None
        original = "/".join([*path.split("/")[:-1], outcome.original])
        known = outcome.reused and kind == PLAN and self._holds(outcome)
        rows = None if known else outcome.rows
        return reader, outcome.plan_id, outcome.filename, original, outcome.reused, None, rows

    def _holds(self, plan: Packed) -> bool:
        """Whether the database has just this plan."""
        sql = "select count(*) from before where plan_id = ? and filename = ? and stands and kind = 'plan'"
        return self._number(sql, plan.plan_id, plan.filename) > 0

    def settle(self) -> bool:
        """Decide what each plan is taken from; false where some files have to be read for that first."""
        with self._all_or_nothing():
            for statement in _INPUTS:
                self._connection.execute(statement)
            taken = self._connection.execute(_TAKEN_ANEW).fetchall()
            unknown = [[path] for path, *told in taken if not _is_renamed(*told)]
            self._connection.executemany("update listing set known = 0 where path = ?", unknown)
        return not unknown

    def going(self) -> Iterator[str]:
        """The plans of the database that no file has any more."""
        yield from (plan for (plan,) in self._connection.execute(_GOING))

    def coming(self, *, every: bool = False) -> Iterator[tuple[str, str, bytes | None]]:
        """The plans that are new or changed, or all: id, file name, and the rows unless the database has them."""
        rows = "select rows from outcomes where path = ? and part = ?"
        for plan, filename, fresh, *where in self._connection.execute(_COMING, {"all": every}):
            yield plan, filename, self._connection.execute(rows, where).fetchone()[0] if fresh else None

    def coming_plans(self, *, every: bool = False) -> Iterator[str]:
        """Their ids."""
        yield from (plan for plan, *_ in self._connection.execute(_COMING, {"all": every}))

    def replaced(self) -> Iterator[str]:
        """The plans of the database that come anew."""
        sql = f"select plan_id from ({_COMING}) where plan_id in (select plan_id from before where stands)"  # noqa: S608
        yield from (plan for (plan,) in self._connection.execute(sql, {"all": False}))

    def number_coming(self) -> int:
        """How many plans are new or changed."""
        return self._number(f"select count(*) from ({_COMING})", all=False)  # noqa: S608

    def number_going(self) -> int:
        """How many plans no file has any more."""
        return self._number(f"select count(*) from ({_GOING})")  # noqa: S608

    def inputs_going(self) -> Iterator[Sequence[Value]]:
        """The keys of the rows of `inputs` that do not stay as they are."""
        yield from self._connection.execute(f"select id from (select * from before except select {_ROW} from inputs)")  # noqa: S608

    def inputs_coming(self, *, every: bool = False) -> Iterator[Sequence[Value]]:
        """The rows of `inputs` that are new or changed, or all."""
        but = "" if every else "except select * from before"
        yield from self._connection.execute(f"select {_ROW} from inputs {but} order by 1")  # noqa: S608

    def inputs_differ(self) -> bool:
        """Whether anything else is known of files than before."""
        return any(True for _ in self.inputs_going()) or any(True for _ in self.inputs_coming())

    @property
    def plans(self) -> int:
        """How many plans the database is to hold."""
        return self._number("select count(*) from inputs where stands")

    @property
    def extracted(self) -> int:
        """How many of them were read now."""
        return self._number("select count(*) from inputs where stands and fresh and not reused")

    def duplicates(self) -> tuple[Location, ...]:
        """The files that hold a plan which is taken from another."""
        sql = """
            select distinct location, size, fingerprint from listing where path in (
                select path from inputs where plan_id is not null and not stands
            ) order by position
        """
        return tuple(_located(*told) for told in self._connection.execute(sql))

    def failures(self) -> tuple[Failure, ...]:
        """The files that could not be read, now or before."""
        sql = """
            select inputs.reason, location, size, listing.fingerprint
            from inputs join listing on listing.path = inputs.path
            where reason is not null order by late, inputs.position
        """
        return tuple(Failure(_located(*told), reason) for reason, *told in self._connection.execute(sql))

    def _number(self, sql: str, *values: Value, **named: Value) -> int:
        return int(self._connection.execute(sql, named or values).fetchone()[0])

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._connection.execute("begin")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")


def _listed(found: Found) -> Sequence[Value]:
    """Path, location, size, fingerprint and kind."""
    at = found.location
    where, size = (at.url, at.size) if isinstance(at, Remote) else (str(at), None)
    return found.path, where, size, found.fingerprint, found.kind


def _located(where: str, size: int | None, fingerprint: str | None) -> Location:
    at = located(where)
    return at.told(size, fingerprint) if isinstance(at, Remote) else at


def _is_renamed(kind: str, name: str, kind_before: str, name_before: str) -> bool:
    """Whether two files of the same content differ in nothing that reading shows but their names."""
    suffixes = {PurePosixPath(one).suffix.lower() for one in (name, name_before)}
    return kind == kind_before == PLAN and len(suffixes) == 1
