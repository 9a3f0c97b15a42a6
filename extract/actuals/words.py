"""The sections of `lexicon/results.yaml`, by how they are looked up."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.normalize.idioms import Anywhere, Endings, Meaning, Openings, anywhere, endings, openings

_WORD = re.compile(r"\w+")


@cache
def _ending(section: str) -> Endings:
    return endings("results", section)


def right_before(section: str, folded: str, at: int, begin: int = 0) -> tuple[int, Meaning] | None:
    """Where the section's longest wording that ends at a place begins, not before `begin`, and what it means."""
    return _ending(section).before(folded, at, begin) if _may_end(section, folded) else None


@lru_cache(maxsize=1024)
def _may_end(section: str, folded: str) -> bool:
    """Whether a text has the last word of one of the section's wordings at all; asked of a paragraph many times."""
    found = _ending(section)
    return bool(found.signs) or not found.last_words.isdisjoint(_words(folded))


@lru_cache(maxsize=16)
def _words(folded: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded))


@cache
def opening(section: str) -> Openings:
    """The section's wordings by what begins at a place."""
    return openings("results", section)


@cache
def wordings(section: str) -> Anywhere:
    """The section's wordings, wherever they stand."""
    return anywhere("results", section)


def all_in(section: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int, Meaning]]:
    """Start, end and meaning of each of the section's wordings in `folded[start:end]`."""
    return wordings(section).find_all(folded, start, end) if _may_stand(section, folded) else iter(())


@lru_cache(maxsize=256)
def _may_stand(section: str, folded: str) -> bool:
    """Whether a text has one of the section's wordings at all."""
    return anywhere_in(section, folded)


def anywhere_in(section: str, folded: str) -> bool:
    """Whether one of the section's wordings stands in folded text."""
    return wordings(section).are_in(folded, 0, len(folded))
