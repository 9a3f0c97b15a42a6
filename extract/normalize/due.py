"""A printed time and the words about it -> the kind of deadline and its days, by the table of docs/record.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from extract.lexicon import Phrases, first, phrases
from extract.normalize.dates import Range, Unit, whole_year
from extract.normalize.idioms import Meaning, endings
from extract.normalize.moments import Moment, all_moments
from extract.normalize.recurrence import Recurrence, bare_intervals, recurrence, rules_of_days
from schemas import DeadlineKind

_WINDOW = 32  # characters before a time that may hold the words about it
_OF_UNIT = {Unit.MONTH: DeadlineKind.MONTH, Unit.QUARTER: DeadlineKind.QUARTER, Unit.YEAR: DeadlineKind.YEAR}
_DAY = timedelta(days=1)
# "10h00 ngày", "16 giờ 30, ngày"
_CLOCK = re.compile(r"\b\d{1,2}\s?(?:h|giờ|:)\s?(?:\d\d)?(?:\s?(?:phút|'))?,?\s+(?:ngày\s+)?\Z")
_HOUR = re.compile(r"\d\s?[hg:]")
# "57-nq/tw ngày", "26/2025/nq-hđnd, ngày"
_CITED = re.compile(r"\d\s?(?:/\s?\d{4}\s?)?[-/]\s?[^\W\d][\w&/-]*[,;]?\s+(?:ngày\s+)?\Z")


class Bound(StrEnum):
    """What the words before a time make of it."""

    WITHIN = "within"
    END = "end"
    START = "start"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Lead:
    """The words right before a time, from `start` on. `plain` where there are none."""

    start: int
    bound: Bound = Bound.WITHIN
    strict: bool = False
    firm: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline read from `folded[at:to]`."""

    at: int
    to: int
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    rrule: str | None = None


@cache
def vocabulary(section: str) -> Phrases:
    """The phrases of a section of `lexicon/deadlines.yaml`."""
    return phrases("deadlines", section)


