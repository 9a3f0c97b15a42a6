"""Log records -> lines: JSON, or text as systemd and people read it."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime

from publish.logs.events import LOGGER, Field, fault

_PLAIN = re.compile(r"[^\s\"={}\[\]]+")
# Loggers whose messages quote no document: those of the web server.
_SPEAKING = ("uvicorn",)


class JsonLines(logging.Formatter):
    """One object a line: time, level, event, then the fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        said = {"time": _time(record), "level": record.levelname.lower(), **_content(record)}
        return json.dumps(said, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """Time, level, event, and the fields as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        content = dict(_content(record))
        said = " ".join(f"{name}={_quoted(value)}" for name, value in content.items() if name != "event")
        return f"{_time(record)} {record.levelname} {content['event']} {said}".rstrip()


def _content(record: logging.LogRecord) -> Mapping[str, Field]:
    """The event with its fields; of other libraries only where they spoke, since they may quote what they read."""
    if record.name == LOGGER.name:
        fields: Mapping[str, Field] = getattr(record, "fields", {})
        return {"event": record.getMessage(), **{key: _short(value) for key, value in fields.items()}}
    told: dict[str, Field] = {"event": "log", "logger": record.name}
    if record.name.startswith(_SPEAKING):
        told["message"] = record.getMessage().strip()
    else:
        told["where"] = f"{record.pathname}:{record.lineno}"
    if record.exc_info and record.exc_info[1]:
        told |= fault(record.exc_info[1])
    return told


def _short(value: Field) -> Field:
    return round(value, 3) if isinstance(value, float) else value


def _time(record: logging.LogRecord) -> str:
    """As 2026-11-20T21:07:39.123+07:00, in the machine's zone."""
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def _quoted(value: Field) -> str:
    said = " < ".join(map(str, reversed(value))) if isinstance(value, list) else str(value)
    return said if _PLAIN.fullmatch(said) else json.dumps(said, ensure_ascii=False)
