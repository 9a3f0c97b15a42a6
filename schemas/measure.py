"""A number that a target is measured by."""

from enum import StrEnum

from schemas.span import Span
from schemas.strict import Strict


class Comparator(StrEnum):
    """How an actual value is held against the number."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"


class Change(StrEnum):
    """The number is a change against a base, not a level."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Measure(Strict):
    """`unit` is "%", "rank" or the counted noun; `per` what it is counted per; `of` the whole of "41/41 Tổ"."""

    comparator: Comparator
    value: float
    unit: str
    per: str | None = None
    of: float | None = None
    subject: str | None = None
    change: Change | None = None
    span: Span | None = None
