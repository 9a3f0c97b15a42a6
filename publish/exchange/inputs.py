"""Inputs of a build that are files of exchange formats, beside the documents and records that it reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.errors import UnreadableFile
from publish.exchange.content import Content
from publish.exchange.reading import is_exchange, is_read_as_exchange, read_exchange
from publish.inputs import Failure, Input
from publish.reading import Read, is_plan_or_record
from publish.remote.local import local_copy
from publish.remote.location import Location

_SUFFIXES = frozenset({".xml", ".zip", ".json", ".jsonl"})


def is_input(path: Location) -> bool:
    """Whether a file of a folder is one that a build reads."""
    return is_plan_or_record(path) or _is_exchange(path)


def _is_exchange(path: Location) -> bool:
    """Whether a file is of an exchange format; one that is elsewhere is fetched for it, if its name says so."""
    if isinstance(path, Path):
        return is_exchange(path)
    if path.suffix.lower() not in _SUFFIXES:
        return False
    try:
        with local_copy(path) as file:
            return is_exchange(file)
    except UnreadableFile:
        return False


def is_package(path: Location) -> bool:
    """Whether a file that was named is to be read as one of an exchange format, whatever it turns out to hold."""
    if isinstance(path, Path):
        return is_read_as_exchange(path)
    suffix = path.suffix.lower()
    return suffix in _SUFFIXES and (suffix != ".json" or not is_plan_or_record(path))


def read_packages(packages: Iterable[Input], brought: Content) -> Iterator[Read | Failure]:
    """Each record of each file, or why there is none; all that the files hold is put into `brought` too."""
    for file in packages:
        try:
            with local_copy(file.path) as path:
                content = read_exchange(path)
        except UnreadableFile as error:
            yield Failure(file.path, error.message)
        except MemoryError:
            yield Failure(file.path, "cần nhiều bộ nhớ hơn máy có; hãy xuất thành nhiều phần nhỏ hơn")
        except RecursionError:
            yield Failure(file.path, "các phần của tệp lồng nhau quá sâu, nên tệp không được đọc")
        except OSError as error:
            yield Failure(file.path, f"không đọc được tệp ({error.strerror}); hãy kiểm tra quyền đọc và ổ đĩa")
        else:
            brought.add(content)
            yield from (Read(file, record, reused=True) for record in content.records)
