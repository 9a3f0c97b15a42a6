"""What a walk through a section notes, and how its attribute lines are given out (docs/record.md, "Tasks")."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from extract.model import Attribute, Item, Node

# An item with one of these marks is closed alone by the attribute lines after it: after c), not b).
_OWNING = frozenset({"roman", "dot1", "dot2", "dot3", "dot4", "close", "letter", "letternum"})


@dataclass(slots=True, eq=False)
class Event:
    """An item, a heading, or a block of attributes, in reading order; `chain` are its node and those above it."""

    chain: tuple[Node, ...]
    item: Item | None = None
    block: list[Attribute] = field(default_factory=list)


def give_out(events: Sequence[Event]) -> None:
    """Give each block of attribute lines to the items that it closes; one that closes none, to those that follow."""
    since: list[tuple[Event, Item]] = []
    waiting: list[Attribute] = []
    outer = frozenset(e.chain[-1].style for e in events if e.block and e.chain[1:] and not e.chain[-2].is_bullet)
    for event in _merged(events):
        if event.item is not None:
            if event.item.style != "row":
                since.append((event, event.item))
            event.item.attributes += waiting
            continue
        if event.block and since:
            for item in _closed(since, event, outer):
                item.attributes += event.block
        waiting = event.block if event.block and not since else []
        since = []


def _merged(events: Sequence[Event]) -> Iterator[Event]:
    """Attribute lines that follow one another made one block."""
    pending: Event | None = None
    for event in events:
        if event.block:
            pending = pending or Event(event.chain)
            pending.block += event.block
            continue
        if pending is not None:
            yield pending
            pending = None
        yield event
    if pending is not None:
        yield pending


def _closed(since: Sequence[tuple[Event, Item]], block: Event, outer: Set[str]) -> list[Item]:
    """The items since the last block or heading that a block closes.

    An ordinal's own item is closed alone; bracketed numbers, bullets and paragraphs are closed together, but for a
    bullet that has its attributes as bullets below it. Those with a mark of `outer` stand below ordinals as well: under
    the last of some bullets they are not its own.
    """
    last, item = since[-1]
    node = last.chain[-1]
    below = node.is_bullet and len(block.chain) > 1 and block.chain[-2] is node
    if node.style in _OWNING or (below and block.chain[-1].style not in outer):
        return [item]
    for above in reversed(last.chain[1:-1]):
        if above.style in _OWNING:
            return [item for event, item in since if above in event.chain]
    return [item for _, item in since]
