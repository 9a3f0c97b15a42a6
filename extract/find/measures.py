"""The text of a target -> the numbers it is measured by, the main one first; and how firmly it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import first
from extract.model import Mention
from extract.normalize.figures import Figure, Sort, figures
from extract.normalize.numbers import number
from extract.normalize.quantities import Place, noun_phrase, subject_after, vocabulary
from extract.text import fold, squeezed
from schemas import Change, Comparator, Measure, Modality

_WINDOW = 60  # characters before a number that say what it is
_SENTENCE_WINDOW = 240
_CLAUSE = ",;.:()\n"
_SENTENCE = ";.:()\n"
_SURE = (Sort.SHARE, Sort.PART, Sort.RATE, Sort.UNIT)
# "mỗi hộ gia đình có", "mỗi năm"
_EACH = re.compile(r"\b(?:mỗi|từng)\s+")
_EVERY_TIME = re.compile(r"\b(?:mỗi|h[ằà]ng)\s+(năm|tháng|quý|tuần)\b")
_EACH_BEHIND = re.compile(r"\s+(?:cho\s+|trên\s+|ở\s+)?(?:mỗi|một)\s+")
_FROM = re.compile(r"\btừ\s*\Z")
_GOES_TO = re.compile(r"\s*(?:lên|xuống|còn|đến)\b")
_SHARE_OF = re.compile(r"\b(?:tỷ\s+lệ|tỷ\s+trọng|tỷ\s+suất|(?<!dân\s)số)\s+(?!\d)")
_SAME = re.compile(r"\s+số\s[^;.\d]*(?:,|\bvà)\s*")
# "nâng tỷ lệ … từ 60% đến 65%"; but "giảm từ 5% đến 10%" is a range
_RISES = re.compile(r"\bnâng\b.*\btừ\s*\Z|\b(?:tăng|giảm|hạ)\s+(?!từ\b|bình|trung|ít|thêm|tối).*\btừ\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words before and behind a number make of it."""

    comparator: Comparator | None = None
    change: Change | None = None


def find_measures(text: str, *, folded: str | None = None) -> tuple[Mention[Measure], ...]:
    """The measures of a target's text in the order printed; none where no number says what is to be reached."""
    folded = fold(text) if folded is None else folded
    ranks = list(_ranks(folded))
    multiples = list(_multiples(folded))
    hidden = [(m.start, m.end) for m in (*ranks, *multiples)]
    found = [f for f in figures(text, folded, hidden) if not _is_base(folded, f)]
    sure = [f for f in found if _is_aimed_at(folded, f)]
    said = list(_all_said(folded, sure))
    mentions = [m for f, words in zip(sure, said, strict=True) for m in _mentions(text, folded, f, words)]
    return tuple(sorted((*mentions, *ranks, *multiples), key=lambda m: m.start))


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
        value, high, said = high, None, _Said()
    comparator = said.comparator or (Comparator.AT_LEAST if said.change or high is not None else Comparator.EQUAL)
    measure = Measure(
        comparator=comparator, value=value, unit=_unit(text, figure), per=_per(text, folded, figure, said),
        of=figure.of, subject=_subject(text, folded, figure), change=said.change,
    )  # fmt: skip
    yield Mention(figure.start, figure.end, measure)
    if high is not None:
        most = measure.model_copy(update={"comparator": Comparator.AT_MOST, "value": high})
        yield Mention(figure.start, figure.end, most)


def _unit(text: str, figure: Figure) -> str:
    return squeezed(text[slice(*figure.unit)]) if figure.unit is not None else figure.sign


def _before(folded: str, at: int, marks: str = _CLAUSE, window: int = _WINDOW) -> int:
    """Where the clause that holds a place begins, as far as it matters."""
    begin = max(0, at - window)
    return max([begin] + [folded.rfind(mark, begin, at) + 1 for mark in marks])


def _all_said(folded: str, found: Sequence[Figure]) -> Iterator[_Said]:
    """What is said of each number; "giảm 5% số vụ cháy, 5% số người chết" says it once."""
    last, end = _Said(), 0
    for figure in found:
        said = _Said(_comparator(folded, figure), _change(folded, figure))
        if last.change and said == _Said() and _SAME.fullmatch(folded, end, figure.start):
            said = last if folded.startswith(" số ", figure.end) else said
        last, end = said, figure.end
        yield said


