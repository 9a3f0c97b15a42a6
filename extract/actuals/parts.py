"""The tree of a report's body -> the paragraphs and tables of its parts on results."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.actuals.draft import Counted
from extract.actuals.times import time_in
from extract.actuals.words import anywhere_in
from extract.lexicon import first, phrases
from extract.model import Node, Outline, Paragraph, Reading

_LONGEST_HEADING = 200
_TOP = frozenset({"root", "part"})


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or table that may give results.

    `sure` says that a heading over it is about results; `before` is the line above it, `heading` the one it is under.
    """

    node: Node
    group: str
    sure: bool
    before: str = ""
    heading: str = ""


def parts_of(outline: Outline, reading: Reading, front: int, period: Counted) -> Iterator[Part]:
    """The paragraphs between title and body, those of the body's parts on results, and the appendices' tables.

    A heading that names a time after the report's, "DỰ TOÁN NĂM 2026", is about what comes next.
    """
    for paragraph in reading.paragraphs():
        if front <= paragraph.start and paragraph.end <= outline.start:
            yield Part(_bare(paragraph), "", sure=False)
    yield from _below(outline.body, "", period, sure=False)
    for appendix in outline.appendices:
        for part in _below(appendix, appendix.path, period, sure=False):
            if part.node.grid is not None:
                yield part


def _bare(paragraph: Paragraph) -> Node:
    return Node(paragraph.start, paragraph.end, paragraph.text, paragraph.folded, "none", paragraph=paragraph)


def _below(node: Node, group: str, period: Counted, *, sure: bool) -> Iterator[Part]:
    """What gives results below a node; a heading that says what follows is none of it closes all below it."""
    before = node.folded
    for child in node.children:
        says = _says(child, top=node.style in _TOP)
        if says is False or _comes_later(child, period):
            before = child.folded
            continue
        own = _group(child, node, group)
        leaf = own if child.children else _leaf_group(child, node, group)
        yield Part(child, leaf, sure or says is True, before, node.text if len(node.text) <= _LONGEST_HEADING else "")
        yield from _below(child, own, period, sure=sure or says is True)
        before = child.folded


def _says(node: Node, *, top: bool) -> bool | None:
    """What a heading says of the part below it, None where nothing; a paragraph's head is what its colon closes."""
    if node.grid is not None:
        return None
    head, colon, _ = node.folded.partition(":")
    if len(head) > _LONGEST_HEADING or not (node.children or colon or len(node.folded) <= _LONGEST_HEADING):
        return None
    if not node.children and not colon and node.text.rstrip().endswith((".", ";")):
        return None
    found = first(phrases("results", "parts"), head)
    if found is None or (found[0].means.get("top") and not top):
        return None
    return bool(found[0].means["results"])


def is_on_results(folded: str) -> bool:
    """Whether the line over a table says that it is about results: "KẾT QUẢ RÀ SOÁT HỘ NGHÈO", "Bảng 2. Kết quả …"."""
    return anywhere_in("captions", folded[:_LONGEST_HEADING])


def _comes_later(node: Node, period: Counted) -> bool:
    """Whether a heading names a time that begins after the report's end."""
    if not node.children or period.end is None or len(node.text) > _LONGEST_HEADING:
        return False
    time = time_in(node.folded, period.end.year)
    return time is not None and time.start is not None and time.start > period.end


def _group(node: Node, parent: Node, group: str) -> str:
    """The path of what stands below a node that is a heading; bullets and lines without an ordinal add nothing."""
    return node.path if node.label and not node.is_bullet and node.path and parent is not node else group


def _leaf_group(node: Node, parent: Node, group: str) -> str:
    """The path of an item: its own where those beside it are headings and it runs on after its head."""
    if not node.label or node.is_bullet:
        return group
    headings = [n for n in parent.children if n is not node and n.style == node.style and n.children]
    return node.path if headings else group
