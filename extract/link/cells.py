"""A figure in a target table's cell and the unit in another -> measures, as if printed side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.find.measures import find_measures
from extract.lexicon import is_in
from extract.model import Mention
from extract.normalize.numbers import PRINTED, number
from extract.normalize.quantities import unit_after, vocabulary
from extract.text import fold
from schemas import Comparator, Measure

_TO = r"\s*(?:-|÷|~|\bđến\b|\btới\b)\s*"
_N = rf"(?:{PRINTED})"
# "60", "17/17", "1.250"; not the first of "60 - 65", and no day
_FIGURE = re.compile(rf"(?<![\w.,/])(?P<low>{_N})(?:\s?/\s?{_N})?(?![\w%/]|[.,]\d|\s?%|{_TO}\d)")
_RANGE = re.compile(rf"(?<![\w.,/])(?P<low>{_N})(?:{_TO}(?P<high>{_N}))?(?![\w%/]|[.,]\d|\s?%)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = re.compile(r"%|phần trăm")
_WORDS = re.compile(r"\w|[%‰]")
_BRACKET = re.compile(r"\((?P<unit>[^()\d]{1,24})\)\s*[.:]?\s*$")
_ANYTHING = " mục"  # counts whatever is counted, where the unit is no word that numbers have


@dataclass(frozen=True, slots=True)
class _Joined:
    """A cell's text with the unit put behind its figures; `places` are where, in the cell's own text."""

    text: str
    places: tuple[int, ...]
    added: int

    def origin(self, at: int) -> int:
        """The place in the cell's text; of one inside an added unit, the end of its figure."""
        for place in self.places:
            if at <= place:
                break
            at = max(place, at - self.added)
        return at


def measures_of_cell(printed: str, unit: str, *, ranked: bool = False) -> list[Mention[Measure]]:
    """The measures of a cell whose unit stands elsewhere; `ranked`: what is measured is a place in an order."""
    unit = unit.strip(" .:()") if _WORDS.search(unit) else ""
    if (ranked and not unit) or (unit and is_in(vocabulary("rank_units"), fold(unit))):
        return _ranks(printed, unit)
    sign = "%" if _is_share(unit) else unit
    found = _read(printed, sign) or _read(printed, "")
    return [Mention(m.start, m.end, _in_unit(m.value, sign)) for m in found]


def unit_in_brackets(text: str) -> tuple[int, int] | None:
    """Where the unit stands that a row's or a column's name ends with: "Tỷ lệ hộ nghèo (%)", "Số lớp (lớp)"."""
    found = _BRACKET.search(text)
    if found is None or not _is_unit(fold(found["unit"]).strip()):
        return None
    return found.span("unit")


def is_place_in_an_order(folded: str) -> bool:
    """Whether a row's name says that its figures are ranks: "Xếp hạng chỉ số …"."""
    return is_in(vocabulary("ranked"), folded)


def _is_share(unit: str) -> bool:
    folded = fold(unit)
    return _PERCENT.search(folded) is not None and "điểm" not in folded


def _is_unit(folded: str) -> bool:
    if _PERCENT.search(folded):
        return True
    found = unit_after(f" {folded}", 0)
    return found is not None and found[2] != "noun" and found[1] == len(folded) + 1


def _read(printed: str, unit: str) -> list[Mention[Measure]]:
    """The measures of the cell with the unit put where it belongs; none where the unit is no word that numbers have."""
    folded = fold(printed)
    joined = _Joined(printed, (), 0) if unit and fold(unit) in folded else _with(printed, folded, unit)
    found = []
    for mention in find_measures(joined.text):
        start, end = joined.origin(mention.start), joined.origin(mention.end)
        if start < end:  # else a number in the unit's own name
            found.append(Mention(start, end, mention.value if unit else _without_unit(mention.value)))
    return found


def _with(printed: str, folded: str, unit: str) -> _Joined:
    figures = list(_FIGURE.finditer(folded))
    if len(figures) > 1:
        figures = [m for m in figures if not _YEAR.fullmatch(m["low"])]
    added = f" {unit}" if unit else _ANYTHING
    text, at = "", 0
    for match in figures:
        text += printed[at : match.end()] + added
        at = match.end()
    return _Joined(text + printed[at:], tuple(m.end() for m in figures), len(added))


def _without_unit(measure: Measure) -> Measure:
    return measure.model_copy(update={"unit": ""}) if measure.unit == _ANYTHING.strip() else measure


def _in_unit(measure: Measure, unit: str) -> Measure:
    """The measure in its column's unit, but for a share; of "triệu đồng/người" what it is per stays apart."""
    apart = measure.per is not None and unit.startswith(f"{measure.unit}/")
    return measure if not unit or measure.unit == "%" or apart else measure.model_copy(update={"unit": unit})


def _ranks(printed: str, unit: str) -> list[Mention[Measure]]:
    """Places in an order: at most the number, but for how many places are gained ("tăng 2 bậc")."""
    gained = [m for m in _read(printed, unit) if m.value.change is not None] if unit else []
    return gained or list(find_measures(printed)) or list(_places(printed))


def _places(printed: str) -> Iterator[Mention[Measure]]:
    for match in _RANGE.finditer(fold(printed)):
        value = number(match["high"] or match["low"], whole=True)
        if value is not None and not _YEAR.fullmatch(match["low"]):
            yield Mention(*match.span(), Measure(comparator=Comparator.AT_MOST, value=value, unit="rank"))
