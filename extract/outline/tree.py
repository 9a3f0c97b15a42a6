"""Blocks -> a tree: each under the one that its mark, its type or its words rank it below."""

from collections.abc import Sequence

from extract.lexicon import first, phrases
from extract.model import Grid, Node, Paragraph
from extract.normalize.labels import label_at
from extract.normalize.numbering import RANKS, marker_of
from extract.normalize.units import is_unit_list
from extract.outline.headings import LONGEST_HEADING, ends_with_stop, is_capitals, named_heading, section_phrase

_EITHER = frozenset({"letter", "paren", "close"})
_LONGEST_BARE = 110  # characters of a heading that has neither mark nor type
_LONGEST_TIME = 60


def tree_of(blocks: Sequence[Paragraph | Grid]) -> Node:
    """The blocks under one another, below a root that stands for the whole."""
    root = Node(0, 0, "", "", "root")
    stack = [root]
    lost = _has_lost_numbers(blocks)
    for block in blocks:
        node = _node(block)
        if node.style == "caps" and _stands_below(node, stack):
            node.style = "subcaps"
        if node.style == "none" and node.paragraph and _is_bare_heading(node.paragraph, stack, lost=lost):
            node.style = "title"
        _descend(stack, node)
        stack[-1].children.append(node)
        if node.style not in {"none", "grid"}:
            stack.append(node)
    return root


def _node(block: Paragraph | Grid) -> Node:
    if isinstance(block, Grid):
        return Node(0, 0, "", "", "grid", grid=block)
    marker = marker_of(block.text)
    if marker is None:
        style = _unmarked_style(block)
        return Node(block.start, block.end, block.text, block.folded, style, bold=block.bold, paragraph=block)
    return Node(
        block.start + marker.end, block.end, block.text[marker.end :], block.folded[marker.end :],
        marker.style, marker.label, marker.number, bold=block.bold, paragraph=block,
    )  # fmt: skip


def _unmarked_style(block: Paragraph) -> str:
    """caps, section (a section's heading by its words), title (a heading by its type), lead (opens a list) or none."""
    capitals = is_capitals(block.text)
    if block.text.endswith(":") and not block.bold and not capitals and named_heading(block) is None:
        return "lead"
    if len(block.text) > LONGEST_HEADING or ends_with_stop(block.text) or label_at(block.text) is not None:
        return "none"
    if capitals:
        return "caps"
    if named_heading(block) is not None:
        return "section"
    timed = len(block.text) < _LONGEST_TIME and first(phrases("lead_ins", "time_headings"), block.folded) is not None
    return "title" if block.bold or block.level or timed else "none"


def _stands_below(node: Node, stack: Sequence[Node]) -> bool:
    """A line of capitals with no number under a numbered section: a heading inside it, unless it opens another kind.

    Where sections have no numbers, it does if nothing but such headings stands under the section.
    """
    section = next((n for n in stack if n.style in {"roman", "upper"}), None)
    if section is None:
        return _heads_part(node, stack)
    own, above = section_phrase(node.folded), section_phrase(section.folded)
    return own is None or is_unit_list(node.text) or (above is not None and own.means["kind"] == above.means["kind"])


def _heads_part(node: Node, stack: Sequence[Node]) -> bool:
    """A line of capitals that no section opens with, right under the name of one, or beside others like it there."""
    section = next((n for n in stack if n.style == "caps"), None)
    if section is None or section_phrase(node.folded) is not None or section_phrase(section.folded) is None:
        return False
    return all(child.style == "subcaps" for child in section.children)


def _has_lost_numbers(blocks: Sequence[Paragraph | Grid]) -> bool:
    """A conversion dropped every ordinal: no numbered line, and short lines without a stop among whole sentences."""
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    markers = [m for p in paragraphs if (m := marker_of(p.text)) is not None and not m.is_bullet]
    if len(markers) > 1 or len(paragraphs) <= 10:
        return False
    short = sum(len(p.text) < _LONGEST_BARE and not ends_with_stop(p.text, any_mark=True) for p in paragraphs)
    return 0.15 * len(paragraphs) < short < 0.6 * len(paragraphs)


def _is_bare_heading(block: Paragraph, stack: Sequence[Node], *, lost: bool) -> bool:
    """A heading with no mark: any short line without a stop where numbers were lost; else the name of a unit alone."""
    if len(block.text) > _LONGEST_BARE or ends_with_stop(block.text, any_mark=True) or label_at(block.text) is not None:
        return False
    return lost or (_assigns(stack) and is_unit_list(block.text))


def _assigns(stack: Sequence[Node]) -> bool:
    """Whether the section that is open assigns duties to units."""
    section = next((n for n in stack if n.style != "root"), None)
    found = section_phrase(section.folded) if section else None
    return found is not None and found.means["kind"] == "implementation"


def _descend(stack: list[Node], node: Node) -> None:
    """Leave the levels that end where `node` begins."""
    passing = {"none": {"lead"}, "grid": {"lead"}, "lead": {"lead"}, "title": {"title", "lead"}}.get(node.style)
    if passing is not None:
        while stack[-1].is_bullet or stack[-1].style in passing:
            stack.pop()
        return
    styles = [n.style for n in stack]
    if node.style in styles:
        del stack[len(styles) - 1 - styles[::-1].index(node.style) :]
        return
    if node.is_bullet and stack[-1].is_bullet and _says_more(stack[-1], node):
        return
    while len(stack) > 1 and RANKS[stack[-1].style] >= RANKS[node.style]:
        if _begins_below(stack[-1], node) or _stood_below(stack[-2], stack[-1], node):
            return
        stack.pop()


def _stood_below(parent: Node, above: Node, node: Node) -> bool:
    """Below the sister before the one above, this mark stood under that: so does a list that counts on from there."""
    if {above.style, node.style} - _EITHER:
        return False
    sister = next((child for child in parent.children[-2:-1] if child.style == above.style), None)
    return sister is not None and any(child.style == node.style for child in sister.children[:1])


def _says_more(above: Node, node: Node) -> bool:
    """A bullet of a new kind under another, whatever the two: an attribute line, or what a heading leads to."""
    attribute = node.paragraph is not None and label_at(node.paragraph.text) is not None
    return attribute or not ends_with_stop(above.text)


def _begins_below(above: Node, node: Node) -> bool:
    """Letters and bracketed numbers stand in either order: one that begins a list goes below the other."""
    return node.number == 1 and above.style in _EITHER and node.style in _EITHER and above.style != node.style
