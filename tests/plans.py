"""Plans for tests: a text made into a record, and every value of a record with its span."""

from collections.abc import Iterator
from pathlib import Path

from extract.pipeline import EXTRACTOR, record_of
from extract.read import document_of
from schemas import Record, Source, Span

HEAD = (
    "UỶ BAN NHÂN DÂN\nXÃ AN KHÊ\nSố: 12/KH-UBND\nAn Khê, ngày 05 tháng 01 năm 2026\nKẾ HOẠCH\nThử nghiệm năm 2026\n\n"
)
FOOT = "\nTrên đây là Kế hoạch thử nghiệm năm 2026./.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn An\n"


def record(text: str) -> Record:
    """The record of a text."""
    source = Source(filename="x.txt", sha256="0" * 64, media_type="text/plain", extractor=EXTRACTOR)
    return record_of(document_of(Path("x.txt"), text.encode("utf-8", "surrogatepass")), source)


def plan(body: str) -> Record:
    """The record of a plan with this body between a letterhead and a foot."""
    return record(HEAD + body + FOOT)


def read_values(record: Record) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """Every text value that was read as it stands, with its name and spans."""
    for target in record.targets:
        yield "target", target.text, target.spans
    for task in record.tasks:
        yield "task", task.text, task.spans
        for result, span in zip(task.results, task.result_spans, strict=True):
            yield "result", result, (span,)
    for section in record.sections:
        yield "section", section.heading, (section.span,)


def placed_values(record: Record) -> Iterator[tuple[str, Span | None]]:
    """Every other value that must have a place, with its name."""
    for citation in (*record.legal_bases, *record.references):
        yield "citation", citation.span
    for target in record.targets:
        for measure in target.measures:
            yield "measure", measure.span
        if target.due:
            yield "due", target.due.span
    for task in record.tasks:
        for unit in task.units:
            yield "unit", unit.span
        if task.deadline:
            yield "deadline", task.deadline.span
    for field, spans in record.document.spans.items():
        for span in spans:
            yield f"document.{field}", span
