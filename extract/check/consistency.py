"""Targets and tasks -> what they leave open, and where they contradict one another or the day of issue."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations

from extract.check.findings import Findings, opening, problem
from extract.check.head import spelt
from extract.lexicon import load
from extract.text import fold
from schemas import Comparator, Deadline, DeadlineKind, Measure, Problem, Scope, Span, Target, Task
from schemas.codelists import by_code

_WORD = re.compile(r"\w+")
_SHARE = "%"
_NARROWING_WORDS = 5
_DATED = frozenset({DeadlineKind.BY, DeadlineKind.MONTH, DeadlineKind.QUARTER, DeadlineKind.YEAR, DeadlineKind.PERIOD})
_MOST_COMPARED = 400  # targets of one indicator; a table of targets by commune has more, and they are no contradiction


def consistency_problems(found: Findings) -> Iterator[Problem]:
    """Conflicting targets, deadlines before the day of issue, tasks without unit or deadline."""
    yield from _conflicts(found.targets)
    yield from _early_deadlines(found)
    yield from _open_tasks(found.tasks)


def _conflicts(targets: Sequence[Target]) -> Iterator[Problem]:
    """Two shares to be reached of one indicator, people and time that can't both hold: 100% and 60%."""
    by_key: dict[tuple[str, Scope, object], list[Target]] = {}
    for target in targets:
        if target.indicator != "other" and target.measures and target.measures[0].unit == _SHARE:
            due = (target.due.start, target.due.end) if target.due else None
            by_key.setdefault((target.indicator, target.scope, due), []).append(target)
    for (indicator, _, _), alike in by_key.items():
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if _excludes(one.measures[0], other.measures[0]) and _same_people(one, other):
                label = by_code("indicators").get(indicator, {}).get("label_vi", indicator)
                values = f"{_value(one.measures[0])} và {_value(other.measures[0])}"
                texts = f"“{opening(one.text)}” và “{opening(other.text)}”"
                message = f"Hai chỉ tiêu về “{label}” nêu hai mức: {values} ({texts})."
                yield problem("targets_conflict", message, _first(other.spans))


def _excludes(one: Measure, other: Measure) -> bool:
    """Whether no value can satisfy both."""
    if one.change or other.change or one.unit != other.unit or one.per != other.per:
        return False
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return high < other_low or other_high < low


def _bounds(measure: Measure) -> tuple[float, float]:
    low = float("-inf") if measure.comparator in {Comparator.AT_MOST, Comparator.LESS} else measure.value
    high = float("inf") if measure.comparator in {Comparator.AT_LEAST, Comparator.MORE} else measure.value
    return low, high


def _same_people(one: Target, other: Target) -> bool:
    """Whether both speak of the same people or things: nothing but filling words in one that the other lacks."""
    mine, theirs = _subject(one), _subject(other)
    if not mine or not theirs:
        return False
    return (mine ^ theirs) <= _words("neutral") and bool(mine & theirs)


@cache
def _words(section: str) -> frozenset[str]:
    """A plain list of words of the lexicon."""
    return frozenset(fold(word) for word in load("checks")[section])


def _subject(target: Target) -> frozenset[str]:
    """The words of whom the share is of, with those that narrow them down behind: "trong độ tuổi trưởng thành"."""
    subject, text = fold(target.measures[0].subject or ""), fold(target.text)
    behind = _WORD.findall(text[at + len(subject) :]) if subject and (at := text.find(subject)) >= 0 else []
    narrowed = behind[:_NARROWING_WORDS] if behind and behind[0] in _words("narrowing") else []
    return frozenset([*_WORD.findall(subject), *narrowed])


def _value(measure: Measure) -> str:
    sign = "" if measure.comparator is Comparator.EQUAL else f"{measure.comparator.value} "
    return f"{sign}{measure.value:g}{measure.unit}".replace(".", ",")


def _early_deadlines(found: Findings) -> Iterator[Problem]:
    """A deadline that is over on the first day that the plan can be of; one problem for each place it is printed at."""
    issued = found.head.issued
    if issued.year is None:
        return
    earliest = _day(issued.year, issued.month, issued.day if issued.month else None)
    seen: set[tuple[int, int]] = set()
    for record, due in _deadlines(found):
        span = due.span or _first(record.spans)
        place = (span.start, span.end) if span else (-1, -1)
        if due.kind in _DATED and due.end is not None and due.end < earliest and place not in seen:
            seen.add(place)
            over = f"Thời hạn {due.end:%d/%m/%Y} đã qua khi kế hoạch ban hành ({spelt(issued)})"
            yield problem("deadline_before_issue", f"{over}: “{opening(record.text)}”.", span)


def _day(year: int, month: int | None, day: int | None) -> date:
    """The first day that a date with blanks can be; a day that its month hasn't counts as the first."""
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return date(year, 1, 1)


def _deadlines(found: Findings) -> Iterator[tuple[Target | Task, Deadline]]:
    yield from ((task, task.deadline) for task in found.tasks if task.deadline)
    yield from ((target, target.due) for target in found.targets if target.due)


def _open_tasks(tasks: Sequence[Task]) -> Iterator[Problem]:
    """For each section the count of its tasks that name no unit, and of those that name no deadline."""
    sections: dict[str, list[Task]] = {}
    for task in tasks:
        sections.setdefault(task.group.partition(".")[0], []).append(task)
    for section, own in sections.items():
        yield from _open("task_without_unit", "đơn vị", section, own, [t for t in own if not t.units])
        yield from _open("task_without_deadline", "thời hạn", section, own, [t for t in own if t.deadline is None])


def _open(code: str, what: str, section: str, tasks: Sequence[Task], without: Sequence[Task]) -> Iterator[Problem]:
    if without:
        place = {"": "Ngoài các mục", "PL": "Phụ lục", "closing": "Đoạn kết"}.get(section, f"Mục {section}")
        count = f"{len(without)} trong {len(tasks)} nhiệm vụ không nêu {what}"
        yield problem(code, f"{place}: {count}, đầu tiên là “{opening(without[0].text)}”.", _first(without[0].spans))


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None
