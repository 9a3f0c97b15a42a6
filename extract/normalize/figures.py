"""Folded text -> the numbers in it that measure something, with what is printed right at them: unit, whole, per."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from extract.normalize.dates import Unit
from extract.normalize.idioms import written_out
from extract.normalize.moments import Moment, all_moments
from extract.normalize.numbers import NUMERALS, PRINTED, number
from extract.normalize.quantities import Place, ending, longest, per_after, spells_numbers, unit_after, vocabulary

_N = rf"(?:{PRINTED})"
_SIGN = r"\s?(?:%|‰|phần\s+trăm\b)"
_TO = r"\s*(?:-|÷|~|\bđến\b|\btới\b)\s*"
# "80 - 85%", "từ 80% đến 85%"; "82,5%"; "41/41 tổ", "(12/12) thôn"; "3 - 5 mô hình"; "1.250 hộ", "120ha"
_PRINTED = re.compile(
    rf"""(?<![\w.,:/])(?<!\w-)(?P<low>{_N})(?:
        (?:{_SIGN})?{_TO}(?P<under>dưới\s+)?(?P<high>{_N})(?P<sign>{_SIGN})
      | (?P<sign1>{_SIGN})
      | \s?/\s?(?P<of>{_N})(?=\s*\)?\s+[^\W\d_])
      | {_TO}(?P<most>{_N})(?=\s+[^\W\d_])
      | (?!\w|[.,]\d|\s?[%‰])|(?=(?:ha|km2?|m[23²³]?|kg|kwh|mw|kw|gb)\b)
    )(?!\d|[.,]\d)""",
    re.VERBOSE,
)
_NUMERAL = "|".join(sorted(NUMERALS.keys() - {"năm", "tư"}, key=len, reverse=True))
# "một mô hình", but not "một phần", "một số", "một cửa"
_IN_WORDS = re.compile(rf"(?P<low>{_NUMERAL})(?=\s)(?!\s+(?:số|phần|trong|cửa|cách|bước|lòng|chiều|mặt|mình|nửa)\b)")
_DIGIT = re.compile(r"\d")

_CODE = re.compile(r"\b\d+(?:/\d{4})?\s?[-/]\s?[A-ZĐ]{2,}[\w-]*|\b\d+[A-ZĐ]\b|\b[A-Z]+\d+\b|\b\d{8,}\b")
_MAY_BE_CODE = re.compile(r"\d(?:(?<=[A-Z]\d)|\s?[-/]?\s?[A-ZĐ]|\d{7})")
_QUOTED = re.compile(r'"[^"]{1,120}"')
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net)\b\S*")
_LINK_SIGN = re.compile(r"[.:](?://|vn|com|net)|www\.")
# "(1) ", "1. ", "2.1. " at the start; "(2)" anywhere
_ORDINAL = re.compile(r"\A[\s\-+*•]*(?:\d{1,2}(?:\.\d{1,2})*[.)](?!\d)|\d{1,2}\.\d{1,2}(?=\s))|\(\d{1,2}\)")
_AROUND_THE_CLOCK = re.compile(r"\b24\s?/\s?(?:7|24)\b")
_NEXT = re.compile(r"\s+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COUNTS_FIGURES = 2
_BETWEEN = re.compile(r"\s*(?:-|đến|tới)\s*(?P<under>dưới\s+)?")
_DAY_WORDS = ("ngày", "trước", "đến", "từ")
_BEHIND = re.compile(r"\s*([^\W\d_]+)")
# Up to four words of what is counted on a round whole: "trẻ trai" of "trẻ trai/100 trẻ gái"
_RATE_NOUN = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,3}(?=\s?/\s?10{2,}(?:[.,]0{3})*\s)")
_LONGEST_NOUN = 40  # characters
_BEFORE_NOUN = re.compile(r"\)?\s+(?:số\s+)?(?=[^\W\d_])")


class Sort(StrEnum):
    """How sure it is that a number measures: shares and units of measure are, counts of a noun need a word for it."""

    SHARE = "share"
    PART = "part"
    RATE = "rate"
    UNIT = "unit"
    COUNTED = "counted"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in `folded[start:end]`: its unit a place of the text or a sign, `high` the end of a range."""

    start: int
    end: int
    value: float
    sort: Sort
    unit: Place | None = None
    sign: str = ""
    high: float | None = None
    of: float | None = None
    per: Place | None = None
    in_words: bool = False
    under: bool = False


