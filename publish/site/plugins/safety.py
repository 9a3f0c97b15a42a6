"""What is answered, and what browsers and search engines may do with it.

Only GET and HEAD are answered; nothing from elsewhere or inline is run; SQL pages are not crawled.
"""

import re
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.asgi import Application, Message, Receive, Send
from publish.pages.language import translated as _
from publish.pages.page import DATABASE

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# Datasette's own pages, where any address with SQL in it is one page more: "/plans", "/plans/tasks", "/-/versions"
_ENDLESS = re.compile(rf"/(?:{DATABASE}(?:[/.]|$)|-/)")


# The site is read only; a browser takes "/\\host" in a redirection for another site's address.
_METHODS = {"GET", "HEAD"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The address that crawlers ask first."""
    return [(r"/robots\.txt$", robots)]


async def robots(datasette: Datasette, request: Request) -> Response:  # noqa: ARG001
    """What crawlers are to leave alone: tables, rows and SQL, which the site's own pages say better."""
    base = datasette.setting("base_url")
    lines = [
        "User-agent: *",
        *(f"Disallow: {base}{path}" for path in (DATABASE, "-/", "tim-kiem?")),
        f"Allow: {base}-/static/",
    ]
    return Response.text("\n".join(lines) + "\n")


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Send the headers with every response."""
    base = datasette.setting("base_url")

    def wrap(app: Application) -> Application:
        async def guarded(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            if scope["method"] not in _METHODS or b"\\" in scope.get("raw_path", b""):
                await _refuse(scope, send)
                return
            scope = {**scope, "headers": [one for one in scope["headers"] if one[0] != b"cookie" or one[1].isascii()]}
            path = "/" + scope["path"].removeprefix(base).lstrip("/")
            added = (*_HEADERS, (b"x-robots-tag", b"noindex, nofollow")) if _ENDLESS.match(path) else _HEADERS

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message.get("headers", ()), *added]}
                await send(message)

            await app(scope, receive, sending)

        return guarded

    return wrap


async def _refuse(scope: Message, send: Send) -> None:
    """Say that a page is only to be read, or that there is none at such an address."""
    known = scope["method"] in _METHODS
    status, said = (404, _("Không tìm thấy trang")) if known else (405, _("Trang này chỉ để đọc (GET, HEAD)."))
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD"), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode()})
