"""Đơn vị: the list of units, one unit, and the chart of its workload."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages import charts
from publish.pages.addresses import Addresses
from publish.pages.asked import whole_number, word
from publish.pages.feeds import MOST as MOST_EVENTS
from publish.pages.language import later, translated
from publish.pages.page import Missing, ask, show
from publish.pages.progress_counts import TARGET_STATUSES, TASK_STATUSES
from publish.pages.progress_summaries import unit_summary
from publish.pages.task_lists import MOST
from publish.pages.unit import NEWEST, asked, unit, workload
from publish.pages.units import unit_list, units_at
from publish.pages.workload import HEIGHT, NARROW, WIDE, workload_chart
from schemas.codelists import by_code


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """A unit's key has Vietnamese letters; without accents it is understood too."""
    return [
        (r"/don-vi$", list_page),
        (r"/don-vi/(?P<key>[^/]+)/khoi-luong\.svg$", chart),
        (r"/don-vi/(?P<key>[^/]+)(?<!\.ics)$", unit_page),
    ]


async def list_page(datasette: Datasette, request: Request) -> Response:
    """All units, or those of a name and kind."""
    words, kind = word(request, "tu_khoa"), word(request, "loai")
    kind = kind if kind in by_code("unit_kinds") else ""
    page = whole_number(request, "trang", 1, most=MOST)
    found = await ask(datasette, unit_list, words, kind, page)
    return await show(datasette, request, "don_vi.html", {"found": found, "words": words, "kind": kind, "most": MOST})


async def unit_page(datasette: Datasette, request: Request) -> Response:
    """One unit; to it, or to the units to choose from, where the address leaves accents out."""
    key = unquote(request.url_vars["key"])
    given = asked(request)
    found = await ask(datasette, unit, key, given)
    if found is None:
        return await _alike(datasette, request, key)
    to = Addresses(datasette.urls.path)
    place = {"dia_phuong": given.locality} if found.locality.found else {}
    context = {
        "found": found,
        "given": given,
        "unit": found.unit,
        "summary": await ask(datasette, unit_summary, key),
        "target_statuses": TARGET_STATUSES,
        "task_statuses": TASK_STATUSES,
        "sizes": ((WIDE, HEIGHT), (NARROW, HEIGHT)),
        "newest": NEWEST,
        "most": MOST,
        "most_events": MOST_EVENTS,
        "feed": datasette.absolute_url(request, to.unit_feed(key, **place)),
    }
    return await show(datasette, request, "don_vi_mot.html", context)


async def _alike(datasette: Datasette, request: Request, key: str) -> Response:
    alike = await ask(datasette, units_at, key)
    if not alike:
        raise Missing(later("Không có đơn vị nào mang mã %(key)s."), key=key)
    if len(alike) == 1:
        query = f"?{request.query_string}" if request.query_string else ""
        return Response.redirect(Addresses(datasette.urls.path).unit(alike[0]["id"]) + query)
    return await show(datasette, request, "don_vi_nhieu.html", {"alike": alike, "key": key})


async def chart(datasette: Datasette, request: Request) -> Response:
    """A unit's workload as a picture."""
    key = unquote(request.url_vars["key"])
    quarters = await ask(datasette, workload, key)
    if quarters is None:
        raise Missing(later("Không có đơn vị nào mang mã %(key)s."), key=key)
    if not quarters:
        empty = charts.note(translated("Đơn vị này không có việc nào có ngày đến hạn."))
        return Response(empty, content_type="image/svg+xml; charset=utf-8")
    return await charts.picture(workload_chart(quarters, narrow=word(request, "hep") == "1"))
