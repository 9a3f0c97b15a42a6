"""A paragraph of a report -> the values it says were reached, each with what qualifies it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.actuals.amounts import PERCENT, RANK, Amount, amounts, is_time, stands_after
from extract.actuals.clauses import Clause, brackets, clauses
from extract.actuals.draft import Counted, Draft
from extract.actuals.qualified import compared_with, is_of_plan, label_of
from extract.actuals.qualifying import moved_in_brackets, note_in_brackets, note_move, qualifies
from extract.actuals.state import State, is_level, last_joint
from extract.actuals.subjects import has_level, subject_of, words_behind
from extract.actuals.times import Times, day_of, from_january
from extract.actuals.words import all_in, anywhere_in, opening, right_before
from extract.lexicon import first, phrases
from extract.normalize.moments import all_moments
from extract.normalize.numbers import mended
from schemas.actual import Baseline, PercentOf

_LONGEST = 6000  # characters of a paragraph; longer ones are no prose
_GOES_UP = re.compile(
    r"(?P<label>\s*\(?[^\d;]{0,40}?(?:(?:19|20)\d\d\s*)?\)?)\s*(?:tăng |giảm |nâng )?(?:lên|xuống|còn|đến)\b"
)
_FROM = re.compile(r"\btừ\s+(?:mức\s+)?\Z")
_DIGIT = re.compile(r"\d")
# "Số khu vực bỏ phiếu: 14", "tăng 8,2%"
_FIGURE = re.compile(r"(?:\b(?:là|đạt|có|được|còn|tăng|giảm)|:)\s(?P<n>\d[\d.,]*)|(?<![\w.,/-])(?P<p>\d[\d.,]*)\s?%")
_SHARE_BEHIND = re.compile(r"[^,;()\d]{0,60}\(\s*(?:chiếm|đạt)?\s*\d[\d.,]*\s?%")


@dataclass(frozen=True, slots=True)
class Prose:
    """The values of a paragraph in order, and its sentences with figures of which nothing at all was made."""

    values: Sequence[Draft] = ()
    unread: Sequence[tuple[int, int]] = ()


def read_prose(text: str, folded: str, offset: int, period: Counted, year: int | None) -> Prose:
    """What a paragraph that stands at `offset` of the reading says was reached."""
    if _DIGIT.search(text) is None or len(text) > _LONGEST:
        return Prose()
    folded = mended(folded)
    state = State(text, folded, offset, brackets(text), period)
    numbers, times = amounts(text, folded), Times(period, year, period, period)
    for clause in clauses(text, folded, state.hidden):
        inside = [a for a in numbers if clause.start <= a.start < clause.end]
        opening_end = inside[0].start if inside else clause.end
        state.counted = times.of(folded[clause.start : clause.end], folded[clause.start : opening_end], clause.sentence)
        state.begin(clause)
        cut = _aside_at(state, clause)
        if told_of := [a for a in inside if a.start < cut and not _is_repeated(folded, a, clause.start)]:
            _read_clause(state, clause, told_of)
    return Prose(state.drafts, [(offset + a, offset + b) for a, b in _unread(state)])


def _unread(state: State) -> Iterator[tuple[int, int]]:
    """The sentences with a figure that nothing was made of."""
    for sentence, (start, end) in state.sentences.items():
        if sentence not in state.answered and any(
            _measures(state, m) for m in _FIGURE.finditer(state.folded, start, end)
        ):
            yield start, end


def _measures(state: State, match: re.Match[str]) -> bool:
    return not any(m.start < match.end() and match.start() < m.end for m in all_moments(state.folded))


def _aside_at(state: State, clause: Clause) -> int:
    """Where a clause turns to what was not reached, or is to come: at the last comma before its words for that."""
    if clause.sentence in state.asides:
        return clause.start
    found = first(phrases("results", "asides"), state.folded[clause.start : clause.end])
    if found is None:
        return clause.end
    state.asides.add(clause.sentence)
    state.answered.add(clause.sentence)
    at = clause.start + found[1].start()
    return max(state.folded.rfind(",", clause.start, at), clause.start)


def _read_clause(state: State, clause: Clause, inside: Sequence[Amount]) -> None:
    """Note what each number of a clause is: a value, or what qualifies the value before it."""
    state.last_end = clause.start
    state.against = compared_with(state.text, state.folded, clause.start, inside[0].start)
    split = next((a for a, _, _ in all_in("splits", state.folded, clause.start, clause.end)), clause.end)
    for place, amount in enumerate(inside):
        bracket = state.bracket_of(amount)
        begin = state.piece_start(clause, amount, bracket)
        if _is_base(state, amount):
            continue
        limit = inside[place + 1].start if place + 1 < len(inside) else clause.end
        if bracket is not None and (moved := moved_in_brackets(state, amount)) is not None:
            _add(state, clause, amount, _subject(state, clause, moved[1], moved[2], moved[1].end))
            note_move(state.drafts[-1], moved[1], moved[0])
        elif bracket is not None:
            note_in_brackets(state, amount, begin, bracket)
        elif amount.start > split and state.main is not None and state.again:
            pass
        elif qualifies(state, amount, begin, clause):
            state.answer(clause, noted=state.main is not None)
        elif _is_result(state, amount, begin, clause, limit):
            _add(state, clause, amount, _subject(state, clause, amount, begin, limit))
        else:
            state.answer(clause)
        state.last_end = max(state.last_end, bracket[1] if bracket is not None else amount.end)


def _subject(state: State, clause: Clause, amount: Amount, begin: int, limit: int) -> str:
    """What is counted; a number with neither noun nor words of its own is of the thing before it."""
    joint = last_joint(state.folded, begin, amount.start)
    tied = amount.noun is None and has_level(state.folded, joint, amount.start)
    if state.again and tied and is_level(state.folded, begin, amount):
        return state.drafts[-1].subject
    more = words_behind(state.text, amount, state.piece_end(clause, amount), limit)
    return subject_of(state.text, state.folded, begin, amount, more)


def _is_base(state: State, amount: Amount) -> bool:
    """Whether a change starts from the number, "từ 60% lên 80%"; it is the base of the value to come."""
    folded = state.folded
    if _FROM.search(folded, max(0, amount.start - 10), amount.start) is None or amount.high is not None:
        return False
    up = _GOES_UP.match(folded, amount.end)
    if up is not None:
        label = label_of(state.text[slice(*up.span("label"))], up["label"], None)
        state.base = Baseline(value=amount.value, unit=amount.unit, label=label)
    return up is not None


def _is_result(state: State, amount: Amount, begin: int, clause: Clause, limit: int) -> bool:
    """Whether a number that qualifies none is of what was done: not what is left, those present, places and lengths."""
    folded = state.folded
    if stands_after("others", folded, amount, begin) is not None:
        return False
    if is_time(folded, amount) and amount.per is None and not anywhere_in("lasting", folded[clause.start : clause.end]):
        return False
    if amount.unit == RANK:
        return True
    if _is_left(state, amount, begin, clause) or _is_present(state, amount, begin, limit):
        return False
    return not _is_place(state, amount, begin, clause, limit)


def _is_repeated(folded: str, amount: Amount, begin: int) -> bool:
    """How often each had it done: "học đủ 02 lần", "tiêm đủ 3 mũi", "dự đủ 02 lớp tập huấn"."""
    if amount.noun is None or (enough := stands_after("enough", folded, amount, begin)) is None:
        return False
    if opening("times_done").end_at(folded, amount.noun[0]) == amount.noun[1]:
        return True
    return (
        opening("courses").end_at(folded, amount.noun[0]) is not None
        and right_before("attended", folded, enough, begin) is not None
    )


def _is_present(state: State, amount: Amount, begin: int, limit: int) -> bool:
    """Those present at an event, "với 85 đại biểu"; not where their whole or share is told, or a verb is theirs."""
    folded = state.folded
    if not state.again or not _is_people(folded, amount):
        return False
    if stands_after("present", folded, amount, begin) is None or amount.of is not None:
        return False
    if _SHARE_BEHIND.match(folded, amount.end, limit + 12):
        return False
    head = folded[begin : amount.start].strip(" ,")
    return not (head == "có" or head.startswith("có "))


def _is_place(state: State, amount: Amount, begin: int, clause: Clause, limit: int) -> bool:
    """The number of places or owners of what other numbers count: "tại 09/17 ấp", "của 03 hợp tác xã ước đạt 5 tấn"."""
    folded = state.folded
    found = stands_after("whereabouts", folded, amount, begin)
    if found is None:
        return False
    if state.again:
        return begin == state.last_end or not folded[begin:found].strip(" ,")
    return limit < clause.end and "," not in folded[amount.end : limit] and "(" not in folded[amount.end : limit]


def _is_left(state: State, amount: Amount, begin: int, clause: Clause) -> bool:
    """What is still to be done; not one of the parts that a whole is split into, each with its share."""
    folded = state.folded
    earlier = bool(state.drafts) and state.sentence == clause.sentence
    behind = opening("left_behind").end_at(folded, amount.end + 1) is not None
    if behind and _SHARE_BEHIND.match(folded, amount.end) is None:
        return True
    head = folded[begin : amount.start].strip(" ,")
    if amount.unit == PERCENT and state.again and state.drafts[-1].unit == PERCENT:
        return False
    return earlier and first(phrases("results", "left"), head) is not None


def _is_people(folded: str, amount: Amount) -> bool:
    return amount.noun is not None and opening("people").end_at(folded, amount.noun[0]) is not None


def _add(state: State, clause: Clause, amount: Amount, subject: str) -> None:
    """Note a value of its own."""
    total = state.again and anywhere_in("cumulative", state.folded[state.last_end : amount.start])
    rises = amount.high is not None and _is_way(state.folded, clause, amount)
    main = Draft(
        start=state.offset + amount.start,
        end=state.offset + amount.end,
        value=amount.high if rises and amount.high is not None else amount.value,
        unit=amount.unit,
        subject=subject,
        pieces=((state.offset + clause.start, state.offset + clause.end),),
        counted=from_january(state.counted) if total else state.counted,
        of=amount.of, per=amount.per, planned=state.waiting, sentence=clause.sentence,
        doubts=(not amount.known) + state.again + (amount.high is not None) + (not amount.unit),
    )  # fmt: skip
    main.baseline = Baseline(value=amount.value, unit=amount.unit) if rises else _from(state, main)
    if amount.unit == PERCENT and is_of_plan(state.folded, amount.end):
        main.percent, main.percent_of = amount.value, PercentOf.PLAN
    if main.planned is not None and not main.planned.unit:
        main.planned = main.planned.model_copy(update={"unit": main.unit})
    state.waiting = None
    main.follows = _followed(state, clause, amount)
    state.drafts.append(main)
    state.answer(clause)
    state.clause, state.sentence = state.current, clause.sentence


def _followed(state: State, clause: Clause, amount: Amount) -> Draft | None:
    """The value before it that it speaks of still: "riêng quý III …", "lũy kế …" of the same noun, "doanh thu …"."""
    main, head = state.main, state.folded[clause.start : amount.start]
    if main is None or state.again:
        return None
    if opening("yields").end_at(state.folded, clause.start) is not None:
        return main
    if amount.unit.lower().split(" ")[:1] != main.unit.lower().split(" ")[:1]:
        return None
    if right_before("parts_of", state.folded, clause.start) is not None:
        return main
    return (main.follows or main) if anywhere_in("cumulative", head) else None


def _is_way(folded: str, clause: Clause, amount: Amount) -> bool:
    """Whether a range tells how far something came, "nâng từ 60% đến 85%", and not within what it lies."""
    if right_before("starts_from", folded, amount.start) is None or "-" in folded[amount.start : amount.end]:
        return False
    return anywhere_in("ways", folded[clause.start : amount.start])


def _from(state: State, main: Draft) -> Baseline | None:
    """The figure that a value came from, with its unit and its day."""
    base, state.base = state.base, None
    if base is None:
        return None
    return base.model_copy(update={"unit": base.unit or main.unit, "as_of": day_of(base.label, main.counted)})
