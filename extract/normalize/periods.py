"""A title's or a sentence's words -> the period that a plan is for."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from extract.lexicon import phrases
from extract.model import Mention
from extract.normalize.wordlists import either
from extract.text import fold
from schemas import Period

_YEAR = r"((?:19|20)\d\d)"
_TO = r"(?:\s*-\s*|\s+đến\s+|\s+tới\s+)(?:hết\s+|ngày\s+|tháng\s+|năm\s+)*"
_LONGEST = 30  # years; longer spans are anniversaries ("1945 - 2025")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?"
_LONG_DAY = r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?"

# "từ ngày 15/12/2025 đến hết ngày 15/3/2026", "từ 01 tháng 5 đến 31 tháng 5 năm 2026"
_DAYS = re.compile(rf"(?<!\w)từ\s+(?:ngày\s+)?(?:{_DAY}|{_LONG_DAY}){_TO}(?:{_DAY}|{_LONG_DAY})(?!\d)")
# "từ ngày 10 đến ngày 20/4/2026", "từ ngày 1 - 30 tháng 6 năm 2026"
_DAYS_OF_MONTH = re.compile(
    rf"(?<!\w)từ\s+(?:ngày\s+)?(\d{{1,2}}){_TO}(\d{{1,2}})(?:\s*[/.]\s*|\s+tháng\s+)(\d{{1,2}})(?:\s*[/.]\s*|\s+năm\s+){_YEAR}"
)
# "từ tháng 9/2025 đến tháng 5/2026", "từ tháng 3 đến tháng 6 năm 2026"
_MONTHS = re.compile(
    rf"(?<!\w)tháng\s+(\d{{1,2}})(?:\s*/\s*{_YEAR}|\s+năm\s+{_YEAR})?{_TO}(\d{{1,2}})(?:\s*[/.]\s*|\s+năm\s+|\s+){_YEAR}"
)
# "tháng 3 và tháng 4 năm 2026", "tháng 3, 4, 5/2026"
_MONTH_LIST = re.compile(
    rf"(?<!\w)tháng\s+(\d{{1,2}})(?:\s*(?:,|và)\s*(?:tháng\s+)?(\d{{1,2}})){{1,11}}(?:\s*[/.-]\s*|,?\s+năm\s+){_YEAR}"
)
# "tháng 5/2026", "tháng 5 năm 2026"
_MONTH = re.compile(rf"(?<!\w)tháng\s+(\d{{1,2}})(?:\s*[/.-]\s*|,?\s+năm\s+){_YEAR}")
# "quý I, II năm 2026", "quý III/2026", "quý III - quý IV năm 2026"
_QUARTER = re.compile(
    rf"(?<!\w)quý\s+(iv|i{{1,3}}|[1-4])(?:\s*(?:,|và|-|đến)\s*(?:quý\s+)?(iv|i{{1,3}}|[1-4]))*(?:\s*[/,-]\s*|\s+)(?:năm\s+)?{_YEAR}"
)
# "6 tháng đầu năm 2026", "06 tháng cuối năm 2026", "9 tháng đầu năm 2026"
_PART = re.compile(rf"(?<!\w)(?:(\d{{1,2}})|sáu|ba|chín)\s+tháng\s+(đầu|cuối)\s+năm\s+{_YEAR}")
# "năm học 2025 - 2026", "học kỳ I năm học 2025-2026"
_SCHOOL_YEAR = re.compile(
    rf"(?<!\w)(?:học\s+kỳ\s+(i{{1,2}}|[12])[,\s]+)?(?:của\s+)?năm\s+học:?\s+{_YEAR}(?:\s*-\s*|\s*/\s*){_YEAR}"
)
# "giai đoạn 2026-2030", "từ năm 2025 đến năm 2030", "năm 2026 - 2030", "2025, 2026"
_YEARS = re.compile(
    rf"(?<![\w/.-]){_YEAR}(?:\s*-\s*|,?\s+(?:đến|tới)\s+(?:hết\s+)?(?:năm\s+)?|\s*,\s*(?:năm\s+)?|\s+và\s+(?:năm\s+)?){_YEAR}(?![\w/-]|\.\d)"
)
# "đến năm 2030", "từ nay đến hết năm 2030"
_UNTIL = re.compile(rf"(?<!\w)(?:đến|tới)\s+(?:hết\s+|cuối\s+)?(?:năm\s+)?{_YEAR}(?![\w/.-])")
# "đến hết ngày 31/12/2026"
_UNTIL_DAY = re.compile(rf"(?<!\w)(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?(?:{_DAY}|{_LONG_DAY})(?!\d)")
_ONE_YEAR = re.compile(rf"(?<!\w)năm\s*{_YEAR}(?![\w/]|\.\d|\s*-\s*\d)")
# "Tết Nguyên đán Bính Ngọ 2026", at the text's end
_LAST_YEAR = re.compile(rf"(?<=[^\W\d_]\s){_YEAR}(?=\W*\Z)")
# "số 57-NQ/TW ngày 22/12/2024": what stands between a number and its day is another document's.
_CITED = re.compile(
    r"\d[/-][^\W\d_][^\s;,]*(?:[^;.]{0,60}?\bngày\s+(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A period with its place and how much it says: a lower rank decides first."""

    start: int
    end: int
    rank: int
    period: Period


