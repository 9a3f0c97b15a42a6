"""The front's text -> number and symbol, place and day of issue."""

import re
from dataclasses import dataclass
from functools import cache

from extract.find.letterhead.front import Range, either
from extract.lexicon import load
from extract.normalize.territories import is_province
from extract.normalize.wordlists import folded_words
from extract.text import UPPER, fold, squeezed
from schemas import PartialDate

_LONGEST_ATTACHMENT = 160  # characters

_DOTS = r"[\s.…_·]*"
_LETTERS = rf"[{UPPER}][\w&]*(?:\.[{UPPER}][\w&]*)*"
# "Số: 41/KH-UBND", "Số 12 -KH/ĐU", "Số:      /KH-UBND", "Số: …../KH-UBND", "Số: 15/2026/KH-UBND"
_NUMBER = re.compile(
    rf"""(?<!\w)S[ốỐổỔoO]\s*(?:ký\s+hiệu|hiệu)?\s*[:.]?{_DOTS}
    (?P<figures>\d{{1,5}}[a-zA-Z]?)?{_DOTS}
    (?P<joint>/\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?|-\s*)
    (?P<letters>{_LETTERS}(?:\s?[-/–]\s?{_LETTERS})*)""",
    re.VERBOSE,
)
# A day's or month's figures, one of which a scan may have turned into a letter: "0l", "1O"
_TWO = r"\d[\dlio]?|[lio]\d"
_SCANNED = str.maketrans("lio", "110")
# "ngày 29 tháng 01 năm 2026", "ngày      tháng     năm 2026", "ngày ... tháng 5 năm 20..."
_DAY = re.compile(
    rf"""ngày{_DOTS}(?P<day>{_TWO})?{_DOTS}tháng{_DOTS}(?P<month>{_TWO})?{_DOTS}
    năm{_DOTS}(?P<year>(?:19|20)[\do]{{2}}(?!\d))?""",
    re.VERBOSE,
)
_SHORT_DAY = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(?:19|20)\d\d)(?!\d)")
# The words before ", ngày": "Hòa Bình", "TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu"
_PLACE = re.compile(
    rf"(?:(?:TP|Tp|TX|Tx)\s?\.?\s*|(?:Thành phố|Thị xã|Thị trấn|Phường|Xã|Huyện|Quận|Đặc khu)\s+)?"
    rf"[{UPPER}][\w'’]*(?:(?:\s+|\s*[-–]\s*)(?:[{UPPER}][\w'’]*|\d{{1,2}}))*\s*,?\s*\Z"
)
_CAPITALS_BEFORE = re.compile(rf"^(?:(?!TP|TX)[{UPPER}\d-]{{2,}}\s+)+")
_DASHES = str.maketrans("‐‑‒–—−", "------")


@dataclass(frozen=True, slots=True)
class Number:
    """`number` is None where the figures are blank; the range is what was read of it."""

    number: str | None
    symbol: str
    place: Range


@dataclass(frozen=True, slots=True)
class Issued:
    """Place and day of issue, each with its range."""

    place: str | None
    place_range: Range | None
    day: PartialDate
    day_range: Range


def find_number(text: str, start: int, end: int) -> Number | None:
    """The document's own number: of those that begin a line or a cell, the first of a plan, else the first."""
    found = [m for m in _NUMBER.finditer(text, start, end) if _opens(text, m.start())]
    if not found:
        return None
    match = next((m for m in found if m["letters"].startswith(_plan_symbols())), found[0])
    letters = "".join(match["letters"].split()).translate(_DASHES)
    joint = "/" if match["joint"].startswith("/") else "-"
    year = f"{match['year']}/" if match["year"] else ""
    number = f"{match['figures']}{joint}{year}{letters}" if match["figures"] else None
    return Number(number, letters, match.span())


@cache
def _plan_symbols() -> tuple[str, ...]:
    return next(tuple(e["symbols"]) for e in load("citations")["kinds"] if e["code"] == "KH")


