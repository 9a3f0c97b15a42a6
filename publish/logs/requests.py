"""Requests of the site, and what goes wrong in answering them -> the log."""

import logging
import sys
import time
import traceback

from publish.logs.events import event, fault
from publish.logs.setting import in_use
from publish.pages.asgi import Application, Message, Receive, Send


def page_failed(path: str, error: BaseException) -> None:
    """Tell of a page that could not be made: in the log where there is one, else by the traceback."""
    if in_use():
        event("page-failed", logging.ERROR, path=path, **fault(error))
    else:
        traceback.print_exception(error, file=sys.stderr)


def noted(app: Application) -> Application:
    """The application with an event for each answer: path, status, seconds. What people search for stays out of it."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, sending)
        finally:
            _note(scope, status, time.perf_counter() - began)

    return answer


def _note(scope: Message, status: int, seconds: float) -> None:
    level = logging.WARNING if status >= 500 or not status else logging.INFO
    client = scope.get("client") or (None,)
    event(
        "request",
        level,
        method=scope["method"],
        path=scope["path"],
        status=status or None,
        seconds=seconds,
        client=client[0],
    )
