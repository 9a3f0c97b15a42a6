"""A number of a paragraph -> what it says of the value before it, noted there: whole, share, plan, change, base."""

import re

from extract.actuals.amounts import PERCENT, Amount, stands_after
from extract.actuals.clauses import Clause
from extract.actuals.draft import Draft
from extract.actuals.qualified import (
    Move,
    base_behind,
    compared_with,
    is_of_plan,
    label_before,
    label_of,
    move_of,
    plan_behind,
)
from extract.actuals.state import Place, State, is_level, last_joint
from extract.actuals.subjects import has_level, is_headless
from extract.actuals.times import day_of
from extract.actuals.words import opening, right_before
from extract.normalize.quantities import ending
from extract.text import fold
from schemas import Comparator
from schemas.actual import Baseline, Difference, PercentOf, Planned

_FROM_BELOW = re.compile(r"[^,;()\d]{0,30}\(\s*từ\s")  # "giảm 12 vụ (từ 45 vụ xuống 33 vụ)"
_LONGEST_WORD = 12  # characters, with the blank before it
_MOST_OFF = 1.0  # percentage points that rounding may put between a share and its count


def note_in_brackets(state: State, amount: Amount, begin: int, bracket: Place) -> None:
    """What a number in brackets says of the one before it: a plan's or an earlier figure, a change, a share."""
    main, folded = state.main, state.folded
    if main is None or _is_signed(state, amount, bracket):
        return
    start, comparator = _compared(folded, amount, bracket[0])
    if right_before("planned", folded, start, bracket[0]) is not None or (
        right_before("planned", folded, bracket[0]) is not None and is_headless(folded, bracket[0] + 1, start)
    ):
        unit = amount.unit or main.unit
        main.planned = main.planned or Planned(comparator=comparator, value=amount.value, unit=unit)
    elif move := move_of(state.text, folded, amount, begin):
        _move(state, main, amount, move)
    elif (label := _earlier(state, amount, begin, bracket)) is not None:
        note_base(main, amount, label)
    elif stands_after("wholes", folded, amount, bracket[0]) is not None:
        main.of = main.of or amount.value
    elif amount.of and main.unit == PERCENT and abs(100 * amount.value / amount.of - main.value) < _MOST_OFF:
        _counts(state, main, amount)
    elif amount.unit == PERCENT and is_level(folded, begin, amount) and main.unit != PERCENT:
        _share(state, main, amount)


def _compared(folded: str, amount: Amount, begin: int) -> tuple[int, Comparator]:
    """Where a number begins with the words that compare it, and how: "trên 95%"."""
    found = ending("comparators_before").before(folded, amount.start, begin)
    return (found[0], Comparator(found[1]["comparator"])) if found else (amount.start, Comparator.EQUAL)


def _is_signed(state: State, amount: Amount, bracket: Place) -> bool:
    """Whether a number is a change told once more: "giảm 24 vụ (-11,4%)"."""
    return amount.unit == PERCENT and state.folded[bracket[0] + 1 : amount.start].strip() in ("-", "+")


def moved_in_brackets(state: State, amount: Amount) -> tuple[Move, Amount, int] | None:
    """The change before the brackets that a number is the end of: "giảm 12 vụ (từ 45 vụ xuống 33 vụ)" reached 33."""
    moved, base = state.moved, state.base
    if moved is None or base is None or right_before("arrives", state.folded, amount.start) is None:
        return None
    if state.main is not None and state.main.difference is not None and state.main.difference.value == moved[1].value:
        return None
    off = abs(abs(amount.value - base.value) - moved[1].value)
    return moved if off < _MOST_OFF / 2 else None


def _earlier(state: State, amount: Amount, begin: int, bracket: Place) -> str | None:
    """The words for an earlier time in the brackets, or those right before them: "so với cùng kỳ (24 ca)"."""
    main, folded = state.main, state.folded
    if main is not None and (label := label_before(state.text, folded, begin, amount.start, main.counted)):
        return label
    if main is None or folded[bracket[0] + 1 : amount.start].strip() or not _same_noun(amount, main):
        return None
    start = max(folded.rfind(mark, 0, bracket[0]) for mark in ",;(") + 1
    return label_of(state.text[start : bracket[0]], folded[start : bracket[0]], main.counted)


