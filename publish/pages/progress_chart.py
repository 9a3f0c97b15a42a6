"""What was reached of a target over time -> a chart's specification: the level to reach, the way there, the values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.pages import charts
from publish.pages.language import day, number, translated
from publish.pages.levels import PERCENT, RANK, Level

Spec = Mapping[str, Any]

WIDE, NARROW, HEIGHT = 760, 350, 300  # points
SIZES = ((WIDE, HEIGHT), (NARROW, HEIGHT))
_FEW = 9  # values with room for their numbers
_FEW_NARROW = 5
_NEAR_THE_TOP = 94  # % of 100


@dataclass(frozen=True, slots=True)
class Point:
    """A value in the target's own unit, as of an ISO day."""

    as_of: str
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """What a chart shows; days are ISO 8601. `pace` says that even progress, from `base` or 0, is expected."""

    level: Level
    points: Sequence[Point]
    start: str | None = None
    due: str | None = None
    base: Point | None = None
    pace: bool = False


def course_chart(course: Course, *, narrow: bool = False) -> Spec:
    """The chart; values that were replaced are not on it."""
    return {
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "top": 10, "bottom": 4, "right": 22},
        "width": NARROW if narrow else WIDE,
        "height": HEIGHT,
        "encoding": {"x": _days(course, narrow), "y": _values(course)},
        "layer": [*_level(course), *_due(course), *_pace(course), *_base(course), *_points(course, narrow)],
    }


def _days(course: Course, narrow: bool) -> Spec:
    first, last = _ends(course)
    scale = {"type": "utc", **({"domain": [first, last]} if first < last else {})}
    axis = {"title": None, "format": "%m/%Y", "tickCount": 4 if narrow else 8, "labelOverlap": True}
    return {"field": "day", "type": "temporal", "scale": scale, "axis": axis}


def _ends(course: Course) -> tuple[str, str]:
    """The first and the last day shown."""
    told = [point.as_of for point in course.points] + ([course.base.as_of] if course.base else [])
    days = sorted(one for one in (course.start, course.due, *told) if one)
    return days[0], days[-1]


def _values(course: Course) -> Spec:
    """From 0, so that no way looks longer than it is; ranks from 1, the best on top."""
    level = course.level
    shown = [level.value, level.high or level.value, *(one.value for one in course.points)]
    shown += [course.base.value] if course.base else []
    if level.unit == RANK:
        scale: Spec = {"domain": [round(max(shown) * 1.15) + 1, 1], "nice": False}
    elif level.unit == PERCENT and not level.change and max(shown) <= 100 and min(shown) >= 0:
        scale = {"domain": [0, 100]}
    else:
        scale = {"domain": [min(0.0, *shown), max(shown) * 1.08 or 1], "nice": True}
    unit = translated("thứ hạng") if level.unit == RANK else level.unit
    return {
        "field": "value",
        "type": "quantitative",
        "scale": scale,
        "axis": {
            "title": unit or None,
            "tickCount": 6,
            "titleAngle": 0,
            "titleAnchor": "end",
            "titleY": -8,
            "titleX": 0,
        },
    }


def _level(course: Course) -> list[Spec]:
    """A line at the level, a band between the two ends of a range; the level in words above it."""
    level, (first, last) = course.level, _ends(course)
    said = f"{translated('Mức đặt ra')}: {level.written}"
    text = {
        "mark": {
            "type": "text", "align": "left", "dx": 4, "dy": 12 if _high_up(level) else -8, "color": charts.MARKED,
            "fontWeight": "bold", "aria": False,
        },
        "data": {"values": [{"day": first, "value": level.value, "said": said}]},
        "encoding": {"text": {"field": "said"}},
    }  # fmt: skip
    line = {
        "mark": {"type": "line", "color": charts.MARKED, "strokeWidth": 2, "description": said},
        "data": {"values": [{"day": first, "value": level.value}, {"day": last, "value": level.value}]},
    }
    if level.high is None:
        return [line, text]
    band = {
        "mark": {"type": "area", "color": charts.MARKED, "opacity": 0.16, "aria": False},
        "data": {"values": [{"day": one, "value": level.value, "high": level.high} for one in (first, last)]},
        "encoding": {"y2": {"field": "high"}},
    }
    return [band, line, text]


def _high_up(level: Level) -> bool:
    """Whether the level's line runs so near to the top that its words belong below it."""
    return level.unit == PERCENT and not level.change and level.value > _NEAR_THE_TOP


def _due(course: Course) -> Iterator[Spec]:
    if not course.due:
        return
    said = f"{translated('Hạn')} {day(course.due)}"
    values = {"values": [{"day": course.due, "said": said}]}
    nothing: Spec = {"y": None}
    yield {
        "mark": {"type": "rule", "color": charts.SOFT, "strokeDash": [3, 3], "description": said},
        "data": values,
        "encoding": nothing,
    }
    yield {
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": "bottom",
            "dx": -5,
            "dy": -4,
            "color": charts.SOFT,
            "aria": False,
        },
        "data": values,
        "encoding": {"y": {"value": "height"}, "text": {"field": "said"}},
    }


def _pace(course: Course) -> Iterator[Spec]:
    """The straight way from the start to the level."""
    if not (course.pace and course.start and course.due):
        return
    base = course.base.value if course.base else 0.0
    ends = [{"day": course.start, "value": base}, {"day": course.due, "value": course.level.value}]
    yield {
        "mark": {"type": "line", "color": charts.SOFT, "strokeDash": [6, 4], "strokeWidth": 1, "aria": False},
        "data": {"values": ends},
    }


def _base(course: Course) -> Iterator[Spec]:
    if not course.base:
        return
    said = f"{translated('Mốc ban đầu')}: {number(course.base.value)}"
    yield {
        "mark": {"type": "point", "shape": "diamond", "size": 80, "color": charts.SOFT, "filled": False},
        "data": {"values": [{"day": course.base.as_of, "value": course.base.value, "said": said}]},
        "encoding": {"description": {"field": "said"}},
    }


def _points(course: Course, narrow: bool) -> Iterator[Spec]:
    rows = [
        {
            "day": one.as_of,
            "value": one.value,
            "short": number(one.value),
            "said": f"{day(one.as_of)}: {number(one.value)}",
        }
        for one in course.points
    ]
    data = {"values": rows}
    yield {"mark": {"type": "line", "color": charts.FILL, "strokeWidth": 2.5, "aria": False}, "data": data}
    yield {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": charts.FILL},
        "data": data,
        "encoding": {"description": {"field": "said"}},
    }
    shown = rows[-(_FEW_NARROW if narrow else _FEW) :]
    yield {
        "mark": {
            "type": "text",
            "dy": 14,
            "dx": 3,
            "align": "left",
            "color": charts.FILL,
            "fontWeight": "bold",
            "aria": False,
        },
        "data": {"values": shown},
        "encoding": {"text": {"field": "short"}},
    }
