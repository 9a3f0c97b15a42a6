"""A tree -> the lines and tables that it prints, in order, with the ranges of blocks that its elements hold."""

import re
from dataclasses import dataclass, field, replace

from extract.model import Cell, Line, Table
from extract.normalize.numbering import marker_of
from extract.read.listing import Listing, listing_of
from extract.read.sides import gathered
from extract.read.tree import Element

_LONG_CELL = 1500  # characters; in a table of one row, a cell of a page's layout and not of a letterhead
_MOST_SPANNED = 60
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Block:
    """A line or table, the share of it that is links, and the letters in it."""

    content: Line | Table
    linked: float
    letters: int

    def ended(self) -> "Block":
        """The same line as the last of its paragraph."""
        return replace(self, content=replace(self.content, whole=True)) if isinstance(self.content, Line) else self


@dataclass(frozen=True, slots=True)
class Extent:
    """The blocks `[start, end)` that an element holds."""

    element: Element
    start: int
    end: int


@dataclass(slots=True)
class Flow:
    """Blocks as they are laid down; call `finished` when the tree is through."""

    blocks: list[Block] = field(default_factory=list)
    extents: list[Extent] = field(default_factory=list)
    _parts: list[tuple[str, bool, bool]] = field(default_factory=list)
    _lists: list[Listing] = field(default_factory=list)
    _mark: str = ""
    _gap: bool = False
    _level: int = 0

    def lay(self, element: Element, *, bold: bool = False, linked: bool = False) -> None:
        """Lay down what an element holds."""
        for child in element.children:
            if isinstance(child, str):
                self._parts.append((child, bold, linked))
            elif child.tag == "br":
                self._end_line(whole=False, blank_is_gap=True)
            elif child.is_block:
                self._lay_block(child, bold=bold if child.bold is None else child.bold, linked=linked)
            else:
                inner = bold if child.bold is None else child.bold
                self.lay(child, bold=inner, linked=linked or (child.tag == "a" and "href" in child.attributes))

    def _lay_block(self, element: Element, *, bold: bool, linked: bool) -> None:
        self._end_line(whole=True)
        start = len(self.blocks)
        if element.tag == "table" and not _is_layout(element):
            self._lay_table(element)
        elif element.tag == "pre":
            self._lay_printed(element, bold=bold)
        else:
            self._enter(element)
            self.lay(element, bold=bold, linked=linked)
            self._leave(element, start)
        if len(self.blocks) > start:
            self.extents.append(Extent(element, start, len(self.blocks)))

    def _enter(self, element: Element) -> None:
        if element.tag in {"ol", "ul", "menu", "dir"}:
            self._lists.append(listing_of(element, self._lists))
        elif element.tag == "li" and self._lists:
            self._mark = self._lists[-1].mark(element)
        elif _is_heading(element):
            self._level = int(element.tag[1])

    def _leave(self, element: Element, start: int) -> None:
        self._end_line(whole=True)
        if element.tag in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
        elif element.tag == "li":
            self._mark = ""
        elif _is_heading(element):
            self._level = 0
        elif element.tag == "p" and len(self.blocks) == start:
            self._gap = True

    def _end_line(self, *, whole: bool, blank_is_gap: bool = False) -> None:
        """The parts so far as a line, where anything is in them; else what is before it ends here."""
        parts, self._parts = self._parts, []
        text = " ".join("".join(part for part, _, _ in parts).split()) if parts else ""
        if not text:
            self._gap = self._gap or (blank_is_gap and self._after_break())
            if whole and self._after_break():
                self.blocks[-1] = self.blocks[-1].ended()
            return
        bold, linked, letters = _weighed(parts)
        line = Line(self._marked(text), bold=bold, level=self._level, gap=self._gap, whole=whole)
        self.blocks.append(Block(line, linked, letters))
        self._gap = False

    def _after_break(self) -> bool:
        last = self.blocks[-1].content if self.blocks else None
        return isinstance(last, Line) and not last.whole

    def _marked(self, text: str) -> str:
        """The item's first line with its mark, unless it brings its own."""
        mark, self._mark = self._mark, ""
        return mark + text if mark and marker_of(text) is None else text

    def _lay_printed(self, element: Element, *, bold: bool) -> None:
        """Preformatted text: a line is a line."""
        for text in element.text().split("\n"):
            self._parts.append((text, bold, False))
            self._gap = self._gap or not text.strip()
            self._end_line(whole=False)

    def _lay_table(self, element: Element) -> None:
        for caption in element.elements():
            if caption.tag == "caption":
                self._lay_block(caption, bold=False, linked=False)
        table = gathered(Table(tuple(tuple(_cell(cell) for cell in row) for row in _rows(element))))
        letters = sum(len(line.text) for row in table.rows for cell in row for line in cell.lines)
        if letters:
            links = sum(len(e.text()) for e in element.walk() if e.tag == "a" and "href" in e.attributes)
            self.blocks.append(Block(table, min(links / letters, 1.0), letters))
            self._gap = False


def flow_of(root: Element) -> Flow:
    """The flow of a whole tree."""
    flow = Flow()
    flow._lay_block(root, bold=bool(root.bold), linked=False)
    return flow


def _is_heading(element: Element) -> bool:
    return len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit()


def _weighed(parts: list[tuple[str, bool, bool]]) -> tuple[bool, float, int]:
    """Whether all letters are bold, the share of them in links, their number."""
    letters = plain = linked = 0
    for text, bold, link in parts:
        count = sum(map(str.isalnum, text))
        letters += count
        plain += 0 if bold else count
        linked += count if link else 0
    return letters > 0 and plain == 0, linked / letters if letters else 0.0, letters


def _rows(table: Element) -> list[list[Element]]:
    """The cells of the table's own rows."""
    rows = []
    for child in table.elements():
        if child.tag == "tr":
            rows.append(_cells(child))
        elif child.tag in {"tbody", "thead", "tfoot"}:
            rows += [_cells(row) for row in child.elements() if row.tag == "tr"]
    return [row for row in rows if row]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.elements() if cell.tag in {"td", "th"}]


def _cell(element: Element) -> Cell:
    flow = Flow()
    flow._lay_block(replace(element, tag="div"), bold=bool(element.bold), linked=False)
    lines: list[Line] = []
    for block in flow.blocks:
        if isinstance(block.content, Line):
            lines.append(block.content)
        else:
            lines += [line for row in block.content.rows for cell in row for line in cell.lines]
    return Cell(tuple(lines), _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: Element, name: str) -> int:
    text = element.attributes.get(name, "").strip()
    return min(max(int(text), 1), _MOST_SPANNED) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _is_layout(table: Element) -> bool:
    """A table that only places things on the page: one column, or one row of long cells, or with tables inside."""
    rows = _rows(table)
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if len(rows) <= 3 and any(cell.has("table") for row in rows for cell in row):
        return True
    return len(rows) == 1 and any(len(cell.text()) > _LONG_CELL for cell in rows[0])
