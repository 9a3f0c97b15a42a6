"""A site under a path of a larger one: `base_url` works whether the proxy leaves the path before addresses or not."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from publish.pages.asgi import Application, Message, Receive, Send


@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application] | None:
    """Take the path away from what is asked and put it before where an answer sends the reader."""
    base: str = datasette.setting("base_url")
    if base == "/":
        return None

    def wrap(app: Application) -> Application:
        async def under_path(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                scope, send = {**scope, **_without(scope, base)}, _sending_on(send, base)
            await app(scope, receive, send)

        return under_path

    return wrap


def _without(scope: Message, base: str) -> dict[str, Any]:
    """The two spellings of the path in a request, both without the base."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    shorter = _shortened(raw.decode("latin-1"), base)
    return {"path": _shortened(scope["path"], base), "raw_path": shorter.encode("latin-1")}


def _shortened(path: str, base: str) -> str:
    """The path without the base, whether it had it or not.

    >>> [_shortened(path, "/kehoach/") for path in ("/kehoach/plans", "/kehoach", "/plans")]
    ['/plans', '/', '/plans']
    """
    return "/" + path[len(base) :] if path.startswith(base) or path == base.rstrip("/") else path


def _sending_on(send: Send, base: str) -> Send:
    """Redirections of Datasette's router know nothing of the base."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_located(one, base.encode()) for one in message.get("headers", ())]}
        await send(message)

    return sending


def _located(header: tuple[bytes, bytes], base: bytes) -> tuple[bytes, bytes]:
    name, value = header
    own = name.lower() == b"location" and value.startswith(b"/") and not value.startswith((b"//", base))
    return (name, base + value[1:]) if own else header
