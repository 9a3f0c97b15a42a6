"""Folded text of a report -> its numbers with unit and whole, those among them that plans never print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.actuals.words import opening, right_before
from extract.lexicon import phrases
from extract.normalize.figures import Figure, Sort, figures
from extract.normalize.moments import all_moments
from extract.normalize.numbers import PRINTED, number
from extract.normalize.quantities import longest, unit_after
from extract.text import squeezed

PERCENT, POINTS, RANK = "%", "điểm %", "rank"
_N = rf"(?:{PRINTED})"
# "12/10 mô hình", "đạt 21/21,"; a part that is more than its whole, or that has no noun
_PART = re.compile(rf"(?<![\w.,:/-])(?P<low>{_N})\s?/\s?(?P<of>{_N})(?![\d/%])(?!\s*%)")
# "Số vụ cháy: 12.", "tiếp nhận là 3.942,"
_BARE = re.compile(rf"(?<=[:=\w]\s)(?<![,.]\s)(?P<low>{_N})(?=\s*(?:[,;.()]|\Z))(?![.,]\d)")
# "1.250 phần quà", "05 đơn", not a name's single figure ("bản 5")
_COUNT = re.compile(r"(?<![\w.,:/-])(?P<low>\d{1,3}(?:\.\d{3})+|\d{2,})(?=\s[^\W\d_])")
_WHOLE = re.compile(rf"\s?/\s?(?P<of>{_N})(?=\s?[^\W\d_%])(?:\s?(?:tỷ|triệu|nghìn)?\s?[^\W\d_]+)?")
_OF_ALL = re.compile(rf"\s?/\s?(?:tổng\s+số\s+|tổng\s+)?(?P<of>{_N})(?![\d%])")
_POINTS = re.compile(r"(?:\s?điểm)?\s*(?:%|phần\s+trăm\b)")
_LEVEL = ("đạt", "là", "được", "có", ":", "còn", "=", "bằng", "lên", "xuống")
_NUMBER_OF = re.compile(r"\b(?:tổng\s+số|số\s+lượng|số|lượng)\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in `folded[start:end]`; `noun` is where its noun stands, `known` whether it is one that is counted."""

    start: int
    end: int
    value: float
    unit: str
    of: float | None = None
    per: str | None = None
    noun: tuple[int, int] | None = None
    known: bool = True
    high: float | None = None


def amounts(text: str, folded: str) -> list[Amount]:
    """The numbers of a paragraph in order, those of names, dates and codes left out; numbers in words don't count."""
    found = list(_ranks(folded))
    taken = [(a.start, a.end) for a in found]
    printed = [f for f in figures(text, folded, taken) if not f.in_words and not _is_followed(folded, f)]
    found += [_amount(text, folded, f) for f in printed]
    taken += [(f.start, f.end) for f in printed]
    for more in (_overfull(text, folded, taken), _of_reports(text, folded, taken), _bare(text, folded, taken)):
        extra = list(more)
        found += extra
        taken += [(a.start, a.end) for a in extra]
    return sorted(found, key=lambda a: a.start)


def _is_followed(folded: str, figure: Figure) -> bool:
    """Whether what follows is no noun but the verb of what the number ends the name of: "Đài Thơm 8 chiếm 38%"."""
    return (
        figure.sort is Sort.NOUN
        and figure.unit is not None
        and opening("no_nouns").end_at(folded, figure.unit[0]) is not None
    )


def _amount(text: str, folded: str, figure: Figure) -> Amount:
    per = squeezed(text[slice(*figure.per)]) if figure.per else None
    if figure.sort is Sort.SHARE:
        return Amount(figure.start, figure.end, figure.value, figure.sign or PERCENT, per=per, high=figure.high)
    noun = _noun(folded, figure)
    unit = squeezed(text[slice(*noun)]) if noun else figure.sign
    end = max(figure.end, noun[1] if noun else 0)
    if noun and unit.split(" ")[0].lower() == "điểm" and (points := _POINTS.match(folded, noun[0])):
        return Amount(figure.start, points.end(), figure.value, POINTS, per=per)
    of = figure.of
    whole = _WHOLE.match(folded, end) if of is None and figure.per is None else None
    if whole is not None and _is_alike(folded, figure, whole.end("of")):
        of, end = number(whole["of"]), whole.end()
    known = figure.sort is not Sort.NOUN
    return Amount(figure.start, end, figure.value, unit, of=of, per=per, noun=noun, known=known, high=figure.high)


