"""A body that takes part in a task, with its part in it."""

from enum import StrEnum

from schemas.span import Span
from schemas.strict import Strict


class Role(StrEnum):
    """chủ trì = lead, phối hợp = coordinate, thực hiện (or no word for it) = implement."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    IMPLEMENT = "implement"


class UnitRole(Strict):
    """`name` as printed, `canonical` with abbreviations written out and spelling made one."""

    name: str
    canonical: str
    role: Role
    span: Span | None = None
