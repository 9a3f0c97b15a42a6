"""What a file of an exchange format holds: records of plans and reports, and the facts that people entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from pydantic import ValidationError

from publish.kept import WAITING
from publish.tables import BY_NAME, TABLES, UNMATCHED, Row, Rows, Value
from schemas import Record
from schemas.codelists import by_code

# The tables of what people entered, and of facts the column that says of which target or task each is.
FACTS = tuple(table.name for table in TABLES if table.kept)
OWNERS: Mapping[str, str] = {
    name: next(iter(BY_NAME[fact].links)) for waiting, fact in UNMATCHED.items() for name in (fact, waiting)
}
_DAYS = frozenset({"as_of", "period_start", "period_end"})


class NotAsWritten(ValueError):
    """A part of the file is not as `kehoach export` writes it; the message says which and why (Vietnamese)."""


@dataclass(slots=True)
class Content:
    """Records in the file's order, and rows of the tables of facts."""

    records: list[Record] = field(default_factory=list)
    facts: Rows = field(default_factory=lambda: {name: [] for name in FACTS})

    def add(self, other: "Content") -> None:
        """Take in what another file of the same package holds."""
        self.records += other.records
        for name, rows in other.facts.items():
            self.facts[name] += rows


def checked_record(given: object) -> Record:
    """The record that JSON holds. Raises NotAsWritten."""
    try:
        record = Record.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "đầu bản ghi"
        raise NotAsWritten(f"bản ghi sai tại {place}: {first['msg']}") from error
    for items in (record.targets, record.tasks):
        if len({item.id for item in items}) < len(items):
            raise NotAsWritten(f"bản ghi {record.id} có hai chỉ tiêu hoặc nhiệm vụ mang cùng một id")
    return record


def fact(table: str, given: Mapping[str, Any]) -> Row:
    """A row of a table of `FACTS` from its columns; those that are left out are null. Raises NotAsWritten."""
    columns = BY_NAME[table].columns
    for name in given.keys() - columns.keys():
        raise NotAsWritten(f"{table} không có cột {name}")
    row: Row = {name: _value(table, name, given.get(name)) for name in columns}
    for name in _needed(table, row):
        if row[name] in (None, ""):
            raise NotAsWritten(f"một số liệu trong {table} thiếu {name}")
    if "state" in row and row["state"] not in by_code("task_states"):
        raise NotAsWritten(f"không có trạng thái nhiệm vụ {row['state']}")
    return row


def _needed(table: str, row: Row) -> tuple[str, ...]:
    """The columns that must hold something: of a fact, and of what it waits for where it says that."""
    value = ("value",) if table in OWNERS and "value" in row else ()
    return ("id", OWNERS.get(table, "id"), *value, *(WAITING if row.get("text") and table in UNMATCHED else ()))


def _value(table: str, name: str, given: object) -> Value:
    """A value of the column's type."""
    kind = BY_NAME[table].columns[name]
    if given is None or (isinstance(given, str) and kind is str):
        if isinstance(given, str) and name in _DAYS:
            _check_day(table, name, given)
        return given
    if isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given):
        if kind is float:
            return float(given)
        if kind is int and isinstance(given, int):
            return given
    raise NotAsWritten(f"{table}.{name}: giá trị {str(given)[:40]!r} không đúng kiểu")


def _check_day(table: str, name: str, given: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        raise NotAsWritten(f"{table}.{name}: {given[:40]!r} không phải ngày dạng 2026-06-30") from None
