"""A report (báo cáo) -> the values it says were reached, by docs/actuals.md; a plan gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from extract.actuals.draft import Counted, Draft
from extract.actuals.parts import Part, is_on_results, parts_of
from extract.actuals.prose import Prose, read_prose
from extract.actuals.rows import table_values
from extract.actuals.times import report_period
from extract.link.context import Context
from extract.model import Outline, Reading
from schemas import Head, Period, Problem, Severity
from schemas.actual import Actual

REPORT = "BC"
UNREAD = "unread_text"
_SHOWN = 70  # characters


def is_report(head: Head) -> bool:
    """Whether a document is a report, by its kind or its number."""
    return head.kind == REPORT or (head.kind is None and (head.symbol or "").startswith(REPORT))


def with_report_period(head: Head, outline: Outline, reading: Reading) -> Head:
    """A report's head with the time that it reports on; a plan's as it is."""
    if not is_report(head):
        return head
    counted = report_period(head, reading.text[_title_end(head) : outline.start])
    period = Period(start=counted.start, end=counted.end)
    if period == head.period:
        return head
    told = head.spans.get("title", ()) if period != Period() else ()
    spans = {name: at for name, at in {**head.spans, "period": told}.items() if at}
    return head.model_copy(update={"period": period, "spans": spans})


@dataclass(frozen=True, slots=True)
class Results:
    """The actual values of a report in reading order, and what of its parts on results gave none."""

    actuals: tuple[Actual, ...] = ()
    problems: tuple[Problem, ...] = ()


def results_of(outline: Outline, head: Head, context: Context) -> Results:
    """What a report says was reached; nothing of a plan."""
    if not is_report(head):
        return Results()
    period = Counted(head.period.start, head.period.end)
    year = period.end.year if period.end is not None else context.year
    found: list[Draft] = []
    unread: dict[str, list[tuple[int, int]]] = {}
    for part in parts_of(outline, context.reading, _title_end(head), period):
        drafts, missed = _read(part, period, year)
        found += drafts
        if missed and part.sure:
            unread.setdefault(part.group, []).extend(missed)
    problems = (_unread_problem(path, missed, context.reading) for path, missed in unread.items())
    return Results(tuple(draft.actual(context) for draft in found), tuple(problems))


def _unread_problem(path: str, missed: Sequence[tuple[int, int]], reading: Reading) -> Problem:
    """That sentences of one section hold figures which nothing was made of."""
    first, last = missed[0], missed[-1]
    count = f"{len(missed)} câu" if len(missed) > 1 else "một câu"
    place = f"Mục {path}" if path else "Thân văn bản"
    words = shorten(reading.text[slice(*first)], _SHOWN, placeholder=" …")
    message = f"{place}: {count} có số liệu không thành kết quả nào, bắt đầu là “{words}”."
    return Problem(code=UNREAD, message=message, severity=Severity.INFO, span=reading.span(first[0], last[1]))


def _title_end(head: Head) -> int:
    return max((span.end for span in head.spans.get("title", ())), default=0)


def _read(part: Part, period: Counted, year: int | None) -> tuple[Sequence[Draft], Sequence[tuple[int, int]]]:
    """The values of a part, and its sentences that gave none."""
    node = part.node
    if node.grid is not None:
        sure = part.sure or is_on_results(part.before)
        prose = Prose(tuple(table_values(node.grid, period, year, before=part.before, sure=sure)))
    else:
        prose = read_prose(node.text, node.folded, node.start, period, year)
    for draft in prose.values:
        draft.doubts += node.grid is None and not part.sure
        draft.group = ".".join(filter(None, (part.group, draft.group)))
        draft.heading = part.heading
    return prose.values, prose.unread
