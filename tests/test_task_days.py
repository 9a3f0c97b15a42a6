"""Deadlines and the plan's time to the days on which a task falls due, and the time in which it is worked on."""

from datetime import date

import pytest

from publish.task_days import Active, active, due_days, task_day_rows
from schemas import Deadline, Head, PartialDate, Period, Record
from tests.records import ward


def plan(start: str | None, end: str | None, issued: str | None = None) -> Record:
    """A plan of a period, issued on a day."""
    day = date.fromisoformat(issued) if issued else None
    head = Head(
        period=Period.model_validate({"start": start, "end": end}),
        issued=PartialDate(year=day.year, month=day.month, day=day.day) if day else PartialDate(),
    )
    return ward().model_copy(update={"document": head})


def deadline(kind: str, start: str | None = None, end: str | None = None, rrule: str | None = None) -> Deadline:
    return Deadline.model_validate({"kind": kind, "start": start, "end": end, "rrule": rrule})


YEAR = plan("2026-01-01", "2026-12-31", "2025-12-20")


@pytest.mark.parametrize(
    ("given", "from_day", "to_day"),
    [
        (None, None, None),
        (deadline("other"), None, None),
        (deadline("by", None, "2026-06-30"), None, "2026-06-30"),
        (deadline("quarter", "2026-04-01", "2026-06-30"), "2026-04-01", "2026-06-30"),
        (deadline("ongoing"), "2026-01-01", "2026-12-31"),
        (deadline("ongoing", "2026-03-01"), "2026-03-01", "2026-12-31"),
        (deadline("ongoing", "2027-03-01"), "2027-03-01", "2027-12-31"),
        (deadline("recurring", rrule="FREQ=MONTHLY"), "2026-01-01", "2026-12-31"),
    ],
)
def test_what_has_no_time_of_its_own_is_worked_on_as_long_as_its_plan_lasts(
    given: Deadline | None, from_day: str | None, to_day: str | None
):
    expected = Active(*(date.fromisoformat(day) if day else None for day in (from_day, to_day)))
    assert active(YEAR, given) == expected


@pytest.mark.parametrize(
    ("record", "first", "last"),
    [
        (plan("2026-01-01", "2026-12-31", "2026-03-10"), "2026-03-10", "2026-12-31"),
        (plan("2026-01-01", "2026-12-31", "2062-03-10"), "2026-01-01", "2026-12-31"),
        (plan(None, None, "2026-03-10"), "2026-03-10", "2026-12-31"),
        (plan(None, "2030-12-31", "2026-03-10"), "2026-03-10", "2030-12-31"),
        (plan("2026-09-01", None), "2026-09-01", "2026-12-31"),
    ],
)
def test_a_plans_time_begins_with_its_issue_and_ends_with_its_period_or_year(record: Record, first: str, last: str):
    assert active(record, deadline("ongoing")) == Active(date.fromisoformat(first), date.fromisoformat(last))


def test_a_plan_without_any_year_gives_no_time():
    assert active(plan(None, None), deadline("recurring", rrule="FREQ=MONTHLY")) == Active()
    assert due_days(deadline("recurring", rrule="FREQ=MONTHLY"), Active()) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (deadline("by", None, "2026-06-30"), ["2026-06-30"]),
        (deadline("period", "2026-03-01", "2026-06-15"), ["2026-06-15"]),
        (deadline("year", "2026-01-01", "2026-12-31"), ["2026-12-31"]),
        (deadline("ongoing", "2026-01-01", "2026-12-31"), []),
        (deadline("other"), []),
        (deadline("recurring"), []),
        (deadline("recurring", rrule="FREQ=DAILY"), []),
        (deadline("recurring", rrule="FREQ=MONTHLY;INTERVAL=6"), ["2026-06-30", "2026-12-31"]),
        (deadline("recurring", "2026-10-01", "2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=14"), ["2026-10-14", "2026-11-14"]),
        (None, []),
    ],
)
def test_a_deadline_falls_on_its_last_day_and_a_recurring_duty_on_each_of_its_days(
    given: Deadline | None, expected: list[str]
):
    assert [day.isoformat() for day in due_days(given, active(YEAR, given))] == expected


def test_a_period_of_a_century_is_laid_out_over_ten_years():
    weekly = deadline("recurring", rrule="FREQ=WEEKLY")
    assert len(due_days(weekly, Active(date(1945, 1, 1), date(2045, 12, 31)))) in range(520, 530)


def test_a_row_says_whether_its_day_comes_back():
    task = ward().tasks[0]
    assert {row["recurring"] for row in task_day_rows(ward(), "k", task)} == {0}
    again = task.model_copy(update={"deadline": deadline("recurring", rrule="FREQ=MONTHLY;BYMONTHDAY=14")})
    rows = task_day_rows(YEAR, "k", again)
    assert [row["id"] for row in rows][:2] == ["k-2026-01-14", "k-2026-02-14"]
    assert {row["recurring"] for row in rows} == {1}
