"""Tải về: the page, its files, and the files of one plan."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_plus

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from publish.export.apart import Order, made
from publish.export.formats import FORMATS
from publish.export.normalized import TABLES_EXPORTED
from publish.export.selection import Selection
from publish.export.sending import Streamed, download_headers
from publish.export.sizes import sizes
from publish.export.sqlite_file import size as database_size
from publish.pages import asked
from publish.pages.addresses import Addresses
from publish.pages.api_examples import examples, samples, snippets
from publish.pages.downloads import (
    PLAN_FORMATS,
    chosen,
    file_name,
    for_people,
    for_programs,
    format_of,
    in_words,
    page,
    plan_file,
)
from publish.pages.language import translated as _
from publish.pages.page import DATABASE, Missing, ask, show
from publish.tables import CODELISTS

_AT_ONCE = 4  # exports, each a process of its own
_DATABASES_AT_ONCE = 8  # files that are sent as they stand, for which a process does next to nothing
_PATIENCE = 20  # seconds that a reader waits for one of them to end
_LATER = "60"  # seconds until asking again is worth it

_ASKED = ("nam", "dia_phuong", "ke_hoach")

_slots = asyncio.Semaphore(_AT_ONCE)
_database_slots = asyncio.Semaphore(_DATABASES_AT_ONCE)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """`urldecoded`: an address as people read it."""
    env.filters["urldecoded"] = unquote_plus


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The page, the database, whole files or files of some plans, and one plan's files."""
    return [
        (rf"/{DATABASE}\.db$", database),
        (r"/tai-ve$", downloads),
        (r"/tai-ve/(?P<name>(?:bang/)?[\w-]+\.\w+)$", download),
        (rf"/ke-hoach/(?P<plan>[^/]+)\.(?P<form>{'|'.join(PLAN_FORMATS)})$", plan_download),
    ]


async def downloads(datasette: Datasette, request: Request) -> Response:
    """The page; its links carry what is asked for."""
    selection = _selection(request)
    found = await ask(datasette, page, selection)
    measured = await asyncio.to_thread(sizes, _path(datasette))
    shown = examples(await ask(datasette, samples))
    kept = {} if found.trouble else {name: asked.words(request, name) for name in _ASKED}
    site = _site(datasette, request)
    return await show(
        datasette,
        request,
        "tai_ve.html",
        {
            "found": found,
            "trouble": in_words(found.trouble),
            "kept": kept,
            "asked": bool(selection),
            "asked_place": asked.word(request, "dia_phuong"),
            "tables": [table.name for table in TABLES_EXPORTED if table.name not in CODELISTS],
            "workbook": measured[FORMATS["xlsx"].file_name].of(found.counts["plans"]),
            "people": for_people(found.counts, measured),
            "programs": for_programs(found.counts, measured),
            "database_size": _path(datasette).stat().st_size,
            "examples": [(one, snippets(one, site + one.path)) for one in shown],
            "site": site,
        },
    )


async def download(datasette: Datasette, request: Request) -> Response:
    """A file of all plans, or of those that the address asks for."""
    given = unquote(request.url_vars["name"])
    form = format_of(given)
    if form is None:
        raise Missing(_("Không có tệp %(name)s để tải.") % {"name": given})
    selection = _selection(request)
    trouble = await ask(datasette, chosen, selection)
    if trouble:
        raise Missing(in_words(trouble))
    order = Order(_path(datasette), form, selection, _site(datasette, request))
    return await _sent(datasette, request, order, file_name(given, selection), _slots)


async def database(datasette: Datasette, request: Request) -> Response:
    """The database as it stands, whole: Datasette's own answer would go on reading what an import changes meanwhile."""
    order = Order(_path(datasette), FORMATS["sqlite"], Selection(), "")
    return await _sent(datasette, request, order, f"{DATABASE}.db", _database_slots)


async def plan_download(datasette: Datasette, request: Request) -> Response:
    """One plan as a workbook, a table or its record."""
    given, form = unquote(request.url_vars["plan"]), request.url_vars["form"]
    file = await ask(datasette, plan_file, given, form, _path(datasette), _site(datasette, request))
    if file is None:
        raise Missing(_("Không có kế hoạch nào mang mã %(key)s.") % {"key": given})
    return Response(file.body, headers=download_headers(file.name), content_type=PLAN_FORMATS[form])


async def _sent(datasette: Datasette, request: Request, order: Order, name: str, slots: asyncio.Semaphore) -> Response:
    """An export under a name, as soon as one of the slots is free."""
    media_type = order.form.media_type
    if request.method == "HEAD":
        return Response("", headers=download_headers(name), content_type=media_type)
    try:
        await asyncio.wait_for(slots.acquire(), _PATIENCE)
    except TimeoutError:
        return await _busy(datasette, request)
    pieces = _in_slot(order, slots)
    first = await anext(pieces, b"")
    return Streamed(request, pieces, first, name=name, media_type=media_type, length=database_size(first))


async def _in_slot(order: Order, slots: asyncio.Semaphore) -> AsyncIterator[bytes]:
    """The bytes of an export whose slot is taken; it is free again when they end, however they do."""
    try:
        async for piece in made(order):
            yield piece
    finally:
        slots.release()


async def _busy(datasette: Datasette, request: Request) -> Response:
    trouble = {
        "title": _("Đang có nhiều người tải dữ liệu"),
        "advice": _("Hãy thử lại sau một phút, hoặc chọn riêng một năm, một địa phương để tệp nhỏ hơn."),
    }
    response = await show(datasette, request, "loi.html", {"trouble": trouble}, status=503)
    response.headers["Retry-After"] = _LATER
    return response


def _selection(request: Request) -> Selection:
    """What the address asks for; a year that is no number is one that no plan has."""
    years = asked.words(request, "nam")
    return Selection(
        plans=tuple(asked.words(request, "ke_hoach")),
        localities=tuple(asked.words(request, "dia_phuong")),
        years=tuple(int(one) if one.isascii() and one.isdigit() and len(one) <= 4 else 0 for one in years),
    )


def _path(datasette: Datasette) -> Path:
    return Path(datasette.get_database(DATABASE).path)


def _site(datasette: Datasette, request: Request) -> str:
    """The site's own address, as the reader sees it."""
    home: str = datasette.absolute_url(request, Addresses(datasette.urls.path).home())
    return home.rstrip("/")
