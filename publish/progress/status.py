"""How far a target has come as of a day that is given: the one place that holds the rules, told in docs/status.md.

`target_statuses.sql` says the same for all days at once; a test holds the two against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from publish.progress.quantities import converted, dimension, rescaled, scale
from schemas import Change, Comparator

SHARE, POINTS, RANK, TIMES = "#share", "#points", "#rank", "#times"
_CLOSE = 1e-9  # of the level's size: what sums of binary fractions are off by
_ALIKE = 3  # days by which the first quarters of two years, or two years, differ at most


class TargetStatus(StrEnum):
    """Codes of `codelists/target_statuses.csv`."""

    MET = "met"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    NO_DATA = "no_data"


class Reason(StrEnum):
    """What a status rests on, or why there is none: codes of `codelists/status_reasons.csv`."""

    REACHED = "reached"
    REACHED_LATE = "reached_late"
    ABOVE_RANGE = "above_range"
    HOLDING = "holding"
    PACE = "pace"
    NOT_REACHED = "not_reached"
    NOT_FINAL = "not_final"
    OTHER_TIME = "other_time"
    NO_TIME = "no_time"
    NO_BASE = "no_base"
    OTHER_UNIT = "other_unit"
    NO_MEASURE = "no_measure"
    NO_ACTUAL = "no_actual"


@dataclass(frozen=True, slots=True)
class Level:
    """What is to be reached. `top` is the other end of a range; the unit names what it is counted per: "phút/hồ sơ"."""

    comparator: Comparator
    value: float
    unit: str
    change: Change | None = None
    top: float | None = None

    @property
    def is_ceiling(self) -> bool:
        """Whether less is better; of ranks the fifth is better than the tenth, however it is put."""
        return dimension(self.unit) == RANK or self.comparator in {Comparator.AT_MOST, Comparator.LESS}

    def is_reached(self, value: float) -> bool:
        """Whether a value is what is asked for; "100 %" and "02 mô hình" ask for no less."""
        strict = self.comparator in {Comparator.MORE, Comparator.LESS}
        bound = self.value + (-self.close if self.is_ceiling is strict else self.close)
        return value <= bound if self.is_ceiling else value >= bound

    @property
    def close(self) -> float:
        """Differences up to this are none."""
        return _CLOSE * max(1.0, abs(self.value))


@dataclass(frozen=True, slots=True)
class Course:
    """What a target is judged by, and the time that it is for.

    `reading` says that each figure is a measurement of its own (a share, a rank, a value per thing, a change), not a
    count that grows. What is counted from after `counted_from` leaves a part out; what is counted from before
    `counted_since` counts too much. Figures of days before `from_day` or after `until_day` belong to another year.
    """

    level: Level | None
    start: date | None = None
    due: date | None = None
    reading: bool = False
    counted_from: date | None = None
    counted_since: date | None = None
    from_day: date = date.min
    until_day: date = date.max

    def over(self, day: date) -> bool:
        """Whether the time is up: its last day has gone by."""
        return self.due is not None and day > self.due

    def passed(self, day: date) -> float | None:
        """How much of the time has gone by at the end of a day, from 0 to 1; None where it is not known."""
        if self.start is None or self.due is None or self.start > self.due:
            return None
        return min(1.0, max(0.0, ((day - self.start).days + 1) / ((self.due - self.start).days + 1)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as reported, its share of the whole where that was given beside it, and the time it was counted over.

    Of two figures of a day the one recorded later holds; `key` is its id.
    """

    as_of: date
    value: float
    unit: str
    percent: float | None = None
    start: date | None = None
    end: date | None = None
    recorded_at: str = ""
    key: str = ""

    @property
    def day(self) -> date:
        """The day that it stands for; a figure of the first quarter stands for March, whenever it is told."""
        return min(self.as_of, self.end or self.as_of)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status with its reason; `value` is the figure as the target measures it, `expected` what even pace asks for."""

    status: TargetStatus
    reason: Reason
    value: float | None = None
    expected: float | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure held against a course: its value there, whether it is of a part of the time, why it says nothing."""

    figure: Figure
    value: float | None
    partial: bool
    before: float | None
    refused: Reason | None

    @property
    def rank(self) -> tuple[object, ...]:
        """The best is the latest of those that say something."""
        figure = self.figure
        return (self.refused is None, figure.day, figure.as_of, figure.recorded_at, figure.key)


def target_status(course: Course, figures: Iterable[Figure], as_of: date, bases: Sequence[Figure] = ()) -> Judgement:
    """The status as of the end of a day, by the figures that are given; those of later days are not seen."""
    seen = (f for f in figures if f.as_of <= as_of and course.from_day <= f.day <= course.until_day)
    readings = [_reading(course, figure, bases) for figure in seen]
    if not readings:
        return Judgement(TargetStatus.NO_DATA, Reason.NO_ACTUAL if course.level else Reason.NO_MEASURE)
    best = max(readings, key=lambda reading: reading.rank)
    status, reason, expected = _judged(course, best, as_of)
    rounded = round(expected, 6) if expected is not None else None
    return Judgement(status, reason, best.value, rounded, best.figure.key or None)


