"""Values of a report and the targets of plans -> for each value the targets it may belong to, best first.

Confidence. A proposal starts `high`; one doubt makes it `medium`, more make it `low`, more than three make it none.
Doubts are: the report names another plan (two) or none; another body issued the plan; the wording is alike only in
part, or little (two); the words are taken from the value before, or from another place that gives the same number; the
plan's figure that the report repeats is not the target's (two); the two are of different indicators (two), or of names
with other numbers (two); the number is not what the target asks for (another noun, a change, the share of the plan's
count, one of the two per stretch of time or the mean duration; no percentage, no change, or not for each: two); the
time is not known or goes beyond the plan's; the value was read with low confidence; another target is nearly as near;
another value of the report, of the same time, answers the target better; the target asks for several things and this is
not the first.

A proof settles a doubt: the plan's figure as the report gives it is the target's, and no other target of that plan asks
for as much. It settles neither the last three nor words from another place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.progress.proposals.amounts import Amount, Figure, PlannedFigure, Way, amount_for, planned_figure
from publish.progress.proposals.bases import bases
from publish.progress.proposals.candidates import Plan, Wanted
from publish.progress.proposals.fitting import Time, in_time, naming, time_of
from publish.progress.proposals.grounds import (
    OTHER,
    WAYS,
    Ground,
    about_figure,
    about_indicator,
    about_issuer,
    about_level,
    about_numbers,
    about_reading,
    worded,
)  # fmt: skip
from publish.progress.proposals.likening import level_likeness
from publish.progress.proposals.proposal import Proposal
from publish.progress.proposals.restated import Said, understood
from publish.progress.proposals.wording import Wording
from publish.progress.quantities import converted
from schemas import Actual, Confidence, Record

MOST = 3  # targets proposed for one value
_LEAST = 0.4  # likeness
_A_DOUBT = 0.1  # of a score
_NEAR = 0.1  # of scores: two that near can't be told apart
_MOST_DOUBTS = 3
_LOST = {
    Way.OTHER_NOUN: 0.1, Way.NO_SHARE: 0.2, Way.NO_CHANGE: 0.2, Way.OTHER_KIND: 0.2, Way.OF_EACH: 0.2, Way.CHANGE: 0.05,
    Way.SHARE_OF_PLANNED: 0.2,    Way.OVER_TIME: 0.05, Way.AVERAGE: 0.05, Way.PER_UNSAID: 0.1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Match:
    actual: Actual
    plan: Plan
    target: Wanted
    at: int
    amount: Amount
    time: Time
    score: float
    grounds: tuple[Ground, ...]

    @property
    def doubts(self) -> int:
        """How many there are; a proof settles none of those that last."""
        passing = sum(ground.doubts for ground in self.grounds if not ground.lasting)
        return max(0, passing) + sum(ground.doubts for ground in self.grounds if ground.lasting)

    def with_doubt(self, said: str) -> "_Match":
        return replace(self, grounds=(*self.grounds, Ground(said, 1, lasting=True)))


def proposals(report: Record, plans: Sequence[Plan], wording: Wording) -> list[Proposal]:
    """For each value of the report, in its order, at most MOST targets; for many values none."""
    named = naming(report, plans, wording)
    matches = [_matches(report, said, plans, named, wording) for said in understood(report, wording)]
    chosen = [proposal for found in _outdone(matches) for proposal in _chosen(found)]
    return [one for proposal in chosen for one in (proposal, *bases(proposal))]


def _matches(
    report: Record, said: Sequence[Said], plans: Iterable[Plan], named: Mapping[str, Ground], wording: Wording
) -> list[_Match]:
    """The targets that a value may belong to, the best first; each as the value is best understood for it."""
    best: dict[tuple[str, str], _Match] = {}
    for plan in plans:
        grounds = (named[plan.id], *about_issuer(report, plan))
        for one in said:
            for match in _of_plan(report, one, plan, grounds, wording):
                key = plan.id, match.target.id
                if key not in best or match.score > best[key].score:
                    best[key] = replace(match, actual=said[0].actual)
    return sorted(best.values(), key=lambda match: (-match.score, match.plan.id, match.target.id))


def _of_plan(report: Record, said: Said, plan: Plan, grounds: tuple[Ground, ...], wording: Wording) -> Iterator[_Match]:
    actual, time = said.actual, time_of(report, said.actual)
    figures = [planned_figure(actual, target.levels) for target in plan.targets]
    alone = sum(figure.said is PlannedFigure.AGREES for figure in figures) == 1
    grounds = (*grounds, *said.grounds, *about_reading(actual))
    for target, figure in zip(plan.targets, figures, strict=True):
        when = in_time(time, plan, target)
        if when is not None:
            told = _Told(actual, time, plan, (*grounds, when), replace(figure, alone=alone), bool(said.grounds))
            yield from _match(told, target, wording)


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and a plan, with what is to be said of both and of the plan's figure for one of its targets.

    `elsewhere` says that its words are not those of its own clause.
    """

    actual: Actual
    time: Time
    plan: Plan
    grounds: tuple[Ground, ...]
    figure: Figure
    elsewhere: bool


