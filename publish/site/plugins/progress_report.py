"""Báo cáo tiến độ: the progress report of one plan, to download, finish and sign."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.export.sending import download_headers
from publish.pages import asked
from publish.pages.page import Missing, ask
from publish.pages.plan import known_key
from publish.progress.written import Unclear, day
from publish.progress_report.files import MEDIA_TYPES, file_of, report_of
from publish.progress_report.period import Period

_AT_ONCE = 2  # of a long plan, writing takes a second of a core

_slots = asyncio.Semaphore(_AT_ONCE)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """One address; the day is asked for, never today's."""
    return [(rf"/ke-hoach/(?P<plan>[^/]+)/bao-cao-tien-do\.(?P<form>{'|'.join(MEDIA_TYPES)})$", report_download)]


async def report_download(datasette: Datasette, request: Request) -> Response:
    """The report as of a day (`den-ngay`), for the time from another (`tu-ngay`) where that is given."""
    given, form = unquote(request.url_vars["plan"]), request.url_vars["form"]
    key = await ask(datasette, known_key, given)
    if key is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    report = await ask(datasette, report_of, key, _period(request))
    async with _slots:
        body = await asyncio.to_thread(file_of, report, form)
    return Response(body, headers=download_headers(f"{report.name}.{form}"), content_type=MEDIA_TYPES[form])


def _period(request: Request) -> Period:
    end, start = _day(request, "den-ngay"), _day(request, "tu-ngay")
    if end is None:
        raise Missing("Hãy cho biết báo cáo tính đến ngày nào, ví dụ: ?den-ngay=2026-06-30.")
    if start and start > end:
        raise Missing("Ngày đầu kỳ (tu-ngay) ở sau ngày cuối kỳ (den-ngay).")
    return Period(start, end)


def _day(request: Request, name: str) -> date | None:
    given = asked.word(request, name)
    try:
        return date.fromisoformat(day(given)) if given else None
    except Unclear as error:
        raise Missing("%(given)s không phải ngày; hãy ghi như 2026-06-30 hoặc 30/06/2026.", given=given) from error
