"""The text before the body -> its heading, title, number, day, and the lines that name bodies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.find.letterhead.front import Piece, Range, national, outside, pieces, without_national
from extract.find.letterhead.stamp import (
    Issued,
    Number,
    attached_day,
    find_issued,
    find_issued_line,
    find_number,
    is_plan_number,
)
from extract.find.letterhead.title import (
    Heading,
    capitals_from,
    decision_before,
    find_heading,
    find_title,
    whole_heading,
)
from extract.model import Reading

_LONGEST_CLOSING = 6000  # characters
_LONGEST_TITLE = 600  # characters


@dataclass(frozen=True, slots=True)
class Top:
    """What stands before the body.

    `above` are the lines over the heading, or over the decision that the plan came with, without what number and day
    took of them; `anchor` is where the letterhead is known to be, `numbered` where its number stands, which may be the
    decision's; `lead` is the preamble's range.
    """

    heading: Heading | None
    title: tuple[Piece, ...]
    number: Number | None
    issued: Issued | None
    above: tuple[Piece, ...]
    anchor: int | None
    numbered: int | None
    lead: Range
    decided: bool


def read_top(reading: Reading, body_start: int, body_end: int) -> Top:
    """The parts of the text up to `body_start`; the day, where it is not there, from the signature."""
    found = whole_heading(pieces(reading, 0, body_start))
    heading = find_heading(found)
    if heading is not None and _ends_front(heading, found):
        found = whole_heading(pieces(reading, 0, body_start + _LONGEST_TITLE))
    decision = decision_before(found, heading)
    heads = found[heading.index].start if heading else body_start
    under = heads + heading.tail if heading else 0
    text, folded = without_national(reading, body_start)
    number = find_number(text, 0, heads) or (find_number(text, under, body_start) if decision is None else None)
    taken = number.place if number else (0, 0)
    issued = find_issued(text, folded, 0, heads, taken) or find_issued_line(text, folded, under, body_start)
    rest = outside(found, [taken, *_ranges(issued)])
    title = _title(rest, heading, heads) if heading or not number else _bare_title(rest, number, issued)
    lead = (title[-1].end if title else under, body_start)
    end = found[decision].start if decision is not None else heads if heading or not title else title[0].start
    return Top(
        heading=heading,
        title=title,
        number=number if decision is None or (number and is_plan_number(number.symbol)) else None,
        issued=issued or _other_day(reading, lead, body_end),
        above=tuple(p for p in rest if p.start < end) if heading or number or issued else (),
        anchor=_anchor(reading, number, heads),
        numbered=taken[0] if number else None,
        lead=lead,
        decided=decision is not None,
    )


def _ends_front(heading: Heading, found: Sequence[Piece]) -> bool:
    """Whether nothing stands under KẾ HOẠCH, since the body was taken to begin with the title."""
    return heading.index == len(found) - 1 and heading.tail >= len(found[-1].text)


def _ranges(issued: Issued | None) -> list[Range]:
    if issued is None:
        return []
    return [(issued.place_range[0] if issued.place_range else issued.day_range[0], issued.day_range[1])]


def _title(rest: Sequence[Piece], heading: Heading | None, heads: int) -> tuple[Piece, ...]:
    """The title, in the lines that number and day have been taken out of."""
    index = next((i for i, p in enumerate(rest) if p.start == heads), None)
    return find_title(rest, replace(heading, index=index)) if heading and index is not None else ()


def _bare_title(rest: Sequence[Piece], number: Number, issued: Issued | None) -> tuple[Piece, ...]:
    """The title of what is a plan by its number, where a portal dropped KẾ HOẠCH: the capitals under the letterhead."""
    if not is_plan_number(number.symbol):
        return ()
    under = max([number.place[1]] + ([issued.day_range[1]] if issued else []))
    return capitals_from([p for p in rest if p.start >= under])


def _other_day(reading: Reading, lead: Range, body_end: int) -> Issued | None:
    """The day of the decision that the plan came with, else one at the signature."""
    end = min(len(reading.text), body_end + _LONGEST_CLOSING)
    return attached_day(reading.folded, *lead) or find_issued_line(reading.text, reading.folded, body_end, end)


def _anchor(reading: Reading, number: Number | None, heads: int) -> int | None:
    """Where the letterhead is known to be: the first quốc hiệu or the number."""
    motto = national().search(reading.folded, 0, heads)
    places = [motto.start()] if motto else []
    return min([*places, number.place[0]] if number else places, default=None)
