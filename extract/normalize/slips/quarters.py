"""Quarters misread: "Quý HI", and of a run "Quý I, II, II, IV" the one that has to be III."""

import re
from collections.abc import Iterator, Sequence

from extract.normalize.slips.slip import roman_by_strokes

_QUARTER = re.compile(r"\b[Qq](?:uý|úy|UÝ)\s+(?P<label>[IVHLlTN1|!]{1,4})(?![\w|!])")
_GLUED = re.compile(r"(?<=[Qq]uý)(?P<label>[IVlH1|]{1,4})(?=/\d{4})")  # "Quýl/2026"
_MONTHS = re.compile(r"tháng\s+0?(?P<first>\d{1,2})\s*[-–—]+\s*0?(?P<last>\d{1,2})")
_OPENING, _BESIDE = 6, 30  # characters before a quarter that begins a line; behind it where months may stand
_QUARTERS = ("", "I", "II", "III", "IV")


def impossible_quarters(text: str) -> Iterator[tuple[int, int, str]]:
    """The ranges of quarters whose letters make none, with the quarter that their strokes make."""
    for match in _QUARTER.finditer(text):
        label = match["label"]
        meant = roman_by_strokes(label)
        if label not in _QUARTERS and not label.isdigit() and meant in _QUARTERS:
            yield *match.span("label"), meant
    for match in _GLUED.finditer(text):
        if (meant := roman_by_strokes(match["label"])) in _QUARTERS:
            yield *match.span("label"), f" {meant}"


def quarters_out_of_turn(texts: Sequence[str], *, column: bool) -> Iterator[tuple[int, int, int, str]]:
    """In lines that begin with a quarter, or cells of one column: index, range, and the quarter that was meant.

    The months beside it decide ("Quý II (tháng 7 - 9)"), else its turn: in lines the second of two where the next is
    skipped, in a column, whose rows may well share a quarter, only one of four that are else I to IV.
    """
    found = [(i, m) for i, text in enumerate(texts) if (m := _QUARTER.search(text)) and m.start() < _OPENING]
    known = [(i, m, _QUARTERS.index(m["label"])) for i, m in found if m["label"] in _QUARTERS]
    dues = [_of_months(texts[i], match.end()) for i, match, _ in known]
    turns = _in_a_column([n for *_, n in known]) if column else _in_lines([n for *_, n in known])
    for (i, match, number), due, turn in zip(known, dues, turns, strict=True):
        meant = due or turn
        if meant != number:
            yield i, *match.span("label"), _QUARTERS[meant]


def _in_a_column(numbers: list[int]) -> list[int]:
    """The quarters with one put right that keeps four from being I to IV."""
    wrong = [n for n, due in zip(numbers, (1, 2, 3, 4), strict=False) if n != due]
    return [1, 2, 3, 4] if len(numbers) == 4 and len(wrong) == 1 else numbers


def _in_lines(numbers: list[int]) -> list[int]:
    """The quarters with the second of two put right where the one after it is skipped."""
    out = list(numbers)
    for i in range(1, len(numbers) - 1):
        if numbers[i] == numbers[i - 1] and numbers[i + 1] == numbers[i] + 2:
            out[i] += 1
    return out


def _of_months(text: str, end: int) -> int | None:
    """The quarter that the two months behind a quarter begin and end, None where they don't."""
    months = _MONTHS.search(text.lower(), end, end + _BESIDE)
    if months is None:
        return None
    first, last = int(months["first"]), int(months["last"])
    return last // 3 if last - first == 2 and last % 3 == 0 and last <= 12 else None
