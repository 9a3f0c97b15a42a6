"""Pages in Vietnamese, or in English where the reader has switched: by `?_lang=en`, which a cookie remembers."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from publish.pages import language
from publish.pages.asgi import Application, Message, Receive, Send

_YEAR = 365 * 24 * 3600  # seconds


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give every template the words and the ways of writing of the language."""
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        language.translated, language.translated_number, newstyle=True
    )
    env.globals["language"] = language.current
    filters: dict[str, Callable[..., str]] = {
        "label": language.label,
        "number": language.number,
        "day": language.day,
        "quarter": language.quarter,
        "said": language.translated,
    }
    env.filters |= {name: _of_the_request(function) for name, function in filters.items()}


def _of_the_request(function: Callable[..., str]) -> Callable[..., str]:
    """The filter, worked out anew for each page: Jinja works out those of constants once, when it reads a template."""

    @pass_context
    def filtered(_context: Context, *args: object) -> str:
        return function(*args)

    return filtered


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Settle each request's language before anything is made for it."""

    def wrap(app: Application) -> Application:
        async def with_language(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            asked = language.asked(scope.get("query_string", b"").decode("latin-1"))
            language.use(asked or _remembered(scope))
            await app(scope, receive, _remembering(send, asked, datasette.setting("base_url")) if asked else send)

        return with_language

    return wrap


def _remembered(scope: Message) -> str | None:
    given = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
    try:
        found = SimpleCookie(given.decode("latin-1")).get(language.COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _remembering(send: Send, asked: str, path: str) -> Send:
    cookie = f"{language.COOKIE}={asked}; Path={path}; Max-Age={_YEAR}; SameSite=Lax; HttpOnly"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", cookie.encode())]}
        await send(message)

    return sending
