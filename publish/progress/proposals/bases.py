"""A proposal whose value the report holds against a time before the plan -> that figure as the target's base."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from publish.progress.proposals.amounts import Amount, Way
from publish.progress.proposals.fitting import Time
from publish.progress.proposals.proposal import Proposal
from publish.progress.quantities import converted
from schemas import Confidence

_RIGHT_BEFORE = timedelta(days=62)
_A_YEAR = timedelta(days=366)
_WHY = "báo cáo nêu số của thời điểm trước kế hoạch"
_EARLIER = "không phải số ngay trước khi kế hoạch bắt đầu"


def bases(proposal: Proposal) -> Iterator[Proposal]:
    """The base, where the report says its day and that is in the year before the plan's time.

    It is of medium confidence right before that time, else of low: a report also compares with the same months of the
    year before.
    """
    base, start = proposal.actual.baseline, proposal.plan.start
    if proposal.rank > 1 or proposal.confidence is Confidence.LOW:
        return
    if base is None or base.as_of is None or start is None or not start - _A_YEAR <= base.as_of <= start:
        return
    asked = proposal.actual.unit if proposal.level.change else proposal.level.unit
    if converted(base.value, base.unit, asked) is None:
        return
    before = base.as_of >= start - _RIGHT_BEFORE
    label = f" ({base.label})" if base.label else ""
    yield replace(
        proposal,
        amount=Amount(base.value, base.unit, Way.AS_SAID),
        time=Time(base.as_of, None, None),
        confidence=Confidence.MEDIUM if before else Confidence.LOW,
        why=(*proposal.why, f"{_WHY}{label}", *(() if before else (_EARLIER,))),
        is_base=True,
    )
