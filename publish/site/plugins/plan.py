"""Kế hoạch: the page of one plan."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages import asked
from publish.pages.addresses import Addresses
from publish.pages.citing import cite
from publish.pages.language import meaning
from publish.pages.page import Missing, ask, show
from publish.pages.plan import plan, says_day, says_rule
from publish.pages.progress_reports import report_values
from publish.pages.recurrence import in_words


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The words before the key are for readers: any will do."""
    return [(r"/ke-hoach/(?P<plan>[^/.]+)$", plan_page)]


async def plan_page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    given = unquote(request.url_vars["plan"])
    unit, quarter = asked.word(request, "don_vi"), asked.word(request, "quy")
    found = await ask(datasette, plan, given, unit, quarter)
    if found is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    address = datasette.absolute_url(request, Addresses(datasette.urls.path).plan(found.plan))
    context = {
        "found": found,
        "plan": found.plan,
        "unit": next((one for one in found.units if one["unit_id"] == unit), None),
        "quarter": quarter,
        "narrowed": bool(unit or quarter),
        "values": await ask(datasette, report_values, found.plan["id"]),
        "as_table": asked.word(request, "xem") == "bang",
        "citation": cite(found.plan, address),
        "in_words": in_words,
        "meaning": meaning,
        "says_day": says_day,
        "says_rule": says_rule,
    }
    return await show(datasette, request, "ke_hoach.html", context)
