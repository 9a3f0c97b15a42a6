"""styles.xml -> what a style gives its paragraphs and runs: weight, capitals, hiding, font, list, heading level."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.read.docx.names import PPR, RPR, VAL, W, integer, is_on

_DEEPEST = 12  # styles that a style may stand on
_STYLE_START, _STYLE_END, _TABLE = b"<w:style ", b"</w:style>", b'w:type="table"'
_CONTENTS = re.compile(r"toc ?\d|table of figures|mục lục \d", re.IGNORECASE)
_B, _CAPS, _VANISH, _FONTS, _STYLE = W + "b", W + "caps", W + "vanish", W + "rFonts", W + "rStyle"
_ASCII, _HANSI = W + "ascii", W + "hAnsi"
_NUM_PR, _NUM_ID, _LEVEL, _OUTLINE = W + "numPr", W + "numId", W + "ilvl", W + "outlineLvl"
_BODY_TEXT = 9  # the outline level that is none


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed; None where it is as its surroundings are."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, under: "Look") -> "Look":
        """What the look says, else what the one under it does."""
        if under is PLAIN:
            return self
        return Look(
            under.bold if self.bold is None else self.bold,
            under.caps if self.caps is None else self.caps,
            under.hidden if self.hidden is None else self.hidden,
            self.font or under.font,
        )


PLAIN = Look()
_NOTHING = (None, None, None, None)
_NOTHING = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The list a paragraph is in and its level there; None where that is not said."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it stands on: `level` is its heading level from 1 on, 0 for none."""

    look: Look = PLAIN
    numbered: Numbered = Numbered()
    level: int = 0
    name: str = ""

    @property
    def is_contents(self) -> bool:
        """A line of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))


@dataclass(slots=True)
class Styles:
    """The styles of a file by their ids, made out when asked for."""

    elements: Mapping[str, etree._Element] = field(default_factory=dict)
    default: str | None = None
    ground: Look = PLAIN
    _made: dict[str, Style] = field(default_factory=dict)

    def of(self, style_id: str | None) -> Style:
        """The style of a paragraph or run; the default paragraph style for None."""
        key = style_id if style_id in self.elements else self.default
        if key is None:
            return Style(look=self.ground)
        if key not in self._made:
            self._made[key] = self._style(key, 0)
        return self._made[key]

    def run(self, style_id: str) -> Look:
        """What a character style says."""
        return self.of(style_id).look if style_id in self.elements else PLAIN

    def _style(self, key: str, depth: int) -> Style:
        element = self.elements[key]
        below = self._below(element, depth)
        properties = element.find(PPR)
        numbered, level = (Numbered(), None) if properties is None else (numbered_of(properties), level_of(properties))
        return Style(
            look_of(element.find(RPR)).over(below.look),
            Numbered(numbered.list_id or below.numbered.list_id, _own(numbered.level, below.numbered.level)),
            below.level if level is None else level,
            _val(element.find(W + "name")) or "",
        )

    def _below(self, element: etree._Element, depth: int) -> Style:
        on = _val(element.find(W + "basedOn"))
        if on is not None and on in self.elements and depth < _DEEPEST:
            return self._style(on, depth + 1)
        return Style(look=self.ground if element.get(W + "type") != "character" else PLAIN)


def without_table_styles(data: bytes) -> bytes:
    """The part's bytes without what is most of a template and gives nothing that is read, before they are parsed."""
    first, *rest = data.split(_STYLE_START)
    return first + b"".join(
        part.partition(_STYLE_END)[2] if part.startswith(_TABLE) and _STYLE_END in part else _STYLE_START + part
        for part in rest
    )


def styles_of(root: etree._Element | None) -> Styles:
    """The styles of styles.xml; none where the file has no such part."""
    if root is None:
        return Styles()
    elements: dict[str, etree._Element] = {}
    default = None
    for element in root.iterchildren(W + "style"):
        key = element.get(W + "styleId", "")
        elements[key] = element
        given = element.get(W + "default")
        if given is not None and is_on(given) and element.get(W + "type") == "paragraph":
            default = key
    ground = root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}")
    return Styles(elements, default, look_of(ground))


def look_of(properties: etree._Element | None) -> Look:
    """What a w:rPr says itself, its character style left out."""
    if properties is None:
        return PLAIN
    bold = caps = hidden = font = None
    for child in properties:
        tag = child.tag
        if tag == _B:
            bold = is_on(child.get(VAL))
        elif tag == _CAPS:
            caps = is_on(child.get(VAL))
        elif tag == _VANISH:
            hidden = is_on(child.get(VAL))
        elif tag == _FONTS:
            font = child.get(_ASCII) or child.get(_HANSI)
    return PLAIN if (bold, caps, hidden, font) == _NOTHING else Look(bold, caps, hidden, font)


def run_style(properties: etree._Element) -> str | None:
    """The id of a run's character style."""
    return _val(properties.find(_STYLE))


def numbered_of(properties: etree._Element) -> Numbered:
    """What a w:pPr says of its list."""
    element = properties.find(_NUM_PR)
    if element is None:
        return Numbered()
    return Numbered(_val(element.find(_NUM_ID)), integer(_val(element.find(_LEVEL))))


def level_of(properties: etree._Element) -> int | None:
    """The heading level that a w:pPr gives, 0 where it says body text, None where it says nothing."""
    level = integer(_val(properties.find(_OUTLINE)))
    if level is None:
        return None
    return level + 1 if level < _BODY_TEXT else 0


def _val(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def _own(value: int | None, below: int | None) -> int | None:
    return below if value is None else value
