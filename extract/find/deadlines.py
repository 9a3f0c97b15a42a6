"""The text of a value, a task, a target or a heading -> its deadline, where the text states one that governs the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.model import Mention
from extract.normalize.dates import Unit, whole_year
from extract.normalize.due import Bound, Due, Lead, due_at, is_cited, lead_of, said, value, vocabulary, words_before
from extract.normalize.moments import Moment, moments
from extract.normalize.recurrence import recurrence
from extract.text import fold
from schemas import Deadline, DeadlineKind

_SIGN = re.compile(r"\w")
_EMPTY = frozenset({"", "nt", "x", "như trên"})
_BLANK = " \t\n\r-–—_.,;:*+•|/\\\"'()[]…"
# What a text may begin with before its words: "- + **Quý II".
_MARKS = re.compile(r"[\s\-+*•(\[_]*")
_CLAUSES = re.compile(r"[^;\n]+?(?:[.;](?=\s|$)|\n|;|$)")
_BRACKETS = re.compile(r"\(([^()]{3,90})\)")
_END = re.compile(r"[;)\n]|\.(?=\s|$)")
_DAY_WORDS = ("", "ngày", "vào ngày", "vào", "thời gian:")
_OPENING = 80  # characters that hold the time a text begins with
_EVERY = re.compile(r"(?:của\s+)?(?:h[ằà]ng|mỗi)\s")
_COMPLETE = re.compile(r"hoàn\s+(?:thành|tất)|\bxong\b")
_AT_END = re.compile(r"\s*(?:[.;,]|$|\n)")
_FIRM_INTERVAL = re.compile(r"định\s+kỳ|\blần\b")
_BEHIND_A_SHARE = re.compile(r"%\s+(?:vào\s+)?\Z")
_WINDOW = 40
_PART = re.compile(r"[,;:.]")
_HINT = re.compile(r"\d|quý\s|h[ằà]ng\s|định\s+kỳ|thường\s+xuyên|liên\s+tục|mỗi\s|khi\s|theo\s|cuối\s+năm|trong\s+năm")


def deadline_of_value(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The deadline that a whole attribute value or table cell states; `other` where its words give no date.

    None only where there are no words ("-"). `year` is the plan's, for times without one.
    """
    folded = fold(text) if folded is None else folded
    stripped = folded.strip(_BLANK)
    if stripped in _EMPTY or not _SIGN.search(stripped):
        return None
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip().rstrip(".,;:"))
    return _mention(text, value(folded, year), start, max(end, start + 1))


