"""A territory as printed -> the unit of the national lists that it is, where the document decides which."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.lexicon import load
from extract.model import Mention
from extract.text import fold, squeezed
from schemas import Candidate, Locality

# The two-level government began on 2025-07-01, with new communes and 34 provinces.
REFORM = (2025, 7)
_DASH = re.compile(r"\s*-\s*")
_SYLLABLE = re.compile(r"(?:\s+|\s*[-–]\s*)?([^\W_]+(?:['’][^\W_]+)*)")
_NUMBER = re.compile(r"0*(\d+)\b")
_MOST_UNLISTED = 3  # syllables of a name that is in no list
_MOST_SYLLABLES = 6  # "Văn Miếu - Quốc Tử Giám" has five


@dataclass(frozen=True, slots=True)
class Territory:
    """A kind and a name as a document prints them, the name in natural case."""

    type: str
    name: str


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


@dataclass(frozen=True)
class Gazetteer:
    """The units by folded kind and name, and what is derived from them."""

    units: dict[tuple[str, str], list[Unit]]
    codes: dict[str, Unit]
    province_types: dict[str, frozenset[str]]


def key(name: str) -> str:
    """A name made comparable: folded, dashes without blanks, numbers without a leading nought."""
    return _NUMBER.sub(r"\1", _DASH.sub("-", squeezed(fold(name))))


@cache
def gazetteer() -> Gazetteer:
    """Both lists, read at the first call (about 40 ms)."""
    current = [Unit(code, name, kind, province) for code, name, kind, province in _rows("localities")]
    former = [
        Unit(code, name, kind, province, f"{district_type} {district}".strip(), successor, former=True)
        for code, name, kind, district_type, district, province, successor in _rows("former_localities")
    ]
    units = current + former
    keys = _DASH.sub("-", fold("\n".join(u.name for u in units)).replace("\n", "\0")).split("\0")
    by_name: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    for unit, name in zip(units, keys, strict=True):
        by_name[unit.type, name].append(unit)
        if len(unit.code) == 2:
            provinces[name].add(unit.type)
    kinds = {name: frozenset(types) for name, types in provinces.items()}
    return Gazetteer(dict(by_name), {u.code: u for u in current}, kinds)


def _rows(name: str) -> list[list[str]]:
    with files("schemas.codelists").joinpath(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def _types() -> dict[str, str]:
    return {fold(p): e["type"] for e in load("places")["types"] for p in e["phrases"]}


@cache
def levels() -> dict[str, str]:
    """The level of government of a kind of territory; a city is a district's until its name says otherwise."""
    return {e["type"]: e["level"] for e in load("places")["types"]}


@cache
def _territory() -> re.Pattern[str]:
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_types(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words})(?!\w)\.?(?=\s*[^\W_])")


def territories(text: str, folded: str, start: int = 0, end: int | None = None) -> Iterator[Mention[Territory]]:
    """Every kind of territory with a name after it: "phường Hồng Gai", "TP. HỒ CHÍ MINH", "quận 3"."""
    end = len(text) if end is None else end
    for word in _territory().finditer(folded, start, end):
        kind = _types()[squeezed(word[1])]
        if (named := _named(kind, text, word.end(), end)) is not None:
            yield Mention(word.start(), named.end, Territory(kind, named.value))


def _named(kind: str, text: str, at: int, end: int) -> Mention[str] | None:
    """The name that begins at `at`: the longest the lists have, or of a commune, of which many are in no list any
    more, all syllables with a capital."""
    ends = list(_capitalised(text, at, end))
    if not ends:
        return None
    begin = at + len(text[at:end]) - len(text[at:end].lstrip())
    if "\n" in text[at:begin] and text[ends[0] : ends[0] + 1] in (".", ")"):
        return None  # the next line's number
    known = [e for e in ends if (kind, key(text[begin:e])) in gazetteer().units]
    first = fold(text[begin : ends[0]])
    if not known and (first.isdigit() or first in _not_names()):
        return None
    line_end = text.find("\n", begin, end)
    own_line = [e for e in ends[:_MOST_UNLISTED] if line_end < 0 or e <= line_end] or ends[:1]
    stop = own_line[-1]
    if known and (levels()[kind] != "commune" or len(ends) > _MOST_UNLISTED or known[-1] > stop):
        stop = known[-1]
    return Mention(begin, stop, natural_name(kind, text[begin:stop]))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(fold(p) for e in load("places")["not_names"] for p in e["phrases"])


