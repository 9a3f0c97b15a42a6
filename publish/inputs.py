"""Paths as given -> the files to read, each with a name of its own for what is written from it."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_JOINT = "--"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; `name` is its file name, with its folders before it where two inputs share that name."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave nothing, why, and what to do about it (Vietnamese)."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """`skipped` are the files of given folders that are of no kind we read."""

    files: tuple[Input, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Path, ...] = ()

    @property
    def renamed(self) -> tuple[Input, ...]:
        """The files that could not keep their own name."""
        return tuple(file for file in self.files if file.name != file.path.name)


def find_inputs(paths: Iterable[Path], is_readable: Callable[[Path], bool]) -> Inputs:
    """The files named, and those of the folders named (all the way down) that are of a kind we read."""
    found: dict[Path, Path] = {}
    failures: list[Failure] = []
    skipped: list[Path] = []
    for path in paths:
        if path.is_dir():
            files = [file for file in sorted(path.rglob("*")) if file.is_file() and not _is_hidden(file, path)]
            readable = [file for file in files if is_readable(file)]
            skipped += sorted(set(files) - set(readable))
            if not readable:
                failures.append(Failure(path, "thư mục không có tệp nào thuộc loại đọc được; hãy chỉ thư mục khác"))
        elif path.exists():
            readable = [path]
        else:
            readable = []
            failures.append(Failure(path, "không có tệp hay thư mục này; hãy kiểm tra lại đường dẫn"))
        for file in readable:
            found.setdefault(file.resolve(), file)
    return Inputs(_named(list(found.values())), tuple(failures), tuple(skipped))


def _is_hidden(file: Path, folder: Path) -> bool:
    """Hidden files and folders, and the lock files that Word ("~$…") and LibreOffice (".~lock…") leave."""
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def _named(paths: Sequence[Path]) -> tuple[Input, ...]:
    """Names that no two share, whatever the order: files of one name all get as many of their folders as it takes."""
    names = {path: path.name for path in paths}
    for depth in range(2, 2 + max((len(path.resolve().parts) for path in paths), default=0)):
        groups: dict[str, list[Path]] = defaultdict(list)
        for path, name in names.items():
            groups[_file_system_name(name)].append(path)
        for shared in (group for group in groups.values() if len(group) > 1):
            names.update((path, _JOINT.join(_folders(path)[-depth:])) for path in shared)
    return tuple(Input(path, names[path]) for path in paths)


def _folders(path: Path) -> tuple[str, ...]:
    """The path's parts below the root."""
    resolved = path.resolve()
    return resolved.relative_to(resolved.anchor).parts


def _file_system_name(name: str) -> str:
    """What file systems that ignore case or compose letters take for one name."""
    return unicodedata.normalize("NFC", name).casefold()
