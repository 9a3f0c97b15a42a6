"""The columns of Datasette's own table pages: what people call them, what they link to, which are technical."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.pages.language import translated
from publish.tables import BY_NAME, CODELISTS

# What a description adds to a name: "Quý, ví dụ 2026-Q2"; "Nơi; trống nếu …"; "Loại (xã, phường)"
_ADDED = re.compile(r"[,;:]\s.*$|\s\([^()]*\)$", re.DOTALL)
_LABELLED = {*CODELISTS, "indicators"}


def heading(description: str) -> str:
    """The name that a column's description begins with, in the language of the page.

    >>> heading("Tính trên (mỗi hộ, năm …)"), heading("Ngày (trong tháng) ban hành"), heading("Năm; nếu không nêu …")
    ('Tính trên', 'Ngày (trong tháng) ban hành', 'Năm')
    """
    return _ADDED.sub("", translated(description))


@dataclass(frozen=True, slots=True)
class Described:
    """The words of the configuration about the tables, views and queries of the database."""

    database: Mapping[str, Any]

    def about(self, name: str) -> Mapping[str, Any]:
        """`title`, `description`, `columns` of a table, a view or a stored query; empty where there are none."""
        found = self.database.get("tables", {}).get(name) or self.database.get("queries", {}).get(name)
        return found or {}

    def title(self, name: str) -> str:
        """Its title in the language of the page; its name where it has none."""
        return translated(self.about(name).get("title", "")) or name

    def column(self, owner: str, name: str) -> str:
        """What a column of a table, a view or a stored query is called; "" where nothing says it."""
        return heading(self.about(owner).get("columns", {}).get(name, ""))

    def options(self, owner: str, names: Sequence[str]) -> list[tuple[str, str]]:
        """Columns with the words to choose them by: ("year", "Năm (year)")."""
        called = [(name, self.column(owner, name)) for name in names]
        return [(name, f"{words} ({name})" if words else name) for name, words in called]

    def in_order(self, tables: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Tables, each with its `name`, as the configuration orders them; those that it does not name come last."""
        places = {name: place for place, name in enumerate(self.database.get("tables", {}))}
        return sorted(tables, key=lambda table: places.get(table["name"], len(places)))

    def technical(self, table: str) -> frozenset[str]:
        """The columns that readers see only when they ask for them."""
        given: Sequence[str] = self.about(table).get("technical_columns", [])
        return frozenset((*self.database.get("technical_columns", []), *given))


def linked(table: str, column: str) -> str:
    """The table whose key a column holds; "" for none.

    >>> linked("tasks", "plan_id"), linked("tasks", "text")
    ('plans', '')
    """
    return BY_NAME[table].links.get(column, "") if table in BY_NAME else ""


def labelled(table: str, column: str) -> str:
    """The codelist whose codes a column holds, for the filter `label`; "" for none.

    >>> labelled("task_units", "role"), labelled("tasks", "plan_id")
    ('roles', '')
    """
    other = linked(table, column)
    return other if other in _LABELLED else ""
