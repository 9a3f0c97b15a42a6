"""Items and results -> targets (docs/record.md, "Targets")."""

import re
from collections.abc import Iterator, Sequence

from extract.find.deadlines import due_in_target, due_of_heading
from extract.find.measures import find_measures, modality_of
from extract.lexicon import first, phrases
from extract.link.cells import is_place_in_an_order, measures_of_cell, unit_in_brackets
from extract.link.context import Context
from extract.link.indicators import indicator_of
from extract.link.tasks import deadline_at, is_task
from extract.model import Attribute, Item, Mention, Passage, TableValue
from extract.text import fold
from schemas import Deadline, Measure, Scope, SectionKind, Target

_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(r"(?:ít nhất|tối thiểu|mỗi) (?:một|hai|ba)\b")
_FIGURE = re.compile(r"\d[\d.,]*")


def targets_of(items: Sequence[Item], context: Context) -> Iterator[Target]:
    """The targets among the items, and those in the results of tasks, in reading order."""
    results: set[tuple[int, int]] = set()
    for item in items:
        if item.kind is SectionKind.GOALS:
            target = _of_goals(item, context)
            if target is not None:
                yield target
        elif item.kind in {SectionKind.PURPOSE, SectionKind.REQUIREMENTS}:
            yield from _of_requirements(item, context)
        if is_task(item):
            for attribute in item.attributes:
                if attribute.gives == "result" and (attribute.start, attribute.end) not in results:
                    results.add((attribute.start, attribute.end))
                    yield from _of_result(attribute, item, context)


def _of_goals(item: Item, context: Context) -> Target | None:
    passage = Passage.of(context.reading, item.pieces)
    if first(phrases("targets", "standing"), passage.folded):
        return None
    measures = list(_cell_measures(item, passage, context)) or _measures(passage, context)
    scope = Scope.GENERAL if item.scope == "general" else Scope.SPECIFIC
    due = _due(passage, item, context)
    return _target(item, passage, scope, measures=measures, due=due, context=context)


def _of_requirements(item: Item, context: Context) -> Iterator[Target]:
    """An item under Mục đích or Yêu cầu that sets a share or a count to be reached."""
    passage = Passage.of(context.reading, item.pieces)
    if not _DIGIT.search(passage.text):
        return
    measures = _measures(passage, context)
    due = _due(passage, item, context)
    reached = first(phrases("targets", "reached"), passage.folded) is not None
    if any(m.unit == "%" for m in measures) or (measures and (due is not None or reached)):
        yield _target(item, passage, Scope.SPECIFIC, measures=measures, due=due, context=context)


def _of_result(attribute: Attribute, item: Item, context: Context) -> Iterator[Target]:
    """A result that holds a number; its due is the deadline of its row or task."""
    text = context.reading.text[attribute.start : attribute.end]
    if not _DIGIT.search(text) and not _NUMBER_WORD.search(fold(text)):
        return
    passage = Passage.of(context.reading, [(attribute.start, attribute.end)])
    measures = _measures(passage, context)
    if not measures:
        return
    row = next((a for a in item.attributes if a.gives == "deadline"), None)
    due = deadline_at(row, context) if row else None
    yield _target(item, passage, Scope.RESULT, measures=measures, due=due, context=context)


def _target(  # noqa: PLR0913 - the parts of a target
    item: Item, passage: Passage, scope: Scope, *, measures: Sequence[Measure], due: Deadline | None, context: Context
) -> Target:
    return Target(
        id=context.next_id("C"),
        text=passage.text,
        scope=scope,
        indicator=indicator_of(passage.text),
        measures=tuple(measures),
        due=due,
        modality=modality_of(passage.text, folded=passage.folded),
        group=item.group,
        spans=context.reading.spans(passage.pieces),
    )


def _measures(passage: Passage, context: Context) -> list[Measure]:
    return [
        m.value.model_copy(update={"span": context.span(passage, m)})
        for m in find_measures(passage.text, folded=passage.folded)
    ]


def _cell_measures(item: Item, passage: Passage, context: Context) -> Iterator[Measure]:
    """The measures of a row's figures, in the unit that its own column gives, else its name or its column's head."""
    ranked = bool(item.values) and is_place_in_an_order(passage.folded)
    for value in item.values:
        printed = context.reading.text[value.start : value.end]
        for mention in measures_of_cell(printed, _unit_of(value, passage, context), ranked=ranked):
            span = context.reading.span(value.start + mention.start, value.start + mention.end)
            yield mention.value.model_copy(update={"span": span})


def _unit_of(value: TableValue, passage: Passage, context: Context) -> str:
    text = context.reading.text
    if value.unit:
        return text[value.unit[0] : value.unit[1]]
    head = text[value.head[0] : value.head[1]] if value.head else ""
    places = ((name, unit_in_brackets(name)) for name in (passage.text, head))
    return next((name[at[0] : at[1]] for name, at in places if at), "")


def _due(passage: Passage, item: Item, context: Context) -> Deadline | None:
    """A deadline stated in the target, else in the heading over it, or over its column, where those part by time."""
    own = due_in_target(passage.text, year=context.year, folded=passage.folded, single_year=context.single_year)
    if own is not None:
        return own.value.model_copy(update={"span": context.span(passage, own)})
    heads = [value.head for value in item.values if value.head]
    for start, end in heads[:1]:
        found = due_of_heading(context.reading.text[start:end], year=context.year if context.single_year else None)
        if found is not None:
            return _placed(found, start, context)
    for node in reversed(item.headings):
        if node.kind is not SectionKind.GOALS:
            break
        head = node.text.partition(":")[0]
        start = head.rfind(". ") + 1
        found = (
            due_of_heading(head[start:], year=context.year if context.single_year else None)
            if len(head) - start < 160
            else None
        )
        if found is not None:
            return _placed(found, node.start + start, context)
    return None


def _placed(found: Mention[Deadline], offset: int, context: Context) -> Deadline:
    span = context.reading.span(offset + found.start, offset + found.end)
    return found.value.model_copy(update={"span": span})
