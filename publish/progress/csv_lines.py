"""A CSV file -> its lines of cells: whatever parts them, and in whichever character set it was saved."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TextIO

from extract.errors import UnreadableFile
from publish.progress.columns import BY_TITLE, plain
from publish.progress.grid import Fault, Grid, Line

_DELIMITERS = ",;\t|"
_LOOKED_AT = 20_000  # characters in which the heading is to be found
_LARGEST = 1 << 30  # bytes
_LONGEST = 1 << 20  # characters of a cell
_SEPARATOR = "sep="  # "sep=;" in the first line, as Excel writes and reads it


def csv_grid(path: Path) -> Grid:
    """The only table of a CSV file; raises UnreadableFile where it is none, if only when its lines are read."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableFile(path, "tệp lớn hơn 1 GB; hãy chia thành nhiều tệp nhỏ hơn")
    grid = Grid(iter(()), exact=True)
    grid.lines = _lines(path, grid)
    return grid


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The text: UTF-8 bit by bit, or what an older character set says, read as a whole."""
    with path.open("rb") as stream:
        sample = stream.read(_LOOKED_AT)
    if not sample.strip(b"\xef\xbb\xbf\r\n\t ,;"):
        raise UnreadableFile(path, "tệp trống")
    if _is_utf8(sample):
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text
        return
    from extract.read.decode import decoded  # noqa: PLC0415  (UTF-8 must not wait for the tables of old character sets)

    try:
        yield io.StringIO(decoded(path, path.read_bytes()), newline="")
    except UnreadableFile as error:
        raise UnreadableFile(path, _UNKNOWN) from error


_UNKNOWN = "không rõ bảng mã của tệp; hãy lưu lại ở dạng “CSV UTF-8”"


def _is_utf8(sample: bytes) -> bool:
    """Whether the beginning of a file is UTF-8; its last letter may be cut."""
    try:
        getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in sample


def _lines(path: Path, grid: Grid) -> Iterator[Line]:
    """The lines, each numbered as Excel does; a quotation mark that is never closed would swallow all that follows."""
    csv.field_size_limit(_LONGEST)
    numbers = count(1)
    try:
        with _opened(path) as text:
            begin = text.read(_LOOKED_AT)
            text.seek(0)
            yield from zip(numbers, csv.reader(text, delimiter=_delimiter(begin), strict=True), strict=False)
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, _UNKNOWN) from error
    except csv.Error as error:
        said = "ô quá dài, hoặc dấu ngoặc kép mở ra mà không đóng lại" if "limit" in str(error) else _QUOTES
        grid.faults.append(Fault(next(numbers) - 1, "", said))


_QUOTES = 'dấu ngoặc kép (") không đúng chỗ hoặc không được đóng lại; hãy mở tệp bằng Excel và lưu lại, hoặc bỏ dấu đó'


def _delimiter(begin: str) -> str:
    """What the file says that parts its cells; else what parts those of the line that names most columns."""
    begin = begin.removeprefix("\ufeff")
    if begin[: len(_SEPARATOR)].lower() == _SEPARATOR and begin[len(_SEPARATOR) :][:1].strip("\r\n"):
        return begin[len(_SEPARATOR)]
    lines = begin.splitlines()
    return max(_DELIMITERS, key=lambda one: max((_named(line.split(one)) for line in lines), default=0))


def _named(cells: Sequence[str]) -> int:
    return sum(plain(cell.strip('"')) in BY_TITLE for cell in cells)
