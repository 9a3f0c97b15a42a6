"""How alike two wordings are: the share of words and word pairs that they have in common.

Names of places, numbers and years say nothing about the subject and are left out; so are single words that stand in
every tenth text of the database. Word pairs stay, since most Vietnamese words are two syllables.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from extract.text import fold

Features = tuple[str, ...]
IsCommon = Callable[[str], bool]
Scores = npt.NDArray[np.float32]
Candidate = tuple[int, int, float]  # a place in the first list, one in the second, and how alike they are

LEAST = 30.0  # of 100; below it, pairs of unlike plans are mostly unlike too
_WORD = re.compile(r"[^\W\d_]+")


def features(text: str, common: IsCommon, names: Sequence[str] = ()) -> Features:
    """What a text is compared by: its words and pairs of neighbours, sorted; `names` are taken out.

    >>> features("Tập huấn 05 lớp năm 2026 tại xã Khe Vàng", {"lớp"}.__contains__, place_names(["xã Khe Vàng"]))
    ('huấn', 'huấn lớp', 'lớp năm', 'năm', 'năm tại', 'tại', 'tập', 'tập huấn')
    """
    words = content_words(text, names)
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return tuple(sorted([*(word for word in words if not common(word)), *pairs]))


def content_words(text: str, names: Sequence[str] = ()) -> list[str]:
    """The folded words of a text, without numbers and without the names."""
    words = _WORD.findall(fold(text))
    if not names:
        return words
    joined = f" {' '.join(words)} "
    for name in names:
        joined = joined.replace(name, " ")
    return joined.split()


def place_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they stand between the folded words of a text, the longest first.

    A name of one syllable is left where it is unless its kind stands before it: "an" alone may be any word.
    """
    words = {" ".join(_WORD.findall(fold(name))) for name in names}
    return tuple(sorted((f" {name} " for name in words if " " in name), key=lambda name: (-len(name), name)))


def likeness(first: Sequence[Features], second: Sequence[Features]) -> Scores:
    """How alike each of the first is to each of the second, of 100: a row for each of the first.

    Texts that nothing is left of are like none.
    """
    if not first or not second:
        return np.zeros((len(first), len(second)), np.float32)
    scores = process.cdist(first, second, scorer=fuzz.ratio, dtype=np.float32)
    scores[[not one for one in first]] = 0
    scores[:, [not one for one in second]] = 0
    return scores


def alike(scores: Scores, least: float = LEAST) -> list[Candidate]:
    """The pairs whose wording is alike enough."""
    return [(i, j, float(scores[i, j])) for i, j in np.argwhere(scores >= least).tolist()]


def best_pairs(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One-to-one: the most alike first, each place taken once; of equals the pair that stands earlier.

    >>> best_pairs([(0, 0, 80), (0, 1, 90), (1, 0, 85), (1, 1, 40)])
    [(0, 1, 90), (1, 0, 85)]
    """
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for i, j, score in sorted(candidates, key=lambda one: (-one[2], one[0] + one[1])):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((i, j, score))
    return found
