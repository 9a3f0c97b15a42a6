"""Các kế hoạch: the list of all plans."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.asked import whole_number, word
from publish.pages.page import ask, show
from publish.pages.plans import Asked, plans

# Words of the address -> what they narrow.
_NARROWS = {"nam": "year", "cap": "level", "loai": "kind", "tinh": "province", "tu_khoa": "words"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """One page."""
    return [(r"/ke-hoach$", list_page)]


async def list_page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    asked = Asked(
        narrowed={meant: word(request, name) for name, meant in _NARROWS.items()},
        place=word(request, "dia_phuong"),
        order=word(request, "sap_xep"),
        page=whole_number(request, "trang", 1),
    )
    context = {"found": await ask(datasette, plans, asked), "asked": asked}
    return await show(datasette, request, "cac_ke_hoach.html", context)
