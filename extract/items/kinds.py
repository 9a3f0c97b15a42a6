"""What a node of the outline is to the list it stands in: an attribute line, a heading, a lead-in, a duty, a topic."""

import re
from collections.abc import Sequence

from extract.lexicon import first, phrases
from extract.model import Node
from extract.normalize.labels import label_at
from extract.normalize.units import is_unit_list
from extract.text import LOWER, UPPER
from schemas import SectionKind

DUTIES = frozenset({SectionKind.TASKS, SectionKind.IMPLEMENTATION, SectionKind.APPENDIX})
LISTED = DUTIES | {SectionKind.GOALS, SectionKind.PURPOSE, SectionKind.REQUIREMENTS, SectionKind.FUNDING}
LONG_PARAGRAPH = 220  # characters: no heading is as long
_LONG_SENTENCE = 80
_LONGEST_HEAD = 160
_FULL_STOP = re.compile(r"[.;…!]\s*$")
_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")
_LINK = re.compile(r"https?://|www\.|\.vn\b")
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*[.]?\s*")
_SHORT_HEAD = re.compile(r"[^.:;]{4,60}[.:]\s+\S")
_NUMBERED = frozenset({"roman", "upper", "dot1", "dot2", "dot3", "dot4"})


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences and clauses do."""
    return _FULL_STOP.search(text[-4:]) is not None


def is_attribute(node: Node) -> bool:
    """Whether the node is an attribute line of the tasks beside it."""
    if node.paragraph is None or node.named or node.kind not in DUTIES:
        return False
    label = label_at(node.paragraph.text)
    return label is not None and label.gives != "task" and not (label.gives == "none" and node.style == "dot1")


def has_list(node: Node) -> bool:
    """Whether anything but attribute lines stands below the node."""
    return any(not is_attribute(child) for child in node.children)


def opens_duty(folded: str) -> bool:
    """Whether a text opens with a duty's verb, at once or after a short head: "Về kinh tế số: Hướng dẫn …"."""
    if first(phrases("verbs", "actions"), folded):
        return True
    _, colon, rest = folded.partition(":")
    return bool(colon) and first(phrases("verbs", "actions"), rest.strip()) is not None


def is_duty(node: Node) -> bool:
    """Whether a list's entry says what to do, or is a whole sentence, and is no name or noun."""
    if node.grid is not None or opens_duty(node.folded) or any(is_duty(child) for child in node.children):
        return True
    return len(node.text) > _LONG_SENTENCE and ends_sentence(node.text) and not is_link(node)


def is_link(node: Node) -> bool:
    """Whether the node's text holds an address of the web."""
    return _LINK.search(node.text) is not None


def is_assessed(node: Node) -> bool:
    """A noun phrase that names what is checked: no part of the work's text."""
    return first(phrases("nouns", "assessed"), node.folded) is not None


def sets_nothing(node: Node, chain: Sequence[Node]) -> bool:
    """A definition, a thing assessed, a caption in brackets, or a topic: no work and no target."""
    folded = node.folded
    if first(phrases("headings", "definitions"), folded) or is_assessed(node):
        return True
    if node.paragraph and _BRACKETED.fullmatch(node.paragraph.text):
        return True
    if node.topics:
        return first(phrases("verbs", "sets_work"), folded) is None
    section = next((n for n in chain if n.style != "root"), None)
    topical = section is not None and first(phrases("headings", "topics"), section.folded) is not None
    return topical and not opens_duty(folded)


def is_own_duty(node: Node) -> bool:
    """A line that ends with a colon and is a duty all the same: "UBND cấp xã thực hiện rà soát, trong đó:"."""
    return first(phrases("lead_ins", "own_duty"), node.folded[-30:]) is not None


def announces_work(node: Node) -> bool:
    """A lead-in that ends with "… các việc sau đây:" and is no work of its own."""
    return first(phrases("lead_ins", "announces"), node.folded[-60:]) is not None


def asks_for_topics(node: Node) -> bool:
    """A lead-in whose last sentence announces topics: "… Nội dung kiểm tra gồm:"."""
    return first(phrases("headings", "topics"), node.folded.rpartition(". ")[2]) is not None


