"""The attributes that a line holds: "Chủ trì: A; phối hợp: B; thời gian: Quý II", at its start or at an item's end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import first, is_in, phrases
from extract.model import Attribute
from extract.normalize.labels import label_at, meaning_of
from extract.normalize.units import is_unit_list, opens_unit
from extract.text import fold

# a label inside a line: after the end of a value, and short
_INNER_LABEL = re.compile(r"(?<=[.;,:)–\-])\s*(?:[a-zđ]\)\s*)?(?P<label>[^\W\d_][^:;.,()]{2,45}?)\s*:\s*")
_AT_END = re.compile(r"\((?P<inside>[^()]{6,400}(?:\([^()]*\)[^()]*)*)\)\s*[.;]?\s*$")
_BRACKET_PART = re.compile(r"[^;]+")
_CLAUSE_START = re.compile(r"[,;.:]\s")
_PART_END = re.compile(r"\s*(?:[,;.]|$)")
_EDGES = " \t.;,-–"
_LONGEST_TIME = 60
_OF_TIMES = frozenset({"deadline", "result", "none"})
# where the names of a part may end and its time begin: "… các thôn thực hiện, xong trong quý II"
_NEXT_PART = re.compile(r",\s+|(?<=thực hiện)\s+")


def attributes_in(text: str) -> list[Attribute]:
    """The attributes of an attribute line, by the labels it opens with and holds; none where it opens with no label."""
    label = label_at(text)
    if label is None or label.gives == "task":
        bracket = bracket_at_end(text) if text.lstrip().startswith("(") else None
        return bracket[1] if bracket and bracket[0] == 0 else _unlabelled(text)
    while inner := label_at(text, label.end):  # "b) Cơ quan thực hiện: Chủ trì: A; phối hợp: B"
        label = inner
    return list(_with_bare_times(text, _values(text, label.gives, label.end)))


def _unlabelled(text: str) -> list[Attribute]:
    """A line that is nothing but a deadline or a charge: "Hoàn thành trước 30/6/2026."."""
    if len(text) > 70:
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
    found = list(_parts(inside, base))
    if not _says_who(found) and not _is_sent(text[: match.start()]):
        found += _bare_units(inside, base, found)
    return (len(text[: match.start()].rstrip()), found) if found else None


def _parts(inside: str, base: int) -> Iterator[Attribute]:
    """What a bracket says, part by part: "Ban CHQS xã chủ trì; hoàn thành trước ngày 20/10/2025"."""
    label = label_at(inside)
    if label is not None:
        for value in _with_bare_times(inside, _values(inside, label.gives, label.end)):
            yield Attribute(value.gives, base + value.start, base + value.end)
        return
    for match in _BRACKET_PART.finditer(inside):
        yield from _part(match[0], base + match.start())


def _says_who(found: Sequence[Attribute]) -> bool:
    return any(attribute.gives not in {"deadline", "result"} for attribute in found)


def _is_sent(text: str) -> bool:
    """Whether the clause before a bracket says where something goes: "gửi về UBND tỉnh (Sở Nội vụ)"."""
    return is_in(phrases("lead_ins", "sends"), _CLAUSE_START.split(fold(text))[-1])


def _bare_units(inside: str, base: int, found: Sequence[Attribute]) -> Iterator[Attribute]:
    """The parts of a bracket that are nothing but units' names: "(Trạm Y tế; các trường học; Quý II)"."""
    taken = [range(attribute.start - base, attribute.end - base) for attribute in found]
    parts = [m for m in _BRACKET_PART.finditer(inside) if not any(m.start() <= one.start < m.end() for one in taken)]
    if parts and parts[0][0].lstrip()[:1].isupper() and all(is_unit_list(part[0]) for part in parts):
        for part in parts:
            start = part.start() + len(part[0]) - len(part[0].lstrip())
            yield Attribute("implement", base + start, base + start + len(part[0].strip()))


