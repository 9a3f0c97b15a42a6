"""Rows of any table or query -> a workbook of one sheet; numbers and days are what they look like."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from publish.export.book import Book
from publish.export.sheets import Column, Kind

_NARROW, _WIDE, _TITLE = 14, 50, 31  # letters; Excel takes no longer name of a sheet
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def table_sheet(title: str, names: Sequence[str], rows: Sequence[Sequence[Any]], notes: Sequence[str]) -> bytes:
    """The workbook; the notes stand on a sheet of their own."""
    book = Book()
    columns = [_column(name, [row[at] for row in rows]) for at, name in enumerate(names)]
    named = title.translate(_FORBIDDEN)[:_TITLE].strip() or "Bảng"
    told: Iterator[Sequence[object]] = ((note,) for note in notes)
    made = [
        *book.sheets(named, columns, iter(rows)),
        *book.sheets("Ghi chú" if named != "Ghi chú" else "Ghi chú về bảng", [Column("note", "Ghi chú", 100)], told),
        *book.end(),
    ]
    return b"".join(made)


def _column(name: str, values: Sequence[Any]) -> Column:
    held = [value for value in values if value not in (None, "")]
    longest = max((len(str(value)) for value in held), default=0)
    width = _WIDE if longest > _WIDE else max(_NARROW, min(longest + 2, _WIDE))
    if held and all(isinstance(value, int | float) for value in held):
        return Column(name, name, _NARROW, Kind.NUMBER)
    if held and all(isinstance(value, str) and _is_day(value) for value in held):
        return Column(name, name, _NARROW, Kind.DATE)
    return Column(name, name, width)


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-06-30") and bool(date.fromisoformat(text))
    except ValueError:
        return False
