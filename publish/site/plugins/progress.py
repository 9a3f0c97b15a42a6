"""Tiến độ: the overview, one plan's progress, a target's chart, and the sheet of a plan that officers fill in."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from publish.export.sending import download_headers
from publish.pages import asked, charts
from publish.pages.addresses import TARGETS
from publish.pages.calendar import provinces, units_offered
from publish.pages.language import later, translated
from publish.pages.page import DATABASE, Missing, ask, show
from publish.pages.plan import head, known_key
from publish.pages.progress import indicators, progress, years
from publish.pages.progress_chart import course_chart
from publish.pages.progress_counts import TARGET_STATUSES, TASK_STATUSES
from publish.pages.progress_facts import moment
from publish.pages.progress_item import target_progress
from publish.pages.progress_plan import plan_progress
from publish.pages.progress_scope import DAY
from publish.pages.progress_scope import asked as asked_of
from publish.pages.recurrence import in_words

_MISSING = later("Không có kế hoạch nào mang mã %(key)s.")
_SHEETS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """`moment`: when something was entered."""
    env.filters["moment"] = moment


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The pages, the chart and the sheet."""
    return [
        (r"/tien-do$", overview),
        (r"/ke-hoach/(?P<plan>[^/]+)/tien-do$", of_plan),
        (rf"/ke-hoach/(?P<plan>[^/]+)/mau-tien-do\.(?P<form>{'|'.join(_SHEETS)})$", sheet),
        (rf"/{TARGETS}/(?P<key>[^/]+)/tien-do\.svg$", chart),
    ]


async def overview(datasette: Datasette, request: Request) -> Response:
    """Counts and lists, or one of them in full."""
    given = asked_of(request)
    found = await ask(datasette, progress, given)
    context = {
        "found": found,
        "given": given,
        "scope": found.scope,
        "years": await ask(datasette, years),
        "units_offered": await ask(datasette, units_offered),
        "provinces": await ask(datasette, provinces),
        "indicators": await ask(datasette, indicators),
        "target_statuses": TARGET_STATUSES,
        "task_statuses": TASK_STATUSES,
    }
    return await show(datasette, request, "tien_do.html", context)


async def of_plan(datasette: Datasette, request: Request) -> Response:
    """One plan's."""
    given = unquote(request.url_vars["plan"])
    found = await ask(datasette, plan_progress, given, asked.word(request, DAY))
    if found is None:
        raise Missing(_MISSING, key=given)
    context = {
        "found": found,
        "plan": found.plan,
        "in_words": in_words,
        "database": Path(datasette.get_database(DATABASE).path).name,
        "target_statuses": TARGET_STATUSES,
        "task_statuses": TASK_STATUSES,
        "typed_day": asked.word(request, DAY),
    }
    return await show(datasette, request, "tien_do_ke_hoach.html", context)


async def sheet(datasette: Datasette, request: Request) -> Response:
    """What an officer fills in of a plan's targets and tasks."""
    given, form = unquote(request.url_vars["plan"]), request.url_vars["form"]
    key = await ask(datasette, known_key, given)
    plan = await ask(datasette, head, key) if key else None
    if not key or plan is None:
        raise Missing(_MISSING, key=given)
    body = await asyncio.to_thread(_sheet, Path(datasette.get_database(DATABASE).path), key, form)
    name = f"tien-do-{plan['slug'] or key}.{form}"
    return Response(body, headers=download_headers(name), content_type=_SHEETS[form])


def _sheet(db: Path, key: str, form: str) -> bytes:
    from publish.progress.asked_for import Selection, asked_lines  # noqa: PLC0415 (its libraries are for this alone)
    from publish.progress.template import write_template  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        out = Path(folder) / f"mau.{form}"
        write_template(asked_lines(db, Selection(plan=key)).lines, out)
        return out.read_bytes()


async def chart(datasette: Datasette, request: Request) -> Response:
    """What was reached of a target over time."""
    key = unquote(request.url_vars["key"])
    found = await ask(datasette, target_progress, key)
    if found is None:
        raise Missing(later("Không có chỉ tiêu nào mang mã %(key)s."), key=key)
    course = found.chart
    if course is None:
        empty = charts.note(translated("Chưa có số liệu nào so được với mức của chỉ tiêu này."))
        return Response(empty, content_type="image/svg+xml; charset=utf-8")
    return await charts.picture(course_chart(course, narrow=asked.word(request, "hep") == "1"))
