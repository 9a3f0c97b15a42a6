"""The text of a target -> the numbers it is measured by, the main one first; and how firmly it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import first
from extract.model import Mention
from extract.normalize.figures import Figure, Sort, figures
from extract.normalize.numbers import mended, number
from extract.normalize.qualifiers import qualifies
from extract.normalize.quantities import (
    Place,
    before_verb,
    ending,
    noun_phrase,
    opening,
    spells_numbers,
    subject_after,
    vocabulary,
    wordings,
)
from extract.text import fold, squeezed
from schemas import Change, Comparator, Measure, Modality

_WINDOW = 60  # characters before a number that say what it is
_SENTENCE_WINDOW = 240
_NEAR = 15  # characters that may hold a comparator
_DIGIT = re.compile(r"\d")
_CLAUSE = ",;.:()\n"
_SENTENCE = ";.:()\n"
_SURE = (Sort.SHARE, Sort.PART, Sort.RATE)
# "mỗi hộ gia đình có", "mỗi năm"
_EACH = re.compile(r"(?:mỗi|từng)\s+")
_EVERY_TIME = re.compile(r"\b(?:mỗi|h[ằà]ng)\s+(năm|tháng|quý|tuần)\b")
_EACH_BEHIND = re.compile(r"\s+(?:cho\s+|trên\s+|ở\s+)?(?:mỗi|một)\s+")
_IN_A_TIME = re.compile(r"\s+trong\s+(?=(?:năm\s+học|năm|quý|tháng)(?!\s*[\d:]|\s+h))")
_FROM = re.compile(r"\btừ\s*(?:mức\s*)?\Z")
# "từ 60% lên 80%", "từ 14,2% năm 2020 xuống còn 10%", "từ 5% (năm 2025) đến 10%"
_GOES_TO = re.compile(
    r"\s*(?:\(?(?:(?:vào|của|ở)\s+)?(?:(?:cuối|đầu|hết)\s+)?năm\s+\d{4}\)?|\(?hiện\s+(?:nay|tại)\)?)?,?\s*(?:(?:tăng|giảm|nâng|hạ)\s+)?(?:lên|xuống|còn|đến)\b"
)
_REST = re.compile(r"[^\d;:\n]{0,90}")
_NEXT = re.compile(r"\W*")
_SHARE_OF = re.compile(r"\b(?:tỷ\s+lệ|tỷ\s+trọng|tỷ\s+suất|(?<!dân\s)số)\s+(?!\d)")
_SAME = re.compile(r"\s+số\s[^;.\d]*(?:,|\bvà)\s*")
# "nâng tỷ lệ … từ 60% đến 65%"; but "giảm từ 5% đến 10%" is a range
_RISES = re.compile(r"\bnâng\b.*\btừ\s*\Z|\b(?:tăng|giảm|hạ)\s+(?!từ\b|bình|trung|ít|thêm|tối).*\btừ\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words before and behind a number make of it; `lead` is where those before it begin."""

    lead: int
    comparator: Comparator | None = None
    change: Change | None = None


def find_measures(text: str, *, folded: str | None = None) -> tuple[Mention[Measure], ...]:
    """The measures of a target's text in the order printed; none where no number says what is to be reached."""
    folded = fold(text) if folded is None else folded
    if _DIGIT.search(folded) is None and "gấp" not in folded and not spells_numbers(folded):
        return ()
    if (read := mended(folded)) is not folded:
        text = "".join(new if new != old else kept for kept, old, new in zip(text, folded, read, strict=True))
        folded = read
    ranks = list(_ranks(folded)) if _may_rank(folded) else []
    multiples = list(_multiples(folded)) if "gấp" in folded else []
    hidden = [(m.start, m.end) for m in (*ranks, *multiples)]
    found = [f for f in figures(text, folded, hidden) if not _is_base(folded, f)]
    aimed = list(_aimed_at(folded, found, alone=not hidden))
    mentions = [m for f, words in aimed for m in _mentions(text, folded, f, words)]
    return tuple(sorted((*mentions, *ranks, *multiples), key=lambda m: m.start)) if hidden else tuple(mentions)


def _may_rank(folded: str) -> bool:
    """Whether a word is there that every rank has one of."""
    return any(word in folded for word in ("nhóm", "tốp", "top", "trong số", "hạng", "thứ"))


def modality_of(text: str, *, folded: str | None = None) -> Modality:
    """phấn đấu, bảo đảm (said of the target itself, not of what it serves), or none."""
    folded = fold(text) if folded is None else folded
    found = [
        (match[1].start(), modality)
        for section, modality in (("strives", Modality.STRIVE), ("ensures", Modality.ENSURE))
        if (match := first(vocabulary(section), folded)) is not None
    ]
    return min(found)[1] if found else Modality.NONE


