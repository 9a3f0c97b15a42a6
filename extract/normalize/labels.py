"""The label of an attribute line or a table column, and what it gives: "Đơn vị chủ trì: …" gives a lead."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicon import phrases
from extract.normalize.numbering import marker_of
from extract.text import fold

_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Label:
    """`gives` as in lexicon/attributes.yaml; `end` is where the value begins."""

    gives: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def meaning_of(label: str, *, column: bool = False) -> str | None:
    """What a label's words give, None where they are no label. In a column's head more words are labels."""
    folded = fold(label).strip(" .:*_;,-()[]/")
    if not folded or len(folded) > _LONGEST:
        return None
    for section in ("columns", "labels") if column else ("labels",):
        for phrase in phrases("attributes", section):
            if phrase.trigger in folded and phrase.pattern.fullmatch(folded):
                return str(phrase.means["gives"])
    return _opening(folded) if column else None


def _opening(folded: str) -> str | None:
    """A column's head may say more after the label: "Thời gian thực hiện (dự kiến)"."""
    found = [
        (match.start(), -match.end(), str(phrase.means["gives"]))
        for section in ("labels", "columns")
        for phrase in phrases("attributes", section)
        if (match := phrase.find(folded))
    ]
    return min(found)[2] if found else None


# A label stands before a colon, and is short: "- Đơn vị chủ trì: ", "Thời gian thực hiện:"
_BEFORE_COLON = re.compile(r"\s*(?P<label>[^:;.()]{3,70}?)\s*:\s*")


def label_at(text: str, start: int = 0) -> Label | None:
    """The label that stands at `start` (after any bullet or ordinal when `start` is 0), or None."""
    if start == 0 and (marker := marker_of(text)):
        start = marker.end
    if text.find(":", start, start + _LONGEST + 12) < 0:
        return None
    match = _BEFORE_COLON.match(text, start)
    if not match:
        return None
    gives = meaning_of(match["label"])
    return Label(gives, match.start("label"), match.end()) if gives else None


def opens_with_label(text: str) -> bool:
    """Whether a line is an attribute line by its opening."""
    return ":" in text[: _LONGEST + 8] and label_at(text) is not None


def ends_with_label(text: str) -> bool:
    """Whether a line ends with a label whose value must stand on the next: "phối hợp: các khu phố; thời gian:"."""
    if not text.rstrip().endswith(":"):
        return False
    marker = marker_of(text)
    ends = list(_CLAUSE_END.finditer(text, marker.end if marker else 0))
    return bool(ends) and meaning_of(_MARK.sub("", text[ends[-1].end() :])) is not None


_CLAUSE_END = re.compile(r"[;.(]")
_MARK = re.compile(r"^\s*[a-zđ]\)\s*")
