"""Files -> one ZIP, made as it is read: nothing is kept, and the same files give the same bytes."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from publish.export.files import PIECE, File

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can name
_UNIX, _READABLE = 3, 0o644 << 16


class Drain:
    """A file that can only be written to; what was written is taken out again, piece by piece."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Keep bytes until they are taken."""
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def taken(self, least: int = PIECE) -> Iterator[bytes]:
        """What is held, if it is at least that much."""
        if self._held and len(self._held) >= least:
            yield bytes(self._held)
            self._held.clear()


def member(name: str) -> ZipInfo:
    """The head of a file in a ZIP, without the time and the machine where it was made."""
    info = ZipInfo(name, EPOCH)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
    return info


def zipped(files: Iterable[File], *, large: bool = False) -> Iterator[bytes]:
    """The bytes of a ZIP. `large` lets a single file be over 2 GB, which some old programs can't open then."""
    drain = Drain()
    with ZipFile(drain, "w", ZIP_DEFLATED) as archive:
        for file in files:
            with archive.open(member(file.name), "w", force_zip64=large) as entry:
                yield from _written(entry, file.pieces, drain.taken)
    yield from drain.taken(0)


def _written(entry: IO[bytes], pieces: Iterable[bytes], taken: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    for piece in pieces:
        entry.write(piece)
        yield from taken()
