"""What people report: a value reached of a target, the base it started from, a state of a task. Only added to.

A fact's `id` is made from the fact itself: the same fact has the same id whenever and by whomever it is entered, and
wherever it was read. Facts are tuples, first what they are of, since a hundred thousand of them are made at a time.
"""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

_S = "\x1f"  # parts what an id is made from


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a report a fact was read: the plan-like record of the report, and a span of its text."""

    report_id: str
    start: int
    end: int
    page: int | None = None


class ActualValue(NamedTuple):
    """A value reached of a target; `converted` is it in the target's own unit, dates are ISO 8601."""

    target_id: str
    value: float
    unit: str
    converted: float | None
    percent: float | None
    as_of: str
    start: str | None
    end: str | None
    source: str | None
    note: str | None
    place: Place | None = None

    @property
    def id(self) -> str:
        """Made from the fact itself; spelled out, since a hundred thousand are made at a time."""
        target, value, unit, _, percent, as_of, start, end, source, note, _ = self
        share = "" if percent is None else repr(percent)
        told = f"{as_of}{_S}{start or ''}{_S}{end or ''}{_S}{source or ''}{_S}{note or ''}"
        return _id("a", f"{target}{_S}{value!r}{_S}{unit or ''}{_S}{share}{_S}{told}")

    @property
    def stands_for(self) -> tuple[str, ...]:
        """What a later fact of the same target and time replaces; figures of its later parts stand for themselves."""
        return _figures_of(self)


class Baseline(NamedTuple):
    """The value of a target before its plan began; `converted` is it in the target's own unit."""

    target_id: str
    value: float
    unit: str
    converted: float | None
    as_of: str
    source: str | None
    note: str | None
    place: Place | None = None
    start: str | None = None
    end: str | None = None

    @property
    def id(self) -> str:
        """Made from the fact itself."""
        told = (self.as_of, self.start, self.end, self.source, self.note)
        return _id("b", _joined(self.target_id, repr(self.value), self.unit, *told))

    @property
    def stands_for(self) -> tuple[str, ...]:
        """What a later base of the same target and day replaces, each of its parts for itself."""
        return _figures_of(self)


class TaskState(NamedTuple):
    """A state of a task, of one occurrence where the task comes again and `start` and `end` say which."""

    task_id: str
    state: str
    as_of: str
    start: str | None
    end: str | None
    source: str | None
    note: str | None
    place: Place | None = None

    @property
    def id(self) -> str:
        """Made from the fact itself."""
        told = (self.as_of, self.start, self.end, self.source, self.note)
        return _id("s", _joined(self.task_id, self.state, *told))

    @property
    def stands_for(self) -> tuple[str, ...]:
        """What a later fact of the same task and time replaces."""
        return (self.task_id, self.as_of, self.start or "", self.end or "")


Fact = ActualValue | Baseline | TaskState


def _figures_of(figure: ActualValue | Baseline) -> tuple[str, ...]:
    part = figure.unit if figure.converted is None else ""
    return (figure.target_id, figure.as_of, figure.start or "", figure.end or "", part)


def _joined(*parts: str | None) -> str:
    return _S.join([part or "" for part in parts])


def _id(kind: str, text: str) -> str:
    return kind + hashlib.sha256(text.encode()).hexdigest()[:19]
