"""Questions asked of the database within its time limit, and templates filled with the answers."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response

from publish.pages.language import translated

P = ParamSpec("P")
T = TypeVar("T")

# The configuration speaks of the database by this name, whatever its file is called.
DATABASE = "plans"
_INTERRUPTED = "interrupted"
_STEPS = 50_000  # of SQLite's machine, a few milliseconds
_MAX_AGE = 5  # seconds, as Datasette's own pages


class Missing(Base400):  # type: ignore[misc]
    """There is no such plan, record or page; the message says what was looked for and what to do.

    Not a NotFound: Datasette sends the reader of an address with Vietnamese letters elsewhere then.

    >>> str(Missing("Không có kế hoạch nào mang mã %(key)s.", key="zz"))
    'Không có kế hoạch nào mang mã zz.'
    """

    status = 404

    def __init__(self, message: str, **parts: object) -> None:
        """`message` is Vietnamese and is translated, then `parts` are filled in as gettext does."""
        said = translated(message)
        super().__init__(said % parts if parts else said)


async def ask(
    datasette: Datasette, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The answer of a function that reads the database, in a thread of its own, all of its queries within the limit.

    Raises QueryInterrupted where they take longer than the setting `sql_time_limit_ms`.
    """
    limit: int = datasette.sql_time_limit_ms

    def within_limit(connection: sqlite3.Connection) -> T:
        try:
            with _within(connection, limit / 1000):
                return question(connection, *args, **kwargs)
        except sqlite3.OperationalError as error:
            if error.args == (_INTERRUPTED,):
                raise QueryInterrupted(error, question.__name__, {}) from error
            raise

    answer: T = await datasette.get_database(DATABASE).execute_fn(within_limit)
    return answer


@contextmanager
def _within(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Queries are interrupted once the time is over.

    As Datasette's own limit, but asked for a fiftieth as often: each time the thread waits for its turn with Python,
    behind every page that is being written just then.
    """
    until = time.perf_counter() + seconds
    connection.set_progress_handler(lambda: time.perf_counter() > until, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, _STEPS)


async def show(
    datasette: Datasette,
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> Response:
    """The page of a template of `site/templates`."""
    html = await datasette.render_template(template, dict(context), request=request, view_name=template)
    return Response.html(html, status=status, headers={"Cache-Control": f"max-age={_MAX_AGE}"})


def rows(connection: sqlite3.Connection, sql: str, *values: object, **named: object) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries; placeholders are all `?` or all `:name`."""
    found = connection.execute(sql, named or values)
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


def row(connection: sqlite3.Connection, sql: str, *values: object, **named: object) -> dict[str, Any] | None:
    """The first row of a query as a dictionary, if it has one."""
    return next(iter(rows(connection, sql, *values, **named)), None)
