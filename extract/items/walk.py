"""A section's tree -> events: its headings, items and attribute lines, in reading order."""

from collections.abc import Mapping, Sequence

from extract.items import kinds
from extract.items.events import Event
from extract.model import Attribute, Item, Node, Reading, Row
from extract.normalize.attributes import attributes_in, bracket_at_end, trailing_attributes
from extract.normalize.labels import label_at
from extract.normalize.units import is_unit_list
from schemas import SectionKind

Range = tuple[int, int]
Chain = tuple[Node, ...]


class Walk:
    """Walks a tree and notes its events; `group` is the path that items are told to stand under."""

    def __init__(self, reading: Reading, tables: Mapping[int, tuple[Row, ...]]) -> None:
        self.text = reading.text
        self.tables = tables
        self.events: list[Event] = []

    def children(self, node: Node, chain: Chain, group: str) -> None:
        """Note what stands below `node`; a heading whose item took the next number heads it all the same."""
        own, heading = group, None
        for i, child in enumerate(node.children):
            following = node.children[i + 1] if i + 1 < len(node.children) else None
            if heading is not None and (child.style != heading.style or not kinds.ends_sentence(child.text)):
                own, heading = group, None
            if heading is None and child.label and following and kinds.is_misnumbered(child, node, following):
                own, heading = child.path, child
            self._node(child, (*chain, child), own, following)

    def _node(self, node: Node, chain: Chain, group: str, following: Node | None) -> None:
        if node.kind not in kinds.LISTED:
            self.children(node, chain, group)
        elif node.grid is not None:
            self._table(node, chain, group)
        elif block := self._attributes(node):
            self.events.append(Event(chain, block=block))
        elif kinds.has_list(node):
            self._parent(node, chain, group)
        elif kinds.is_attribute(node) or kinds.is_empty_heading(node, chain[-2], following):
            self.events.append(Event(chain))
        else:
            self._leaf(node, chain, group)

    def _attributes(self, node: Node) -> list[Attribute]:
        """What an attribute line says; a label with nothing after it has its values in the lines below."""
        if node.paragraph is None or node.named or node.kind not in kinds.DUTIES:
            return []
        found = attributes_in(node.paragraph.text)
        block = [_placed(a, node.paragraph.start) for a in found if a.start < a.end]
        if found:
            block += [Attribute(found[-1].gives, c.start, c.end) for c in node.children if c.grid is None]
        return block

    def _leaf(self, node: Node, chain: Chain, group: str) -> None:
        run_on = kinds.run_on(node)
        own = run_on is not None and node.kind is SectionKind.IMPLEMENTATION and node.path
        if own or kinds.runs_on_among_headings(node, chain[-2]):
            group = node.path
        rest = kinds.after_colon(node) if node.named and kinds.names_goals(node) else None
        self._item(node, chain, node.path if rest else group, [rest or (node.start, node.end)], run_on)
        self.children(node, chain, group)

    def _parent(self, node: Node, chain: Chain, group: str) -> None:
        """Note a node with a list below it: a heading, a lead-in, a duty, or a duty that the list belongs to."""
        listed = [child for child in node.children if not kinds.is_attribute(child)]
        if kinds.is_lead_in(node):
            self._lead_in(node, chain, group, listed)
        elif kinds.goes_on_below(node, listed):
            self._item(node, chain, group, [(node.start, node.end), *((c.start, c.end) for c in listed)])
        elif kinds.is_duty_and_heading(node):
            self._item(node, chain, group, [(node.start, node.end)], kinds.run_on(node))
            self.children(node, chain, group)
        else:
            self._heading(node, chain, group)

    def _heading(self, node: Node, chain: Chain, group: str) -> None:
        """Note a heading, the duty or goal that runs on after it, and what stands below it."""
        self.events.append(Event(chain))
        run_on = None if is_unit_list(node.text) else kinds.run_on(node)
        if run_on and run_on[1] + 25 < node.end:
            self._item(node, chain, node.path, [(node.start, node.end)], run_on)
        elif node.named and (rest := kinds.after_colon(node)):
            self._item(node, chain, node.path, [rest])
        self.children(node, chain, _below(node, group))

    def _lead_in(self, node: Node, chain: Chain, group: str, listed: Sequence[Node]) -> None:
        """Note what a line that ends with a colon is to the list below it."""
        duties = [child for child in listed if kinds.is_duty(child)]
        own = kinds.opens_duty(node.folded) or len(node.text) > kinds.LONG_PARAGRAPH
        own = own and not kinds.announces_work(node)
        if node.kind is SectionKind.GOALS or not own:
            self.events.append(Event(chain))
            self.children(node, chain, _below(node, group))
        elif 2 * len(duties) < len(listed):
            self._item(node, chain, group, [(node.start, node.end), *_parts(node, listed, duties)])
            for child in duties:
                self._node(child, (*chain, child), group, None)
        elif kinds.is_own_duty(node):
            self._item(node, chain, group, [(node.start, node.end)])
            self.children(node, chain, group)
        else:
            self.events.append(Event(chain))
            self.children(node, chain, _below(node, group))

    def _item(self, node: Node, chain: Chain, group: str, pieces: list[Range], run_on: Range | None = None) -> None:
        """Note an item with the attributes that stand at its end; they stay in its text, as printed."""
        if kinds.sets_nothing(node, chain):
            return
        own: list[Attribute] = []
        if len(pieces) == 1 and node.kind in kinds.DUTIES:
            pieces[0], own = self._labelled(node, pieces[0])
        headings = tuple(n for n in chain[:-1] if n.style != "root")
        item = Item(tuple(pieces), node.kind, node.style, group, headings, own, run_on, scope=node.scope)
        self.events.append(Event(chain, item=item))

    def _labelled(self, node: Node, piece: Range) -> tuple[Range, list[Attribute]]:
        """The item's range without a label for its text ("Nhiệm vụ: …"), and the attributes at its end.

        Where its parts are labelled ("…; b) Cơ quan thực hiện: …"), the text ends before the first of them.
        """
        start, end = piece
        label = label_at(node.text)
        labelled = label is not None and label.gives == "task"
        if label is not None and labelled:
            start += label.end
        text = self.text[start:end]
        found = bracket_at_end(text) or trailing_attributes(text)
        own = [_placed(a, start) for a in found[1]] if found else []
        if labelled and own:
            end = start + len(self.text[start : min(a.start for a in own)].rpartition(";")[0].rstrip())
        return (start, end), own

    def _table(self, node: Node, chain: Chain, group: str) -> None:
        """Note the items of a table's rows."""
        for row in self.tables.get(id(node.grid), ()):
            path = f"{group}.{row.section}" if row.section and group else group
            kind = SectionKind.GOALS if row.target else node.kind
            for pieces in row.items:
                if self.text[pieces[0][0] : pieces[-1][1]].strip(" .-–"):
                    own = list(row.attributes)
                    item = Item(pieces, kind, "row", path, chain[:-1], own, None, node.scope, row.values, row.known)
                    self.events.append(Event(chain, item=item))


def _below(node: Node, group: str) -> str:
    """The path of what stands below a heading; a bullet and a heading without an ordinal add nothing to it."""
    return node.path if node.label and not node.is_bullet else group


def _parts(node: Node, listed: Sequence[Node], duties: Sequence[Node]) -> list[Range]:
    """The entries below a duty that are parts of its text; links, names and things assessed are left out."""
    parts = [c for c in listed if c not in duties and c.grid is None and not kinds.is_assessed(c)]
    if any(map(kinds.is_link, parts)) or kinds.asks_for_topics(node):
        return []
    return [(c.start, c.end) for c in parts]


def _placed(attribute: Attribute, offset: int) -> Attribute:
    return Attribute(attribute.gives, attribute.start + offset, attribute.end + offset)
