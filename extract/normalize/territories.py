"""Text -> the territories it names: a kind ("xã", "TP.") and the name after it, in natural case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.model import Mention
from extract.normalize.gazetteer import is_listed, key, listed, province_types
from extract.normalize.wordlists import either_of, folded_words, words
from extract.text import fold, squeezed

_SYLLABLE = re.compile(r"(?:\s+|\s*[-–]\s*)?([^\W_]+(?:['’][^\W_]+)*)")
_MOST_UNLISTED = 3  # syllables of a name that is in no list
_MOST_SYLLABLES = 6  # "Văn Miếu - Quốc Tử Giám" has five


@dataclass(frozen=True, slots=True)
class Territory:
    """A kind and a name as a document prints them, the name in natural case."""

    type: str
    name: str


@cache
def _types() -> dict[str, str]:
    return {fold(word): entry["type"] for word, entry in words("places", "types")}


@cache
def levels() -> dict[str, str]:
    """The level of government of a kind of territory; a city is a district's until its name says otherwise."""
    return {entry["type"]: entry["level"] for _, entry in words("places", "types")}


@cache
def not_bare() -> frozenset[str]:
    """Provinces' names that are people's or common words too."""
    return folded_words("places", "not_bare")


@cache
def _territory() -> re.Pattern[str]:
    return re.compile(rf"({either_of(_types())})(?:(?<=tp)\.|(?<=tx)\.)?(?=\s*[^\W_])")


def territories(text: str, folded: str, start: int = 0, end: int | None = None) -> Iterator[Mention[Territory]]:
    """Every kind of territory with a name after it: "phường Hồng Gai", "TP. HỒ CHÍ MINH", "quận 3"."""
    end = len(text) if end is None else end
    for word in _territory().finditer(folded, start, end):
        kind = _types()[squeezed(word[1])]
        if (named := _named(kind, text, word.end(), end)) is not None:
            yield Mention(word.start(), named.end, Territory(kind, named.value))


def _named(kind: str, text: str, at: int, end: int) -> Mention[str] | None:
    """The name that begins at `at`: the longest the lists have, else all syllables with a capital.

    A commune's name may go on after one the lists have: many communes are in no list any more.
    """
    ends = list(_capitalised(text, at, end))
    if not ends:
        return None
    begin = at + len(text[at:end]) - len(text[at:end].lstrip())
    known = [e for e in ends if is_listed(kind, text[begin:e])]
    first = fold(text[begin : ends[0]])
    if not known and ("\n" in text[at:begin] or first.isdigit() or first in _not_names()):
        return None
    line_end = text.find("\n", begin, end)
    own_line = [e for e in ends[:_MOST_UNLISTED] if line_end < 0 or e <= line_end] or ends[:1]
    stop = own_line[-1]
    if known and (levels()[kind] != "commune" or len(ends) > _MOST_UNLISTED or known[-1] > stop):
        stop = known[-1]
    return Mention(begin, stop, natural_name(kind, text[begin:stop]))


@cache
def _not_names() -> frozenset[str]:
    return folded_words("places", "not_names")


def _capitalised(text: str, at: int, end: int) -> Iterator[int]:
    """The end of each syllable from `at` on while they begin with a capital or a figure; in capitals, while they do."""
    small = True
    for _ in range(_MOST_SYLLABLES):
        syllable = _SYLLABLE.match(text, at, end)
        if syllable is None or not (syllable[1][0].isupper() or syllable[1].isdigit()):
            return
        if not small and syllable[1] != syllable[1].upper():
            return
        small = small and (len(syllable[1]) == 1 or syllable[1] != syllable[1].upper() or syllable[1].isdigit())
        at = syllable.end()
        yield at


def natural_name(kind: str, printed: str) -> str:
    """A territory's name with capitals as people write them, letters as printed: "ĐẮK R'LẤP" -> "Đắk R'lấp"."""
    printed = squeezed(printed)
    if printed != printed.upper() or printed.isdigit():
        return printed
    for unit in listed(kind, printed):
        if len(unit.name) == len(printed):
            pairs = zip(printed, unit.name, strict=True)
            return "".join(c if model.isupper() else c.lower() for c, model in pairs)
    return titled(printed)


def titled(printed: str) -> str:
    """Each syllable with one capital, its first letter.

    >>> titled("CHÂN MÂY - LĂNG CÔ")
    'Chân Mây - Lăng Cô'
    """
    return " ".join(word[:1].upper() + word[1:].lower() for word in printed.split())


def is_province(kind: str, name: str) -> bool:
    """Whether a province or a centrally run city is called so; Huế and Thủ Đức depend on the kind too."""
    return kind in ("tỉnh", "thành phố") and kind in province_types().get(key(name), ())


def ends_in_province(name: str, *, or_word: bool = True) -> Territory | None:
    """The province whose name a body's ends in: "Sở Y tế Nghệ An".

    Without `or_word`, not one that is a person's name or a common word too: "Đoàn TNCS Hồ Chí Minh".
    """
    words = name.replace("–", "-").split()
    for size in range(min(5, len(words) - 1), 0, -1):
        tail = " ".join(words[-size:])
        kinds = province_types().get(key(tail))
        if kinds and (or_word or key(tail) not in not_bare()):
            kind = "thành phố" if kinds == {"thành phố"} else "tỉnh"
            return Territory(kind, natural_name(kind, tail))
    return None
