"""Records of every shape, facts about them, and the tables of databases, for the tests of the exchange formats."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, datetime
from enum import Enum
from itertools import cycle
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from publish.exchange.content import OWNERS
from publish.tables import BY_NAME, TABLES, UNMATCHED
from schemas import Record, Span
from schemas.codelists import codelist

# Every letter that a database holds: what XML can't hold among them, and what is markup in it.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "]]>",
        "?>",
        "<!--",
        "&amp;",
        "\r\n",
        "\r",
        " đầu và cuối ",
        "\x00",
        "\ufffe",
        "{\\u0041",
        "%",
        "hạng",
        "rank",
        "1e5",
    ]
)
NUMBERS = st.floats(-1e15, 1e15)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def models(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any value of a model, as far as types say what it is."""
    if model is Span:
        ends = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)
        boxes = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=2).map(tuple)
        return st.builds(
            lambda at, page, boxes: Span(start=at[0], end=at[1], page=page, bboxes=boxes),
            ends,
            st.none() | st.integers(1, 9),
            boxes,
        )
    fields = {name: _values(field.annotation) for name, field in model.model_fields.items()}
    return st.builds(model, **fields)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        found = st.one_of([st.none() if one is NoneType else _values(one) for one in inner])
    elif origin is tuple:
        found = st.lists(_values(inner[0]), max_size=2).map(tuple)
    elif origin is Literal:
        found = st.sampled_from(inner)
    elif origin is not None:
        found = st.dictionaries(TEXTS, _values(inner[1]), max_size=2)
    elif issubclass(kind, BaseModel):
        found = models(kind)
    else:
        found = st.sampled_from(list(kind)) if issubclass(kind, Enum) else _PLAIN[kind]
    return found


_PLAIN = {
    str: TEXTS,
    float: NUMBERS,
    int: st.integers(0, 9999),
    bool: st.booleans(),
    date: DAYS,
    datetime: st.datetimes(),
}


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record whose targets and tasks have keys of their own."""
    record: Record = draw(models(Record))
    key = draw(st.sampled_from(["513f24778542227b", "kh-1", "khóa lạ/«»", "9" * 16]))
    targets = tuple(one.model_copy(update={"id": f"{key}-C{at}"}) for at, one in enumerate(record.targets))
    tasks = tuple(one.model_copy(update={"id": f"{key}-N{at}"}) for at, one in enumerate(record.tasks))
    return record.model_copy(update={"id": key, "targets": targets, "tasks": tasks})


def facts(table: str, keys: Iterable[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Facts about targets or tasks; some replace others."""
    days = st.none() | DAYS.map(str)
    states = st.sampled_from([row["code"] for row in codelist("task_states")])
    plain = {str: st.none() | TEXTS, float: st.none() | NUMBERS, int: st.none() | st.integers(0, 10**6)}
    columns = {name: plain[kind] for name, kind in BY_NAME[table].columns.items()}
    columns |= dict.fromkeys(("as_of", "period_start", "period_end"), days)
    columns |= {"state": states} if "state" in columns else {"value": NUMBERS}
    columns |= {"id": st.sampled_from("abcdef"), "supersedes": st.none() | st.sampled_from("abcdef")}
    columns |= {OWNERS[table]: st.sampled_from(list(keys)), "report_id": st.none() | TEXTS}
    return st.lists(st.fixed_dictionaries(columns), max_size=4, unique_by=lambda row: row["id"])


def fill(db: Path) -> None:
    """Facts of every kind into a database: corrections, notes, fractions, some of things that are gone."""
    with closing(sqlite3.connect(db)) as connection, connection:
        targets = [key for (key,) in connection.execute("select id from targets order by id limit 60")]
        tasks = [key for (key,) in connection.execute("select id from tasks order by id limit 60")]
        plans = [key for (key,) in connection.execute("select id from plans order by kind = 'BC' desc, id limit 1")]
        for at, key in enumerate(targets):
            told = {"target_id": key, "unit": "%", "as_of": "2026-06-30", "recorded_at": "2026-07-01T08:00:00+07:00"}
            place = {"report_id": plans[0], "span_start": 3, "span_end": 9, "page": 1} if at % 5 == 0 else {}
            note = {"note": 'Ghi chú\r\n"thêm" <b> & ]]> ?>', "source": "Báo cáo số 6"} if at % 4 else {}
            part = {"period_start": "2026-01-01", "period_end": "2026-03-31"} if at % 3 else {}
            one = {"id": f"a{at}", "value": 85.3 + at, "converted": 85.3 + at, "percent": 12.5, "recorded_by": "An"}
            insert(connection, "actuals", told | one | place | note | part)
            if at % 3 == 0:
                insert(connection, "actuals", told | part | {"id": f"b{at}", "value": 0.1 * at, "supersedes": f"a{at}"})
            if at % 2 == 0:
                base = {"id": f"c{at}", "value": 60.0, "converted": 60.0, "as_of": "2025-12-31" if at % 4 else None}
                insert(connection, "baselines", told | base)
        for at, (key, state) in enumerate(zip(tasks, cycle(codelist("task_states")), strict=False)):
            told = {"task_id": key, "as_of": "2026-06-30", "note": None if at % 2 else "đã gửi"}
            insert(connection, "reported_states", told | {"id": f"s{at}", "state": state["code"]})
            if at % 3 == 0:
                later = {"id": f"t{at}", "state": "dropped", "as_of": "2026-07-30", "supersedes": f"s{at}"}
                insert(connection, "reported_states", told | later)
        insert(
            connection,
            "actuals_unmatched",
            {"id": "u1", "target_id": "gone-C1", "value": 3.0, "unit": "x"},
        )
        insert(connection, "reported_states_unmatched", {"id": "u2", "task_id": "gone-N1", "state": "dropped"})


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """A row into a table."""
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({columns}) values ({places})", list(row.values()))


def tables(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, but for where the documents lie."""
    with closing(sqlite3.connect(db)) as connection:
        return {
            table.name: connection.execute(f"select * from {table.name} order by {table.key}").fetchall()
            for table in TABLES
            if table.name not in {"inputs", "sources"}
        }


def counts(db: Path) -> dict[str, int]:
    """How many facts each table of them has."""
    found = tables(db)
    return {name: len(found[name]) for name in (*UNMATCHED.values(), *UNMATCHED)}