def _capitalised(text: str, at: int, end: int) -> Iterator[int]:
    """The end of each syllable from `at` on while they begin with a capital or a figure."""
    for _ in range(_MOST_SYLLABLES):
        syllable = _SYLLABLE.match(text, at, end)
        if syllable is None or not (syllable[1][0].isupper() or syllable[1].isdigit()):
            return
        at = syllable.end()
        yield at


def natural_name(kind: str, printed: str) -> str:
    """A territory's name with capitals as people write them, letters as printed: "ĐẮK R'LẤP" -> "Đắk R'lấp"."""
    printed = squeezed(printed)
    if printed != printed.upper() or printed.isdigit():
        return printed
    for unit in gazetteer().units.get((kind, key(printed)), ()):
        if len(unit.name) == len(printed):
            pairs = zip(printed, unit.name, strict=True)
            return "".join(c if model.isupper() else c.lower() for c, model in pairs)
    return titled(printed)


def titled(printed: str) -> str:
    """Each syllable with one capital, its first letter.

    >>> titled("CHÂN MÂY - LĂNG CÔ")
    'Chân Mây - Lăng Cô'
    """
    return " ".join(word[:1].upper() + word[1:].lower() for word in printed.split())


def is_province(kind: str, name: str) -> bool:
    """Whether a province or a centrally run city is called so; Huế and Thủ Đức depend on the kind too."""
    return kind in ("tỉnh", "thành phố") and kind in gazetteer().province_types.get(key(name), ())


def resolve_locality(
    kind: str,
    name: str,
    province: str | None = None,
    *,
    text: str = "",
    folded: str | None = None,
    year: int | None = None,
    month: int | None = None,
) -> Locality:
    """The unit of that kind and name, its province where `province`, `text` or the lists themselves decide it.

    `province` is the one stated beside the name; `text` the document's, in which a province or a former district may
    be named, and `folded` that text folded; year and month say which lists count. A former unit has no `code`, since the codes are
    those of 2025; its `candidates` carry the codes of their own time.
    """
    units = _of_time(gazetteer().units.get((kind, key(name)), []), year, month)
    if kind == "tỉnh" or is_province(kind, name):
        return _found(kind, name, name, [u for u in units if len(u.code) == 2])
    document = _Document(text, fold(text) if folded is None else folded)
    decided = province or _decided(units, name, document, after=_after_reform(year, month) is not False)
    if decided is None:
        return Locality(type=kind, name=name, candidates=_candidates(units))
    fitting = [u for u in units if key(u.province) == key(decided)]
    return _found(kind, name, decided, _in_district(fitting, document) or fitting)


@dataclass(frozen=True, slots=True)
class _Document:
    """The text that may say in which province a unit is, and the same folded."""

    text: str
    folded: str


def _candidates(units: Iterable[Unit]) -> tuple[Candidate, ...]:
    return tuple(Candidate(code=u.code, name=u.name, type=u.type, province=u.province) for u in units)


def _after_reform(year: int | None, month: int | None) -> bool | None:
    """Whether the day is after the reform; None where it can't be told."""
    if year is None or (year == REFORM[0] and month is None):
        return None
    return (year, month or 1) >= REFORM


def _of_time(units: list[Unit], year: int | None, month: int | None) -> list[Unit]:
    """The units of the document's time, all where it is unknown or none is of its time."""
    after = _after_reform(year, month)
    if after is None and year is None:
        after = True
    if after is None:
        return units
    return [u for u in units if u.former is not after] or units


def _found(kind: str, name: str, province: str, units: list[Unit]) -> Locality:
    """The locality with the code of the one unit it can be."""
    if len(units) != 1:
        return Locality(type=kind, name=name, province=province, candidates=_candidates(units))
    unit = units[0]
    if not unit.former:
        return Locality(type=kind, name=name, province=province, code=unit.code)
    became = gazetteer().codes.get(unit.successor)
    successor = f"{became.type} {became.name}" if became else None
    return Locality(
        type=kind, name=name, province=province, successor=successor, successor_code=unit.successor or None
    )


def _decided(units: list[Unit], name: str, document: _Document, *, after: bool) -> str | None:
    """The province that the lists or the text's words leave, None where several remain."""
    provinces = {key(u.province): u.province for u in units}
    if len(provinces) == 1:
        return next(iter(provinces.values()))
    named = provinces_named(document.folded)
    best = _ahead({p: n for p, n in named.items() if p in provinces or not units})
    if best is not None:
        return provinces.get(best) or _spelt(best)
    if not units and (province := _printed_province(document, after=after)):
        return province
    inside = {u.province for u in _in_district(units, document)} if units else _of_districts(document)
    if len(inside) == 1:
        return inside.pop()
    bare = {p for p in provinces if p != key(name) and _bare(p, document)}
    if len(bare) == 1:
        return provinces[bare.pop()]
    return _by_kind_of_province(units, document.folded) if after else None


