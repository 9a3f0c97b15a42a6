"""The time that a report is about: from a day, or from the plan's beginning, to the day it stands for."""

from dataclasses import dataclass
from datetime import date, timedelta

from publish.progress_report.wording import day

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = 12
_NAMED = {6: "6 tháng", 9: "9 tháng"}


@dataclass(frozen=True, slots=True)
class Period:
    """`start` is None where the report counts from the beginning of the plan."""

    start: date | None
    end: date

    @property
    def name(self) -> str:
        """What people call it; "" where it has no name.

        >>> Period(date(2026, 1, 1), date(2026, 6, 30)).name, Period(date(2026, 4, 1), date(2026, 6, 30)).name
        ('6 tháng đầu năm 2026', 'quý II năm 2026')
        >>> Period(date(2026, 2, 3), date(2026, 6, 30)).name
        ''
        """
        if not self._whole_months or self.start is None:
            return ""
        first, length, year = self.start.month, self.months, self.start.year
        if length == 1:
            return f"tháng {first} năm {year}"
        if length == 3 and first % 3 == 1:
            return f"quý {_ROMAN[first // 3]} năm {year}"
        if length == _MONTHS:
            return f"năm {year}"
        if length in _NAMED and first == 1:
            return f"{_NAMED[length]} đầu năm {year}"
        return f"6 tháng cuối năm {year}" if (length, first) == (6, 7) else ""

    @property
    def said(self) -> str:
        """The days in words.

        >>> Period(None, date(2026, 6, 30)).said
        'từ khi ban hành kế hoạch đến ngày 30/06/2026'
        """
        begins = f"từ ngày {day(self.start)}" if self.start else "từ khi ban hành kế hoạch"
        return f"{begins} đến ngày {day(self.end)}"

    @property
    def next_period(self) -> "Period":
        """What comes after: as long where this has whole months, else to the end of the quarter that comes.

        >>> Period(date(2026, 1, 1), date(2026, 6, 30)).next_period.name
        '6 tháng cuối năm 2026'
        >>> Period(None, date(2026, 5, 20)).next_period.said
        'từ ngày 21/05/2026 đến ngày 30/06/2026'
        """
        if self.end.year >= date.max.year - 1:
            return Period(date.max, date.max)
        begins = self.end + timedelta(days=1)
        length = self.months if self._whole_months else 3 - (begins.month - 1) % 3
        return Period(begins, _last_day(begins.year, begins.month + length - 1))

    @property
    def months(self) -> int:
        """How many months it touches; 0 without a start."""
        if self.start is None:
            return 0
        return (self.end.year - self.start.year) * _MONTHS + self.end.month - self.start.month + 1

    @property
    def _whole_months(self) -> bool:
        begins = self.start is not None and self.start.day == 1 and self.start.year == self.end.year
        return begins and self.end == _last_day(self.end.year, self.end.month)


def _last_day(year: int, month: int) -> date:
    """The last day of a month; months after the 12th are of the next year."""
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return following - timedelta(days=1)