def _comparator(folded: str, figure: Figure) -> Comparator | None:
    """The words right before a number, the longest that fit, else those right behind it."""
    begin = _before(folded, figure.start)
    if found := _longest_before("comparators_before", folded, begin, figure.start):
        return Comparator(str(found[1]["comparator"]))
    behind = folded[figure.end : figure.end + _WINDOW]
    for phrase in vocabulary("comparators_after"):
        if phrase.find(behind) or (figure.unit and phrase.find(folded[figure.unit[1] :])):
            return Comparator(phrase.means["comparator"])
    return None


def _longest_before(section: str, folded: str, begin: int, end: int) -> tuple[int, dict[str, object]] | None:
    found = [(m.start(), p.means) for p in vocabulary(section) if (m := p.find(folded, begin, end))]
    return min(found, key=lambda f: f[0]) if found else None


def _change(folded: str, figure: Figure) -> Change | None:
    """The verb of change that the number is the amount of; "tăng lên 80%" and "giảm còn 2%" are levels."""
    begin = _before(folded, figure.start)
    verb = None
    taken = [m.span() for p in vocabulary("not_a_change") for m in p.pattern.finditer(folded, begin, figure.start)]
    for phrase in vocabulary("changes"):
        for match in phrase.pattern.finditer(folded, begin, figure.start):
            free = not any(a <= match.start() < b for a, b in taken)
            if free and (verb is None or match.start() > verb[0]):
                verb = match.start(), match.end(), Change(phrase.means["change"])
    if verb is None or any(p.find(folded, verb[1], figure.start) for p in vocabulary("levels")):
        return None
    return verb[2]


def _rises(folded: str, figure: Figure) -> bool:
    """Whether a range's first number is where things stand: "nâng từ 60% đến 80%"."""
    falls = figure.high is not None and figure.high < figure.value
    return falls or _RISES.search(folded, _before(folded, figure.start), figure.start) is not None


def _is_base(folded: str, figure: Figure) -> bool:
    """Whether the number is what a change starts from: "tăng từ 60% lên 80%", "so với 75%", "(hiện nay 60%)"."""
    if _FROM.search(folded, max(0, figure.start - 5), figure.start) and _GOES_TO.match(folded, figure.end):
        return True
    begin = _before(folded, figure.start, ";.(\n")
    return any(p.find(folded, begin, figure.start) for p in vocabulary("bases"))


def _is_aimed_at(folded: str, figure: Figure) -> bool:
    """Whether anything says that the number is a goal: its sort, a comparator, a verb, what it is per."""
    if figure.sort in _SURE:
        return True
    if _comparator(folded, figure) is not None or figure.per is not None:
        return True
    begin = _before(folded, figure.start)
    each = _each(folded, figure) is not None
    if figure.in_words:
        return each
    if each or any(p.find(folded, begin, figure.start) for p in vocabulary("goals")):
        return True
    if figure.sort is not Sort.COUNTED or _in_brackets(folded, figure.start):
        return False
    not_goals = vocabulary("not_goals")
    return not any(p.find(folded, begin, figure.start) or p.pattern.match(folded, figure.start) for p in not_goals)


def _in_brackets(folded: str, at: int) -> bool:
    begin = max(0, at - _SENTENCE_WINDOW)
    return folded.rfind("(", begin, at) > folded.rfind(")", begin, at)


def _each(folded: str, figure: Figure) -> Place | None:
    """Where the noun of "mỗi hộ gia đình có" before a number stands, in its sentence, no number between."""
    begin = _before(folded, figure.start, _SENTENCE)
    last = None
    for match in _EACH.finditer(folded, begin, figure.start):
        end = noun_phrase(folded, match.end(), 6)
        if folded[end : end + 2] == ", ":
            end = max(end, noun_phrase(folded, end + 2, 3))
        last = (match.end(), end) if end > match.end() else last
    if last is None or any(c.isdigit() for c in folded[last[1] : figure.start]):
        return None
    return last


def _per(text: str, folded: str, figure: Figure, said: _Said) -> str | None:
    """What a number is per: behind it ("/năm", "mỗi xã"), or before it ("mỗi hộ gia đình có", "hằng năm giảm")."""
    place = figure.per
    if place is None and (behind := _EACH_BEHIND.match(folded, figure.end)) and figure.sort is not Sort.SHARE:
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
            value = number(match["number"])
            if value is None or match.start() < taken:
                continue
            taken = match.end()
            yield Mention(*match.span(), Measure(comparator=Comparator.AT_MOST, value=value, unit="rank"))


def _multiples(folded: str) -> Iterator[Mention[Measure]]:
    """How often what was: "gấp đôi" is 2 times."""
    for phrase in vocabulary("multiples"):
        for match in phrase.find_all(folded):
            measure = Measure(comparator=Comparator.EQUAL, value=float(phrase.means["value"]), unit="lần")
            yield Mention(*match.span(), measure)
