"""A file at a URL -> the same on this machine."""

from pathlib import Path

from fsspec.callbacks import Callback

from extract.errors import UnreadableFile
from publish.limits import LARGEST_FILE, TOO_LARGE
from publish.remote.filesystem import opened, why
from publish.remote.location import Remote


def fetch(location: Remote, path: Path, most: int = LARGEST_FILE) -> None:
    """Fetch a file of at most so many bytes. Raises UnreadableFile."""
    try:
        system, name = opened(location)
        system.get_file(name, str(path), callback=_UpTo(location, most))
    except (MemoryError, UnreadableFile):
        raise
    except Exception as error:  # each file system has errors of its own
        raise UnreadableFile(str(location), why(location, error)) from error


def beginning(location: Remote, size: int) -> bytes:
    """The first so many bytes of a file. Raises UnreadableFile."""
    try:
        system, name = opened(location)
        return bytes(system.cat_file(name, start=0, end=size))
    except (MemoryError, UnreadableFile):
        raise
    except Exception as error:  # each file system has errors of its own
        raise UnreadableFile(str(location), why(location, error)) from error


class _UpTo(Callback):  # type: ignore[misc]  # fsspec brings no types
    """Told by fsspec how large a file is and how much of it has come, it stops what is too large."""

    def __init__(self, location: Remote, most: int) -> None:
        super().__init__()
        self._location, self._most = location, most

    def set_size(self, size: int | None) -> None:
        """What the server says, if it does."""
        self._check(size or 0)

    def relative_update(self, inc: int = 1) -> None:
        """So many bytes more have come."""
        self.value += inc
        self._check(self.value)

    def _check(self, size: int) -> None:
        if size > self._most:
            raise UnreadableFile(str(self._location), TOO_LARGE)
