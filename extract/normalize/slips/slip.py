"""A repair of what was misread: which line, what was printed there, what was meant."""

from dataclasses import dataclass
from functools import cache

from extract.lexicon import load


@dataclass(frozen=True, slots=True)
class Slip:
    """In line number `line`, `meant` now stands from `start` on where `printed` stood; `text` is the line as repaired.

    `ordinal` says that it is a line's number, which the numbers before and after it decide.
    """

    line: int
    start: int
    printed: str
    meant: str
    text: str = ""
    ordinal: bool = False


def in_case_of(printed: str, word: str) -> str:
    """The word in capitals, or with a capital, as it was printed.

    >>> in_case_of("KÉ HOẠCH", "kế hoạch")
    'KẾ HOẠCH'
    """
    letters = [letter for letter in printed if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word


def roman_by_strokes(label: str) -> str:
    """The Roman numeral that a label may have been by its strokes.

    >>> roman_by_strokes("HI")
    'III'
    """
    return "".join(_strokes().get(letter, letter) for letter in label)


@cache
def _strokes() -> dict[str, str]:
    return dict(load("slips")["strokes"])
