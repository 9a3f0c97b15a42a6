"""What a target sets: rows of `measures` -> levels that are said, told apart by kind and compared with one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from extract.text import fold
from publish.pages.language import label, number, translated

RANK, PERCENT = "rank", "%"
SYMBOLS: Mapping[str, str] = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_FLOORS, _CEILINGS = {">=", ">"}, {"<=", "<"}


class Kind(NamedTuple):
    """Levels of one kind can stand on one axis; `change` tells "tăng 15 %" from "15 %"."""

    unit: str
    per: str
    change: str


@dataclass(frozen=True, slots=True)
class Level:
    """A number with all that says what it means; `high` is the other end of a range, "80 - 85%"."""

    value: float
    comparator: str = "="
    high: float | None = None
    unit: str = ""
    per: str = ""
    out_of: float | None = None
    subject: str = ""
    change: str = ""

    @property
    def kind(self) -> Kind:
        """What it may be compared with, however the words are written."""
        return _kind(self.unit, self.per, self.change)

    @property
    def short(self) -> str:
        """The number as written, without its unit.

        >>> Level(85, ">=").short, Level(80, ">=", high=85).short, Level(11, out_of=11).short
        ('≥ 85', '80 – 85', '11/11')
        """
        if self.high is not None:
            return f"{number(self.value)} – {number(self.high)}"
        total = f"/{number(self.out_of)}" if self.out_of else ""
        return f"{SYMBOLS.get(self.comparator, '')} {number(self.value)}{total}".strip()

    @property
    def written(self) -> str:
        """The number with its unit, what it is counted per, and the kind of change.

        >>> Level(15, ">=", unit="%", change="increase").written, Level(10, "<=", unit="rank").written
        ('tăng ≥ 15 %', '≤ 10 (thứ hạng)')
        """
        unit = f"({translated('thứ hạng')})" if self.unit == RANK else self.unit
        per = f"/ {self.per}" if self.per else ""
        return " ".join(filter(None, (label(self.change, "changes").lower(), self.short, unit, per)))


def levels(measures: Iterable[Mapping[str, Any]]) -> list[Level]:
    """The levels of one target's measures, in order; the two ends of a range, which stand side by side, are one.

    >>> [one.written for one in levels([{"comparator": ">=", "value": 80}, {"comparator": "<=", "value": 85}])]
    ['80 – 85']
    """
    found: list[Level] = []
    for one in filter(None, map(_level, measures)):
        if found and _is_range(found[-1], one):
            found[-1] = replace(found[-1], high=one.value)
        else:
            found.append(one)
    return found


def _level(row: Mapping[str, Any]) -> Level | None:
    if row["value"] is None:
        return None
    words = tuple(row.get(name) or "" for name in ("unit", "per", "subject", "change"))
    return _single(row["value"], row.get("comparator") or "=", row.get("out_of"), words)


@lru_cache(maxsize=1 << 14)
def _single(value: float, comparator: str, out_of: float | None, words: tuple[str, ...]) -> Level:
    """Thousands of plans set the same levels: each is made once."""
    unit, per, subject, change = words
    return Level(value, comparator, None, unit, per, out_of, subject, change)


@lru_cache(maxsize=1 << 12)
def _kind(unit: str, per: str, change: str) -> Kind:
    return Kind(fold(unit), fold(per), change)


def _is_range(low: Level, high: Level) -> bool:
    """Whether two levels are alike but for being "at least" and "at most"."""
    return low.comparator == ">=" and low.value < high.value and replace(low, comparator="<=", value=high.value) == high


class Way(StrEnum):
    """How the first of two levels stands to the second."""

    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"
    STRICTER = "stricter"  # a lower ceiling
    LOOSER = "looser"
    BETTER = "better"  # a rank nearer to the first
    WORSE = "worse"
    UNLIKE = "unlike"  # "at least" and "at most", or no level of the same kind


@dataclass(frozen=True, slots=True)
class Difference:
    """Two levels of one kind; `by` is how far apart the numbers are."""

    way: Way
    by: float = 0.0
    unit: str = ""

    @property
    def above(self) -> bool | None:
        """Whether the first asks for more; None where both ask the same, or where nothing can be said."""
        return {
            Way.HIGHER: True, Way.STRICTER: True, Way.BETTER: True,
            Way.LOWER: False, Way.LOOSER: False, Way.WORSE: False,
        }.get(self.way)  # fmt: skip


def difference(first: Level, second: Level) -> Difference:
    """How the first level stands to the second, by what their comparators mean.

    "≥ 90 %" is higher than "≥ 85 %", and "≤ 3 %" is stricter than "≤ 5 %"; a number alone is compared as a number.
    """
    if first.kind != second.kind:
        return Difference(Way.UNLIKE)
    ceiling = any(one.comparator in _CEILINGS for one in (first, second))
    if ceiling and any(one.comparator in _FLOORS and one.high is None for one in (first, second)):
        return Difference(Way.UNLIKE)
    ways = (Way.HIGHER, Way.LOWER)
    if first.unit == RANK:
        ways = (Way.WORSE, Way.BETTER)
    elif ceiling:
        ways = (Way.LOOSER, Way.STRICTER)
    by = next((a - b for a, b in zip(_ends(first, ceiling), _ends(second, ceiling), strict=True) if a != b), 0.0)
    return Difference(ways[by < 0] if by else Way.SAME, round(abs(by), 6), first.unit)


def _ends(level: Level, ceiling: bool) -> tuple[float, float]:
    """The end of a range that counts, then the other; of a single number twice the number."""
    high = level.value if level.high is None else level.high
    return (high, level.value) if ceiling else (level.value, high)


@dataclass(frozen=True, slots=True)
class Compared:
    """A level of each of two targets, and how they differ; a level that has no match stands alone."""

    first: Level | None
    second: Level | None
    difference: Difference | None = None


def compared(first: Sequence[Level], second: Sequence[Level]) -> list[Compared]:
    """Each level of the first with its match in the second: of the same kind, before others of the same subject too."""
    matches: dict[int, Level] = {}
    left = list(second)
    for same_subject in (True, False):
        for at, one in enumerate(first):
            match = next((other for other in left if _match(one, other, same_subject)), None)
            if at not in matches and match is not None:
                matches[at] = match
                left.remove(match)
    pairs = [
        Compared(one, matches.get(at), difference(one, matches[at]) if at in matches else None)
        for at, one in enumerate(first)
    ]
    return pairs + [Compared(None, other) for other in left]


def _match(first: Level, second: Level, same_subject: bool) -> bool:
    return first.kind == second.kind and (not same_subject or fold(first.subject) == fold(second.subject))


def main_difference(pairs: Sequence[Compared]) -> Difference:
    """The difference that two targets are told by: that of their first levels that can be compared."""
    return next((one.difference for one in pairs if one.difference), Difference(Way.UNLIKE))
