"""Pages for what went wrong: in the reader's language, with what to do next; JSON where JSON was asked for."""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError

from publish.logs.requests import page_failed
from publish.pages.explanations import explained
from publish.pages.language import translated as _
from publish.pages.page import DATABASE, Missing, show
from publish.pages.standing import NotNow

_SOON = "5"  # seconds
_DATASETTES_OWN = "datasette.handle_exception"
# Datasette's own pages read some words of an address without a check: "?_next=x" of a view, "?year__in=["
_TABLES = re.compile(rf"/{DATABASE}(?:[/.]|$)")


@dataclass(frozen=True, slots=True)
class Trouble:
    """`title` and `advice` in the language of the page; `detail` is what the program said."""

    status: int
    title: str
    advice: str
    detail: str = ""


@hookimpl
def startup() -> None:
    """Take Datasette's own answer out: it would be made too, each time, and thrown away."""
    if pm.has_plugin(_DATASETTES_OWN):
        pm.unregister(name=_DATASETTES_OWN)


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """A page, or JSON as Datasette words it."""

    async def answer() -> Response:
        trouble = trouble_of(exception, of_tables=bool(_TABLES.match(request.path)))
        if trouble.status == 500:
            page_failed(request.path, exception)
        if request.path.endswith(".json"):
            return Response.json(_as_json(exception, trouble), status=trouble.status)
        response = await show(datasette, request, "loi.html", {"trouble": trouble}, status=trouble.status)
        if trouble.status == 503:
            response.headers |= {"Retry-After": _SOON, "Cache-Control": "no-store"}
        return response

    return answer


def _as_json(exception: Exception, trouble: Trouble) -> dict[str, object]:
    known = exception if isinstance(exception, DatasetteError) else None
    said = str(known.message if known else exception) or trouble.title
    extra = dict(known.error_dict) if known else {}
    return {**extra, "ok": False, "error": said, "status": trouble.status, "title": known.title if known else None}


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Awaitable[Response]]:
    """A page for what may not be seen."""

    async def page() -> Response:
        advice = _("Trang này chỉ dành cho người quản trị.")
        trouble = Trouble(403, _("Không được phép xem trang này"), advice, message)
        return await show(datasette, request, "loi.html", {"trouble": trouble}, status=403)

    return page


def trouble_of(exception: Exception, *, of_tables: bool = False) -> Trouble:
    """What a reader is told of an exception; `of_tables` says that Datasette's own table pages raised it."""
    said = str(exception.args[0]) if exception.args else ""
    match exception:
        case NotFound() | Missing():
            return _not_found(exception, said)
        case QueryInterrupted() | NotNow():
            return _not_now(said) if isinstance(exception, NotNow) else _too_long()
        case DatasetteError():
            return _of_datasette(exception.status, exception.title or "", str(exception.message))
        case Base400():
            return _wrongly_asked(exception.status, said)
        case ValueError() | LookupError() | AttributeError() | TypeError() | sqlite3.Error() if of_tables:
            return _wrongly_asked(400, said)
        case _:
            return _failed(500)


def _not_found(exception: Base400, said: str) -> Trouble:
    if isinstance(exception, Missing):
        advice = _("Có thể địa chỉ bị thiếu ký tự, hoặc văn bản đã được gỡ bỏ.")
        return Trouble(404, _("Không tìm thấy"), f"{said} {advice}")
    advice = explained(said) or _("Địa chỉ này không dẫn tới trang nào. Hãy xem lại địa chỉ.")
    return Trouble(404, _("Không tìm thấy trang"), advice)


def _not_now(said: str) -> Trouble:
    return Trouble(503, _("Trang tạm thời chưa xem được"), _(said))


def _of_datasette(status: int, title: str, message: str) -> Trouble:
    if title == "SQL Interrupted" or "time limit" in message:
        return _too_long()
    if status >= 500 and not explained(message):
        return _failed(status, message)
    return _wrongly_asked(400 if status >= 500 else status, message)


def _wrongly_asked(status: int, message: str) -> Trouble:
    advice = explained(message) or _("Hãy xem lại địa chỉ, câu SQL và bộ lọc rồi thử lại.")
    return Trouble(status, _("Câu hỏi không hợp lệ"), advice, message)


def _too_long() -> Trouble:
    advice = _("Hãy thêm bộ lọc (năm, địa phương, đơn vị) hoặc dùng từ khóa cụ thể hơn.")
    return Trouble(400, _("Câu hỏi cần quá nhiều thời gian"), advice)


def _failed(status: int, message: str = "") -> Trouble:
    advice = _("Lỗi đã được ghi lại ở máy chủ. Hãy báo người quản trị kèm địa chỉ của trang này.")
    return Trouble(status, _("Trang gặp lỗi"), advice, message)
