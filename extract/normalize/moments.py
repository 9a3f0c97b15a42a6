"""Folded text -> the times printed in it (days, months, quarters, parts of years, years), lists and ranges as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from extract.normalize.dates import (
    Point,
    Range,
    Unit,
    day_point,
    full_year,
    month_point,
    number_of_quarter,
    part_point,
    quarter_point,
    resolved,
    year_point,
)

_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_QUARTER = r"(?:[1-4](?!\d)|[ily]v(?!\w)|[ily]{1,3}(?!\w))"
_AND = r"\s*(?:,|;|-|&|\+|\bvà\b|\bhoặc\b|\bđến\b|\btới\b)\s*"
_MORE = "{0,11}"  # a bound, so that a long row of numbers is not read again from each of them
# "tháng sáu", but not "tháng một lần"; "tháng năm" is left out, since it is mostly "month, year".
_NAMED_MONTH = r"(?:mười\s+(?:một|hai)|mười|một|hai|ba|bốn|tư|sáu|bảy|tám|chín)\b"
_LIST_STOP = r"\s*(?:[/.,:;()\-]|(?:năm|và|đến|tới|hoặc|h[ằà]ng)\b|$)"
_LIST_END = r"(?=\s*(?:[/.,;:()\-]|năm\b|và\b|hằng\b|hàng\b|$))"

# A word, a year and the like may stand between: "ngày 22 tháng 12 năm 2024", "26, 27/12/2025", "tháng 3 - 5/2026",
# "quý i, ii/2026", "6 tháng đầu năm 2026", "năm học 2025-2026", "giai đoạn 2026 - 2030".
_PRINTED = re.compile(
    rf"""
    (?:
        (?P<days>{_DAY}(?:{_AND}(?:ngày\s+)?{_DAY}){_MORE})
            (?: \s+(?:của\s+)?tháng\s+(?P<wmonth>{_MONTH}|{_NAMED_MONTH})(?:\s*(?:,?\s*năm|/|-)\s*(?P<wyear>{_YEAR}))?
              | \s?/\s?(?P<nmonth>{_MONTH})(?:\s?[/.-]\s?(?P<nyear>{_YEAR})|/(?P<syear>[2-4]\d))?
                (?![/\d]|[-.][^\W\d]|\.\d{{3}}(?!\d))
              | \s?(?P<sep>[.-])\s?(?P<dmonth>{_MONTH})\s?(?P=sep)\s?(?P<dyear>{_YEAR})(?![\w/]) )
      | tháng\s+(?P<named>{_NAMED_MONTH})(?={_LIST_STOP})
            (?:\s*(?:/|-|,?\s*năm)\s*(?P<nmyear>{_YEAR}))?(?![/\d]|\s*lần\b)
      | tháng\s+(?P<months>{_MONTH}(?:(?:{_AND}(?:tháng\s+)?{_MONTH}){{1,11}}{_LIST_END})?)
            (?:\s*(?:/|-|\.|,?\s*năm)\s*(?P<myear>{_YEAR}))?(?![/\d]|\s*lần\b)
      | (?P<tmonths>(?:t\.?\s?)?{_MONTH}(?:\s*-\s*(?:t\.?\s?)?{_MONTH})?)\s?/\s?(?P<tyear>{_YEAR})(?![/\d]|-\w)
      | (?P<tspan>t\.?\s?{_MONTH}\s?(?:-|đến)\s?t\.?\s?{_MONTH})(?![/\d\w]|[^.;\n]{{0,12}}\btuần\b)
      | (?P<part>0?[369]|ba|sáu|chín)\s+tháng\s+(?P<side>đầu|cuối)(?:\s+của)?\s+năm\b(?:\s+(?P<pyear>{_YEAR}))?
      | (?:quý\s*|q\.?\s?)(?P<quarters>{_QUARTER}(?:{_AND}(?:quý\s+)?{_QUARTER}){_MORE})
            (?:\s*(?:/|-|\.|,?\s*năm)\s*(?P<qyear>{_YEAR}))?(?![/\d])
      | năm\s+học\s+(?P<school>{_YEAR})\s*[-/]\s*(?P<school2>{_YEAR}|\d\d)(?![/\d])
      | (?P<yword>(?:năm|giai\s+đoạn|niên\s+độ)(?:\s+từ)?(?:\s+năm)?\s+)?
            (?P<years>{_YEAR}(?:{_AND}(?:năm\s+)?{_YEAR}){_MORE})(?![/\d\w]|[-.]\w)
    )
    """,
    re.VERBOSE,
)
_STARTS = re.compile(r"(?<!\w)(?=(?<![/.])\d|tháng\s|t\.?\s?\d|quý|q\.?\s?[1-4ivl]+\s?/|năm\s|giai\s)")
_JOINT = re.compile(
    r"\s*(?P<join>,|;|-|\bvà\b|\bhoặc\b|\bđến\b|\btới\b)\s*(?:cho\s+đến\s+|hết\s+)*(?:ngày\s+|trước\s+)*(?:hết\s+)?"
)
_NUMBERS = re.compile(r"\d+")
_MONTHLY = re.compile(r"(?:mỗi|h[ằà]ng|một|/|lần)\s*\Z")  # "mỗi tháng hai, ba lần"
_QUARTERS = re.compile(_QUARTER)
_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WORDS |= {"mười một": 11, "mười hai": 12}
_SCHOOL_MONTHS = (9, 5)  # the school year's frame: opens in September, closes by 31 May
_YEARS = ("wyear", "nyear", "syear", "dyear", "myear", "tyear", "qyear", "nmyear")
_RANGE = re.compile(r"-|\bđến\b|\btới\b")
_AROUND_THE_CLOCK = re.compile(r"24\s?/\s?7")
_NUMBERED = re.compile(r"(?:tuần|đợt|kỳ)\s+(?:thứ\s+)?\Z")  # "tuần 2 tháng 3"
_SEMESTER = re.compile(r"học\s+kỳ\s+(?:i{1,2}|[12]|một|hai),?\s+(?:của\s+)?\Z")
_DAY_WORD = re.compile(r"(?:ngày|trước|đến|hết)\s+\Z")


@dataclass(frozen=True)
class Moment:
    """A printed time: `folded[start:end]`. `bare` says that a year stands there without a word for it."""

    start: int
    end: int
    points: tuple[Point, ...]
    ranged: bool = False
    bare: bool = False

    @cached_property
    def unit(self) -> Unit:
        """The finest unit printed."""
        return min(p.unit for p in self.points)

    @property
    def dated(self) -> bool:
        """Whether a year is printed."""
        return any(p.year is not None for p in self.points)

    def range(self, year: int | None) -> Range | None:
        """The days meant, in the plan's year where none is printed."""
        return resolved(self.points, year)


