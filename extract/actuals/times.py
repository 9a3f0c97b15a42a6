"""When a figure was counted: by the report's title, a column's head, or the words of the sentence itself."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.actuals.draft import Counted
from extract.actuals.words import anywhere_in, right_before
from extract.lexicon import every, phrases
from extract.normalize.dates import Point, Range, Unit, part_point, resolved
from extract.normalize.moments import Moment, all_moments
from extract.normalize.periods import period_of
from extract.text import fold
from schemas import Head, Period

_WEEK = re.compile(r"\btuần\s+(?:thứ\s+)?\d")
# "5 tháng đầu năm 2026", "6 tháng năm 2026", "6 tháng 2026", "thực hiện 6 tháng", "6T/2026"
_MONTHS = re.compile(
    r"(?<!\w)(?P<n>\d{1,2})(?:\s+tháng|t)\b(?!\s+tuổi)(?:\s+(?P<side>đầu|cuối))?"
    r"(?:\s+năm(?:\s+(?P<y>\d{4}))?|\s?/\s?(?P<y2>\d{4})|\s+(?P<y3>(?:19|20)\d\d)\b)?"
)
_REPORTS = re.compile(r"\bbáo\s+cáo\b")
_OPENS = re.compile(r"\W*(?:trong|riêng|kết quả)?\s*(?:từ\s+)?(?:ngày\s+)?\Z")
_FOLLOWS = re.compile(r"(?:[,;:-]|\bvà)\s*\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def report_period(head: Head, lead: str = "") -> Counted:
    """The time that a report is about, by its title before what comes next, else by what its lead says it reports.

    Nothing for a school's report, and for a week's that does not print its days.
    """
    title = _without_terms(fold(head.title or ""))
    for folded in (title, _reported(_without_terms(fold(lead)))):
        starts = [m.start() for m in every(phrases("results", "next"), folded) if _FOLLOWS.search(folded[: m.start()])]
        done = folded[: min(starts, default=len(folded))]
        if anywhere_in("untimed", done) or _WEEK.search(done):
            days = next((m for m in all_moments(folded) if m.unit is Unit.DAY and m.ranged), None)
            found = days.range(head.issued.year) if days is not None else None
            return Counted(found.start, found.end) if found is not None else Counted()
        if (told := _told(done, folded, head)) is not None:
            return Counted(told.start, told.end)
    return Counted(head.period.start, head.period.end)


def _without_terms(folded: str) -> str:
    """The words without terms of office, which are no time of a report."""
    for match in every(phrases("periods", "not_a_period"), folded):
        folded = folded[: match.start()] + " " * len(match[0]) + folded[match.end() :]
    return folded


def _reported(lead: str) -> str:
    """What a lead paragraph says behind its last "báo cáo"."""
    last = max((m.end() for m in _REPORTS.finditer(lead)), default=len(lead))
    return lead[last:]


def _told(done: str, title: str, head: Head) -> Period | None:
    """The time that a title names; without a year of its own, the last that had begun when it was issued."""
    years, issued = set(_YEAR.findall(title)), head.issued
    year = int(next(iter(years))) if len(years) == 1 else issued.year
    found = time_in(done, year)
    if found is None:
        period = period_of(done)
        return period.value if period is not None else None
    begun = (found.start.year, found.start.month) if found.start is not None else (0, 0)
    if year is not None and issued.year is not None and begun > (issued.year, issued.month or 12):
        return time_in(done, year - 1) or found
    return found


def time_in(folded: str, year: int | None) -> Period | None:
    """The time that a head or a title names: the first that is less than a year, else the first; None where none."""
    points: list[tuple[bool, int, Period]] = []
    for moment in all_moments(folded):
        if moment.unit is Unit.DAY and not moment.ranged:
            continue
        if (days := moment.range(year)) is not None:
            points.append((moment.unit is Unit.YEAR, moment.start, Period(start=days.start, end=days.end)))
    points += [(False, at, period) for at, period in _part_years(folded, year)]
    return min(points, key=lambda p: p[:2])[2] if points else None


def _part_years(folded: str, year: int | None) -> Iterator[tuple[int, Period]]:
    for match in _MONTHS.finditer(folded):
        months = int(match["n"])
        if not 1 <= months <= 12:
            continue
        printed = match["y"] or match["y2"] or match["y3"]
        point: Point = part_point(months, match["side"] == "cuối", int(printed) if printed else None)
        if (days := resolved([point], year)) is not None:
            yield match.start(), Period(start=days.start, end=days.end)


def of_column(folded: str, period: Counted, year: int | None, *, cumulative: bool) -> Counted:
    """The time of a column by its head, else the report's; a cumulative one counts from the first of January."""
    own = time_in(folded, year)
    last = (own.end if own else None) or period.end
    if cumulative and last is not None:
        as_of = _as_of(folded, year, last)
        return Counted(dt.date(last.year, 1, 1), as_of or last, as_of)
    if own is not None:
        return Counted(own.start, own.end)
    as_of = _as_of(folded, year, period.end)
    return replace(period, end=as_of, as_of=as_of) if as_of else period


