"""Where the files are that plans were read from: found again by path or name, and known by their bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from datasette.app import Datasette

from extract.errors import KehoachError
from publish.limits import too_large
from publish.pages.language import later
from publish.pages.page import DATABASE
from publish.pages.standing import StandingDatabase

_KNOWN = 50_000  # files whose hashes are remembered, half a kilobyte each


class NoOriginal(KehoachError):
    """The file is gone or is no longer the one that was read; the message says so (Vietnamese, a sentence)."""

    GONE = later("Tệp gốc không còn ở chỗ cũ trên máy chủ.")
    CHANGED = later("Tệp gốc đã thay đổi từ khi được đọc, nên không còn dùng để đối chiếu được.")
    TOO_LARGE = later("Tệp gốc lớn hơn mức mà trang này mở được.")


class PlansDatabase(StandingDatabase):
    """The site's database, with the folders that `sources.path` starts from and that files are looked for in."""

    def __init__(self, datasette: Datasette, path: Path, *, beside: Path, folders: Sequence[Path] = ()) -> None:
        super().__init__(datasette, str(path))
        self.originals = Originals(beside, tuple(folders))


def originals_of(datasette: Datasette) -> "Originals":
    """Where the site's files are; beside the database where Datasette was started by itself."""
    database = datasette.get_database(DATABASE)
    if isinstance(database, PlansDatabase):
        return database.originals
    return Originals(Path(database.path).resolve().parent)


@dataclass(frozen=True, slots=True)
class Originals:
    """`beside` is the database's own folder; in `folders` files are looked for by the end of their path."""

    beside: Path
    folders: tuple[Path, ...] = ()

    def find(self, path: str | None, filename: str, sha256: str) -> Path:
        """The file with these bytes. Raises NoOriginal where there is none."""
        why = NoOriginal.GONE
        for place in self._places(path, filename):
            try:
                if place.is_file():
                    why = NoOriginal.TOO_LARGE if too_large(place) else NoOriginal.CHANGED
                    if why is NoOriginal.CHANGED and _hash_of(place) == sha256:
                        return place
            except OSError:  # no right to read it, or no name for a file
                continue
        raise NoOriginal(why)

    def _places(self, path: str | None, filename: str) -> Iterator[Path]:
        """Where the file may be: "../b/c.pdf" beside the database, then c.pdf and b/c.pdf in each folder."""
        if path:
            yield self.beside / path
        tail = [part for part in PurePosixPath(path or "").parts if part not in {"..", "/"}]
        for folder in self.folders:
            yield folder / PurePosixPath(filename).name
            yield from (folder.joinpath(*tail[at:]) for at in reversed(range(len(tail))))


def _hash_of(path: Path) -> str:
    stat = path.stat()
    return _hashed(path, stat.st_ino, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=_KNOWN)
def _hashed(path: Path, *_as_it_was: int) -> str:
    """The file's SHA-256, computed once for a path, size and time of change."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
