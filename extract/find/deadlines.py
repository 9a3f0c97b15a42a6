"""The text of a value, a task, a target or a heading -> the deadline it states, where that governs the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Mention
from extract.normalize import periodic, stated
from extract.normalize.dates import Unit
from extract.normalize.due import Bound, Due, Lead, due_at, is_cited, lead_of, said, value
from extract.normalize.moments import Moment, all_moments
from extract.normalize.numbers import mended
from extract.text import fold
from schemas import Deadline

_WORD = re.compile(r"\w")
_EMPTY = frozenset({"", "nt", "như trên", "x"})
_BLANK = " \t\n\r-–—_.,;:*+•|/\\\"'()[]…"
# A text without any of these states no time: sought first, since most tasks state none.
_TIME = re.compile(r"\d|quý |tháng [bcghmst]")
_INTERVAL_WORDS = ("định kỳ", "hàng ", "hằng ", "mỗi ", "lần", "báo cáo ", "cuối quý", "đầu quý")
_ONGOING_WORDS = ("thường xuyên", "liên tục", "thường trực", "xuyên suốt", "quanh năm", "24/")
_OPENINGS = ("sau khi", "ngay khi", "cuối năm", "hết năm", "nhất", "vòng", "kể từ", "thời hạn", "quá", "học kỳ")
_CLAUSE = 160  # characters of a clause before a time that may hold a name
_BEHIND_A_SHARE = re.compile(r"%\s+(?:vào\s+)?\Z")


def deadline_of_value(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The deadline that a whole attribute value or table cell states; `other` where its words give no date.

    None only where there are no words ("-"). `year` is the plan's, for times without one.
    """
    folded = mended(fold(text) if folded is None else folded)
    stripped = folded.strip(_BLANK)
    if stripped in _EMPTY or not _WORD.search(stripped):
        return None
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip().rstrip(".,;:"))
    return _mention(text, replace(value(folded, year), at=start, to=max(end, start + 1)))


def deadline_in_task(
    text: str, *, year: int | None, folded: str | None = None, single_year: bool = True
) -> Mention[Deadline] | None:
    """The time, stated in a task's own text, that governs the whole task; None where there is none.

    Of a plan for a `single_year` that year alone is no deadline.
    """
    years = stated.Years(year, year if single_year else None)
    folded = mended(fold(text) if folded is None else folded)
    times = [(m, lead_of(folded, m)) for m in all_moments(folded)] if _TIME.search(folded) else []
    parts = periodic.clauses(folded) if _holds(_INTERVAL_WORDS, folded) else []
    due = (
        (stated.opening(folded, *times[0], years) or stated.labelled(folded, year) if times else None)
        or (periodic.due_days(folded, parts) if parts else None)
        or (stated.due_time(folded, times, years) or stated.in_brackets(folded, years) if times else None)
        or (_interval(folded, parts) if parts or _holds(_ONGOING_WORDS, folded) else None)
        or stated.on_a_day(folded, times, years)
        or (stated.opening_words(folded, year) if _holds(_OPENINGS, folded) else None)
    )
    return None if due is None else _mention(text, due)


def due_in_target(
    text: str, *, year: int | None, folded: str | None = None, single_year: bool = True
) -> Mention[Deadline] | None:
    """The time by which a target is to be reached, the first of two; none for a plan's own `single_year`."""
    years = stated.Years(year, year if single_year else None)
    folded = mended(fold(text) if folded is None else folded)
    for moment in all_moments(folded) if _TIME.search(folded) else ():
        lead = lead_of(folded, moment)
        if stated.is_own_year(moment, lead, years.own) and stated.opens(folded, 0, lead):
            return None
        if _is_of_target(folded, moment, lead, years):
            if moment.unit is Unit.YEAR and folded.startswith("vào", lead.start):
                lead = replace(lead, bound=Bound.END)
            return _mention(text, due_at(folded, moment, lead, year))
    return None


def due_of_heading(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The time that a heading over targets sets for them; none for the plan's own year."""
    folded = mended(fold(text) if folded is None else folded)
    for moment in all_moments(folded):
        lead = lead_of(folded, moment)
        if is_cited(folded, moment) or stated.is_own_year(moment, lead, year):
            continue
        if not (moment.bare and lead.plain and not moment.ranged):
            return _mention(text, due_at(folded, moment, lead, year))
    return None


def _holds(words: Sequence[str], folded: str) -> bool:
    for word in words:  # noqa: SIM110  (twice as fast as any() over as few words, and run for every task)
        if word in folded:
            return True
    return False


def _interval(folded: str, parts: Sequence[periodic.Clause]) -> Due | None:
    return (
        periodic.of_reports(folded, parts)
        or periodic.opening_interval(folded, parts)
        or periodic.interval_of_clause(folded, parts)
        or periodic.interval_of_charge(folded, parts)
    )


def _is_of_target(folded: str, moment: Moment, lead: Lead, years: stated.Years) -> bool:
    """Whether the time is when the target is to be reached, and not a base, a cited day or a name's horizon."""
    if stated.is_of_something_else(folded, moment, lead):
        return False
    opens = stated.opens(folded, 0, lead)
    if moment.unit is not Unit.YEAR:
        return not lead.plain or (opens and moment.unit is not Unit.DAY)
    if stated.is_own_year(moment, lead, years.own) or _is_past(moment, years.year):
        return False
    if lead.plain:
        return not moment.bare and (
            opens or _BEHIND_A_SHARE.search(folded, max(0, moment.start - 9), moment.start) is not None
        )
    begin = max(0, lead.start - _CLAUSE)
    clause = max(begin, *(folded.rfind(mark, begin, lead.start) + 1 for mark in ",;.(%"))
    return opens or (lead.bound is not Bound.START and not said("names_with_a_horizon", folded, clause, lead.start))


def _is_past(moment: Moment, year: int | None) -> bool:
    last = moment.points[-1].year
    return year is not None and last is not None and last < year


def _mention(text: str, due: Due) -> Mention[Deadline]:
    """The mention of a due time; a bracket that opens in it closed, and the other way round."""
    at, to = due.at, due.to
    if text.count("(", at, to) > text.count(")", at, to) and text[to : to + 1] == ")":
        to += 1
    elif text.count(")", at, to) > text.count("(", at, to) and text[at - 1 : at] == "(":
        at -= 1
    deadline = Deadline(kind=due.kind, start=due.start, end=due.end, rrule=due.rrule, text=text[at:to])
    return Mention(at, to, deadline)