@dataclass(slots=True)
class Times:
    """The time of each clause of a paragraph in turn: `item` as its sentences so far say, `said` as the current one."""

    period: Counted
    year: int | None
    item: Counted
    said: Counted
    sentence: int = -1

    def of(self, words: str, opening: str, sentence: int) -> Counted:
        """The time of the next clause; `opening` are its words before its first number."""
        if sentence != self.sentence:
            self.sentence, self.said = sentence, self.item
        told, self.item = self.item, of_sentence(words, self.item, self.year, self.period)
        if self.item != told:
            self.said = self.item
        if anywhere_in("cumulative", opening):
            self.said = from_january(self.item)
        return of_clause(words, self.said, self.period, self.year)


def of_sentence(folded: str, before: Counted, year: int | None, period: Counted) -> Counted:
    """The time that a sentence gives all figures from here on: at its opening, or a day; else the one before it."""
    opening = next((m for m in all_moments(folded) if _OPENS.match(folded[: m.start])), None)
    counted = before
    whole = opening is not None and (opening.unit is not Unit.DAY or opening.ranged)
    if opening is not None and whole and (days := opening.range(year)) is not None:
        counted = period if _is_around(days, period) else Counted(days.start, days.end)
    as_of = _as_of(folded, year, counted.end)
    if as_of is None:
        return counted
    counted = replace(counted, end=as_of, as_of=as_of)
    return from_january(counted) if anywhere_in("cumulative", folded) else counted


def from_january(counted: Counted) -> Counted:
    """The same from the first of January on, as what is cumulated is."""
    return replace(counted, start=dt.date(counted.end.year, 1, 1)) if counted.end is not None else counted


def _is_around(days: Range, period: Counted) -> bool:
    """Whether a time such as "năm 2026" holds all of the report's."""
    if period.start is None or period.end is None:
        return False
    return days.start <= period.start and period.end <= days.end


def of_clause(folded: str, counted: Counted, period: Counted, year: int | None) -> Counted:
    """The time that a clause gives its own figures, "được kiện toàn trong tháng 3/2026", else that of its sentence."""
    for moment in all_moments(folded):
        if moment.unit is Unit.DAY or right_before("within", folded, moment.start) is None:
            continue
        days = moment.range(year)
        if days is None or _OPENS.match(folded[: moment.start]) or _is_around(days, period):
            continue
        if period.end is None or days.end <= period.end:
            return Counted(days.start, days.end)
    return counted


def is_before(moment: Moment, counted: Counted) -> bool:
    """Whether a time was over when what is counted began, or ended where it is not known when that was."""
    days = moment.range(counted.end.year if counted.end else None)
    begun = counted.start or counted.end
    return days is not None and not moment.bare and begun is not None and days.end < begun


def day_of(label: str | None, counted: Counted) -> dt.date | None:
    """The day that an earlier figure stands for by the report's words, where they leave no doubt."""
    folded = fold(label or "")
    moment = next((m for m in all_moments(folded) if m.range(None) is not None), None)
    if anywhere_in("beginnings", folded) and (moment is None or moment.unit is Unit.YEAR):
        return None
    named = moment.range(None) if moment is not None else None
    if not anywhere_in("same_times", folded):
        return named.end if named is not None else None
    last = _year_before(counted.as_of or counted.end)
    return last if last is not None and (named is None or named.end.year == last.year) else None


def until_day(text: str, counted: Counted) -> Counted:
    """A time up to the day that a cell prints; as it is where there is none."""
    year = counted.end.year if counted.end is not None else None
    days = next((m.range(year) for m in all_moments(fold(text)) if m.unit is Unit.DAY and not m.ranged), None)
    if days is None or days.end == counted.end:
        return counted
    started = counted.start is not None and counted.start <= days.end
    return Counted(counted.start if started else None, days.end, days.end)


def _year_before(day: dt.date | None) -> dt.date | None:
    """The same day of the year before, a month's last day of the month's last."""
    if day is None:
        return None
    return day.replace(year=day.year - 1, day=min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def _as_of(folded: str, year: int | None, end: dt.date | None) -> dt.date | None:
    """The day after "tính đến"; None where it is the period's last."""
    for moment in all_moments(folded):
        if right_before("until", folded, moment.start) is None or _is_span(folded, moment):
            continue
        days = moment.range(year)
        if days is not None and days.end != end:
            return days.end
    return None


def _is_span(folded: str, moment: Moment) -> bool:
    """Whether it is the far end of a span, or a year: "từ năm 2021 đến năm 2025"."""
    return moment.ranged or moment.unit is Unit.YEAR or "từ " in folded[max(0, moment.start - 30) : moment.start]
