"""A list of units as printed -> the units: where a comma or "và" parts two, and where it stands inside a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicon import Phrase, every, first, load, phrases
from extract.text import UPPER, fold, squeezed

_SEPARATOR = re.compile(
    r"\s*[;,]\s*(?:và\s+|cùng\s+(?:với\s+)?)?|\s+(?:và|cùng|cùng với)\s+|\s*\+\s*|\s*/\s*(?=\w)|\s*\n\s*"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_DETERMINER = re.compile(r"(?:các|những|toàn thể|toàn bộ)\s+", re.IGNORECASE)
# "Trưởng các khoa, phòng", "Bí thư các chi bộ, đảng bộ"
_LEADERS = "trưởng|bí thư|chủ tịch|giám đốc|hiệu trưởng|lãnh đạo|cán bộ"
_HEADS_OF = re.compile(rf"(?:phó |thủ )?(?:{_LEADERS})\s+", re.IGNORECASE)
_EDGES = " \t.,;:-–/*"
_ACRONYM = re.compile(rf"[{UPPER}][{UPPER}&]+\b")
# "Bộ phận: Văn hóa - Thông tin, Văn phòng – Thống kê", "các Sở: Tài chính, Nội vụ"
_KIND_ONCE = re.compile(
    r"\s*(?:các\s+)?(?P<kind>bộ phận|sở|phòng|ban|hội|công chức|trường|chi cục|ngành|đoàn thể|xã|phường|thôn)\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A unit's name and the range it was read from; `name` says more than the range where a kind is shared."""

    name: str
    start: int
    end: int


def split_units(text: str, start: int = 0, end: int | None = None) -> list[Name]:
    """The units that `text[start:end]` lists.

    >>> [n.name for n in split_units("Các đơn vị, bộ phận liên quan và các khu phố.")]
    ['Các đơn vị, bộ phận liên quan', 'các khu phố']
    """
    end = len(text) if end is None else end
    start = _after_leading(text, start, end)
    if kind := _KIND_ONCE.match(text, start, end):
        pieces = _pieces(text, kind.end(), end, listed=True)
        return [_kind_given(text, kind, a, b) for a, b in pieces]
    names, shared = [], ""
    for a, b in _pieces(text, start, end, listed=False):
        name = squeezed(_BRACKETS.sub(" ", text[a:b])).strip(_EDGES)
        if not name:
            continue
        if opens_unit(fold(name)):
            shared = name.split()[0] if first(phrases("units", "departments"), fold(name.partition(" ")[2])) else ""
        elif shared:
            name = f"{shared} {name}"
        names.append(Name(name, a, b))
    return names


def _kind_given(text: str, kind: re.Match[str], start: int, end: int) -> Name:
    """An item of a list that printed its kind once, in front; an item with a kind of its own keeps it."""
    name = squeezed(text[start:end])
    return Name(
        name if opens_unit(fold(name)) and not _department(fold(name)) else f"{kind['kind']} {name}", start, end
    )


def opens_unit(folded: str) -> bool:
    """Whether folded text opens with a word that opens units' names."""
    return _head(folded) is not None


def is_unit_list(text: str) -> bool:
    """Whether a heading is the name of a unit, or of several, and nothing else."""
    start = _after_leading(text, 0, len(text))
    folded = fold(text[start:]).strip(_EDGES)
    if not folded or len(folded) > 200 or not opens_unit(folded):
        return False
    folded = fold(text[start:])
    named = [m.span() for m in every(phrases("verbs", "names_with_verbs"), folded)] if text.isupper() else []
    verbs = (m for m in every(phrases("verbs", "inside_names"), folded) if _is_verb(text, start, m))
    return all(any(a <= m.start() < b for a, b in named) for m in verbs)


def _is_verb(text: str, start: int, match: re.Match[str]) -> bool:
    """A verb is printed small; in "Ủy ban Kiểm tra" the word is part of a name. Capitals throughout tell nothing."""
    printed = text[start + match.start() : start + match.end()]
    return printed[:1].islower() or text.isupper()


def _after_leading(text: str, start: int, end: int) -> int:
    """Where the names begin, after "Đề nghị", "Giao" and their kind."""
    while start < end and text[start] in _EDGES:
        start += 1
    found = first(phrases("units", "leading"), fold(text[start:end]))
    if found and not first(phrases("units", "composites"), fold(text[start:end])[: found[1].end() + 12]):
        rest = start + found[1].end()
        return rest + len(text[rest:end]) - len(text[rest:end].lstrip(" :"))
    return start


def _pieces(text: str, start: int, end: int, *, listed: bool) -> Iterator[tuple[int, int]]:
    """The ranges between the separators that part units."""
    body = _BRACKETS.sub(lambda m: " " * len(m[0]), text[start:end])
    folded = fold(body)
    separators = list(_SEPARATOR.finditer(folded))
    whole = [m.span() for m in every(phrases("units", "composites"), folded)] if separators else []
    if listed and separators:
        whole += [(m.start(), m.end()) for m in _listed_names(folded)]
    at = 0
    for match in separators:
        if any(a < match.end() and match.start() < b for a, b in whole):
            continue
        if listed or _parts(body, folded, at, match):
            yield from _trimmed(text, start + at, start + match.start())
            at = match.end()
    yield from _trimmed(text, start + at, end)


