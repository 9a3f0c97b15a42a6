"""Marks -> an HTML page by itself: the cleaned text, a paragraph a line, with every span marked, and the problems."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

import jinja2

from publish.marks.found import Mark, places_of
from publish.marks.kinds import KINDS
from publish.marks.laid import Lines, laid
from schemas import Record


def html_page(record: Record, marks: Sequence[Mark]) -> str:
    """The page of a record; the mark `marks[i]` has the id "m<i>", and its further pieces `data-of` that id."""
    counts = Counter(mark.kind.name for mark in marks)
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        Path(__file__).with_name("page.html").read_text("utf-8")
    )
    return template.render(
        record=record,
        kinds=[(kind, counts[name]) for name, kind in KINDS.items()],
        paragraphs=list(laid(Lines.of(record.text), places_of(marks), partial(_opening, marks))),
        problems=[(problem, _id_of(marks, problem.span, problem.code)) for problem in record.problems],
        unplaced=[mark for mark in marks if mark.span is None],
    )


def _id_of(marks: Sequence[Mark], span: object, code: str) -> str | None:
    """The id of a problem's mark."""
    return next((f"m{i}" for i, mark in enumerate(marks) if span and mark.span is span and mark.label == code), None)


def _opening(marks: Sequence[Mark], number: int, goes_on: bool) -> str:
    """The tag that opens a mark: with its id where it begins, with `data-of` where it goes on."""
    mark = marks[number]
    page = f" · trang {mark.span.page}" if mark.span is not None and mark.span.page else ""
    said = f": {mark.said}" if mark.said else ""
    title = f"{mark.kind.title} · {mark.label}{said}{page}"
    name = "data-of" if goes_on else "id"
    return f'<mark {name}="m{number}" class="{mark.kind.name}" title="{escape(title)}">'
