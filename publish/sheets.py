"""Records -> flat tables for a spreadsheet: plans, targets and tasks, a row each, everything of a row in its cells."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from publish.export.values import guarded, plain_number
from publish.rows import record_rows
from publish.tables import Row, Value
from schemas import Comparator, Measure, Record, Role, Target, Task

_OF_PLAN = "plan_id plan_number plan_title issuer locality"
_COLUMNS = {
    "plans": """id title kind number symbol issuer issuer_level locality year period_start period_end place issued_date
        issued_year issued_month issued_day signer_name signer_position funding_text filename sha256 pages text_source
        extractor""",
    "targets": f"""{_OF_PLAN} id text indicator scope comparator value unit per measures year quarter due_kind due_start
        due_end due_rrule due_text modality section_path confidence page span_start span_end""",
    "tasks": f"""{_OF_PLAN} id text kind lead_units coordinate_units implement_units results quarter deadline_kind
        deadline_start deadline_end deadline_rrule deadline_text section_path confidence page span_start span_end""",
}
SHEETS = {name: columns.split() for name, columns in _COLUMNS.items()}


def sheet_rows(record: Record) -> dict[str, list[Row]]:
    """The record's rows of each sheet, with the columns of `SHEETS`."""
    rows = record_rows(record)
    locality = rows["localities"][0]["full_name"] if rows["localities"] else None
    plan = {**rows["plans"][0], "locality": locality}
    of_plan: Row = {
        "plan_id": record.id,
        "plan_number": plan["number"],
        "plan_title": plan["title"],
        "issuer": plan["issuer"],
        "locality": locality,
    }
    targets = zip(rows["targets"], record.targets, strict=True)
    tasks = zip(rows["tasks"], record.tasks, strict=True)
    full = {
        "plans": [plan],
        "targets": [{**of_plan, **row, **_target_cells(target)} for row, target in targets],
        "tasks": [{**of_plan, **row, **_task_cells(task)} for row, task in tasks],
    }
    return {name: [{column: row[column] for column in SHEETS[name]} for row in full[name]] for name in SHEETS}


def write_sheet(file: TextIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """CSV as RFC 4180 has it. Open the file with `newline=""`, and as "utf-8-sig" where Excel is to read it."""
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)


def _target_cells(target: Target) -> Row:
    main = target.measures[0] if target.measures else None
    return {
        "comparator": str(main.comparator) if main else None,
        "value": main.value if main else None,
        "unit": main.unit if main else None,
        "per": main.per if main else None,
        "measures": "; ".join(map(_measure_text, target.measures)) or None,
    }


def _task_cells(task: Task) -> Row:
    named = {role: "; ".join(unit.canonical for unit in task.units if unit.role is role) or None for role in Role}
    return {
        "lead_units": named[Role.LEAD],
        "coordinate_units": named[Role.COORDINATE],
        "implement_units": named[Role.IMPLEMENT],
        "results": "; ".join(task.results) or None,
    }


def _measure_text(measure: Measure) -> str:
    """As a reader writes it: >= 85 %, 41/41 Tổ. No "=", which would make the cell a formula."""
    number = f"{measure.value:g}" if measure.of is None else f"{measure.value:g}/{measure.of:g}"
    comparator = None if measure.comparator is Comparator.EQUAL else str(measure.comparator)
    return " ".join(filter(None, (comparator, number, measure.unit, measure.per and f"/ {measure.per}")))


def _cell(value: Value) -> Value:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; a whole number no ".0"."""
    if isinstance(value, float):
        return plain_number(value)
    return guarded(value) if isinstance(value, str) else value
