"""Text on a page, with its place: runs of its own contents, stamps of its annotations."""

from dataclasses import dataclass

from schemas import Box

_ASCENT, _DESCENT = 0.85, 0.22  # of the font's size, over and under the baseline

STAMPED = -1  # the first index of a run that a signature prints, and the page's text does not hold


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text: it begins at `x0` and ends at `x1`; `base` is its baseline, from the page's top.

    `first` is the index of its first character in the page's text.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str = ""
    bold: bool = False
    first: int = 0

    @property
    def box(self) -> Box:
        """Its place, as wide as it prints and as high as its font."""
        return (self.x0, self.base - _ASCENT * self.size, self.x1, self.base + _DESCENT * self.size)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Text that an annotation prints: from (x0, y) to (x1, y) on its baseline, in user space."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
