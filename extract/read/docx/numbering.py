"""numbering.xml -> the ordinals and bullets that Word prints before paragraphs, counted as Word counts them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from extract.read.docx.formats import written
from extract.read.docx.names import RPR, VAL, W, integer, is_on
from extract.read.docx.symbols import printed

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LISTED = frozenset("-–—−+*")
_MARKS = "-+•"
_BARE = re.compile(r"\d{1,3}|[A-Za-z]|[IVXL]{1,6}|[ivxl]{1,6}")
_ROMAN = re.compile(r"[ivxl]{2,}")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list. `restart` is the number of levels above that start it anew, None for any, 0 for none."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    font: str | None = None

    @property
    def glyph(self) -> str:
        """The bullet that its pattern prints."""
        return printed(self.pattern, self.font).strip()


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the counters it shares with others of its abstract list, its levels, and where it starts anew."""

    counted: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has been counted; `used` are the levels in use of each list."""

    lists: dict[str, _List] = field(default_factory=dict)
    used: dict[str, frozenset[int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, list_id: str, style_id: str | None) -> int:
        """The level that a paragraph style stands for in a list."""
        found = self.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((i for i, level in levels if style_id is not None and level.style == style_id), 0)

    def mark(self, list_id: str, level: int) -> str:
        """The next paragraph's ordinal or bullet with the blank after it, "" for none."""
        found = self.lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counted(list_id, found, level)
        own = found.levels[level]
        if own.kind == "bullet":
            return self._bullet(found, level) + " "
        text = _PLACE.sub(lambda match: _shown(found, counts, int(match[1]) - 1, own), own.pattern)
        return _spaced(printed(text, own.font), own.suffix)

    def _counted(self, list_id: str, found: _List, level: int) -> dict[int, int]:
        """The counters after one more paragraph at a level."""
        counts = self._counts.setdefault(found.counted, {})
        anew = level in found.starts and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        counts[level] = _start(found, level) if anew or level not in counts else counts[level] + 1
        for deeper in [i for i in counts if i > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return counts

    def _bullet(self, found: _List, level: int) -> str:
        """The bullet as lists print it: of several levels with marks of their own, the outermost is the plainest."""
        own = found.levels[level]
        mark = own.glyph
        if mark in _LISTED:
            return mark
        others = sorted(
            i
            for i in self.used.get(found.counted, frozenset()) | {level}
            if i in found.levels and found.levels[i].kind == "bullet" and found.levels[i].glyph not in _LISTED
        )
        rank = others.index(level) + len(_MARKS) - len(others)
        return _MARKS[max(rank, 0)] if len(others) > 1 or len(mark) != 1 or mark.isalnum() else mark


def numbering_of(root: etree._Element | None, used: Iterable[tuple[str, int]]) -> Numbering:
    """The lists of numbering.xml; `used` are the lists and levels that paragraphs name."""
    if root is None:
        return Numbering()
    abstract = {e.get(W + "abstractNumId", ""): e for e in root.iterchildren(W + "abstractNum")}
    named = {v: key for key, e in abstract.items() if (v := _val(e, "styleLink")) is not None}
    lists: dict[str, _List] = {}
    for element in root.iterchildren(W + "num"):
        key = _val(element, "abstractNumId") or ""
        linked = _val(abstract[key], "numStyleLink") if key in abstract else None
        if linked is not None:
            key = named.get(linked, key)
        if key in abstract:
            lists[element.get(W + "numId", "")] = _list(key, abstract[key], element)
    levels: dict[str, set[int]] = {}
    for list_id, level in used:
        if list_id in lists:
            levels.setdefault(lists[list_id].counted, set()).add(level)
    return Numbering(lists, {key: frozenset(found) for key, found in levels.items()})


def _list(key: str, abstract: etree._Element, element: etree._Element) -> _List:
    levels = {i: _level(e) for e in abstract.iterchildren(W + "lvl") if (i := _index(e)) is not None}
    starts: dict[int, int] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        at = _index(override)
        if at is None:
            continue
        own = override.find(W + "lvl")
        if own is not None:
            levels[at] = _level(own)
        start = integer(_val(override, "startOverride"))
        if start is not None:
            starts[at] = start
    return _List(key, levels, starts)


def _level(element: etree._Element) -> Level:
    fonts, legal = element.find(f"{RPR}/{W}rFonts"), element.find(W + "isLgl")
    start = integer(_val(element, "start"))
    return Level(
        start=1 if start is None else start,
        kind=_kind(element),
        pattern=_val(element, "lvlText") or "",
        suffix=_val(element, "suff") or "tab",
        restart=integer(_val(element, "lvlRestart")),
        legal=legal is not None and is_on(legal.get(VAL)),
        style=_val(element, "pStyle"),
        font=None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi"),
    )


def _kind(element: etree._Element) -> str:
    """The level's w:numFmt; "001" for a custom one that is written so."""
    found = next(element.iter(W + "numFmt"), None)
    if found is None:
        return "decimal"
    kind = found.get(VAL, "decimal")
    return found.get(W + "format", "").partition(",")[0].strip() if kind == "custom" else kind


def _start(found: _List, level: int) -> int:
    if level in found.starts:
        return found.starts[level]
    return found.levels[level].start if level in found.levels else 1


def _shown(found: _List, counts: dict[int, int], level: int, own: Level) -> str:
    """The number of a level in a label; one not counted yet shows where it will start."""
    shape = found.levels.get(level)
    if shape is None or shape.kind in {"bullet", "none"}:
        return ""
    kind = "decimal" if own.legal and not shape.kind.startswith("decimal") else shape.kind
    return written(counts.get(level, _start(found, level)), kind)


def _spaced(label: str, suffix: str) -> str:
    """The label and the blank after it; a bare number or letter gets the point or bracket that marks an ordinal."""
    bare = label.strip()
    if not bare:
        return ""
    if _BARE.fullmatch(bare):
        label = bare + (")" if bare.islower() and not _ROMAN.fullmatch(bare) else ".")
    return label if suffix == "nothing" and not label[-1:].isalnum() and label[-1:] != "." else label.rstrip() + " "


def _index(element: etree._Element) -> int | None:
    found = integer(element.get(W + "ilvl"))
    return found if found is not None and found < _LEVELS else None


def _val(element: etree._Element, name: str) -> str | None:
    found = element.find(W + name)
    return None if found is None else found.get(VAL)
