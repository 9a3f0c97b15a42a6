"""Where log lines go: to stderr, for the whole process."""

import io
import logging
import sys
from types import TracebackType
from typing import TextIO

from publish.logs.events import LOGGER, event, fault
from publish.logs.lines import JsonLines, TextLines

LEVELS = ("debug", "info", "warning", "error")
FORMS = {"json": JsonLines, "text": TextLines}


def set_up(form: str, level: str) -> None:
    """Log to stderr from now on. As JSON all that is said there comes as lines of the log, so that any line parses."""
    stderr = sys.stderr
    if isinstance(stderr, io.TextIOWrapper):  # a name that is no UTF-8 is written as JSON escapes it
        stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler(stderr)
    handler.setFormatter(FORMS[form]())
    logging.getLogger().handlers[:] = [handler]
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a reader of the log that has gone stops nothing
    for name in (LOGGER.name, "uvicorn"):
        logging.getLogger(name).setLevel(level.upper())
    sys.excepthook = _crashed
    if form == "json":
        sys.stderr = _Said(stderr)


def in_use() -> bool:
    """Whether the process logs."""
    return LOGGER.level != logging.NOTSET


def _crashed(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    event("crashed", logging.CRITICAL, **fault(error))


class _Said(io.TextIOBase):
    """A stderr whose lines become events with the line as their message."""

    def __init__(self, real: TextIO) -> None:
        self._real, self._held = real, ""

    def write(self, text: str) -> int:
        *lines, self._held = (self._held + text).split("\n")
        for line in lines:
            if line.strip():
                event("message", message=line.strip())
        return len(text)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._real.fileno()
