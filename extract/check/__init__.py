"""Findings -> problems, and the confidence of each target and task; total on any input."""

from collections.abc import Iterator

from extract.check.confidence import rated
from extract.check.consistency import consistency_problems
from extract.check.coverage import unread_problems
from extract.check.findings import Findings
from extract.check.form import form_problems, is_plan
from extract.check.head import head_problems
from extract.check.numbering import numbering_problems
from extract.check.wording import wording_problems
from schemas import Problem

__all__ = ["Findings", "problems_in", "rated"]


def problems_in(found: Findings) -> tuple[Problem, ...]:
    """What a reader of the record must know; those of the document as a whole first."""
    return tuple(_problems(found))


def _problems(found: Findings) -> Iterator[Problem]:
    yield from found.reading.problems
    yield from form_problems(found)
    if not found.reading.text.strip():
        return
    yield from head_problems(found)
    yield from wording_problems(found)
    if not is_plan(found):
        return
    yield from numbering_problems(found)
    yield from consistency_problems(found)
    yield from unread_problems(found)
