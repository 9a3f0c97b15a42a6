"""Địa phương: the list, and the page of one place."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.asked import whole_number, word
from publish.pages.localities import UNKNOWN, localities, locality
from publish.pages.page import Missing, ask, show
from publish.pages.progress_counts import TARGET_STATUSES, TASK_STATUSES
from publish.pages.progress_summaries import place_summary


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The list and one place."""
    return [(r"/dia-phuong$", list_page), (r"/dia-phuong/(?P<locality>[^/.]+)$", locality_page)]


async def list_page(datasette: Datasette, request: Request) -> Response:
    """The provinces, or the places of one of them, or of a name."""
    province, looked_for = word(request, "tinh"), word(request, "tu_khoa")
    found = await ask(datasette, localities, province, looked_for, whole_number(request, "trang", 1))
    context = {"found": found, "province": province, "looked_for": looked_for, "unknown": UNKNOWN}
    return await show(datasette, request, "cac_dia_phuong.html", context)


async def locality_page(datasette: Datasette, request: Request) -> Response:
    """The page of one place."""
    key = unquote(request.url_vars["locality"])
    found = await ask(datasette, locality, key)
    if found is None:
        raise Missing("Không có địa phương nào mang mã %(key)s.", key=key)
    context = {
        "found": found,
        "own": found.own,
        "summary": await ask(datasette, place_summary, key),
        "target_statuses": TARGET_STATUSES,
        "task_statuses": TASK_STATUSES,
    }
    return await show(datasette, request, "dia_phuong.html", context)
