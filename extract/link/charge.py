"""Headings over a task -> the one that names who acts; in a tasks section a unit's name may be a topic as well."""

from collections.abc import Iterator
from functools import lru_cache

from extract.find.units import role_of_duty, units_of_heading
from extract.lexicon import first, phrases
from extract.link.context import Context
from extract.model import Item, Node
from extract.normalize.labels import label_at
from extract.normalize.units import is_unit_list
from schemas import Role, SectionKind, TaskKind

KINDS = {
    SectionKind.TASKS: TaskKind.TASK,
    SectionKind.IMPLEMENTATION: TaskKind.ASSIGNMENT,
    SectionKind.APPENDIX: TaskKind.APPENDIX,
}
_LONGEST_HEAD = 90  # characters before a colon that may head what runs on


def heading_in_charge(item: Item, kind: TaskKind, context: Context) -> Node | None:
    """The nearest heading that names units and charges them with what stands below it."""
    for at in range(len(item.headings) - 1, -1, -1):
        node = item.headings[at]
        if node.named or node.kind not in KINDS or not units_of_heading(heading_of(node.text)):
            continue
        if kind is TaskKind.ASSIGNMENT:
            return node
        if not node.is_bullet and (at == 0 or _charges(node, item.headings[at - 1], context)):
            return node
    return None


def is_addressed(item: Item, context: Context) -> bool:
    """Whether the unit that an item's own head names ("Trạm Y tế: Khám …") is charged with it."""
    return not item.headings or _among_units(item.headings[-1], item.style, context)


@lru_cache(maxsize=1024)
def heading_of(text: str) -> str:
    """A heading without the duty that runs on after its colon; the colon of "Bộ phận: A, B" parts nothing."""
    return text if is_unit_list(text) else text.partition(":")[0]


def _charges(node: Node, parent: Node, context: Context) -> bool:
    """Whether a unit's name heads its duties: it or they say so, or its sisters name units too."""
    if first(phrases("units", "leading"), node.folded) or not is_unit_list(heading_of(node.text)):
        return True
    if any(role_of_duty(child.text) is Role.LEAD for child in node.children):
        return True
    return _among_units(parent, node.style, context)


def _among_units(parent: Node, style: str, context: Context) -> bool:
    """Whether of a unit's sisters with the same mark, as far as they are headings, at least half name units too."""
    if (parent, style) not in context.unit_heads:
        heads = [head for node in parent.children if node.style == style for head in _head(node)]
        context.unit_heads[parent, style] = sum(map(is_unit_list, heads)), len(heads)
    units, sisters = context.unit_heads[parent, style]
    return 2 * (units - 1) >= sisters - 1  # itself not counted


def _head(node: Node) -> Iterator[str]:
    """The heading that a node is, or begins with; none of a sentence, nor of an attribute line."""
    head, colon, _ = node.text.partition(":")
    if node.paragraph is not None and label_at(node.paragraph.text) is not None:
        return
    if node.children or (colon and (len(head) < _LONGEST_HEAD or is_unit_list(head))):
        yield heading_of(node.text)
