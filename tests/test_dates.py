"""Calendar parts, printed times and recurrences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.dates import day_point, month_point, number_of_quarter, part_point, quarter_point, resolved
from extract.normalize.moments import moments
from extract.normalize.recurrence import recurrence
from extract.text import fold

MOMENTS = [
    ("quý IV/2025 - quý II/2026", ["2025-10-01..2026-06-30"]),
    ("từ tháng 11 đến tháng 2/2026", ["2025-11-01..2026-02-28"]),
    ("tháng 11/2026 đến tháng 2", ["2026-11-01..2027-02-28"]),
    ("ngày 26, 27/12/2025", ["2025-12-26..2025-12-27"]),
    ("ngày 22\ntháng 12 năm 2024", ["2024-12-22..2024-12-22"]),
    ("15.6.2026 và 15-7-2026", ["2026-06-15..2026-07-15"]),
    ("T6/2026", ["2026-06-01..2026-06-30"]),
    ("Quý Il/2026", ["2026-04-01..2026-06-30"]),
    ("9 tháng đầu năm 2026", ["2026-01-01..2026-09-30"]),
    ("6 tháng cuối năm", ["2026-07-01..2026-12-31"]),
    ("năm học 2025-2026", ["2025-09-01..2026-05-31"]),
    ("tháng 2/2024", ["2024-02-01..2024-02-29"]),
    ("31/6/2026", ["?"]),
    ("3 tháng 1 lần", []),
    ("trực 24/7", []),
    ("26/2025/NQ-HĐND", []),
    ("dịch vụ mức độ 3, 4", []),
    ("tuần 2 tháng 3", ["2026-03-01..2026-03-31"]),
    ("quý I (từ tháng 01-03)", ["2026-01-01..2026-03-31", "2026-01-01..2026-03-31"]),
]

RULES = [
    ("trước ngày 14 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=14"),
    ("ngày 05 và ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
    ("chậm nhất đến ngày 25 tây hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("ngày cuối cùng của tháng, hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("trước ngày 25 của tháng cuối quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"),
    (
        "hằng tháng (trước ngày 20), hằng quý (trước ngày 25 tháng cuối quý)",
        "FREQ=MONTHLY;BYMONTHDAY=20 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25",
    ),
    (
        "trước ngày 01/6 và 15/11 hằng năm",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
    ),
    (
        "hằng quý, 6 tháng (trước 15/6), năm (trước 15/12)",
        "FREQ=MONTHLY;INTERVAL=3 FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    ),
    ("định kỳ 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY"),
    ("hằng tháng, quý, năm", "FREQ=MONTHLY FREQ=MONTHLY;INTERVAL=3 FREQ=YEARLY"),
    ("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("sáng thứ 2 hàng tuần", "FREQ=WEEKLY;BYDAY=MO"),
    ("chủ nhật hằng tuần", "FREQ=WEEKLY;BYDAY=SU"),
    ("tháng 11 hằng năm", "FREQ=YEARLY;BYMONTH=11"),
    ("03 tháng 1 lần", "FREQ=MONTHLY;INTERVAL=3"),
    ("6 tháng/lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("2 năm/lần", "FREQ=YEARLY;INTERVAL=2"),
    ("01 lần/ quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("mỗi quý một lần", "FREQ=MONTHLY;INTERVAL=3"),
    ("hằng ngày", "FREQ=DAILY"),
]

NO_RULES = [
    "định kỳ",
    "quý II",
    "năm 2026",
    "hằng năm 2026",
    "báo cáo quý II/2026",
    "báo cáo 6 tháng đầu năm",
    "lần thứ 3",
]


def days(text: str) -> list[str]:
    """The days of the times in a text of a plan for 2026, "?" for a day that does not exist."""
    ranges = [m.range(2026) for m in moments(fold(text))]
    return [f"{r.start}..{r.end}" if r else "?" for r in ranges]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_a_printed_time_stands_for_its_days(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(("text", "expected"), RULES)
def test_an_interval_is_a_rule_of_rfc_5545(text: str, expected: str) -> None:
    found = recurrence(fold(text))
    assert found is not None
    assert found.rrule == expected


@pytest.mark.parametrize("text", NO_RULES)
def test_a_time_or_a_bare_word_is_no_interval(text: str) -> None:
    assert recurrence(fold(text)) is None


def test_a_missing_year_is_the_neighbours_before_it_is_the_plans() -> None:
    found = resolved([month_point(3), month_point(6, 2027)], 2026)
    assert found is not None
    assert (found.start, found.end) == (date(2027, 3, 1), date(2027, 6, 30))


def test_without_any_year_there_are_no_days() -> None:
    assert resolved([quarter_point(2)], None) is None


def test_a_day_that_the_calendar_does_not_have_is_none() -> None:
    assert resolved([day_point(29, 2, 2025)], None) is None
    assert resolved([day_point(29, 2, 2024)], None) is not None


def test_the_last_nine_months_begin_in_april() -> None:
    found = resolved([part_point(9, True, 2026)], None)
    assert found is not None
    assert found.start == date(2026, 4, 1)


@pytest.mark.parametrize(("printed", "quarter"), [("i", 1), ("iv", 4), ("3", 3), ("ll", 2), ("lv", 4), ("ly", 2)])
def test_a_quarter_is_roman_or_arabic_or_misread(printed: str, quarter: int) -> None:
    assert number_of_quarter(printed) == quarter


@given(st.text(alphabet="0123456789/-., quýthángnămngàyđến và IV", max_size=50))
def test_printed_times_lie_in_the_text_in_order(text: str) -> None:
    folded = fold(text)
    end = 0
    for moment in moments(folded):
        assert end <= moment.start < moment.end <= len(folded)
        end = moment.end
        moment.range(2026)


@given(st.text(alphabet="0123456789/-., hằng quý tháng năm ngày tuần định kỳ lần mỗi thứ", max_size=50))
def test_any_text_has_a_well_formed_rule_or_none(text: str) -> None:
    found = recurrence(fold(text))
    assert found is None or all(rule.startswith("FREQ=") for rule in found.rrule.split())
