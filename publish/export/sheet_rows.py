"""The rows of the tables for people, plan by plan: words instead of codes, everything of a thing in its row."""

import json
from collections.abc import Callable, Iterable, Iterator

from publish.export.sheets import CITATIONS, CONTENTS, PLANS, PROBLEMS, TARGETS, TASKS, Sheet
from publish.export.source import Row, Source
from publish.pages.language import day, label, number, quarter
from schemas.codelists import by_code

_PLAN = """
    select plans.id, plans.slug, plans.title, plans.kind, plans.number, plans.issuer, plans.issuer_level, plans.year,
        plans.period_start, plans.period_end, plans.issued_date, plans.signer_name, plans.signer_position,
        plans.funding_text, plans.funding_sources, plans.filename, plans.sha256, plans.pages, plans.text_source,
        plans.extractor, plans.targets_count, plans.tasks_count, plans.problems_count, localities.full_name as locality
    from plans left join localities on localities.id = plans.locality_id where plans.id = ?
"""
_TARGETS = """
    select targets.id, targets.position, targets.text, targets.indicator, targets.scope, targets.modality, targets.year,
        targets.quarter, targets.due_kind as deadline_kind, targets.due_start as deadline_start,
        targets.due_end as deadline_end, targets.due_text as deadline_text, targets.section_path, targets.confidence,
        targets.page, sections.heading
    from targets left join sections on sections.id = targets.section_id
    where targets.plan_id = ? order by targets.position
"""
_TASKS = """
    select tasks.id, tasks.position, tasks.text, tasks.kind, tasks.quarter, tasks.deadline_kind, tasks.deadline_start,
        tasks.deadline_end, tasks.deadline_text, tasks.section_path, tasks.confidence, tasks.page, sections.heading
    from tasks left join sections on sections.id = tasks.section_id
    where tasks.plan_id = ? order by tasks.position
"""
_MEASURES = """
    select measures.{owner}_id as owner, measures.comparator, measures.value, measures.unit, measures.per,
        measures.out_of, measures.change
    from {owner}s join measures on measures.{owner}_id = {owner}s.id
    where {owner}s.plan_id = ? order by {owner}s.position, measures.position
"""
_UNITS = """
    select task_units.task_id as owner, task_units.role, units.name
    from tasks join task_units on task_units.task_id = tasks.id join units on units.id = task_units.unit_id
    where tasks.plan_id = ? order by tasks.position, task_units.position
"""
_RESULTS = """
    select task_results.task_id as owner, task_results.text
    from tasks join task_results on task_results.task_id = tasks.id
    where tasks.plan_id = ? order by tasks.position, task_results.position
"""
_CITATIONS = """
    select legal_bases.id, legal_bases.relation, legal_bases.kind, legal_bases.number, legal_bases.date,
        legal_bases.issuer as cited_issuer, legal_bases.title, legal_bases.page, cited.title as cited,
        legal_bases.span_start, legal_bases.span_end
    from legal_bases left join plans as cited on cited.id = legal_bases.cited_plan_id
    where legal_bases.plan_id = ? order by legal_bases.relation, legal_bases.position
"""
_PROBLEMS = """
    select problems.id, problems.severity, problems.code, problems.message, problems.page,
        substr(plans.text, problems.span_start + 1, min(problems.span_end - problems.span_start, 300)) as there,
        problems.span_start, problems.span_end
    from problems join plans on plans.id = problems.plan_id
    where problems.plan_id = ? order by problems.position
"""
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}


def sheet_rows(source: Source, sheet: Sheet, plans: Iterable[str] | None = None) -> Iterator[Row]:
    """The rows of a table, by column name; of the given plans, else of all, numbered through."""
    rows_of = _ROWS[sheet.name]
    at = 0
    for key in source.plans() if plans is None else plans:
        plan = next(source.rows(_PLAN, key))
        of_plan = {
            "locality": plan["locality"],
            "plan": plan["title"] or plan["filename"],
            "plan_number": plan["number"],
            "issuer": plan["issuer"],
            "issued_date": plan["issued_date"],
        }
        for at, row in enumerate(rows_of(source, plan), at + 1):  # noqa: B020  (numbers go on with the next plan)
            yield {**of_plan, **row, "position": at}


def _plan_rows(source: Source, plan: Row) -> Iterator[Row]:
    to = source.to
    yield {
        **plan,
        "title": plan["title"] or plan["filename"],
        "kind": label(plan["kind"], "document_kinds"),
        "issuer_level": label(plan["issuer_level"], "issuer_levels"),
        "text_source": label(plan["text_source"], "text_sources"),
        "funding_sources": "; ".join(json.loads(plan["funding_sources"] or "[]")),
        "link": to.plan(plan) if to else None,
    }