def figures(text: str, folded: str, hidden: Sequence[Place] = ()) -> list[Figure]:
    """The numbers that may measure something, in order; those in `hidden` and of names, dates and codes left out."""
    found: list[Figure] = []
    if _DIGIT.search(folded) is not None:
        hidden = (*hidden, *_hidden(text, folded))
        found += _as_ranges(folded, list(_in_figures(folded, hidden)))
    if spells_numbers(folded):
        found += _in_words(folded, hidden)
        found.sort(key=lambda f: f.start)
    return found


def _as_ranges(folded: str, found: Sequence[Figure]) -> Iterator[Figure]:
    """Neighbours of one unit made one range: "từ 02 lớp đến 03 lớp", "từ 65 triệu đồng đến 70 triệu đồng"."""
    last: Figure | None = None
    for figure in found:
        if last is None:
            last = figure
        elif joint := _joined(folded, last, figure):
            last = replace(figure, start=last.start, value=last.value, high=figure.value, under=bool(joint["under"]))
        else:
            yield last
            last = figure
    if last is not None:
        yield last


def _joined(folded: str, left: Figure, right: Figure) -> re.Match[str] | None:
    if left.high is not None or right.high is not None or left.of is not None or left.value >= right.value:
        return None
    units = [folded[slice(*f.unit)] if f.unit else f.sign for f in (left, right)]
    return _BETWEEN.fullmatch(folded, left.end, right.start) if f"{units[1]} ".startswith(f"{units[0]} ") else None


def _hidden(text: str, folded: str) -> Iterator[Place]:
    """Ranges whose numbers name, date or order something."""
    if '"' in folded:
        yield from (m.span() for m in _QUOTED.finditer(folded))
    if _LINK_SIGN.search(folded):
        yield from (m.span() for m in _LINK.finditer(folded))
    yield from (m.span() for m in _ORDINAL.finditer(folded))
    if "24" in folded:
        yield from (m.span() for m in _AROUND_THE_CLOCK.finditer(folded) if not _counts_all(folded, m))
    if _MAY_BE_CODE.search(text):
        yield from (m.span() for m in _CODE.finditer(text))
    for moment in all_moments(folded):
        if not (_is_part(folded, moment) or _is_amount(folded, moment)):
            yield moment.start, moment.end


def _counts_all(folded: str, match: re.Match[str]) -> bool:
    """Whether it is all 24 of something and no round of the clock: "24/24 công chức", but not "24/24 giờ"."""
    blank = _NEXT.match(folded, match.end())
    if blank is None or match[0].endswith("/7") or longest("not_goal_units", folded, blank.end()) is not None:
        return False
    return longest("counted", folded, blank.end()) is not None


def _is_part(folded: str, moment: Moment) -> bool:
    """Whether what looks like a day is a part of a whole: "10/10 thôn"."""
    if moment.unit is not Unit.DAY or moment.dated or moment.ranged:
        return False
    noun = _BEFORE_NOUN.match(folded, moment.end)
    if noun is None or folded[: moment.start].rstrip().endswith(_DAY_WORDS):
        return False
    return not folded[: moment.start].rstrip().endswith("(") or longest("counted", folded, noun.end()) is not None


def _is_amount(folded: str, moment: Moment) -> bool:
    """Whether what looks like a year is a number of things: "2000 cây"."""
    return moment.bare and len(moment.points) == 1 and longest("counted", folded, moment.end + 1) is not None


def _is_named(folded: str, match: re.Match[str]) -> bool:
    """Whether the words behind the number make a name of the two: "5 rõ", "15 tuổi", "2 buổi/ngày"."""
    start = match.start("most") if match["most"] else match.start()
    if match["sign"] or match["sign1"] or match["of"]:
        return False
    behind = _BEHIND.match(folded, match.end("most") if match["most"] else match.end("low"))
    if behind is None or behind[1] not in _after_a_name():
        return False
    found = next((m for p in vocabulary("named") if (m := p.pattern.match(folded, start))), None)
    # "tuổi thọ trung bình đạt 75 tuổi" is measured in years of age
    return found is not None and not (found[0].endswith("tuổi") and "tuổi thọ" in folded[max(0, start - 80) : start])


@cache
def _after_a_name() -> frozenset[str]:
    """The first words that the phrases of `named` have behind their number: a quick look before the long one."""
    wordings_of = (w for p in vocabulary("named") for w in written_out(p.phrase.partition("{number}")[2]))
    firsts = (_BEHIND.match(w if w.startswith("/") else f" {w}") for w in wordings_of)
    return frozenset(m[1] for m in firsts if m)