def deadline_in_task(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The time, stated in a task's own text, that governs the whole task; None where there is none."""
    folded = fold(text) if folded is None else folded
    if not _HINT.search(folded):
        return None
    due = (
        _opening_time(folded, 0, len(folded), year)
        or _labelled(folded, year)
        or _due_days(folded)
        or _due_time(folded, year)
        or _in_brackets(folded, year)
        or _of_reports(folded)
        or _opening_interval(folded)
        or _interval_of_clause(folded)
        or _opening_end_of_year(folded, year)
        or _opening_condition(folded)
    )
    return None if due is None else _mention(text, due)


def due_in_target(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The time by which a target is to be reached, the first where there are two; none for the plan's own year."""
    folded = fold(text) if folded is None else folded
    for moment in moments(folded):
        lead = lead_of(folded, moment)
        if _is_own_year(moment, lead, year) and _opens(folded, 0, moment, lead):
            return None
        if _is_of_target(folded, moment, lead, year):
            if moment.unit is Unit.YEAR and folded.startswith("vào", lead.start):
                lead = replace(lead, bound=Bound.END)
            return _mention(text, due_at(folded, moment, lead, year))
    return None


def due_of_heading(text: str, *, year: int | None, folded: str | None = None) -> Mention[Deadline] | None:
    """The time that a heading over targets sets for them; none for the plan's own year."""
    folded = fold(text) if folded is None else folded
    for moment in moments(folded):
        lead = lead_of(folded, moment)
        if is_cited(folded, moment) or _is_own_year(moment, lead, year):
            continue
        if not (moment.bare and lead.plain and not moment.ranged):
            return _mention(text, due_at(folded, moment, lead, year))
    return None


def _mention(text: str, due: Due, start: int | None = None, end: int | None = None) -> Mention[Deadline]:
    """The mention of a due time, a bracket that opens in it closed."""
    at, to = (due.at, due.to) if start is None or end is None else (start, end)
    if text.count("(", at, to) > text.count(")", at, to) and text[to : to + 1] == ")":
        to += 1
    elif text.count(")", at, to) > text.count("(", at, to) and text[at - 1 : at] == "(":
        at -= 1
    printed = text[at:to]
    return Mention(at, to, Deadline(kind=due.kind, start=due.start, end=due.end, rrule=due.rrule, text=printed))


def _moved(due: Due, by: int) -> Due:
    return replace(due, at=due.at + by, to=due.to + by)


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """The ranges between semicolons, full stops and line ends."""
    return (m.span() for m in _CLAUSES.finditer(folded))


def _is_own_year(moment: Moment, lead: Lead, year: int | None) -> bool:
    """Whether the time is no more than the plan's year: "năm 2026" in a plan for 2026, but not "đến hết năm 2026"."""
    if moment.unit is not Unit.YEAR or len(moment.points) > 1 or lead.bound is not Bound.WITHIN:
        return False
    return moment.points[0].year == year


def _opens(folded: str, start: int, moment: Moment, lead: Lead) -> bool:
    """Whether the text begins with the time and the words before it."""
    begin = _MARKS.match(folded, start)
    before = folded[begin.end() if begin else start : lead.start]
    return before.strip() in _DAY_WORDS or (len(before) < _WINDOW and said("before_a_horizon", before))


def _opening_time(folded: str, start: int, end: int, year: int | None) -> Due | None:
    """The time that a text begins with: "Quý II năm 2026: …", "Đến hết tháng 6, …"."""
    moment = next(moments(folded, start, min(end, start + _OPENING)), None)
    if moment is None:
        return None
    lead = lead_of(folded, moment)
    after = folded[moment.end : end].lstrip(" )*_")
    parted = not after or after[0] in ":,-."
    if not _opens(folded, start, moment, lead) or _EVERY.match(after) or _is_own_year(moment, lead, year):
        return None
    return due_at(folded, moment, lead, year) if _may_open(moment, lead, parted=parted) else None


def _may_open(moment: Moment, lead: Lead, *, parted: bool) -> bool:
    """Whether a time at a text's start is when, and not a fraction ("10/10 thôn") or a thing's year."""
    if lead.bound is Bound.END:
        return True
    if moment.unit is Unit.YEAR or (lead.bound is Bound.START and not moment.ranged):
        return parted
    return moment.unit is not Unit.DAY or moment.dated or not lead.plain


def _labelled(folded: str, year: int | None) -> Due | None:
    """A value behind its label inside the text: "(Thời gian: Quý II)"."""
    for phrase in vocabulary("labels"):
        if (found := phrase.find(folded)) is None:
            continue
        stop = _END.search(folded, found.end())
        end = stop.start() if stop else len(folded)
        keep = found.end() if folded[found.end() - 1] == ":" else found.start() + len("thời gian")
        due = value(folded[keep:end], year)
        if due.kind is not DeadlineKind.OTHER or folded[found.end() - 1] == ":":
            return _moved(due, keep)
    return None


def _due_days(folded: str) -> Due | None:
    """Days that come back, anywhere in the text: "trước ngày 14 hàng tháng", "ngày … (10/10) hằng năm"."""
    found = [r for a, b in _clauses(folded) if (r := recurrence(folded, a, b)) is not None and r.pinned]
    if not found:
        return None
    rrule = " ".join(dict.fromkeys(rule for r in found for rule in r.rrule.split()))
    words = words_before(folded, found[0].start)
    return Due(words[0] if words else found[0].start, found[0].end, DeadlineKind.RECURRING, rrule=rrule)


def _due_time(folded: str, year: int | None) -> Due | None:
    """A time anywhere that words of a due time stand before: "gửi báo cáo trước ngày 15/12", "trong quý I"."""
    found = []
    for moment in moments(folded):
        lead = lead_of(folded, moment)
        if _is_due(folded, moment, lead, year):
            found.append((moment, lead))
    if not found:
        return None
    moment, lead = next(((m, lead) for m, lead in found if _COMPLETE.search(folded, max(0, lead.start - 12), m.start)), found[0])
    return due_at(folded, moment, lead, year)


def _is_due(folded: str, moment: Moment, lead: Lead, year: int | None) -> bool:
    if lead.plain or is_cited(folded, moment) or said("not_a_due_time", folded, max(0, lead.start - _WINDOW), moment.start):
        return False
    if moment.unit is Unit.YEAR:
        return lead.firm and (lead.bound is Bound.END or not _is_own_year(moment, lead, year))
    return lead.bound in (Bound.END, Bound.WITHIN) or (lead.bound is Bound.START and moment.ranged)


def _in_brackets(folded: str, year: int | None) -> Due | None:
    """A bracket that holds nothing but when: "(hoàn thành trong tháng 3/2026)", "(Quý II/2026)"."""
    for bracket in _BRACKETS.finditer(folded):
        inner = bracket[1]
        if any(p.find(inner) for p in vocabulary("in_brackets")):
            due = value(inner, year)
            if due.kind is not DeadlineKind.OTHER:
                return _moved(due, bracket.start(1))
        due_opening = _opening_time(folded, bracket.start(1), bracket.end(1), year)
        if due_opening is None or due_opening.to < bracket.end(1) - 2:
            continue
        if _AT_END.match(folded, bracket.end()) and _is_near(due_opening, year):
            return due_opening
    return None


def _is_near(due: Due, year: int | None) -> bool:
    """Not a day long past or far ahead, as those in the names of anniversaries are."""
    days = [d for d in (due.start, due.end) if d is not None]
    return year is None or all(-1 <= d.year - year <= 10 for d in days)


def _of_reports(folded: str) -> Due | None:
    """A report's interval, anywhere: "báo cáo … hằng quý", "chế độ báo cáo định kỳ"."""
    for start, end in _clauses(folded):
        if not said("reports", folded, start, end):
            continue
        found = recurrence(folded, start, end)
        if found is not None and not _is_of_a_thing(folded, found.start):
            return Due(found.start, found.end, DeadlineKind.RECURRING, rrule=found.rrule)
        for phrase in vocabulary("recurring"):
            if (plain := phrase.find(folded, start, end)) is not None:
                return Due(*plain.span(), DeadlineKind.RECURRING)
    return None


def _opening_interval(folded: str) -> Due | None:
    """A word for an interval at the text's start: "Định kỳ đánh giá …", "Thường xuyên hỗ trợ …", "Hằng năm, …"."""
    begin = _after_adverbs(folded)
    clause = next((b for _, b in _clauses(folded) if b > begin), len(folded))
    found = recurrence(folded, begin, clause)
    periodic = _starts_with("recurring", folded, begin)
    if found is not None and (found.start <= begin or periodic) and not _is_of_a_thing(folded, found.start):
        return Due(begin, found.end, DeadlineKind.RECURRING, rrule=found.rrule)
    if periodic is not None:
        return Due(begin, periodic, DeadlineKind.RECURRING)
    ongoing = _starts_with("ongoing", folded, begin)
    return None if ongoing is None else Due(begin, ongoing, DeadlineKind.ONGOING)


def _after_adverbs(folded: str) -> int:
    """Where the text begins behind its marks and adverbs such as "chủ động,"."""
    begin = _MARKS.match(folded)
    at = begin.end() if begin else 0
    for _ in range(2):
        found = next((m for p in vocabulary("adverbs") if (m := p.find(folded[at : at + 24]))), None)
        if found is None:
            break
        at += found.end()
        at += len(folded[at:]) - len(folded[at:].lstrip(" ,"))
    return at


def _starts_with(section: str, folded: str, at: int) -> int | None:
    """The end of the section's phrase that stands at a place."""
    for phrase in vocabulary(section):
        if found := phrase.pattern.match(folded, at):
            return found.end()
    return None


def _interval_of_clause(folded: str) -> Due | None:
    """"định kỳ hằng quý" or "4 lần/tháng" in the first clause."""
    start, end = next(_clauses(folded), (0, 0))
    found = recurrence(folded, start, end)
    if found is None or not _FIRM_INTERVAL.search(folded, found.start, min(end, found.end + 4)):
        return None
    if _is_of_a_thing(folded, found.start) or "DAILY" in found.rrule:
        return None
    return Due(found.start, found.end, DeadlineKind.RECURRING, rrule=found.rrule)


def _is_of_a_thing(folded: str, start: int) -> bool:
    """Whether the interval belongs to the noun before it: "kế hoạch hằng năm", "đời sống hằng ngày"."""
    return said("intervals_of_things", folded, max(0, start - _WINDOW), start)


def _opening_end_of_year(folded: str, year: int | None) -> Due | None:
    """ "Cuối năm, tổ chức tổng kết": by the last day of the plan's year."""
    days = whole_year(year)
    for phrase in vocabulary("opening_end_of_year"):
        if days and (found := phrase.find(folded)) is not None:
            return Due(found.start(), found.end() - found[0].endswith(","), DeadlineKind.BY, end=days.end)
    return None


def _opening_condition(folded: str) -> Due | None:
    """"Ngay sau khi …," at the start: due on no known day."""
    for section in ("openings_without_date", "days_after"):
        for phrase in vocabulary(section):
            if (found := phrase.find(folded)) is not None:
                stop = _PART.search(folded, found.end())
                return Due(found.start(), stop.start() if stop else len(folded), DeadlineKind.OTHER)
    return None


def _is_of_target(folded: str, moment: Moment, lead: Lead, year: int | None) -> bool:
    """Whether the time is when the target is to be reached, and not a base, a cited day or a name's horizon."""
    if is_cited(folded, moment) or said("not_a_due_time", folded, max(0, lead.start - _WINDOW), moment.start):
        return False
    opens = _opens(folded, 0, moment, lead)
    if moment.unit is not Unit.YEAR:
        return not lead.plain or (opens and moment.unit is not Unit.DAY)
    if _is_own_year(moment, lead, year) or _is_past(moment, year):
        return False
    if opens or lead.plain:
        return not moment.bare and (opens or _BEHIND_A_SHARE.search(folded, 0, moment.start) is not None) or not lead.plain
    clause = max(folded.rfind(mark, 0, lead.start) for mark in ",;.(") + 1
    return lead.bound is not Bound.START and not said("names_with_a_horizon", folded, clause, lead.start)


def _is_past(moment: Moment, year: int | None) -> bool:
    last = moment.points[-1].year
    return year is not None and last is not None and last < year
