"""The parts of a target that asks for several things: "85% hồ sơ nộp trực tuyến; 100% kết quả được số hóa"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from publish.progress.proposals.candidates import Wanted

_PARTS = re.compile(r"[;,]\s")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@lru_cache(maxsize=4096)
def clauses_of(target: Wanted) -> tuple[str, ...]:
    """The clause of each level, where each has one of its own; else nothing.

    >>> from publish.progress.proposals.candidates import Level
    >>> from schemas import Comparator
    >>> levels = tuple(Level(Comparator.AT_LEAST, value, "%") for value in (48, 5))
    >>> clauses_of(Wanted("a", "48% lao động có BHXH, trong đó tự nguyện trên 5%", levels))
    ('48% lao động có BHXH', 'trong đó tự nguyện trên 5%')
    """
    parts = _PARTS.split(target.text)
    places = _places(parts, target)
    return tuple(parts[place] for place in places) if len(set(places)) == len(target.levels) > 1 else ()


@lru_cache(maxsize=4096)
def measured_part(target: Wanted) -> str:
    """What stands between semicolons around the number of a target that asks for one thing; else all of it.

    >>> from publish.progress.proposals.candidates import Level
    >>> from schemas import Comparator
    >>> measured_part(Wanted("a", "Giữ vững an ninh; giảm 5% số vụ trộm cắp", (Level(Comparator.AT_LEAST, 5, "%"),)))
    'giảm 5% số vụ trộm cắp'
    """
    parts = target.text.split("; ")
    places = _places(parts, target) if len(target.levels) == 1 else []
    return parts[places[0]] if places else target.text


def _places(parts: Sequence[str], target: Wanted) -> list[int]:
    """The part of each level: the first with its number, of equal numbers each its own ("100% …; 100% …")."""
    found: list[int] = []
    for at, level in enumerate(target.levels):
        again = level.value in {other.value for other in target.levels[:at]}
        having = (place for place, part in enumerate(parts) if level.value in _numbers(part))
        found += [place for place in having if not (again and place in found)][:1]
    return found


def _numbers(text: str) -> set[float]:
    """The numbers of a text, whether its stops part thousands or its commas decimals."""
    return {float(one.replace(".", "").replace(",", ".")) for one in _NUMBER.findall(text) if one.count(",") < 2}
