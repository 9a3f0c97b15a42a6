"""A table's cell -> the number in it, with its place and what stands around it."""

import re
from dataclasses import dataclass

from extract.actuals.amounts import PERCENT, RANK, amounts
from extract.actuals.words import opening
from extract.lexicon import first, is_in, phrases
from extract.model import GridCell, Paragraph
from extract.normalize.moments import all_moments
from extract.normalize.numbers import PRINTED, mended, number
from extract.normalize.quantities import ending, longest
from extract.text import fold, squeezed
from schemas import Comparator

_CELL = re.compile(
    rf"(?P<lead>[^\d]{{0,30}}?)(?P<n>(?:{PRINTED}))(?:\s?/\s?(?P<of>(?:{PRINTED})))?(?P<rest>\s?[^\d]{{0,40}})"
)
_MINUS = re.compile(r"[-(]\s*\Z")
_BRACKETED = re.compile(r"\(([^()]{1,24})\)|,\s*([^,()\d]{1,16})\Z")
_NUMBER_OF = re.compile(r"\b(?:tổng\s+số|số\s+lượng|số)\s+(?:lượng\s+)?")
_WORDS = re.compile(r"\b[^\W\d_]+")
_SHARES = re.compile(r"\W*(?:tỷ\s+lệ|tỷ\s+trọng)\b")
# Folded, "vị" is "vỵ".
_UNIT_AFTER = re.compile(r"(?:đơn\s+vỵ\s+tính|đvt|đơn\s+vỵ)\s*:?\s*([^()\n;.]{1,40})")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number of a cell: its place in the reading, its value, its whole, the unit and share printed there."""

    start: int
    end: int
    value: float
    unit: str = ""
    of: float | None = None
    lead: str = ""
    comparator: Comparator = Comparator.EQUAL
    share: float | None = None


def number_in(cell: GridCell) -> CellNumber | None:
    """The first number of a cell; none of a date, a code or a text without one."""
    for paragraph in cell.paragraphs:
        if not any(c.isdigit() for c in paragraph.text):
            continue
        return _plain(paragraph) or _in_words(paragraph)
    return None


def _plain(paragraph: Paragraph) -> CellNumber | None:
    """A cell that is a number and little else: "≥ 80%", "116/136", "9 buổi"."""
    folded = mended(paragraph.folded)
    match = _CELL.fullmatch(folded.rstrip())
    if match is None or len(match["rest"].split()) > 4 or len(match["lead"].split()) > 4:
        return None
    value = number(match["n"])
    of = number(match["of"], whole=True) if match["of"] else None
    if value is None or _is_time(folded, match, of):
        return None
    if not match["lead"].strip() and "," in match["n"] and match["n"].count(",") > 1:
        value = number(match["n"], whole=True) or value
    printed = squeezed(paragraph.text[slice(*match.span("rest"))].strip(" ().,;"))
    unit = PERCENT if match["rest"].strip().startswith(("%", "phần trăm")) else printed
    unit = unit or (RANK if _is_rank(folded, match["lead"].strip()) else "")
    return CellNumber(
        paragraph.start + match.start("n"), paragraph.start + match.end("of" if of else "n"),
        value, unit, of, match["lead"].strip(), _comparator(folded, match),
    )  # fmt: skip


def _is_rank(folded: str, lead: str) -> bool:
    """Whether a number is a place in an order: "Hạng 27", "xếp thứ 5/34"."""
    if not lead[:1].isalpha():
        return False
    return is_in(phrases("measures", "rank_units"), lead) or is_in(phrases("results", "ranks"), folded)


def _is_time(folded: str, match: re.Match[str], of: float | None) -> bool:
    """Whether a cell holds a day or a month; "9/9" of a column of numbers is a part of a whole."""
    if of is not None and not match["lead"].strip() and of < 1000:
        return False
    return any(not m.bare and m.start < match.end("n") and match.start("n") < m.end for m in all_moments(folded))


def _comparator(folded: str, match: re.Match[str]) -> Comparator:
    found = ending("comparators_before").before(folded, match.start("n"), 0)
    if found is not None:
        return Comparator(found[1]["comparator"])
    behind = first(phrases("measures", "comparators_after"), match["rest"])
    return Comparator(behind[0].means["comparator"]) if behind else Comparator.EQUAL


def _in_words(paragraph: Paragraph) -> CellNumber | None:
    """The first number of a cell with a sentence: "Đã tổ chức 9 buổi tuyên truyền tại các ấp"."""
    found = amounts(paragraph.text, mended(paragraph.folded))
    if not found:
        return None
    amount, behind = found[0], found[1] if len(found) > 1 else None
    share = behind is not None and behind.unit == PERCENT and paragraph.text[amount.end : behind.start].strip() == "("
    return CellNumber(
        paragraph.start + amount.start, paragraph.start + amount.end, amount.value, amount.unit, amount.of,
        share=behind.value if behind is not None and share else None,
    )  # fmt: skip


def is_negative(found: CellNumber) -> bool:
    """Whether a minus or a bracket stands before the number."""
    return _MINUS.search(found.lead) is not None


def unit_in_head(printed: str) -> str:
    """The unit in the brackets of a head: "Thực hiện (triệu đồng)"."""
    for match in _BRACKETED.finditer(printed):
        inside = squeezed(match[1] or match[2]).removeprefix("ĐVT:").strip()
        folded = fold(inside)
        if folded == "%" or any(longest(s, folded, 0) is not None for s in ("units", "counted")):
            return inside
    return ""


def unit_of_name(name: str) -> str:
    """The unit that an indicator's name gives: in brackets, "%" of a share, the noun behind "số"."""
    if unit := unit_in_head(name):
        return unit
    folded = fold(name)
    if _SHARES.match(folded):
        return "%"
    starts = [m.end() for m in _NUMBER_OF.finditer(folded)][:2]
    for start in starts:
        if (end := longest("counted", folded, start)) is not None:
            return squeezed(name[start:end])
    for start in (m.start() for m in _WORDS.finditer(folded)):
        if (end := _counted(folded, start)) is not None:
            return squeezed(name[start:end])
    return ""


def _counted(folded: str, start: int) -> int | None:
    """Where a counted noun that begins at a place ends; one syllable inside a name is mostly part of a verb."""
    own = (opening(section).end_at(folded, start) for section in ("people", "units"))
    people = next((end for end in own if end is not None), None)
    end = longest("counted", folded, start)
    return end if end is not None and (not start or " " in folded[start:end]) else people


def unit_over(line: str) -> str:
    """The unit that the line above a table gives for all of it: "(Đơn vị tính: triệu đồng)"."""
    found = _UNIT_AFTER.search(fold(line))
    return squeezed(line[found.start(1) : found.end(1)]).strip(" .") if found else ""
