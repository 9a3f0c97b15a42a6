"""Record -> marks: one for every span, with what was read there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publish.marks.kinds import KINDS, RANKS, Kind
from publish.marks.laid import Place
from schemas import Citation, Deadline, Head, Measure, Record, Span, Target, Task

# fields of the document that are printed as they stand, so that each must show where
_PRINTED = ("number", "symbol", "title", "issuer", "place", "issued", "period", "recipients")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the record's text: `label` is short (an id, a field's name), `said` what was read there.

    `span` is None for a value that does not say where it was read; `item` is the id of the target or task it is of.
    """

    kind: Kind
    label: str
    said: str
    span: Span | None
    item: str = ""


def marks_of(record: Record) -> list[Mark]:
    """A mark for every span of the record, and one for every value that has none though it should."""
    return [
        *_of_head(record.document),
        *_of_citations("legal_bases", "basis", record.legal_bases),
        *_of_citations("references", "ref", record.references),
        *(Mark(KINDS["sections"], s.path or s.label, s.kind.value, s.span) for s in record.sections),
        *(mark for target in record.targets for mark in marks_of_target(target)),
        *(mark for task in record.tasks for mark in marks_of_task(task)),
        *(
            [Mark(KINDS["funding"], "funding", "; ".join(record.funding.sources), record.funding.span)]
            if record.funding
            else []
        ),
        *(Mark(KINDS["problems"], p.code, p.message, p.span) for p in record.problems if p.span is not None),
    ]


def places_of(marks: Sequence[Mark]) -> list[Place]:
    """Where in the text the marks lie, by their numbers; where several lie on one range, by their types."""
    return [
        Place(number, mark.span.start, mark.span.end, RANKS.get(mark.kind.name, len(RANKS)))
        for number, mark in enumerate(marks)
        if mark.span is not None
    ]


def without_box(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that can't be shown on a page."""
    return [mark for mark in marks if mark.span is None or not mark.span.bboxes]


def _of_head(head: Head) -> Iterator[Mark]:
    for name, spans in head.spans.items():
        yield from _each("document", name, _field(head, name), spans)
    for name in (*_PRINTED, "signer.name", "signer.position"):
        if _field(head, name) and not head.spans.get(name):
            yield Mark(KINDS["document"], name, _field(head, name), None)


def _field(head: Head, name: str) -> str:
    """A field's value in words, "" for none."""
    value: object = head.model_dump(mode="json")
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items() if one)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _of_citations(kind: str, label: str, citations: Sequence[Citation]) -> Iterator[Mark]:
    for number, cited in enumerate(citations, 1):
        date = cited.date.isoformat() if cited.date else None
        said = " · ".join(part for part in (cited.kind, cited.number, date, cited.issuer) if part)
        yield Mark(KINDS[kind], f"{label} {number}", said, cited.span)


def marks_of_target(target: Target) -> list[Mark]:
    """A mark for the target, its measures and its due."""
    label = _short(target.id)
    return _owned(
        target.id,
        *_each("targets", label, f"{target.scope.value} · {target.indicator}", target.spans),
        *_of_measures(label, target.measures),
        *_of_deadline(label, target.due),
    )


def marks_of_task(task: Task) -> list[Mark]:
    """A mark for the task, its units, deadline, results and measures."""
    label = _short(task.id)
    spans = iter(task.result_spans)
    return _owned(
        task.id,
        *_each("tasks", label, f"{task.kind.value} · {task.group}", task.spans),
        *(Mark(KINDS["units"], f"{label} {unit.role.value}", unit.canonical, unit.span) for unit in task.units),
        *_of_deadline(label, task.deadline),
        *(Mark(KINDS["results"], f"{label} result", result, next(spans, None)) for result in task.results),
        *_of_measures(label, task.measures),
    )


def _owned(item: str, *marks: Mark) -> list[Mark]:
    return [replace(mark, item=item) for mark in marks]


def _of_measures(label: str, measures: Sequence[Measure]) -> Iterator[Mark]:
    for measure in measures:
        number = f"{measure.comparator.value} {measure.value:g}"
        said = " ".join(part for part in (number, measure.unit, measure.per and f"/ {measure.per}") if part)
        yield Mark(KINDS["measures"], f"{label} {number}", said, measure.span)


def _of_deadline(label: str, deadline: Deadline | None) -> Iterator[Mark]:
    if deadline is None:
        return
    days = "..".join(str(day) for day in (deadline.start, deadline.end) if day)
    said = " ".join(part for part in (deadline.kind.value, days, deadline.rrule) if part)
    yield Mark(KINDS["deadlines"], f"{label} {deadline.kind.value} {deadline.end or ''}".strip(), said, deadline.span)


def _each(kind: str, label: str, said: str, spans: Sequence[Span]) -> Iterator[Mark]:
    for span in spans or (None,):
        yield Mark(KINDS[kind], label, said, span)


def _short(item_id: str) -> str:
    """The part of an id that tells it from the record's others."""
    return item_id.rpartition("-")[2]
