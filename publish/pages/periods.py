"""Quarters, months and days as addresses and people write them -> spans of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from publish.pages.language import current
from publish.search import iso_day

_QUARTER = re.compile(r"(?P<year>\d{4})\s*-?\s*Q?(?P<part>[1-4])", re.IGNORECASE)
_QUARTER_TYPED = re.compile(r"(?:quý\s*|q)?(?P<part>[1-4]|i{1,3}|iv)\s*[/-]\s*(?P<year>\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<part>\d{1,2})")
_MONTH_TYPED = re.compile(r"(?:tháng\s*)?(?P<part>\d{1,2})[/-](?P<year>\d{4})", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEARS = range(1900, 2200)


def weekday(iso: str) -> str:
    """The day of the week of an ISO date, in the language of the page.

    >>> weekday("2026-05-14")
    'Thứ Năm'
    """
    return str(format_date(date.fromisoformat(iso), "EEEE", locale=current()))


def weekday_short(iso: str) -> str:
    """The same in two or three letters.

    >>> weekday_short("2026-05-14")
    'T5'
    """
    return str(format_date(date.fromisoformat(iso), "EEEEEE", locale=current()))


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, a month or a day; `code` as it stands in addresses ("2026-Q2", "2026-05", "2026-05-14")."""

    code: str
    first: date
    last: date

    @property
    def quarter(self) -> str:
        """The quarter that it lies in, or is."""
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @property
    def months(self) -> list["Period"]:
        """Its months, or the one that it lies in."""
        return [month(self.first.year, number) for number in range(self.first.month, self.last.month + 1)]

    @property
    def is_quarter(self) -> bool:
        """Whether it is a whole quarter."""
        return "Q" in self.code

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def quarter(year: int, number: int) -> Period:
    """A quarter from 1 to 4."""
    last = number * 3
    return Period(f"{year}-Q{number}", date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))


def month(year: int, number: int) -> Period:
    """A month from 1 to 12."""
    return Period(f"{year}-{number:02}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def quarter_asked(text: str) -> Period | None:
    """The quarter that somebody names.

    >>> quarter_asked("2026-Q2").last, quarter_asked("Quý II/2026").code, quarter_asked("2026-Q5")
    (datetime.date(2026, 6, 30), '2026-Q2', None)
    """
    found = _QUARTER.fullmatch(text) or _QUARTER_TYPED.fullmatch(text)
    if not found or int(found["year"]) not in _YEARS:
        return None
    part = found["part"].lower()
    return quarter(int(found["year"]), _ROMAN.get(part) or int(part))


def month_asked(text: str) -> Period | None:
    """The month that somebody names.

    >>> month_asked("2026-05").code, month_asked("5/2026").code, month_asked("2026-13")
    ('2026-05', '2026-05', None)
    """
    found = _MONTH.fullmatch(text) or _MONTH_TYPED.fullmatch(text)
    if not found or int(found["year"]) not in _YEARS or not 1 <= int(found["part"]) <= 12:
        return None
    return month(int(found["year"]), int(found["part"]))


def day_asked(text: str) -> Period | None:
    """The day that somebody names.

    >>> day_asked("30/6/2026").code, day_asked("hôm nay")
    ('2026-06-30', None)
    """
    iso = iso_day(text)
    if iso is None or int(iso[:4]) not in _YEARS:
        return None
    return Period(iso, date.fromisoformat(iso), date.fromisoformat(iso))


def weeks(of: Period) -> list[list[date]]:
    """The weeks, Monday to Sunday, that a month touches.

    >>> [len(week) for week in weeks(month(2026, 2))], weeks(month(2026, 2))[0][0]
    ([7, 7, 7, 7, 7], datetime.date(2026, 1, 26))
    """
    first = of.first - timedelta(days=of.first.weekday())
    count = ((of.last - first).days // 7) + 1
    return [[first + timedelta(days=7 * row + column) for column in range(7)] for row in range(count)]