def _reading(course: Course, figure: Figure, bases: Sequence[Figure]) -> _Reading:
    level = course.level
    if level is None:
        return _Reading(figure, figure.value, partial=False, before=None, refused=Reason.NO_MEASURE)
    before = _base(figure, bases, figure.unit if level.change else level.unit)
    value = _changed(figure, level, before) if level.change and before is not None else _held(figure, level)
    partial = bool(figure.start and course.counted_from and figure.start > course.counted_from)
    refused = _refused(course, level, figure, value, partial=partial)
    return _Reading(figure, value, partial, before, refused)


def _base(figure: Figure, bases: Sequence[Figure], unit: str) -> float | None:
    """The latest base from before a figure that was counted over as long a time, in a unit."""
    fitting = (b for b in bases if b.as_of < figure.day and _as_long(b, figure))
    found = ((b.as_of, b.recorded_at, b.key, v) for b in fitting if (v := converted(b.value, b.unit, unit)) is not None)
    latest = max(found, default=None)
    return latest[3] if latest else None


def _as_long(one: Figure, other: Figure) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return True
    return abs((one.end - one.start).days - (other.end - other.start).days) <= _ALIKE


def _held(figure: Figure, level: Level) -> float | None:
    """The figure in the level's unit; of a share what is given beside a count; of a change the change itself."""
    if level.change is None and dimension(level.unit) == SHARE != dimension(figure.unit):
        return None if figure.percent is None else rescaled(figure.percent, 1.0, scale(level.unit).factor)
    return converted(figure.value, figure.unit, level.unit)


def _changed(figure: Figure, level: Level, before: float) -> float | None:
    """The change of the figure against a base in its own unit, as the level measures it."""
    rises = level.change is Change.INCREASE
    moved = figure.value - before if rises else before - figure.value
    kind, own = dimension(level.unit), scale(figure.unit)
    if kind == SHARE != own.kind:
        return rescaled(moved / before * 100, 1.0, scale(level.unit).factor) if before > 0 else None
    if kind == TIMES != own.kind:
        return _times(figure.value, before, rises=rises)
    if kind == POINTS and own.kind == SHARE:
        return rescaled(moved, own.factor, 1.0)
    return converted(moved, figure.unit, level.unit)


def _times(value: float, before: float, *, rises: bool) -> float | None:
    if before <= 0 or value <= 0:
        return None
    return value / before if rises else before / value


def _refused(course: Course, level: Level, figure: Figure, value: float | None, *, partial: bool) -> Reason | None:
    """Why a figure says nothing of the target. Part of a count still shows a floor reached, or a ceiling broken."""
    if value is None:
        return Reason.NO_BASE if level.change else Reason.OTHER_UNIT
    if course.reading or figure.start is None:
        return None
    if course.counted_since and figure.start < course.counted_since:
        return Reason.OTHER_TIME
    decides = level.is_reached(value) is not level.is_ceiling
    return None if decides or not partial else Reason.OTHER_TIME


def _judged(course: Course, reading: _Reading, as_of: date) -> tuple[TargetStatus, Reason, float | None]:
    level, value = course.level, reading.value
    if level is None or value is None or reading.refused:
        return TargetStatus.NO_DATA, reading.refused or Reason.NO_MEASURE, None
    of_a_part = course.reading and reading.partial
    settled = course.due is not None and reading.figure.day >= course.due and not of_a_part
    if level.is_reached(value) and (settled or not (level.is_ceiling or level.change or of_a_part)):
        return TargetStatus.MET, _how_reached(course, level, reading.figure.day, value), None
    if settled:
        return TargetStatus.MISSED, Reason.NOT_REACHED, None
    if course.over(as_of):
        return TargetStatus.NO_DATA, Reason.OTHER_TIME if of_a_part else Reason.NOT_FINAL, None
    if level.is_reached(value):
        return TargetStatus.ON_COURSE, Reason.HOLDING, None
    return _by_pace(course, level, reading, value)


def _how_reached(course: Course, level: Level, day: date, value: float) -> Reason:
    if course.over(day):
        return Reason.REACHED_LATE
    return Reason.ABOVE_RANGE if level.top is not None and value > level.top else Reason.REACHED


def _by_pace(
    course: Course, level: Level, reading: _Reading, value: float
) -> tuple[TargetStatus, Reason, float | None]:
    """Even progress asks for a value on the figure's day."""
    passed = course.passed(reading.figure.day)
    if passed is None:
        return TargetStatus.NO_DATA, Reason.NO_TIME, None
    base = _pace_base(course, level, reading)
    if base is None:
        return TargetStatus.BEHIND, Reason.NOT_REACHED, None
    expected = base + (level.value - base) * passed
    enough = value <= expected + level.close if level.is_ceiling else value >= expected - level.close
    return TargetStatus.ON_COURSE if enough else TargetStatus.BEHIND, Reason.PACE, expected


def _pace_base(course: Course, level: Level, reading: _Reading) -> float | None:
    """Where even progress begins: a change and a count at 0, another value at its base; None where it can't go on."""
    counted = not course.reading and reading.figure.start is not None
    base = None if level.change or counted else reading.before
    if not level.is_ceiling:
        return base or 0.0
    return base if base is not None and base > level.value else None
