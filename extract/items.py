"""Outline -> items: what each section lists, with the attribute lines that close it, and what a list's lead-in is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.lexicon import first, phrases
from extract.model import Attribute, Item, Node, Outline, Reading, Row
from extract.normalize.attributes import attributes_in, bracket_at_end, trailing_attributes
from extract.normalize.labels import label_at
from extract.normalize.units import is_unit_list
from extract.text import LOWER, UPPER, fold
from schemas import SectionKind

_FULL_STOP = re.compile(r"[.;…!]\s*$")
_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")
_LINK = re.compile(r"https?://|www\.|\.vn\b")
_OWNING = frozenset({"roman", "dot1", "dot2", "dot3", "dot4", "close", "letter", "letternum"})
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*[.]?\s*")
_SHORT_HEAD = re.compile(r"[^.:;]{4,60}[.:]\s+\S")
_LONG_SENTENCE = 80
_PARAGRAPH = 220
_LISTED = frozenset({
    SectionKind.GOALS, SectionKind.TASKS, SectionKind.IMPLEMENTATION, SectionKind.APPENDIX, SectionKind.PURPOSE,
    SectionKind.REQUIREMENTS, SectionKind.FUNDING,
})  # fmt: skip
_DUTIES = frozenset({SectionKind.TASKS, SectionKind.IMPLEMENTATION, SectionKind.APPENDIX})


@dataclass(slots=True, eq=False)
class _Block:
    """A run of attribute lines, and where it stands: `node` is the last item's node before it."""

    attributes: list[Attribute]


@dataclass(slots=True, eq=False)
class _Event:
    """An item, a heading, or a block of attributes, in reading order; `chain` are the node and those above it."""

    chain: tuple[Node, ...]
    item: Item | None = None
    block: list[Attribute] = field(default_factory=list)


def items_of(reading: Reading, outline: Outline, tables: Mapping[int, tuple[Row, ...]]) -> tuple[Item, ...]:
    """The items of every section that lists something, in reading order, their attributes given out."""
    found: list[Item] = []
    for tree in (outline.body, *outline.appendices):
        walker = _Walker(reading, tables)
        walker.children(tree, (tree,), tree.path)
        events = walker.events
        _give_out(events)
        found += [event.item for event in events if event.item is not None]
    return tuple(sorted(found, key=lambda item: item.start))


