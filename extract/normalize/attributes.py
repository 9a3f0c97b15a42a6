"""The attributes that one line holds: "Chủ trì: A; phối hợp: B; thời gian: Quý II", at its start or at an item's end."""

import re
from collections.abc import Iterator

from extract.lexicon import first, phrases
from extract.model import Attribute
from extract.normalize.labels import label_at, meaning_of
from extract.text import fold

# a label inside a line: after the end of a value, and short
_INNER_LABEL = re.compile(r"(?<=[.;,:)–\-])\s*(?P<label>[^\W\d_][^:;.,()]{2,45}?)\s*:\s*")
_AT_END = re.compile(r"\((?P<inside>[^()]{6,400}(?:\([^()]*\)[^()]*)*)\)\s*[.;]?\s*$")
_EDGES = " \t.;,-–"


def attributes_in(text: str) -> list[Attribute]:
    """The attributes of an attribute line, by the labels it opens with and holds; none where it opens with no label."""
    label = label_at(text)
    if label is None or label.gives == "task":
        return _unlabelled(text)
    return list(_values(text, label.gives, label.end))


def _unlabelled(text: str) -> list[Attribute]:
    """A line that is nothing but a deadline or a charge: "Hoàn thành trước 30/6/2026."."""
    if len(text) > 160:
        return []
    found = first(phrases("lead_ins", "bare_deadline"), fold(text))
    return [Attribute("deadline", found[1].start(), len(text.rstrip(_EDGES)))] if found else []


def _values(text: str, gives: str, start: int) -> Iterator[Attribute]:
    """The values from `start` on, each up to the next label."""
    at = start
    for match in _INNER_LABEL.finditer(text, start):
        meaning = meaning_of(match["label"])
        if meaning is None:
            continue
        yield _trimmed(text, gives, at, match.start())
        gives, at = meaning, match.end()
    yield _trimmed(text, gives, at, len(text))


def _trimmed(text: str, gives: str, start: int, end: int) -> Attribute:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in (_EDGES if gives != "result" else " \t;,-–"):
        end -= 1
    return Attribute(gives, start, end)


def bracket_at_end(text: str) -> tuple[int, list[Attribute]] | None:
    """The attributes in brackets at an item's end, and where the item's own text ends."""
    match = _AT_END.search(text)
    if not match:
        return None
    inside, base = match["inside"], match.start("inside")
    label = label_at(inside)
    if label is None:
        return None
    found = [Attribute(a.gives, base + a.start, base + a.end) for a in _values(inside, label.gives, label.end)]
    return len(text[: match.start()].rstrip()), found


def trailing_attributes(text: str) -> tuple[int, list[Attribute]] | None:
    """The labelled attributes that follow an item's sentence in one paragraph, and where the sentence ends."""
    for match in _INNER_LABEL.finditer(text, 12):
        meaning = meaning_of(match["label"])
        if meaning in {None, "none", "task"} or text[: match.start()].rstrip()[-1:] in ",:":
            continue
        end = len(text[: match.start()].rstrip(" \t-–"))
        return end, list(_values(text, str(meaning), match.end()))
    return None
