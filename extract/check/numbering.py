"""Outline -> where ordinals of one list skip, repeat or go back."""

from collections.abc import Iterator, Mapping, Sequence

from extract.check.findings import Findings, problem
from extract.model import Node
from extract.normalize.numbering import roman_value
from schemas import Problem

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN_STEPS = frozenset({("d", "e"), ("e", "f"), ("f", "g"), ("i", "j"), ("j", "k")})  # đ left out, or the Latin order


def numbering_problems(found: Findings) -> Iterator[Problem]:
    """One problem a list: its first break, and how many more there are."""
    for parent, breaks in broken_lists(found).items():
        node, what = breaks[0]
        place = f"Mục {parent}" if parent else "Các đề mục lớn"
        more = f" Còn {len(breaks) - 1} chỗ nữa trong danh sách này." if len(breaks) > 1 else ""
        start = node.paragraph.start if node.paragraph else node.start
        yield problem("numbering_broken", f"{place}: {what}.{more}", found.reading.span(start, node.end))


def broken_lists(found: Findings) -> Mapping[str, Sequence[tuple[Node, str]]]:
    """The breaks of every list that has some, by the path of the heading over it."""
    broken: dict[str, list[tuple[Node, str]]] = {}
    for tree in (found.outline.body, *found.outline.appendices):
        ends: dict[str, int] = {}
        for node in tree.walk():
            for child, what in _breaks(node.children, ends):
                broken.setdefault(node.path, []).append((child, what))
    return broken


def _breaks(siblings: Sequence[Node], ends: dict[str, int]) -> Iterator[tuple[Node, str]]:
    """The siblings whose ordinals don't follow; `ends` has the last ordinal of each style in the lists before."""
    last: dict[str, Node] = {}
    previous: Node | None = None
    for node in siblings:
        if node.label and not node.is_bullet:
            before = last.get(node.style)
            if before is None:
                if not _begins(node) and node.number != ends.get(node.style, -1) + 1:
                    yield node, f"danh sách bắt đầu từ “{_printed(node)}”"
            elif not _follows(before, node) and not (_begins(node) and (previous is not before or _leads_on(before))):
                yield node, _what(before, node)
            last[node.style] = node
            ends[node.style] = node.number
        previous = node


def _leads_on(node: Node) -> bool:
    """Whether a paragraph that opens a new list ("Kiểm tra tại chợ:") came last below the node."""
    return bool(node.children) and node.children[-1].style == "lead"


def _begins(node: Node) -> bool:
    return node.number in {0, 1} or node.label in {"a", "i"} or node.label.endswith(".1")


def _follows(before: Node, node: Node) -> bool:
    """Whether an ordinal is the next: 2 after 1, e after d (đ is often left out), ii after i, 2.1 after 1.3."""
    if before.label.isalpha() and node.label.isalpha():
        if roman_value(node.label) == roman_value(before.label) + 1 > 1:
            return True
        one, other = before.label.lower(), node.label.lower()
        return f"{one}{other}" in _LETTERS or (one, other) in _LATIN_STEPS
    if before.label.rpartition(".")[0] != node.label.rpartition(".")[0]:
        return node.number == 1
    return node.number == before.number + 1


def _what(before: Node, node: Node) -> str:
    pair = f"sau “{_printed(before)}” là “{_printed(node)}”"
    if before.label == node.label:
        return f"số “{_printed(node)}” lặp lại"
    if node.number < before.number:
        return f"{pair}, số quay lại"
    return f"{pair}, số bị nhảy"


def _printed(node: Node) -> str:
    """The ordinal as it stands in the text: "2.", "b)"."""
    if node.paragraph is None:
        return node.label
    return node.paragraph.text[: node.start - node.paragraph.start].strip() or node.label
