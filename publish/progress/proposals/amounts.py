"""A reported number held against a number that a target asks for: whether one can be put for the other, and how.

And what the report says of the plan's own figure, which is the best proof of which target is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extract.text import fold
from publish.progress.proposals.candidates import Level
from publish.progress.proposals.rates import PerFit, is_of_each, per_fit
from publish.progress.quantities import converted, dimension
from schemas import Actual, Change, PercentOf

_WHOLE = 100.0
_SHARE, _POINTS = "%", "điểm %"
_LISTED = "#"  # begins the dimension of every unit of measurement
_CLOSE = 1e-6


class Way(StrEnum):
    """How a value answers what a target asks for."""

    AS_SAID = "as_said"  # the number itself, in a unit that can be converted
    SHARE = "share"  # of a count, its percentage
    SHARE_RECKONED = "share_reckoned"  # the percentage that count and whole give
    SHARE_OF_PLANNED = "share_of_planned"  # of "100%" the percentage that count and the plan's count give
    CHANGE = "change"  # how far it moved
    OTHER_NOUN = "other_noun"  # both are counts, of things that are named differently
    NO_SHARE = "no_share"  # a count, where the target asks for a percentage that the report does not give
    OTHER_KIND = "other_kind"  # a percentage, where the target counts
    OF_EACH = "of_each"  # how many have what the target asks for of each: "mỗi hộ có ít nhất 01 người"
    OVER_TIME = "over_time"  # one of the two is counted per stretch of time: "04 lần/năm"
    AVERAGE = "average"  # one of two durations says of what each it is the mean: "4,2 phút/vụ"
    PER_UNSAID = "per_unsaid"  # perhaps the sum, where the target asks for so many of each
    NO_CHANGE = "no_change"  # a level, where the target asks for a change against a base


@dataclass(frozen=True, slots=True)
class Amount:
    """What would be entered for the target."""

    value: float
    unit: str
    way: Way


_RATES = {PerFit.TIME: Way.OVER_TIME, PerFit.AVERAGE: Way.AVERAGE, PerFit.UNSAID: Way.PER_UNSAID}


class PlannedFigure(StrEnum):
    """What the report's own words on the plan's figure say of a target."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = "silent"


def amount_for(actual: Actual, level: Level) -> Amount | None:
    """The value as it would be entered for a level; None where the two do not measure the same.

    >>> from schemas import Comparator
    >>> share = Level(Comparator.AT_LEAST, 85, "%")
    >>> online = Actual(id="a", text="", subject="", value=1654, unit="hồ sơ", percent=80.8, percent_of="whole")
    >>> amount_for(online, share).value
    80.8
    """
    if level.change is not None:
        return _change(actual, level)
    if is_of_each(actual, level):
        return _of_each(actual)
    fit = per_fit(actual, level)
    if fit is PerFit.SAME:
        return _level(actual, level)
    if fit is PerFit.OTHER or converted(actual.value, actual.unit, level.unit) is None:
        return None
    return replace(_as_said(actual, level), way=_RATES[fit])


def _level(actual: Actual, level: Level) -> Amount | None:
    """The value for a level that is counted per the same."""
    if converted(actual.value, actual.unit, level.unit) is not None:
        return _as_said(actual, level)
    if level.unit == _SHARE:
        return _share(actual, level)
    return _of_counted(actual, level)


def _of_counted(actual: Actual, level: Level) -> Amount | None:
    """Another count, or a percentage, where a count is asked for; both can't stand for it as they are."""
    if not is_counted(level.unit):
        return None
    if is_counted(actual.unit):
        return Amount(actual.value, actual.unit, Way.OTHER_NOUN)
    return Amount(actual.value, actual.unit, Way.OTHER_KIND) if actual.unit == _SHARE else None


def _as_said(actual: Actual, level: Level) -> Amount:
    """The number itself; a counted noun as the target has it, so that "21 hộ" and "21 hộ kinh doanh" are one fact."""
    plainly = is_counted(level.unit) and converted(actual.value, actual.unit, level.unit) == actual.value
    return Amount(actual.value, level.unit if plainly else actual.unit, Way.AS_SAID)


def _of_each(actual: Actual) -> Amount:
    """The share of those that have what is asked for of each, where the report gives it; else their number."""
    share = actual.value if actual.unit == _SHARE else _said_share(actual) or _reckoned(actual.value, actual.of)
    return Amount(actual.value, actual.unit, Way.OF_EACH) if share is None else Amount(share, _SHARE, Way.OF_EACH)


def _said_share(actual: Actual) -> float | None:
    return actual.percent if actual.percent_of is PercentOf.WHOLE else None


def _reckoned(value: float, whole: float | None) -> float | None:
    return round(value / whole * _WHOLE, 2) if whole else None


