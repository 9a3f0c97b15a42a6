"""The stages in order: the only file that knows the order."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from extract.actuals import results_of, with_report_period
from extract.check import Findings, problems_in, rated
from extract.find.citations import find_citations
from extract.find.letterhead import find_head
from extract.items import items_of
from extract.lines import clean
from extract.link.closing import closing_tasks
from extract.link.context import Context, abbreviations_of
from extract.link.funding import funding_of
from extract.link.targets import targets_of
from extract.link.tasks import tasks_of
from extract.model import Document, Node, Outline, Reading
from extract.normalize.labels import label_at
from extract.normalize.periods import period_of
from extract.outline import outline_of
from extract.read import read
from extract.tables import tables_of
from extract.version import extractor
from schemas import Head, Record, Section, SectionKind, Source

EXTRACTOR = extractor()
# Sections in which a line may state the time of the whole plan.
_PARTICULARS = frozenset({SectionKind.OTHER, SectionKind.PURPOSE, SectionKind.REQUIREMENTS})
# "(Ban hành kèm theo Quyết định số 318/QĐ-UBND ngày 06/3/2026 của UBND xã …)"
_UNDER_TITLE = re.compile(r"\s*\([^()]{1,300}\)")


def extract_plan(path: str | Path, *, extracted_at: datetime | None = None) -> Record:
    """The record of one plan document.

    Raises UnreadableFile where the file can't be read at all; whatever else is wrong is a problem in the record.
    """
    path = Path(path)
    data, document = read(path)
    source = Source(
        filename=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=document.media_type,
        pages=document.pages,
        text_source=document.text_source,
        extractor=EXTRACTOR,
        extracted_at=extracted_at,
    )
    return record_of(document, source)


def record_of(document: Document, source: Source) -> Record:
    """The record of a document as read."""
    reading = clean(document)
    outline = outline_of(reading)
    head = _with_own_period(find_head(reading, body_start=outline.start, body_end=outline.end), outline, reading)
    head = with_report_period(head, outline, reading)
    head = head.model_copy(update={"signatures": document.signatures})
    record_id = source.sha256[:16]
    context = Context(
        record_id, reading, _year(head), single_year=_is_single_year(head), abbreviations=abbreviations_of(reading.text)
    )
    items = items_of(reading, outline, tables_of(outline))
    legal_bases = find_citations(reading, _preamble_start(head, reading), outline.start, relation="basis")
    found = Findings(
        reading=reading,
        outline=outline,
        items=items,
        head=head,
        legal_bases=legal_bases,
        targets=tuple(targets_of(items, context)),
        tasks=(*tasks_of(items, context), *closing_tasks(outline.closing, context)),
    )
    targets, tasks = rated(found)
    results = results_of(outline, head, context)
    return Record(
        id=record_id,
        source=source,
        text=reading.text,
        document=head,
        legal_bases=legal_bases,
        references=find_citations(reading, outline.start, len(reading.text)),
        sections=tuple(_sections(outline, reading)),
        targets=targets,
        tasks=tasks,
        funding=funding_of(reading, outline),
        actuals=results.actuals,
        problems=(*problems_in(found), *results.problems),
    )


def _year(head: Head) -> int | None:
    """The year that dates without one are of: the period's single year, else the issue's."""
    start, end = head.period.start, head.period.end
    if start is not None and end is not None and start.year == end.year:
        return start.year
    return head.issued.year or (start.year if start else None)


def _with_own_period(head: Head, outline: Outline, reading: Reading) -> Head:
    """The head with the period that a section "Thời gian thực hiện" of the plan states; it decides before the title."""
    for node, parent in _with_parents(outline.body):
        if not _states_period(node, parent):
            continue
        below = [n for n in node.walk() if n.paragraph is not None][:3]
        for part in below:
            found = period_of(part.text)
            if found is not None:
                where = reading.span(part.start + found.start, part.start + found.end)
                return head.model_copy(update={"period": found.value, "spans": {**head.spans, "period": (where,)}})
    return head


def _states_period(node: Node, parent: Node) -> bool:
    """A heading such as "Thời gian thực hiện" away from the tasks, or a line so labelled among its particulars."""
    if node.period:
        return parent.kind not in {SectionKind.TASKS, SectionKind.IMPLEMENTATION}
    if node.kind not in _PARTICULARS or node.paragraph is None:
        return False
    label = label_at(node.paragraph.text)
    return label is not None and label.gives == "deadline"


def _with_parents(node: Node) -> Iterator[tuple[Node, Node]]:
    for child in node.children:
        yield child, node
        yield from _with_parents(child)


def _preamble_start(head: Head, reading: Reading) -> int:
    """Where the paragraphs after the title begin; what stands above is another document's, or a portal's.

    A bracket under the title names the decision that puts the plan into force, which is no ground of it.
    """
    end = max((span.end for span in head.spans.get("title", ())), default=0)
    bracket = _UNDER_TITLE.match(reading.text, end) if end else None
    return bracket.end() if bracket else end


def _is_single_year(head: Head) -> bool:
    start, end = head.period.start, head.period.end
    return start is None or end is None or start.year == end.year


def _sections(outline: Outline, reading: Reading) -> list[Section]:
    return [
        _section(node, reading)
        for tree in (outline.body, *outline.appendices)
        for node in tree.walk()
        if node.paragraph is not None and (node.named or (node.children and node.label and not node.is_bullet))
    ]


def _section(node: Node, reading: Reading) -> Section:
    return Section(
        path=node.path,
        label=node.label,
        heading=node.text,
        kind=SectionKind(node.kind),
        span=reading.span(node.start, node.end),
    )
