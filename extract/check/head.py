"""The head's fields -> what is blank in them, and where they contradict themselves or the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from extract.check.findings import Findings, problem
from schemas import Citation, Head, PartialDate, Problem, Span

_LAST_MONTH_FOR_THIS_YEAR = 6  # plans for the next year are issued in its second half
_MOST_CANDIDATES = 8


def head_problems(found: Findings) -> Iterator[Problem]:
    """Blank number, day, signer; a day that can't be; a locality of several provinces."""
    head = found.head
    if head.number is None:
        yield _number_blank(head)
    if None in (head.issued.year, head.issued.month, head.issued.day):
        yield _date_incomplete(head)
    yield from _date_conflicts(head, found)
    if head.locality.province is None and len(head.locality.candidates) > 1:
        yield _locality_ambiguous(head)
    if head.signer.name is None:
        yield problem("signer_blank", "Không thấy họ tên người ký.", span_of(head, "signer.position"))


def span_of(head: Head, field: str) -> Span | None:
    """Where a field was first read, None where it has no place."""
    return next(iter(head.spans.get(field, ())), None)


def _number_blank(head: Head) -> Problem:
    if head.symbol is None:
        return problem("number_blank", "Không thấy số và ký hiệu của văn bản.")
    return problem("number_blank", f"Số văn bản để trống, chỉ có ký hiệu “{head.symbol}”.", span_of(head, "symbol"))


def _date_incomplete(head: Head) -> Problem:
    parts = {"ngày": head.issued.day, "tháng": head.issued.month, "năm": head.issued.year}
    blank = [name for name, value in parts.items() if value is None]
    if len(blank) == len(parts):
        return problem("date_incomplete", "Không thấy ngày ban hành.", span_of(head, "issued"))
    return problem("date_incomplete", f"Ngày ban hành để trống {', '.join(blank)}.", span_of(head, "issued"))


def _date_conflicts(head: Head, found: Findings) -> Iterator[Problem]:
    """Where the day of issue can't be: before a legal basis, or in another year than the plan."""
    conflicts = [*_later_bases(head, found.legal_bases), *_other_years(head)]
    if conflicts:
        message = f"Ngày ban hành ghi {spelt(head.issued)}, nhưng {' và '.join(conflicts)}."
        yield problem("date_conflict", message, span_of(head, "issued"))


def _later_bases(head: Head, bases: Sequence[Citation]) -> Iterator[str]:
    """The latest legal basis, where it is of a later day."""
    late = max((b for b in bases if _is_before(head.issued, b.date)), key=_day, default=None)
    if late is not None:
        yield f"căn cứ {late.number or late.title or ''} có ngày {_day(late):%d/%m/%Y}"


def _other_years(head: Head) -> Iterator[str]:
    """The plan's years, where the day of issue is not of them."""
    if _is_for_another_year(head):
        years = dict.fromkeys(str(d.year) for d in (head.period.start, head.period.end) if d is not None)
        yield f"kế hoạch là cho năm {'–'.join(years)}"


def _day(base: Citation) -> date:
    return base.date or date.min


def _is_before(issued: PartialDate, day: date | None) -> bool:
    """Whether the day of issue, as far as it is printed, lies before a day."""
    if day is None or issued.year is None:
        return False
    latest = (issued.year, issued.month or 12, (issued.day if issued.month else None) or 31)
    return latest < (day.year, day.month, day.day)


def _is_for_another_year(head: Head) -> bool:
    """Issued after the plan's time, or in the first half of the year before its single year."""
    year, start, end = head.issued.year, head.period.start, head.period.end
    if year is None or end is None:
        return False
    if end.year < year:
        return True
    early = head.issued.month is not None and head.issued.month <= _LAST_MONTH_FOR_THIS_YEAR
    if start is None or start.year != end.year:
        return False
    return year < start.year - 1 or (year == start.year - 1 and early)


def spelt(issued: PartialDate) -> str:
    """A date with blanks: "01/2025", "2026"."""
    parts = [f"{part:02}" for part in (issued.day, issued.month) if part is not None]
    return "/".join([*parts, str(issued.year)]) if issued.year is not None else "/".join(parts) or "để trống"


def _locality_ambiguous(head: Head) -> Problem:
    names = list(dict.fromkeys(c.province for c in head.locality.candidates))
    shown = ", ".join(names[:_MOST_CANDIDATES]) + (" …" if len(names) > _MOST_CANDIDATES else "")
    name = " ".join(part for part in (head.locality.type, head.locality.name) if part)
    message = f"“{name}” có ở {len(names)} tỉnh, thành phố: {shown}; văn bản không nói là nơi nào."
    return problem("locality_ambiguous", message, span_of(head, "locality"))
