"""CSV: for Excel, which wants a byte order mark and must find no formula; and plain, for programs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from publish.export.files import File, gathered
from publish.export.normalized import TABLES_EXPORTED, columns_of, table_rows
from publish.export.sheet_rows import sheet_rows
from publish.export.sheets import BY_NAME, SHEETS, Sheet
from publish.export.source import Source
from publish.export.values import guarded, plain_number

_BOM = "\ufeff"
_BATCH = 200  # rows
# A plan's whole text is longer than a cell of Excel; it is in the other formats.
LEFT_OUT = frozenset({"text"})


def csv_files(source: Source) -> Iterator[File]:
    """A file a table: those for people first, then the database's own under `bang/`."""
    for sheet in SHEETS:
        yield File(f"{sheet.name}.csv", sheet_csv(source, sheet))
    for table in TABLES_EXPORTED:
        yield File(f"bang/{table.name}.csv", table_csv(source, table.name))


def sheet_csv(source: Source, sheet: Sheet, plans: Iterable[str] | None = None) -> Iterator[bytes]:
    """A table for people, of the given plans or of all."""
    names = [column.name for column in sheet.columns]
    rows = ([row.get(name) for name in names] for row in sheet_rows(source, sheet, plans))
    return for_excel(sheet.head(), rows)


def table_csv(source: Source, name: str) -> Iterator[bytes]:
    """A table of the database as Excel opens it."""
    columns = [column for column in columns_of(name) if name != "plans" or column not in LEFT_OUT]
    return for_excel(columns, table_rows(source, name, columns))


def table_names() -> list[str]:
    """The tables that `one_table` knows."""
    return [*BY_NAME, *(table.name for table in TABLES_EXPORTED)]


def one_table(source: Source, name: str) -> Iterator[bytes]:
    """A table for people ("nhiem-vu") or of the database ("tasks")."""
    return sheet_csv(source, BY_NAME[name]) if name in BY_NAME else table_csv(source, name)


def for_excel(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV with a byte order mark; no text in it is a formula."""
    safe = ([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return gathered(_encoded(head, safe, _BOM))


def plain_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV as RFC 4180 has it, every value as it is."""
    return gathered(_encoded(head, rows, ""))


def _encoded(head: Sequence[str], rows: Iterable[Sequence[object]], first: str) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    text.write(first)
    writer = csv.writer(text)
    writer.writerow(head)
    for at, row in enumerate(rows, 1):
        writer.writerow([plain_number(value) if isinstance(value, float) else value for value in row])
        if at % _BATCH == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
