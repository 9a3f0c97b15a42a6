"""What could not be read, or contradicts itself; and how sure a reading is."""

from enum import StrEnum

from schemas.span import Span
from schemas.strict import Strict


class Confidence(StrEnum):
    """How sure a reading is; the rule is in `docs/confidence.md`."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Severity(StrEnum):
    """info: worth knowing; low: probably harmless; medium: look at the source; high: do not use unseen."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Problem(Strict):
    """`code` is of `codelists/problem_codes.csv`; `message` is Vietnamese, for a reader of the plan."""

    code: str
    message: str
    severity: Severity
    span: Span | None = None
