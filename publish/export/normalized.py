"""The database's own tables as they are exported: English names, codes, links; no copies, no counts of counts."""

from collections.abc import Iterator, Sequence
from typing import Any

from publish.export.source import Source
from publish.tables import BY_NAME, TABLES, UNMATCHED

# Where the files lie on the server; what nobody is to be asked again; what waits for a newer reading; the records,
# which are a format of their own.
_NOT_TABLES = {"inputs", "sources", "records", "refused_links", *UNMATCHED}
# Copies without accents for the search and for links, and counts over all plans, which a part of them would belie.
_NOT_COLUMNS = {
    "indicators": {"targets_count", "localities_count"},
    "localities": {"plans_count"},
    "units": {"tasks_lead", "tasks_coordinate", "tasks_implement", "tasks_count", "plans_count", "localities_count"},
}
_NEVER = {"search_text", "number_key"}

TABLES_EXPORTED = tuple(table for table in TABLES if not table.summed and table.name not in _NOT_TABLES)


def columns_of(name: str) -> list[str]:
    """The columns of a table that are exported, in order."""
    return [column for column in BY_NAME[name].columns if column not in _NEVER | _NOT_COLUMNS.get(name, set())]


def table_rows(source: Source, name: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, by its key."""
    sql = f"select {', '.join(columns)} from {name} order by {BY_NAME[name].key}"  # noqa: S608 (names of our own)
    return iter(source.connection.execute(sql))
