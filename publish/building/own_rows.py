"""The rows that belong to a plan: packed where it is read, put into the tables, taken out of them."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from publish.inserting import insertion
from publish.rows import record_rows
from publish.tables import BY_NAME, LISTED, TABLES, Rows, Table, Value
from schemas import Record
from schemas.codelists import by_code

# What plans share; told beside their own rows, to be counted.
SHARED = ("localities", "units")
OWN = tuple(
    table for table in TABLES
    if not (table.kept or table.summed or table.name in (*LISTED, *SHARED, "inputs", "sources"))
)  # fmt: skip
_THINGS = {"target_id": "targets", "task_id": "tasks"}
Packed = Mapping[str, Sequence[Sequence[Value]]]


def packed(record: Record) -> bytes:
    """A plan's rows, as small as they get in the time."""
    rows = record_rows(record)
    plain = {name: [list(row.values()) for row in _ordered(rows, name)] for name in rows}
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(rows: bytes) -> Packed:
    """The rows by table, each in the order of the table's columns."""
    tables: Packed = json.loads(zlib.decompress(rows))
    return tables


def _ordered(rows: Rows, name: str) -> Iterable[Mapping[str, Value]]:
    columns = tuple(BY_NAME[name].columns)
    for row in rows[name]:
        yield row if tuple(row) == columns else {column: row[column] for column in columns}


@dataclass(slots=True)
class Adding:
    """Puts plans' rows into the tables; a code that no codelist has gets a row that bears its own name."""

    connection: sqlite3.Connection
    _codes: dict[str, set[Value]] = field(default_factory=dict)

    def add(self, rows: Packed) -> None:
        """Put in the rows of one plan."""
        for table in OWN:
            own = rows.get(table.name)
            if own:
                self.connection.executemany(insertion(table), own)
                self._name_unlisted(table, own)

    def _name_unlisted(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """So that every link leads somewhere."""
        for at, listed in _coded(table):
            known = self._codes.get(listed)
            if known is None:
                found = self.connection.execute(f"select code from {listed}")  # noqa: S608 (names of our own)
                known = self._codes[listed] = {None, *(code for (code,) in found)}
            for code in {row[at] for row in rows} - known:
                known.add(code)
                self._name(listed, code)

    def _name(self, listed: str, code: Value) -> None:
        counts = ", targets_count, localities_count" if listed == "indicators" else ""
        zeros = ", 0, 0" if counts else ""
        sql = f"insert into {listed} (code, label_vi{counts}) values (?, ?{zeros})"  # noqa: S608
        self.connection.execute(sql, [code, code])


def delete_rows(connection: sqlite3.Connection) -> None:
    """Take out the rows of the plans in temp.counted."""
    counted = "select id from temp.counted"
    for table in reversed(OWN):
        if table.name == "plans":
            owners = {"id": counted}
        elif "plan_id" in table.columns:
            owners = {"plan_id": counted}
        else:
            of_plans = {column: things for column, things in _THINGS.items() if column in table.columns}
            owners = {
                column: f"select id from {things} where plan_id in ({counted})"  # noqa: S608 (names of our own)
                for column, things in of_plans.items()
            }
        for column, found in owners.items():
            connection.execute(f"delete from {table.name} where {column} in ({found})")  # noqa: S608


def forget_unlisted(connection: sqlite3.Connection) -> None:
    """Take out the codes that no codelist has, and that nothing uses any more."""
    for listed in LISTED:
        using = [(t.name, f"{column} = {listed}.code") for t in OWN for column, to in t.links.items() if to == listed]
        unused = " and ".join(f"not exists (select 1 from {name} where {same})" for name, same in using)  # noqa: S608
        official = by_code(listed).keys()
        there = [code for (code,) in connection.execute(f"select code from {listed}")]  # noqa: S608
        for code in (one for one in there if one not in official):
            connection.execute(f"delete from {listed} where code = ?{' and ' if unused else ''}{unused}", [code])  # noqa: S608


def _coded(table: Table) -> list[tuple[int, str]]:
    columns = list(table.columns)
    return [(columns.index(column), other) for column, other in table.links.items() if other in LISTED]
