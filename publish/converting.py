"""Files that only LibreOffice opens, many of a run in one process of it, before the rest is read."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.read import OFFICE_SUFFIXES
from publish.inputs import Input

_MOST_FILES, _MOST_BYTES = 60, 64 << 20  # converted at a time, and held until they are read
_MOST_NAMES = 4096  # files in a part: what is known of them is in memory

Convertible = dict[Path, tuple[str, bytes]]  # the kind and bytes of each file


def converted_together(inputs: Iterable[Input], is_wanted: Callable[[Input], bool]) -> Iterator[list[Input]]:
    """The inputs in parts, in order; while a part is read, its files of the wanted that need it are converted.

    Most runs have none such and are one part.
    """
    files: list[Input] = []
    found: Convertible = {}
    for file in inputs:
        files.append(file)
        path = file.path
        # What is elsewhere is fetched by the process that reads it, and converted there.
        if isinstance(path, Path) and path.suffix.lower() in OFFICE_SUFFIXES and is_wanted(file):
            found |= _convertible(path)
        if (
            len(files) >= _MOST_NAMES
            or len(found) >= _MOST_FILES
            or sum(len(data) for _, data in found.values()) > _MOST_BYTES
        ):
            yield from _converted(files, found)
            files, found = [], {}
    yield from _converted(files, found)


def _convertible(path: Path) -> Convertible:
    from extract.read.office import needs_libreoffice  # noqa: PLC0415  (XML, which texts need none of)

    try:
        data = path.read_bytes()
    except OSError:  # said where the file is read
        return {}
    kind = needs_libreoffice(path, data)
    return {path: (kind, data)} if kind else {}


def _converted(files: list[Input], found: Convertible) -> Iterator[list[Input]]:
    if not found:
        if files:
            yield files
        return
    from extract.read.libreoffice import batch  # noqa: PLC0415

    with batch(found):
        found.clear()
        yield files
