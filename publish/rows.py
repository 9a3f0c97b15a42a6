"""Records -> the rows of every table of `publish.tables`. Pure: the same records give the same rows."""

from collections.abc import Iterable, Mapping

from publish.citation_links import link_citations
from publish.item_rows import item_rows
from publish.plan_rows import citation_rows, plan_row, plan_span_rows, problem_rows, section_rows, stored_row
from publish.report_rows import report_actual_rows
from publish.shared_rows import codelist_rows, locality_rows, merged, name_unlisted_codes, unit_row
from publish.tables import CODELISTS, TABLES, Rows
from schemas import Record


def database_rows(records: Iterable[Record], paths: Mapping[str, str] | None = None) -> Rows:
    """The rows of every table that is not summed, for records in any order; a record given twice counts once.

    `paths` gives the source file of a record by the record's id, as it is to stand in the database.
    """
    found: Rows = {table.name: [] for table in TABLES}
    for name in (*CODELISTS, "indicators"):
        found[name] = codelist_rows(name)
    for record in sorted({record.id: record for record in records}.values(), key=lambda record: record.id):
        for name, rows in record_rows(record).items():
            found[name].extend(rows)
    for name in ("localities", "units"):
        found[name] = merged(found[name])
    found["sources"] = [{"plan_id": key, "path": path} for key, path in sorted((paths or {}).items())]
    link_citations(found)
    name_unlisted_codes(found)
    return found


def record_rows(record: Record) -> Rows:
    """The rows that one record gives; localities and units are not merged yet."""
    return {
        "localities": locality_rows(record.document.locality),
        "units": [unit_row(unit) for task in record.tasks for unit in task.units],
        "plans": [plan_row(record)],
        "plan_spans": plan_span_rows(record),
        "sections": section_rows(record),
        **item_rows(record),
        "report_actuals": report_actual_rows(record),
        "legal_bases": citation_rows(record),
        "problems": problem_rows(record),
        "records": [stored_row(record)],
    }
