"""Texts with the words that were looked for marked in them, however their accents are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from extract.text import LOWER
from publish.search import Term, plain

_BETWEEN = r"[\W_]+"
_LONGEST = 320  # letters of a text that is shown
_BEFORE = 90  # letters shown before the first word found
_NEAR = 250  # letters within which the words of a place stand


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `found` if it is one that was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` of a document, where the words were found, and the text about it in pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


class Marker:
    """Marks the terms of a search in texts: all in a row where they stand so, else each by itself."""

    def __init__(self, terms: Sequence[Term]) -> None:
        patterns = list(map(_pattern, terms))
        self._terms = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        self._any = re.compile("|".join(patterns), re.IGNORECASE) if terms else None
        self._row = re.compile(_BETWEEN.join(patterns), re.IGNORECASE) if len(terms) > 1 else None

    def whole(self, text: str | None) -> list[Piece]:
        """All of a text."""
        return self._pieces(text or "", 0, len(text or ""))

    def excerpt(self, text: str | None) -> list[Piece]:
        """A text, if it is long the part of it where the first word stands."""
        text = text or ""
        marks = self._marks(text)
        first = marks.search(text) if marks else None
        return self._cut(text, first.start() if first else 0)

    def place(self, text: str) -> Place | None:
        """Where most of the terms stand near one another."""
        row = self._row.search(text) if self._row else None
        if row:
            return Place(row.start(), row.end(), tuple(self._cut(text, row.start())))
        starts = [match.start() for term in self._terms for match in term.finditer(text)]
        start = max(starts, key=lambda at: (self._terms_after(text, at), -at), default=None)
        if start is None:
            return None
        end = max(match.end() for term in self._terms for match in term.finditer(text, start, start + _NEAR))
        return Place(start, end, tuple(self._cut(text, start)))

    def _marks(self, text: str) -> re.Pattern[str] | None:
        return self._row if self._row and self._row.search(text) else self._any

    def _terms_after(self, text: str, at: int) -> int:
        return sum(bool(term.search(text, at, at + _NEAR)) for term in self._terms)

    def _cut(self, text: str, first: int) -> list[Piece]:
        if len(text) <= _LONGEST:
            return self._pieces(text, 0, len(text))
        start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1 or first
        end = len(text) if start + _LONGEST >= len(text) else max(text.rfind(" ", start, start + _LONGEST), first + 1)
        cut = self._pieces(text, start, end)
        return [*([Piece("… ")] if start else []), *cut, *([Piece(" …")] if end < len(text) else [])]

    def _pieces(self, text: str, start: int, end: int) -> list[Piece]:
        pieces, at, marks = [], start, self._marks(text)
        for match in marks.finditer(text, start, end) if marks else ():
            pieces += [Piece(text[at : match.start()]), Piece(match[0], found=True)]
            at = match.end()
        return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]


def _pattern(term: Term) -> str:
    """A term in any spelling: its words with any accents, whole, the last going on if it is open.

    >>> re.findall(_pattern(Term(("to", "cong"))), "tổ  công nghệ, to công-ty, tô, to congo")
    ['tổ  công', 'to công']
    """
    *before, last = (_spelt(word) for word in term.plain)
    if term.endings:
        last = f"(?:{'|'.join([last, *map(_spelt, term.endings)])})"
    end = r"[^\W_]*" if term.open and not term.endings else r"(?![^\W_])"
    return rf"(?<![^\W_]){_BETWEEN.join([*before, last])}{end}"


def _spelt(word: str) -> str:
    return "".join(map(_letter, word))


@cache
def _letter(letter: str) -> str:
    """A letter with any of its accents; i and y are one, as they are in `fold`."""
    spelt = {"i": "iy", "y": "iy"}.get(letter, letter)
    accents = "".join(one for one in _letters() if plain(normalize("NFD", one)[0].replace("đ", "d")) in spelt)
    return f"[{re.escape(spelt + accents)}]" if accents else re.escape(letter)


@cache
def _letters() -> str:
    """Every small letter with an accent."""
    return "".join(re.findall(f"[{LOWER}]", "".join(map(chr, range(0xC0, 0x1EFA)))))
