"""The items of two plans -> pairs, one-to-one: of one indicator first, then of like wording; what is left stands alone.

The same from both sides: `aligned(b, a)` gives the pairs of `aligned(a, b)`, turned about.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publish.pages.likeness import Candidate, Features, Scores, alike, best_pairs, likeness

OUTSIDE = "other"  # the codelist's word for a target that none of its indicators covers


class By(StrEnum):
    """What a pair is a pair by."""

    INDICATOR = "indicator"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Item:
    """A target or task to be aligned; tasks have no indicator."""

    features: Features
    indicator: str | None = None

    @property
    def code(self) -> str | None:
        """The indicator that another item may share."""
        return None if self.indicator == OUTSIDE else self.indicator


@dataclass(frozen=True, slots=True)
class Pair:
    """`first` and `second` are places in the two lists; `score` is the likeness of the wording, of 100."""

    first: int
    second: int
    by: By
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs in the order of the first list, and the places of what has no pair."""

    pairs: tuple[Pair, ...]
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]


def aligned(first: Sequence[Item], second: Sequence[Item]) -> Alignment:
    """Items of one indicator are paired whatever their words; items of two indicators never are."""
    scores = likeness([one.features for one in first], [one.features for one in second])
    pairs = [Pair(i, j, By.INDICATOR, score) for i, j, score in best_pairs(_of_one_indicator(first, second, scores))]
    taken = {pair.first for pair in pairs}, {pair.second for pair in pairs}
    left = (
        (i, j, score)
        for i, j, score in alike(scores)
        if i not in taken[0] and j not in taken[1] and None in {first[i].code, second[j].code}
    )
    pairs += [Pair(i, j, By.WORDING, score) for i, j, score in best_pairs(left)]
    taken = {pair.first for pair in pairs}, {pair.second for pair in pairs}
    return Alignment(
        tuple(sorted(pairs, key=lambda pair: pair.first)),
        tuple(i for i in range(len(first)) if i not in taken[0]),
        tuple(j for j in range(len(second)) if j not in taken[1]),
    )


def _of_one_indicator(first: Sequence[Item], second: Sequence[Item], scores: Scores) -> Iterator[Candidate]:
    places: dict[str, list[int]] = defaultdict(list)
    for j, other in enumerate(second):
        if other.code:
            places[other.code].append(j)
    for i, one in enumerate(first):
        for j in places.get(one.code or "", ()):
            yield i, j, float(scores[i, j])
