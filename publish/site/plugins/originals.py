"""Pages of the plans' own files as pictures, and the files themselves."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, Request, Response

from publish.pages import asked, evidence
from publish.pages.drawing import NoPicture
from publish.pages.originals import NoOriginal
from publish.pages.page import Missing, ask
from publish.pages.pictures import DPI, LARGE_DPI, PICTURES
from publish.pages.seen import original_of

_LARGE = "lon"
# The address holds the hash of the file's bytes, so that what it shows never changes.
_FOR_EVER = "public, max-age=31536000, immutable"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Under the plan's own address."""
    return [
        (r"/ke-hoach/(?P<plan>[^/]+)/trang/(?P<page>[^/]+)\.png$", picture),
        (r"/ke-hoach/(?P<plan>[^/]+)/tep-goc$", original),
    ]


async def picture(datasette: Datasette, request: Request) -> Response:
    """A page as PNG; `co=lon` for twice as many dots."""
    plan = await _plan(datasette, request)
    given = unquote(request.url_vars["page"])
    if not (len(given) < 10 and given.isascii() and given.isdigit() and 1 <= int(given) <= (plan["pages"] or 0)):
        raise Missing("Văn bản này có %(last)s trang, không có trang %(page)s.", last=plan["pages"] or 0, page=given)
    dpi = LARGE_DPI if asked.word(request, "co") == _LARGE else DPI
    headers = {"Cache-Control": _FOR_EVER, "ETag": f'"{plan["sha256"][:16]}-{given}-{dpi}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response("", status=304, headers=headers)
    try:
        found = await original_of(datasette, plan, plan["path"])
        png = await PICTURES.png(found, int(given), dpi)
    except (NoOriginal, NoPicture) as error:
        raise Missing(str(error)) from error
    return Response(png, headers=headers, content_type="image/png")


# A visitor's cookie (the language) changes nothing here: Datasette then leaves the headers as they are.
picture.__dict__["_datasette_static"] = True


async def original(datasette: Datasette, request: Request) -> AsgiFileDownload:
    """The file, to keep and not to show: it may be HTML."""
    plan = await _plan(datasette, request)
    try:
        found = await original_of(datasette, plan, plan["path"])
    except NoOriginal as error:
        raise Missing(str(error)) from error
    named = f"attachment; filename*=UTF-8''{quote(plan['filename'], safe='')}"
    return AsgiFileDownload(found.path, content_type=plan["media_type"], headers={"Content-Disposition": named})


async def _plan(datasette: Datasette, request: Request) -> dict[str, Any]:
    given = unquote(request.url_vars["plan"])
    plan = await ask(datasette, evidence.source, given)
    if plan is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    return dict(plan)
