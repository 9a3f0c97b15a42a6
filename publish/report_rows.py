"""One report's record -> the rows of the values that it gives."""

from extract.text import unaccented
from publish.cells import code, iso, spans_columns
from publish.plan_rows import section_above, sections_by_path
from publish.tables import Row
from schemas import Actual, Record


def report_actual_rows(record: Record) -> list[Row]:
    """A row a value, in the order printed; whose target each is, a person says later."""
    sections = sections_by_path(record)
    return [
        {
            "id": actual.id if actual.id.startswith(record.id) else f"{record.id}-{actual.id}",
            "plan_id": record.id,
            "position": at,
            "text": actual.text,
            "subject": actual.subject,
            "indicator": actual.indicator,
            "value": actual.value,
            "unit": actual.unit,
            "out_of": actual.of,
            "per": actual.per,
            "percent": actual.percent,
            "percent_of": code(actual.percent_of),
            **_planned(actual),
            **_difference(actual),
            **_baseline(actual),
            "assessment": actual.assessment,
            "as_of": iso(actual.as_of),
            "period_start": iso(actual.start),
            "period_end": iso(actual.end),
            "section_id": section_above(sections, actual.group),
            "section_path": actual.group or None,
            "confidence": code(actual.confidence),
            "search_text": unaccented(actual.text),
            **_places(actual),
        }
        for at, actual in enumerate(record.actuals, 1)
    ]


def _places(actual: Actual) -> Row:
    """The clause's spans, and before them the number's own as the place to look at."""
    own = spans_columns((actual.span,)) if actual.span else {}
    return {**spans_columns(actual.spans), **{name: own[name] for name in own if name != "spans"}}


def _planned(actual: Actual) -> Row:
    planned = actual.planned
    return {
        "planned_comparator": code(planned.comparator) if planned else None,
        "planned_value": planned.value if planned else None,
        "planned_unit": planned.unit if planned else None,
    }


def _baseline(actual: Actual) -> Row:
    baseline = actual.baseline
    return {
        "baseline_value": baseline.value if baseline else None,
        "baseline_unit": baseline.unit if baseline else None,
        "baseline_label": baseline.label if baseline else None,
        "baseline_as_of": iso(baseline.as_of) if baseline else None,
    }


def _difference(actual: Actual) -> Row:
    difference = actual.difference
    return {
        "change": code(difference.change) if difference else None,
        "change_value": difference.value if difference else None,
        "change_unit": difference.unit if difference else None,
        "change_base": difference.base if difference else None,
    }
