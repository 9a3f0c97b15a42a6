"""Items -> tasks: units with roles, deadline, results (docs/record.md, "Tasks")."""

import re
from collections.abc import Iterator, Sequence

from extract.find.deadlines import deadline_in_task, deadline_of_value
from extract.find.measures import find_measures
from extract.find.units import role_of_duty, units_charged, units_of_heading, units_of_value, units_opening
from extract.lexicon import first, phrases
from extract.link.charge import KINDS, heading_in_charge, heading_of, is_addressed
from extract.link.context import Context
from extract.model import Attribute, Item, Passage
from schemas import Deadline, Measure, Role, SectionKind, Task, TaskKind, UnitRole

_DIGIT = re.compile(r"\d")
_ROLE_OF = {"lead": Role.LEAD, "coordinate": Role.COORDINATE, "implement": Role.IMPLEMENT}


def tasks_of(items: Sequence[Item], context: Context) -> Iterator[Task]:
    """The tasks among the items, in order."""
    for item in items:
        if is_task(item):
            yield _task(item, context)


def is_task(item: Item) -> bool:
    """Whether an item is work: in a section of duties, or a funding item with attributes of its own."""
    if item.kind in KINDS:
        return True
    if item.kind is not SectionKind.FUNDING or not item.attributes:
        return False
    return any(node.kind in {SectionKind.TASKS, SectionKind.IMPLEMENTATION} for node in item.headings)


def _task(item: Item, context: Context) -> Task:
    passage = Passage.of(context.reading, item.pieces)
    kind = KINDS.get(item.kind, TaskKind.TASK)
    if any(node.kind is SectionKind.IMPLEMENTATION for node in item.headings) and kind is TaskKind.TASK:
        kind = TaskKind.ASSIGNMENT
    results = [a for a in item.attributes if a.gives == "result" and a.end > a.start]
    return Task(
        id=context.next_id("N"),
        text=passage.text,
        kind=kind,
        group=item.group,
        units=tuple(_units(item, passage, kind, context)),
        deadline=_deadline(item, passage, context),
        results=tuple(context.reading.text[a.start : a.end] for a in results),
        result_spans=tuple(context.reading.span(a.start, a.end) for a in results),
        measures=tuple(_measures(passage, context)),
        spans=context.reading.spans(item.pieces),
    )


def _measures(passage: Passage, context: Context) -> Iterator[Measure]:
    if not _DIGIT.search(passage.text):
        return
    for mention in find_measures(passage.text, folded=passage.folded):
        yield mention.value.model_copy(update={"span": context.span(passage, mention)})


def _deadline(item: Item, passage: Passage, context: Context) -> Deadline | None:
    """An attribute line or a cell wins over the text."""
    for attribute in item.attributes:
        if attribute.gives == "deadline":
            return deadline_at(attribute, context)
    found = deadline_in_task(passage.text, year=context.year, folded=passage.folded, single_year=context.single_year)
    if found is None:
        return _deadline_of_heading(item, context)
    return found.value.model_copy(update={"span": context.span(passage, found)})


def _deadline_of_heading(item: Item, context: Context) -> Deadline | None:
    """The time that a heading over the task is nothing but, or that a phase's heading gives in brackets."""
    for node in reversed(item.headings):
        if node.named or node.grid is not None:
            continue
        found = first(phrases("lead_ins", "time_headings"), node.folded)
        if found is None:
            continue
        at, end = found[1].span("bracket_time") if found[0].means["bracketed"] else (0, node.end - node.start)
        return deadline_at(Attribute("deadline", node.start + at, node.start + end), context)
    return None


def deadline_at(attribute: Attribute, context: Context) -> Deadline | None:
    """The deadline that an attribute's value gives."""
    if attribute not in context.deadlines_read:
        context.deadlines_read[attribute] = _read_deadline(attribute, context)
    return context.deadlines_read[attribute]


def _read_deadline(attribute: Attribute, context: Context) -> Deadline | None:
    found = deadline_of_value(context.reading.text[attribute.start : attribute.end], year=context.year)
    if found is None:
        return None
    span = context.reading.span(attribute.start + found.start, attribute.start + found.end)
    return found.value.model_copy(update={"span": span})


def _units(item: Item, passage: Passage, kind: TaskKind, context: Context) -> Iterator[UnitRole]:
    """Those of attribute lines; else those that the text charges; else, for an assignment, the heading's."""
    named = [a for a in item.attributes if a.gives in _ROLE_OF]
    if named:
        seen: set[tuple[str, Role]] = set()
        for attribute in named:
            for unit in _units_at(attribute, context):
                if (unit.name, unit.role) not in seen:
                    seen.add((unit.name, unit.role))
                    yield unit
        return
    if item.run_on and (kind is TaskKind.ASSIGNMENT or is_addressed(item, context)):
        role = role_of_duty(context.reading.text[item.run_on[1] + 1 : item.pieces[0][1]].lstrip())
        yield from _of_heading(item.run_on, role, context)
        return
    heading = heading_in_charge(item, kind, context)
    if heading is not None:
        yield from _of_heading((heading.start, heading.end), role_of_duty(passage.text), context, kind)
        return
    charged = units_charged(passage.text, passage.folded)
    if not charged and kind is TaskKind.ASSIGNMENT and (not item.headings or item.headings[-1].named):
        charged = units_opening(passage.text, passage.folded)
    for mention in charged:
        yield context.unit(mention.value, context.span(passage, mention))


def _units_at(attribute: Attribute, context: Context) -> tuple[UnitRole, ...]:
    if attribute not in context.units_read:
        context.units_read[attribute] = tuple(_read_units(attribute, context))
    return context.units_read[attribute]


def _read_units(attribute: Attribute, context: Context) -> Iterator[UnitRole]:
    text = context.reading.text[attribute.start : attribute.end]
    for mention in units_of_value(text, _ROLE_OF[attribute.gives]):
        span = context.reading.span(attribute.start + mention.start, attribute.start + mention.end)
        yield context.unit(mention.value, span)


def _of_heading(
    where: tuple[int, int], role: Role, context: Context, kind: TaskKind = TaskKind.ASSIGNMENT
) -> Iterator[UnitRole]:
    """The heading's units with the role that the duty's opening gives them; in a tasks section they implement."""
    text = heading_of(context.reading.text[where[0] : where[1]])
    for mention in units_of_heading(text):
        role_here = role if kind is TaskKind.ASSIGNMENT else Role.IMPLEMENT
        span = context.reading.span(where[0] + mention.start, where[0] + mention.end)
        yield context.unit(mention.value.model_copy(update={"role": role_here}), span)
