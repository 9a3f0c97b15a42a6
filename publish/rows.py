"""One record -> the rows of the tables of `publish.tables`. Pure: the same record gives the same rows."""

from publish.item_rows import item_rows
from publish.plan_rows import citation_rows, plan_row, plan_span_rows, problem_rows, section_rows, stored_row
from publish.report_rows import report_actual_rows
from publish.shared_rows import locality_rows, unit_rows
from publish.tables import Rows
from schemas import Record


def record_rows(record: Record) -> Rows:
    """The rows that one record gives; localities and units are as this plan has them."""
    return {
        "localities": locality_rows(record.document.locality),
        "units": unit_rows(record),
        "plans": [plan_row(record)],
        "plan_spans": plan_span_rows(record),
        "sections": section_rows(record),
        **item_rows(record),
        "report_actuals": report_actual_rows(record),
        "legal_bases": citation_rows(record),
        "problems": problem_rows(record),
        "records": [stored_row(record)],
    }
