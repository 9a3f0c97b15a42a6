"""A whole view as CSV (`/plans/view.csv?_stream=on`), in place of Datasette's own, which ends midway in a large one."""

import re
from collections.abc import Callable
from contextlib import aclosing
from urllib.parse import parse_qsl

from datasette import hookimpl
from datasette.app import Datasette

from publish.pages.asgi import Application, Message, Receive, Send
from publish.pages.page import DATABASE
from publish.pages.view_rows import Wanted, as_csv, wanted

_FILE = re.compile(rf"/{DATABASE}/(?P<view>\w+)\.csv")
_HEADERS = [(b"content-type", b"text/csv; charset=utf-8"), (b"cache-control", b"no-cache")]


@hookimpl(tryfirst=True)  # so that the others wrap it, as they wrap every page
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Answer what asks for all rows of a view; everything else goes on."""

    def wrap(app: Application) -> Application:
        async def sending(scope: Message, receive: Receive, send: Send) -> None:
            of = await _asked(datasette, scope) if scope["type"] == "http" and scope["method"] == "GET" else None
            await (app(scope, receive, send) if of is None else _send(datasette, scope, send, of))

        return sending

    return wrap


async def _asked(datasette: Datasette, scope: Message) -> Wanted | None:
    path = "/" + scope["path"].removeprefix(datasette.setting("base_url")).lstrip("/")
    asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
    found = _FILE.fullmatch(path) if any(name == "_stream" for name, _ in asked) else None
    if found is None:
        return None
    database = datasette.get_database(DATABASE)
    if found["view"] not in await database.view_names():
        return None
    return wanted(found["view"], await database.table_columns(found["view"]), asked)


async def _send(datasette: Datasette, scope: Message, send: Send, of: Wanted) -> None:
    name = scope["path"].rpartition("/")[2].encode()
    head = [*_HEADERS, (b"content-disposition", b'attachment; filename="' + name + b'"')]
    async with aclosing(as_csv(datasette.get_database(DATABASE), of)) as pieces:
        await send({"type": "http.response.start", "status": 200, "headers": head})
        async for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
