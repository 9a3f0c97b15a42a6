"""SQL that cannot run on without end inside one function: SQLite looks at the time only between steps.

printf('%.*c', 2000000000, 'x') takes it half a minute, instr() of two texts of some megabytes hours, whatever the time
limit. These do the same in bounded time.
"""

import re
import sqlite3
from collections.abc import Callable
from sqlite3 import SQLITE_LIMIT_LENGTH, Connection
from threading import local

from datasette import hookimpl

Value = str | bytes | int | float | None

_LONGEST = 20_000_000  # bytes of a text; the longest record is far shorter
_ENDLESS = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")  # a width or precision of thousands, or given beside
_THREAD = local()


@hookimpl(trylast=True)
def prepare_connection(conn: Connection) -> None:
    """Put them in place of SQLite's own."""
    conn.setlimit(SQLITE_LIMIT_LENGTH, _LONGEST)
    conn.create_function("fts3_tokenizer", 1, lambda _name: None)  # SQLite's own tells addresses of memory
    for name in ("printf", "format"):
        conn.create_function(name, -1, written, deterministic=True)
    conn.create_function("instr", 2, found_at, deterministic=True)
    for name, strip in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip)):
        conn.create_function(name, 2, _stripping(strip), deterministic=True)


def written(form: Value = None, *values: Value) -> Value:
    """SQLite's printf; null where a width or precision is a thousand or more, as SQLite gives for a text too long.

    >>> written("%05.1f %s", 2.25, "x"), written("%.*c", 2000000000, "x")
    ('002.3 x', None)
    """
    if _ENDLESS.search(str(form)):
        return None
    if not hasattr(_THREAD, "own"):
        _THREAD.own = sqlite3.connect(":memory:")
    places = ", ".join("?" * (1 + len(values)))
    found: Value = _THREAD.own.execute(f"select printf({places})", (form, *values)).fetchone()[0]
    return found


def found_at(text: Value, part: Value) -> int | None:
    """SQLite's instr: where the part is in the text, counted from 1; 0 for nowhere.

    >>> found_at("quý II", "II"), found_at(b"abc", b"c"), found_at("a", None)
    (5, 3, None)
    """
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _stripping(strip: Callable[[str, str], str]) -> Callable[[Value, Value], str | None]:
    """SQLite's trim of given letters."""

    def stripped(text: Value, letters: Value) -> str | None:
        return None if text is None or letters is None else strip(_text(text), _text(letters))

    return stripped


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