def period_of(text: str) -> Mention[Period] | None:
    """The period that a title, a lead paragraph or a "Thời gian thực hiện" section states; None where none is.

    A year after a longer span ("Chương trình … giai đoạn 2021-2030 năm 2024") is the plan's, the span its programme's.
    A school year is 1 September to 31 May (the framework plans of the Ministry of Education).
    """
    folded = _without_what_is_not(fold(text))
    found = sorted(_all(folded), key=lambda f: (f.rank, f.start))
    if not found:
        return None
    best = found[0]
    later = [f for f in found if f.rank == best.rank and f.start > best.start]
    if best.rank == _RANK_SPAN:
        best = _year_of(folded, best, found)
    elif best.rank == _RANK_YEAR and later and best.period != later[-1].period:
        best = later[-1]
    return Mention(best.start, best.end, best.period)


_RANK_DAYS, _RANK_PART, _RANK_SPAN, _RANK_YEAR, _RANK_UNTIL, _RANK_LAST = range(6)


def _year_of(folded: str, span: _Found, found: list[_Found]) -> _Found:
    """The single year that follows a span of years, or stands before it as one of its own, else the span."""
    for other in found:
        if other.rank == _RANK_YEAR and _is_the_plans(folded, other, span):
            return other
    return span


def _is_the_plans(folded: str, year: _Found, span: _Found) -> bool:
    """Whether the span is a programme's: "Chương trình … 2021-2030 năm 2024", "năm 2025 theo chuẩn … 2022-2025"."""
    if year.start >= span.end:
        return re.search(r"(?:và|,)\s*$", folded[span.end : year.start]) is None
    first, last, start = span.period.start, span.period.end, year.period.start
    inside = first is not None and last is not None and start is not None and first <= start <= last
    between = folded[year.end : span.start]
    return inside and re.match(r"\s*(?:và|,|;|-|\(|giai đoạn|\Z)", between) is None


def _without_what_is_not(folded: str) -> str:
    """The text with terms of office, horizons and citations blanked out, places kept."""
    for phrase in phrases("periods", "not_a_period"):
        for match in list(phrase.find_all(folded)):
            folded = _blanked(folded, match.start(), match.end())
    for match in list(_CITED.finditer(folded)):
        folded = _blanked(folded, match.start(), match.end())
    for match in list(_law_years().finditer(folded)):
        if match["law"]:
            folded = _blanked(folded, match.start(), match.end())
    return folded


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


@cache
def _law_years() -> re.Pattern[str]:
    """A law with its year, "Luật Đất đai năm 2024", but not "Luật Trẻ em trên địa bàn xã năm 2026"."""
    laws, ends = either("periods", "laws").pattern, either("periods", "law_name_ends").pattern
    others = either("periods", "not_laws").pattern
    return re.compile(rf"{others}|(?P<law>{laws}\s+(?:(?!{ends})[^\W\d]+,?\s+){{1,9}}?(?:năm\s+)?\d{{4}})")


