"""A target's text -> the code of the indicator it is about, `other` where none fits for sure."""

from extract.lexicon import Phrase, phrases
from extract.text import fold


def indicator_of(text: str) -> str:
    """The code of `codelists/indicators.csv` that the words of a target point to.

    Each indicator has phrases with a weight; the code with the most weight wins, a tie or a weight under the least
    needed gives `other`: a wrong code would make targets comparable that are not.
    """
    folded = fold(text)
    weights: dict[str, float] = {}
    for phrase in phrases("indicators", "words"):
        match = phrase.find(folded)
        if match:
            weights[phrase.means["code"]] = weights.get(phrase.means["code"], 0.0) + _weight(phrase, match.start(), folded)
    if not weights:
        return "other"
    best, second = sorted([*weights.values(), 0.0], reverse=True)[:2]
    if best < 1 or best == second:
        return "other"
    return max(weights, key=lambda code: weights[code])


def _weight(phrase: Phrase, start: int, folded: str) -> float:
    """What comes first weighs more: the subject of a target stands before its particulars."""
    weight = float(phrase.means.get("weight", 1))
    return weight * (1.0 if start < 0.5 * len(folded) else 0.6)
