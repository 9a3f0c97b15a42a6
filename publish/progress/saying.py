"""How far targets and tasks have come -> text, CSV or JSON on stdout."""

import csv
import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import click

from extract.errors import KehoachError
from publish.export.values import guarded, plain_number
from publish.locking import reading
from publish.progress.spoken import spoken
from publish.progress.status import Level
from publish.progress.statuses import (
    TargetProgress,
    TaskProgress,
    counted,
    counted_occurrences,
    target_statuses,
    task_statuses,
)
from publish.progress.task_status import Occurrence
from publish.search import folded

# A row a target, a row an occurrence of a task; columns are added at the end only.
COLUMNS = (
    "kind", "id", "plan_id", "locality_id", "indicator", "due", "recurring", "status", "reason", "comparator", "level",
    "unit", "change", "value", "expected", "fact_id", "text",
)  # fmt: skip


class NothingMeant(KehoachError):
    """No plan or locality is meant by what was asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was asked for, as of a day."""

    as_of: date
    targets: Sequence[TargetProgress]
    tasks: Sequence[TaskProgress]

    @property
    def counts(self) -> dict[str, Mapping[str, int]]:
        """How many targets and how many occurrences of tasks have each status."""
        return {"targets": counted(self.targets), "tasks": counted_occurrences(self.tasks)}


def print_statuses(db: Path, as_of: str, form: str, *, plan: str | None, locality: str | None) -> None:
    """Print the progress of a plan (by id or number), a locality (by id or words of its name) or all, as of a day.

    Raises NothingMeant where there is no such plan or locality.
    """
    with closing(reading(db)) as connection:
        standing = _standing(connection, date.fromisoformat(as_of), plan, locality)
    if form == "json":
        click.echo(json.dumps(_as_json(standing), ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_guarded(row) for row in _rows(standing))
    else:
        click.echo("\n".join(spoken(standing.as_of, standing.targets, standing.tasks)))


def _standing(connection: sqlite3.Connection, as_of: date, plan: str | None, locality: str | None) -> Standing:
    places: Sequence[str | None] = [None] if locality is None else _localities(connection, locality)
    plans: Sequence[str | None] = [None] if plan is None else _plans(connection, plan)
    targets: list[TargetProgress] = []
    tasks: list[TaskProgress] = []
    for place in places:
        for key in plans:
            targets += target_statuses(connection, as_of, plan=key, locality=place)
            tasks += task_statuses(connection, as_of, plan=key, locality=place)
    return Standing(as_of, targets, tasks)


def _plans(connection: sqlite3.Connection, given: str) -> list[str]:
    found = connection.execute("select id from plans where id = ? or number = ? order by id", (given, given))
    return [key for (key,) in found] or _nothing(given, "kế hoạch", "/ke-hoach")


def _localities(connection: sqlite3.Connection, given: str) -> list[str]:
    found = connection.execute("select id, full_name from localities order by id").fetchall()
    exact = [key for key, _ in found if key == given]
    meant = exact or [key for key, name in found if folded(given) and folded(given) in folded(name)]
    return meant or _nothing(given, "địa phương", "/dia-phuong")


def _nothing(given: str, what: str, page: str) -> list[str]:
    raise NothingMeant(f"{given}: không có {what} nào như vậy; xem danh sách ở trang {page}")


def _guarded(row: Mapping[str, object]) -> dict[str, object]:
    return {name: guarded(value) if isinstance(value, str) else value for name, value in row.items()}


def _as_json(standing: Standing) -> dict[str, object]:
    return {"as_of": standing.as_of.isoformat(), "counts": standing.counts, "rows": list(_rows(standing))}


def _rows(standing: Standing) -> Iterator[dict[str, object]]:
    blank = dict.fromkeys(COLUMNS)
    told = chain(
        (_of_target(target) for target in standing.targets),
        (_of_occurrence(task, one) for task in standing.tasks for one in task.occurrences),
    )
    for row in told:
        yield blank | {name: plain_number(cell) if isinstance(cell, float) else cell for name, cell in row.items()}


def _of_target(one: TargetProgress) -> dict[str, object]:
    judged, due = one.judgement, one.course.due
    return _level(one.course.level) | {
        "kind": "target",
        "id": one.id,
        "plan_id": one.plan_id,
        "locality_id": one.locality_id,
        "indicator": one.indicator,
        "due": due and due.isoformat(),
        "status": judged.status,
        "reason": judged.reason,
        "value": judged.value,
        "expected": judged.expected,
        "fact_id": judged.figure,
        "text": one.text,
    }


def _level(level: Level | None) -> dict[str, object]:
    if level is None:
        return {}
    return {"comparator": level.comparator, "level": level.value, "unit": level.unit, "change": level.change}


def _of_occurrence(task: TaskProgress, one: Occurrence) -> dict[str, object]:
    return {
        "kind": "task",
        "id": task.id,
        "plan_id": task.plan_id,
        "locality_id": task.locality_id,
        "due": one.due and one.due.isoformat(),
        "recurring": int(task.recurring),
        "status": one.status,
        "fact_id": one.state,
        "text": task.text,
    }
