"""What is compared of an actual value in a report: which found one is gold's, and the values of each measure.

By docs/actuals.md: number and kind of unit must be the same, the text about the same, for where a clause begins and
ends is looser than where an item of a plan does.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from corpus.likeness import Item, matched, plain
from schemas.codelists import codelist

LOOSE_MATCH = 0.5
_NOUN = ("#", 1.0)


@cache
def _units() -> Mapping[str, tuple[str, float]]:
    return {plain(row["code"]): (row["dimension"], float(row["factor"])) for row in codelist("measure_units")}


def unit_kind(unit: str | None) -> tuple[str, float]:
    """A unit of measurement as its dimension and size; counted nouns are all one kind, the noun is not scored.

    >>> unit_kind("tỉ đồng") == unit_kind("tỷ đồng"), unit_kind("hộ nghèo")
    (True, ('#', 1.0))
    """
    return _units().get(plain(unit), _NOUN)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _amount(part: Item) -> tuple[float | None, tuple[str, float]]:
    return _number(part.get("value")), unit_kind(part.get("unit"))


def same_amount(gold: Item, found: Item) -> bool:
    """Whether two actual values are the same number of the same kind of unit."""
    return _amount(gold) == _amount(found)


def matched_actuals(gold: Sequence[Item], found: Sequence[Item]) -> list[tuple[int, int]]:
    """The pairs of actual values that are the same: the same amount, said in about the same words."""
    return matched(gold, found, least=LOOSE_MATCH, same=same_amount)


def _of(actual: Item) -> Iterator[Hashable]:
    if actual.get("of") is not None:
        yield _number(actual["of"])


def _percent(actual: Item) -> Iterator[Hashable]:
    if actual.get("percent") is not None:
        yield _number(actual["percent"]), actual.get("percent_of")


def _planned(actual: Item) -> Iterator[Hashable]:
    if planned := actual.get("planned"):
        yield planned.get("comparator") or "=", *_amount(planned)


def _difference(actual: Item) -> Iterator[Hashable]:
    if difference := actual.get("difference"):
        yield difference.get("change"), *_amount(difference)


def _baseline(actual: Item) -> Iterator[Hashable]:
    if baseline := actual.get("baseline"):
        yield _amount(baseline)


def _period(actual: Item) -> Iterator[Hashable]:
    times = tuple(actual.get(name) for name in ("as_of", "start", "end"))
    if any(times):
        yield times


ACTUAL_VALUES: dict[str, Callable[[Item], Iterable[Hashable]]] = {
    "actual of": _of,
    "actual percent": _percent,
    "actual planned": _planned,
    "actual difference": _difference,
    "actual baseline": _baseline,
    "actual period": _period,
    "actual indicator": lambda actual: [actual.get("indicator") or "other"],
}
IN_WHOLE_ACTUAL = ACTUAL_VALUES.keys() - {"actual indicator", "actual baseline"}
