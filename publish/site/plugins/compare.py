"""So sánh: targets over localities, two plans, one target and those like it, a commune and its province."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages import charts
from publish.pages.alignment import OUTSIDE
from publish.pages.asked import whole_number, word, words
from publish.pages.compare import MOST, SORTS, Choice, Comparison, bars, comparison
from publish.pages.compare_above import above, plans_of
from publish.pages.compare_choices import choices, named_so
from publish.pages.compare_plans import Side, side, side_by_side
from publish.pages.level_charts import Bar, bar_chart, size
from publish.pages.levels import levels
from publish.pages.page import Missing, ask, show
from publish.pages.plan import known_key
from publish.pages.plan_picks import about_the_same, named
from publish.pages.similar_targets import Similar, similar

_MOST_CHOSEN = 60  # localities, or indicators
_YEARS = range(1900, 2200)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The pages and their charts."""
    return [
        (r"/so-sanh$", by_indicator),
        (r"/so-sanh/bieu-do\.svg$", indicator_chart),
        (r"/so-sanh/ke-hoach$", two_plans),
        (r"/so-sanh/cap-tren$", with_above),
        (r"/so-sanh/chi-tieu/(?P<target>[^/]+)\.svg$", target_chart),
        (r"/so-sanh/chi-tieu/(?P<target>[^/]+)$", like_target),
    ]


async def by_indicator(datasette: Datasette, request: Request) -> Response:
    """What there is to choose, and the comparison once something is chosen."""
    choice, looked_for = choice_of(request), word(request, "tim_noi")
    found = await ask(datasette, comparison, choice) if choice.made else None
    offered = await ask(datasette, choices, choice, looked_for, found.places if found else ())
    listed = {one["code"] for group in offered.indicators.values() for one in group}
    context = {
        "choice": choice,
        "choices": offered,
        "found": found,
        "looked_for": looked_for,
        "named_so": named_so(offered, choice.words),
        "unknown": [code for code in choice.indicators if code not in listed],
        "outside": OUTSIDE in words(request, "chi_so"),
        "figures": _figures(found) if found else [],
        "most": MOST,
    }
    return await show(datasette, request, "so_sanh.html", context)


async def indicator_chart(datasette: Datasette, request: Request) -> Response:
    """The chart of one part of the page; `nhom` counts the page's parts from 0."""
    choice = choice_of(request)
    found = await ask(datasette, comparison, choice) if choice.made else None
    part = found.part(whole_number(request, "nhom", 0, least=0)) if found else None
    return await _picture(bars(part) if part else [], request)


async def two_plans(datasette: Datasette, request: Request) -> Response:
    """Two plans side by side, or the choice of what is missing."""
    first, second = [await _side(datasette, word(request, name)) for name in ("a", "b")]
    if first and second:
        found = await ask(datasette, side_by_side, first, second)
        return await show(datasette, request, "so_sanh_ke_hoach.html", {"found": found, "levels_of": levels})
    one, typed = first or second, word(request, "tim")
    context = {
        "one": one.plan if one else None,
        "missing": "b" if first else "a",
        "typed": typed,
        "named": await ask(datasette, named, typed, one.plan["id"] if one else "") if typed else [],
        "alike": await ask(datasette, about_the_same, one.plan) if one else [],
    }
    return await show(datasette, request, "so_sanh_chon.html", context)


async def like_target(datasette: Datasette, request: Request) -> Response:
    """One target and those like it."""
    found = await _similar(datasette, request)
    bars = found.bars
    context = {"found": found, "sizes": [size(bars), size(bars, narrow=True)] if len(bars) > 1 else []}
    return await show(datasette, request, "so_sanh_chi_tieu.html", context)


async def target_chart(datasette: Datasette, request: Request) -> Response:
    """The levels of one target and of those like it."""
    return await _picture((await _similar(datasette, request)).bars, request)


async def with_above(datasette: Datasette, request: Request) -> Response:
    """A commune's plan and its province's, or the choice of a plan."""
    place, typed = word(request, "dia_phuong"), word(request, "tim")
    own = await ask(datasette, plans_of, place) if place else []
    if place and not own:
        raise Missing("Không có kế hoạch nào của địa phương mang mã %(key)s.", key=place)
    given = word(request, "ke_hoach") or (own[0]["id"] if own else "")
    if not given:
        context = {"typed": typed, "named": await ask(datasette, named, typed) if typed else []}
        return await show(datasette, request, "so_sanh_cap_tren_chon.html", context)
    key = await ask(datasette, known_key, given)
    found = await ask(datasette, above, key, words(request, "tren")[:_MOST_CHOSEN]) if key else None
    if found is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    return await show(datasette, request, "so_sanh_cap_tren.html", {"found": found, "levels_of": levels})


def choice_of(request: Request) -> Choice:
    """What the address asks to compare."""
    year, sort = whole_number(request, "nam", 0, least=0), word(request, "sap_xep")
    return Choice(
        indicators=tuple(code for code in words(request, "chi_so") if code != OUTSIDE)[:_MOST_CHOSEN],
        localities=tuple(words(request, "dia_phuong")[:_MOST_CHOSEN]),
        province=word(request, "tinh"),
        year=year if year in _YEARS else None,
        words=word(request, "tu_khoa"),
        sort=sort if sort in SORTS else SORTS[0],
        page=whole_number(request, "trang", 1),
    )


def _figures(found: Comparison) -> list[list[tuple[int, int]]]:
    """For each part of the page the sizes of its chart, wide and narrow; nothing where there is too little to draw."""
    drawn = [bars(part) if part.drawn else [] for part in found.parts]
    return [[size(one), size(one, narrow=True)] if one else [] for one in drawn]


async def _side(datasette: Datasette, given: str) -> Side | None:
    if not given:
        return None
    key = await ask(datasette, known_key, given)
    found = await ask(datasette, side, key) if key else None
    if found is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    return found


async def _similar(datasette: Datasette, request: Request) -> Similar:
    given = unquote(request.url_vars["target"])
    found = await ask(datasette, similar, given)
    if found is None:
        raise Missing("Không có chỉ tiêu nào mang mã %(key)s.", key=given)
    return found


async def _picture(drawn: list[Bar], request: Request) -> Response:
    if not drawn:
        raise Missing("Không có số nào để vẽ.")
    return await charts.picture(bar_chart(drawn, narrow=word(request, "hep") == "1"))
