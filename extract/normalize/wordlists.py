"""Sections of the lexicon that are lists of words, "(tháng|quý|năm)" -> the words, or one pattern for them all."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from extract.lexicon import load
from extract.text import fold


@cache
def _lexicon(name: str) -> Any:
    return load(name)


def words(name: str, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each alternative of a section's phrases, as printed, with its entry; anchors left out."""
    for entry in _lexicon(name)[section]:
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
    found = either_of(folded_words(name, section), blanks=blanks)
    return re.compile(rf"{found}\W*\Z" if anchored else found)


def either_of(found: Iterable[str], *, blanks: bool = True, begins: bool = True, ends: bool = True) -> str:
    """The pattern of one of several folded words, the longest that fits; whole words unless `begins` or `ends` is off.

    Common beginnings are written once, and what must not stand before a word is asked after its first letter, so that
    a search skips to places where one may begin.
    """
    ordered = sorted(set(found), key=len, reverse=True)
    plain = [w for w in ordered if w[0].isalnum() and w[-1].isalnum()]
    options = [_marked(w, blanks=blanks) for w in ordered if not (w[0].isalnum() and w[-1].isalnum())]
    if plain:
        options.append(_tree(plain, blanks, begins) + (r"(?!\w)" if ends else ""))
    return f"(?:{'|'.join(options)})"


def _marked(word: str, *, blanks: bool) -> str:
    """A word that begins or ends in a mark: "tm.", ","."""
    before, after = r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else ""
    return before + re.escape(word).replace(r"\ ", r"\s+" if blanks else r"\s*") + after


def _tree(found: Iterable[str], blanks: bool, begins: bool = False) -> str:
    """The words as a tree of their letters; `begins` forbids a letter before the first."""
    rests: dict[str, list[str]] = {}
    for word in found:
        rests.setdefault(word[:1], []).append(word[1:])
    optional = rests.pop("", None) is not None
    gap = r"\s+" if blanks else r"\s*"
    edge = r"(?<!\w\w)" if begins else ""
    options = [
        (gap if letter == " " else re.escape(letter)) + edge + (_tree(rest, blanks) if any(rest) else "")
        for letter, rest in sorted(rests.items())
    ]
    if len(options) == 1 and not optional:
        return options[0]
    return f"(?:{'|'.join(options)})" + ("?" if optional else "")
