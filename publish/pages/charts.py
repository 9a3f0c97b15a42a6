"""Vega-Lite specifications -> SVG pictures, drawn in a process of its own and kept for the next reader.

A drawing takes 0.3 s and holds Python's lock for half of it, so the site's own process never draws. The process starts
with the first chart and is started anew where it crashed; `end` ends it with the site.
"""

import asyncio
import json
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from html import escape
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any

from datasette.utils.asgi import Response

from publish.pages.language import current, later, translated

Spec = Mapping[str, Any]

_KEPT = 400  # pictures of some 15 KB
_SECONDS = 20  # for one drawing; the process is ended after that
_WAITING = 24  # drawings at a time, the one under way included
_SOON = 300  # seconds that a browser may keep a picture
_NOT_DRAWN = later("Chưa vẽ được biểu đồ; số liệu có đủ ở bảng bên cạnh.")

# What is there first: the reader's system draws the letters, the machine that draws the chart only measures them.
_FONTS = "Segoe UI, Noto Sans, Helvetica Neue, DejaVu Sans, Arial, sans-serif"
INK, SOFT, LINE, FILL, PALE, MARKED = "#1b1f23", "#57606a", "#d5dadf", "#0b5563", "#9cc3cb", "#c2570c"
CONFIG: Spec = {
    "font": _FONTS,
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "text": {"color": INK, "fontSize": 12},
}
_MARKS = {"vi": (",", "."), "en": (".", ",")}  # of decimals and of thousands


class NotDrawn(Exception):
    """The chart could not be drawn, this time."""


async def drawn(spec: Spec) -> bytes:
    """The SVG of a Vega-Lite specification that holds its own data; raises NotDrawn.

    `CONFIG` stands under what the specification says itself.
    """
    decimal, thousands = _MARKS[current()]
    numbers = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    config = {**CONFIG, "locale": {"number": numbers}, **spec.get("config", {})}
    text = json.dumps({**spec, "config": config}, ensure_ascii=False, sort_keys=True)
    key = sha256(text.encode()).hexdigest()
    if key in _pictures:
        _pictures.move_to_end(key)
        return _pictures[key]
    if key not in _under_way:
        if len(_under_way) >= _WAITING:
            raise NotDrawn
        _under_way[key] = asyncio.ensure_future(_drawn_new(key, text))
    return await asyncio.shield(_under_way[key])


async def picture(spec: Spec) -> Response:
    """The chart as the answer to a request; a note in its place where it could not be drawn."""
    try:
        svg, status, age = await drawn(spec), 200, f"max-age={_SOON}"
    except NotDrawn:
        svg, status, age = note(translated(_NOT_DRAWN)), 503, "no-store"
    return Response(svg, status=status, headers={"Cache-Control": age}, content_type="image/svg+xml; charset=utf-8")


def note(text: str) -> bytes:
    """A picture that holds one line of text."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="48" viewBox="0 0 640 48" role="img">'
        f'<rect width="640" height="48" fill="#fff8e1"/><text x="12" y="29" font-family="{_FONTS}" font-size="14" '
        f'fill="{INK}">{escape(text)}</text></svg>'
    ).encode()


def end() -> None:
    """End the process, if there is one, after the drawing under way; the next chart starts another.

    It is waited for: Python, leaving while the pool's own thread still tidies up, would write to what that has closed.
    """
    while _processes:
        _processes.pop().shutdown(wait=True, cancel_futures=True)


_processes: list[ProcessPoolExecutor] = []  # one, or none before the first chart and after a crash
_pictures: OrderedDict[str, bytes] = OrderedDict()
_under_way: dict[str, "asyncio.Future[bytes]"] = {}


async def _drawn_new(key: str, text: str) -> bytes:
    try:
        svg = await asyncio.wrap_future(_submitted(text))
    except (BrokenProcessPool, ValueError, asyncio.CancelledError) as error:
        raise NotDrawn from error
    finally:
        _under_way.pop(key, None)
    _pictures[key] = svg
    while len(_pictures) > _KEPT:
        _pictures.popitem(last=False)
    return svg


def _submitted(text: str) -> "Future[bytes]":
    """The drawing to come, of the process that there is; of a new one where that has ended."""
    try:
        if _processes:
            return _processes[0].submit(_svg, text, _SECONDS)
    except BrokenProcessPool:
        end()
    _processes.append(ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_begin))
    return _processes[0].submit(_svg, text, _SECONDS)


def _begin() -> None:
    """In the process: leave Ctrl-C to the site, and go when the site has gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    site = parent_process()
    if site is not None:
        threading.Thread(target=lambda: (wait([site.sentinel]), os._exit(0)), daemon=True).start()


def _svg(text: str, seconds: int) -> bytes:
    """In the process: nothing is fetched from anywhere, and the time is limited where the system has alarms."""
    import vl_convert  # noqa: PLC0415 (100 MB that only this process needs)

    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
    try:
        svg: str = vl_convert.vegalite_to_svg(text, allowed_base_urls=[])
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return svg.encode()
