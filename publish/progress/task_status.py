"""How a task, or each time that it comes again, stands as of a day that is given: the rules, told in docs/status.md.

`task_statuses.sql` says the same for all days at once; a test holds the two against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas import TaskState


class TaskStatus(StrEnum):
    """Codes of `codelists/task_statuses.csv`: the six states as reported, and what follows as time goes by."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DOING_IN_TIME = "doing_in_time"
    DOING_LATE = "doing_late"
    NOT_STARTED = "not_started"
    NOT_STARTED_LATE = "not_started_late"
    DROPPED = "dropped"
    NOT_DUE = "not_due"
    NOT_REPORTED = "not_reported"


LATE = frozenset({TaskStatus.DOING_LATE, TaskStatus.NOT_STARTED_LATE, TaskStatus.NOT_REPORTED})
_ONCE_OVER = {
    TaskStatus.DOING_IN_TIME: TaskStatus.DOING_LATE,
    TaskStatus.NOT_STARTED: TaskStatus.NOT_STARTED_LATE,
    TaskStatus.NOT_DUE: TaskStatus.NOT_REPORTED,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A state as reported, with the period that it is about where one was given."""

    as_of: date
    state: TaskState
    start: date | None = None
    end: date | None = None
    recorded_at: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A task once, or one of the times that it comes again: when it is due, how it stands, the report that says so."""

    due: date | None
    status: TaskStatus
    state: str | None = None


def occurrences(days: Sequence[date], states: Iterable[Stated], as_of: date, *, recurring: bool) -> list[Occurrence]:
    """How each due day of a task stands as of the end of a day; a task without one has one occurrence all the same."""
    known: dict[date | None, list[Stated]] = {day: [] for day in days} or {None: []}
    for stated in states:
        if stated.as_of <= as_of:
            for due in _about(days, stated) if recurring and days else known:
                known[due].append(stated)
    return [_occurrence(due, about, as_of) for due, about in known.items()]


def _occurrence(due: date | None, states: Sequence[Stated], as_of: date) -> Occurrence:
    latest = max(states, key=lambda stated: (stated.as_of, stated.recorded_at, stated.key), default=None)
    status = TaskStatus(latest.state) if latest else TaskStatus.NOT_DUE
    if due is not None and as_of > due:
        status = _ONCE_OVER.get(status, status)
    return Occurrence(due, status, latest.key if latest else None)


def _about(days: Sequence[date], stated: Stated) -> list[date]:
    """The due days, of one or more in order, that a report of a recurring duty is about.

    With a period: those in it, of several those that had come by the report's day; none in it: the next one.
    Without: the one in the report's month; else in its quarter, its year; of two such, or none, the one gone by. A duty
    that is dropped is so from then on.
    """
    dropped = stated.state is TaskState.DROPPED
    if stated.start is None or stated.end is None:
        due = _nearest(days, stated.as_of)
        return [day for day in days if day == due or (dropped and day > due)]
    within = [day for day in days if stated.start <= day <= stated.end]
    if not within:
        return [next((day for day in days if day > stated.end), days[-1])]
    return [day for day in within if day <= stated.as_of or day == within[0] or dropped]


def _nearest(days: Sequence[date], as_of: date) -> date:
    before = max((day for day in days if day <= as_of), default=None)
    after = min((day for day in days if day > as_of), default=None)
    if before is None or after is None:
        return before or after or days[0]
    return after if _nearness(after, as_of) > _nearness(before, as_of) else before


def _nearness(day: date, to: date) -> int:
    """How small a part of the calendar two days share: 3 a month, 2 a quarter, 1 a year."""
    if day.year != to.year:
        return 0
    return 3 if day.month == to.month else 2 if (day.month - 1) // 3 == (to.month - 1) // 3 else 1
