"""A text with changes in it, and where each place of the old text lies in the new one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


class Rewriting:
    """A text with changes in it, and where each place of the old text is in the new one."""

    def __init__(self, old: str, wanted: Sequence[Change], bounds: Sequence[int]) -> None:
        """Of `wanted` that overlap the first wins; one with a bound inside it is left out."""
        kept: list[Change] = []
        for change in wanted:
            torn = bisect_right(bounds, change.start) != bisect_right(bounds, change.end - 1)
            if not torn and all(change.end <= one.start or one.end <= change.start for one in kept):
                kept.append(change)
        self.changes = sorted(kept, key=lambda change: change.start)
        self._ends = [change.end for change in self.changes]
        self._moved = [0]
        for change in self.changes:
            self._moved.append(self._moved[-1] + len(change.new) - (change.end - change.start))
        self.old, self.new = old, changed(old, self.changes)

    def at(self, offset: int) -> int:
        """Where the place is in the new text."""
        return offset + self._moved[bisect_right(self._ends, offset)]


def changed(text: str, changes: Sequence[Change]) -> str:
    """The text with changes that stand in order and apart."""
    pieces, done = [], 0
    for change in changes:
        pieces += [text[done : change.start], change.new]
        done = change.end
    return "".join([*pieces, text[done:]])
