"""The document as a whole -> is there text, is it a plan, is it whole."""

import re
from collections.abc import Iterator, Sequence

from extract.check.findings import Findings, opening, problem
from extract.lexicon import first, phrases
from extract.model import Grid, Node, Paragraph
from schemas import Head, Problem, SectionKind, Severity, Span
from schemas.codelists import by_code

_PLAN_KINDS = frozenset({"KH"})
_MAY_PLAN = frozenset({"CTr", "CTHĐ", "PA", "ĐA", "DA"})  # a programme or scheme is laid out as a plan is
_PLANNED = frozenset({SectionKind.GOALS, SectionKind.TASKS, SectionKind.IMPLEMENTATION})
_SYMBOL = re.compile(r"[^\W\d_]+")
_ENDS_PLAN = re.compile(r"\./\.|/\.|\./$|\.\s*/-")
_SENTENCE_END = re.compile(r"[.!?…;\"”’)\]/]\s*$")
_LONG = 2500  # characters; a shorter text may be a note without an end
_FRONT = 40  # paragraphs among which a letter's address stands
_LAST = 60  # paragraphs among which a plan's end stands


def form_problems(found: Findings) -> Iterator[Problem]:
    """No text, no plan, or a plan that breaks off."""
    if not found.reading.text.strip():
        yield problem("empty_document", "Văn bản không có chữ nào đọc được.")
        return
    if not is_plan(found):
        yield _not_a_plan(found)
    yield from _truncated(found)


def is_plan(found: Findings) -> bool:
    """A document headed KẾ HOẠCH that holds something, or one laid out as a plan and headed as nothing else."""
    kind = kind_of(found)
    if kind in _PLAN_KINDS:
        return bool(found.targets or found.tasks)
    return (kind is None or kind in _MAY_PLAN) and bool(found.tasks) and len(_planned_sections(found)) >= 2


def kind_of(found: Findings) -> str | None:
    """The document's kind by its heading, its symbol ("BC-UBND"), or a letter's address."""
    head = found.head
    return head.kind or _kind_by_symbol(head) or ("CV" if _is_letter(found) else None)


def _kind_by_symbol(head: Head) -> str | None:
    match = _SYMBOL.match(head.symbol or "")
    code = match[0] if match else ""
    return code if code != "other" and code in by_code("document_kinds") else None


def _is_letter(found: Findings) -> bool:
    front = [b for b in found.reading.blocks[:_FRONT] if isinstance(b, Paragraph)]
    return any(first(phrases("checks", "letters"), p.folded) for p in front if len(p.text) < 200)


def _planned_sections(found: Findings) -> set[SectionKind]:
    """The kinds of a plan's sections that named headings open."""
    trees: Sequence[Node] = (found.outline.body, *found.outline.appendices)
    return {node.kind for tree in trees for node in tree.walk() if node.named and node.kind in _PLANNED}


def _not_a_plan(found: Findings) -> Problem:
    kind = kind_of(found)
    span = _opening_span(found)
    if kind in _PLAN_KINDS:
        return problem("not_a_plan", "Văn bản mang tên kế hoạch nhưng không thấy mục tiêu hay nhiệm vụ nào.", span)
    if kind is not None:
        label = by_code("document_kinds").get(kind, {}).get("label_vi", kind)
        return problem("not_a_plan", f"Văn bản là {label.lower()}, không phải kế hoạch.", span)
    message = f"Không thấy tên KẾ HOẠCH và các mục của một kế hoạch; mở đầu: “{_first(found)}”."
    return problem("not_a_plan", message, span)


def _opening_span(found: Findings) -> Span | None:
    """The title, else the number, else the first line."""
    spans = found.head.spans
    known = next((spans[name][0] for name in ("title", "symbol") if spans.get(name)), None)
    first_line = next(iter(_paragraphs(found)), None)
    return known or (found.reading.span(first_line.start, first_line.end) if first_line else None)


def _first(found: Findings) -> str:
    return opening(next((p.text for p in _paragraphs(found)), ""))


def _paragraphs(found: Findings) -> Iterator[Paragraph]:
    for block in found.reading.blocks:
        if isinstance(block, Grid):
            yield from (p for row in block.rows for cell in row for p in cell.paragraphs)
        else:
            yield block


def _truncated(found: Findings) -> Iterator[Problem]:
    """A long text with neither an end mark nor recipients nor a signer; worse where it stops inside a sentence."""
    head = found.head
    if len(found.reading.text) < _LONG or head.recipients or head.signer.name or head.signer.position:
        return
    last = list(_paragraphs(found))[-_LAST:]
    if not last or any(_ENDS_PLAN.search(p.text[-6:]) for p in last):
        return
    end = last[-1]
    span = found.reading.span(end.start, end.end)
    message = f"Văn bản dừng ở “{opening(end.text[-60:])}”, không có “./.”, Nơi nhận và chữ ký."
    yield problem("text_truncated", message, span, severity=Severity.MEDIUM if _SENTENCE_END.search(end.text) else None)
