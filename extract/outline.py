"""Reading -> Outline: the tree of sections and items that the numbering, the type and the words of headings make."""

import re
from collections.abc import Iterable, Sequence

from extract.lexicon import Phrase, first, phrases
from extract.model import Grid, Node, Outline, Paragraph, Reading
from extract.normalize.labels import label_at
from extract.normalize.numbering import BULLETS, RANKS, Marker, marker_of
from extract.normalize.units import is_unit_list
from extract.text import LOWER, UPPER
from schemas import SectionKind

_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")
_FULL_STOP = re.compile(r"[.;]\s*$")
_ENDS_PLAN = re.compile(r"\./\.|/\.|\.\s*/-|\./$")
_STOPPED = re.compile(r"[.;:,!…]\s*$")
_LONGEST_HEADING = 160
_LISTED = frozenset({SectionKind.GOALS, SectionKind.TASKS, SectionKind.IMPLEMENTATION})
_EITHER = frozenset({"letter", "paren", "close"})
_TOP_RANK = 3
_APPENDIX = re.compile(r"\s*(?:phụ lục|phụ biểu)\b\s*(?:số\s*)?(?P<label>[ivx]+|\d{1,2})?\b")


def outline_of(reading: Reading) -> Outline:
    """The outline of a plan; a text with no headings at all gives a body of bare paragraphs."""
    blocks = list(reading.blocks)
    start = _body_start(blocks)
    back = _back_start(blocks, start)
    after = _appendix_start(blocks, back)
    closing_at = _closing(blocks, start, back)
    body_blocks = [b for i, b in enumerate(blocks[start:back], start) if i != closing_at]
    body = _tree(body_blocks)
    _classify(body)
    closing = blocks[closing_at] if closing_at is not None else None
    return Outline(
        body=body,
        appendices=tuple(_appendices(blocks[after:])),
        closing=closing if isinstance(closing, Paragraph) else None,
        start=_offset(blocks, start, len(reading.text)),
        end=_offset(blocks, back, len(reading.text)),
    )


def _offset(blocks: Sequence[Paragraph | Grid], index: int, end: int) -> int:
    """Where the block at `index` begins in the text."""
    if index >= len(blocks):
        return end
    block = blocks[index]
    if isinstance(block, Paragraph):
        return block.start
    return min((p.start for row in block.rows for cell in row for p in cell.paragraphs), default=end)


def _body_start(blocks: Sequence[Paragraph | Grid]) -> int:
    """The first block after the preamble: a numbered heading, or a heading by its words or type."""
    titled = max(
        (
            i
            for i, b in enumerate(blocks[:80])
            if isinstance(b, Paragraph) and first(phrases("headings", "title"), b.folded)
        ),
        default=-1,
    )
    for i, block in enumerate(blocks[titled + 1 :], titled + 1):
        if not isinstance(block, Paragraph):
            continue
        marker = marker_of(block.text)
        if marker is not None and marker.style not in BULLETS and _may_open_body(block, marker):
            return i
        if marker is None and i > titled + 1 and _named_heading(block) is not None:
            return i
    return titled + 1


def _may_open_body(block: Paragraph, marker: Marker) -> bool:
    return RANKS[marker.style] <= RANKS["dot1"] and len(block.text) < 400


def _back_start(blocks: Sequence[Paragraph | Grid], start: int) -> int:
    """The first block of the plan's foot: Nơi nhận, else the signature, else the end."""
    signature = None
    for i, block in enumerate(blocks[start:], start):
        text = block.folded if isinstance(block, Paragraph) else _first_cell(block)
        if first(phrases("headings", "recipients"), text) and len(text) < 300:
            return signature if signature is not None and i - signature < 8 else i
        if isinstance(block, Paragraph) and len(text) < 80 and first(phrases("headings", "signatures"), text):
            signature = signature if signature is not None else i
        elif _ENDS_PLAN.search(text[-4:]):
            signature = None
    return signature if signature is not None else len(blocks)


def _first_cell(grid: Grid) -> str:
    return next((p.folded for row in grid.rows for cell in row for p in cell.paragraphs), "")


def _appendix_start(blocks: Sequence[Paragraph | Grid], back: int) -> int:
    """The first block after the foot that belongs to an appendix."""
    for i, block in enumerate(blocks[back:], back):
        if isinstance(block, Paragraph):
            if _APPENDIX.match(block.folded) or (i > back + 3 and _is_appendix_heading(block)):
                return i
        elif len(block.rows) > 1 and len(block.rows[0]) > 2:
            return i
    return len(blocks)


def _is_appendix_heading(block: Paragraph) -> bool:
    found = _section_phrase(block.folded)
    return found is not None and found.means["kind"] == "appendix" and bool(_CAPS.fullmatch(block.text))


