"""Any table, view or query for Excel: as a workbook (.xlsx), or as CSV that opens right (.csv?_bom=on)."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import path_with_added_args
from datasette.utils.asgi import Request, Response

from publish.cells import address_words
from publish.export.formats import CSV, XLSX
from publish.export.sending import download_headers
from publish.export.table_sheet import table_sheet
from publish.export.values import guarded
from publish.pages.asgi import Application, Message, Receive, Send
from publish.pages.language import translated as _
from publish.pages.page import DATABASE

_PARAMETER = "_bom"
_BOM = "\ufeff"


@hookimpl
def register_output_renderer() -> dict[str, object]:
    """`.xlsx` beside `.json` and `.csv`."""
    return {"extension": "xlsx", "render": workbook, "can_render": _has_rows}


def _has_rows(columns: Sequence[str]) -> bool:
    return bool(columns)


def workbook(
    datasette: Datasette, request: Request, columns: Sequence[str], data: dict[str, Any], view_name: str
) -> Response:
    """The rows of the page as a workbook: as many as the site gives at once, where nobody asks for fewer."""
    if view_name == "table" and data.get("table") and not request.args.get("_size"):
        return Response.redirect(datasette.urls.path(path_with_added_args(request, {"_size": "max"})))
    title = data.get("table") or data.get("query_name") or DATABASE
    names, rows = _labelled(columns, data)
    most = datasette.setting("max_returned_rows")
    notes = [_("%(n)s dòng của %(table)s.") % {"n": len(rows), "table": title}]
    if data.get("truncated") or data.get("next"):
        notes.append(
            _("Còn dòng nữa: mỗi lần nhiều nhất %(n)s dòng. Hãy lọc thêm, hoặc tải CSV mọi dòng ở trang Tải về.")
            % {"n": most}
        )
    body = table_sheet(title, names, rows, notes)
    return Response(body, headers=download_headers(f"{address_words(title) or DATABASE}.xlsx"), content_type=XLSX)


def _labelled(columns: Sequence[str], data: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows; a key that comes with its label is two cells, as in Datasette's CSV."""
    doubled = set(data.get("expanded_columns") or ())
    names = [name for column in columns for name in ([column, f"{column}_label"] if column in doubled else [column])]
    rows = [
        [cell for column, value in zip(columns, row, strict=True) for cell in _cells(value, double=column in doubled)]
        for row in data.get("rows") or ()
    ]
    return names, rows


def _cells(value: Any, *, double: bool) -> list[Any]:
    if isinstance(value, bytes):
        return [f"{len(value)} byte"]
    if not double:
        return [value]
    return [value["value"], value["label"]] if isinstance(value, dict) else [value, None]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:  # noqa: ARG001  (the hook's arguments)
    """Put the mark before CSV that is asked for with `_bom`, and an apostrophe before what would be a formula."""

    def wrap(app: Application) -> Application:
        async def marked(scope: Message, receive: Receive, send: Send) -> None:
            own = scope["type"] == "http" and scope["path"].endswith(".csv") and f"/{DATABASE}" in scope["path"]
            asked = own and _PARAMETER in parse_qs(scope.get("query_string", b"").decode("latin-1"))
            await app(scope, receive, _marking(send) if asked else send)

        return marked

    return wrap


def _marking(send: Send) -> Send:
    first = True

    async def sending(message: Message) -> None:
        nonlocal first
        if message["type"] == "http.response.start":
            first = message["status"] == 200
            message = {**message, "headers": _as_csv(message["headers"])} if first else message
        elif message.get("body"):
            message = {**message, "body": _safe(message["body"].decode(), _BOM if first else "").encode()}
            first = False
        await send(message)

    return sending


def _as_csv(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() != b"content-type"]
    return [*kept, (b"content-type", CSV.encode())]


def _safe(rows: str, before: str) -> str:
    """Whole rows of CSV, with something before them."""
    text = io.StringIO(before, newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerows([guarded(cell) for cell in row] for row in csv.reader(io.StringIO(rows, newline="")))
    return text.getvalue()
