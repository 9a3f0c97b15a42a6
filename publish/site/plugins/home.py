"""Trang chủ."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.home import home
from publish.pages.page import ask, show


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """In place of Datasette's list of databases."""
    return [(r"/$", first_page)]


async def first_page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    return await show(datasette, request, "trang_chu.html", {"home": await ask(datasette, home)})
