"""So sánh: two plans side by side: their targets and tasks aligned, and what one has and the other lacks."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from publish.pages.alignment import Alignment, By, Item, aligned
from publish.pages.levels import Compared, Difference, compared, levels, main_difference
from publish.pages.plan import head, targets, tasks
from publish.pages.wording import Reading, Texts, locality_of, names_of, reading

Row = dict[str, Any]
Rows = list[Row]

_MOST = 800  # targets, or tasks, of a plan that are aligned


@dataclass(frozen=True, slots=True)
class Side:
    """A plan with its targets and tasks, and the names that its texts are read without."""

    plan: Row
    targets: Rows
    tasks: Rows
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetPair:
    """Two targets that are alike; `score` is the likeness of their words, of 100."""

    first: Row
    second: Row
    by: By
    score: float
    levels: list[Compared]

    @property
    def difference(self) -> Difference:
        """How the two differ, told by their first levels that can be compared."""
        return main_difference(self.levels)


class Agreement(StrEnum):
    """Whether two tasks say the same about something."""

    SAME = "same"
    DIFFERENT = "different"
    FIRST = "first"  # only the first says it
    SECOND = "second"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class TaskPair:
    """Two tasks that are alike; `days` is how much later the second is due, where both name a day."""

    first: Row
    second: Row
    score: float
    leads: Agreement
    deadlines: Agreement
    days: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """What has no counterpart in the other plan."""

    first: Rows
    second: Rows


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two plans; `same` are targets of one indicator, `alike` those of like wording."""

    first: Side
    second: Side
    same: list[TargetPair]
    alike: list[TargetPair]
    targets_left: Left
    tasks: list[TaskPair]
    tasks_left: Left

    @property
    def unlike(self) -> bool:
        """Whether the two have nothing in common."""
        return not (self.same or self.alike or self.tasks)


def side(connection: sqlite3.Connection, key: str) -> Side | None:
    """A plan as one side of a comparison; None where there is none."""
    found = head(connection, key)
    if found is None:
        return None
    names = names_of(locality_of(connection, found["locality_id"]))
    return Side(found, targets(connection, key)[:_MOST], tasks(connection, key)[:_MOST], names)


def side_by_side(connection: sqlite3.Connection, first: Side, second: Side) -> SideBySide:
    """The two plans aligned."""
    by_words = aligned_targets(
        reading(connection, Texts.TARGETS), first.targets, first.names, second.targets, second.names
    )
    pairs = target_pairs(by_words, first.targets, second.targets)
    read = reading(connection, Texts.TASKS)
    of_tasks = aligned(
        [Item(read(task["text"], first.names)) for task in first.tasks],
        [Item(read(task["text"], second.names)) for task in second.tasks],
    )
    return SideBySide(
        first,
        second,
        same=[pair for pair in pairs if pair.by is By.INDICATOR],
        alike=[pair for pair in pairs if pair.by is By.WORDING],
        targets_left=_left(by_words, first.targets, second.targets),
        tasks=[task_pair(first.tasks[p.first], second.tasks[p.second], p.score) for p in of_tasks.pairs],
        tasks_left=_left(of_tasks, first.tasks, second.tasks),
    )


def aligned_targets(
    read: Reading, first: Rows, first_names: tuple[str, ...], second: Rows, second_names: tuple[str, ...]
) -> Alignment:
    """Rows of targets aligned by indicator, then by wording."""
    return aligned(
        [Item(read(one["text"], first_names), one["indicator"]) for one in first],
        [Item(read(one["text"], second_names), one["indicator"]) for one in second],
    )


def target_pairs(alignment: Alignment, first: Rows, second: Rows) -> list[TargetPair]:
    """The pairs of an alignment with their rows and levels, in the order of the first list."""
    return [
        TargetPair(one, other, pair.by, pair.score, compared(levels(one["measures"]), levels(other["measures"])))
        for pair in alignment.pairs
        for one, other in [(first[pair.first], second[pair.second])]
    ]


def task_pair(first: Row, second: Row, score: float) -> TaskPair:
    """Two tasks, with what they say of leading units and deadlines held against each other."""
    ends = [one["deadline_end"] for one in (first, second)]
    return TaskPair(
        first,
        second,
        score,
        leads=_agreement(_leads(first), _leads(second)),
        deadlines=_agreement(_deadline(first), _deadline(second)),
        days=(date.fromisoformat(ends[1]) - date.fromisoformat(ends[0])).days if all(ends) else 0,
    )


def _leads(task: Row) -> frozenset[str]:
    return frozenset(unit["unit_id"] for unit in task["units"] if unit["role"] == "lead")


def _deadline(task: Row) -> tuple[str, ...]:
    """What the deadline comes to; nothing where there is none."""
    columns = ("deadline_kind", "deadline_start", "deadline_end", "deadline_rrule")
    return tuple(task[name] or "" for name in columns) if task["deadline_kind"] else ()


def _agreement(first: Sequence[str] | frozenset[str], second: Sequence[str] | frozenset[str]) -> Agreement:
    if not first and not second:
        return Agreement.NEITHER
    if not first or not second:
        return Agreement.FIRST if first else Agreement.SECOND
    return Agreement.SAME if first == second else Agreement.DIFFERENT


def _left(alignment: Alignment, first: Rows, second: Rows) -> Left:
    return Left([first[at] for at in alignment.only_first], [second[at] for at in alignment.only_second])