def _match(told: _Told, target: Wanted, wording: Wording) -> Iterator[_Match]:
    """The value as one of the target, at the level that it fits best; nothing where it fits none."""
    actual, figure = told.actual, told.figure
    fitting = [
        (level_likeness(actual, amount.way, target, at, wording), at, amount)
        for at, level in enumerate(target.levels)
        if figure.at in {None, at} and (amount := amount_for(actual, level)) is not None
    ]
    if not fitting:
        return
    like, at, amount = max(fitting, key=lambda one: (one[0] - _LOST.get(one[2].way, 0.0), -one[1]))
    if not _near_enough(like, told, target):
        return
    own = (
        worded(like), WAYS[amount.way], *about_indicator(actual, target), *about_figure(figure),
        *about_level(target, at), *about_numbers(actual, target),
    )  # fmt: skip
    grounds = (*told.grounds, *own)
    score = like - _LOST.get(amount.way, 0.0) - _A_DOUBT * sum(ground.doubts for ground in grounds)
    yield _Match(actual, told.plan, target, at, amount, told.time, score, grounds)


def _near_enough(like: float, told: _Told, target: Wanted) -> bool:
    """Whether the wording is alike enough; where words are few, the same indicator and the plan's figure stand in.

    Words that are taken from elsewhere must be more alike.
    """
    same = told.actual.indicator == target.indicator != OTHER
    if same and told.figure.is_quoted:
        return True
    agrees, differs = (told.figure.said is said for said in (PlannedFigure.AGREES, PlannedFigure.DIFFERS))
    return like >= _LEAST + 0.1 * (told.elsewhere + differs - same - agrees)


def _outdone(matches: Sequence[list[_Match]]) -> Iterator[list[_Match]]:
    """The matches, with a doubt where another value of the same time answers the same target better."""
    best: dict[tuple[object, ...], list[_Match]] = defaultdict(list)
    for found in matches:
        for match in found[:1]:
            best[_asked(match)].append(match)
    for found in matches:
        yield [
            match.with_doubt("số khác của báo cáo ứng với chỉ tiêu này hơn")
            if any(_beats(other, match) for other in best[_asked(match)])
            else match
            for match in found
        ]


def _asked(match: _Match) -> tuple[object, ...]:
    return match.target.id, match.at, match.time.start, match.time.end


def _beats(other: _Match, match: _Match) -> bool:
    return other.actual is not match.actual and other.score > match.score and not _same_amount(other, match)


def _same_amount(one: _Match, other: _Match) -> bool:
    return converted(one.amount.value, one.amount.unit, other.amount.unit) == other.amount.value


def _chosen(found: Sequence[_Match]) -> Iterator[Proposal]:
    """The best matches as proposals; what is much worse than the first, or too doubtful, is none."""
    kept = [match for match in found if match.doubts <= _MOST_DOUBTS]
    kept = [match for match in kept if match.score >= kept[0].score - 0.3][:MOST]
    for rank, match in enumerate(kept, 1):
        others = [other for other in kept if other is not match and other.target.id != match.target.id]
        unclear = any(other.score > match.score - _NEAR for other in others)
        yield _proposal(match.with_doubt("chỉ tiêu khác cũng gần như vậy") if unclear else match, rank)


def _proposal(match: _Match, rank: int) -> Proposal:
    level = match.target.levels[match.at]
    doubts = match.doubts
    confidence = Confidence.HIGH if doubts == 0 else Confidence.MEDIUM if doubts == 1 else Confidence.LOW
    why = tuple(ground.said for ground in match.grounds)
    return Proposal(
        match.actual, match.plan, match.target, level, match.amount, match.time, confidence,
        round(match.score, 3), rank, why,
    )  # fmt: skip
