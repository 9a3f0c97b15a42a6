"""The cells of Datasette's table, row and SQL pages, laid out in Python: they are too many for calls in a template."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from publish.pages.addresses import Addresses
from publish.pages.columns import Described, labelled, linked
from publish.pages.language import label

_LONG = 60  # letters; a cell with more gets room
_LINK = Markup('<a href="{}">{}</a>')
_CODE = Markup('<a href="{}">{}</a> <em>{}</em>')

Show = Callable[[Any, Any], Any]


class Cell(NamedTuple):
    """`heading` is what the column is called, `kind` the class of its looks, `key` whether it names the row."""

    shown: Any
    heading: str
    kind: str
    key: bool


@dataclass(frozen=True, slots=True)
class Cells:
    """Lays out what Datasette gives its templates: codes by their labels, keys as links to the site's own pages."""

    described: Described
    to: Addresses

    def of_table(
        self,
        table: str,
        rows: Iterable[Iterable[Mapping[str, Any]]],
        without: Collection[str],
        expanded: Collection[str],
    ) -> list[list[Cell]]:
        """The rows of a table page; only the codes of `expanded` columns become labels."""
        shows: dict[str, tuple[Show, str]] = {}
        laid_out = []
        for row in rows:
            cells = [cell for cell in row if cell["column"] not in without]
            for name in {cell["column"] for cell in cells} - shows.keys():
                shows[name] = (self._show(table, name, expanded), self.described.column(table, name) or name)
            laid_out.append(
                [
                    _cell(cell["raw"], cell["value"], cell["value_type"] == "pk", *shows[cell["column"]])
                    for cell in cells
                ]
            )
        return laid_out

    def of_answer(
        self, query: str, columns: Sequence[str], shown: Iterable[Iterable[Any]], raw: Iterable[Iterable[Any]]
    ) -> list[list[Cell]]:
        """The rows of a query's page; `query` is the name of a stored one, or ""."""
        shows = [(self._show("", name, ()), self.described.column(query, name) or name) for name in columns]
        return [
            [
                _cell(*values, False, *show)
                for values, show in zip(zip(raws, displayed, strict=True), shows, strict=True)
            ]
            for raws, displayed in zip(raw, shown, strict=False)
        ]

    def of_row(self, table: str, row: Iterable[Mapping[str, Any]]) -> list[tuple[str, Cell]]:
        """A row's columns, each with its cell; keys of other tables lead there."""
        found = []
        for cell in row:
            name = cell["column"]
            show = self._show(table, name, (name,), keys=True)
            found.append((name, _cell(cell["raw"], cell["value"], False, show, self.described.column(table, name))))
        return found

    def _show(self, table: str, column: str, expanded: Collection[str], *, keys: bool = False) -> Show:
        """How the cells of a column are shown."""
        other = linked(table, column)
        if column in expanded and (codes := labelled(table, column)):
            return lambda raw, _shown: _CODE.format(self.to.row(codes, raw), label(raw, codes), raw)
        if keys and other:
            return lambda raw, _shown: _LINK.format(self.to.row(other, raw), raw)
        leads: dict[str, Callable[[str], str]] = {
            "ma_chi_tieu": self.to.target,
            "ma_nhiem_vu": self.to.task,
            "ma_ke_hoach": lambda key: self.to.plan({"id": key}),
            "ma_don_vi": self.to.unit,
        }
        if not other and (lead := leads.get(column)):
            return lambda raw, _shown: _LINK.format(lead(str(raw)), raw)
        return lambda _raw, shown: shown


def _cell(raw: Any, shown: Any, key: bool, show: Show, heading: str) -> Cell:
    if raw is None or raw == "":
        return Cell("", heading, "", key)
    if key:
        return Cell(shown, heading, "", key)
    kind = "long" if isinstance(raw, str) and len(raw) > _LONG else "n" if isinstance(raw, int | float) else ""
    return Cell(show(raw, shown), heading, kind, key)
