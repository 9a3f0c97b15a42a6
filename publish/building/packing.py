"""What is read of a file -> what goes to the one writer: little, and made where the file is read."""

from dataclasses import dataclass

from publish.building.own_rows import packed
from publish.reading import Read


@dataclass(frozen=True, slots=True)
class Packed:
    """A plan's rows, and what the writer asks before it unpacks them; `original` is the document's own file name."""

    plan_id: str
    filename: str
    original: str
    reused: bool
    rows: bytes


def pack(read: Read) -> Packed:
    """The shape of what is read that a build asks for."""
    record = read.record
    return Packed(record.id, record.source.filename, read.source.name, read.reused, packed(record))
