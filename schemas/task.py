"""A task (nhiệm vụ, giải pháp, phân công)."""

from enum import StrEnum

from schemas.deadline import Deadline
from schemas.measure import Measure
from schemas.problem import Confidence
from schemas.span import Span
from schemas.strict import Strict
from schemas.unit import UnitRole


class TaskKind(StrEnum):
    """task: tasks sections; assignment: the section on implementation; appendix: an appendix table of tasks."""

    TASK = "task"
    ASSIGNMENT = "assignment"
    APPENDIX = "appendix"


class Task(Strict):
    """`text` is the spans' texts joined by a blank; `result_spans[i]` is where `results[i]` was read."""

    id: str
    text: str
    kind: TaskKind
    group: str = ""
    units: tuple[UnitRole, ...] = ()
    deadline: Deadline | None = None
    results: tuple[str, ...] = ()
    result_spans: tuple[Span, ...] = ()
    measures: tuple[Measure, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    spans: tuple[Span, ...] = ()
