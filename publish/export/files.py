"""A file as it is made: its name, and its bytes piece by piece."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PIECE = 1 << 16  # bytes
_PLAIN = re.compile(r"\w[\w-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """The pieces are made while they are read: those of one file all, before the next file is asked for."""

    name: str
    pieces: Iterable[bytes]


def stem(key: str) -> str:
    """A file's name without its ending for the key of a plan, which may come from a file of others; no two are alike.

    >>> stem("513f24778542227b"), stem("../../x")
    ('513f24778542227b', '_x-9cdf6a50')
    """
    if _PLAIN.fullmatch(key):
        return key
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', key)[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


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
