"""The national lists of provinces, districts and communes, by kind and name; before and after the reform of 2025."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.text import fold, squeezed

_DASH = re.compile(r"\s*-\s*")
_NUMBER = re.compile(r"0*(\d+)\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of the lists; `district` is "huyện Ngọc Lặc" where it had one, `successor` a code of 2025."""

    code: str
    name: str
    type: str
    province: str
    district: str = ""
    successor: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class _Lists:
    """Rows as in the files (those of former units are longer), by folded kind and name, and what is derived."""

    rows: dict[tuple[str, str], list[list[str]]]
    names: dict[str, tuple[str, str]]
    province_types: dict[str, frozenset[str]]


def key(name: str) -> str:
    """A name made comparable: folded, dashes without blanks, numbers without a leading nought.

    >>> key("Bà Rịa – Vũng Tàu"), key("01")
    ('bà rịa-vũng tàu', '1')
    """
    return _NUMBER.sub(r"\1", _DASH.sub("-", squeezed(fold(name))))


def listed(kind: str, name: str) -> list[Unit]:
    """All units of a kind and name, in whatever spelling, those of today first."""
    return [_unit(row) for row in _lists().rows.get((kind, key(name)), ())]


def is_listed(kind: str, name: str) -> bool:
    """Whether there is or was a unit of that kind and name."""
    return (kind, key(name)) in _lists().rows


def called(code: str) -> str | None:
    """Kind and name of today's unit with that code: "xã Cẩm Giàng"."""
    found = _lists().names.get(code)
    return f"{found[0]} {found[1]}" if found else None


def province_types() -> dict[str, frozenset[str]]:
    """The kinds of province, "tỉnh" or "thành phố", that a folded name has or had."""
    return _lists().province_types


def _unit(row: list[str]) -> Unit:
    if len(row) == 4:
        code, name, kind, province = row
        return Unit(code, name, kind, province)
    code, name, kind, district_type, district, province, successor = row
    return Unit(code, name, kind, province, f"{district_type} {district}".strip(), successor, former=True)


@cache
def _lists() -> _Lists:
    """Both files, read at the first call (about 40 ms)."""
    current, former = _rows("localities"), _rows("former_localities")
    rows = current + former
    # One call for all names: folding keeps line breaks, and joined text folds as its lines do.
    keys = _DASH.sub("-", fold("\n".join(row[1] for row in rows)).replace("\n", "\0")).split("\0")
    by_name: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    for row, name in zip(rows, keys, strict=True):
        by_name[row[2], name].append(row)
        if len(row[0]) == 2:
            provinces[name].add(row[2])
    names = {row[0]: (row[2], row[1]) for row in current}
    return _Lists(dict(by_name), names, {name: frozenset(kinds) for name, kinds in provinces.items()})


def _rows(name: str) -> list[list[str]]:
    text = files("schemas.codelists").joinpath(f"{name}.csv").read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]
