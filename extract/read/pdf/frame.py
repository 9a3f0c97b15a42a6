"""How a page is seen: pdfium's user space -> points from the page's top left corner."""

from dataclasses import dataclass

from pypdfium2 import PdfPage

from schemas import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's crop box in user space, turned clockwise by `turn` quarters."""

    left: float
    bottom: float
    wide: float
    high: float
    turn: int = 0

    @property
    def width(self) -> float:
        """As seen."""
        return self.high if self.turn % 2 else self.wide

    @property
    def height(self) -> float:
        """As seen."""
        return self.wide if self.turn % 2 else self.high

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space is seen."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 0:
            return x, self.high - y
        if self.turn == 1:
            return y, x
        if self.turn == 2:
            return self.wide - x, y
        return self.high - y, self.wide - x

    def seen_box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of user space as it is seen."""
        (ax, ay), (bx, by) = self.seen(x0, y0), self.seen(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def of_user(self, x: float, y: float) -> tuple[float, float]:
        """The point of user space that is seen at a place."""
        across, up = {
            0: (x, self.high - y),
            1: (y, x),
            2: (self.wide - x, y),
            3: (self.wide - y, self.high - x),
        }[self.turn]
        return across + self.left, up + self.bottom

    def box_in(self, other: "Frame", box: Box) -> Box:
        """A box of this frame as another frame of the same page has it."""
        return other.seen_box(*self.of_user(box[0], box[1]), *self.of_user(box[2], box[3]))


def frame_of(page: PdfPage, turn: int | None = None) -> Frame:
    """The frame of a page: turned as its /Rotate says, or by `turn` quarters."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4 if turn is None else turn)


A4 = Frame(0.0, 0.0, 595.0, 842.0)  # for a page that can't be opened
