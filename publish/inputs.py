"""Paths as given -> the files to read, each with a name of its own for what is written from it."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import KehoachError, UnreadableFile
from publish.remote.location import WEB, Location, Remote, is_hidden

_JOINT = "--"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; `name` is its file name, with its folders before it where two inputs share that name."""

    path: Location
    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave nothing, why, and what to do about it (Vietnamese)."""

    path: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """`skipped` are the files of given folders that are of no kind we read."""

    files: tuple[Input, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Location, ...] = ()

    @property
    def renamed(self) -> tuple[Input, ...]:
        """The files that could not keep their own name."""
        return tuple(file for file in self.files if file.name != file.path.name)


def find_inputs(paths: Iterable[Location], is_readable: Callable[[Location], bool]) -> Inputs:
    """The files named, and those of the folders named (all the way down) that are of a kind we read."""
    found: dict[Location, Location] = {}
    failures: list[Failure] = []
    skipped: list[Location] = []
    for path in paths:
        try:
            readable, passed_over = _in(path, is_readable)
        except KehoachError as error:
            failures.append(Failure(path, str(error).removeprefix(f"{path}: ")))
            continue
        skipped += passed_over
        if not readable:
            failures.append(Failure(path, "thư mục không có tệp nào thuộc loại đọc được; hãy chỉ thư mục khác"))
        for file in readable:
            found.setdefault(file.resolve() if isinstance(file, Path) else file, file)
    return Inputs(_named(list(found.values())), tuple(failures), tuple(skipped))


def _in(path: Location, is_readable: Callable[[Location], bool]) -> tuple[list[Location], list[Location]]:
    """The file, or the files of a folder of a kind we read, and those passed over. Raises KehoachError."""
    if isinstance(path, Remote):
        from publish.remote.listing import listed  # noqa: PLC0415  (fsspec, which local files need none of)

        wanted = is_readable if path.scheme in WEB else None  # of each file on the web the server has to be asked
        files: list[Location] = [file.location for file in listed(path, wanted)]
        if files == [path]:
            return files, []
    elif path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and not _is_hidden(file, path)]
    elif path.exists():
        return [path], []
    else:
        raise UnreadableFile(path, "không có tệp hay thư mục này; hãy kiểm tra lại đường dẫn")
    readable = [file for file in files if is_readable(file)]
    chosen = set(readable)
    return readable, [file for file in files if file not in chosen]


def _is_hidden(file: Path, folder: Path) -> bool:
    return is_hidden(file.relative_to(folder).as_posix())


def _named(paths: Sequence[Location]) -> tuple[Input, ...]:
    """Names that no two share, whatever the order: files of one name all get as many of their folders as it takes."""
    names = {path: path.name for path in paths}
    for depth in range(2, 2 + max((len(_folders(path)) for path in paths), default=0)):
        groups: dict[str, list[Location]] = defaultdict(list)
        for path, name in names.items():
            groups[_file_system_name(name)].append(path)
        for shared in (group for group in groups.values() if len(group) > 1):
            names.update((path, _JOINT.join(_folders(path)[-depth:])) for path in shared)
    return tuple(Input(path, names[path]) for path in paths)


def _folders(path: Location) -> tuple[str, ...]:
    """The path's parts below the root; of a URL, from its host or bucket on."""
    if isinstance(path, Remote):
        return path.parts
    resolved = path.resolve()
    return resolved.relative_to(resolved.anchor).parts


def _file_system_name(name: str) -> str:
    """What file systems that ignore case or compose letters take for one name."""
    return unicodedata.normalize("NFC", name).casefold()
