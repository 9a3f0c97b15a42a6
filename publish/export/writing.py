"""A format's files -> a folder, one file, a ZIP, or a stream. A file appears whole or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from publish.atomic import replacing
from publish.export.archive import zipped
from publish.export.formats import FORMATS, Format
from publish.export.source import CannotExport, Source

_LARGE = 1 << 30  # bytes of a database of which one table may be over 2 GB
_SUFFIXES = {".csv", *(form.suffix for form in FORMATS.values())}


def write(source: Source, form: Format, to: Path) -> list[Path]:
    """Write what the name of `to` asks for: one file, a ZIP, else a folder; gives what was written.

    Raises CannotExport where the name fits none of them.
    """
    _check(source, form, to)
    if _is_file(form, to):
        return [written(to, pieces(source, form, archive=to.suffix.lower() == ".zip"))]
    return [written(to.joinpath(*PurePosixPath(file.name).parts), file.pieces) for file in form.files(source)]


def pieces(source: Source, form: Format, *, archive: bool = False) -> Iterator[bytes]:
    """The format as one stream of bytes: its one file, else a ZIP of its files."""
    if form.one and not archive:
        return form.pieces(source)
    return zipped(form.files(source), large=source.path.stat().st_size > _LARGE)


def written(path: Path, parts: Iterable[bytes]) -> Path:
    """The path, when the parts are in the file."""
    with replacing(path) as beside, beside.open("wb") as file:
        file.writelines(parts)
    return path


def write_stream(parts: Iterable[bytes], stream: BinaryIO) -> None:
    """Write to a stream, each piece at once."""
    for part in parts:
        stream.write(part)
        stream.flush()


def _is_file(form: Format, to: Path) -> bool:
    suffix = to.suffix.lower()
    return bool(form.one and suffix == form.suffix) or bool(form.many and suffix == ".zip")


def _check(source: Source, form: Format, to: Path) -> None:
    if to.resolve() == source.path.resolve():
        raise CannotExport(f"{to}: là chính cơ sở dữ liệu đang đọc; hãy chọn tên khác")
    if _is_file(form, to):
        if to.is_dir():
            raise CannotExport(f"{to}: là một thư mục; hãy chọn tên tệp khác")
    elif not to.is_dir() and (to.exists() or to.suffix.lower() in _SUFFIXES):
        endings = " hoặc ".join(ending for ending in (form.one and form.suffix, form.many and ".zip") if ending)
        raise CannotExport(f"{to}: định dạng {form.name} cần tên tệp có đuôi {endings}, hoặc tên một thư mục")