def _target_rows(source: Source, plan: Row) -> Iterator[Row]:
    measures = _by_owner(source.rows(_MEASURES.format(owner="target"), plan["id"]))
    to = source.to
    for target in source.rows(_TARGETS, plan["id"]):
        own = measures.get(target["id"], [])
        main = own[0] if own else {}
        yield {
            **target,
            **_deadline(target),
            **{name: main.get(name) for name in ("value", "per")},
            "unit": _unit(main),
            "section": _section(target),
            "indicator": label(target["indicator"], "indicators"),
            "comparator": _comparison(main),
            "measures": "; ".join(map(measure_words, own)),
            "scope": label(target["scope"], "scopes"),
            "modality": label(target["modality"], "modalities"),
            "confidence": label(target["confidence"], "confidences"),
            "link": to.target(target["id"]) if to else None,
        }


def _task_rows(source: Source, plan: Row) -> Iterator[Row]:
    measures = _by_owner(source.rows(_MEASURES.format(owner="task"), plan["id"]))
    units = _by_owner(source.rows(_UNITS, plan["id"]))
    results = _by_owner(source.rows(_RESULTS, plan["id"]))
    to = source.to
    for task in source.rows(_TASKS, plan["id"]):
        own = units.get(task["id"], [])
        yield {
            **task,
            **_deadline(task),
            **{role: "; ".join(unit["name"] for unit in own if unit["role"] == role) for role in by_code("roles")},
            "section": _section(task),
            "results": "; ".join(result["text"] for result in results.get(task["id"], [])),
            "measures": "; ".join(map(measure_words, measures.get(task["id"], []))),
            "kind": label(task["kind"], "task_kinds"),
            "confidence": label(task["confidence"], "confidences"),
            "link": to.task(task["id"]) if to else None,
        }


def _citation_rows(source: Source, plan: Row) -> Iterator[Row]:
    for one in source.rows(_CITATIONS, plan["id"]):
        yield {
            **one,
            "relation": label(one["relation"], "relations"),
            "kind": label(one["kind"], "document_kinds"),
            "link": _place(source, plan, one),
        }


def _problem_rows(source: Source, plan: Row) -> Iterator[Row]:
    for one in source.rows(_PROBLEMS, plan["id"]):
        yield {
            **one,
            "severity": label(one["severity"], "severities"),
            "code": label(one["code"], "problem_codes"),
            "link": _place(source, plan, one),
        }


def _content_rows(source: Source, plan: Row) -> Iterator[Row]:
    for sheet, rows in ((TARGETS, _target_rows), (TASKS, _task_rows)):
        yield from ({**row, "what": sheet.title} for row in rows(source, plan))


_ROWS: dict[str, Callable[[Source, Row], Iterator[Row]]] = {
    PLANS.name: _plan_rows,
    TARGETS.name: _target_rows,
    TASKS.name: _task_rows,
    CITATIONS.name: _citation_rows,
    PROBLEMS.name: _problem_rows,
    CONTENTS.name: _content_rows,
}


def measure_words(measure: Row) -> str:
    """A number as a reader writes it.

    >>> measure_words({"comparator": ">=", "value": 85.5, "unit": "%", "per": None, "out_of": None})
    '≥ 85,5 %'
    """
    whole = f"{_SIGNS.get(measure['comparator'], '')}{number(measure['value'])}"
    whole += f"/{number(measure['out_of'])}" if measure["out_of"] is not None else ""
    return " ".join(filter(None, (whole, _unit(measure), measure["per"] and f"/ {measure['per']}")))


def _unit(measure: Row) -> str | None:
    unit: str | None = measure.get("unit")
    return "hạng" if unit == "rank" else unit


def _comparison(measure: Row) -> str:
    """How the number is meant: "từ … trở lên", "tăng, đúng bằng"."""
    named = (label(measure.get("change"), "changes"), label(measure.get("comparator"), "comparators"))
    return ", ".join(filter(None, named)).lower()


def _deadline(item: Row) -> Row:
    """The deadline as printed, else its day, else its kind."""
    words = item["deadline_text"] or day(item["deadline_end"]) or label(item["deadline_kind"], "deadline_kinds")
    return {"deadline": words, "quarter": quarter(item["quarter"])}


def _section(item: Row) -> str:
    """The path and the heading of the section: "III.3 Phát triển hạ tầng số"."""
    return " ".join(filter(None, (item["section_path"], item["heading"])))


def _place(source: Source, plan: Row, item: Row) -> str | None:
    to, start = source.to, item["span_start"]
    return to.source(plan["id"], start, item["span_end"]) if to and start is not None else None


def _by_owner(parts: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for part in parts:
        found.setdefault(part["owner"], []).append(part)
    return found
