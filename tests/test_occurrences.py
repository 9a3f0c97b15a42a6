"""Rules of RFC 5545 to days: those that plans use, what they leave open, what is no rule."""

import itertools
from datetime import date, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from publish.pages.occurrences import days, settled

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def laid_out(rule: str | None, start: str = "2026-01-01", end: str = "2026-12-31") -> list[str]:
    return [day.strftime("%d/%m") for day in days(rule, date.fromisoformat(start), date.fromisoformat(end), YEAR)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=14", [f"14/{month:02}" for month in range(1, 13)]),
        ("FREQ=MONTHLY;INTERVAL=3", ["31/03", "30/06", "30/09", "31/12"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["30/06", "31/12"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", ["20/03", "20/06", "20/09", "20/12"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5", ["05/01", "05/04", "05/07", "05/10"]),
        ("FREQ=YEARLY", ["31/12"]),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=10", ["10/10"]),
        ("FREQ=YEARLY;BYMONTH=6", ["30/06"]),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", ["01/06", "15/11"]),
        ("FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY", ["30/06", "31/12"]),
        (None, []),
        ("", []),
    ],
)
def test_a_rule_falls_on_its_days_and_on_the_last_day_of_an_interval_without_one(rule: str | None, expected: list[str]):
    assert laid_out(rule) == expected


@pytest.mark.parametrize(
    ("rule", "february", "march"),
    [
        ("FREQ=MONTHLY", 28, 31),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 28, 31),
        ("FREQ=MONTHLY;BYMONTHDAY=31", 28, 31),
        ("FREQ=MONTHLY;BYMONTHDAY=30", 28, 30),
        ("FREQ=MONTHLY;BYMONTHDAY=28", 28, 28),
    ],
)
def test_a_month_without_the_day_has_its_last(rule: str, february: int, march: int):
    found = laid_out(rule)
    assert len(found) == 12
    assert found[1:3] == [f"{february}/02", f"{march}/03"]


def test_every_week_is_its_friday_and_a_named_day_is_that_day():
    fridays, mondays = days("FREQ=WEEKLY", *YEAR, YEAR), days("FREQ=WEEKLY;BYDAY=MO", *YEAR, YEAR)
    assert len(fridays) == 52
    assert {day.weekday() for day in fridays} == {4}
    assert {day.weekday() for day in mondays} == {0}
    every_other = days("FREQ=WEEKLY;INTERVAL=2", *YEAR, YEAR)
    assert {later - day for day, later in itertools.pairwise(every_other)} == {timedelta(days=14)}


def test_a_duty_lasts_from_the_first_to_the_last_day_of_its_time():
    assert laid_out("FREQ=MONTHLY;BYMONTHDAY=14", "2026-03-15", "2026-06-14") == ["14/04", "14/05", "14/06"]
    assert laid_out("FREQ=MONTHLY;BYMONTHDAY=14", "2027-01-01", "2027-12-31") == []
    assert laid_out("FREQ=MONTHLY;INTERVAL=3", "2026-02-10", "2026-12-30") == ["31/03", "30/06", "30/09"]


def test_only_what_lies_within_is_given_even_of_a_duty_without_end():
    may = (date(2026, 5, 1), date(2026, 5, 31))
    assert days("FREQ=MONTHLY;BYMONTHDAY=14", None, None, may) == [date(2026, 5, 14)]
    assert days("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2", date(1, 1, 1), date(9999, 12, 31), may) == [date(2026, 5, 2)]


@pytest.mark.parametrize(
    "rule",
    [
        "hằng tháng",
        "FREQ=SECONDLY",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY",
        "FREQ=MONTHLY;COUNT=3",
        "RRULE:FREQ=MONTHLY",
        "😀",
    ],
)
def test_what_is_no_rule_of_ours_has_no_days_and_spoils_no_other(rule: str):
    assert laid_out(rule) == []
    assert laid_out(f"{rule} FREQ=YEARLY") == ["31/12"]


@given(
    st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY={}", "FREQ=YEARLY;BYMONTH={m};BYMONTHDAY={}"]),
    st.integers(1, 28),
    st.integers(1, 12),
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.integers(0, 900),
)
def test_a_rule_that_leaves_nothing_open_is_what_dateutil_makes_of_it(
    form: str, day: int, m: int, start: date, length: int
):
    rule, end = form.format(day, m=m), start + timedelta(days=length)
    by_dateutil = rrulestr(f"DTSTART:{start:%Y%m%d}\nRRULE:{rule};UNTIL={end:%Y%m%d}")
    assert days(rule, start, end, (start, end)) == [moment.date() for moment in by_dateutil]


@given(st.text(st.sampled_from("FREQ=MONTHLYWEKDAIBSP;0123456789,-+ "), max_size=60), st.dates())
def test_any_text_is_settled_without_an_error(text: str, start: date):
    for rule in settled(text, start):
        rule.days(date(2026, 1, 1), date(2026, 1, 31))