def _mentions(text: str, folded: str, figure: Figure, said: _Said) -> Iterator[Mention[Measure]]:
    """One measure, or the two that a range is; of "từ 60% đến 80%" behind a verb of change only the second."""
    value, high = figure.value, figure.high
    if high is not None and _rises(folded, figure):
        value, high, said = high, None, _Said(said.lead)
    comparator = said.comparator or (Comparator.AT_LEAST if said.change or high is not None else Comparator.EQUAL)
    measure = Measure(
        comparator=comparator, value=value, unit=_unit(text, figure), per=_per(text, folded, figure, said),
        of=figure.of, subject=_subject(text, folded, figure), change=said.change,
    )  # fmt: skip
    yield Mention(figure.start, figure.end, measure)
    if high is not None:
        cap = Comparator.LESS if figure.under else Comparator.AT_MOST
        most = measure.model_copy(update={"comparator": cap, "value": high})
        yield Mention(figure.start, figure.end, most)


def _unit(text: str, figure: Figure) -> str:
    return squeezed(text[slice(*figure.unit)]) if figure.unit is not None else figure.sign


def _before(folded: str, at: int, marks: str = _CLAUSE, window: int = _WINDOW) -> int:
    """Where the clause that holds a place begins, as far as it matters."""
    begin = max(0, at - window)
    for mark in marks:
        if (after := folded.rfind(mark, begin, at) + 1) > begin:
            begin = after
    return begin


def _aimed_at(folded: str, found: Sequence[Figure], *, alone: bool) -> Iterator[tuple[Figure, _Said]]:
    """The numbers that are goals, with what is said of each; "giảm 5% số vụ cháy, 5% số người chết" says it once."""
    changes = list(_changes(folded)) if found else []
    last, end = _Said(-1), 0
    alone = alone and len(found) == 1
    for figure in found:
        said = _said(folded, figure, changes)
        if not _is_aimed_at(folded, figure, said, found, alone=alone):
            continue
        plain = said.comparator is None and said.change is None
        if (
            plain
            and last.change
            and folded.startswith(" số ", figure.end)
            and _SAME.fullmatch(folded, end, figure.start)
        ):
            said = last
        last, end = said, figure.end
        yield figure, said


def _said(folded: str, figure: Figure, changes: Sequence[tuple[int, int, Change]]) -> _Said:
    """The words right before a number, the longest that fit, else those right behind it or around its noun."""
    begin = _before(folded, figure.start)
    change = _change(folded, figure, changes, begin)
    if found := ending("comparators_before").before(folded, figure.start, begin):
        return _Said(found[0], Comparator(found[1]["comparator"]), change)
    lead = origin.start() if (origin := _FROM.search(folded, max(0, figure.start - 8), figure.start)) else figure.start
    return _Said(lead, _behind(folded, figure) or _around(folded, figure, from_it=lead < figure.start), change)


def _behind(folded: str, figure: Figure) -> Comparator | None:
    for end in (figure.end, figure.unit[1] if figure.unit else None):
        if end is not None and (gap := _NEXT.match(folded, end)):
            for phrase in vocabulary("comparators_after") if folded.startswith(("tr", "ho", "và"), gap.end()) else ():
                if phrase.pattern.match(folded[gap.end() : gap.end() + _WINDOW]):
                    return Comparator(phrase.means["comparator"])
    return None


def _around(folded: str, figure: Figure, *, from_it: bool) -> Comparator | None:
    """What "trở lên" behind its noun makes of a number: "từ 80% hộ dân trở lên"; without "từ" right behind it only."""
    if figure.high is not None or "trở" not in folded:
        return None
    rest = _REST.match(folded, figure.end)
    for start, _, means in wordings("comparators_around").find_all(folded, figure.end, rest.end() if rest else 0):
        if from_it or _is_noun(folded, figure.end, start):
            return Comparator(means["comparator"])
    return None


def _is_noun(folded: str, start: int, end: int) -> bool:
    """Whether the words from a number on are a noun and nothing else: "hội viên", but not "học sinh khá"."""
    noun = subject_after(folded, start)
    return noun is not None and folded[noun[1] : end].isspace() and ending("grades").before(folded, end) is None


def _changes(folded: str) -> Iterator[tuple[int, int, Change]]:
    """The verbs of change in a text, those in "giảm nghèo" and the like left out."""
    taken = [(a, b) for a, b, _ in wordings("not_a_change").find_all(folded, 0, len(folded))]
    for start, end, means in wordings("changes").find_all(folded, 0, len(folded)):
        if not any(a <= start < b for a, b in taken):
            yield start, end, Change(means["change"])


def _change(folded: str, figure: Figure, changes: Sequence[tuple[int, int, Change]], begin: int) -> Change | None:
    """The verb of change that the number is the amount of; "tăng lên 80%" and "giảm còn 2%" are levels."""
    verb = next((c for c in reversed(changes) if begin <= c[0] and c[1] <= figure.start), None)
    if verb is None:
        return None
    between = wordings("levels").find_all(folded, verb[1], figure.start)
    levels = (m.get("level", True) and (not m.get("near") or figure.start - end < _NEAR) for _, end, m in between)
    return None if any(levels) else verb[2]


def _rises(folded: str, figure: Figure) -> bool:
    """Whether a range's first number is where things stand: "nâng từ 60% đến 80%"."""
    falls = figure.high is not None and figure.high < figure.value
    return falls or _RISES.search(folded, _before(folded, figure.start), figure.start) is not None


