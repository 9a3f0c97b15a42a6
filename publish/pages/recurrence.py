"""Rules of RFC 5545, as deadlines hold them -> words: "ngày 15/6 và 15/12 hằng năm"."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import product

from babel.dates import format_date, get_day_names
from babel.lists import format_list

from publish.pages.language import DEFAULT, current, translated

# "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"
_RULE = re.compile(
    r"""
    FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)
    (?:;INTERVAL=[1-9]\d?)?
    (?:;(?:BYDAY|BYMONTHDAY|BYMONTH)=[-\dA-Z,]+)*
    """,
    re.VERBOSE,
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LEAP = 2024  # a year that has every day
_MONTHS_OF_QUARTER, _MONTHS_OF_YEAR = 3, 12


def in_words(rrule: str | None) -> str:
    """What a deadline's `rrule` (rules joined by blanks) says; a rule that has no words here stays as it is.

    >>> in_words("FREQ=MONTHLY;INTERVAL=3")
    'hằng quý'
    >>> in_words("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")
    'ngày 15/6 và 15/12 hằng năm'
    """
    given = (rrule or "").split()
    days_by_interval: dict[tuple[str, str], list[str]] = {}
    for rule in given:
        try:
            every, pattern, days = _read(rule)
        except (ValueError, LookupError):
            return " ".join(given)
        days_by_interval.setdefault((every, pattern), []).extend(days)
    said = [pattern % {"every": every, "days": _list(days)} for (every, pattern), days in days_by_interval.items()]
    return "; ".join(said)


def _read(rule: str) -> tuple[str, str, list[str]]:
    """The interval in words, how days go with it, and the days in words."""
    if not _RULE.fullmatch(rule):
        raise ValueError(rule)
    parts = dict(part.split("=") for part in rule.split(";"))
    every = _interval(parts["FREQ"], int(parts.get("INTERVAL", 1)))
    match (parts["FREQ"], "BYDAY" in parts, "BYMONTH" in parts, "BYMONTHDAY" in parts):
        case (_, False, False, False):
            return every, "%(every)s", []
        case ("WEEKLY", True, False, False):
            return every, translated("%(days)s %(every)s"), [_weekday(code) for code in parts["BYDAY"].split(",")]
        case ("MONTHLY", False, False, True):
            return every, *_month_days(parts["BYMONTHDAY"])
        case ("YEARLY", False, True, False):
            return every, translated("tháng %(days)s %(every)s"), [_month(one) for one in _numbers(parts, "BYMONTH")]
        case ("YEARLY", False, True, True):
            days = product(_numbers(parts, "BYMONTH"), _numbers(parts, "BYMONTHDAY"))
            return every, translated("ngày %(days)s %(every)s"), [_day(month, day) for month, day in days]
    raise ValueError(rule)


def _interval(frequency: str, step: int) -> str:
    """Every `step` of a unit."""
    if frequency == "MONTHLY" and step in {_MONTHS_OF_QUARTER, _MONTHS_OF_YEAR}:
        return translated("hằng quý") if step == _MONTHS_OF_QUARTER else translated("hằng năm")
    one, many = {
        "DAILY": (translated("hằng ngày"), translated("%(number)s ngày một lần")),
        "WEEKLY": (translated("hằng tuần"), translated("%(number)s tuần một lần")),
        "MONTHLY": (translated("hằng tháng"), translated("%(number)s tháng một lần")),
        "YEARLY": (translated("hằng năm"), translated("%(number)s năm một lần")),
    }[frequency]
    return one if step == 1 else many % {"number": step}


def _month_days(given: str) -> tuple[str, list[str]]:
    """Days of the month; -1 is its last, and stands alone."""
    if given == "-1":
        return translated("ngày cuối tháng, %(every)s"), []
    return translated("vào ngày %(days)s %(every)s"), [_day_of_month(int(day)) for day in given.split(",")]


def _numbers(parts: Mapping[str, str], name: str) -> list[int]:
    return [int(number) for number in parts[name].split(",")]


def _day_of_month(number: int) -> str:
    """Days before the 10th with a nought before them, as documents write them (NĐ 30/2020, Phụ lục I)."""
    if not 1 <= number <= 31:
        raise ValueError(number)
    return f"{number:02}" if current() == DEFAULT else str(number)


def _weekday(code: str) -> str:
    return str(get_day_names("wide", locale=current())[_WEEKDAYS.index(code)])


def _month(number: int) -> str:
    month = date(_LEAP, number, 1)
    return str(number) if current() == DEFAULT else format_date(month, "MMMM", locale=current())


def _day(month: int, day: int) -> str:
    """A day of every year; January and February are written with a nought too."""
    given = date(_LEAP, month, day)
    if current() != DEFAULT:
        return format_date(given, "d MMMM", locale=current())
    return f"{day:02}/{month:02}" if month < 3 else f"{day:02}/{month}"


def _list(words: list[str]) -> str:
    return format_list(list(dict.fromkeys(words)), locale=current())
