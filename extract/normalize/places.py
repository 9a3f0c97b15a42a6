"""A territory as printed -> the unit of the national lists that it is, where the document decides which."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract.normalize.gazetteer import Unit, alike, called, key, listed, province_types
from extract.normalize.territories import Territory, is_province, levels, not_bare, territories
from extract.normalize.wordlists import either
from extract.text import fold, squeezed
from schemas import Candidate, Locality, PartialDate

# The two-level government began on 2025-07-01, with new communes and 34 provinces.
REFORM = (2025, 7)
_SYLLABLE = r"[^\W\d_]+"


def resolve_locality(
    territory: Territory, province: str | None = None, *, text: str = "", folded: str | None = None, when: PartialDate
) -> Locality:
    """The unit that a territory is, its province where `province`, `text` or the lists themselves decide it.

    `province` is the one stated beside the name; `text` the document's, in which a province or a former district may
    be named, and `folded` that text folded; `when`, year and month, says which lists count. A former unit has no
    `code`, since the codes are those of 2025; its `candidates` carry the codes of their own time.
    """
    after = _after_reform(when)
    units = listed(territory.type, territory.name) or list(alike(territory.type, territory.name))
    units = _of_time(units, when, after=after)
    if territory.type == "tỉnh" or is_province(territory.type, territory.name):
        return _found(territory, territory.name, [u for u in units if len(u.code) == 2])
    document = _Document(text, fold(text) if folded is None else folded)
    decided = province or _decided(units, territory.name, document, after=after is not False)
    if decided is None:
        return Locality(type=territory.type, name=territory.name, candidates=_candidates(units))
    fitting = [u for u in units if key(u.province) == key(decided)]
    return _found(territory, decided, _in_district(fitting, document) or fitting)


@dataclass(frozen=True, slots=True)
class _Document:
    """The text that may say in which province a unit is, and the same folded."""

    text: str
    folded: str


def _candidates(units: Iterable[Unit]) -> tuple[Candidate, ...]:
    return tuple(Candidate(code=u.code, name=u.name, type=u.type, province=u.province) for u in units)


def _after_reform(when: PartialDate) -> bool | None:
    """Whether the day is after the reform; None where it can't be told."""
    if when.year is None or (when.year == REFORM[0] and when.month is None):
        return None
    return (when.year, when.month or 1) >= REFORM


def _of_time(units: list[Unit], when: PartialDate, *, after: bool | None) -> list[Unit]:
    """The units of the document's time, today's where it has none; all of them where none fits or both may."""
    if after is None and when.year is not None:
        return units
    return [u for u in units if u.former is (after is False)] or units


def _found(territory: Territory, province: str, units: list[Unit]) -> Locality:
    """The locality with the code of the one unit it can be."""
    whole = Locality(type=territory.type, name=territory.name, province=province)
    if len(units) != 1:
        return whole.model_copy(update={"candidates": _candidates(units)})
    unit = units[0]
    if not unit.former:
        return whole.model_copy(update={"code": unit.code})
    return whole.model_copy(update={"successor": called(unit.successor), "successor_code": unit.successor or None})


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
    return next(u.name for kind in ("tỉnh", "thành phố") for u in listed(kind, province) if len(u.code) == 2)


def _printed_province(document: _Document, *, after: bool) -> str | None:
    """The province most named by its kind, in the lists or not; since the reform every city is one."""
    kinds = ("tỉnh", "thành phố") if after else ("tỉnh",)
    named = Counter(m.value.name for m in territories(document.text, document.folded) if m.value.type in kinds)
    return _ahead(named)


def _of_districts(document: _Document) -> set[str]:
    """The provinces of the districts that the text names, where the unit itself is in no list."""
    named = (m.value for m in territories(document.text, document.folded) if levels()[m.value.type] == "district")
    found = ({u.province for u in listed(t.type, t.name)} for t in named)
    return {p for provinces in found if len(provinces) == 1 for p in provinces}


@cache
def _after_province_word() -> re.Pattern[str]:
    """A word for a province, and up to four syllables after it."""
    return re.compile(
        rf"{either('places', 'province_words').pattern}\.?\s+({_SYLLABLE}(?:(?:\s*-\s*|\s+){_SYLLABLE}){{0,3}})"
    )


def provinces_named(folded: str) -> Counter[str]:
    """How often each province stands after a word for one ("tỉnh", "Thành ủy"), by its key."""
    named = (_province_at_start(m[1]) for m in _after_province_word().finditer(folded))
    return Counter(filter(None, named))


def _province_at_start(folded: str) -> str | None:
    """The key of the province whose name the text begins with, of several the longest."""
    ends = [m.end() for m in re.finditer(_SYLLABLE, folded)]
    return next((name for end in reversed(ends) if (name := key(folded[:end])) in province_types()), None)


def _bare(province: str, document: _Document) -> bool:
    """Whether the province's name stands in the text as a name, with its capitals."""
    if province in not_bare():
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


_PROVINCE_KIND = re.compile(r"(tỉnh|thành phố)(?!\w)")
_LONGEST_BODY = 60  # characters


@cache
def _over_communes() -> re.Pattern[str]:
    return re.compile(rf"{either('places', 'provincial_bodies').pattern}(?:[^\W\d_]|[ ,&-])* \Z")


def _by_kind_of_province(units: list[Unit], folded: str) -> str | None:
    """Under the two-level government "UBND thành phố" is a centrally run city's, "UBND tỉnh" a province's."""
    kinds = {
        m[1]
        for m in _PROVINCE_KIND.finditer(folded)
        if _over_communes().search(folded, max(0, m.start() - _LONGEST_BODY), m.start())
    }
    if len(kinds) != 1:
        return None
    fitting = {u.province for u in units if kinds & province_types().get(key(u.province), frozenset())}
    return fitting.pop() if len(fitting) == 1 else None