def _change(actual: Actual, level: Level) -> Amount | None:
    """The change that the report gives; a level alone says how far things came only with a base."""
    moved = actual.difference
    if moved and moved.change is level.change and _change_unit(moved.unit) == _change_unit(level.unit):
        return Amount(moved.value, level.unit, Way.CHANGE)
    if is_counted(level.unit) and converted(actual.value, actual.unit, level.unit) is not None:
        return _as_said(actual, level)
    return Amount(actual.value, actual.unit, Way.NO_CHANGE)


def _change_unit(unit: str) -> str:
    """Percent and points of percent are both said of rates."""
    kind = dimension(unit)
    return _SHARE if kind in {dimension(_SHARE), dimension(_POINTS)} else kind


def _share(actual: Actual, level: Level) -> Amount | None:
    """The percentage that stands beside a count, or that it gives with its whole."""
    if not is_counted(actual.unit):
        return None
    of_all = level.value == _WHOLE and level.subject is not None  # then the plan's figure is the whole
    if actual.percent is not None and (actual.percent_of is PercentOf.WHOLE or of_all):
        return Amount(actual.percent, _SHARE, Way.SHARE)
    if actual.percent is None:
        if (share := _reckoned(actual.value, actual.of)) is not None:
            return Amount(share, _SHARE, Way.SHARE_RECKONED)
        if of_all and (share := _reckoned(actual.value, _planned_count(actual))) is not None:
            return Amount(share, _SHARE, Way.SHARE_OF_PLANNED)
    named = fold(level.subject or "")
    if named and (_is_of(named, fold(actual.unit)) or named in fold(f"{actual.subject} {actual.text}")):
        return Amount(actual.value, actual.unit, Way.NO_SHARE)
    return None


def _is_of(named: str, noun: str) -> bool:
    """Whether a share's subject is the noun, with at most a word before it ("số hộ") and whatever behind it."""
    return any(f"{rest} ".startswith(f"{noun} ") for rest in (named, named.partition(" ")[2]))


def _planned_count(actual: Actual) -> float | None:
    return converted(actual.planned.value, actual.planned.unit, actual.unit) if actual.planned else None


def is_counted(unit: str) -> bool:
    """Whether a unit is a noun that is counted, no unit of measurement.

    >>> is_counted("hộ"), is_counted("ha")
    (True, False)
    """
    return not dimension(unit).startswith(_LISTED)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a report says of a target's figure, and at which of its levels.

    `is_quoted` says that the report gives the figure itself, `alone` that no other target of the plan has it.
    """

    said: PlannedFigure = PlannedFigure.SILENT
    at: int | None = None
    is_quoted: bool = False
    alone: bool = False


def planned_figure(actual: Actual, levels: Sequence[Level]) -> Figure:
    """Whether the plan's figure that a report repeats, or that its percentages give, is one of a target's levels."""
    found = Figure()
    for given in _given(actual):
        for at, level in enumerate(levels):
            value = _in_unit(given.value, given.unit, level)
            if value is None:
                continue
            asked = level.of if given.is_whole and level.of else level.value
            if abs(value - asked) <= max(given.slack * abs(asked), _CLOSE):
                return Figure(PlannedFigure.AGREES, at, given.is_quoted)
            if given.is_quoted and per_fit(actual, level) is not PerFit.UNSAID:  # else it may be the sum of all
                found = Figure(PlannedFigure.DIFFERS)
    return found


def _in_unit(value: float, unit: str, level: Level) -> float | None:
    return None if level.change is not None else converted(value, unit, level.unit)


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure of the plan as a report lets it be known: `slack` is how far, of 1, rounding may have moved it."""

    value: float
    unit: str
    slack: float = 0.0
    is_quoted: bool = False
    is_whole: bool = False


def _given(actual: Actual) -> Iterator[_Given]:
    if actual.planned:
        yield _Given(actual.planned.value, actual.planned.unit, is_quoted=True)
    if actual.of:
        yield _Given(actual.of, actual.unit, is_whole=True)
    if actual.percent and actual.percent_of is PercentOf.PLAN:
        yield _Given(actual.value / actual.percent * _WHOLE, actual.unit, _slack(actual.percent))
    if actual.difference and actual.difference.unit == _SHARE:
        moved = actual.difference.value if actual.difference.change is Change.INCREASE else -actual.difference.value
        if moved > -_WHOLE:
            reached = _WHOLE + moved
            yield _Given(actual.value / reached * _WHOLE, actual.unit, _slack(reached))


def _slack(percent: float) -> float:
    """How far, of 1, a percentage may be from the share it was rounded from."""
    step = 0.5 if percent == int(percent) else 0.05 if round(percent, 1) == percent else 0.005
    return min(0.02, step / percent + _CLOSE)
