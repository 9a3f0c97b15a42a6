"""Where a value was read: a half-open range of the record's text, and its place on the page."""

from pydantic import Field, model_validator

from schemas.strict import Strict

Box = tuple[float, float, float, float]


class Span(Strict):
    """`record.text[start:end]` is what was read.

    `page` counts from 1; `bboxes` are `(x0, top, x1, bottom)` in points from the page's top left corner, one a
    printed line. Text inputs have neither.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None
    bboxes: tuple[Box, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before it starts at {self.start}")
        return self
