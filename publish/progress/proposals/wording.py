"""How far two wordings say the same, each word counting as much as it is rare.

`publish.pages.likeness` says what a text is compared by; its own measure treats both texts alike and all words the
same, which does for whole sentences. A report names a target shortly, so here each text is asked for in the other.
"""

import json
import math
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extract.text import fold, unaccented
from publish.pages.likeness import content_words, features
from publish.search import plain

Weight = Callable[[str], float]

_LETTERS = re.compile(r"\b[^\W\d_]{3,8}\b")
_ALWAYS = 0.05  # what the most common word still counts
_LITTLE = 0.25  # the square of F's beta


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as it is compared; `short` says that some of it may be initials, `bare` that it has no accents."""

    features: frozenset[str]
    weight: float
    short: bool
    bare: bool


@dataclass(slots=True)
class Wording:
    """Texts as they are compared: `weight` by word without accents, `names` of places taken out."""

    weight: Weight
    names: tuple[str, ...] = ()
    _texts: dict[str, _Read] = field(default_factory=dict)
    _features: dict[str, float] = field(default_factory=dict)

    def shared(self, one: str, other: str) -> tuple[float, float]:
        """How much of the first text stands in the second and how much of the second in the first, each 0 to 1.

        Where one of them was typed without accents, neither is compared with them.
        """
        first, second = self._read(one), self._read(other)
        if first.short or second.short:
            one, other = _spelled_out(one, other), _spelled_out(other, one)
            first, second = self._read(one), self._read(other)
        if first.bare or second.bare:
            first, second = self._read(unaccented(one)), self._read(unaccented(other))
        common = sum(map(self._weighed, first.features & second.features))
        return (common / first.weight, common / second.weight) if common else (0.0, 0.0)

    def found(self, short: str, long: str) -> float:
        """How far a short wording stands in a longer one, 0 to 1; what the longer one says beside it counts little.

        >>> round(Wording(lambda word: 1.0).found("lớp tập huấn", "mở lớp tập huấn kỹ năng số"), 2)
        0.76
        """
        first, second = self.shared(short, long)
        return (1 + _LITTLE) * first * second / (_LITTLE * first + second) if first and second else 0.0

    def _read(self, text: str) -> _Read:
        if text not in self._texts:
            found = frozenset(features(text, _nothing, self.names))
            short = not text.isupper() and any(map(str.isupper, _LETTERS.findall(text)))
            self._texts[text] = _Read(found, sum(map(self._weighed, found)), short, _bare(text))
        return self._texts[text]

    def _weighed(self, feature: str) -> float:
        """A pair of neighbours counts as its words do on average: most Vietnamese words are two syllables."""
        if feature not in self._features:
            words = feature.split()
            self._features[feature] = sum(map(self.weight, words)) / len(words)
        return self._features[feature]


def rarity(connection: sqlite3.Connection, texts: Iterable[str]) -> Weight:
    """Weights of the words of these texts, by how many of the database's targets have them."""
    words = sorted({plain(word) for text in texts for word in content_words(text)})
    total = connection.execute("select number from totals where name = 'targets'").fetchone()
    found = connection.execute(
        "select word, targets from words where word in (select value from json_each(?))", (json.dumps(words),)
    )
    return weights(dict(found), total[0] if total else 0)


def weights(counts: dict[str, int], total: int) -> Weight:
    """The rarer a word is among so many texts, the more it says; one that nobody counted says most."""
    most = math.log(total + 2)

    def weight(word: str) -> float:
        often = counts.get(plain(word), 0)
        return max(_ALWAYS, math.log((total + 2) / (often + 1)) / most)

    return weight


def _nothing(_word: str) -> bool:
    return False


def _bare(text: str) -> bool:
    """Whether a text of some length has no accent at all."""
    return len(text) > 12 and text.isascii()


def _spelled_out(text: str, other: str) -> str:
    """A text with its initials put as the words of the other that they stand for: "CNSCĐ", "BHYT"."""
    words = content_words(other)
    initials = "".join(word[0] for word in words)

    def whole(found: re.Match[str]) -> str:
        short = fold(found[0])
        at = initials.find(short)
        return " ".join(words[at : at + len(short)]) if at >= 0 else found[0]

    return _LETTERS.sub(lambda found: whole(found) if found[0].isupper() else found[0], text)
