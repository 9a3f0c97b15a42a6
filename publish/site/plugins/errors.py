"""Pages for what went wrong: in the reader's language, with what to do next; JSON where JSON was asked for."""

import sys
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError

from publish.pages.page import Missing, show

_DATASETTES_OWN = "datasette.handle_exception"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`title` and `advice` are Vietnamese (and translated when shown); `detail` is what the program said."""

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
        trouble = trouble_of(exception)
        if trouble.status == 500:
            traceback.print_exception(exception, file=sys.stderr)
        if request.path.endswith(".json"):
            return Response.json(_as_json(exception, trouble), status=trouble.status)
        return await show(datasette, request, "loi.html", {"trouble": trouble}, status=trouble.status)

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
        trouble = Trouble(403, "Không được phép xem trang này", "Trang này chỉ dành cho người quản trị.", message)
        return await show(datasette, request, "loi.html", {"trouble": trouble}, status=403)

    return page


def trouble_of(exception: Exception) -> Trouble:
    """What a reader is told of an exception."""
    said = str(exception.args[0]) if exception.args else ""
    match exception:
        case Missing():
            return Trouble(404, "Không tìm thấy", f"{said} Có thể địa chỉ bị thiếu ký tự, hoặc văn bản đã được gỡ bỏ.")
        case NotFound():
            return Trouble(404, "Không tìm thấy trang", "Địa chỉ này không dẫn tới trang nào. Hãy xem lại địa chỉ.")
        case Base400():
            return Trouble(exception.status, "Câu hỏi không hợp lệ", "Hãy xem lại địa chỉ và bộ lọc.", said)
        case QueryInterrupted():
            return _TOO_LONG
        case DatasetteError():
            return _of_datasette(exception.status, exception.title or "", str(exception.message))
        case _:
            return _FAILED


def _of_datasette(status: int, title: str, message: str) -> Trouble:
    if title == "SQL Interrupted" or "time limit" in message:
        return _TOO_LONG
    if status >= 500:
        return replace(_FAILED, status=status, detail=message)
    return Trouble(status, "Câu hỏi không hợp lệ", "Hãy sửa câu SQL hoặc bộ lọc rồi thử lại.", message)


_TOO_LONG = Trouble(
    400, "Câu hỏi cần quá nhiều thời gian", "Hãy thêm bộ lọc (năm, địa phương, đơn vị) hoặc dùng từ khóa cụ thể hơn."
)
_FAILED = Trouble(
    500, "Trang gặp lỗi", "Lỗi đã được ghi lại ở máy chủ. Hãy báo người quản trị kèm địa chỉ của trang này."
)
