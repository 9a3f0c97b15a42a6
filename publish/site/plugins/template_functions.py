"""What every template may call: addresses of plans and records, and of this page with something changed."""

from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from publish.pages import asked, language
from publish.pages.addresses import Addresses


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """`to`: addresses by name; `here(**changes)`: this page, asked something else; `in_language(code)`: translated."""
    to = Addresses(datasette.urls.path)
    if request is None:
        return {"to": to, "here": to.home, "in_language": lambda _code: to.home()}
    path = asked.own_path(request, datasette.setting("base_url"))
    here = partial(asked.changed, request, path)
    return {
        "to": to,
        "here": lambda **changes: to.path(here(**changes)),
        "in_language": lambda code: to.path(here(**{language.PARAMETER: code, "trang": request.args.get("trang")})),
        "own_path": path,
    }
