"""One record -> the rows of its targets and tasks, with their measures, units, quarters, days and results."""

from collections.abc import Iterator, Mapping, Sequence

from extract.text import unaccented
from publish.cells import code, deadline_columns, iso, quarters, span_columns, spans_columns
from publish.plan_rows import plan_year, section_above, sections_by_path
from publish.shared_rows import unit_key
from publish.tables import Row, Rows
from publish.task_days import active_columns, task_day_rows
from schemas import Measure, Record, Span, Target, Task

Sections = Mapping[str, str]  # keys by path


def item_rows(record: Record) -> Rows:
    """The rows of the record's targets and tasks, and of all that belongs to them."""
    sections = sections_by_path(record)
    targets = [(_key(record, target.id), target) for target in record.targets]
    tasks = [(_key(record, task.id), task) for task in record.tasks]
    return {
        "targets": [target_row(record, sections, key, at, target) for at, (key, target) in enumerate(targets, 1)],
        "tasks": [task_row(record, sections, key, at, task) for at, (key, task) in enumerate(tasks, 1)],
        "task_units": [row for key, task in tasks for row in task_unit_rows(record, key, task)],
        "task_quarters": [row for key, task in tasks for row in task_quarter_rows(key, task)],
        "task_days": [row for key, task in tasks for row in task_day_rows(record, key, task)],
        "task_results": [row for key, task in tasks for row in task_result_rows(key, task)],
        "measures": [
            *(row for key, target in targets for row in measure_rows("target_id", key, target.measures)),
            *(row for key, task in tasks for row in measure_rows("task_id", key, task.measures)),
        ],
    }


def _key(record: Record, own: str) -> str:
    """A key that is unique among all plans' records."""
    return own if own.startswith(record.id) else f"{record.id}-{own}"


def target_row(record: Record, sections: Sections, key: str, position: int, target: Target) -> Row:
    """A target; its measures are rows of their own."""
    due = target.due
    touched = quarters(due)
    end = (due.end or due.start) if due else None
    period_end = record.document.period.end
    year = end.year if end else (period_end.year if period_end else plan_year(record))
    return {
        "id": key,
        "plan_id": record.id,
        "position": position,
        "text": target.text,
        "indicator": target.indicator,
        "scope": code(target.scope),
        "modality": code(target.modality),
        "year": year,
        "quarter": touched[-1] if touched else None,
        **deadline_columns("due", due),
        "section_id": section_above(sections, target.group),
        "section_path": target.group or None,
        "confidence": code(target.confidence),
        "search_text": unaccented(target.text),
        **spans_columns(target.spans),
    }


def task_row(record: Record, sections: Sections, key: str, position: int, task: Task) -> Row:
    """A task; its units, quarters, days, results and measures are rows of their own."""
    touched = quarters(task.deadline)
    return {
        "id": key,
        "plan_id": record.id,
        "position": position,
        "text": task.text,
        "kind": code(task.kind),
        "quarter": touched[-1] if touched else None,
        **deadline_columns("deadline", task.deadline),
        **active_columns(record, task),
        "section_id": section_above(sections, task.group),
        "section_path": task.group or None,
        "confidence": code(task.confidence),
        "search_text": unaccented(task.text),
        **spans_columns(task.spans),
    }


def task_unit_rows(record: Record, key: str, task: Task) -> list[Row]:
    """The task's units with their roles, in the order printed."""
    return [
        {
            "id": f"{key}-unit{at}",
            "task_id": key,
            "position": at,
            "unit_id": unit_key(unit),
            "role": code(unit.role),
            "name": unit.name,
            "plan_id": record.id,
            "year": plan_year(record),
            **span_columns(unit.span),
        }
        for at, unit in enumerate(task.units, 1)
    ]


def task_quarter_rows(key: str, task: Task) -> list[Row]:
    """A row a quarter that the task's deadline touches."""
    end = iso(task.deadline.end) if task.deadline else None
    return [
        {"id": f"{key}-{name}", "task_id": key, "quarter": name, "deadline_end": end}
        for name in quarters(task.deadline)
    ]


def task_result_rows(key: str, task: Task) -> list[Row]:
    """The results that the task is to give."""
    spans: Iterator[Span | None] = iter(task.result_spans)
    return [
        {"id": f"{key}-result{at}", "task_id": key, "position": at, "text": text, **span_columns(next(spans, None))}
        for at, text in enumerate(task.results, 1)
    ]


def measure_rows(owner: str, key: str, measures: Sequence[Measure]) -> list[Row]:
    """The numbers of a target or task, the main one first; `owner` is the column that holds `key`."""
    return [
        {
            "id": f"{key}-measure{at}",
            "target_id": None,
            "task_id": None,
            owner: key,
            "position": at,
            "comparator": code(measure.comparator),
            "value": measure.value,
            "unit": measure.unit,
            "per": measure.per,
            "out_of": measure.of,
            "subject": measure.subject,
            "change": code(measure.change),
            **span_columns(measure.span),
        }
        for at, measure in enumerate(measures, 1)
    ]
