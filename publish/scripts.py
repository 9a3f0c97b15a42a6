"""The .sql files of this package, executed statement by statement within the caller's transaction."""

import sqlite3
from functools import cache
from importlib.resources import files


def run_script(connection: sqlite3.Connection, script: str, **values: int) -> None:
    """Execute the statements of a script one by one, for `executescript` would commit the caller's transaction."""
    for statement in _statements(script):
        connection.execute(statement, values)


@cache
def _statements(script: str) -> tuple[str, ...]:
    found, rest = [], ""
    for line in files("publish").joinpath(script).read_text("utf-8").splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return tuple(found)
