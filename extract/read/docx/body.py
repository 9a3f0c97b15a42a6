"""The elements of a Word part -> its lines and tables in order, numbers written out."""

from dataclasses import dataclass

from lxml import etree

from extract.model import Line, Table
from extract.read.docx.names import ALTERNATE, CHOICE, FALLBACK, PPR, TBL, VAL, WRAPPERS, P, W
from extract.read.docx.numbering import Numbering
from extract.read.docx.paragraphs import Inline, Printed, runs_on
from extract.read.docx.styles import Style, Styles, level_of, numbered_of
from extract.read.docx.tables import blocks_of_table

Blocks = list[Line | Table]
_STYLE, _GALLERY = W + "pStyle", f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_CONTENTS = "Table of Contents"
_NO_LIST = "0"


@dataclass(slots=True)
class Body:
    """Lays down one part after another; lists go on counting from one to the next."""

    styles: Styles
    numbering: Numbering
    _inline: Inline | None = None
    _mark: str = ""
    _gap: bool = False
    _depth: int = 0

    def blocks(self, container: etree._Element) -> Blocks:
        """The blocks of a body, a cell, a text box or a note."""
        inline, mark, gap = self._inline, self._mark, self._gap
        self._inline, self._mark, self._gap = None, "", False
        out: Blocks = []
        self._lay(container, out)
        if self._inline is not None:
            self._finish(self._inline, 0, out)
        self._inline, self._mark, self._gap = inline, mark, gap
        return out

    def cell(self, container: etree._Element) -> Blocks:
        """The blocks of a table's cell: an ordinal that stands there alone is its text."""
        self._depth += 1
        found = self.blocks(container)
        self._depth -= 1
        return found

    def _lay(self, container: etree._Element, out: Blocks) -> None:
        for child in container:
            tag = child.tag
            if tag == P:
                self._paragraph(child, out)
            elif tag == TBL:
                found = blocks_of_table(child, self.cell)
                out += found
                self._gap = self._gap and not found
            elif tag in WRAPPERS:
                if not _is_contents(child):
                    self._lay(child, out)
            elif tag == ALTERNATE:
                chosen = child.find(CHOICE)
                chosen = child.find(FALLBACK) if chosen is None else chosen
                if chosen is not None:
                    self._lay(chosen, out)

    def _paragraph(self, element: etree._Element, out: Blocks) -> None:
        properties = element.find(PPR)
        named = None if properties is None else _val(properties, _STYLE)
        style = self.styles.of(named)
        if style.is_contents:
            return
        inline = self._inline
        if inline is None:
            self._mark = self._mark_of(properties, style, named)
            inline = Inline(self.styles)
        inline.add(element, style.look)
        self._inline = inline if runs_on(properties) else None
        if self._inline is None:
            own = None if properties is None else level_of(properties)
            self._finish(inline, style.level if own is None else own, out)

    def _mark_of(self, properties: etree._Element | None, style: Style, named: str | None) -> str:
        """The ordinal or bullet that Word prints before a paragraph."""
        if properties is None and style.numbered.list_id is None:
            return ""
        own = None if properties is None else numbered_of(properties)
        list_id = (own.list_id if own else None) or style.numbered.list_id
        if list_id is None or list_id == _NO_LIST:
            return ""
        level = own.level if own else None
        if level is None and not (own and own.list_id):
            level = style.numbered.level
            level = self.numbering.level_of_style(list_id, named) if level is None else level
        return self.numbering.mark(list_id, level or 0)

    def _finish(self, inline: Inline, level: int, out: Blocks) -> None:
        """Lay down a paragraph's text boxes, then its lines."""
        mark, self._mark, self._inline = self._mark, "", None
        for box in inline.boxes:
            out += self.blocks(box)
        lines = [line for line in inline.lines() if line.text.strip()]
        if not lines and mark and self._depth:
            lines = [Printed("", False)]
        if not lines:
            self._gap = True
            return
        lines[0] = Printed(mark + lines[0].text.lstrip() if mark else lines[0].text, lines[0].bold)
        last = len(lines) - 1
        for i, line in enumerate(lines):
            out.append(Line(line.text.strip(), bold=line.bold, level=level, gap=self._gap, whole=i == last))
            self._gap = False


def _is_contents(element: etree._Element) -> bool:
    """A content control that holds the table of contents."""
    gallery = element.find(_GALLERY)
    return gallery is not None and gallery.get(VAL) == _CONTENTS


def _val(element: etree._Element, name: str) -> str | None:
    found = element.find(name)
    return None if found is None else found.get(VAL)
