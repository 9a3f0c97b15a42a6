"""A tree's nodes -> the kind of section each stands in, and its path."""

from extract.lexicon import Phrase, first, phrases
from extract.model import Node
from extract.normalize.labels import label_at
from extract.normalize.numbering import RANKS
from extract.outline.headings import LONGEST_HEADING, after_phrase, ends_with_stop, is_capitals, section_phrase
from schemas import SectionKind

_LISTED = frozenset({SectionKind.GOALS, SectionKind.TASKS, SectionKind.IMPLEMENTATION})
_TOP_RANK = RANKS["caps"]


def classify(root: Node) -> None:
    """Give every node below `root` its section's kind and its path, from the headings down."""
    begun = False
    for child in root.children:
        _classify(child, root, past=not begun and _looks_back(child))
        begun = begun or child.kind in _LISTED


def _looks_back(node: Node) -> bool:
    """Whether a heading ahead of goals and work says that what follows has been reached so far."""
    if node.is_bullet or not node.children or len(node.text) > LONGEST_HEADING:
        return False
    return first(phrases("headings", "look_back"), node.folded) is not None


def classify_appendix(root: Node) -> None:
    """Give every node of an appendix its kind; the path is PL whatever the appendix' number."""
    for node in root.walk():
        node.kind, node.path = SectionKind.APPENDIX, "PL"
    _give_paths(root)


def _give_paths(node: Node) -> None:
    for child in node.children:
        child.path = _path(node.path, child)
        _give_paths(child)


def _classify(node: Node, parent: Node, *, past: bool = False) -> None:
    node.kind, node.scope, node.topics = parent.kind, parent.scope, parent.topics
    node.path = _path(parent.path, node)
    found = None if past else _heading_phrase(node, parent)
    if past:
        node.named = True
    elif found is not None:
        node.kind = SectionKind(found.means["kind"])
        node.scope = found.means.get("scope", "")
        node.period = bool(found.means.get("period"))
        node.named = True
    elif _is_top(node, parent) and node.kind is SectionKind.OTHER and not parent.named:
        node.kind = _kind_by_content(node)
    if not node.topics and not _is_top(node, parent):
        node.topics = first(phrases("headings", "topics"), node.folded.partition(":")[0]) is not None
    for child in node.children:
        _classify(child, node)


def _is_top(node: Node, parent: Node) -> bool:
    return node.grid is None and (parent.style in {"root", "part"} or RANKS.get(node.style, 99) <= _TOP_RANK)


def _heading_phrase(node: Node, parent: Node) -> Phrase | None:
    """The phrase of the lexicon that makes the node a section's heading, or None."""
    head, colon, _ = node.folded.partition(":")
    if node.grid is not None or not head or len(head) > LONGEST_HEADING:
        return None
    if node.paragraph and parent.style != "root" and label_at(node.paragraph.text):
        return None
    phrase = section_phrase(head)
    if phrase is None:
        return None
    if _is_top(node, parent):
        unmarked = node.style in {"none", "lead"} and not colon
        return None if unmarked or (phrase.means.get("part") and _is_part_of_work(node, parent)) else phrase
    return phrase if _is_deep_heading(node, parent, phrase) else None


def _is_part_of_work(node: Node, parent: Node) -> bool:
    """Whether "II. Kiểm tra, giám sát" stands among the headings of a section of work: "B. NHIỆM VỤ"."""
    return parent.named and parent.kind is SectionKind.TASKS and not is_capitals(node.text)


def _is_deep_heading(node: Node, parent: Node, phrase: Phrase) -> bool:
    """Below the top level a heading has to be the phrase and little else."""
    head, colon, _ = node.folded.partition(":")
    kind = phrase.means["kind"]
    if not phrase.means.get("deep") or (parent.named and parent.kind is SectionKind.OTHER):
        return False
    if kind == "other" and parent.kind in _LISTED:
        return False
    rest = len(after_phrase(phrase, head).strip(" ."))
    if node.is_bullet or node.style in {"none", "lead"}:
        return bool(colon) and rest < 12
    most = 80 if kind == "goals" and parent.kind is SectionKind.GOALS else 45
    return rest < most and (bool(colon) or rest < 12 or not ends_with_stop(head))


def _kind_by_content(node: Node) -> SectionKind:
    """The kind of a top section whose heading says nothing known: words inside it, else how its items open."""
    for phrase in phrases("headings", "inside") if _may_head(node) else ():
        if phrase.find(node.folded):
            return SectionKind(phrase.means["kind"])
    items = [n for n in node.walk() if n is not node and not n.children and n.grid is None]
    opening = sum(first(phrases("verbs", "actions"), n.folded) is not None for n in items)
    return SectionKind.TASKS if items and 2 * opening >= len(items) else SectionKind.OTHER


def _may_head(node: Node) -> bool:
    """Whether a node may be a heading: something stands below it, or it is short and does not end as sentences do."""
    return bool(node.children) or (len(node.text) <= LONGEST_HEADING and not ends_with_stop(node.text))


def _path(parent: str, node: Node) -> str:
    """The path with the node's label; a label that repeats its parent's ("2.1" under "2") takes its place."""
    label = node.label
    if not label:
        return parent
    steps = parent.split(".") if parent else []
    for i in range(len(steps)):
        if label.startswith(".".join(steps[i:]) + "."):
            return ".".join([*steps[:i], label])
    return f"{parent}.{label}" if parent else label
