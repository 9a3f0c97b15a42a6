"""When something is due or happens: dates, an interval, or words that give no date."""

from datetime import date
from enum import StrEnum

from schemas.span import Span
from schemas.strict import Strict


class DeadlineKind(StrEnum):
    """Codes of `codelists/deadline_kinds.csv`."""

    BY = "by"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    OTHER = "other"


class Deadline(Strict):
    """A deadline by docs/record.md; `rrule` is RFC 5545, two rules joined by a blank; `text` as printed."""

    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    rrule: str | None = None
    text: str = ""
    span: Span | None = None