def _same_noun(amount: Amount, main: Draft) -> bool:
    """Whether two numbers count the same by the first word of their units: "hộ" and "hộ nghèo"."""
    return amount.unit.lower().split(" ")[:1] == main.unit.lower().split(" ")[:1]


def note_base(main: Draft, amount: Amount, label: str | None) -> None:
    """Note the earlier figure of a value."""
    if main.baseline is None:
        day = day_of(label, main.counted)
        main.baseline = Baseline(value=amount.value, unit=amount.unit or main.unit, label=label, as_of=day)


def _counts(state: State, main: Draft, amount: Amount) -> None:
    """Make the count behind a share the value and the share its percentage: "đạt 99,2% (3.210/3.236 hồ sơ)"."""
    main.percent, main.percent_of = main.value, PercentOf.WHOLE
    main.value, main.unit, main.of = amount.value, amount.unit, amount.of
    main.start, main.end = state.offset + amount.start, state.offset + amount.end


def qualifies(state: State, amount: Amount, begin: int, clause: Clause) -> bool:
    """Whether the number says something of another one, which is noted there."""
    folded, main = state.folded, state.main
    if (move := move_of(state.text, folded, amount, begin)) is not None:
        state.moved = move, amount, begin
        return _moves(state, clause, amount, begin, move)
    if state.moved is not None and _goes_on(folded, state.moved[1], amount):
        return True
    if (wording := _planned_before(state, amount, clause)) is not None:
        return _note_plan(state, amount, wording, clause)
    if main is not None and stands_after("wholes", folded, amount, clause.start) is not None:
        main.of = main.of or amount.value
        return True
    return _is_earlier(state, amount, begin, clause) or _is_share(state, amount, begin)


def _is_share(state: State, amount: Amount, begin: int) -> bool:
    """Whether the number is the percentage of the one before it, which is noted there."""
    main, folded = state.main, state.folded
    if main is None or amount.unit != PERCENT or not is_level(folded, begin, amount):
        return False
    if _is_own_share(folded, begin, amount) or (main.unit == PERCENT and not is_of_plan(folded, amount.end)):
        return False
    _share(state, main, amount)
    return True


def _is_earlier(state: State, amount: Amount, begin: int, clause: Clause) -> bool:
    """Whether the number is of an earlier time: the base of the value before it, else of the next."""
    folded, main = state.folded, state.main
    label = label_before(state.text, folded, begin, amount.start, state.counted)
    against = label is None and right_before("held_against", folded, amount.start, begin) is not None
    if against:
        end = state.piece_end(clause, amount)
        label = label_of(state.text[amount.end : end], folded[amount.end : end], state.counted)
    if label is None and not against:
        return False
    if main is not None and state.sentence == clause.sentence:
        if _same_noun(amount, main):
            note_base(main, amount, label)
    elif not against:
        state.base = Baseline(value=amount.value, unit=amount.unit, label=label)
    return True


def _planned_before(state: State, amount: Amount, clause: Clause) -> int | None:
    """Where words such as "chỉ tiêu năm:" right before a number begin, which make it the plan's."""
    slash = state.folded.rfind("/", max(clause.start, amount.start - 20), amount.start) + 1
    # "đạt 17/19 chỉ tiêu", "hoàn thành kế hoạch 12/12 thôn"
    if amount.of is not None and state.folded[: amount.start].rstrip().endswith("hoạch"):
        return None
    start, _ = _compared(state.folded, amount, slash or clause.start)
    found = right_before("planned", state.folded, start, slash or clause.start)
    return found[0] if found else None


def _note_plan(state: State, amount: Amount, wording: int, clause: Clause) -> bool:
    """Note the plan's figure; "so với chỉ tiêu đạt 83,3%" is a share of it."""
    main = state.main
    near = main is not None and state.sentence == clause.sentence and main.end <= state.offset + clause.end
    if main is not None and near and amount.unit == PERCENT and right_before("held_against", state.folded, wording):
        if main.percent is None:
            main.percent, main.percent_of = amount.value, PercentOf.PLAN
        return True
    _, comparator = _compared(state.folded, amount, wording)
    planned = Planned(comparator=comparator, value=amount.value, unit=amount.unit)
    if main is not None and near and main.planned is None:
        main.planned = planned
    else:
        state.waiting = planned
    return True


