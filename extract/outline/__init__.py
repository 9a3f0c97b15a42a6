"""Reading -> Outline: the tree of sections and items that the numbering, the type and the words of headings make."""

from collections.abc import Iterator, Sequence

from extract.model import Grid, Node, Outline, Paragraph, Reading
from extract.outline.bounds import appendix_start, body_start, closing_at, foot_start, is_appendix, offset_of
from extract.outline.sections import classify, classify_appendix
from extract.outline.tree import tree_of

Block = Paragraph | Grid


def outline_of(reading: Reading) -> Outline:
    """The outline of a plan; a text with no headings at all gives a body of bare paragraphs."""
    blocks = reading.blocks
    start = body_start(blocks)
    foot = foot_start(blocks, start)
    closing = closing_at(blocks, start, foot)
    body = tree_of(blocks[start : foot if closing is None else closing])
    classify(body)
    last = blocks[closing] if closing is not None else None
    return Outline(
        body=body,
        appendices=tuple(_appendices(blocks[appendix_start(blocks, foot) :])),
        closing=last if isinstance(last, Paragraph) else None,
        start=offset_of(blocks, start, len(reading.text)),
        end=offset_of(blocks, foot, len(reading.text)),
    )


def _appendices(blocks: Sequence[Block]) -> Iterator[Node]:
    """A tree for each appendix."""
    groups: list[list[Block]] = []
    for block in blocks:
        if not groups or is_appendix(block):
            groups.append([])
        groups[-1].append(block)
    for group in groups:
        tree = tree_of([block for block in group if not is_appendix(block)])
        classify_appendix(tree)
        yield tree
