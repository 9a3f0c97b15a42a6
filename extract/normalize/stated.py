"""Folded text of a task or a target -> the printed time that governs it: at its start, after a label, in a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.lexicon import is_in
from extract.normalize.dates import Unit, whole_year
from extract.normalize.due import Bound, Due, Lead, due_at, is_cited, lead_of, said, value, vocabulary
from extract.normalize.moments import Moment, moments
from schemas import DeadlineKind


class Years(NamedTuple):
    """A plan's (first) year, for times without one, and the year that is the plan's `own` and so says nothing."""

    year: int | None
    own: int | None


WINDOW = 40  # characters before a time that say whether it is a due time at all
# What a text may begin with before its words: "- + **Quý II".
MARKS = re.compile(r"[\s\-+*•(\[_]*")
_BRACKETS = re.compile(r"\(([^()]{3,90})\)")
_END = re.compile(r"[;)\n]|\.(?=\s|$)")
# "7h30 ngày 12/3/2024: …"
_CLOCK_BEFORE = re.compile(
    r"(?:từ\s+|vào\s+|lúc\s+)?\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d\d)?(?:\s?phút)?,?\s+(?:sáng\s+|chiều\s+|tối\s+)?"
)
_DAY_WORDS = ("", "ngày", "vào ngày", "vào", "thời gian:")
_EVERY = re.compile(r"(?:của\s+)?(?:h[ằà]ng|mỗi)\s")
_COMPLETE = re.compile(r"hoàn\s+(?:thành|tất)|\bxong\b")
_PART = re.compile(r"[,;:.]")
# "Sở Tài chính: …": a short head, behind whose colon the duty begins
HEAD = re.compile(r"[^:;.,\d]{2,60}(?:,[^:;.,\d]{2,60}){0,3}:\s+(?=\S)")
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s|$)")
_TEXT_END = re.compile(r"[\s.;,)]*\Z")
_DAY_BEFORE = re.compile(r"\bngày\s+\Z")
_AT_END = re.compile(r"\s*(?:[.;,]|$|\n)")


def opens(folded: str, start: int, lead: Lead) -> bool:
    """Whether the text from `start` on begins with a time, its words and perhaps "phấn đấu" before it."""
    begin = MARKS.match(folded, start)
    at = begin.end() if begin else start
    clock = _CLOCK_BEFORE.match(folded, at, lead.start)
    before = folded[clock.end() if clock else at : lead.start]
    return before.strip() in _DAY_WORDS or (len(before) < WINDOW and said("before_a_horizon", before))


def is_own_year(moment: Moment, lead: Lead, year: int | None) -> bool:
    """Whether the time is no more than the plan's year: "năm 2026" in a plan for 2026, but not "đến hết năm 2026"."""
    if moment.unit is not Unit.YEAR or len(moment.points) > 1 or lead.bound is not Bound.WITHIN:
        return False
    return moment.points[0].year == year


def is_of_something_else(folded: str, moment: Moment, lead: Lead) -> bool:
    """Whether the time is a cited document's, a base's or an event's."""
    return is_cited(folded, moment) or said("not_a_due_time", folded, max(0, lead.start - WINDOW), moment.start)


def opening(folded: str, moment: Moment, lead: Lead, years: Years) -> Due | None:
    """The first time where the text, or its duty behind a short head and a colon, begins with it."""
    head = HEAD.match(folded) if ":" in folded[: WINDOW * 3] else None
    behind = (head.end(), None) if head else (0, None)
    return opening_time(folded, moment, lead, years) or (
        opening_time(folded, moment, lead, years, within=behind) if head and lead.start >= head.end() else None
    )


def opening_time(
    folded: str,
    moment: Moment,
    lead: Lead,
    years: Years,
    *,
    within: tuple[int, int | None] = (0, None),
) -> Due | None:
    """The text's first time where it begins with it: "Quý II năm 2026: …"; `own` is the year that says nothing."""
    start, end = within
    if not opens(folded, start, lead) or is_own_year(moment, lead, years.own):
        return None
    after = folded[moment.end : end].lstrip(" )*_")
    if _EVERY.match(after) or not _may_open(moment, lead, parted=not after or after[0] in ":,-."):
        return None
    return due_at(folded, moment, lead, years.year)


def _may_open(moment: Moment, lead: Lead, *, parted: bool) -> bool:
    """Whether a time at a text's start is when, and not a fraction ("10/10 thôn") or a thing's year."""
    if lead.bound is Bound.END:
        return True
    if moment.unit is Unit.YEAR or (lead.bound is Bound.START and not moment.ranged):
        return parted
    return moment.unit is not Unit.DAY or moment.dated or not lead.plain


def labelled(folded: str, year: int | None) -> Due | None:
    """A value behind its label inside the text: "(Thời gian: Quý II)", "thời gian hoàn thành trong tháng 3"."""
    for phrase in vocabulary("labels"):
        found = phrase.find(folded)
        if found is None:
            continue
        stop = _END.search(folded, found.end())
        colon = found[0].endswith(":")
        begin = found.end() if colon else _value_of(found)
        due = value(folded[begin : stop.start() if stop else None], year)
        if colon or due.kind is not DeadlineKind.OTHER:
            return replace(due, at=due.at + begin, to=due.to + begin)
    return None


def _value_of(label: re.Match[str]) -> int:
    """Where the value behind a label without a colon begins: with the word that says how it bounds ("trước")."""
    return label.start() + label[0].rfind(" ") + 1