class _Walker:
    """Walks a tree and notes its events."""

    def __init__(self, reading: Reading, tables: Mapping[int, tuple[Row, ...]]) -> None:
        self.text = reading.text
        self.tables = tables
        self.events: list[_Event] = []

    def children(self, node: Node, chain: tuple[Node, ...], group: str) -> None:
        """Note what stands below `node`."""
        own, misnumbered = group, None
        for i, child in enumerate(node.children):
            following = node.children[i + 1] if i + 1 < len(node.children) else None
            if misnumbered is not None and (child.style != misnumbered.style or not _FULL_STOP.search(child.text[-4:])):
                own, misnumbered = group, None
            if misnumbered is None and child.label and following is not None and self.is_misnumbered(child, node, following):
                own, misnumbered = child.path, child
            self.node(child, (*chain, child), own, following)

    def node(self, node: Node, chain: tuple[Node, ...], group: str, following: Node | None) -> None:
        """Note a node and what stands below it."""
        if node.grid is not None:
            self.table(node, chain, group)
        elif node.kind not in _LISTED:
            self.children(node, chain, group)
        elif self.attributes(node, chain):
            pass
        elif any(not self.is_attribute(child) for child in node.children):
            self.parent(node, chain, group)
        elif (node.named and ":" not in node.text) or self.is_empty_heading(node, chain[-2], following):
            self.heading(node, chain)
        else:
            self.leaf(node, chain, group)
            self.children(node, chain, group)

    def is_attribute(self, node: Node) -> bool:
        """Whether the node is an attribute line of the tasks beside it."""
        if node.paragraph is None or node.kind not in _DUTIES:
            return False
        label = label_at(node.paragraph.text)
        return label is not None and label.gives != "task" and not (label.gives == "none" and node.style == "dot1")

    def attributes(self, node: Node, chain: tuple[Node, ...]) -> bool:
        """Note an attribute line; True where the node is one."""
        if node.paragraph is None or node.kind not in _DUTIES:
            return False
        base = node.paragraph.start
        found = attributes_in(node.paragraph.text)
        if not found:
            return False
        block = [Attribute(a.gives, base + a.start, base + a.end) for a in found if a.start < a.end]
        gives = found[-1].gives
        block += [Attribute(gives, child.start, child.end) for child in node.children if child.grid is None]
        if block:
            self.events.append(_Event(chain, block=block))
        return True

    def heading(self, node: Node, chain: tuple[Node, ...]) -> None:
        """Note a heading."""
        self.events.append(_Event(chain))

    def is_empty_heading(self, node: Node, parent: Node, following: Node | None) -> bool:
        """A heading with nothing below it: type and form say so, or the numbering is wrong and the next item is its own."""
        if node.style in {"caps", "title"} or (
            node.bold and not _FULL_STOP.search(node.text[-4:]) and len(node.text) < 120
        ):
            return node.style in {"caps", "title"} or bool(_CAPS.fullmatch(node.text))
        if node.text.endswith(":"):
            return not node.children and not first(phrases("lead_ins", "own_duty"), node.folded[-30:])
        return following is not None and self.is_misnumbered(node, parent, following)

    def is_misnumbered(self, node: Node, parent: Node, following: Node) -> bool:
        """A heading with nothing below it, as the item it heads took the next number: 1 heads 2, its sisters head lists."""
        if node.style != "dot1" or _FULL_STOP.search(node.text[-4:]) or node.children:
            return False
        if following.style != node.style or not _FULL_STOP.search(following.text[-4:]):
            return False
        like = [n for n in parent.children if n.style == node.style]
        headings = sum(any(not self.is_attribute(c) for c in n.children) for n in like)
        return headings * 2 >= len(like)

    def leaf(self, node: Node, chain: tuple[Node, ...], group: str) -> None:
        """Note an item."""
        run_on = self.run_on(node)
        if (run_on and node.kind is SectionKind.IMPLEMENTATION and node.path) or self.is_run_on_among_headings(
            node, chain[-2]
        ):
            group = node.path
        self.item(node, chain, group, [(node.start, node.end)], run_on)

    def is_run_on_among_headings(self, node: Node, parent: Node) -> bool:
        """A numbered heading whose text runs on ("3. Lâm nghiệp. Quản lý …"), as those beside it are headings."""
        if not (node.style.startswith("dot") or node.style in {"roman", "upper"}) or not _SHORT_HEAD.match(node.text):
            return False
        like = [n for n in parent.children if n.style == node.style and n is not node]
        headings = sum(any(not self.is_attribute(c) for c in n.children) for n in like)
        return bool(like) and headings * 2 >= len(like)

    def run_on(self, node: Node) -> tuple[int, int] | None:
        """The range of a heading that runs on into its duty: "7. Tổ công nghệ số cộng đồng ấp 17: Thực hiện …"."""
        head, colon, rest = node.text.partition(":")
        if not colon or not rest.strip() or node.is_bullet or len(head) > 160:
            return None
        if is_unit_list(head) or (node.style != "none" and node.kind is SectionKind.IMPLEMENTATION and len(head) < 90):
            return node.start, node.start + len(head)
        return None

    def parent(self, node: Node, chain: tuple[Node, ...], group: str) -> None:
        """Note a node with a list below it: a heading, a lead-in, a task of its own, or a task that the list belongs to."""
        listed = [c for c in node.children if not self.is_attribute(c)]
        if node.text.endswith(":") and (
            node.is_bullet or node.style in {"lead", "letter", "paren", "dot2", "dot3", "close"}
        ):
            self.lead_in(node, chain, group, listed)
            return
        if self.goes_on_below(node, listed):
            self.item(node, chain, group, [(node.start, node.end), *((c.start, c.end) for c in listed)], None)
            return
        if self.is_duty_and_heading(node):
            self.item(node, chain, group, [(node.start, node.end)], self.run_on(node))
            self.children(node, chain, group)
            return
        self.heading(node, chain)
        run_on = None if is_unit_list(node.text) else self.run_on(node)
        if run_on and run_on[1] + 25 < node.end:
            self.item(node, chain, node.path, [(node.start, node.end)], run_on)
        elif node.named and (rest := self.after_colon(node)):
            self.item(node, chain, node.path, [rest], None)
        self.children(node, chain, node.path if not node.is_bullet and node.label else group)

    def goes_on_below(self, node: Node, listed: Sequence[Node]) -> bool:
        """An unfinished sentence that its bullets finish: no stop at its end, small letters at their beginnings."""
        if node.text[-1:] in ".:;!?" or node.named or len(node.text) < 40:
            return False
        return all(c.grid is None and c.is_bullet and not c.children and c.text[:1].islower() for c in listed)

    def after_colon(self, node: Node) -> tuple[int, int] | None:
        """The text that runs on after a named heading: "1. Mục tiêu: Đến hết năm …"."""
        at = node.text.find(":")
        rest = node.text[at + 1 :].strip() if at >= 0 else ""
        return (node.end - len(node.text[at + 1 :].lstrip()), node.end) if len(rest) > 25 else None

    def is_duty_and_heading(self, node: Node) -> bool:
        """A whole sentence that says what to do, with a list below it that says more."""
        if node.named or node.kind not in _DUTIES | {SectionKind.GOALS} or is_unit_list(node.text):
            return False
        if len(node.text) > _PARAGRAPH:
            return True
        return bool(_FULL_STOP.search(node.text[-4:])) and len(node.text) >= _LONG_SENTENCE

    def lead_in(self, node: Node, chain: tuple[Node, ...], group: str, listed: Sequence[Node]) -> None:
        """Note what a line that ends with a colon is to the list below it."""
        duties = [child for child in listed if _is_duty(child)]
        own = _opens_duty(node.folded) or len(node.text) > _PARAGRAPH
        below = node.path if node.label and not node.is_bullet else group
        if node.kind is SectionKind.GOALS or not own:
            self.heading(node, chain)
            self.children(node, chain, below)
        elif 2 * len(duties) >= len(listed):
            if first(phrases("lead_ins", "own_duty"), node.folded[-30:]):
                self.item(node, chain, group, [(node.start, node.end)], None)
            else:
                self.heading(node, chain)
                group = below
            self.children(node, chain, group)
        else:
            parts = [c for c in listed if c not in duties and c.grid is None and not _is_assessed(c)]
            asked = node.folded.rpartition(". ")[2]
            named = any(_LINK.search(c.text) for c in parts) or first(phrases("headings", "topics"), asked) is not None
            pieces = [(node.start, node.end)] + ([] if named else [(c.start, c.end) for c in parts])
            self.item(node, chain, group, pieces, None)
            for child in duties:
                self.node(child, (*chain, child), group, None)

    def item(
        self,
        node: Node,
        chain: tuple[Node, ...],
        group: str,
        pieces: list[tuple[int, int]],
        run_on: tuple[int, int] | None,
    ) -> None:
        """Note an item, what stands in brackets or labels at its end taken off as attributes."""
        folded = node.folded
        if first(phrases("headings", "definitions"), folded) or _is_assessed(node):
            return
        if node.paragraph and _BRACKETED.fullmatch(node.paragraph.text):
            return
        if node.topics and not first(phrases("verbs", "sets_work"), folded):
            return
        if self.is_topic_of_section(chain) and not _opens_duty(folded):
            return
        start, end = pieces[0]
        label = label_at(node.text)
        own: list[Attribute] = []
        if label is not None and label.gives == "task":
            start += label.end
        if node.kind in _DUTIES and len(pieces) == 1:
            own = self.at_end(start, end)
            if label is not None and own:
                end = min(a.start for a in own)
                end = start + len(self.text[start:end].rpartition(";")[0].rstrip())
        pieces[0] = (start, end)
        headings = tuple(n for n in chain[:-1] if n.style != "root")
        item = Item(tuple(pieces), node.kind, node.style, group, headings, own, run_on, node.topics, node.scope)
        self.events.append(_Event(chain, item=item))

    @staticmethod
    def is_topic_of_section(chain: tuple[Node, ...]) -> bool:
        """Whether the section lists topics by its own heading ("II. NỘI DUNG TUYÊN TRUYỀN"): only what sets work counts."""
        section = next((n for n in chain if n.style != "root"), None)
        return section is not None and first(phrases("headings", "topics"), section.folded) is not None

    def at_end(self, start: int, end: int) -> list[Attribute]:
        """The attributes that stand at an item's end, in brackets or by their labels; they stay in its text, as printed."""
        text = self.text[start:end]
        found = bracket_at_end(text) or trailing_attributes(text)
        return [Attribute(a.gives, start + a.start, start + a.end) for a in found[1]] if found else []

    def table(self, node: Node, chain: tuple[Node, ...], group: str) -> None:
        """Note the items of a table's rows."""
        if node.kind not in _LISTED:
            return
        for row in self.tables.get(id(node.grid), ()):
            path = f"{group}.{row.section}" if row.section and group else group
            for pieces in row.items:
                text = fold(self.text[pieces[0][0] : pieces[-1][1]])
                if not text.strip(" .-"):
                    continue
                kind = SectionKind.GOALS if row.target else node.kind
                item = Item(
                    pieces,
                    kind,
                    "row",
                    path,
                    tuple(chain[:-1]),
                    list(row.attributes),
                    None,
                    False,
                    node.scope,
                    row.values,
                )
                self.events.append(_Event(chain, item=item))


