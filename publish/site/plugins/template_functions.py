"""What every template may call: addresses, this page with something changed, words about tables and columns."""

from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment

from publish.pages import asked, language
from publish.pages.addresses import Addresses
from publish.pages.columns import Described, heading, labelled, linked
from publish.pages.explanations import explained
from publish.pages.page import DATABASE
from publish.pages.table_cells import Cells


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Functions and filters that need no request."""
    env.globals |= {"linked": linked, "labelled": labelled}
    env.filters |= {"heading": heading, "explained": explained}


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """`to`: addresses by name; `here(**changes)`: this page, asked something else; `in_language(code)`: translated.

    `on_site(url)` is the path of an address that Datasette made; `described` knows the words of `metadata.yaml`,
    `cells` lays out rows.
    """
    base = datasette.setting("base_url")
    to = Addresses(datasette.urls.path)
    described = Described((datasette.metadata("databases") or {}).get(DATABASE, {}))
    common = {
        "to": to,
        "on_site": partial(asked.on_site, base_url=base),
        "described": described,
        "cells": Cells(described, to),
    }
    if request is None:
        return {**common, "here": to.home, "in_language": lambda _code: to.home()}
    path = asked.own_path(request, base)
    here = partial(asked.changed, request, path)
    return {
        **common,
        "here": lambda **changes: to.path(here(**changes)),
        "in_language": lambda code: to.path(here(**{language.PARAMETER: code, "trang": request.args.get("trang")})),
        "own_path": path,
    }
