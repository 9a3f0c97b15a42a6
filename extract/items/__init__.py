"""Outline -> items: what each section lists, with the attribute lines that close it, and what a list's lead-in is."""

from collections.abc import Mapping

from extract.items.events import give_out
from extract.items.walk import Walk
from extract.model import Item, Outline, Reading, Row


def items_of(reading: Reading, outline: Outline, tables: Mapping[int, tuple[Row, ...]]) -> tuple[Item, ...]:
    """The items of every section that lists something, in reading order, their attributes given out."""
    found: list[Item] = []
    for tree in (outline.body, *outline.appendices):
        walk = Walk(reading, tables)
        walk.children(tree, (tree,), tree.path)
        give_out(walk.events)
        found += [event.item for event in walk.events if event.item is not None]
    return tuple(sorted(found, key=lambda item: item.start))
