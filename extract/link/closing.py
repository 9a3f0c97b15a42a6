"""The closing paragraph -> the assignment it makes, if it sets a report's time or gives other work."""

import re
from collections.abc import Iterator, Sequence

from extract.find.deadlines import deadline_in_task
from extract.find.units import units_addressed, units_charged, units_opening
from extract.lexicon import first, phrases
from extract.link.context import Context
from extract.model import Mention, Paragraph, Passage
from extract.text import UPPER
from schemas import Task, TaskKind, UnitRole

_SENTENCE_END = re.compile(rf"(?<!\s[A-ZĐ]\.)(?<!\bTP\.)(?<=[.;!?])\s+(?=[{UPPER}])")


def closing_tasks(closing: Sequence[Paragraph], context: Context) -> Iterator[Task]:
    """The sentences of the last paragraphs that set a report's day or interval, or give work with "Giao …"."""
    before: list[Mention[UnitRole]] = []
    for start, end in (sentence for paragraph in closing for sentence in _sentences(paragraph)):
        passage = Passage.of(context.reading, [(start, end)])
        units = _units(passage.text, passage.folded) or before
        deadline = deadline_in_task(
            passage.text, year=context.year, folded=passage.folded, single_year=context.single_year
        )
        reports = first(phrases("closing", "reports"), passage.folded) is not None
        gives = first(phrases("closing", "gives_work"), passage.folded) is not None
        if (deadline is not None and reports) or gives:
            yield Task(
                id=context.next_id("N"),
                text=passage.text,
                kind=TaskKind.ASSIGNMENT,
                group="closing",
                units=tuple(
                    context.unit(m.value, context.reading.span(m.start, m.end)) for m in _at(units, start, before)
                ),
                deadline=deadline.value.model_copy(update={"span": context.span(passage, deadline)})
                if deadline
                else None,
                spans=context.reading.spans([(start, end)]),
            )
        before = [m.moved(start) for m in _units(passage.text, passage.folded)] or before


def _at(units: list[Mention[UnitRole]], start: int, before: list[Mention[UnitRole]]) -> list[Mention[UnitRole]]:
    """The mentions in the text's own places; those of the sentence before are so already."""
    return units if units is before else [m.moved(start) for m in units]


def _units(text: str, folded: str) -> list[Mention[UnitRole]]:
    return units_charged(text, folded) or units_addressed(text, folded) or units_opening(text, folded)


def _sentences(closing: Paragraph) -> Iterator[tuple[int, int]]:
    start = closing.start
    for match in _SENTENCE_END.finditer(closing.text):
        yield start, closing.start + match.start()
        start = closing.start + match.end()
    yield start, closing.end
