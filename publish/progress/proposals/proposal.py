"""A value of a report and a target that it may belong to."""

from dataclasses import dataclass

from publish.progress.proposals.amounts import Amount
from publish.progress.proposals.candidates import Level, Plan, Wanted
from publish.progress.proposals.fitting import Time
from schemas import Actual, Confidence


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value and a target that it may belong to; `rank` counts from 1, `why` is for people.

    `is_base` says that it is the value before the plan began, which the report gives beside what was reached.
    """

    actual: Actual
    plan: Plan
    target: Wanted
    level: Level
    amount: Amount
    time: Time
    confidence: Confidence
    score: float
    rank: int
    why: tuple[str, ...]
    is_base: bool = False
