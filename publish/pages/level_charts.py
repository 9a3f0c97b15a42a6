"""Levels that targets set -> a bar chart's specification: one axis, the comparator at each bar's end and in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.pages import charts
from publish.pages.language import translated
from publish.pages.levels import PERCENT, RANK, Level

Spec = Mapping[str, Any]

WIDE, NARROW = 760, 350  # points
_BAR, _AROUND = 25, 54  # points: a bar's room, and that of the axis
_LONGEST = 24  # letters of what is added to a name
_ENDS = {">=": "triangle-right", ">": "triangle-right", "<=": "triangle-left", "<": "triangle-left"}


@dataclass(frozen=True, slots=True)
class Bar:
    """`name` is whose level it is; `apart` tells bars of one name apart, the first of them that does is used."""

    name: str
    level: Level
    apart: tuple[str, ...] = ()
    marked: bool = False


def size(bars: Sequence[Bar], *, narrow: bool = False) -> tuple[int, int]:
    """Width and height of the picture."""
    return (NARROW if narrow else WIDE), len(bars) * _BAR + _AROUND


def bar_chart(bars: Sequence[Bar], *, narrow: bool = False) -> Spec:
    """The chart of levels of one kind, in the order given."""
    width, height = size(bars, narrow=narrow)
    ranks = bars[0].level.unit == RANK
    values = [_row(bar, label) for bar, label in zip(bars, labels(bars), strict=True)]
    x = {"type": "quantitative", "axis": {"title": _axis_title(bars[0].level), "tickCount": 4 if narrow else 8}}
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "axis": {
            "title": None,
            "labelLimit": 140 if narrow else 300,
            "ticks": False,
            "domain": False,
            "labelPadding": 6,
        },
    }
    return {
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": _padding(bars),
        "width": width,
        "height": height,
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": [
            *([] if ranks else [_bars("end", {**x, "scale": _scale(bars)}, "pale"), _bars("value", x, "fill")]),
            _points(x | {"scale": _scale(bars)}, ranks),
            _texts(x),
        ],
    }


def labels(bars: Sequence[Bar]) -> list[str]:
    """A label for each bar, no two the same: its name, and what tells it apart from others of that name.

    >>> labels([Bar("Xã A", Level(1), ("X", "2025")), Bar("Xã A", Level(2), ("X", "2026")), Bar("Xã B", Level(3))])
    ['Xã A, 2025', 'Xã A, 2026', 'Xã B']
    """
    found = [bar.name or "…" for bar in bars]
    for depth in range(max((len(bar.apart) for bar in bars), default=0)):
        words = [bar.apart[depth] if depth < len(bar.apart) else "" for bar in bars]
        several = Counter(label for label, _ in set(zip(found, words, strict=True)))
        found = [
            f"{label}, {_short(word)}" if word and several[label] > 1 else label
            for label, word in zip(found, words, strict=True)
        ]
    seen: Counter[str] = Counter()
    for at, label in enumerate(found):
        seen[label] += 1
        found[at] = f"{label} ({seen[label]})" if seen[label] > 1 else label
    return found


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _row(bar: Bar, label: str) -> dict[str, object]:
    """`value` is where the full bar ends, `end` where a range does; a ceiling is all pale, since any less will do."""
    level = bar.level
    ceiling = level.comparator in {"<=", "<"} and level.unit != RANK
    return {
        "label": label,
        "value": 0 if ceiling else level.value,
        "end": level.value if level.high is None else level.high,
        "short": level.short,
        "said": f"{label}: {level.written}",
        "shape": _ENDS.get(level.comparator, "stroke") if level.high is None else "stroke",
        "fill": charts.MARKED if bar.marked else charts.FILL,
        "pale": charts.PALE,
    }


def _bars(field: str, x: Spec, colour: str) -> Spec:
    return {
        "mark": {"type": "bar", "height": {"band": 0.62}, "aria": False},
        "encoding": {
            "x": {**x, "field": field, "stack": None},
            "color": {"field": colour, "type": "nominal", "scale": None},
        },
    }


def _points(x: Spec, ranks: bool) -> Spec:
    """What stands at a bar's end: an arrow where more, or less, will do too; of ranks, which have no bar, a dot."""
    shape: Spec = {"value": "circle"} if ranks else {"field": "shape", "type": "nominal", "scale": None}
    return {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "xOffset": 0 if ranks else 5},
        "encoding": {
            "x": {**x, "field": "end"},
            "shape": shape,
            "color": {"field": "fill", "type": "nominal", "scale": None},
            "description": {"field": "said"},
        },
    }


def _texts(x: Spec) -> Spec:
    return {
        "mark": {"type": "text", "align": "left", "dx": 12, "aria": False},
        "encoding": {"x": {**x, "field": "end"}, "text": {"field": "short"}},
    }


def _scale(bars: Sequence[Bar]) -> Spec:
    """Bars start at 0 and shares end at 100, so that no difference looks larger than it is; ranks start at 1."""
    level = bars[0].level
    most = max(bar.level.high or bar.level.value for bar in bars)
    if level.unit == RANK:
        return {"domain": [1, max(most, 2)], "nice": False}
    if level.unit == PERCENT and not level.change and most <= 100:
        return {"domain": [0, 100]}
    return {"domain": [0, most or 1], "nice": False}


def _padding(bars: Sequence[Bar]) -> Spec:
    """Room on the right for the words beside the longest bar, points."""
    return {"left": 4, "top": 6, "bottom": 4, "right": 18 + 7 * max(len(bar.level.short) for bar in bars)}


def _axis_title(level: Level) -> str:
    if level.unit == RANK:
        return translated("Thứ hạng (1 là cao nhất)")
    changes = {"increase": translated("Mức tăng"), "decrease": translated("Mức giảm")}
    unit = f"{level.unit} / {level.per}" if level.per else level.unit
    return " ".join(filter(None, (changes.get(level.change, ""), f"({unit})" if level.change and unit else unit)))
