"""Parts of a date as printed -> the days they stand for; a missing year is the neighbour's, else the plan's."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MISREAD = str.maketrans("ly", "ii")
_CENTURY = 2000


class Unit(IntEnum):
    """How fine a time is printed, finest first."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    PART = 4  # "6 tháng đầu năm"
    YEAR = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One time as printed: a day, or the months `first` to `last` of a year that may be missing."""

    unit: Unit
    first: int
    last: int
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The days from `start` to `end`, both in."""

    start: date
    end: date


def day_point(day: int, month: int, year: int | None = None) -> Point:
    """A day of a month; whether the calendar has it shows in `resolved`."""
    return Point(Unit.DAY, month, month, day, full_year(year))


def month_point(month: int, year: int | None = None) -> Point:
    """A whole month."""
    return Point(Unit.MONTH, month, month, None, full_year(year))


def quarter_point(quarter: int, year: int | None = None) -> Point:
    """A quarter, 1 to 4."""
    return Point(Unit.QUARTER, 3 * quarter - 2, 3 * quarter, None, full_year(year))


def part_point(months: int, at_end: bool, year: int | None = None) -> Point:
    """The first or the last `months` of a year."""
    first = 13 - months if at_end else 1
    return Point(Unit.PART, first, first + months - 1, None, full_year(year))


def year_point(year: int) -> Point:
    """A whole year."""
    return Point(Unit.YEAR, 1, 12, None, year)


def full_year(year: int | None) -> int | None:
    """A year of two figures is of this century."""
    return year + _CENTURY if year is not None and year < 100 else year


def number_of_quarter(printed: str) -> int:
    """The quarter that "iv" or "4" stands for; an "l" in it is an "i" misread (and folded perhaps to "y").

    >>> number_of_quarter("lv"), number_of_quarter("2")
    (4, 2)
    """
    return int(printed) if printed.isdigit() else _ROMAN[printed.translate(_MISREAD)]


def resolved(points: Sequence[Point], year: int | None) -> Range | None:
    """From the first's first day to the last's last; None where a year is unknown or a day does not exist.

    >>> resolved([quarter_point(4, 2025), quarter_point(2)], None)
    Range(start=datetime.date(2025, 10, 1), end=datetime.date(2026, 6, 30))
    """
    if not points:
        return None
    first, last = _with_years(points[0], points[-1], year)
    days = _days(first), _days(last)
    if days[0] is None or days[1] is None or days[1].end < days[0].start:
        return None
    return Range(days[0].start, days[1].end)


def whole_year(year: int | None) -> Range | None:
    """The days of a year, None of an unknown one."""
    return None if year is None else Range(date(year, 1, 1), date(year, 12, 31))


def _with_years(first: Point, last: Point, year: int | None) -> tuple[Point, Point]:
    """A missing year is the other's; "tháng 11 đến tháng 2/2026" begins in 2025, "quý IV/2025 - quý I" ends in 2026."""
    turns = (last.first, last.day or 0) < (first.first, first.day or 0)
    if last.year is None:
        known = first.year if first.year is not None else year
        last = replace(last, year=None if known is None else known + (turns and first.year is not None))
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - turns)
    return first, last


def _days(point: Point) -> Range | None:
    if point.year is None:
        return None
    if point.day is None:
        return Range(date(point.year, point.first, 1), date(point.year, point.last, _length(point.year, point.last)))
    if not 1 <= point.day <= _length(point.year, point.last):
        return None
    day = date(point.year, point.first, point.day)
    return Range(day, day)


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]
