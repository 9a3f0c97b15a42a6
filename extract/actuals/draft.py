"""An actual value in the making: what was read of it, and what a reader would doubt in it."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache

from extract.link.context import Context
from extract.link.indicators import indicator_of
from extract.text import squeezed
from schemas import Confidence
from schemas.actual import Actual, Baseline, Difference, PercentOf, Planned

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Counted:
    """The time that a figure was counted over, and the day that it stands for."""

    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None


@dataclass(slots=True)
class Draft:
    """A number in `text[start:end]` of a reading with what qualifies it; `pieces` are the clause or cell that says it.

    `doubts` counts what a reader would look up: a unit that is no known noun or that only the thing's name gives, a
    clause with other numbers before this one, a heading that does not say "results". `sentence` is its paragraph's;
    `follows` is the value before it whose thing it is a part of, or the yield of.
    """

    start: int
    end: int
    value: float
    unit: str
    subject: str
    pieces: tuple[tuple[int, int], ...]
    counted: Counted = Counted()
    of: float | None = None
    per: str | None = None
    percent: float | None = None
    percent_of: PercentOf | None = None
    planned: Planned | None = None
    difference: Difference | None = None
    baseline: Baseline | None = None
    assessment: str | None = None
    sentence: int = -1
    group: str = ""
    heading: str = ""
    doubts: int = field(default=0)
    follows: "Draft | None" = None
    indicator: str = OTHER

    def actual(self, context: Context) -> Actual:
        """The record of it."""
        reading = context.reading
        spans = reading.spans(self.pieces)
        text = " ".join(reading.text[s.start : s.end] for s in spans)
        self.indicator = self._indicator(text)
        return Actual(
            id=context.next_id("A"), text=text, subject=squeezed(self.subject), indicator=self.indicator,
            value=self.value, unit=self.unit, of=self.of, per=self.per,
            percent=self.percent, percent_of=self.percent_of, planned=self.planned, difference=self.difference,
            baseline=self.baseline,
            assessment=self.assessment, as_of=self.counted.as_of, start=self.counted.start, end=self.counted.end,
            group=self.group, confidence=_confidence(self.doubts),
            span=reading.span(self.start, self.end), spans=spans,
        )  # fmt: skip

    def _indicator(self, text: str) -> str:
        """The code of what it is about: by its text, else that of what it follows, else by its heading too."""
        code = _indicator_of(text)
        if code != OTHER:
            return code
        if self.follows is not None and self.follows.indicator != OTHER:
            return self.follows.indicator
        return _indicator_of(f"{self.heading} {self.unit} {self.subject}")


@lru_cache(maxsize=4096)
def _indicator_of(text: str) -> str:
    """`indicator_of` of a clause, which is that of each of its values."""
    return indicator_of(text)


def _confidence(doubts: int) -> Confidence:
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[min(doubts, 2)]
