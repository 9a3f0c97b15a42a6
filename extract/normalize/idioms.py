"""Phrases of the lexicon that have no slots, written out -> a look in a table for what stands at a place.

Far quicker than a search with each phrase's pattern, and with the same answers: `tests/test_idioms.py` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from extract.lexicon import phrases
from extract.text import fold

Meaning = Mapping[str, Any]
# Brackets with what they hold, or what stands between brackets.
_PIECE = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\((?:[^()]|\([^()]*\))*\)|[^\[\]()]+")
_WORD = re.compile(r"\w+")
_BEFORE_MARK = re.compile(r" (?=[,.;:%/-])")
_MARKS = "\"'([-+*•,.:;"
_LONGEST = 48  # characters of the longest phrase that may stand before a number or a time


def written_out(phrase: str) -> Iterator[str]:
    """Every wording that a phrase without slots stands for, folded.

    >>> sorted(written_out("(ít nhất|tối thiểu) [là]$"))
    ['tối thiểu', 'tối thiểu là', 'ít nhất', 'ít nhất là']
    """
    bare = fold(phrase).removeprefix("^").removesuffix("$")
    yield from dict.fromkeys(_BEFORE_MARK.sub("", " ".join(way.split())) for way in _alternatives(bare))


def _alternatives(text: str) -> Iterator[str]:
    for option in _parted(text):
        pieces = [tuple(_ways(piece[0])) for piece in _PIECE.finditer(option)]
        yield from ("".join(way) for way in product(*pieces))


def _ways(piece: str) -> Iterator[str]:
    if piece[0] == "[":
        yield ""
    yield from _alternatives(piece[1:-1]) if piece[0] in "[(" else (piece,)


def _parted(text: str) -> list[str]:
    """The options of "a|b (c|d)", parted at the bars outside brackets."""
    depth, options = 0, [""]
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            options.append("")
        else:
            options[-1] += letter
    return options


def _wordings(name: str, section: str) -> dict[str, Meaning]:
    """Each wording of a section with what it means; the first entry that has it decides."""
    found: dict[str, Meaning] = {}
    for phrase in phrases(name, section):
        for wording in written_out(phrase.phrase):
            found.setdefault(wording, phrase.means)
    return found


@dataclass(frozen=True, slots=True)
class Endings:
    """The wordings of a section whose phrases end with $: what stands right before a place."""

    words: Mapping[str, Meaning]
    last_words: frozenset[str]
    signs: Mapping[str, Meaning]
    most: int

    def before(self, folded: str, at: int, begin: int = 0) -> tuple[int, Meaning] | None:
        """Where the longest wording that ends at `at`, marks between left out, begins, and what it means."""
        end = at
        while end > begin and not folded[end - 1].isalnum():
            end -= 1
        if self.signs and end < at and (sign := self._sign(folded, at, begin)):
            return sign
        last = folded[max(begin, folded.rfind(" ", begin, end) + 1) : end]
        if last.lstrip(_MARKS) not in self.last_words and "\n" not in last:
            return None
        tail = folded[max(begin, end - _LONGEST) : end].split()[-self.most :]
        for i, first in enumerate(tail):
            wording = " ".join((first.lstrip(_MARKS), *tail[i + 1 :]))
            if (means := self.words.get(wording)) is None:
                continue
            start = _start_of(folded, wording, end)
            if start >= begin and not (start and folded[start - 1].isalnum()):
                return start, means
        return None

    def _sign(self, folded: str, at: int, begin: int) -> tuple[int, Meaning] | None:
        if folded[at - 1] in _MARKS or (folded[at - 1] == " " and folded[at - 2].isalnum()):
            return None
        for sign, means in self.signs.items():
            start = at - len(sign) - (folded[at - 1] == " ")
            if start >= begin and folded.startswith(sign, start):
                return start, means
        return None


def _start_of(folded: str, wording: str, end: int) -> int:
    """Where a wording that ends at a place begins, whatever white space parts its words."""
    start = end - len(wording)
    if start >= 0 and folded.startswith(wording, start):
        return start
    start = end
    for word in reversed(wording.split()):
        start = folded.rfind(word, 0, start)
    return start


@dataclass(frozen=True, slots=True)
class Openings:
    """The wordings of a section by their first word: what begins at a place."""

    by_first: Mapping[str, re.Pattern[str] | None]

    def end_at(self, folded: str, at: int) -> int | None:
        """The end of the longest wording that begins at a place."""
        word = _WORD.match(folded, at)
        if word is None or (pattern := self.by_first.get(word[0], _NONE)) is _NONE:
            return None
        if pattern is None:
            return word.end()
        match = pattern.match(folded, at)
        return match.end() if match else None


_NONE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Anywhere:
    """The wordings of a section wherever they stand; of those that begin at one place, the longest."""

    pattern: re.Pattern[str]
    means: Mapping[str, Meaning]

    def find_all(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int, Meaning]]:
        """Start, end and meaning of each that stands in `folded[start:end]`, left to right."""
        for match in self.pattern.finditer(folded, start, end):
            if not (match.start() and folded[match.start() - 1].isalnum()):
                yield match.start(), match.end(), self.means[" ".join(match[0].split())]

    def are_in(self, folded: str, start: int, end: int) -> bool:
        """Whether one of them stands in `folded[start:end]`."""
        return next(self.find_all(folded, start, end), None) is not None


@cache
def endings(name: str, section: str) -> Endings:
    """The table of a section of phrases that end with $."""
    found = _wordings(name, section)
    words = {bare: means for wording, means in found.items() if (bare := wording.rstrip(_MARKS))[-1:].isalnum()}
    signs = {w: found[w] for w in sorted(found, key=len, reverse=True) if not any(c.isalnum() for c in w)}
    last_words = frozenset(wording.rpartition(" ")[2] for wording in words)
    return Endings(words, last_words, signs, max(wording.count(" ") for wording in words) + 1)


@cache
def openings(name: str, section: str) -> Openings:
    """The table of a section by first words."""
    by_first: dict[str, list[str]] = {}
    for wording in _wordings(name, section):
        first = _WORD.match(wording)
        if first is not None:
            by_first.setdefault(first[0], []).append(wording)
    return Openings({first: None if found == [first] else _pattern(found) for first, found in by_first.items()})


@cache
def anywhere(name: str, section: str) -> Anywhere:
    """The table of a section of phrases without anchors."""
    found = _wordings(name, section)
    return Anywhere(_pattern(found), found)


def _pattern(wordings: Mapping[str, Meaning] | list[str]) -> re.Pattern[str]:
    longest_first = sorted(wordings, key=len, reverse=True)
    options = (re.escape(w).replace(r"\ ", r"\s+") + (r"(?!\w)" if w[-1].isalnum() else "") for w in longest_first)
    return re.compile("(?:" + "|".join(options) + ")")
