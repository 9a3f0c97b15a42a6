"""Findings -> how sure each target and task is, by what a reader would doubt in it (docs/confidence.md)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.check.findings import Findings
from extract.check.numbering import broken_lists
from extract.lexicon import first, phrases
from extract.model import Item, Passage
from extract.normalize.units import opens_unit
from extract.text import fold
from schemas import Confidence, DeadlineKind, Role, Scope, Span, Target, Task, TaskKind

_UNIT_GIVERS = frozenset({"lead", "coordinate", "implement"})
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_STATED_TIME = re.compile(
    r"(?<!\w)(?:\d{1,2}/\d{1,2}(?![\w%])|tháng \d|quý (?:i|v|\d)|(?:trước|đến|trong) (?:ngày|năm) \d)"
)
_LEFT_LABEL = re.compile(r"(?:chủ trì|phối hợp|thời gian|thời hạn|hoàn thành|kết quả|sản phẩm)(?: \w+){0,2}\s*:")
_ENDED = re.compile(r"[.;:!?…/\"”)]\s*$")
_SHORTEST = 25  # characters of a task's text
_LONGEST = 700
_LONGEST_NAME = 60
_FIGURE_IN_NAME = re.compile(r"\d|[;:]")
_LIGHT, _HEAVY = 1, 2


@dataclass(frozen=True)
class _Grounds:
    """What the doubts of a document's records are told from."""

    found: Findings

    @cached_property
    def items(self) -> Mapping[int, Item]:
        """The items by where they begin."""
        return {item.start: item for item in reversed(self.found.items)}

    @cached_property
    def damaged(self) -> tuple[int, ...]:
        """Where damaged words stand."""
        return tuple(d.start for d in self.found.damages)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The paths of headings over lists with broken numbering."""
        return frozenset(broken_lists(self.found))

    def item_of(self, spans: Sequence[Span]) -> Item | None:
        """The item that a record was made of; none for a result and for the closing paragraph."""
        return self.items.get(spans[0].start) if spans else None

    def folded(self, spans: Sequence[Span]) -> str:
        """The folded text of a record."""
        return Passage.of(self.found.reading, [(s.start, s.end) for s in spans]).folded

    def is_damaged(self, spans: Sequence[Span]) -> bool:
        """Whether a damaged word stands in one of the spans."""
        return any(bisect_left(self.damaged, s.start) < bisect_left(self.damaged, s.end) for s in spans)


def rated(found: Findings) -> tuple[tuple[Target, ...], tuple[Task, ...]]:
    """The targets and the tasks with their confidence."""
    grounds = _Grounds(found)
    targets = tuple(t.model_copy(update={"confidence": confidence_of_target(t, grounds)}) for t in found.targets)
    tasks = tuple(t.model_copy(update={"confidence": confidence_of_task(t, grounds)}) for t in found.tasks)
    return targets, tasks


def confidence_of_target(target: Target, grounds: _Grounds) -> Confidence:
    """The level that the doubts about a target leave."""
    item = grounds.item_of(target.spans)
    return _level([*_doubts_of_text(target, item, grounds), *_doubts_of_target(target, item, grounds)])


def confidence_of_task(task: Task, grounds: _Grounds) -> Confidence:
    """The level that the doubts about a task leave."""
    item = grounds.item_of(task.spans)
    return _level([*_doubts_of_text(task, item, grounds), *_doubts_of_task(task, item, grounds)])


def _level(doubts: Sequence[int]) -> Confidence:
    """No doubt is high, a light one medium, a heavy one or two light ones low."""
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[min(sum(doubts), 2)]


def _doubts_of_text(record: Target | Task, item: Item | None, grounds: _Grounds) -> Iterator[int]:
    """Doubts whether the text is one item, whole, and where it seems to stand."""
    text = record.text.strip()
    if text[:1].islower() or text.count("(") != text.count(")"):
        yield _HEAVY  # broken off
    row = item is not None and item.style == "row"
    if len(text) > _LONGEST or not (row or _ENDED.search(text)):
        yield _LIGHT
    if item is not None and not any(node.named for node in item.headings):
        yield _LIGHT  # the section's kind was told from its content
    if grounds.is_damaged(record.spans):
        yield _LIGHT
    if record.group in grounds.broken:
        yield _LIGHT


def _doubts_of_target(target: Target, item: Item | None, grounds: _Grounds) -> Iterator[int]:
    if target.scope is Scope.SPECIFIC and not target.measures:
        yield _LIGHT
    if len(target.measures) > 2:
        yield _LIGHT
    if (left := _figures_left(target, grounds)) > 0:
        yield _HEAVY if left > 2 else _LIGHT
    if item is not None and item.style == "row" and not _is_understood(target, item):
        yield _LIGHT


def _is_understood(target: Target, item: Item) -> bool:
    """Whether each figure of a table's row gave a measure with its unit, and nothing of the row was left aside."""
    read = [m.span for m in target.measures if m.unit and m.span is not None]
    return item.known and all(any(v.start <= s.start < v.end for s in read) for v in item.values)


def _figures_left(target: Target, grounds: _Grounds) -> int:
    """How many numbers of the text are in no measure and not in the deadline; years are no such numbers."""
    spans = [measure.span for measure in target.measures] + [target.due.span if target.due else None]
    read = [(s.start, s.end) for s in spans if s is not None]
    text = grounds.found.reading.text
    figures = [m.span() for s in target.spans for m in _FIGURE.finditer(text, s.start, s.end)]
    return sum(not any(a < end and start < b for a, b in read) for start, end in figures)


def _doubts_of_task(task: Task, item: Item | None, grounds: _Grounds) -> Iterator[int]:
    folded = grounds.folded(task.spans)
    yield from _doubts_of_units(task, item)
    if len(task.text) < _SHORTEST:
        yield _HEAVY
    if first(phrases("verbs", "actions"), folded) is None:
        yield _LIGHT
    if task.deadline is None and _STATED_TIME.search(folded):
        yield _HEAVY
    if task.deadline is not None and task.deadline.kind is DeadlineKind.OTHER:
        yield _LIGHT
    if ":" in folded and _LEFT_LABEL.search(folded) and not _has_own_attributes(item):
        yield _HEAVY
    if item is None or not item.known:
        yield _LIGHT  # a sentence of the closing paragraph; a row with a cell left aside, or taken from the row above


def _has_own_attributes(item: Item | None) -> bool:
    """Whether attributes stand in the item's own text, in brackets or behind labels."""
    if item is None:
        return False
    return any(start <= a.start < end for a in item.attributes for start, end in item.pieces)


def _doubts_of_units(task: Task, item: Item | None) -> Iterator[int]:
    """Doubts whether those who act were read, and read as they are named."""
    if any(len(u.name) > _LONGEST_NAME or _FIGURE_IN_NAME.search(u.name) for u in task.units):
        yield _HEAVY
    if any(not opens_unit(fold(u.name)) for u in task.units):
        yield _LIGHT
    given = item is not None and any(a.gives in _UNIT_GIVERS for a in item.attributes)
    if not task.units:
        if task.kind is not TaskKind.TASK:
            yield _LIGHT if task.kind is TaskKind.ASSIGNMENT else _HEAVY  # nobody's assignment, a row without a unit
    elif task.kind is TaskKind.TASK and not given:
        # read off running text or a heading, where most of what names a unit does not charge it; "chủ trì" does
        yield _LIGHT if any(u.role is Role.LEAD for u in task.units) else _HEAVY
