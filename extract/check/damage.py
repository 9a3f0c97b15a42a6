"""Text -> words that scanning or typing damaged: a wrong word where a common one belongs, a lost tone, O for 0."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.lexicon import Phrase, phrases
from extract.text import fold

# "thưc hiện", "nhât": a syllable that ends in a stop bears a tone; words with marked vowels are no foreign names
_TONELESS_END = re.compile(r"[âêôơư](?:ch|c|p|t)(?![^\W\d_])")
_ONSET = re.compile(r"[^\W\d_]*\Z")
_LONGEST_ONSET = 4
_MIXED = re.compile(r"\d[OolI]|[lI]\d")
# "2O26", "9O%", "l00%", "0l tháng", "l5/6"
_LETTER_FOR_FIGURE = re.compile(
    r"""(?<![\w./:-])(?:
        \d+[OolI]\d+(?!\w)
      | \d+[Oo](?=\s*%)
      | [lI]\d+(?=\s*[%/])
      | \d[lI](?=\s+tháng|\s*/)
    )""",
    re.VERBOSE,
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_REACH = 40  # characters; no phrase of the lexicon is longer


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged word's range, and what belongs there, "" where that can't be said."""

    start: int
    end: int
    right: str


def damages(text: str, folded: str) -> tuple[Damage, ...]:
    """The damaged words of a text in its order."""
    figures = _LETTER_FOR_FIGURE.finditer(text) if _MIXED.search(text) else ()
    found = [*_wrong_words(folded), *_toneless(folded), *(Damage(*m.span(), "") for m in figures)]
    return tuple(sorted(found, key=lambda d: (d.start, d.end)))


def _wrong_words(folded: str) -> Iterator[Damage]:
    """The lexicon's damaged words, but where they are part of a sound one."""
    for phrase in phrases("checks", "damaged"):
        for start, end in _places(phrase, folded):
            if not any(_is_inside(sound, folded, start, end) for sound in phrases("checks", "undamaged")):
                yield Damage(start, end, phrase.means["right"])


def _places(phrase: Phrase, folded: str) -> Iterator[tuple[int, int]]:
    """The matches of a phrase, looked for only around its longest run of words: most of these are in no text."""
    done, needle = 0, _needle(phrase.phrase)
    at = folded.find(needle)
    while at >= 0:
        match = phrase.pattern.search(folded, max(done, at - _REACH), _word_end(folded, at + _REACH))
        if match:
            yield match.span()
            done = match.end()
        at = folded.find(needle, max(done, at + 1))


@cache
def _needle(phrase: str) -> str:
    """The longest run of words that a phrase has outside brackets; the cleaned text has one blank between words.

    >>> _needle("hướng dân (các|người)")
    'hướng dân '
    """
    return max(_BRACKETED.split(fold(phrase).strip("^$")), key=len)


def _word_end(folded: str, at: int) -> int:
    """The next blank, so that no word is cut."""
    blank = folded.find(" ", at)
    return len(folded) if blank < 0 else blank


def _is_inside(sound: Phrase, folded: str, start: int, end: int) -> bool:
    window = max(0, start - _REACH), _word_end(folded, min(end + _REACH, len(folded)))
    return any(m.start() < end and start < m.end() for m in sound.pattern.finditer(folded, *window))


def _toneless(folded: str) -> Iterator[Damage]:
    for match in _TONELESS_END.finditer(folded):
        onset = _ONSET.search(folded, max(0, match.start() - _LONGEST_ONSET - 1), match.start())
        start = onset.start() if onset else match.start()
        if match.start() - start <= _LONGEST_ONSET:
            yield Damage(start, match.end(), "")
