"""Rules of RFC 5545, as deadlines hold them, and the time they are for -> the days they fall on.

Plans say how often, seldom when. What a rule leaves open is settled so, because "hằng quý" means within each quarter:
the last day of the interval (month, quarter, half-year, year counted from January); of a week its Friday, the last day
that offices work; with a day but not the month of a longer interval, the interval's last month, or its first where the
day is in the first ten ("trước ngày 05 tháng đầu quý" reports on the quarter before). A month that has no such day
(30 February) has its last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

# "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"
_DAY_OF_WEEK, _DAY_OF_MONTH, _MONTH = (
    r"[+-]?\d?(?:MO|TU|WE|TH|FR|SA|SU)",
    r"-?(?:[1-9]|[12]\d|3[01])",
    r"(?:[1-9]|1[0-2])",
)
_RULE = re.compile(
    rf"""
    FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)
    (?:;INTERVAL=[1-9]\d?)?
    (?:
        ;BYDAY={_DAY_OF_WEEK}(?:,{_DAY_OF_WEEK})*
        |;BYMONTHDAY={_DAY_OF_MONTH}(?:,{_DAY_OF_MONTH})*
        |;BYMONTH={_MONTH}(?:,{_MONTH})*
    )*
    """,
    re.VERBOSE,
)
_WHOLE_TIME = (date(1900, 1, 1), date(2199, 12, 31))
LONGEST = timedelta(days=10 * 366)  # that a duty is laid out over: a period of a century is a slip of the pen
_MONTHS = 12
_LATEST_OF_FIRST_MONTH = 10  # day of the month
_SHORTEST_MONTH = 28  # days


@dataclass(frozen=True, slots=True)
class Settled:
    """A rule with what it left open filled in, and the day that its intervals are counted from."""

    rule: str
    counted_from: date

    @property
    def leaves_out_months(self) -> bool:
        """Whether RFC 5545 knows months without the rule's day, such as February of the 30th."""
        return _with_short_months(self.rule) != self.rule

    def days(self, first: date, last: date, *, in_short_months: bool = True) -> list[date]:
        """The days from `first` to `last`; without `in_short_months` as RFC 5545 says: none in a month without it."""
        rule = _with_short_months(self.rule) if in_short_months else self.rule
        return list(_by_dateutil(rule, self.counted_from, first, last))


@lru_cache(maxsize=4096)  # the plans of a year ask the same over and over
def _by_dateutil(rule: str, counted_from: date, first: date, last: date) -> tuple[date, ...]:
    begin, start, end = (datetime.combine(day, time.min) for day in (counted_from, first, last))
    try:
        found = rrulestr(rule, dtstart=begin).between(start, end, inc=True)
    except (ValueError, TypeError, LookupError, OverflowError):  # BYDAY=+6MO
        return ()
    return tuple(moment.date() for moment in found)


def days(rrule: str | None, start: date | None, end: date | None, within: tuple[date, date]) -> list[date]:
    """The days from `start` to `end` that lie within two days, those included; `rrule` is rules joined by blanks.

    >>> span = (date(2026, 4, 1), date(2026, 6, 30))
    >>> [day.isoformat() for day in days("FREQ=MONTHLY;BYMONTHDAY=14", date(2026, 1, 20), date(2026, 5, 31), span)]
    ['2026-04-14', '2026-05-14']
    """
    first, last = max(start or within[0], within[0]), min(end or within[1], within[1])
    if first > last:
        return []
    found = {day for rule in settled(rrule, start or first) for day in rule.days(first, last)}
    return sorted(found)


def settled(rrule: str | None, start: date) -> list[Settled]:
    """The rules that can be laid out, each once; one that is no rule is left out.

    >>> settled("FREQ=MONTHLY;INTERVAL=3", date(2026, 2, 10))
    [Settled(rule='FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', counted_from=datetime.date(2026, 3, 1))]
    """
    begin = min(max(start, _WHOLE_TIME[0]), _WHOLE_TIME[1])
    given = dict.fromkeys((rrule or "").split())
    return [_settled(rule, begin) for rule in given if _RULE.fullmatch(rule)]


def _settled(rule: str, start: date) -> Settled:
    parts = dict(part.split("=") for part in rule.split(";"))
    step = int(parts.get("INTERVAL", 1))
    counted_from = start
    match parts["FREQ"]:
        case "WEEKLY":
            parts.setdefault("BYDAY", "FR")
            counted_from = start - timedelta(days=start.weekday())
        case "MONTHLY":
            if "BYDAY" not in parts:
                parts.setdefault("BYMONTHDAY", "-1")
            counted_from = _month_counted_from(start, step, parts.get("BYMONTHDAY", ""))
        case "YEARLY":
            parts.setdefault("BYMONTH", str(_MONTHS))
            if "BYDAY" not in parts:
                parts.setdefault("BYMONTHDAY", "-1")
            counted_from = start.replace(month=1, day=1)
    return Settled(";".join(f"{name}={value}" for name, value in parts.items()), counted_from)


def _month_counted_from(start: date, step: int, day: str) -> date:
    """The month of the first interval in which a duty of every `step` months falls."""
    begin = start.year * _MONTHS + (0 if _MONTHS % step == 0 else start.month - 1)
    early = day.isdigit() and int(day) <= _LATEST_OF_FIRST_MONTH
    month = begin if early else begin + step - 1
    return date(month // _MONTHS, month % _MONTHS + 1, 1)


def _with_short_months(rule: str) -> str:
    """A rule of day 29, 30 or 31 that takes the last day of the months that lack it."""
    return re.sub(r"BYMONTHDAY=(29|30|31)(?![\d,])", lambda day: ";".join(_last_of(int(day[1]))), rule)


def _last_of(day: int) -> Iterator[str]:
    yield "BYMONTHDAY=" + ",".join(str(one) for one in range(_SHORTEST_MONTH, day + 1))
    yield "BYSETPOS=-1"
