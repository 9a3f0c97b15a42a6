"""Folded text behind a number -> where its unit stands, what it is counted per, whom it is about."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import Phrases, phrases
from extract.normalize.idioms import Anywhere, Endings, Openings, anywhere, endings, openings

Place = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BLANKS = re.compile(r"\s+")
_ASIDE = re.compile(r"\s+(?:\([^()]*\)\s+)?")
_SLASH = re.compile(r"\s?/\s?(?:(?:0?1|một)\s+)?")
# The whole that a rate is of: "/100.000 dân", "/vạn dân".
_WHOLE = re.compile(r"\s?/\s?(?=100\s|10*[.,]?0{3}(?:[.,]?000)?\s|vạn\s|nghìn\s|triệu\s)(?:[\d.,]+|[^\W\d_]+)\s+")
_QUANTIFIER = re.compile(r"\s+(?:số\s+)?\"?")
_UNIT_WORDS = 3
_CORE_WORDS = 2  # of a longer noun phrase, the words that are sure to be the noun
_SUBJECT_WORDS = 9
_WHOLE_WORDS = 4


@cache
def vocabulary(section: str) -> Phrases:
    """The phrases of a section of `lexicon/measures.yaml`."""
    return phrases("measures", section)


@cache
def ending(section: str) -> Endings:
    """The section's wordings by what stands right before a number."""
    return endings("measures", section)


@cache
def opening(section: str) -> Openings:
    """The section's wordings by what begins at a place."""
    return openings("measures", section)


@cache
def wordings(section: str) -> Anywhere:
    """The section's wordings, wherever they stand."""
    return anywhere("measures", section)


def spells_numbers(folded: str) -> bool:
    """Whether a word is there that a number in words has before it: "ít nhất một mô hình"."""
    for word in wordings("spelled").means:  # noqa: SIM110  (twice as fast as any() over as few words)
        if word in folded:
            return True
    return False


def longest(section: str, folded: str, at: int) -> int | None:
    """The end of the section's longest phrase that stands at a place."""
    return opening(section).end_at(folded, at)


def unit_after(folded: str, at: int) -> tuple[int, int, str] | None:
    """Where the unit behind a number stands, and its sort: "unit" (tỷ đồng), "counted" (a known noun), else "noun"."""
    blank = _QUANTIFIER.match(folded, at)
    start = blank.end() if blank else at
    for section, sort in (("units", "unit"), ("counted", "counted")):
        if (end := longest(section, folded, start)) is not None:
            return start, end, sort
    end = noun_phrase(folded, start, _UNIT_WORDS + 1)
    if folded.count(" ", start, end) >= _UNIT_WORDS:
        end = noun_phrase(folded, start, _CORE_WORDS)
    return (start, end, "noun") if blank and end > start else None


def per_after(folded: str, at: int) -> Place | None:
    """Where the words stand that a number's unit is per: "/năm", "/người/năm", "/100.000 dân"."""
    if whole := _WHOLE.match(folded, at):
        start = whole.start() + len(whole[0]) - len(whole[0].lstrip(" /"))
        end = noun_phrase(folded, whole.end(), _WHOLE_WORDS)
        return (start, end) if end > whole.end() else None
    nouns: list[Place] = []
    while slash := _SLASH.match(folded, nouns[-1][1] if nouns else at):
        noun = longest("per", folded, slash.end())
        if noun is None:
            break
        nouns.append((slash.end(), noun))
    return (nouns[0][0], nouns[-1][1]) if nouns else None


def subject_after(folded: str, at: int) -> Place | None:
    """Where the people or things stand that a share is of: "100% | người dân trưởng thành | có …"."""
    blank = _ASIDE.match(folded, at)
    end = noun_phrase(folded, blank.end(), _SUBJECT_WORDS) if blank else at
    return (blank.end(), end) if blank and end > blank.end() else None


def noun_phrase(folded: str, start: int, most: int) -> int:
    """The end of the words from `start` on, up to a verb, a preposition or a sign, at most `most` of them."""
    end = longest("counted", folded, start) or start
    blank = _BLANKS.match(folded, end)
    at = blank.end() if blank and end > start else end
    ends = opening("noun_ends")
    for _ in range(most - folded.count(" ", start, at)):
        word = _WORD.match(folded, at)
        if word is None or ends.end_at(folded, at) is not None:
            break
        end = word.end()
        blank = _BLANKS.match(folded, end)
        if blank is None:
            break
        at = blank.end()
    return end


def before_verb(folded: str, start: int, end: int) -> int:
    """Where the noun ends that a verb has run into: "hội viên | trồng" ít nhất 5 cây; never inside a known noun."""
    for section in ("goals", "each_does"):
        if verb := ending(section).before(folded, end, start):
            known = max(longest(section, folded, start) or start for section in ("counted", "per"))
            noun = len(folded[: verb[0]].rstrip())
            return noun if max(known, start + 1) <= noun else end
    return end