def _is_base(folded: str, figure: Figure) -> bool:
    """Whether the number is what a change starts from: "tăng từ 60% lên 80%", "so với 75%", "(hiện nay 60%)"."""
    if _FROM.search(folded, max(0, figure.start - 9), figure.start) and _GOES_TO.match(folded, figure.end):
        return True
    return ending("bases").before(folded, figure.start, _before(folded, figure.start, ";.(\n")) is not None


def _is_aimed_at(folded: str, figure: Figure, said: _Said, found: Sequence[Figure], *, alone: bool) -> bool:
    """Whether nothing says that the number names, places or qualifies something; `alone` where it is the only one."""
    if figure.sort in _SURE:
        return True
    each = _each(folded, figure) is not None
    if figure.in_words:
        return each or said.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
    if qualifies(folded, figure, said.lead, found):
        return False
    firm = figure.sort is Sort.UNIT or each or said.comparator is not None or figure.per is not None
    return firm or _is_counted(folded, figure, alone=alone)


def _is_counted(folded: str, figure: Figure, *, alone: bool) -> bool:
    """Whether a count that nothing marks as a goal is one all the same: not one of a place, a time or a bracket."""
    begin = _before(folded, figure.start)
    if ending("goals").before(folded, figure.start, begin) is not None:
        return True
    of_time = figure.unit is not None and opening("not_goal_units").end_at(folded, figure.unit[0]) is not None
    if of_time or _in_brackets(folded, figure.start):
        return False
    if ending("where_or_whose").before(folded, figure.start, begin) is not None:
        return alone
    return ending("not_goals").before(folded, figure.start, begin) is None


def _in_brackets(folded: str, at: int) -> bool:
    begin = max(0, at - _SENTENCE_WINDOW)
    return folded.rfind("(", begin, at) > folded.rfind(")", begin, at)


def _each(folded: str, figure: Figure) -> Place | None:
    """Where the noun of "mỗi hộ gia đình có" before a number stands, in its sentence, no number between."""
    begin = _before(folded, figure.start, _SENTENCE)
    last = None
    if folded.find("mỗi ", begin, figure.start) < 0 and folded.find("từng ", begin, figure.start) < 0:
        return None
    for match in _EACH.finditer(folded, begin, figure.start):
        end = before_verb(folded, match.end(), noun_phrase(folded, match.end(), 6))
        if folded[end : end + 2] == ", ":
            end = max(end, noun_phrase(folded, end + 2, 3))
        last = (match.end(), end) if end > match.end() else last
    if last is None or any(c.isdigit() for c in folded[last[1] : figure.start]):
        return None
    return last


def _per(text: str, folded: str, figure: Figure, said: _Said) -> str | None:
    """What a number is per: behind it ("/năm", "mỗi xã"), or before it ("mỗi hộ gia đình có", "hằng năm giảm")."""
    place = figure.per
    behind = _EACH_BEHIND.match(folded, figure.end) or _IN_A_TIME.match(folded, figure.end)
    if place is None and behind and figure.sort is not Sort.SHARE:
        end = noun_phrase(folded, behind.end(), 3)
        place = (behind.end(), end) if end > behind.end() else None
    if place is None and (figure.sort in (Sort.COUNTED, Sort.NOUN, Sort.UNIT) or said.change):
        place = _each(folded, figure)
        every = list(_EVERY_TIME.finditer(folded, _before(folded, figure.start, _SENTENCE), figure.start))
        if place is None and every and not any(c.isdigit() for c in folded[every[-1].end() : figure.start]):
            place = every[-1].span(1)
    return squeezed(text[slice(*place)]) if place else None


def _subject(text: str, folded: str, figure: Figure) -> str | None:
    """Whom a share is of: the noun behind it, else the one behind "tỷ lệ" before it."""
    if figure.sort is not Sort.SHARE:
        return None
    place = subject_after(folded, figure.end)
    if place is None:
        begin = _before(folded, figure.start, ";.\n", _SENTENCE_WINDOW)
        for match in _SHARE_OF.finditer(folded, begin, figure.start):
            end = noun_phrase(folded, match.end(), 9)
            place = (match.end(), end) if end > match.end() else place
    return squeezed(text[slice(*place)]) if place else None


def _ranks(folded: str) -> Iterator[Mention[Measure]]:
    """Places in an order: "nhóm 5 địa phương dẫn đầu" is at most the fifth."""
    taken = -1
    for phrase in vocabulary("ranks"):
        for match in phrase.find_all(folded):
            if (value := number(match["number"])) is not None and match.start() >= taken:
                taken = match.end()
                yield Mention(*match.span(), Measure(comparator=Comparator.AT_MOST, value=value, unit="rank"))


def _multiples(folded: str) -> Iterator[Mention[Measure]]:
    """How often what was: "gấp đôi" is 2 times."""
    for phrase in vocabulary("multiples"):
        for match in phrase.find_all(folded):
            measure = Measure(comparator=Comparator.EQUAL, value=float(phrase.means["value"]), unit="lần")
            yield Mention(*match.span(), measure)
