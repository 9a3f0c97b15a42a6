"""How like the words of a value are to a target's, as far as the number needs: a poor fit asks for more."""

from extract.text import fold
from publish.progress.proposals.amounts import Way
from publish.progress.proposals.candidates import Wanted
from publish.progress.proposals.clauses import clauses_of, measured_part
from publish.progress.proposals.grounds import FAIR, STRONG
from publish.progress.proposals.wording import Wording
from schemas import Actual

_LESS = 0.9
_NEEDED = {
    Way.OTHER_NOUN: FAIR, Way.NO_SHARE: FAIR, Way.NO_CHANGE: FAIR, Way.OTHER_KIND: STRONG, Way.OF_EACH: STRONG,
    Way.PER_UNSAID: FAIR, Way.OVER_TIME: FAIR,
}  # fmt: skip


def level_likeness(actual: Actual, way: Way, target: Wanted, at: int, wording: Wording) -> float:
    """The likeness of a value to the clause that a level stands in, or, a little less, to the whole target.

    It is 0 where the number would need more than it has.
    """
    needed = 0.0 if _has_same_whole(actual, target, at) else _NEEDED.get(way, 0.0)
    clauses = clauses_of(target)
    if clauses:
        whole = _LESS * _at_least(needed, _likeness(actual, way, target.text, wording, more=not needed))
        return max(_at_least(needed, _likeness(actual, way, clauses[at], wording, more=not needed)), whole)
    whole = _likeness(actual, way, target.text, wording, more=not needed)
    part = measured_part(target)
    if part != target.text and fold(actual.subject) != fold(actual.unit):
        whole = max(whole, _likeness(actual, way, part, wording, more=False))
    return _at_least(needed, whole)


def _has_same_whole(actual: Actual, target: Wanted, at: int) -> bool:
    """Whether both count of as many: "12/14 bệnh viện" of "14/14 cơ sở"."""
    return actual.of is not None and actual.of == target.levels[at].of


def _at_least(needed: float, like: float) -> float:
    return like if like >= needed else 0.0


def _likeness(actual: Actual, way: Way, wanted: str, wording: Wording, *, more: bool) -> float:
    """A subject is short, so it is looked for in the target; a clause says more, so with `more` it is the other way."""
    named = wording.found(actual.subject, wanted)
    if way is Way.CHANGE:
        named = max(named, wording.found(_counted_thing(actual), wanted))
    return max(named, wording.found(wanted, actual.text)) if more else named


def _counted_thing(actual: Actual) -> str:
    """The subject from its noun on, where it says more than that: "vụ cháy" of "xảy ra vụ cháy"."""
    _, noun, behind = fold(actual.subject).partition(fold(actual.unit))
    return actual.subject[-len(noun + behind) :] if behind.strip() else actual.subject
