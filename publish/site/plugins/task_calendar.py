"""Lịch: what is due when, and the same as iCalendar feeds."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from publish.pages.addresses import Addresses
from publish.pages.calendar import Asked, asked, calendar, narrowing, provinces, units_offered
from publish.pages.feeds import MOST as MOST_EVENTS
from publish.pages.feeds import as_icalendar, feed, feed_name, file_name, found_by_key
from publish.pages.language import later
from publish.pages.narrowing import Narrowing
from publish.pages.page import Missing, ask, show
from publish.pages.periods import weekday, weekday_short
from publish.pages.recurrence import in_words
from publish.pages.task_lists import MOST

_MAX_AGE = 3600  # seconds; calendar programs ask a few times a day


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The page and its feeds."""
    return [
        (r"/lich$", page),
        (r"/lich\.ics$", asked_feed),
        (r"/don-vi/(?P<key>[^/]+)\.ics$", unit_feed),
        (r"/dia-phuong/(?P<key>[^/]+)\.ics$", locality_feed),
    ]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Ways of writing times."""
    env.filters |= {"weekday": weekday, "weekday_short": weekday_short, "in_words": in_words}


async def page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    given = asked(request)
    found = await ask(datasette, calendar, given)
    to = Addresses(datasette.urls.path)
    own = {"don_vi": given.unit, "vai_tro": found.narrowing.role, "dia_phuong": given.locality, "tinh": given.province}
    context = {
        "found": found,
        "given": given,
        "own": own,
        "provinces": await ask(datasette, provinces),
        "units_offered": await ask(datasette, units_offered),
        "most": MOST,
        "most_events": MOST_EVENTS,
        "feed": datasette.absolute_url(request, to.calendar_feed(**own)),
    }
    return await show(datasette, request, "lich.html", context)


async def asked_feed(datasette: Datasette, request: Request) -> Response:
    """What an address asks for by words, as the page does."""
    to = await ask(datasette, narrowing, asked(request))
    return await _sent(datasette, request, to)


async def unit_feed(datasette: Datasette, request: Request) -> Response:
    """A unit's, in one place where one is asked for."""
    key = unquote(request.url_vars["key"])
    also = asked(request)
    to = await ask(datasette, found_by_key, Asked(unit=key, locality=also.locality, province=also.province))
    if to is None:
        raise Missing(later("Không có đơn vị nào mang mã %(key)s."), key=key)
    return await _sent(datasette, request, to)


async def locality_feed(datasette: Datasette, request: Request) -> Response:
    """That of a locality's plans."""
    key = unquote(request.url_vars["key"])
    to = await ask(datasette, found_by_key, Asked(locality=key))
    if to is None:
        raise Missing(later("Không có địa phương nào mang mã %(key)s."), key=key)
    return await _sent(datasette, request, to)


async def _sent(datasette: Datasette, request: Request, to: Narrowing) -> Response:
    """Written in a thread, which knows the language of the request."""
    address = Addresses(datasette.urls.path)

    def link(key: str) -> str:
        return str(datasette.absolute_url(request, address.task(key)))

    found = await ask(datasette, feed, to)
    body = await asyncio.to_thread(as_icalendar, found, feed_name(to), link)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(to)}.ics"',
        "Cache-Control": f"max-age={_MAX_AGE}",
    }
    return Response(body, headers=headers, content_type="text/calendar; charset=utf-8")
