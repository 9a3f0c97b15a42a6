"""A w:p -> the lines that it prints: runs with their look, accepted changes, results of fields, breaks, text boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extract.read.docx.fonts import charset_of, decoded
from extract.read.docx.names import ALTERNATE, CHOICE, FALLBACK, MATH, PPR, RPR, TEXT_BOX, WRAPPERS, R, T, W
from extract.read.docx.styles import PLAIN, Look, Styles, look_of, run_style
from extract.read.docx.symbols import is_symbol_font, printed, symbol

_BREAKS = frozenset({W + "br", W + "cr"})
# A soft hyphen prints nothing, but is the ư of TCVN3: it goes when the text is cleaned.
_PRINTED = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad"}
_FIELD, _FIELD_KIND, _SYM = W + "fldChar", W + "fldCharType", W + "sym"
_OBJECTS = frozenset({W + "drawing", W + "pict", W + "object"})
_CUSTOM_MARK = W + "customMarkFollows"
_RUBY, _RUBY_BASE = W + "ruby", W + "rubyBase"
_MATHS = frozenset({MATH + "oMath", MATH + "oMathPara"})
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_MARK_GONE = (f"{RPR}/{W}del", f"{RPR}/{W}moveFrom")


class Piece(NamedTuple):
    """A run's text, its weight, and the character set of its font where that is an old one."""

    text: str
    bold: bool
    charset: str | None


class Printed(NamedTuple):
    """A printed line of a paragraph, and whether all its letters are bold."""

    text: str
    bold: bool


@dataclass(slots=True)
class Inline:
    """What a paragraph prints, gathered run by run."""

    styles: Styles
    rows: list[list[Piece]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)
    _instructing: list[bool] = field(default_factory=list)

    def add(self, element: etree._Element, under: Look) -> None:
        """Take in a paragraph's own runs; `under` is the look of its style."""
        self._children(element, under)
        self._instructing.clear()

    def lines(self) -> list[Printed]:
        """The lines, those without text too."""
        return [_line(row) for row in self.rows]

    def _children(self, element: etree._Element, under: Look) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, under)
            elif tag in WRAPPERS:
                self._children(child, under)
            elif tag == ALTERNATE:
                self._children(_chosen(child), under)
            elif tag in _MATHS:
                self._put("".join(t.text or "" for t in child.iter(MATH + "t")), under)

    def _run(self, run: etree._Element, under: Look) -> None:
        look = under
        for child in run:
            tag = child.tag
            if tag == T:
                self._put(child.text or "", look)
            elif tag == RPR:
                look = self._look(child, under)
                if look.hidden:
                    return
            elif tag in _PRINTED:
                self._put(_PRINTED[tag], look)
            elif tag in _BREAKS:
                self.rows.append([])
            elif tag == _FIELD:
                self._field(child.get(_FIELD_KIND))
            else:
                self._rare(child, tag, look)
            if child.get(_CUSTOM_MARK) is not None:
                return

    def _rare(self, child: etree._Element, tag: str, look: Look) -> None:
        if tag == _SYM:
            self._put(symbol(child.get(W + "char", ""), child.get(W + "font")), look)
        elif tag in _OBJECTS:
            self.boxes += _text_boxes(child)
        elif tag == ALTERNATE:
            for part in _chosen(child):
                if part.tag in _OBJECTS:
                    self.boxes += _text_boxes(part)
        elif tag == _RUBY and (base := child.find(_RUBY_BASE)) is not None:
            self._children(base, look)

    def _look(self, properties: etree._Element, under: Look) -> Look:
        """The look of a run: what it says itself, over its character style, over its paragraph's."""
        named = run_style(properties)
        if named is not None:
            under = self.styles.run(named).over(under)
        own = look_of(properties)
        return under if own is PLAIN else own.over(under)

    def _put(self, text: str, look: Look) -> None:
        if not text or (self._instructing and any(self._instructing)):
            return
        if look.caps:
            text = text.upper()
        if is_symbol_font(look.font):
            text = printed(text, look.font)
        self.rows[-1].append(Piece(text, bool(look.bold), charset_of(look.font)))

    def _field(self, kind: str | None) -> None:
        """Between a field's beginning and its separator stands what it is made from, and not what is printed."""
        if kind == "begin":
            self._instructing.append(True)
        elif kind == "separate" and self._instructing:
            self._instructing[-1] = False
        elif kind == "end" and self._instructing:
            self._instructing.pop()


def runs_on(properties: etree._Element | None) -> bool:
    """Whether a paragraph's end is deleted or moved away, so that the next one is the same paragraph."""
    return properties is not None and any(properties.find(path) is not None for path in _MARK_GONE)


def _chosen(element: etree._Element) -> etree._Element:
    """The one alternative that is read: the first, which today's Word prints."""
    found = element.find(CHOICE)
    other = element.find(FALLBACK) if found is None else found
    return element.makeelement(PPR) if other is None else other


def _text_boxes(element: etree._Element) -> list[etree._Element]:
    """The outermost text boxes of a drawing, each once."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == TEXT_BOX:
            found.append(child)
        elif child.tag == ALTERNATE:
            found += _text_boxes(_chosen(child))
        elif len(child):
            found += _text_boxes(child)
    return found


def _line(row: Sequence[Piece]) -> Printed:
    """The row's text, and whether it has letters and all of them are bold."""
    bold = plain = old = False
    for text, heavy, charset in row:
        old = old or charset is not None
        if not (bold if heavy else plain) and any(map(str.isalnum, text)):
            bold, plain = bold or heavy, plain or not heavy
    if old:
        text = decoded([(piece.text, piece.charset) for piece in row])
    else:
        text = row[0].text if len(row) == 1 else "".join([piece.text for piece in row])
    return Printed(printed(text) if _PRIVATE.search(text) else text, bold and not plain)
