"""A number in a target's folded text -> whether it only says who or what is counted: "hộ có từ 5 ha trở lên"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.normalize.figures import Figure, Sort
from extract.normalize.quantities import ending, noun_phrase, opening, wordings

_CLAUSE_END = re.compile(r"[;:\n(),]|\.(?!\d)")
_SENTENCE_END = re.compile(r"[;:\n]|\.(?!\d)")
_WINDOW = 160
_UP_OR_DOWN = re.compile(r"\s*trở\s+(?:lên|xuống|lại)\b")
_NEXT_WORD = re.compile(r"\s+(?=[^\W\d_])")
_SHARES = (Sort.SHARE, Sort.RATE)
_COUNTS = (Sort.UNIT, Sort.COUNTED, Sort.NOUN)


def qualifies(folded: str, figure: Figure, lead: int, found: Sequence[Figure]) -> bool:
    """Whether a count is of what is spoken of. `lead` is where its comparator begins; `found` are all the numbers."""
    if figure.sort not in _COUNTS:
        return False
    if _is_size(folded, lead) and (lead < figure.start or len(found) > 1):
        return True
    if opening("not_goal_units").end_at(folded, _unit_at(figure)) and ending("spells").before(folded, lead):
        return True
    shares = [f for f in found if f.sort in _SHARES]
    return (
        _is_denied(folded, lead)
        or _is_of_one(folded, figure, found)
        or (bool(shares) and (_is_had(folded, figure, shares) or _is_of_a_share(folded, figure, shares)))
    )


def _is_size(folded: str, lead: int) -> bool:
    """Whether the word right before is one for a size: "giếng sâu trên 50 m", but not "lúa chất lượng cao 50 ha"."""
    if lead < 2 or folded[lead - 1] != " " or not folded[lead - 2].isalnum():
        return False
    return ending("sizes").before(folded, lead) is not None and ending("no_sizes").before(folded, lead) is None


def _unit_at(figure: Figure) -> int:
    return figure.unit[0] if figure.unit else figure.end


def _clause_start(folded: str, at: int, end: re.Pattern[str] = _CLAUSE_END) -> int:
    start = max(0, at - _WINDOW)
    return max((m.end() for m in end.finditer(folded, start, at)), default=start)


def _one_clause(folded: str, start: int, end: int) -> bool:
    return _CLAUSE_END.search(folded, start, end) is None


def _is_denied(folded: str, lead: int) -> bool:
    """Whether it is what there is to be none of: "không còn xã dưới 10 tiêu chí"; not "không quá 10 vụ"."""
    return wordings("denials").are_in(folded, _clause_start(folded, lead), lead)


def _is_of_one(folded: str, figure: Figure, found: Sequence[Figure]) -> bool:
    """Whether it is the one thing that another number is per: "trên 1 ha đất canh tác đạt 120 triệu đồng"."""
    if figure.value != 1 or figure.high is not None or ending("yields").before(folded, figure.start) is None:
        return False
    return any(f.start > figure.end and _one_clause(folded, figure.end, f.start) for f in found)


def _is_had(folded: str, figure: Figure, shares: Sequence[Figure]) -> bool:
    """Whether those of the clause's share have it and then do something: "90% cơ sở có từ 10 lao động trở lên ký …"."""
    if ending("having").before(folded, figure.start) is None:
        return False
    bound = _UP_OR_DOWN.match(folded, figure.end)
    end = bound.end() if bound else max(figure.end, noun_phrase(folded, _unit_at(figure), 4))
    before = any(f.end < figure.start and _one_clause(folded, f.end, figure.start) for f in shares)
    after = any(f.start > end and _one_clause(folded, end, f.start) for f in shares)
    blank = _NEXT_WORD.match(folded, end)
    if not before or blank is None:
        return after
    goes_on = bound is not None or opening("noun_ends").end_at(folded, blank.end()) is not None
    return after or (goes_on and opening("no_predicates").end_at(folded, blank.end()) is None)


def _is_of_a_share(folded: str, figure: Figure, shares: Sequence[Figure]) -> bool:
    """Whether it stands between "tỷ lệ" and the share: "tỷ lệ trẻ có cân nặng dưới 2.500 gram không quá 6%"."""
    if not any(f.start > figure.end and _one_clause(folded, figure.end, f.start) for f in shares):
        return False
    start = _clause_start(folded, figure.start)
    return wordings("shares_of").are_in(folded, start, figure.start) and not any(
        start <= f.start < figure.start for f in shares
    )
