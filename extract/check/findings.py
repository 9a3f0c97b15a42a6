"""What the stages before checking made of one document, and the problem that a check raises."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.check.damage import Damage, damages
from extract.model import Item, Outline, Reading
from schemas import Citation, Head, Problem, Severity, Span, Target, Task
from schemas.codelists import by_code


@dataclass(frozen=True)
class Findings:
    """Everything that was read of one document."""

    reading: Reading
    outline: Outline
    items: Sequence[Item]
    head: Head
    legal_bases: Sequence[Citation]
    targets: Sequence[Target]
    tasks: Sequence[Task]

    @cached_property
    def damages(self) -> tuple[Damage, ...]:
        """The damaged words of the text."""
        return damages(self.reading.text, self.reading.folded)


def problem(code: str, message: str, span: Span | None = None, *, severity: Severity | None = None) -> Problem:
    """A problem; its severity is the codelist's where the check has no other."""
    listed = Severity(by_code("problem_codes")[code]["severity"])
    return Problem(code=code, message=message, severity=severity or listed, span=span)


def opening(text: str, longest: int = 70) -> str:
    """The first words of a text, for a message."""
    if len(text) <= longest:
        return text
    blank = text.rfind(" ", 20, longest)
    return text[:blank].rstrip(" ,;:") + " …" if blank > 0 else text[:longest] + "…"