def _all(folded: str) -> Iterator[_Found]:
    """Every period in the text; a reading with a day that does not exist is none."""
    readers = (
        (_DAYS, _RANK_DAYS, _days),
        (_DAYS_OF_MONTH, _RANK_DAYS, _days_of_month),
        (_MONTHS, _RANK_DAYS, _months),
        (_MONTH_LIST, _RANK_DAYS, _month_list),
        (_SCHOOL_YEAR, _RANK_DAYS, _school_year),
        (_PART, _RANK_PART, _part),
        (_QUARTER, _RANK_PART, _quarter),
        (_MONTH, _RANK_PART, _month),
        (_YEARS, _RANK_SPAN, _years),
        (_UNTIL_DAY, _RANK_UNTIL, _until_day),
        (_UNTIL, _RANK_UNTIL, _until),
        (_ONE_YEAR, _RANK_YEAR, _one_year),
        (_LAST_YEAR, _RANK_LAST, _one_year),
    )
    taken = bytearray(len(folded))
    for pattern, rank, read in readers:
        for match in pattern.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            try:
                period = read(match)
            except ValueError:
                continue
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            yield _Found(match.start(), match.end(), rank, period)


def _span(start: date, end: date) -> Period:
    if end < start:
        raise ValueError("a period that ends before it starts")
    return Period(start=start, end=end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else date(year, 13, 1)


def _days(m: re.Match[str]) -> Period:
    """Each day is short ("15/3/2026") or long ("15 tháng 3 năm 2026"); the first may lack its year."""
    day, month, year = m.group(1, 2, 3) if m[1] else m.group(4, 5, 6)
    day2, month2, year2 = m.group(7, 8, 9) if m[7] else m.group(10, 11, 12)
    if year2 is None:
        raise ValueError("no year")
    end = date(int(year2), int(month2), int(day2))
    start = date(int(year or year2), int(month), int(day))
    return _span(start.replace(year=end.year - 1) if year is None and start > end else start, end)


def _days_of_month(m: re.Match[str]) -> Period:
    year, month = int(m[4]), int(m[3])
    return _span(date(year, month, int(m[1])), date(year, month, int(m[2])))


def _months(m: re.Match[str]) -> Period:
    last = int(m[5])
    first = int(m[2] or m[3] or (last - 1 if int(m[1]) > int(m[4]) else last))
    return _span(date(first, int(m[1]), 1), _month_end(last, int(m[4])))


def _month_list(m: re.Match[str]) -> Period:
    return _span(date(int(m[3]), int(m[1]), 1), _month_end(int(m[3]), int(m[2])))


def _month(m: re.Match[str]) -> Period:
    return _span(date(int(m[2]), int(m[1]), 1), _month_end(int(m[2]), int(m[1])))


def _quarter(m: re.Match[str]) -> Period:
    first, last, year = _ROMAN[m[1]], _ROMAN[m[2] or m[1]], int(m[3])
    return _span(date(year, 3 * first - 2, 1), _month_end(year, 3 * last))


def _part(m: re.Match[str]) -> Period:
    word = m[0].split()[0]
    months = int(m[1]) if m[1] else {"sáu": 6, "ba": 3, "chín": 9}[word]
    year = int(m[3])
    if m[2] == "đầu":
        return _span(date(year, 1, 1), _month_end(year, months))
    return _span(date(year, 13 - months, 1), date(year, 12, 31))


def _school_year(m: re.Match[str]) -> Period:
    first, last = int(m[2]), int(m[3])
    if last != first + 1:
        raise ValueError("a school year of other than two years")
    term = {"i": 1, "ii": 2, "1": 1, "2": 2, None: 0}[m[1]]
    start = date(last, 1, 1) if term == 2 else date(first, 9, 1)
    return _span(start, date(last, 1, 31) if term == 1 else date(last, 5, 31))


def _years(m: re.Match[str]) -> Period:
    if int(m[2]) - int(m[1]) > _LONGEST:
        raise ValueError("an anniversary")
    return _span(date(int(m[1]), 1, 1), date(int(m[2]), 12, 31))


def _until(m: re.Match[str]) -> Period:
    return Period(end=date(int(m[1]), 12, 31))


def _until_day(m: re.Match[str]) -> Period:
    day, month, year = m.group(1, 2, 3) if m[1] else m.group(4, 5, 6)
    if year is None:
        raise ValueError("no year")
    return Period(end=date(int(year), int(month), int(day)))


def _one_year(m: re.Match[str]) -> Period:
    return _span(date(int(m[1]), 1, 1), date(int(m[1]), 12, 31))
