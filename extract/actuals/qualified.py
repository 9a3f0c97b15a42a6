"""The words around a number that hold it against another: what it moved from, what it is a share of."""

import re
from dataclasses import dataclass

from extract.actuals.amounts import Amount
from extract.actuals.draft import Counted
from extract.actuals.times import is_before
from extract.actuals.words import all_in, opening, right_before, wordings
from extract.normalize.moments import all_moments
from extract.normalize.numbers import PRINTED, number
from extract.text import squeezed
from schemas import Change

_AGAINST = re.compile(r"(?:\s*\([^()]*\))?[^,;.()]{0,40}?\bso\s+(?:với\s+)?(?!với\b)(?=[^\W\d_]|\d{1,2}\s+tháng\b)")
_BASE = re.compile(r"[^,;()\n]{2,60}?(?=[,;()]|\.(?:\s|\Z)|\Z)")
_SO = re.compile(r"(?:so\s+với|so)\s+")
_TIMES = re.compile(r"(?:(?:tăng|cao|nhiều)\s+)?gấp\s+(?:hơn\s+|khoảng\s+|gần\s+|trên\s+)?\Z")
_MARKS = " ,;:()-"
_SHORTEST_TIME = 5  # characters: "9/2025" is longer, a blank and a verb are not
_PLAN_FIGURE = re.compile(rf"[^,;.()\d]{{0,30}}?\s(?:là\s+|giao\s+)?\(?(?P<n>{PRINTED})(?=\s?(?:%|[^\W\d_]))")


@dataclass(frozen=True, slots=True)
class Move:
    """How a value moved, where the words for it begin, and what it is held against."""

    change: Change
    start: int
    base: str | None


def move_of(text: str, folded: str, amount: Amount, begin: int) -> Move | None:
    """The change that a number is the amount of: "tăng 5%", "tăng so với cùng kỳ 5%", "gấp 1,5 lần"."""
    if (found := right_before("changes", folded, amount.start, begin)) is not None:
        return Move(Change(found[1]["change"]), found[0], base_behind(text, folded, amount.end))
    if times := _TIMES.search(folded, max(begin, amount.start - 20), amount.start):
        return Move(Change.INCREASE, times.start(), base_behind(text, folded, amount.end))
    for start, end, means in all_in("moves", folded, begin, amount.start):
        base = _between(text, folded, end, amount.start)
        if base is not None:
            return Move(Change(means["change"]), start, base)
    return None


def _between(text: str, folded: str, start: int, at: int) -> str | None:
    """The base where it is all that stands between the verb and the number."""
    so = _SO.match(folded, start + 1)
    begin = so.end() if so else start + 1
    opens = opening("bases").end_at(folded, start + 1) or opening("plans").end_at(folded, start + 1)
    words = folded[begin:at]
    if opens is None or opens > at or any(mark in words for mark in ",;:()") or _levels(words):
        return None
    return squeezed(text[begin:at]).removesuffix(" là") or None


def _levels(words: str) -> bool:
    return any(f" {verb} " in f" {words} " for verb in ("còn", "lên", "xuống", "đạt"))


def compared_with(text: str, folded: str, begin: int, at: int) -> tuple[str, int] | None:
    """What words that open with "so với cùng kỳ (năm 2025)" hold numbers against, and where the words for it end."""
    so = _SO.match(folded, at - len(folded[begin:at].lstrip(_MARKS)), at)
    if so is None or (known := opening("bases").end_at(folded, so.start())) is None or known > at:
        return None
    verbs = (a for section in ("moves", "levels_after") for a, _, _ in all_in(section, folded, so.end(), at))
    marks = (i for i in range(known, at) if folded[i] in ",;:(")
    stop = min([*verbs, *marks], default=at)
    return squeezed(text[so.end() : stop]).strip(_MARKS), stop


def label_of(text: str, folded: str, counted: Counted | None) -> str | None:
    """The words for an earlier time in a stretch: "(năm 2025 là" -> "năm 2025"; any time if there is no `counted`."""
    place = earlier_in(folded, counted)
    return squeezed(text[slice(*place)]) if place else None


def earlier_in(folded: str, counted: Counted | None) -> tuple[int, int] | None:
    """Where a stretch names a time before the one counted over, up to a verb at its end."""
    if len(folded) < _SHORTEST_TIME:
        return None
    starts = [a for a, _, _ in wordings("times_before").find_all(folded, 0, len(folded))]
    starts += [m.start for m in all_moments(folded) if counted is None or is_before(m, counted)]
    if not starts:
        return None
    start, end = min(starts), len(folded.rstrip(_MARKS))
    while start and (lead := right_before("time_leads", folded, start)) is not None:
        start = lead[0]
    while (level := right_before("levels", folded, end, start)) is not None and level[0] > start:
        end = len(folded[: level[0]].rstrip(_MARKS))
    return (start, end) if end > start else None


def label_before(text: str, folded: str, begin: int, at: int, counted: Counted) -> str | None:
    """The earlier time that is all that stands before a number: "cùng kỳ là", "(năm 2024:"."""
    place = earlier_in(folded[begin:at], counted)
    if place is None or folded[begin : begin + place[0]].strip(_MARKS):
        return None
    start, end = begin + place[0], begin + place[1]
    return squeezed(text[start:end]) if "," not in folded[start:end] else None


def base_behind(text: str, folded: str, end: int) -> str | None:
    """What a number is held against by the words behind it: "so với cùng kỳ năm 2025", "kế hoạch"."""
    at = end + (folded[end : end + 1] == " ")
    against = _AGAINST.match(folded, end)
    begin = against.end() if against else at
    if against is None and opening("bases").end_at(folded, at) is None and opening("plans").end_at(folded, at) is None:
        return None
    if against is not None and _is_share(folded, begin):
        return None
    found = _BASE.match(folded, begin)
    if found is None:
        return None
    stop = next((a for a, _, _ in wordings("base_ends").find_all(folded, begin + 1, found.end())), found.end())
    return squeezed(text[begin:stop]) or None


def _is_share(folded: str, at: int) -> bool:
    return folded.startswith("tổng số", at)


def is_of_plan(folded: str, end: int) -> bool:
    """Whether the words behind a percentage say that it is the plan's."""
    at = end + (folded[end : end + 1] == " ")
    return opening("plans").end_at(folded, at) is not None


def plan_behind(folded: str, end: int) -> float | None:
    """The plan's figure behind "đạt 85% kế hoạch giao (120 ha)" or "… kế hoạch 120 ha"."""
    at = end + (folded[end : end + 1] == " ")
    plan = opening("plans").end_at(folded, at)
    found = _PLAN_FIGURE.match(folded, plan) if plan is not None and folded[plan : plan + 2] == " (" else None
    return number(found["n"]) if found else None
