"""Numbers with letters among their figures -> numbers: "l00%", "2O26", "I5 tấn", "3O/6/2026"."""

import re
from collections.abc import Iterator
from functools import cache

from extract.lexicon import load
from extract.text import UPPER

# Two searches, each with one thing to look for first, take half the time of one with both.
_FIGURE_FIRST = re.compile(r"\d[OoQlI|!]")
_LETTER_FIRST = re.compile(r"[lIO]\d")
_LETTERS = "OoQlI|!"
# "2O26", "I5", "l00", "lO%": a part of a number between strokes, dots and commas
_NUMBER = re.compile(
    rf"""(?<![\w|!.,/-])
    (?P<number>(?:[\d{_LETTERS}]+[./,])*[\d{_LETTERS}]+)
    (?P<after>\s?%|(?=[\s;:)\]?]|[.,](?:\s|$)|$))""",
    re.VERBOSE,
)
_DATE_OF_QUARTER = re.compile(r"(?<=[IV]/)(?P<number>2[\dOo]{3})(?!\w)")
_MIXED = re.compile(rf"(?=.*\d)(?=.*[{_LETTERS}])[\d{_LETTERS}]+")
_ROMAN = re.compile(r"[IVX]+")
_CODED = re.compile(rf"(?:[{UPPER}]\w*|[/-])\s*\Z")  # "Nhà I2", "khu A O1"
_COUNTED = re.compile(r"\s+[^\W\d_]|\s*$|\s*[%/,;.)]")


def has_mixed_figures(text: str) -> bool:
    """Whether a letter that may stand for a figure stands beside one anywhere."""
    return _FIGURE_FIRST.search(text) is not None or _LETTER_FIRST.search(text) is not None


def figure_slips(text: str) -> Iterator[tuple[int, int, str]]:
    """The ranges of a line's damaged numbers, with what was meant."""
    for match in _NUMBER.finditer(text):
        number = match["number"]
        if not _is_damaged(number, percent="%" in match["after"]) or number in _sound():
            continue
        if not _is_counted(text, match.start("number"), match.end("number"), number):
            continue
        yield match.start("number"), match.end("number"), as_figures(number)
    for match in _DATE_OF_QUARTER.finditer(text):
        if not match["number"].isdigit():
            yield match.start("number"), match.end("number"), as_figures(match["number"])


def as_figures(printed: str) -> str:
    """The number with the letters that stand for figures replaced.

    >>> as_figures("3O/6/2O26")
    '30/6/2026'
    """
    parts = re.split(r"([./,])", printed)
    return "".join(part if _ROMAN.fullmatch(part) and len(parts) > 1 else part.translate(_figures()) for part in parts)


def _is_damaged(number: str, *, percent: bool) -> bool:
    """Figures and letters in one part of it; before % also letters only: "lO%"."""
    parts = re.split(r"[./,]", number)
    if any(_MIXED.fullmatch(part) for part in parts):
        return True
    return (
        percent and len(number) > 1 and number[0] in "lI1" and not number.isdigit() and number[1:2] in {"O", "o", "0"}
    )


def _is_counted(text: str, start: int, end: int, number: str) -> bool:
    """Whether it stands as a number does and not as a name ("Nhà I2") or a measure ("5l")."""
    if re.fullmatch(r"[1-9]\d*l", number) and not re.match(r"\s+tháng|\s*/", text[end:]):
        return False
    if re.fullmatch(r"[OQ!|]\d|\d[!|]", number) and not re.match(r"\s+[^\W\d_]", text[end:]):
        return False
    if len(number) == 2 and number[0] in "IOQ" and (_CODED.search(text[:start]) or _names_a_thing(text[:start])):
        return False
    return _COUNTED.match(text[end:]) is not None


def _names_a_thing(before: str) -> bool:
    return before.rstrip().rpartition(" ")[2].lower() in _named()


@cache
def _named() -> frozenset[str]:
    return frozenset(load("slips")["named"])


@cache
def _figures() -> dict[int, str]:
    return {ord(letter): figure for letter, figure in load("slips")["figures"].items()}


@cache
def _sound() -> frozenset[str]:
    return frozenset(load("slips")["sound"])
