"""A plan held against a report: whether the report names it, and whether a value falls into the time of its targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from publish.cells import from_iso, whole_date
from publish.progress.proposals.candidates import Plan, Wanted
from publish.progress.proposals.grounds import Ground
from publish.progress.proposals.wording import Wording
from schemas import Actual, Citation, Record

_TITLE = 0.7  # so much of a plan's title, and not much else, makes a cited title the plan's
_LATER = timedelta(days=62)  # so long after the time it is about may a report be signed that does not say that time
_BESIDE = timedelta(days=31)  # a value may be counted a little beyond the plan's time


@dataclass(frozen=True, slots=True)
class Time:
    """The time of a figure: the day it stands for, and what it was counted over where that is known."""

    as_of: date | None
    start: date | None
    end: date | None


def time_of(report: Record, actual: Actual) -> Time:
    """A value's own time, else the report's; no figure stands for a day after the report was signed."""
    period, issued = report.document.period, from_iso(whole_date(report.document.issued))
    own = actual.start is not None or actual.end is not None
    start, end = (actual.start, actual.end) if own else (period.start, period.end)
    day = actual.as_of or end
    as_of = min(day, issued) if day and issued else day or issued
    return Time(as_of, start, end)


def naming(report: Record, plans: Sequence[Plan], wording: Wording) -> dict[str, Ground]:
    """How each plan is named by the report, by the plan's id."""
    grounds = {plan.id: ground for plan in plans if (ground := _named(report, plan, wording))}
    known = bool(grounds)
    otherwise = Ground("báo cáo nêu kế hoạch khác", 2) if known else Ground("báo cáo không nêu kế hoạch này", 1)
    return {plan.id: grounds.get(plan.id, otherwise) for plan in plans}


def _named(report: Record, plan: Plan, wording: Wording) -> Ground | None:
    if plan.named:
        return Ground(f"báo cáo nêu số {plan.number}")
    for citation in (*report.legal_bases, *report.references):
        if _may_mean(citation, plan) and wording.found(plan.title, citation.title or "") >= _TITLE:
            return Ground("báo cáo nêu tên kế hoạch")
    return None


def _may_mean(citation: Citation, plan: Plan) -> bool:
    """Whether nothing that the citation says is otherwise in the plan."""
    if citation.title is None or (citation.number and plan.number):
        return False
    if citation.date and plan.issued:
        return citation.date == plan.issued
    return citation.date is None or plan.start is None or citation.date.year in {plan.start.year, plan.start.year - 1}


def in_time(time: Time, plan: Plan, target: Wanted) -> Ground | None:
    """Whether a figure can be one of a target's time; None where it can't."""
    start = plan.start or plan.issued
    ends = [day for day in (plan.end, target.due) if day]
    end = max(ends) if ends else None
    if start is None or time.as_of is None:
        return Ground("không rõ thời gian", 1)
    first, last = time.start or time.as_of - _LATER, time.end or time.as_of
    if last < start or (end is not None and first > end) or (end is None and first.year > start.year):
        return None
    if (time.start and first < start - _BESIDE) or (end is not None and last > end + _BESIDE):
        return Ground("kỳ của số liệu vượt ra ngoài thời gian của kế hoạch", 1)
    return Ground("trong thời gian của kế hoạch")
