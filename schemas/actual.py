"""What a report (báo cáo) says was reached: a number, the thing it measures, and what the report holds it against."""

import datetime as dt
from enum import StrEnum

from schemas.measure import Change, Comparator
from schemas.problem import Confidence
from schemas.span import Span
from schemas.strict import Strict


class PercentOf(StrEnum):
    """What a percentage beside a value is a share of: the whole that is counted, or the plan's figure."""

    WHOLE = "whole"
    PLAN = "plan"


class Planned(Strict):
    """The plan's figure as the report repeats it."""

    comparator: Comparator = Comparator.EQUAL
    value: float
    unit: str


class Difference(Strict):
    """How far the value moved; `unit` is "%", "điểm %" or the value's own; `base` says what it is held against."""

    change: Change
    value: float
    unit: str
    base: str | None = None


class Baseline(Strict):
    """The earlier figure that the report gives itself; `label` its words for the time, `as_of` the day where sure."""

    value: float
    unit: str
    label: str | None = None
    as_of: dt.date | None = None


class Actual(Strict):
    """One measured result, by docs/actuals.md. `text` is the spans' texts joined by a blank; `span` the number's own.

    `as_of` is the day the figure stands for, `start` and `end` the time it was counted over; all null where neither the
    item nor the report says.
    """

    id: str
    text: str
    subject: str
    indicator: str = "other"
    value: float
    unit: str
    of: float | None = None
    per: str | None = None
    percent: float | None = None
    percent_of: PercentOf | None = None
    planned: Planned | None = None
    difference: Difference | None = None
    baseline: Baseline | None = None
    assessment: str | None = None
    as_of: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    group: str = ""
    confidence: Confidence = Confidence.MEDIUM
    span: Span | None = None
    spans: tuple[Span, ...] = ()
