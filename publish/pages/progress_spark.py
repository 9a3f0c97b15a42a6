"""A target's values over time as a small picture: coordinates for an SVG, with the level as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from publish.pages.levels import RANK
from publish.pages.progress_chart import Course

WIDTH, HEIGHT = 120, 36
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Spark:
    """`dots` are x and y of the values in order, `level` the y of the level's line."""

    dots: Sequence[tuple[float, float]]
    level: float

    @property
    def path(self) -> str:
        """The dots as an SVG's `points`."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.dots)


def spark(course: Course) -> Spark:
    """From the plan's first day to the last; heights from the lowest to the highest, ranks the other way round."""
    days = [_number(one.as_of) for one in course.points]
    start = min([*days, *([_number(course.start)] if course.start else [])])
    end = max([*days, *([_number(course.due)] if course.due else [])])
    values = [one.value for one in course.points]
    low, high = min(course.level.value, *values), max(course.level.high or course.level.value, *values)
    dots = [(_across(day, start, end), _up(value, low, high)) for day, value in zip(days, values, strict=True)]
    level = _up(course.level.value, low, high)
    if course.level.unit == RANK:
        return Spark([(x, HEIGHT - y) for x, y in dots], HEIGHT - level)
    return Spark(dots, level)


def _number(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _across(day: int, first: int, last: int) -> float:
    share = (day - first) / (last - first) if last > first else 0.5
    return round(_MARGIN + share * (WIDTH - 2 * _MARGIN), 1)


def _up(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN), 1)
