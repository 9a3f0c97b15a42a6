"""A target (chỉ tiêu, mục tiêu)."""

from enum import StrEnum

from schemas.deadline import Deadline
from schemas.measure import Measure
from schemas.problem import Confidence
from schemas.span import Span
from schemas.strict import Strict


class Scope(StrEnum):
    """general: mục tiêu chung; specific: mục tiêu cụ thể; result: a number in a task's expected result."""

    GENERAL = "general"
    SPECIFIC = "specific"
    RESULT = "result"


class Modality(StrEnum):
    """How firmly the target is set: phấn đấu, bảo đảm, or neither."""

    STRIVE = "phấn đấu"
    ENSURE = "bảo đảm"
    NONE = "none"


class Target(Strict):
    """`text` is the spans' texts joined by a blank; `indicator` a code of `codelists/indicators.csv`."""

    id: str
    text: str
    scope: Scope
    indicator: str = "other"
    measures: tuple[Measure, ...] = ()
    due: Deadline | None = None
    modality: Modality = Modality.NONE
    group: str = ""
    confidence: Confidence = Confidence.MEDIUM
    spans: tuple[Span, ...] = ()
