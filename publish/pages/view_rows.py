"""All rows of a view, or of those that an address asks for, as CSV: read once from the first to the last.

Datasette reads a view page by page, each page from the view's beginning: the hundredth takes longer than it may.
"""

import asyncio
import csv
import io
import sqlite3
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from datasette.filters import Filters

from publish.pages.standing import StandingDatabase

_ROWS = 500  # in a piece
# What may be asked beside filters: how the file is sent, not what is in it.
_OF_SENDING = {"_stream", "_bom", "_size", "_dl", "_labels", "_nofacet", "_nocount"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """SQL for rows of a view, with its values by name."""

    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)


def wanted(view: str, columns: Sequence[str], asked: Sequence[tuple[str, str]]) -> Wanted | None:
    """What is asked of a view, from the pairs of an address; None where Datasette alone knows what is meant.

    >>> wanted("v", ["ma", "ngay"], [("_stream", "on"), ("ngay__lte", "2026-01-01")])
    Wanted(sql='select * from "v" where "ngay" <= :p0', values={'p0': '2026-01-01'})
    >>> wanted("v", ["ma"], [("_stream", "on"), ("_sort", "ma")])
    """
    filters = sorted(pair for pair in asked if not pair[0].startswith("_"))
    if "_stream" not in dict(asked) or {name for name, _ in asked if name.startswith("_")} - _OF_SENDING:
        return None
    if {name.partition("__")[0] for name, _ in filters} - set(columns):
        return None
    clauses, values = Filters(filters).build_where_clauses(view)
    where = f" where {' and '.join(clauses)}" if clauses else ""
    return Wanted(f'select * from "{view}"{where}', values)  # noqa: S608 (a view's own name; values have places)


async def as_csv(database: StandingDatabase, of: Wanted) -> AsyncGenerator[bytes, None]:
    """The rows under their columns' names, in pieces of whole rows; each is read when the one before was taken."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        pieces = await loop.run_in_executor(thread, _pieces, database, of)
        try:
            while piece := await loop.run_in_executor(thread, next, pieces, b""):
                yield piece
        finally:
            await loop.run_in_executor(thread, pieces.close)


def _pieces(database: StandingDatabase, of: Wanted) -> Generator[bytes, None, None]:
    with database.apart() as connection:
        found = connection.execute(of.sql, of.values)
        head = [[column[0] for column in found.description]]
        for rows in chain([head], iter(lambda: found.fetchmany(_ROWS), [])):
            yield _written(rows)


def _written(rows: Sequence[Sequence[Any] | sqlite3.Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
