"""Paths as given -> the files that a build reads, each with what shows that it changed; none is read for that."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract import SUFFIXES
from extract.errors import KehoachError
from publish.exchange.inputs import is_input, is_package
from publish.exchange.reading import is_of_package
from publish.inputs import Failure
from publish.reading import RECORD_SUFFIX
from publish.remote.location import WEB, Location, Remote

PLAN, RECORD, PACKAGE = "plan", "record", "package"
_OF_RECORDS = frozenset({RECORD_SUFFIX, ".jsonl", ".xml", ".zip"})
# A file may be written to again within one tick of its file system's clock, and nobody would see it: wait for the next.
_TICK, _COARSE_TICK = 50_000_000, 2_000_000_000  # ns; the coarse one is that of file systems of whole seconds
_NOTHING = "thư mục không có tệp nào thuộc loại đọc được; hãy chỉ thư mục khác"
_CLOSED = (
    "không mở được thư mục ({}), nên các kế hoạch đã đọc từ đó được giữ như lần trước; hãy kiểm tra quyền đọc và ổ đĩa"
)
_NOT_THERE = "không có tệp hay thư mục này; hãy kiểm tra lại đường dẫn"

# (path, fingerprint) -> what the file was when it was last read; None where it has changed since, or is new.
KindBefore = Callable[[str, str | None], str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file; `path` is how the database knows it: from its own folder, or a URL."""

    location: Location
    path: str
    fingerprint: str | None
    kind: str


@dataclass(slots=True)
class Finding:
    """Looks for files, and keeps what it could not find or passed over."""

    folder: Path  # that of the database
    kind_before: KindBefore
    failures: list[Failure] = field(default_factory=list)
    skipped: list[Location] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)  # folders, as `Found.path` has files
    _newest: int = 0

    def find(self, paths: Iterator[Location]) -> Iterator[Found]:
        """The files, folder by folder in the order of their names; one that is met twice comes twice."""
        for path in paths:
            count, unreachable = 0, len(self.unreachable)
            try:
                for found in self._in(path):
                    count += 1
                    yield found
            except KehoachError as error:
                self.failures.append(Failure(path, str(error).removeprefix(f"{path}: ")))
                continue
            if not count and len(self.unreachable) == unreachable:
                is_folder = isinstance(path, Remote) or path.is_dir()
                self.failures.append(Failure(path, _NOTHING if is_folder else _NOT_THERE))
        self._wait_a_tick()

    def _in(self, path: Location) -> Iterator[Found]:
        if isinstance(path, Remote):
            yield from self._remote(path)
        elif path.is_dir():
            base = Path(os.path.relpath(path.resolve(), self.folder)).as_posix()
            yield from self._walk(path, base)
        elif path.exists():
            key = Path(os.path.relpath(path.resolve(), self.folder)).as_posix()
            mark = self._mark(path.stat())
            yield Found(path, key, mark, self.kind_before(key, mark) or _kind_as_named(path))

    def _walk(self, folder: Path, base: str) -> Iterator[Found]:
        try:
            with os.scandir(folder) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.unreachable.append(base)
            self.failures.append(Failure(folder, _CLOSED.format(error.strerror)))
            return
        for entry in ordered:
            if entry.name.startswith((".", "~$")):
                continue
            key = f"{base}/{entry.name}" if base != "." else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(folder / entry.name, key)
            elif entry.is_file():
                yield from self._file(folder / entry.name, key, entry)

    def _file(self, path: Path, key: str, entry: "os.DirEntry[str]") -> Iterator[Found]:
        """The file, if it is of a kind that is read."""
        if entry.is_symlink():
            key = Path(os.path.relpath(path.resolve(), self.folder)).as_posix()
        suffix = path.suffix.lower()
        kind = PLAN if suffix in SUFFIXES else None
        if kind or suffix in _OF_RECORDS:
            try:
                mark = self._mark(entry.stat())
            except FileNotFoundError:  # gone since
                return
            kind = kind or self.kind_before(key, mark) or _kind_of_records(path)
            if kind:
                yield Found(path, key, mark, kind)
                return
        if not is_of_package(path):
            self.skipped.append(path)

    def _remote(self, path: Remote) -> Iterator[Found]:
        from publish.remote.listing import listed  # noqa: PLC0415  (fsspec, which local files need none of)

        def wanted(location: Location) -> bool:
            return location.suffix.lower() in SUFFIXES | _OF_RECORDS

        for file in listed(path, wanted if path.scheme in WEB else None):
            location, key = file.location, str(file.location)
            kind = PLAN if location.suffix.lower() in SUFFIXES else None
            if kind is None and location == path:
                kind = self.kind_before(key, file.fingerprint) or _kind_as_named(location)
            elif kind is None and wanted(location):
                kind = self.kind_before(key, file.fingerprint) or _kind_of_records(location)
            if kind:
                yield Found(location, key, file.fingerprint, kind)
            else:
                self.skipped.append(location)

    def _mark(self, about: os.stat_result) -> str:
        tick = _COARSE_TICK if about.st_mtime_ns % 1_000_000_000 == 0 else _TICK
        self._newest = max(self._newest, min(about.st_mtime_ns, time.time_ns()) + tick)
        return f"{about.st_size}-{about.st_mtime_ns}-{about.st_ctime_ns}"

    def _wait_a_tick(self) -> None:
        time.sleep(max(0, self._newest - time.time_ns()) / 1e9)


def _kind_as_named(path: Location) -> str:
    """What a file that was named is read as, whatever it turns out to hold."""
    if is_package(path):
        return PACKAGE
    return RECORD if path.suffix.lower() == RECORD_SUFFIX else PLAN


def _kind_of_records(path: Location) -> str | None:
    return _kind_as_named(path) if is_input(path) else None
