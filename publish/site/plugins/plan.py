"""Kế hoạch: the page of one plan."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.page import Missing, ask, show
from publish.pages.plan import plan


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The words before the key are for readers: any will do."""
    return [(r"/ke-hoach/(?P<plan>[^/.]+)$", plan_page)]


async def plan_page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    given = unquote(request.url_vars["plan"])
    found = await ask(datasette, plan, given)
    if found is None:
        raise Missing(f"Không có kế hoạch nào mang mã {given}.")
    return await show(datasette, request, "ke_hoach.html", {"found": found, "plan": found.plan})
