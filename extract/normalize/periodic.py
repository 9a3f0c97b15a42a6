"""Folded text of a task -> the interval in it that governs the whole: a report's, or one the text begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import first, phrases
from extract.normalize.due import Due, said, vocabulary, words_before
from extract.normalize.recurrence import Recurrence, recurrence, speaks_of_intervals
from extract.normalize.stated import HEAD, MARKS, WINDOW
from schemas import DeadlineKind

_CLAUSE_END = re.compile(r"[.;](?=\s|$)|[;\n]")
_EVERY = re.compile(r"h[ằà]ng\s")
_AT_CLOSE = re.compile(r"\s*(?:[,;.]|$)|\s+(?:để|nhằm)\b")
_CLOSING = re.compile(rf"(?P<once>(?:\s?/\s?|\s+(?:một|0?1)\s+)lần\b)?(?:{_AT_CLOSE.pattern})")  # "6 tháng | một lần."
_FIRM = re.compile(r"định\s+kỳ|\blần\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """A range of the text to a semicolon, a full stop or a line's end, and what recurs by its words."""

    start: int
    end: int
    recurrence: Recurrence | None


def clauses(folded: str) -> list[Clause]:
    """The clauses of a text; none where no word in it is of an interval."""
    if not speaks_of_intervals(folded):
        return []
    return [Clause(start, end, recurrence(folded, start, end)) for start, end in _ranges(folded)]


def _ranges(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _CLAUSE_END.finditer(folded):
        yield start, stop.end()
        start = stop.end()
    if start < len(folded):
        yield start, len(folded)


def due_days(folded: str, parts: Sequence[Clause]) -> Due | None:
    """Days that come back, anywhere in the text: "trước ngày 14 hàng tháng", "ngày … (10/10) hằng năm"."""
    found = [c.recurrence for c in parts if c.recurrence is not None and c.recurrence.pinned]
    if not found:
        return None
    rrule = " ".join(dict.fromkeys(rule for r in found for rule in r.rrule.split()))
    words = words_before(folded, found[0].start)
    return Due(words[0] if words else found[0].start, found[0].end, DeadlineKind.RECURRING, rrule=rrule)


def of_reports(folded: str, parts: Sequence[Clause]) -> Due | None:
    """A report's interval, anywhere: "báo cáo … hằng quý", "chế độ báo cáo định kỳ"."""
    for clause in parts:
        if not said("reports", folded, clause.start, clause.end):
            continue
        found = clause.recurrence
        if found is not None and not _is_of_a_thing(folded, found.start):
            return Due(found.start, found.end, DeadlineKind.RECURRING, rrule=found.rrule)
        for phrase in vocabulary("recurring"):
            if (plain := phrase.find(folded, clause.start, clause.end)) is not None:
                return Due(*plain.span(), DeadlineKind.RECURRING)
    return None


def opening_interval(folded: str, parts: Sequence[Clause]) -> Due | None:
    """An interval at the text's start: "Định kỳ đánh giá …", "Thường xuyên hỗ trợ …", "Hằng năm, …"."""
    head = HEAD.match(folded) if ":" in folded[: WINDOW * 3] else None
    return _interval_at(folded, parts, 0) or (_interval_at(folded, parts, head.end()) if head else None)


def _interval_at(folded: str, parts: Sequence[Clause], start: int) -> Due | None:
    begin = _after_adverbs(folded, start)
    found = next((c.recurrence for c in parts if c.end > begin), None)
    periodic = _starts_with("recurring", folded, begin)
    if found is not None and (found.start <= begin or periodic) and not _is_of_a_thing(folded, found.start):
        return Due(begin, found.end, DeadlineKind.RECURRING, rrule=found.rrule)
    if periodic is not None:
        return Due(begin, periodic, DeadlineKind.RECURRING)
    ongoing = _starts_with("ongoing", folded, begin)
    return None if ongoing is None else Due(begin, ongoing, DeadlineKind.ONGOING)


def interval_of_clause(folded: str, parts: Sequence[Clause]) -> Due | None:
    """In the first clause "định kỳ hằng quý" or "4 lần/tháng"; and "hằng quý" where words of the work end with it."""
    found = parts[0].recurrence if parts else None
    if found is None:
        return None
    closes = "YEARLY" not in found.rrule and _AT_CLOSE.match(folded, found.end) and _EVERY.match(folded, found.start)
    if not closes and not _FIRM.search(folded, found.start, min(parts[0].end, found.end + 4)):
        return None
    if _is_of_a_thing(folded, found.start) or "DAILY" in found.rrule:
        return None
    return Due(found.start, found.end, DeadlineKind.RECURRING, rrule=found.rrule)


def interval_of_charge(folded: str, parts: Sequence[Clause]) -> Due | None:
    """The interval that a sentence ends with which charges somebody: "…. Giao Trạm Y tế thực hiện hằng quý."."""
    for clause in parts:
        found = clause.recurrence
        if found is None or "DAILY" in found.rrule:
            continue
        closing = _CLOSING.match(folded, found.end)
        if closing is None or not first(phrases("units", "charges"), folded[clause.start : clause.end]):
            continue
        yearly = "YEARLY" in found.rrule and not said("done_every_year", folded, clause.start, found.start)
        if not yearly and not _is_of_a_thing(folded, found.start):
            end = closing.end("once") if closing["once"] else found.end
            return Due(found.start, end, DeadlineKind.RECURRING, rrule=found.rrule)
    return None


def _after_adverbs(folded: str, start: int = 0) -> int:
    """Where the text from `start` on begins behind its marks and adverbs such as "chủ động,"."""
    begin = MARKS.match(folded, start)
    at = begin.end() if begin else start
    for _ in range(2):
        found = next((m for p in vocabulary("adverbs") if (m := p.find(folded[at : at + WINDOW]))), None)
        if found is None:
            break
        at += found.end()
        at += len(folded[at:]) - len(folded[at:].lstrip(" ,"))
    return at


def _starts_with(section: str, folded: str, at: int) -> int | None:
    """The end of the section's phrase that stands at a place."""
    return next((m.end() for p in vocabulary(section) if (m := p.pattern.match(folded, at))), None)


def _is_of_a_thing(folded: str, start: int) -> bool:
    """Whether the interval belongs to the noun before it: "kế hoạch hằng năm", "đời sống hằng ngày"."""
    return said("intervals_of_things", folded, max(0, start - WINDOW), start)
