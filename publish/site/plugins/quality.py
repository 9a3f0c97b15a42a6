"""Chất lượng: the overview, and the places and plans behind its numbers."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.pages.asked import whole_number, word
from publish.pages.language import meaning
from publish.pages.page import ask, show
from publish.pages.plan import known_key
from publish.pages.quality import LEVELS, SEVERITIES, Asked, problems, quality, read_by


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """One address; what is asked for says how deep it goes."""
    return [(r"/chat-luong$", quality_page)]


async def quality_page(datasette: Datasette, request: Request) -> Response:
    """The overview; the places of a kind, a severity or a plan; the plans of one source of text."""
    text_source = word(request, "nguon_chu")
    if text_source:
        found = await ask(datasette, read_by, text_source, whole_number(request, "trang", 1))
        context = {"found": found, "text_source": text_source, "meaning": meaning}
        return await show(datasette, request, "chat_luong_nguon_chu.html", context)
    given = word(request, "ke_hoach")
    plan = await ask(datasette, known_key, given) if given else ""
    asked = Asked(word(request, "loai"), word(request, "muc_do"), plan or given, whole_number(request, "trang", 1))
    if asked.code or asked.severity or asked.plan:
        context = {"found": await ask(datasette, problems, asked), "asked": asked, "severities": SEVERITIES}
        return await show(datasette, request, "chat_luong_cho.html", context)
    context = {"found": await ask(datasette, quality), "levels": LEVELS, "meaning": meaning}
    return await show(datasette, request, "chat_luong.html", context)
