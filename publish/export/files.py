"""A file as it is made: its name, and its bytes piece by piece."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PIECE = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class File:
    """The pieces are made while they are read: those of one file all, before the next file is asked for."""

    name: str
    pieces: Iterable[bytes]


def gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of at least 64 KB, but for the last."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
