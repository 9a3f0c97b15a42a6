"""What a search can be narrowed by: the values that its entries have, each with how many have it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from publish.pages.language import label, later, quarter
from publish.pages.nearness import Entry
from publish.pages.page import rows
from publish.search_entries import facet_word

_MOST_VALUES = 40
Narrowed = Mapping[str, str]  # values by a facet's name


@dataclass(frozen=True, slots=True)
class Value:
    """A value to narrow by; `entries` is how many would be left, at least so many where not all were counted."""

    value: str
    title: str
    entries: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """`parameter` is the facet's name in addresses, `title` Vietnamese."""

    name: str
    parameter: str
    title: str
    values: tuple[Value, ...] = ()


FACETS = (
    Facet("year", "nam", later("Năm của kế hoạch")),
    Facet("province", "tinh", later("Tỉnh, thành phố")),
    Facet("locality_id", "dia_phuong", later("Địa phương")),
    Facet("unit", "don_vi", later("Đơn vị")),
    Facet("role", "vai_tro", later("Vai trò của đơn vị")),
    Facet("indicator", "chi_so", later("Chỉ số")),
    Facet("quarter", "quy", later("Quý")),
    Facet("confidence", "tin_cay", later("Độ tin cậy")),
)


def index_words(narrowed: Narrowed) -> tuple[str, ...]:
    """What an entry of the index must have."""
    unit, role = narrowed.get("unit"), narrowed.get("role")
    both = {"unit", "role"} if unit and role else set()
    alone = (facet_word(name, value) for name, value in narrowed.items() if value and name not in both)
    return (*alone, *([facet_word("unit_role", unit, role)] if both else []))


def facets(connection: sqlite3.Connection, entries: Sequence[Entry], narrowed: Narrowed) -> list[Facet]:
    """Each facet with its most frequent values; one that is narrowed by has only the value chosen."""
    return [
        Facet(facet.name, facet.parameter, facet.title, values)
        for facet in FACETS
        if (values := _titled(connection, facet.name, _counts(entries, facet.name, narrowed), narrowed))
    ]


def _counts(entries: Iterable[Entry], name: str, narrowed: Narrowed) -> Counter[str]:
    """How many entries each value would leave."""
    match name:
        case "quarter":
            return Counter(value for entry in entries for value in (entry.get("quarters") or "").split())
        case "unit":
            return _parts_of_units(entries, 0, narrowed.get("role"))
        case "role":
            return _parts_of_units(entries, 2, narrowed.get("unit"))
        case _:
            counts = Counter(entry.get(name) for entry in entries)
            return Counter({str(value): count for value, count in counts.items() if value is not None})


def _parts_of_units(entries: Iterable[Entry], part: int, beside: str | None) -> Counter[str]:
    """How many entries have each unit (part 0) or role (part 2), only of pairs with the one chosen `beside` it."""
    lists = Counter(entry.get("units") for entry in entries)
    counts: Counter[str] = Counter()
    for units, times in lists.items():
        pairs = [pair.rpartition(":") for pair in (units or "").split()]
        for value in {pair[part] for pair in pairs if not beside or pair[2 - part] == beside}:
            counts[value] += times
    return counts


def _titled(connection: sqlite3.Connection, name: str, counts: Counter[str], narrowed: Narrowed) -> tuple[Value, ...]:
    """The most frequent values; of a facet that is narrowed by, the chosen one alone: others would replace it."""
    chosen = narrowed.get(name, "")
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_VALUES]
    if chosen:
        ordered = [(chosen, counts[chosen])]
    if name in {"year", "quarter"}:
        ordered.sort(reverse=True)
    title = titles(connection, name, [value for value, _ in ordered])
    return tuple(Value(value, title(value), entries, value == chosen) for value, entries in ordered)


def titles(connection: sqlite3.Connection, name: str, values: list[str]) -> Callable[[str], str]:
    """How values of a facet are called; what is unknown keeps its own name."""
    codelist = {"role": "roles", "indicator": "indicators", "confidence": "confidences"}.get(name)
    if codelist:
        return lambda value: label(value, codelist)
    named = {"unit": ("units", "name"), "locality_id": ("localities", "full_name")}.get(name)
    if not named:
        return quarter
    table, column = named
    sql = f"select id, {column} as title from {table} where id in ({','.join('?' * len(values))})"  # noqa: S608
    found = {one["id"]: one["title"] for one in rows(connection, sql, *values)} if values else {}
    return lambda value: found.get(value, value)