def _part(text: str, base: int) -> Iterator[Attribute]:
    """What one part says: units with their roles, a time, or the one and then the other."""
    start = 0
    if (end := _together(text)) is not None:
        names = _trimmed(text, "implement", 0, end)
        yield Attribute(names.gives, base + names.start, base + names.end)
        start = end
    else:
        for part in role_parts(text):
            yield Attribute(part.gives, base + part.start, base + part.end)
            start = part.after
    rest = text[start:].strip(_EDGES)
    if len(rest) < _LONGEST_TIME and first(phrases("lead_ins", "part_deadline"), fold(rest)):
        at = base + text.find(rest, start)
        yield Attribute("deadline", at, at + len(rest))


def _together(text: str) -> int | None:
    """Where the names end of "X chủ trì, phối hợp với Y, Z": before a time; None of a part that names no two sides."""
    folded = fold(text)
    found = first(phrases("units", "coordination"), folded)
    if found is None or not opens_unit(folded[found[1].end() :].lstrip()):
        return None
    before = folded[: found[1].start()].strip(_EDGES)
    leading = first(phrases("units", "leading"), before)
    if not opens_unit(before[leading[1].end() :].lstrip() if leading else before):
        return None
    times = (m.start() for m in _NEXT_PART.finditer(folded, found[1].end()))
    return next((at for at in times if _says_when(folded[at:].strip(_EDGES))), len(text))


def _says_when(folded: str) -> bool:
    return first(phrases("lead_ins", "part_deadline"), folded) is not None


@dataclass(frozen=True, slots=True)
class RolePart:
    """Names that a role word follows: "Sở A, Sở B phối hợp"; `after` is where the text goes on."""

    gives: str
    start: int
    end: int
    after: int


def role_parts(text: str) -> list[RolePart]:
    """The parts of "Sở A chủ trì, Sở B và Sở C phối hợp"; none where a part's role is not its last word."""
    folded = fold(text)
    found = sorted(
        (m.start(), -m.end(), str(p.means["gives"]))
        for p in phrases("lead_ins", "part_roles")
        for m in p.find_all(folded)
        if _PART_END.match(folded, m.end())
    )
    parts: list[RolePart] = []
    for start, negative_end, gives in found:
        at = parts[-1].after if parts else 0
        if start > at:
            begin = at + len(text[at:start]) - len(text[at:start].lstrip(_EDGES))
            parts.append(RolePart(gives, begin, start, -negative_end))
    return parts


def _with_bare_times(text: str, values: Iterable[Attribute]) -> Iterator[Attribute]:
    """The values, of names those that a time without a label ends parted from it: "Công an xã; xong trước 15/5"."""
    for value in values:
        end, time = (value.end, 0) if value.gives in _OF_TIMES else _bare_part(text, value.start, value.end)
        yield Attribute(value.gives, value.start, end)
        if time:
            yield Attribute("deadline", time, value.end)


def _bare_part(inside: str, start: int, end: int) -> tuple[int, int]:
    """Where a value ends before a time without a label ("…; hoàn thành trước 15/5"), and where that time begins."""
    at = inside.rfind(";", start, end)
    if at < 0 or not first(phrases("lead_ins", "part_deadline"), fold(inside[at + 1 : end]).strip()):
        return end, 0
    return at, at + 1 + len(inside[at + 1 : end]) - len(inside[at + 1 : end].lstrip())


def trailing_attributes(text: str) -> tuple[int, list[Attribute]] | None:
    """The labelled attributes that follow an item's sentence in one paragraph, and where the sentence ends."""
    for match in _INNER_LABEL.finditer(text, 12):
        meaning = meaning_of(match["label"])
        if meaning in {None, "none", "task"} or text[: match.start()].rstrip()[-1:] in ",:":
            continue
        end = len(text[: match.start()].rstrip(" \t-–"))
        return end, list(_values(text, str(meaning), match.end()))
    return None
