"""Folded text -> what comes back, as RFC 5545 rules: "trước ngày 14 hàng tháng", "định kỳ 6 tháng, năm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.normalize.dates import Point, Unit
from extract.normalize.moments import Moment, moments

_NUMBER = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|chín|mười)"
# "năm 2026", "quý ii" and "tháng 6" are times and not intervals.
_UNIT = r"(?:ngày|tuần|tháng|quý|năm)\b(?!\s*(?:\d|học\b|đầu\s+năm|cuối\s+năm|[il]v?\b|[il]{2,3}\b))"
_COUNTED = rf"(?:(?:{_NUMBER}|nửa)\s+)?{_UNIT}"
_EVERY = r"(?:h[ằà]ng|mỗi)"
_AND = r"\s*(?:,|;|/|-|&|\bvà\b|\bhoặc\b)\s*"
_NOTE = r"(?:\s*\([^()]{0,60}\))?"

# "hằng tháng, quý, năm"; "định kỳ 6 tháng (trước 15/6), năm"; "định kỳ hằng quý"; "báo cáo định kỳ tháng, quý"
_INTERVALS = re.compile(
    rf"""
    (?:{_EVERY}|định\s+kỳ|báo\s+cáo)\s+\(?(?:{_EVERY}\s+)?
    (?P<units>{_COUNTED}{_NOTE}(?:{_AND}(?:{_EVERY}\s+)?{_COUNTED}{_NOTE}){{0,5}})
    """,
    re.VERBOSE,
)
# "4 lần/tháng", "01 lần/ quý", "2 lần trong năm", "một lần mỗi tháng", "1 kỳ/tuần"
_TIMES = re.compile(
    rf"\b{_NUMBER}\s+(?:lần|kỳ|đợt|phiên)(?:\s*/\s*|\s+(?:mỗi|một|trong|hằng|hàng|trên)\s+)(?P<times>{_COUNTED})"
)
# "6 tháng/lần", "quý một lần", "03 tháng 1 lần"
_APART = re.compile(
    rf"""
    \b(?P<apart>(?:{_NUMBER}\s+)?(?:ngày|tuần|tháng|quý|năm))
    \s*(?:/|\b(?:một|1|01)\b)\s*(?:(?:một|1|01)\s+)?lần\b
    """,
    re.VERBOSE,
)
_BARE = re.compile(rf"\W*(?:theo\s+)?(?P<units>{_COUNTED}(?:{_AND}{_COUNTED}){{1,5}})\W*")
_ONE_UNIT = re.compile(rf"(?:(?P<number>{_NUMBER}|nửa)\s+)?\b(?P<unit>{_UNIT})")
_NOTES = re.compile(r"\([^()]*\)")
# "ngày 14", "ngày 05 và ngày 20", but not "ngày 14/6" nor "ngày 14 tháng 6"
_MONTH_DAYS = re.compile(
    r"\bngày\s+(?P<days>\d{1,2}(?:\s*(?:,|và|-|hoặc)\s*(?:ngày\s+)?\d{1,2}){0,5})(?![\d/.])(?!\s*(?:tháng\s*\d|/))"
    r"|\bngày\s+(?P<last>cuối)(?:\s+cùng)?(?:\s+của)?\s+tháng\b"
    # "trước 20 hằng tháng"
    rf"|\b(?:trước|nhất|vào|là)\s+(?P<bare>\d{{1,2}}(?:\s*(?:,|và|-|hoặc)\s*\d{{1,2}}){{0,3}})(?=\s+(?:của\s+)?{_EVERY}\s+tháng\b)"
)
# "ngày 25 của tháng", which is every month's; but not "ngày 25 của tháng 3" nor "của tháng cuối quý"
_DAY_OF_MONTH = re.compile(
    r"\bngày\s+\d{1,2}(?:\s*(?:,|và|-|hoặc)\s*(?:ngày\s+)?\d{1,2}){0,5}\s+(?P<month>của\s+tháng)\b(?!\s*(?:\d|[^\W\d_]))"
)
# "thứ sáu hằng tuần", "chủ nhật"; but not "tuần thứ 2"
_WEEKDAY = re.compile(
    r"(?<!tuần\s)(?<!lần\s)(?<!đợt\s)\bthứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])\b|\b(?P<sunday>chủ\s+nhật)\b"
)
# "tháng cuối quý", "tháng đầu tiên của mỗi quý"
_MONTH_OF_QUARTER = re.compile(rf"\btháng\s+(?:đầu|cuối|thứ\s+\w+)(?:\s+tiên)?(?:\s+của)?\s+(?:{_EVERY}\s+)?quý\b")
_INTERVAL_WORD = re.compile(
    r"h[ằà]ng\s|mỗi\s|định\s+kỳ|của\s+tháng|lần|báo\s+cáo\s+(?:\d|tuần|tháng|quý|năm)|tháng\s+(?:đầu|cuối|thứ)\s"
)
_GAP = re.compile(r"\s*\)?\s*(?:(?:của|tây|dương\s+lịch|là|vào)\s*)*")

_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "chín": 9, "mười": 10}
_MONTHS = {"tháng": 1, "quý": 3}
_FREQ = {"ngày": "DAILY", "tuần": "WEEKLY", "năm": "YEARLY"}
_DIGITS = re.compile(r"\d+")
_BYDAY = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}
_BYDAY |= dict(zip("234567", ("MO", "TU", "WE", "TH", "FR", "SA"), strict=True))


@dataclass(frozen=True, slots=True)
class Interval:
    """As in "hằng quý": every `step` of a unit. `months` is 0 for days and weeks."""

    freq: str
    step: int
    start: int
    end: int

    @property
    def months(self) -> int:
        """The months from one time to the next."""
        return self.step * {"MONTHLY": 1, "YEARLY": 12}.get(self.freq, 0)

    def rule(self, *parts: str) -> str:
        """The RFC 5545 rule with `parts` such as BYMONTHDAY=14 at its end."""
        step = (f"INTERVAL={self.step}",) if self.step != 1 else ()
        return ";".join((f"FREQ={self.freq}", *step, *parts))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What comes back, read from `folded[start:end]`; `pinned` says that a day of the month or the year is named."""

    start: int
    end: int
    rrule: str

    @property
    def pinned(self) -> bool:
        """Whether a month or a day of the month is named."""
        return "BYMONTH" in self.rrule


@dataclass(slots=True)
class _Slot:
    """An interval with the day that belongs to it, and where that is printed."""

    interval: Interval
    day: str = ""


def recurrence(folded: str, start: int = 0, end: int | None = None) -> Recurrence | None:
    """What recurs by the words of `folded[start:end]`, its due days taken from before and after the interval.

    >>> recurrence("trước ngày 14 hàng tháng").rrule
    'FREQ=MONTHLY;BYMONTHDAY=14'
    """
    end = len(folded) if end is None else end
    if not speaks_of_intervals(folded, start, end):
        return None
    intervals = list(_intervals(folded, start, end))
    if not intervals:
        return None
    digits = _DIGITS.search(folded, start, end) is not None
    times = [m for m in moments(folded, start, end) if _comes_back(m)] if digits else []
    yearly = times if max(i.months for i in intervals) >= 6 else []
    days = [] if yearly else list(_days(folded, start, end))
    rules = _of_days(intervals, yearly) if yearly else _of_periods(folded, intervals, days)
    once = {i.rule(): i for i in reversed(intervals)}.values()
    places = [(i.start, i.end) for i in once] + [m.span() for m in days] + [(m.start, m.end) for m in yearly]
    return Recurrence(min(p[0] for p in places), max(p[1] for p in places), " ".join(dict.fromkeys(rules)))


def _comes_back(moment: Moment) -> bool:
    """Whether a time may be one of every year: a day or a month, and not one of a year that is named."""
    return moment.unit <= Unit.MONTH and not moment.ranged and not moment.dated


def bare_intervals(folded: str) -> Recurrence | None:
    """What a value that is a list of intervals and nothing else says: "quý, 6 tháng, năm"."""
    found = _BARE.fullmatch(folded)
    if found is None:
        return None
    rules = [i.rule() for i in _listed(found)]
    return Recurrence(0, len(folded), " ".join(dict.fromkeys(rules)))


def speaks_of_intervals(folded: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a word is there that every interval has one of: a quick look before the long one."""
    return _INTERVAL_WORD.search(folded, start, len(folded) if end is None else end) is not None


def rules_of_days(times: Sequence[Moment]) -> str:
    """The yearly rules of printed days and months: "15/6 và 15/12" come back each year."""
    return " ".join(dict.fromkeys(_of_the_year(p) for m in times for p in m.points))


def _intervals(folded: str, start: int, end: int) -> Iterator[Interval]:
    found = list(_INTERVALS.finditer(folded, start, end))
    if folded.find("lần", start, end) >= 0 or folded.find("/", start, end) >= 0:
        found += [m for pattern in (_TIMES, _APART) for m in pattern.finditer(folded, start, end)]
    taken = start
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if match.start() >= taken:
            taken = match.end()
            yield from _listed(match)
    if not found:
        yield from (Interval("MONTHLY", 1, *m.span("month")) for m in _DAY_OF_MONTH.finditer(folded, start, end))
    for match in _MONTH_OF_QUARTER.finditer(folded, start, end) if folded.find("quý", start, end) >= 0 else ():
        yield Interval("MONTHLY", 3, *match.span())


def _listed(match: re.Match[str]) -> Iterator[Interval]:
    """The intervals of "6 tháng (trước 15/6), năm"; the first begins at its "định kỳ"."""
    group = match.lastgroup or "units"
    listed = _NOTES.sub(lambda m: "\0" * len(m[0]), match[group])
    begin = match.start()
    for unit in _ONE_UNIT.finditer(listed):
        interval = _interval(unit["number"], unit["unit"], begin, match.start(group) + unit.end())
        if interval is not None:
            yield interval
            begin = interval.end


def _interval(number: str | None, unit: str, start: int, end: int) -> Interval | None:
    if number == "nửa":
        return Interval("MONTHLY", 6, start, end) if unit == "năm" else None
    step = 1 if number is None else _WORDS.get(number) or int(number)
    if not step:
        return None
    if unit in _FREQ:
        return Interval(_FREQ[unit], step, start, end)
    return Interval("MONTHLY", step * _MONTHS[unit], start, end)


def _of_days(intervals: Sequence[Interval], times: Sequence[Moment]) -> list[str]:
    """Rules for days of the year ("trước ngày 01/6 và 15/11 hằng năm"), after those of the shorter intervals."""
    return [i.rule() for i in intervals if i.months < 6] + rules_of_days(times).split()


def _of_the_year(point: Point) -> str:
    day = f";BYMONTHDAY={point.day}" if point.day is not None else ""
    return f"FREQ=YEARLY;BYMONTH={point.first}{day}"


def _of_periods(folded: str, intervals: Sequence[Interval], days: Sequence[re.Match[str]]) -> list[str]:
    """Rules with a day of the month or the week, each day with the interval it stands at; an interval once."""
    slots = [_Slot(i) for i in intervals]
    for match in days:
        freq, part = _part(match)
        slot = _slot_of(folded, match, [s for s in slots if s.interval.freq == freq])
        if slot is not None and not slot.day:
            slot.day = part
    rules: dict[str, str] = {}
    for slot in slots:
        plain = slot.interval.rule()
        rules[plain] = slot.interval.rule(slot.day) if slot.day else rules.get(plain, plain)
    return list(rules.values())


def _days(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    if folded.find("ngày", start, end) >= 0 or folded.find("tháng", start, end) >= 0:
        found = _MONTH_DAYS.finditer(folded, start, end)
        yield from (m for m in found if all(1 <= int(d) <= 31 for d in _DIGITS.findall(m[0])))
    if folded.find("tuần", start, end) >= 0:
        yield from _WEEKDAY.finditer(folded, start, end)


def _part(match: re.Match[str]) -> tuple[str, str]:
    """The frequency that a day is of, and its part of the rule."""
    if match.re is _WEEKDAY:
        return "WEEKLY", "BYDAY=" + ("SU" if match["sunday"] else _BYDAY[match["day"]])
    if match["last"]:
        return "MONTHLY", "BYMONTHDAY=-1"
    return "MONTHLY", "BYMONTHDAY=" + ",".join(str(int(d)) for d in _DIGITS.findall(match["days"] or match["bare"]))


def _slot_of(folded: str, day: re.Match[str], slots: Sequence[_Slot]) -> _Slot | None:
    """The interval right behind the day ("ngày 14 hàng tháng"), else the one before it, else the first."""
    for slot in slots:
        if slot.interval.start >= day.end() and _GAP.fullmatch(folded, day.end(), slot.interval.start):
            return slot
    before = [s for s in slots if s.interval.end <= day.start()]
    return before[-1] if before else next(iter(slots), None)