@lru_cache(maxsize=512)
def all_moments(folded: str) -> tuple[Moment, ...]:
    """The times printed in a whole text; kept, since its deadline and its numbers are both read with them."""
    return tuple(moments(folded))


def moments(folded: str, start: int = 0, end: int | None = None) -> Iterator[Moment]:
    """The times printed in folded text, left to right; those joined by "đến", "-", "và" or a comma are one."""
    end = len(folded) if end is None else end
    last: Moment | None = None
    for moment in _single(folded, start, end):
        if last is not None and (joint := _joint(folded, last, moment)):
            last = Moment(last.start, moment.end, last.points + moment.points, last.ranged or joint == "range")
            continue
        if last is not None:
            yield last
        last = moment
    if last is not None:
        yield last


def _single(folded: str, start: int, end: int) -> Iterator[Moment]:
    at = start
    while begin := _STARTS.search(folded, at, end):
        found = _PRINTED.match(folded, begin.start(), end)
        if found is None:
            at = begin.start() + 1
            continue
        if not _is_time(folded, found):
            at = found.end() if found["school"] else begin.start() + 1
            continue
        at = found.end()
        yield Moment(*found.span(), _points(found), _ranged(found), bool(found["years"]) and not found["yword"])


def _is_time(folded: str, found: re.Match[str]) -> bool:
    """False of "3 tháng 1 lần" and "trực 24/7", which only a word before them makes days, and of half a school year."""
    if found["school"]:
        return _SEMESTER.search(folded, max(0, found.start() - 20), found.start()) is None
    if found["wmonth"] and _NUMBERED.search(folded, max(0, found.start() - 10), found.start()):
        return False
    if found["named"] and _MONTHLY.search(folded, max(0, found.start() - 6), found.start()):
        return False
    doubtful = (found["wmonth"] and not found["wyear"]) or _AROUND_THE_CLOCK.fullmatch(found[0])
    return not doubtful or _DAY_WORD.search(folded, max(0, found.start() - 8), found.start()) is not None


def _joint(folded: str, left: Moment, right: Moment) -> str | None:
    """How two neighbours are joined, None where they are not, or where a comma parts times of two kinds."""
    joint = _JOINT.fullmatch(folded, left.end, right.start)
    if joint is None:
        return None
    if joint["join"] in ("-", "đến", "tới"):
        return "range"
    return "list" if left.unit == right.unit else None


def _ranged(found: re.Match[str]) -> bool:
    printed = next((p for p in found.group("days", "months", "tmonths", "tspan", "quarters", "years") if p), "")
    return bool(found["school"]) or _RANGE.search(printed) is not None


def _points(found: re.Match[str]) -> tuple[Point, ...]:
    """The points of one printed time; the year of a list stands at its last."""
    if part := found["part"]:
        return (part_point(_WORDS.get(part) or int(part), found["side"] == "cuối", _number(found["pyear"])),)
    if found["school"]:
        first = int(found["school"])
        return month_point(_SCHOOL_MONTHS[0], first), month_point(_SCHOOL_MONTHS[1], first + 1)
    if found["years"]:
        return tuple(year_point(int(y)) for y in _NUMBERS.findall(found["years"]))
    year = _number(next((y for y in found.group(*_YEARS) if y), None))
    points = _undated(found)
    return (*points[:-1], replace(points[-1], year=full_year(year)))


def _undated(found: re.Match[str]) -> tuple[Point, ...]:
    if days := found["days"]:
        month = _month(found["wmonth"] or found["nmonth"] or found["dmonth"])
        return tuple(day_point(int(d), month) for d in _NUMBERS.findall(days))
    if named := found["named"]:
        return (month_point(_month(named)),)
    if months := found["months"] or found["tmonths"] or found["tspan"]:
        return tuple(month_point(int(m)) for m in _NUMBERS.findall(months))
    return tuple(quarter_point(number_of_quarter(q)) for q in _QUARTERS.findall(found["quarters"]))


def _month(printed: str) -> int:
    return _WORDS.get(" ".join(printed.split())) or int(printed)


def _number(printed: str | None) -> int | None:
    return int(printed) if printed else None
