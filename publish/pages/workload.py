"""A unit's tasks by quarter and role -> the specification of a chart."""

from collections.abc import Mapping, Sequence
from typing import Any

from publish.pages import charts
from publish.pages.language import label, quarter, translated

WIDE, NARROW, HEIGHT = 760, 350, 260  # points
_ROLES = {"lead": charts.FILL, "coordinate": charts.MARKED, "implement": charts.PALE}
_MOST, _MOST_NARROW = 40, 16  # quarters: the newest of more
_FEW = 8  # whose names have room side by side


def workload_chart(quarters: Sequence[Mapping[str, Any]], *, narrow: bool = False) -> charts.Spec:
    """A bar a quarter, made of the roles."""
    shown = quarters[-(_MOST_NARROW if narrow else _MOST) :]
    names = {role: label(role, "roles") for role in _ROLES}
    values = [
        {"quarter": quarter(one["quarter"]), "role": names[role], "tasks": one[role], "order": at}
        for one in shown
        for at, role in enumerate(_ROLES)
    ]
    axis = {"title": None, "labelAngle": -45 if narrow or len(shown) > _FEW else 0, "labelFontSize": 11}
    return {
        "autosize": {"type": "fit", "contains": "padding"},
        "width": NARROW if narrow else WIDE,
        "height": HEIGHT,
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "quarter", "type": "ordinal", "sort": None, "axis": axis},
            "y": {
                "field": "tasks",
                "type": "quantitative",
                "axis": {"title": translated("Số việc đến hạn"), "tickMinStep": 1, "format": "d"},
            },
            "color": {
                "field": "role",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": list(names.values()), "range": list(_ROLES.values())},
                "legend": {"title": None, "orient": "top"},
            },
            "order": {"field": "order"},
        },
    }
