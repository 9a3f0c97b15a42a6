"""The process that draws charts ends with the site."""

from collections.abc import Callable

from datasette import hookimpl
from datasette.app import Datasette

from publish.pages import charts
from publish.pages.asgi import Application, Message, Receive, Send


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:  # noqa: ARG001
    """Listen for the server's last word."""

    def wrap(app: Application) -> Application:
        async def ending(scope: Message, receive: Receive, send: Send) -> None:
            await app(scope, receive, send)
            if scope["type"] == "lifespan":
                charts.end()

        return ending

    return wrap