def _is_duty(node: Node) -> bool:
    """Whether a list's entry says what to do, or is a whole sentence, and is no name or noun."""
    if node.grid is not None:
        return True
    folded = node.folded
    if _opens_duty(folded) or any(_is_duty(child) for child in node.children):
        return True
    return len(folded) > _LONG_SENTENCE and bool(_FULL_STOP.search(node.text[-4:])) and not _LINK.search(node.text)


def _is_assessed(node: Node) -> bool:
    """A noun phrase that names what is checked: no part of the work's text."""
    return first(phrases("nouns", "assessed"), node.folded) is not None


def _opens_duty(folded: str) -> bool:
    """Whether a text opens with a duty's verb, at once or after a short head: "Về kinh tế số: Hướng dẫn …"."""
    if first(phrases("verbs", "actions"), folded):
        return True
    _, colon, rest = folded.partition(":")
    return bool(colon) and first(phrases("verbs", "actions"), rest.strip()) is not None


def _give_out(events: list[_Event]) -> None:
    """Give each block of attribute lines to the items that it closes (gold/GUIDE.md, "Attribute lines")."""
    since: list[_Event] = []
    waiting: list[Attribute] = []
    for event in _merged(events):
        if event.item is not None:
            if event.item.style != "row":
                since.append(event)
            event.item.attributes += waiting
        elif event.block:
            if not since:
                waiting = event.block
                continue
            for closed in _closed(since, event):
                assert closed.item is not None  # noqa: S101  (only item events are gathered)
                closed.item.attributes += event.block
            since, waiting = [], []
        else:
            since, waiting = [], []


def _merged(events: Sequence[_Event]) -> Iterator[_Event]:
    """Attribute lines that follow one another made one block."""
    pending: _Event | None = None
    for event in events:
        if event.block:
            if pending is None:
                pending = _Event(event.chain, block=[])
            pending.block += event.block
            continue
        if pending is not None:
            yield pending
            pending = None
        yield event
    if pending is not None:
        yield pending


def _closed(since: Sequence[_Event], block: _Event) -> Sequence[_Event]:
    """The items since the last block or heading that a block closes.

    An ordinal's own item is closed alone (c), not b)); bracketed numbers, bullets and paragraphs are closed together,
    but for a bullet that has its attributes as bullets below it.
    """
    last = since[-1]
    node = last.chain[-1]
    if node.style in _OWNING or (node.is_bullet and len(block.chain) > 1 and block.chain[-2] is node):
        return [last]
    for depth in range(len(last.chain) - 2, 0, -1):
        above = last.chain[depth]
        if above.style in _OWNING:
            return [e for e in since if above in e.chain]
    return since