def _ahead(counts: Counter[str] | dict[str, int]) -> str | None:
    """The one that is named most, where it is clear which."""
    first, second = [*sorted(counts.items(), key=lambda c: -c[1]), ("", 0), ("", 0)][:2]
    return first[0] if first[1] >= 2 * second[1] and first[1] > second[1] else None


def _spelt(province: str) -> str:
    """A province's name by its key."""
    known = gazetteer().units
    return next(u.name for kind in ("tỉnh", "thành phố") for u in known.get((kind, province), ()) if len(u.code) == 2)


def _printed_province(document: _Document, *, after: bool) -> str | None:
    """The province most named by its kind, in the lists or not; since the reform every city is one."""
    kinds = ("tỉnh", "thành phố") if after else ("tỉnh",)
    named = Counter(m.value.name for m in territories(document.text, document.folded) if m.value.type in kinds)
    return _ahead(named)


def _of_districts(document: _Document) -> set[str]:
    """The provinces of the districts that the text names, where the unit itself is in no list."""
    named = (m.value for m in territories(document.text, document.folded) if levels()[m.value.type] == "district")
    found = ({u.province for u in gazetteer().units.get((t.type, key(t.name)), ())} for t in named)
    return {p for provinces in found if len(provinces) == 1 for p in provinces}


@cache
def _province_names() -> tuple[re.Pattern[str], frozenset[str]]:
    entries = load("places")
    words = "|".join(sorted((p for e in entries["province_words"] for p in e["phrases"]), key=len, reverse=True))
    names = "|".join(re.escape(n).replace("-", " ?- ?") for n in sorted(gazetteer().province_types, key=len, reverse=True))
    not_bare = frozenset(p for e in entries["not_bare"] for p in e["phrases"])
    return re.compile(rf"(?<!\w)(?:{words})\.?\s+({names})(?!\w)".replace(" ", r"\s+")), not_bare


def provinces_named(folded: str) -> Counter[str]:
    """How often each province stands after a word for one ("tỉnh", "Thành ủy"), by its key."""
    pattern, _ = _province_names()
    return Counter(key(m[1]) for m in pattern.finditer(folded))


def _bare(province: str, document: _Document) -> bool:
    """Whether the province's name stands in the text as a name, with its capitals."""
    if province in _province_names()[1]:
        return False
    at = document.folded.find(province)
    while at >= 0:
        words = document.text[at : at + len(province)].replace("-", " ").split()
        if all(word[0].isupper() for word in words):
            return True
        at = document.folded.find(province, at + 1)
    return False


def _in_district(units: Iterable[Unit], document: _Document) -> list[Unit]:
    """Those former units whose district the text names."""
    units = list(units)
    if len(units) < 2 or not any(u.district for u in units):
        return []
    folded = squeezed(document.folded)
    return [u for u in units if u.district and re.search(rf"(?<!\w){re.escape(fold(u.district))}(?!\w)", folded)]


@cache
def _over_communes() -> re.Pattern[str]:
    bodies = "|".join(p for e in load("places")["provincial_bodies"] for p in e["phrases"])
    return re.compile(rf"(?<!\w)(?:{bodies})(?:[^\W\d_]|[ ,&-]){{0,60}}? (tỉnh|thành phố)(?!\w)")


def _by_kind_of_province(units: list[Unit], folded: str) -> str | None:
    """Under the two-level government "UBND thành phố" is a centrally run city's, "UBND tỉnh" a province's."""
    kinds = {m[1] for m in _over_communes().finditer(folded)}
    if len(kinds) != 1:
        return None
    fitting = {u.province for u in units if kinds & gazetteer().province_types.get(key(u.province), frozenset())}
    return fitting.pop() if len(fitting) == 1 else None


def ends_in_province(name: str, *, or_word: bool = True) -> Territory | None:
    """The province whose name a body's ends in: "Sở Y tế Nghệ An".

    Without `or_word`, not one that is a person's name or a common word too: "Đoàn TNCS Hồ Chí Minh".
    """
    words = name.replace("–", "-").split()
    for size in range(min(5, len(words) - 1), 0, -1):
        tail = " ".join(words[-size:])
        kinds = gazetteer().province_types.get(key(tail))
        if kinds and (or_word or key(tail) not in _province_names()[1]):
            kind = "thành phố" if kinds == {"thành phố"} else "tỉnh"
            return Territory(kind, natural_name(kind, tail))
    return None
