"""Texts as the scorer compares them, and the one-to-one matching of two lists of items by their text.

What counts as equal: case, dashes, quotes, markup, a bullet or ordinal in front, blanks, and stops at the ends do not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

Item = Mapping[str, Any]

MATCH = 0.80
"""From this likeness on two texts are the same item."""
_GRAM = 5

_MARKUP = re.compile(r"<[^>]+>|\*\*?|^#+\s*")  # "<p>", "**", "*", "## "
_PLAIN_PUNCTUATION = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "..."})
_MARKERS = re.compile(
    r"""
    ^\s*
    (?: [-+•]\s+            # "- ", "• "
      | \(?\d{1,2}[.)]\s+   # "1. ", "2) ", "(3) "
      | \(\d{1,2}\)\s*      # "(3)"
      | [a-zđ]\)\s*         # "a)"
    )+
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")
_NOT_WORD = re.compile(r"\W+")
_BLANKS = re.compile(r"\s+")
_PLEA = re.compile(r"^đề nghị\s+")
_COMMITTEE = re.compile(r"(?:ủy|uỷ) ban nhân dân")
_PLURAL = re.compile(r"^(?:các|những)\s+")
_SPACED_HYPHEN = re.compile(r"\s*-\s*")


@cache
def plain(text: str | None) -> str:
    """A text in the form that is compared.

    >>> plain("- **Phấn đấu** “100%” – hộ dân.")
    'phấn đấu "100%" - hộ dân'
    """
    lowered = unicodedata.normalize("NFC", text or "").lower()
    bare = _MARKERS.sub("", _MARKUP.sub(" ", lowered).translate(_PLAIN_PUNCTUATION))
    return _BLANKS.sub(" ", bare).strip(" .;:,")


def plain_name(text: str | None) -> str:
    """A body's name in the form that is compared.

    >>> plain_name("Đề nghị Ủy ban nhân dân các xã")
    'ubnd các xã'
    """
    name = _COMMITTEE.sub("ubnd", _PLEA.sub("", plain(text)))
    return _SPACED_HYPHEN.sub("-", _PLURAL.sub("", name))


@cache
def _words(text: str | None) -> tuple[Counter[str], int]:
    words = _WORD.findall(plain(text))
    return Counter(words), len(words)


@cache
def _grams(text: str | None) -> tuple[Counter[str], int]:
    """Runs of letters with the blanks taken out: damaged text loses blanks, or gains some."""
    letters = _NOT_WORD.sub("", plain(text))
    count = max(1, len(letters) - _GRAM + 1)
    return Counter(letters[i : i + _GRAM] for i in range(count)), count


def _overlap(one: tuple[Counter[str], int], other: tuple[Counter[str], int], least: float) -> float:
    """Dice overlap of two bags; 0 without counting where their sizes alone keep it under `least`."""
    total = one[1] + other[1]
    if not total or 2 * min(one[1], other[1]) / total < least:
        return 0.0
    return 2 * (one[0] & other[0]).total() / total


def likeness(gold: Item, found: Item, least: float = MATCH) -> float:
    """How alike two items' texts are, 0 to 1, exact from `least` on.

    Gold may give only its first words, as `starts`: these are held against as many first words.
    """
    text = found.get("text")
    if "starts" not in gold:
        said = gold.get("text")
        return max(_overlap(_words(said), _words(text), least), _overlap(_grams(said), _grams(text), least))
    opening = _words(gold["starts"])
    first = _WORD.findall(plain(text))[: opening[1]]
    return _overlap(opening, (Counter(first), len(first)), least)


def matched(
    gold: Sequence[Item],
    found: Sequence[Item],
    *,
    least: float = MATCH,
    same: Callable[[Item, Item], bool] = lambda _gold, _found: True,
) -> list[tuple[int, int]]:
    """The pairs `(index in gold, index in found)` of items that are the same, the most alike first.

    They are as alike as `least`, and `same` says yes to them.
    """
    candidates = sorted(
        (
            (score, -abs(i - j), i, j)
            for i, item in enumerate(gold)
            for j, other in enumerate(found)
            if same(item, other) and (score := likeness(item, other, least)) >= least
        ),
        reverse=True,
    )
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    pairs = []
    for _, _, i, j in candidates:
        if i in free_gold and j in free_found:
            free_gold.remove(i)
            free_found.remove(j)
            pairs.append((i, j))
    return pairs
