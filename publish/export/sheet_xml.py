"""Rows -> the XML of a worksheet: text always text, never a formula; dates and numbers as what they are."""

from collections.abc import Sequence
from datetime import date
from html import escape
from math import isfinite

from openpyxl.utils import get_column_letter

from publish.export.sheets import Column, Kind
from publish.export.values import cut, for_xml, plain_number

MOST_LINKS = 10_000  # of one sheet, each of which stays in memory; Excel takes 65,530
_DAY_0 = date(1899, 12, 30).toordinal()
_LINE, _MOST_LINES, _AIR = 15, 20, 3  # points; what is longer is cut off until somebody makes the row higher
_FIRST_DAY = 61  # 1900-03-01; before it Excel counts a day that was none


class Rows:
    """The XML of one sheet's rows; `styles` are the numbers of its columns' cell styles in the workbook.

    `links` gathers (cell, address), `cuts` counts the cells whose text was too long.
    """

    def __init__(self, columns: Sequence[Column], styles: Sequence[int]) -> None:
        self._columns = [
            (get_column_letter(at), column.kind, style, column.width)
            for at, (column, style) in enumerate(zip(columns, styles, strict=True), 1)
        ]
        self.links: list[tuple[str, str]] = []
        self.cuts = 0

    def xml(self, number: int, values: Sequence[object]) -> bytes:
        """A row; its number counts from 1."""
        cells = (
            self._cell(f"{letter}{number}", kind, style, value)
            for (letter, kind, style, _), value in zip(self._columns, values, strict=True)
        )
        return f'<row r="{number}" ht="{self._height(values)}">{"".join(cells)}</row>'.encode()

    def _height(self, values: Sequence[object]) -> int:
        """The points that the longest text takes, which programs are slow or unwilling to find out themselves."""
        lines = max(
            (
                len(value) // (width - 2) + 1
                for (_, kind, _, width), value in zip(self._columns, values, strict=True)
                if kind is Kind.TEXT and isinstance(value, str)
            ),
            default=1,
        )
        return _LINE * min(lines, _MOST_LINES) + _AIR

    def _cell(self, place: str, kind: Kind, style: int, value: object) -> str:
        if value is None or value == "":
            return f'<c r="{place}" s="{style}"/>'
        counted = _number(kind, value)
        if counted is not None:
            return f'<c r="{place}" s="{style}"><v>{counted}</v></c>'
        text = str(value)
        if kind is Kind.LINK and len(self.links) < MOST_LINKS:
            self.links.append((place, text))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{self._text(text)}</t></is></c>'

    def _text(self, text: str) -> str:
        kept = cut(text)
        self.cuts += kept is not text
        return escape(for_xml(kept), quote=False)


def _number(kind: Kind, value: object) -> int | float | None:
    """The number that stands for a number or a day; None for what is text."""
    if kind is Kind.NUMBER and isinstance(value, int | float) and isfinite(value):
        return plain_number(value)
    if kind is Kind.DATE and isinstance(value, str):
        try:
            days = date.fromisoformat(value).toordinal() - _DAY_0
        except ValueError:
            return None
        return days if days >= _FIRST_DAY else None
    return None
