"""Tìm kiếm."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.asked import whole_number, word
from publish.pages.facets import FACETS
from publish.pages.language import later
from publish.pages.matching import MOST
from publish.pages.page import ask, show
from publish.pages.search import Asked, search

# What addresses say -> what is meant.
_KINDS = {"ke-hoach": "plan", "chi-tieu": "target", "nhiem-vu": "task", "toan-van": "text"}
_ORDERS = {"thoi-han": "deadline", "nam": "year"}
# What can be typed, and what it does.
_WAYS = (
    ("chuyển đổi số", later("Mọi chữ đều phải có; chỗ có các chữ liền nhau, đúng dấu thì xếp trước.")),
    ("duong day nong", later("Không gõ dấu cũng được, đ cũng như d.")),
    ('"tổ công nghệ số"', later("Trong ngoặc kép: các chữ phải đứng liền nhau.")),
    ("tuyên tr*", later("Dấu sao: chữ còn viết tiếp.")),
    ("KH-UBND", later("Số, ký hiệu văn bản, tên cơ quan, người ký, tên tệp cũng tìm được.")),
)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """One page."""
    return [(r"/tim-kiem$", search_page)]


async def search_page(datasette: Datasette, request: Request) -> Response:
    """The page."""
    asked = asked_of(request)
    context = {
        "found": await ask(datasette, search, asked),
        "asked": asked,
        "typed": asked.typed,
        "kinds": {code: name for name, code in _KINDS.items()},
        "orders": {code: name for name, code in _ORDERS.items()},
        "most": MOST,
        "ways": _WAYS,
    }
    return await show(datasette, request, "tim_kiem.html", context)


def asked_of(request: Request) -> Asked:
    """What an address asks for; what it means by words that the page does not know is left out."""
    kind = _KINDS.get(word(request, "loai"), "")
    return Asked(
        typed=word(request, "tu_khoa"),
        narrowed={facet.name: word(request, facet.parameter) for facet in FACETS},
        kind=kind,
        exact=word(request, "dung_dau") == "1" and kind != "text",
        order=_ORDERS.get(word(request, "sap_xep"), ""),
        page=whole_number(request, "trang", 1),
    )