def _closing(blocks: Sequence[Paragraph | Grid], start: int, back: int) -> int | None:
    """The index of the plan's last paragraph: the one that "./." ends, else one that opens as closings do."""
    last = [i for i in range(start, back) if isinstance(blocks[i], Paragraph)][-4:]
    for i in reversed(last):
        block = blocks[i]
        assert isinstance(block, Paragraph)  # noqa: S101  (for the type checker; chosen above)
        if marker_of(block.text) is None and label_at(block.text) is None:
            if _ENDS_PLAN.search(block.text[-6:]) or first(phrases("headings", "closing"), block.folded):
                return i
    return None


def _tree(blocks: Iterable[Paragraph | Grid]) -> Node:
    """The blocks under one another, as their markers rank them."""
    root = Node(0, 0, "", "", "root")
    stack = [root]
    blocks = list(blocks)
    bare = _has_lost_numbers(blocks)
    for block in blocks:
        node = _node(block)
        if node.style == "caps" and _stands_below(node, stack):
            node.style = "subcaps"
        if node.style == "none" and node.paragraph and _is_bare_heading(node.paragraph, stack, lost=bare):
            node.style = "title"
        _descend(stack, node)
        stack[-1].children.append(node)
        if node.grid is None and node.style != "none":
            stack.append(node)
    return root


def _stands_below(node: Node, stack: Sequence[Node]) -> bool:
    """A line of capitals with no number under a numbered section: a heading inside it, unless it opens another kind."""
    section = next((n for n in stack if n.style in {"roman", "upper"}), None)
    if section is None:
        return False
    own, above = _section_phrase(node.folded), _section_phrase(section.folded)
    return own is None or is_unit_list(node.text) or (above is not None and own.means["kind"] == above.means["kind"])


def _has_lost_numbers(blocks: Sequence[Paragraph | Grid]) -> bool:
    """A conversion dropped every ordinal: no numbered line, and short lines without a stop among whole sentences."""
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    markers = [m for p in paragraphs if (m := marker_of(p.text)) is not None and not m.is_bullet]
    short = [p for p in paragraphs if len(p.text) < 110 and not _STOPPED.search(p.text[-4:])]
    return len(markers) <= 1 and len(paragraphs) > 10 and 0.15 * len(paragraphs) < len(short) < 0.6 * len(paragraphs)


def _is_bare_heading(block: Paragraph, stack: Sequence[Node], *, lost: bool) -> bool:
    """A heading with no mark: any short line without a stop where numbers were lost; else the name of a unit alone."""
    if _STOPPED.search(block.text[-4:]) or len(block.text) > 110 or label_at(block.text) is not None:
        return False
    top = [n for n in stack if n.style != "root"][:1]
    duties = (
        bool(top) and (found := _section_phrase(top[0].folded)) is not None and found.means["kind"] == "implementation"
    )
    return lost or (duties and len(block.text) < 90 and is_unit_list(block.text))


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
    """caps, title (a heading by its words, type or level), lead (opens a list) or none (running text)."""
    if block.text.endswith(":") and not (block.bold or _CAPS.fullmatch(block.text)) and _named_heading(block) is None:
        return "lead"
    if label_at(block.text) is not None or len(block.text) > _LONGEST_HEADING or _FULL_STOP.search(block.text[-4:]):
        return "none"
    if _CAPS.fullmatch(block.text):
        return "caps"
    if _named_heading(block) is not None:
        return "section"
    timed = len(block.text) < 60 and first(phrases("lead_ins", "time_headings"), block.folded) is not None
    return "title" if block.bold or block.level or timed else "none"


def _named_heading(block: Paragraph) -> Phrase | None:
    """The section heading that an unnumbered, short paragraph is by its words."""
    if len(block.text) > 70 or _FULL_STOP.search(block.text[-4:]):
        return None
    phrase = _section_phrase(block.folded)
    if phrase is None:
        return None
    rest = block.folded[_match_end(phrase, block.folded) :]
    loose = block.bold or block.level or _CAPS.fullmatch(block.text)
    return phrase if loose or len(rest) < 25 else None


def _section_phrase(folded: str) -> Phrase | None:
    found = first(phrases("headings", "sections"), folded)
    return found[0] if found else None


def _match_end(phrase: Phrase, folded: str) -> int:
    match = phrase.find(folded)
    return match.end() if match else 0


def _descend(stack: list[Node], node: Node) -> None:
    """Leave the levels that end where `node` begins."""
    if node.style in {"none", "grid", "lead"}:
        while stack[-1].is_bullet or stack[-1].style == "lead":
            stack.pop()
        return
    if node.style == "title":
        while stack[-1].is_bullet or stack[-1].style in {"title", "lead"}:
            stack.pop()
        return
    styles = [n.style for n in stack]
    if node.style in styles:
        del stack[len(styles) - 1 - styles[::-1].index(node.style) :]
        return
    while len(stack) > 1 and RANKS.get(stack[-1].style, 0) >= RANKS[node.style] and not _begins_below(stack[-1], node):
        stack.pop()


