"""Sections of the lexicon that are lists of words, "(tháng|quý|năm)" -> the words, or one pattern for them all."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from extract.lexicon import load
from extract.text import fold


def words(name: str, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each alternative of a section's phrases, as printed, with its entry; anchors left out."""
    for entry in load(name)[section]:
        for phrase in entry.get("phrases") or [entry["phrase"]]:
            bare = phrase.removeprefix("^").removesuffix("$").removeprefix("(")
            for word in bare.replace(").", "|").removesuffix(")").removesuffix("|").split("|"):
                yield (f"{word}." if ")." in phrase else word), entry


@cache
def folded_words(name: str, section: str) -> frozenset[str]:
    """A section's words folded."""
    return frozenset(fold(word) for word, _ in words(name, section))


@cache
def either(name: str, section: str, *, blanks: bool = True, anchored: bool = False) -> re.Pattern[str]:
    """One pattern for a section's words, for folded text; of those that fit, the longest.

    Without `blanks`, those inside a phrase may be lost: "Nơinhận". `anchored` keeps a match to the text's end.
    """
    found = sorted({fold(word) for word, _ in words(name, section)}, key=len, reverse=True)
    gap = r"\s+" if blanks else r"\s*"
    options = "|".join(
        (r"(?<!\w)" if word[0].isalnum() else "")
        + re.escape(word).replace(r"\ ", gap)
        + (r"(?!\w)" if word[-1].isalnum() else "")
        for word in found
    )
    return re.compile(rf"(?:{options})\W*\Z" if anchored else f"(?:{options})")