def _is_own_share(folded: str, begin: int, amount: Amount) -> bool:
    """Whether a percentage has a thing of its own and no verb that ties it to the number before: "100% học sinh …"."""
    if has_level(folded, last_joint(folded, begin, amount.start), amount.start):
        return False
    behind = folded[amount.end : amount.end + 2]
    if len(behind) < 2 or behind[0] != " " or not behind[1].isalpha():
        return False
    return opening("shares_behind").end_at(folded, amount.end + 1) is None and not is_of_plan(folded, amount.end)


def _moves(state: State, clause: Clause, amount: Amount, begin: int, move: Move) -> bool:
    """Note a change of the value before it; one with a thing of its own and a base has no value to show."""
    main = state.main
    joint = last_joint(state.folded, begin, move.start)
    if (held := compared_with(state.text, state.folded, joint, move.start)) is not None:
        joint, move = held[1], Move(move.change, move.start, move.base or held[0])
    told = state.against is not None or amount.unit != PERCENT
    if told and state.sentence_of(clause) and (moved := _moved(state, amount)) is not None:
        _move(state, moved, amount, move)
        return True
    own = move.start > joint and not is_headless(state.folded, joint, move.start)
    alike = main is not None and (amount.unit == PERCENT or _same_noun(amount, main))
    near = main is not None and (main.sentence == clause.sentence or (begin == clause.start and alike))
    if main is not None and near and not own:
        _move(state, main, amount, move)
        return True
    if _FROM_BELOW.match(state.folded, amount.end):
        return True
    return state.against is not None or move.base is not None or amount.unit == PERCENT or main is not None


def _goes_on(folded: str, moved: Amount, amount: Amount) -> bool:
    """Whether a number is one more of the change before it: "tăng 15% về lượt khách và 18% về doanh thu"."""
    between = folded[moved.end : amount.start]
    return moved.unit == amount.unit == PERCENT and between.endswith(" và ") and not any(m in between for m in ",;.")


def _moved(state: State, amount: Amount) -> Draft | None:
    """The last value of the sentence that counts the same and has no change yet; by "so với cùng kỳ …" the first.

    One whose subject has the word behind the number is the likelier: "làm chết 96 người …, giảm 07 người chết".
    """
    alike = [d for d in state.drafts if d.sentence == state.sentence and _same_noun(amount, d) and d.difference is None]
    behind = state.folded[amount.end : amount.end + _LONGEST_WORD].split()[:1]
    closer = [d for d in alike if behind and behind[0] in fold(d.subject).split()]
    return next(iter(closer or (alike if state.against is not None else alike[::-1])), None)


def _move(state: State, main: Draft, amount: Amount, move: Move) -> None:
    held = state.against[0] if state.against else None
    note_move(main, amount, Move(move.change, move.start, move.base or held))


def note_move(main: Draft, amount: Amount, move: Move) -> None:
    """Note how far a value moved; a second change only lends the first its base."""
    if main.difference is None:
        unit = amount.unit or main.unit
        main.difference = Difference(change=move.change, value=amount.value, unit=unit, base=move.base)
    elif main.difference.base is None and move.base is not None:
        main.difference = main.difference.model_copy(update={"base": move.base})


def _share(state: State, main: Draft, amount: Amount) -> None:
    """Note a percentage of the whole or of the plan; one of what was before is neither."""
    folded = state.folded
    of_plan = is_of_plan(folded, amount.end)
    if main.percent is not None or (not of_plan and base_behind(state.text, folded, amount.end) is not None):
        return
    main.percent = amount.value
    main.percent_of = PercentOf.PLAN if of_plan or _fits_plan(main) else PercentOf.WHOLE
    if (planned := plan_behind(folded, amount.end)) is not None and main.planned is None:
        main.planned = Planned(value=planned, unit=main.unit)


def _fits_plan(main: Draft) -> bool:
    """Whether a bare percentage is the plan's: it is more than the whole, or what the plan's figure gives."""
    if main.percent is None or main.percent > 100:
        return main.percent is not None
    planned = main.planned.value if main.planned is not None and main.planned.unit != PERCENT else 0
    return bool(planned) and main.of is None and abs(100 * main.value / planned - main.percent) < _MOST_OFF