def due_time(folded: str, times: Sequence[tuple[Moment, Lead]], years: Years) -> Due | None:
    """A time anywhere behind words of a due time: "gửi báo cáo trước ngày 15/12"; one of completion before others."""
    found = [(m, lead) for m, lead in times if _is_due(folded, m, lead, years)]
    if not found:
        return None
    completed = ((m, lead) for m, lead in found if _COMPLETE.search(folded, max(0, lead.start - 12), m.start))
    return due_at(folded, *next(completed, found[0]), years.year)


def _is_due(folded: str, moment: Moment, lead: Lead, years: Years) -> bool:
    if lead.plain or is_of_something_else(folded, moment, lead):
        return False
    if moment.unit is Unit.YEAR:
        if lead.firm:
            return lead.bound is Bound.END or not is_own_year(moment, lead, years.own)
        return _closes_with_year(folded, moment, lead, years)
    return lead.bound in (Bound.END, Bound.WITHIN) or (lead.bound is Bound.START and moment.ranged)


def _closes_with_year(folded: str, moment: Moment, lead: Lead, years: Years) -> bool:
    """Whether a clause ends with a year that is not all the plan's: "… hoàn thành trong năm 2027."."""
    due = moment.points[-1].year
    if lead.bound is not Bound.WITHIN or years.year is None or due is None or due == years.own:
        return False
    if not years.year <= due <= years.year + 10:
        return False
    begin = max((m.end() for m in _PART.finditer(folded, 0, lead.start)), default=0)
    return _AT_END.match(folded, moment.end) is not None and not said("names_with_a_horizon", folded, begin, lead.start)


def on_a_day(folded: str, times: Sequence[tuple[Moment, Lead]], years: Years) -> Due | None:
    """A day with its year that the text ends with, and that is no document's: "Tổ chức lễ ra quân ngày 26/7/2026"."""
    if not times:
        return None
    moment, lead = times[-1]
    begin = max((m.end() for m in _PART.finditer(folded, 0, lead.start)), default=0)
    if not lead.plain or moment.unit is not Unit.DAY or not moment.dated or not _TEXT_END.match(folded, moment.end):
        return None
    if not _DAY_BEFORE.search(folded, begin, moment.start) or said("bears_its_day", folded, begin, moment.start):
        return None
    due = None if is_of_something_else(folded, moment, lead) else due_at(folded, moment, lead, years.year)
    return due if due is not None and _is_near(due, years.year) else None


def in_brackets(folded: str, years: Years) -> Due | None:
    """A bracket that holds nothing but when: "(hoàn thành trong tháng 3/2026)", "(Quý II/2026)"."""
    for bracket in _BRACKETS.finditer(folded):
        start, end = bracket.span(1)
        if is_in(vocabulary("in_brackets"), bracket[1]):
            due = value(bracket[1], years.year)
            if due.kind is not DeadlineKind.OTHER:
                return replace(due, at=due.at + start, to=due.to + start)
        opening = _whole_bracket(folded, start, end, years)
        if opening is not None and _is_near(opening, years.year) and _AT_END.match(folded, bracket.end()):
            return opening
    return None


def _whole_bracket(folded: str, start: int, end: int, years: Years) -> Due | None:
    moment = next(moments(folded, start, end), None)
    if moment is None or moment.end < end - 2:
        return None
    return opening_time(folded, moment, lead_of(folded, moment), years, within=(start, end))


def _is_near(due: Due, year: int | None) -> bool:
    """Not a day long past or far ahead, as those in the names of anniversaries are."""
    return year is None or all(-1 <= day.year - year <= 10 for day in (due.start, due.end) if day is not None)


def opening_words(folded: str, year: int | None) -> Due | None:
    """The year's end by "Cuối năm, …" at the text's start; a day nobody knows by "Ngay sau khi …"."""
    days = whole_year(year)
    for phrase in vocabulary("opening_end_of_year"):
        if days and (found := phrase.find(folded)) is not None:
            return Due(found.start(), found.end() - found[0].endswith(","), DeadlineKind.BY, end=days.end)
    for section in ("openings_without_date", "days_after"):
        for phrase in vocabulary(section):
            if (found := phrase.find(folded)) is not None:
                stop = _PART.search(folded, found.end())
                return Due(found.start(), stop.start() if stop else len(folded), DeadlineKind.OTHER)
    return _after_an_event(folded)


def _after_an_event(folded: str) -> Due | None:
    """A day nobody knows at the end of the first or the last clause: "… ngay sau khi có hướng dẫn"."""
    ends = [m.start() for m in _CLAUSE_END.finditer(folded)]
    for phrase in vocabulary("days_after_in_clause"):
        for found in phrase.find_all(folded):
            start = max((end + 1 for end in ends if end < found.start()), default=0)
            stop = next((end for end in ends if end >= found.end()), len(folded))
            outer = start == 0 or not folded[stop + 1 :].strip()
            if outer and _is_plain(folded, start, found.start()) and "," not in folded[found.end() : stop]:
                return Due(found.start(), stop, DeadlineKind.OTHER)
    return None


def _is_plain(folded: str, start: int, end: int) -> bool:
    """Whether nothing before the words in their clause makes them say how: no number and no "thời gian"."""
    return not any(c.isdigit() for c in folded[start:end]) and not said("how_long", folded, start, end)