def _is_hidden(match: re.Match[str], hidden: Sequence[Place]) -> bool:
    return any(a < match.end("low") and match.start() < b for a, b in hidden)


def _in_figures(folded: str, hidden: Sequence[Place]) -> Iterator[Figure]:
    named = -1  # where the last number of a name ends
    for match in _PRINTED.finditer(folded):
        if _is_hidden(match, hidden) or _is_name(folded, match, named) or _is_named(folded, match):
            named = match.end()
        elif (figure := _figure(folded, match)) is not None:
            yield figure


def _is_name(folded: str, match: re.Match[str], named: int) -> bool:
    """Whether a name stands before the number ("mức độ 2"), or before those it is listed with ("mức độ 3, 4")."""
    if match["sign"] or match["sign1"] or match["of"]:
        return False
    if named >= 0 and folded[named : match.start()].strip() in (",", "và", "hoặc", "-", "đến"):
        return longest("counted", folded, match.end() + 1) is None
    at = match.start()
    if at < 2 or folded[at - 1] != " " or not folded[at - 2].isalnum():
        return False
    name = ending("names").before(folded, at)
    if name is None or (number(match["low"]) or 0) > name[1].get("most", math.inf):
        return False
    if _is_measured(folded, match) or (name[1].get("loose") and _is_count(folded, match)):
        return False
    return ending("not_names").before(folded, at) is None


def _is_measured(folded: str, match: re.Match[str]) -> bool:
    """Whether a number is too large or too fine for a name, or measured: "các loại 12.430 ha", "đường 2,5 km"."""
    return longest("units", folded, match.end() + 1) is not None or _THOUSANDS.fullmatch(match["low"]) is not None


def _is_count(folded: str, match: re.Match[str]) -> bool:
    """Whether a number printed as counts are, "45" or "05", has a counted noun of things behind it."""
    at = match.end() + 1
    if len(match["low"]) < _COUNTS_FIGURES or longest("no_counts_of_names", folded, at) is not None:
        return False
    return longest("counted", folded, at) is not None


def _figure(folded: str, match: re.Match[str]) -> Figure | None:
    low = number(match["low"])
    if low is None:
        return None
    if sign := match["sign"] or match["sign1"]:
        high = number(match["high"]) if match["high"] else None
        return _share(folded, match, "‰" if "‰" in sign else "%", low, high)
    if match["of"]:
        return _part(folded, match, low)
    return _count(folded, match, low, number(match["most"]) if match["most"] else None)


def _share(folded: str, match: re.Match[str], sign: str, low: float, high: float | None) -> Figure:
    per = per_after(folded, match.end())
    end = per[1] if per else match.end()
    under = match["under"] is not None
    return Figure(match.start(), end, low, Sort.SHARE, sign=sign, high=high, per=per, under=under)


def _part(folded: str, match: re.Match[str], low: float) -> Figure | None:
    """Parts of a whole, "41/41 tổ" and "2/3 số xã"; and the rate "45/100.000 trẻ đẻ sống"."""
    per = per_after(folded, match.end("low"))
    if per is not None:
        return Figure(match.start(), per[1], low, Sort.RATE, per=per)
    unit = unit_after(folded, match.end() + (folded[match.end()] == ")"))
    of = number(match["of"], whole=True)
    if unit is None or of is None or low > of:
        return None
    return Figure(match.start(), unit[1], low, Sort.PART, unit=unit[:2], of=of)


def _count(folded: str, match: re.Match[str], low: float, high: float | None) -> Figure | None:
    unit = unit_after(folded, match.end())
    if unit is None:
        return None
    start, end, sort = unit
    if "/" in folded[start : start + _LONGEST_NOUN] and (rate := _RATE_NOUN.match(folded, start)):
        end = rate.end()
    if sort != "unit" and low != int(low):
        low = number(match["low"], whole=True) or low
    per = per_after(folded, end)
    return Figure(match.start(), per[1] if per else end, low, Sort(sort), unit=(start, end), high=high, per=per)


def _in_words(folded: str, hidden: Sequence[Place]) -> Iterator[Figure]:
    for match in _IN_WORDS.finditer(folded):
        if match.start() and folded[match.start() - 1].isalnum():
            continue
        unit = unit_after(folded, match.end())
        value = number(match["low"])
        if unit is None or value is None or _is_hidden(match, hidden):
            continue
        per = per_after(folded, unit[1])
        end = per[1] if per else unit[1]
        yield Figure(match.start(), end, value, Sort(unit[2]), unit=unit[:2], per=per, in_words=True)