def _begins_below(above: Node, node: Node) -> bool:
    """Letters and bracketed numbers stand in either order: one that begins a list goes below the other."""
    return node.number == 1 and above.style in _EITHER and node.style in _EITHER and above.style != node.style


def _appendices(blocks: Sequence[Paragraph | Grid]) -> Iterable[Node]:
    """A tree for each appendix; its path is PL whatever its number."""
    groups: list[list[Paragraph | Grid]] = []
    for block in blocks:
        if not groups or (isinstance(block, Paragraph) and _APPENDIX.match(block.folded)):
            groups.append([])
        groups[-1].append(block)
    for group in groups:
        tree = _tree([b for b in group if isinstance(b, Grid) or not _APPENDIX.match(b.folded)])
        for node in tree.walk():
            node.kind, node.path = SectionKind.APPENDIX, "PL"
        _paths(tree)
        yield tree


def _paths(node: Node) -> None:
    for child in node.children:
        child.path = _path(node.path, child)
        _paths(child)


def _classify(root: Node) -> None:
    """Give every node below `root` its section's kind and its path, from the headings down."""
    for child in root.children:
        _classify_node(child, root)


def _classify_node(node: Node, parent: Node) -> None:
    node.kind, node.scope, node.topics = parent.kind, parent.scope, parent.topics
    node.path = _path(parent.path, node)
    found = _heading_phrase(node, parent)
    if found is not None:
        node.kind = SectionKind(found.means["kind"])
        node.scope = found.means.get("scope", "")
        node.period = bool(found.means.get("period"))
        node.named = True
    elif _is_top(node, parent) and node.kind is SectionKind.OTHER and not parent.named:
        node.kind = _kind_by_content(node)
    heading = node.folded.partition(":")[0]
    if not _is_top(node, parent):
        node.topics = node.topics or first(phrases("headings", "topics"), heading) is not None
    for child in node.children:
        _classify_node(child, node)


def _is_top(node: Node, parent: Node) -> bool:
    return node.grid is None and (parent.style in {"root", "part"} or RANKS.get(node.style, 99) <= _TOP_RANK)


def _heading_phrase(node: Node, parent: Node) -> Phrase | None:
    """The phrase of the lexicon that makes the node a section's heading, or None."""
    if node.grid is not None or not node.text:
        return None
    head, colon, _ = node.folded.partition(":")
    if len(head) > _LONGEST_HEADING or (node.paragraph and parent.style != "root" and label_at(node.paragraph.text)):
        return None
    phrase = _section_phrase(head)
    if phrase is None:
        return None
    if _is_top(node, parent):
        return None if node.style in {"none", "lead"} and not colon else phrase
    if not phrase.means.get("deep") or (parent.named and parent.kind is SectionKind.OTHER):
        return None
    if phrase.means["kind"] == "other" and parent.kind in _LISTED:
        return None
    remainder = head[_match_end(phrase, head) :].strip(" .")
    goal = phrase.means["kind"] == "goals"
    if node.is_bullet or node.style in {"none", "lead"}:
        return phrase if colon and len(remainder) < 12 else None
    short = len(remainder) < (80 if goal and parent.kind is SectionKind.GOALS else 45)
    return phrase if short and (colon or not _FULL_STOP.search(head[-4:]) or len(remainder) < 12) else None


def _kind_by_content(node: Node) -> SectionKind:
    """The kind of a top section whose heading says nothing known: words inside it, else how its items open."""
    for phrase in phrases("headings", "inside"):
        if phrase.find(node.folded):
            return SectionKind(phrase.means["kind"])
    items = [n for n in node.walk() if n is not node and not n.children and n.grid is None]
    opening = sum(first(phrases("verbs", "actions"), n.folded) is not None for n in items)
    return SectionKind.TASKS if items and opening >= 0.5 * len(items) else SectionKind.OTHER


def _path(parent: str, node: Node) -> str:
    """The path with the node's label; a label that repeats its parent's ("2.1" under "2") takes its place."""
    label = node.label
    if not label:
        return parent
    head, _, last = parent.rpartition(".")
    for base, kept in ((last, head), (parent, "")):
        if base and label.startswith(base + "."):
            return f"{kept}.{label}" if kept else label
    steps = parent.split(".") if parent else []
    for i in range(len(steps)):
        if label.startswith(".".join(steps[i:]) + "."):
            return ".".join([*steps[:i], label])
    return f"{parent}.{label}" if parent else label
