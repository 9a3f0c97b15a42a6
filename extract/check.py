"""Record's parts -> problems and confidence; never raises."""

from collections.abc import Iterator, Sequence

from extract.model import Reading
from schemas import Confidence, Head, Problem, Severity, Span, Target, Task, TaskKind


def problems_of(reading: Reading, head: Head, targets: Sequence[Target], tasks: Sequence[Task]) -> Iterator[Problem]:
    """What a reader of the record must know."""
    yield from reading.problems
    if head.number is None:
        yield Problem(code="number_blank", message="Văn bản để trống số hoặc không có số.", severity=Severity.LOW)