def said(section: str, folded: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a phrase of the section is in the text."""
    return any(p.find(folded, start, end) for p in vocabulary(section))


def words_before(folded: str, at: int) -> tuple[int, Meaning] | None:
    """Where the longest phrase that ends at a time (or at the clock time before it) starts, and what it means."""
    begin = max(0, at - _WINDOW)
    if _HOUR.search(folded, begin, at) and (clock := _CLOCK.search(folded, begin, at)):
        at = clock.start()
    return endings("deadlines", "before_a_time").before(folded, at, begin)


def lead_of(folded: str, moment: Moment) -> Lead:
    """The words before a time: the longest that end at it."""
    found = words_before(folded, moment.start)
    if found is None:
        return Lead(moment.start, plain=True)
    start, means = found
    if means.get("of_days") and moment.unit > Unit.DAY and not _says_when(folded, start, moment.start):
        return Lead(start, firm=True)
    return Lead(start, Bound(means["bound"]), bool(means.get("strict")), bool(means.get("firm")))


def _says_when(folded: str, start: int, end: int) -> bool:
    """Whether more than the verb stands before the time: "hoàn thành đến hết quý I" is by its end, else within it."""
    return any(said in folded[start:end].split() for said in ("đến", "hết", "trước", "cuối"))


def due_at(folded: str, moment: Moment, lead: Lead, year: int | None) -> Due:
    """The deadline that a time with the words before it is; `other` where the calendar does not have the day."""
    days = moment.range(year)
    to = moment.end
    if lead.bound is Bound.AFTER or (days is None and (year is not None or moment.dated)):
        return Due(lead.start, to, DeadlineKind.OTHER)
    if lead.bound is Bound.END:
        return Due(lead.start, to, DeadlineKind.BY, end=_last_day(days, moment, lead))
    start, end = (days.start, days.end) if days else (None, None)
    if (lead.bound is Bound.START and not moment.ranged) or said("and_on", folded[to : to + _WINDOW]):
        return Due(lead.start, to, DeadlineKind.ONGOING, start)
    single = len(moment.points) == 1
    kind = _OF_UNIT.get(moment.unit, DeadlineKind.PERIOD) if single else DeadlineKind.PERIOD
    return Due(lead.start, to, kind, start, end)


def _last_day(days: Range | None, moment: Moment, lead: Lead) -> date | None:
    """The day named; "trước tháng 6" is due on 31 May."""
    if days is None:
        return None
    return days.start - _DAY if lead.strict and moment.unit > Unit.DAY else days.end


def value(folded: str, year: int | None) -> Due:
    """The deadline that a whole value ("Trước 15/6", "Thường xuyên trong năm") states; `other` where none is known."""
    times = all_moments(folded)
    return (
        _recurring(folded, times)
        or _at_times(folded, times, year)
        or _without_times(folded, year)
        or Due(0, len(folded), DeadlineKind.OTHER)
    )


def _recurring(folded: str, times: Sequence[Moment]) -> Due | None:
    found = recurrence(folded) or bare_intervals(folded)
    dated = [m for m in times if m.dated and m.unit < Unit.YEAR]
    if found is not None:
        if dated and not found.pinned and (dated[0].start < found.start or _ends_a_year(folded, dated[0], found)):
            return None
        return Due(found.start, found.end, DeadlineKind.RECURRING, rrule=found.rrule)
    if not said("recurring", folded) or dated:
        return None
    days = [m for m in times if m.unit is Unit.DAY]
    return Due(0, len(folded), DeadlineKind.RECURRING, rrule=rules_of_days(days) or None)


def _ends_a_year(folded: str, moment: Moment, found: Recurrence) -> bool:
    """Whether the yearly thing is due on one day of one year: "báo cáo năm trước ngày 05/12/2026"."""
    return found.rrule == "FREQ=YEARLY" and lead_of(folded, moment).bound is Bound.END


def _at_times(folded: str, times: Sequence[Moment], year: int | None) -> Due | None:
    """The time that a value names, several of a kind as one; a bare year in other words ("Tết 2026") is none."""
    led = [(m, lead_of(folded, m)) for m in times]
    led = [(m, lead) for m, lead in led if _counts(folded, m, lead)]
    if not led:
        return None
    moment, lead = led[0]
    if lead.bound in (Bound.START, Bound.AFTER):
        moment, lead = next(((m, end) for m, end in led if end.bound is Bound.END), led[0])
    others = [m for m, other in led if m.start > moment.end and m.unit == moment.unit and other.bound in _like(lead)]
    whole = Moment(moment.start, moment.end, moment.points + tuple(p for m in others for p in m.points), moment.ranged)
    due = due_at(folded, whole, lead, year)
    if due.kind in (DeadlineKind.BY, DeadlineKind.OTHER) or not said("ongoing", folded):
        return due
    return Due(0, len(folded), DeadlineKind.ONGOING, due.start, due.end)


def _like(lead: Lead) -> tuple[Bound, Bound]:
    return lead.bound, Bound.WITHIN


def _counts(folded: str, moment: Moment, lead: Lead) -> bool:
    if is_cited(folded, moment):
        return False
    if moment.unit < Unit.YEAR or not lead.plain:
        return True
    before = folded[: moment.start].strip(" (-:.\n")
    return not before or not (moment.bare or said("openings_without_date", before) or said("of_an_event", before))


def _without_times(folded: str, year: int | None) -> Due | None:
    days = whole_year(year)
    start, end = (days.start, days.end) if days else (None, None)
    whole = said("own_year", folded) and not said("school_year", folded)
    if said("ongoing", folded):
        return Due(0, len(folded), DeadlineKind.ONGOING, *((start, end) if whole else ()))
    if (found := first(vocabulary("end_of_own_year"), folded)) is not None:
        kind = DeadlineKind.OTHER if said("left_open", folded) else DeadlineKind.BY
        return Due(found[1].start(), len(folded), kind, end=end)
    return Due(0, len(folded), DeadlineKind.YEAR, start, end) if whole else None


def is_cited(folded: str, moment: Moment) -> bool:
    """Whether the day is that of a document cited by its number: "số 25/kh-ubnd ngày 29/01/2026"."""
    return _CITED.search(folded, max(0, moment.start - 2 * _WINDOW), moment.start) is not None
