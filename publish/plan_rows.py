"""One record -> the rows that tell of the plan as a whole: the plan, its sections, citations and problems."""

from collections.abc import Mapping

from extract.text import unaccented
from publish.cells import address_words, as_json, code, iso, span_columns, whole_date
from publish.shared_rows import locality_key, number_key
from publish.tables import Row
from schemas import Citation, Record, Severity

_GRAVE = {Severity.HIGH, Severity.MEDIUM}


def plan_row(record: Record) -> Row:
    """The plan's own row, its text with it."""
    head, source, issued = record.document, record.source, record.document.issued
    return {
        "id": record.id,
        "slug": address_words(head.title or source.filename),
        "title": head.title,
        "kind": head.kind,
        "number": head.number,
        "number_key": number_key(head.number),
        "symbol": head.symbol,
        "issuer": head.issuer,
        "issuer_level": code(head.issuer_level),
        "locality_id": locality_key(head.locality),
        "year": plan_year(record),
        "period_start": iso(head.period.start),
        "period_end": iso(head.period.end),
        "place": head.place,
        "issued_date": whole_date(issued),
        "issued_year": issued.year,
        "issued_month": issued.month,
        "issued_day": issued.day,
        "signer_name": head.signer.name,
        "signer_position": head.signer.position,
        "signatures": as_json([signature.model_dump(mode="json") for signature in head.signatures]),
        "recipients": as_json(head.recipients),
        "funding_text": record.funding.text if record.funding else None,
        "funding_sources": as_json(record.funding.sources if record.funding else ()),
        "filename": source.filename,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "text_source": source.text_source,
        "extractor": source.extractor,
        "extracted_at": source.extracted_at.isoformat() if source.extracted_at else None,
        "targets_count": len(record.targets),
        "tasks_count": len(record.tasks),
        "problems_count": len(record.problems),
        "grave_count": sum(problem.severity in _GRAVE for problem in record.problems),
        "text": record.text,
        "search_text": unaccented("\n".join(filter(None, (head.number, head.title, head.issuer, record.text)))),
    }


def plan_year(record: Record) -> int | None:
    """The first year that the plan is for; the year of issue where it names none or only the last."""
    head = record.document
    if head.period.start:
        return head.period.start.year
    return head.issued.year or (head.period.end.year if head.period.end else None)


def plan_span_rows(record: Record) -> list[Row]:
    """Where each field of the head, and the funding, was read."""
    named = [(name, span) for name, spans in sorted(record.document.spans.items()) for span in spans]
    if record.funding:
        named.append(("funding", record.funding.span))
    return [
        {
            "id": f"{record.id}-source{at}",
            "plan_id": record.id,
            "field": name,
            "text": record.text[span.start : span.end],
            **span_columns(span),
        }
        for at, (name, span) in enumerate(named, 1)
    ]


def section_rows(record: Record) -> list[Row]:
    """The plan's sections in order."""
    return [
        {
            "id": section_key(record, at),
            "plan_id": record.id,
            "position": at,
            "path": section.path,
            "label": section.label,
            "heading": section.heading,
            "kind": code(section.kind),
            "search_text": unaccented(section.heading),
            **span_columns(section.span),
        }
        for at, section in enumerate(record.sections, 1)
    ]


def citation_rows(record: Record) -> list[Row]:
    """The legal bases, then the documents cited in the body."""

    def row(relation: str, at: int, citation: Citation) -> Row:
        return {
            "id": f"{record.id}-{relation}{at}",
            "plan_id": record.id,
            "position": at,
            "relation": relation,
            "kind": citation.kind,
            "number": citation.number,
            "number_key": number_key(citation.number),
            "date": iso(citation.date),
            "issuer": citation.issuer,
            "title": citation.title,
            "cited_plan_id": None,
            **span_columns(citation.span),
        }

    return [
        *(row("basis", at, citation) for at, citation in enumerate(record.legal_bases, 1)),
        *(row("reference", at, citation) for at, citation in enumerate(record.references, 1)),
    ]


def problem_rows(record: Record) -> list[Row]:
    """What could not be read, or contradicts itself."""
    return [
        {
            "id": f"{record.id}-problem{at}",
            "plan_id": record.id,
            "position": at,
            "severity": code(problem.severity),
            "code": problem.code,
            "message": problem.message,
            **span_columns(problem.span),
        }
        for at, problem in enumerate(record.problems, 1)
    ]


def stored_row(record: Record) -> Row:
    """The record whole, to download and to build from again without reading the file anew."""
    return {
        "plan_id": record.id,
        "schema_version": record.schema_version,
        "sha256": record.source.sha256,
        "extractor": record.source.extractor,
        "json": record.model_dump_json(),
    }


def section_key(record: Record, position: int) -> str:
    """The key of the section at a position, counted from 1."""
    return f"{record.id}-section{position}"


def sections_by_path(record: Record) -> dict[str, str]:
    """The keys of the sections by their paths; of a path that comes twice, the first."""
    keys: dict[str, str] = {}
    for at, section in enumerate(record.sections, 1):
        keys.setdefault(section.path, section_key(record, at))
    return keys


def section_above(keys: Mapping[str, str], path: str) -> str | None:
    """The section a path leads to, or the nearest above it.

    >>> section_above({"II": "plan-section1"}, "II.3.b")
    'plan-section1'
    """
    while path and path not in keys:
        path = path.rpartition(".")[0]
    return keys.get(path)
