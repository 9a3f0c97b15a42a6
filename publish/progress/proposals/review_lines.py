"""Proposals -> the lines of a review file."""

from collections.abc import Iterable, Iterator

from publish.progress.proposals.candidates import Level, Plan
from publish.progress.proposals.proposal import Proposal
from publish.progress.proposals.proposing import Proposed
from publish.progress.proposals.review_columns import BASE, REACHED, Asked, number_text
from publish.progress.proposals.settled import proposal_key
from publish.progress.proposals.source import source_of
from schemas import Actual, Change, Comparator, Record
from schemas.codelists import by_code

Line = dict[Asked, object]

_SIGNS = {
    Comparator.AT_LEAST: "≥ ", Comparator.MORE: "> ", Comparator.AT_MOST: "≤ ", Comparator.LESS: "< ",
    Comparator.EQUAL: "",
}  # fmt: skip


def review_lines(found: Iterable[Proposed], *, all_values: bool = False) -> Iterator[Line]:
    """A line a proposed link, by report and value, the best first.

    With `all_values` also one for each value that nothing is proposed for, its target to be written in.
    """
    for one in found:
        by_value: dict[str, list[Proposal]] = {}
        for proposal in one.proposals:
            by_value.setdefault(proposal.actual.id, []).append(proposal)
        for actual in one.report.actuals:
            proposals = by_value.get(actual.id, [])
            for proposal in proposals:
                yield _line(one, proposal, sum(not other.is_base for other in proposals))
            if all_values and not proposals:
                yield _unlinked(one, actual)


def target_lines(found: Iterable[Proposed]) -> list[tuple[str, str, str, str]]:
    """Key, text, levels and plan of every target that was looked at, for people who choose another."""
    plans = {plan.id: plan for one in found for plan in one.plans}
    return [
        (target.id, target.text, "; ".join(map(level_text, target.levels)), plan_name(plan))
        for plan in plans.values()
        for target in plan.targets
    ]


def _line(one: Proposed, proposal: Proposal, count: int) -> Line:
    amount, time, confidence = proposal.amount, proposal.time, by_code("confidences")[proposal.confidence]
    return {
        **_of_report(one, proposal.actual),
        Asked.KIND: BASE if proposal.is_base else REACHED,
        Asked.VALUE: amount.value,
        Asked.UNIT: amount.unit,
        Asked.AS_OF: time.as_of,
        Asked.START: time.start,
        Asked.END: time.end,
        Asked.TARGET_TEXT: proposal.target.text,
        Asked.LEVEL: level_text(proposal.level),
        Asked.PLAN: plan_name(proposal.plan),
        Asked.CONFIDENCE: confidence["label_vi"],
        Asked.WHY: "; ".join(proposal.why),
        Asked.RANK: f"{proposal.rank} trong {count}",
        Asked.TARGET: proposal.target.id,
        Asked.PLAN_ID: proposal.plan.id,
        Asked.READ_VALUE: amount.value,
        Asked.READ_UNIT: amount.unit,
        Asked.KEY: proposal_key(one.report, proposal),
    }


def _unlinked(one: Proposed, actual: Actual) -> Line:
    return {
        **_of_report(one, actual),
        Asked.KIND: REACHED,
        Asked.VALUE: actual.value,
        Asked.UNIT: actual.unit,
        Asked.AS_OF: actual.as_of or actual.end,
        Asked.START: actual.start,
        Asked.END: actual.end,
        Asked.WHY: "không thấy chỉ tiêu nào đủ gần; hãy ghi mã chỉ tiêu nếu biết",
        Asked.READ_VALUE: actual.value,
        Asked.READ_UNIT: actual.unit,
    }


def _of_report(one: Proposed, actual: Actual) -> Line:
    report: Record = one.report
    span = actual.span or (actual.spans[0] if actual.spans else None)
    return {
        Asked.SENTENCE: actual.text,
        Asked.SOURCE: source_of(report, in_database=one.is_known),
        Asked.REPORT: report.id,
        Asked.FILE: report.source.filename,
        Asked.SHA256: report.source.sha256,
        Asked.SPAN_START: span.start if span else None,
        Asked.SPAN_END: span.end if span else None,
        Asked.PAGE: span.page if span else None,
    }


def level_text(level: Level) -> str:
    """A level as people write it.

    >>> level_text(Level(Comparator.AT_LEAST, 85.5, "%"))
    '≥ 85,5 %'
    """
    moved = by_code("changes")[level.change]["label_vi"] + " " if isinstance(level.change, Change) else ""
    number = number_text(level.value) + (f"/{number_text(level.of)}" if level.of else "")
    return f"{moved}{_SIGNS[level.comparator]}{number} {level.unit}".strip()


def plan_name(plan: Plan) -> str:
    """A plan's number and title."""
    return ", ".join(filter(None, (plan.number, plan.title)))