def is_lead_in(node: Node) -> bool:
    """A line that ends with a colon, of a style that opens lists."""
    opens = node.is_bullet or node.style in {"lead", "letter", "paren", "dot2", "dot3", "close"}
    return opens and node.text.endswith(":")


def is_empty_heading(node: Node, parent: Node, following: Node | None) -> bool:
    """A heading with nothing below it: its words, type or form say so, or its item took the next number."""
    if node.named and ":" not in node.text:
        return True
    if node.style in {"caps", "subcaps", "title"}:
        return True
    if node.bold and not ends_sentence(node.text) and len(node.text) < 120:
        return _CAPS.fullmatch(node.text) is not None
    if node.text.endswith(":"):
        return not node.children and not is_own_duty(node)
    return following is not None and is_misnumbered(node, parent, following)


def is_misnumbered(node: Node, parent: Node, following: Node) -> bool:
    """A heading with nothing below it, as the item it heads took the next number: 1 heads 2, its sisters head lists."""
    if node.style != "dot1" or ends_sentence(node.text) or node.children:
        return False
    return following.style == node.style and ends_sentence(following.text) and _heads_lists(node, parent)


def runs_on_among_headings(node: Node, parent: Node) -> bool:
    """A numbered heading whose text runs on ("3. Lâm nghiệp. Quản lý …"), as those beside it are headings."""
    if node.style not in _NUMBERED or not _SHORT_HEAD.match(node.text):
        return False
    return _heads_lists(node, parent) and any(n.style == node.style and n is not node for n in parent.children)


def _heads_lists(node: Node, parent: Node) -> bool:
    """Whether at least half of the nodes with the same mark beside this one head a list."""
    like = [n for n in parent.children if n.style == node.style and n is not node]
    return 2 * sum(map(has_list, like)) >= len(like)


def run_on(node: Node) -> tuple[int, int] | None:
    """The range of a heading that runs on into its duty: "7. Tổ công nghệ số cộng đồng ấp 17: Thực hiện …"."""
    head, colon, rest = node.text.partition(":")
    if not colon or not rest.strip() or len(head) > _LONGEST_HEAD:
        return None
    marked = node.style != "none" and not node.is_bullet
    heading = marked and node.kind is SectionKind.IMPLEMENTATION and len(head) < 90
    return (node.start, node.start + len(head)) if heading or is_unit_list(head) else None


def after_colon(node: Node) -> tuple[int, int] | None:
    """The text that runs on after a named heading: "1. Mục tiêu: Đến hết năm …"; not the name of "Mục tiêu 1: …"."""
    found = first(phrases("headings", "sections"), node.folded.partition(":")[0])
    if found and found[0].means["kind"] == "goals" and not found[0].means.get("deep"):
        return None
    at = node.text.find(":")
    rest = node.text[at + 1 :].strip() if at >= 0 else ""
    return (node.end - len(node.text[at + 1 :].lstrip()), node.end) if len(rest) > 25 else None


def names_goals(node: Node) -> bool:
    """Whether the head that a goal runs on after only names it ("Mục tiêu chung: …"): a time there belongs to it."""
    return node.kind is SectionKind.GOALS and not any(map(str.isdigit, node.text.partition(":")[0]))


def goes_on_below(node: Node, listed: Sequence[Node]) -> bool:
    """An unfinished sentence that its bullets finish: no stop at its end, small letters at their beginnings."""
    if node.text[-1:] in ".:;!?" or node.named or len(node.text) < 40:
        return False
    return all(c.grid is None and c.is_bullet and not c.children and c.text[:1].islower() for c in listed)


def is_duty_and_heading(node: Node) -> bool:
    """A whole sentence that says what to do, with a list below it that says more."""
    if node.named or node.kind not in DUTIES | {SectionKind.GOALS} or is_unit_list(node.text):
        return False
    return len(node.text) > LONG_PARAGRAPH or (ends_sentence(node.text) and len(node.text) >= _LONG_SENTENCE)
