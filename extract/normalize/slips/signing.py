"""The lines around a scan's signature -> the signer's position, where the stamp over it spoiled a letter or two."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from extract.lexicon import load
from extract.normalize.wordlists import either
from extract.text import fold, unaccented

_MOST_LINES = 30
_LONGEST = 40  # characters
_CAPITALS = 0.6  # of the letters
_LIKE, _LIKE_WORD = 0.75, 0.3  # of two positions' letters, of two words'
_STAIN = 3  # characters before a line's words that are none
_WORD, _LETTER = re.compile(r"\S+"), re.compile(r"[^\W\d_]")

Edit = tuple[int, int, int, str]


def position_slips(texts: Sequence[str]) -> Iterator[Edit]:
    """Line, range and what was meant, of the lines behind "Nơi nhận" that are a position but for a letter or two."""
    begin = next((i for i in range(len(texts) - 1, -1, -1) if _opens(texts[i])), len(texts))
    for i in range(begin, min(len(texts), begin + _MOST_LINES)):
        heading = _opens(texts[i])
        start = heading.end() if heading else 0
        if (found := _position(texts[i][start:])) is not None:
            yield i, start + found[0], start + found[1], found[2]


def letter_slips(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters of no language that plans are written in, inside words, as those they look like: "Šeo"."""
    for match in _foreign().finditer(text) if not text.isascii() else ():
        yield *match.span(), str(load("slips")["foreign"][match[0]])


@cache
def _foreign() -> re.Pattern[str]:
    letters = "".join(load("slips")["foreign"])
    return re.compile(rf"[{letters}](?=[^\W\d_])|(?<=[^\W\d_])[{letters}]")


def _opens(text: str) -> re.Match[str] | None:
    return either("letterhead", "recipients_heading", blanks=False).match(fold(text))


def _position(text: str) -> tuple[int, int, str] | None:
    """The range of a line in capitals that is nearly a position, and the position."""
    words = [w for w in _WORD.finditer(text) if _LETTER.search(w[0])]
    letters = "".join(_LETTER.findall(text))
    if len(words) < 2 or len(text) > _LONGEST or sum(map(str.isupper, letters)) < _CAPITALS * len(letters):
        return None
    if len(words) > 2 and either("letterhead", "capacities").match(fold(words[0][0])):
        words = words[1:]  # "KT."
    if words[0][0].endswith("."):
        return None  # an abbreviation
    printed = tuple(unaccented("".join(_LETTER.findall(w[0]))) for w in words)
    right = max(((_likeness(printed, plain), name) for plain, name in _positions(len(words))), default=(0.0, ""))
    if right[0] < _LIKE or fold(text[words[0].start() :]) == right[1]:
        return None
    start = words[0].start()
    return (start if start > _STAIN else 0), words[-1].end(), right[1].upper()


def _likeness(printed: Sequence[str], plain: Sequence[str]) -> float:
    """How much of two lines' letters is the same; 0 where a word has next to nothing of the other's."""
    pairs = zip(printed, plain, strict=True)
    if any(SequenceMatcher(None, a, b).ratio() < _LIKE_WORD for a, b in pairs):
        return 0.0
    return SequenceMatcher(None, " ".join(printed), " ".join(plain)).ratio()


@cache
def _positions(words: int) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The positions of so many words, without marks and as written."""
    names = [name for name in load("slips")["signers"] if len(name.split()) == words]
    return tuple((tuple(unaccented(name).split()), name) for name in names)