def _opens(text: str, at: int) -> bool:
    """Whether the place is the start of a line or a cell, or follows the issuer's name in capitals."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.strip(" *|_#>-") == "" or before.rstrip()[-1:] in "|;" or before == before.upper()


def find_issued(text: str, folded: str, start: int, end: int, number: Range = (0, 0)) -> Issued | None:
    """The line of place and day: it begins a line or a cell, or follows the document's number on its line."""
    for pattern in (_DAY, _SHORT_DAY):
        for match in pattern.finditer(folded, start, end):
            first = max(start, match.start() - 60)
            first = max(first, number[1]) if number[1] <= match.start() else first
            found = _place(text, first, match.start())
            begin = found[1][0] if found else match.start()
            if begin == number[1] or _begins_line(text, max(begin, first), first):
                return Issued(found and found[0], found and found[1], _date(match), match.span())
    return None


def find_issued_line(text: str, folded: str, start: int, end: int) -> Issued | None:
    """A line that holds place and day and nothing else, where there is none above the heading."""
    found = find_issued(text, folded, start, end)
    if found is None or found.place is None or text[found.day_range[1] :].split("\n", 1)[0].strip(" .|*"):
        return None
    return found


def _begins_line(text: str, at: int, first: int) -> bool:
    before = text[first:at].rpartition("\n")[2].strip(" *_#>")
    return before == "" or before.endswith("|") or before == before.upper()


def _place(text: str, start: int, end: int) -> tuple[str, Range] | None:
    """The words before ", ngày"; of two lines the last, but where a name was broken over them."""
    match = _PLACE.search(text, start, end)
    if match is None:
        return None
    printed = match[0].rstrip(" ,\n")
    head, newline, tail = printed.rpartition("\n")
    if newline and not _broken(head, tail):
        printed = tail
    if printed != printed.upper():  # the left column's words in capitals ran into it
        printed = _CAPITALS_BEFORE.sub("", printed)
    if not printed:
        return None
    at = match.start() + match[0].rfind(printed)
    return squeezed(printed), (at, at + len(printed))


def _broken(head: str, tail: str) -> bool:
    """Whether a name of two syllables was broken over the lines: "Sơn / La"."""
    before = head.rsplit("\n", 1)[-1].removeprefix("TP.").split()
    if len(tail.split()) != 1 or not before:
        return False
    known = is_province("thành phố", name := " ".join([*before, tail])) or is_province("tỉnh", name)
    return "\n" not in head and (known or (len(before) == 1 and head != head.upper()))


def _date(match: re.Match[str]) -> PartialDate:
    day, month, year = (
        int(match[part].translate(_SCANNED)) if match[part] else None for part in ("day", "month", "year")
    )
    return PartialDate(
        year=year,
        month=month if month and 1 <= month <= 12 else None,
        day=day if day and 1 <= day <= 31 else None,
    )


def attached_day(folded: str, start: int, end: int) -> Issued | None:
    """The day of the decision that a plan came with: "(Ban hành kèm theo Quyết định số … ngày 06/3/2026 …)"."""
    for match in either("attached").finditer(folded, start, end):
        if not folded[: match.start()].rstrip().endswith("("):
            continue
        for pattern in (_SHORT_DAY, _DAY):
            day = pattern.search(folded, match.end(), min(end, match.end() + _LONGEST_ATTACHMENT))
            if day is not None and day["day"]:
                return Issued(None, None, _date(day), day.span())
    return None


def partners_in(symbol: str | None) -> int:
    """How many bodies a joint plan's letters name: 3 of "KHPH/ĐTN-HND-CAX", 0 of a single body's."""
    if symbol is None:
        return 0
    prefix = next((p for p in folded_words("letterhead", "joint_symbols") if fold(symbol).startswith(p)), None)
    return len(re.findall(r"[-/][^-/]", symbol[len(prefix) :])) if prefix else 0


def is_plan_number(symbol: str | None) -> bool:
    """Whether a number's letters are a plan's."""
    return symbol is not None and fold(symbol).startswith(tuple(fold(s) for s in _plan_symbols()))
