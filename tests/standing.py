"""A database in memory with plans of a few rows: what statuses are worked out from, without reading a document."""

import sqlite3
from collections.abc import Mapping
from importlib.resources import files

from publish.progress.standing_statuses import judge_anew
from publish.tables import BY_NAME, TABLES, Value

_TYPES = {str: "text", int: "integer", float: "real"}
PLAN: Mapping[str, Value] = {
    "id": "p",
    "kind": "KH",
    "year": 2026,
    "period_start": "2026-01-01",
    "period_end": "2026-12-31",
    "issued_date": "2026-01-20",
    "locality_id": "xa",
}


class Plans:
    """Rows are added by keyword; columns that are not named are null."""

    def __init__(self) -> None:
        """All tables and views, empty."""
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        for table in TABLES:
            columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in table.columns.items())
            self.connection.execute(f"create table {table.name} ({columns}, primary key ({table.key}))")
        self.connection.execute("drop table unit_pairs")
        columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in BY_NAME["unit_pairs"].columns.items())
        self.connection.execute(f"create table unit_pairs ({columns}, primary key (id))")
        self.connection.executescript(files("publish").joinpath("views.sql").read_text("utf-8"))

    def add(self, table: str, **values: Value) -> None:
        """A row."""
        marks = ", ".join(f":{name}" for name in values)
        self.connection.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", values)

    def plan(self, **values: Value) -> None:
        """A plan of 2026 unless it is said otherwise."""
        self.add("plans", **{**PLAN, **values})

    def target(self, key: str, *measures: Mapping[str, Value], plan: str = "p", **values: Value) -> None:
        """A target with its measures in order."""
        self.add("targets", **{"id": key, "plan_id": plan, "position": 1, "text": key, "indicator": "other", **values})
        for position, measure in enumerate(measures, 1):
            self.add("measures", **{"id": f"{key}-{position}", "target_id": key, "position": position, **measure})

    def task(self, key: str, *days: str, recurring: bool = False, plan: str = "p") -> None:
        """A task with its due days."""
        self.add("tasks", id=key, plan_id=plan, position=1, text=key)
        for day in days:
            self.add("task_days", id=f"{key}-{day}", task_id=key, plan_id=plan, day=day, recurring=int(recurring))

    def everything_judged(self) -> sqlite3.Connection:
        """The database as a build leaves it."""
        judge_anew(self.connection)
        return self.connection

    def rows(self, sql: str, *values: Value) -> list[tuple[Value, ...]]:
        """What the database answers."""
        return self.connection.execute(sql, values).fetchall()
