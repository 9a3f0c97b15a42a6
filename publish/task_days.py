"""A task's deadline and its plan's time -> the days it falls due, and from when to when it is worked on."""

from dataclasses import dataclass
from datetime import date

from publish.cells import iso, whole_date
from publish.pages.occurrences import LONGEST, days
from publish.plan_rows import plan_year
from publish.tables import Row
from schemas import Deadline, DeadlineKind, Record, Task

_DUE_ONCE = {DeadlineKind.BY, DeadlineKind.MONTH, DeadlineKind.QUARTER, DeadlineKind.PERIOD, DeadlineKind.YEAR}
_AS_LONG_AS_THE_PLAN = {DeadlineKind.ONGOING, DeadlineKind.RECURRING}
# What is done every day is ongoing work and no date in a calendar.
_DAILY = "FREQ=DAILY"


@dataclass(frozen=True, slots=True)
class Active:
    """The first and the last day of work on a task, as far as they are known."""

    start: date | None = None
    end: date | None = None


def active(record: Record, deadline: Deadline | None) -> Active:
    """When a task is worked on; one that has to be done `by` a day has no start.

    Ongoing and recurring work without dates of its own goes on as long as the plan, from the day of its issue.
    """
    if deadline is None or deadline.kind is DeadlineKind.OTHER:
        return Active()
    if deadline.kind not in _AS_LONG_AS_THE_PLAN:
        return Active(deadline.start, deadline.end)
    plan = plan_time(record)
    start, end = deadline.start or plan.start, deadline.end or plan.end
    if start and end and start > end:
        end = date(start.year, 12, 31)
    return Active(start, end) if start and end else Active()


def plan_time(record: Record) -> Active:
    """The plan's period, but not before its issue; its year where it names none."""
    period, year = record.document.period, plan_year(record)
    start = period.start or (date(year, 1, 1) if year else None)
    end = period.end or (date(start.year, 12, 31) if start else None)
    issued = whole_date(record.document.issued)
    if start and end and issued and start < date.fromisoformat(issued) <= end:
        start = date.fromisoformat(issued)
    return Active(start, end)


def due_days(deadline: Deadline | None, at_work: Active) -> list[date]:
    """The last day of a deadline, or every day on which a recurring duty falls."""
    if deadline is None:
        return []
    if deadline.kind in _DUE_ONCE:
        return [deadline.end] if deadline.end else []
    if deadline.kind is not DeadlineKind.RECURRING or at_work.start is None or at_work.end is None:
        return []
    rules = " ".join(rule for rule in (deadline.rrule or "").split() if not rule.startswith(_DAILY))
    return days(rules, at_work.start, at_work.end, (at_work.start, at_work.start + LONGEST))


def active_columns(record: Record, task: Task) -> Row:
    """When the task is worked on, as columns of its row."""
    at_work = active(record, task.deadline)
    return {"active_from": iso(at_work.start), "active_to": iso(at_work.end)}


def task_day_rows(record: Record, key: str, task: Task) -> list[Row]:
    """A row a day on which the task falls due."""
    recurring = bool(task.deadline and task.deadline.kind is DeadlineKind.RECURRING)
    return [
        {
            "id": f"{key}-{day.isoformat()}",
            "task_id": key,
            "plan_id": record.id,
            "day": day.isoformat(),
            "recurring": int(recurring),
        }
        for day in due_days(task.deadline, active(record, task.deadline))
    ]