def _is_alike(folded: str, figure: Figure, at: int) -> bool:
    """Whether a whole is counted as its part is: "1,86 tỷ đồng/3,4 tỷ đồng", not "28,6 tỷ đồng/612 hộ"."""
    unit = unit_after(folded, at)
    return unit is None or (unit[2] == "unit") == (figure.sort is Sort.UNIT)


def _noun(folded: str, figure: Figure) -> tuple[int, int] | None:
    """The noun counted; the longer one where the reports' own list has it: "tin, bài", "trường hợp"."""
    if figure.unit is None:
        return None
    start, end = figure.unit
    own = opening("units").end_at(folded, start)
    if own is None:
        return start, end
    return start, own if figure.sort is Sort.NOUN else max(own, end)


def _overfull(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """Parts with no noun behind them, or of more than was to be done."""
    for match in _PART.finditer(folded):
        if _is_taken(match, taken):
            continue
        low, of = number(match["low"]), number(match["of"], whole=True)
        noun = unit_after(folded, match.end())
        before = folded[max(0, match.start() - 12) : match.start()].rstrip()
        if low is None or of is None or not (noun or before.endswith(_LEVEL)) or _is_day(folded, match, noun):
            continue
        where = noun[:2] if noun else _counted_before(folded, match.start())
        unit = squeezed(text[slice(*where)]) if where else ""
        end = noun[1] if noun else match.end()
        yield Amount(match.start(), end, low, unit, of=of, noun=noun[:2] if noun else None, known=noun is not None)


def _of_reports(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """Counts of what only the reports' own list of nouns has: "1.250 phần quà", "phản ánh 30 đơn"."""
    for match in _COUNT.finditer(folded):
        end = opening("units").end_at(folded, match.end() + 1)
        value = number(match["low"])
        if end is None or value is None or _is_taken(match, taken) or _is_moment(folded, match):
            continue
        noun = (match.end() + 1, end)
        yield Amount(match.start(), end, value, squeezed(text[slice(*noun)]), noun=noun)


def _is_moment(folded: str, match: re.Match[str]) -> bool:
    return any(m.start < match.end() and match.start() < m.end for m in all_moments(folded))


def _is_day(folded: str, match: re.Match[str], noun: tuple[int, int, str] | None) -> bool:
    """Whether it is a day and no part of a whole; behind "đạt" and a colon it is none."""
    if noun is not None and noun[2] != "noun":
        return False
    if folded[: match.start()].rstrip().endswith(("đạt", ":", "được", "=")):
        return False
    return _is_moment(folded, match)


def _bare(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """Numbers behind what they count: "Tổng số hồ sơ tiếp nhận: 3.942"."""
    for match in _BARE.finditer(folded):
        before = folded[max(0, match.start() - 12) : match.start()].rstrip()
        if _is_taken(match, taken):
            continue
        value = number(match["low"])
        if right_before("planned", folded, match.start()) is not None and value is not None:
            yield Amount(match.start(), match.end(), value, "", known=False)
            continue
        if not before.endswith(_LEVEL):
            continue
        if _is_moment(folded, match):
            continue
        where = _counted_before(folded, match.start())
        if where is not None and value is not None:
            yield Amount(match.start(), match.end(), value, squeezed(text[slice(*where)]), known=False)


def _is_taken(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(a < match.end() and match.start() < b for a, b in taken)


def _counted_before(folded: str, at: int) -> tuple[int, int] | None:
    """The noun behind "số" in the clause before a number."""
    begin = max(folded.rfind(mark, 0, at) for mark in ";.\n") + 1
    found = [m.end() for m in _NUMBER_OF.finditer(folded, begin, at)]
    for start in reversed(found):
        end = opening("units").end_at(folded, start) or longest("counted", folded, start)
        if end is not None:
            return start, end
    return None


def _ranks(folded: str) -> Iterator[Amount]:
    """Places in an order: "xếp thứ 5/34"."""
    for phrase in phrases("results", "ranks"):
        for match in phrase.find_all(folded):
            value = number(match["number"])
            if value is not None:
                whole = _OF_ALL.match(folded, match.end())
                end = whole.end() if whole else match.end()
                of = number(whole["of"]) if whole else None
                yield Amount(match.start("number"), end, value, RANK, of=of)


def is_time(folded: str, amount: Amount) -> bool:
    """Whether the number counts days, months or years."""
    return amount.noun is not None and opening("times").end_at(folded, amount.noun[0]) == amount.noun[1]


def stands_after(section: str, folded: str, amount: Amount, begin: int) -> int | None:
    """Where one of the section's wordings right before the number begins."""
    found = right_before(section, folded, amount.start, begin)
    return found[0] if found else None
