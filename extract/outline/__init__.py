"""Reading -> Outline: the tree of sections and items that the numbering, the type and the words of headings make."""

from collections.abc import Iterator, Sequence

from extract.model import Grid, Node, Outline, Paragraph, Reading
from extract.normalize.numbering import marker_of
from extract.outline import bounds
from extract.outline.sections import classify, classify_appendix
from extract.outline.tree import tree_of

Block = Paragraph | Grid


def outline_of(reading: Reading) -> Outline:
    """The outline of a plan; a text with no headings at all gives a body of bare paragraphs."""
    blocks = reading.blocks
    start = bounds.body_start(blocks)
    foot = bounds.foot_start(blocks, start)
    closing = bounds.closing_at(blocks, start, foot)
    body = tree_of(blocks[start : closing.start if closing else foot])
    classify(body)
    return Outline(
        body=body,
        appendices=tuple(_appendices(blocks[bounds.appendix_start(blocks, foot) :])),
        closing=tuple(block for i in closing if isinstance(block := blocks[i], Paragraph)),
        start=bounds.offset_of(blocks, start, len(reading.text)),
        end=bounds.offset_of(blocks, foot, len(reading.text)),
    )


def _appendices(blocks: Sequence[Block]) -> Iterator[Node]:
    """A tree for each appendix."""
    groups: list[list[Block]] = []
    for block in blocks:
        if not groups or bounds.is_appendix(block):
            groups.append([])
        groups[-1].append(block)
    for group in groups:
        tree = tree_of(_untitled([block for block in group if not bounds.is_appendix(block)]))
        classify_appendix(tree)
        yield tree


def _untitled(blocks: Sequence[Block]) -> Sequence[Block]:
    """An appendix' blocks; of one that is a table without the lines of its title, of the pages' heads and below it."""
    tables = [i for i, block in enumerate(blocks) if isinstance(block, Grid)]
    if not tables:
        return blocks
    below = blocks[tables[-1] + 1 :]
    noted = not any(isinstance(block, Paragraph) and marker_of(block.text) is not None for block in below)
    return [block for block in blocks[: tables[-1] + 1 if noted else None] if not bounds.is_of_title(block)]