def _listed_names(folded: str) -> Iterator[re.Match[str]]:
    """Departments' names that hold "và", found inside a list."""
    for phrase in phrases("units", "departments"):
        at = 0
        while at < len(folded):
            match = phrase.pattern.search(folded[at:])
            if not match:
                break
            after = _SEPARATOR.search(folded, at + match.end())
            yield re.compile(re.escape(match[0].strip())).search(folded, at)  # type: ignore[misc]
            at = after.end() if after else len(folded)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if start < end:
        yield start, end


def _parts(body: str, folded: str, at: int, separator: re.Match[str]) -> bool:
    """Whether the separator stands between two units."""
    left, right = folded[at : separator.start()].strip(_EDGES), folded[separator.end() :]
    head = _head(right)
    if head is None:
        return (
            _is_acronym(body, separator)
            or (_department(right) and _department_of(left))
            or (separator[0].strip() == ";")
        )
    if head.means.get("opens"):
        return True
    own_case = body[at : separator.start()].strip(_EDGES)
    led = _HEADS_OF.match(own_case)
    if _DETERMINER.match(own_case, led.end() if led else 0) and _is_bare(right):
        return False
    if head.means.get("place"):
        return not _ends_with_place(left)
    return not (_is_weak(right) and _shares(left, own_case) and not _named(body[separator.end() :], right))


def _is_acronym(body: str, separator: re.Match[str]) -> bool:
    """Whether a unit's acronym follows; behind "và" one that is known, for "Nông nghiệp và PTNT" is one name."""
    found = None if body.isupper() else _ACRONYM.match(body, separator.end())
    if found is None or "và" not in separator[0]:
        return found is not None
    return opens_unit(fold(_abbreviations().get(found[0], "")))


@lru_cache(maxsize=8192)
def _head(folded: str) -> Phrase | None:
    if first(phrases("units", "not_heads"), folded) is not None:
        return None
    found = first(phrases("units", "heads"), folded)
    if found is None or not found[0].means.get("opens"):
        return found[0] if found else None
    return found[0] if _head(folded[found[1].end() :].lstrip()) is not None else None


def _is_weak(folded: str) -> bool:
    """Whether the next item opens with a word that shares what stands before, and not with a longer one: "Hội đồng"."""
    weak, head = first(phrases("units", "weak"), folded), first(phrases("units", "heads"), folded)
    return weak is not None and (head is None or head[1].end() <= weak[1].end())


def _is_bare(folded: str) -> bool:
    """The next item is a common noun and nothing else: "… phụ trách ấp, đơn vị"."""
    found = first(phrases("units", "weak"), folded)
    return (found is not None and _SEPARATOR.match(folded, found[1].end()) is not None) or (
        found is not None and not folded[found[1].end() :].strip(_EDGES)
    )


def _shares(left: str, own_case: str) -> bool:
    """The words before are a determiner and common nouns, or a bare noun: no name of their own."""
    led = _HEADS_OF.match(own_case)
    own_case = own_case[led.end() :] if led else own_case  # "Thủ trưởng các đơn vị"
    bare = _DETERMINER.sub("", own_case, count=1) if _DETERMINER.match(own_case) else own_case
    determined = len(bare) < len(own_case)
    return not re.search(rf"(?<=\s)[{UPPER}]", bare) and (determined or " " not in left or _is_bare(left))


def _named(body: str, folded: str) -> bool:
    """The next item has a proper name right after its common noun: "phòng Kinh tế", not "đơn vị thuộc UBND xã"."""
    found = first(phrases("units", "weak"), folded)
    return found is not None and body[found[1].end() :].lstrip()[:1].isupper()


def _ends_with_place(left: str) -> bool:
    last = left.rsplit(",", 1)[-1].strip()
    words = last.split()
    return any(_place(" ".join(words[-n:])) for n in (1, 2) if len(words) >= n)


def _place(word: str) -> bool:
    found = first(phrases("units", "heads"), word)
    return found is not None and bool(found[0].means.get("place")) and found[1].end() == len(word)


def _department(folded: str) -> bool:
    found = first(phrases("units", "departments"), folded)
    return found is not None and (
        _SEPARATOR.match(folded, found[1].end()) is not None or not folded[found[1].end() :].strip(_EDGES)
    )


def _department_of(left: str) -> bool:
    """The unit before is a department by kind and name: "Sở Tài chính"."""
    return left.startswith(("sở ", "các sở ", "phòng ", "bộ phận ", "ban ", "hội ")) and _department(
        left.partition(" ")[2]
    )


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return dict(load("units")["abbreviations"])


@lru_cache(maxsize=4096)
def canonical(name: str, defined: tuple[tuple[str, str], ...] = ()) -> str:
    """The name with abbreviations written out, a document's own first, and one spelling of tones and dashes."""
    known = {**_abbreviations(), **dict(defined)}
    words = [known.get(word, word) for word in re.split(r"(\W+)", squeezed(name).replace("–", "-").replace("—", "-"))]
    text = re.sub(r"\s*-\s*", " - ", "".join(words)) if " - " in name or "–" in name else "".join(words)
    text = re.sub(r"^(?:các|những)\s+", "", text, flags=re.IGNORECASE)
    if "&" in text or "-" in text:
        for abbreviation, full in known.items():
            if not abbreviation.isalnum():
                text = text.replace(abbreviation, full)
    return text[:1].upper() + text[1:]
