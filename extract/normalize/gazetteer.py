"""The national lists of provinces, districts and communes, by kind and name; before and after the reform of 2025."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from extract.text import fold, squeezed, unaccented

_DASH = re.compile(r"\s*-\s*")
_NUMBER = re.compile(r"0*(\d+)\b")
_NAME_AND_TYPE = re.compile(r"^\w+,([^,\n]*,[^,\n]*)", re.MULTILINE)
_PROVINCE = re.compile(r"^\d\d,([^,\n]*),([^,\n]*)", re.MULTILINE)
_MOST_MARKS = 3  # apostrophes and blanks by which spellings of one name differ
_NO_LETTERS = re.compile(r"[^\w,\n]+")


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


def key(name: str) -> str:
    """A name made comparable: folded, dashes without blanks, numbers without a leading nought.

    >>> key("Bà Rịa – Vũng Tàu"), key("01")
    ('bà rịa-vũng tàu', '1')
    """
    return _NUMBER.sub(r"\1", _DASH.sub("-", squeezed(fold(name))))


def listed(kind: str, name: str) -> list[Unit]:
    """All units of a kind and name, in whatever spelling, those of today first."""
    rows = _rows().get(f"{key(name)},{kind}")
    return [_unit(row) for row in rows.split("\n")] if rows else []


@lru_cache(maxsize=64)
def alike(kind: str, name: str) -> tuple[Unit, ...]:
    """The units whose name differs in marks and blanks only: "Mù Cang Chải" and "Mù Căng Chải", "Ea Hleo"."""
    wanted = f"{key(name)},{kind}"
    near = (full for full in _by_bare_name().get(_bare(wanted), ()) if abs(len(full) - len(wanted)) <= _MOST_MARKS)
    return tuple(_unit(row) for full in near for row in _rows()[full].split("\n"))


def is_listed(kind: str, name: str) -> bool:
    """Whether there is or was a unit of that kind and name."""
    return f"{key(name)},{kind}" in _rows()


def called(code: str) -> str | None:
    """Kind and name of today's unit with that code: "xã Cẩm Giàng"."""
    found = re.search(rf"^{re.escape(code)},([^,]*),([^,]*)", _text("localities"), re.MULTILINE) if code else None
    return f"{found[2]} {found[1]}" if found else None


@cache
def province_types() -> dict[str, frozenset[str]]:
    """The kinds of province, "tỉnh" or "thành phố", that a folded name has or had."""
    found: dict[str, frozenset[str]] = {}
    for name, kind in (*_PROVINCE.findall(_text("localities")), *_PROVINCE.findall(_text("former_localities"))):
        found[key(name)] = found.get(key(name), frozenset()) | {kind}
    return found


def _unit(row: str) -> Unit:
    fields = row.split(",")
    if len(fields) == 4:
        code, name, kind, province = fields
        return Unit(code, name, kind, province)
    code, name, kind, district_type, district, province, successor = fields
    return Unit(code, name, kind, province, f"{district_type} {district}".strip(), successor, former=True)


@cache
def _text(name: str) -> str:
    """A file's rows; no field of them holds a comma, a quotation mark or a line break."""
    return files("schemas.codelists").joinpath(f"{name}.csv").read_text("utf-8").partition("\n")[2].rstrip("\n")


@cache
def _rows() -> dict[str, str]:
    """The rows as in the files by folded "name,type", those that share one a line each (read at the first call)."""
    text = f"{_text('localities')}\n{_text('former_localities')}"
    # One call for all names: folding keeps line breaks, and joined text folds as its lines do.
    names = _DASH.sub("-", fold("\n".join(_NAME_AND_TYPE.findall(text))).replace("\n", "\0")).split("\0")
    found: dict[str, str] = {}
    for name, row in zip(names, text.split("\n"), strict=True):
        found[name] = f"{found[name]}\n{row}" if name in found else row
    return found


@cache
def _by_bare_name() -> dict[str, list[str]]:
    """The keys of the rows by what is left of them without marks and blanks (made for the first name not listed)."""
    found: dict[str, list[str]] = {}
    for bare, full in zip(_bare("\n".join(_rows())).split("\n"), _rows(), strict=True):
        found.setdefault(bare, []).append(full)
    return found


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", unaccented(text))
