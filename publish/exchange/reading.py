"""Which files are of an exchange format, and what is in them: IATI, StratML, Data Packages, JSON of many records."""

import csv
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from extract.errors import UnreadableFile
from publish.exchange import stratml
from publish.exchange.content import Content, NotAsWritten
from publish.exchange.iati_reading import ROOT as IATI
from publish.exchange.iati_reading import read_iati
from publish.exchange.json_reading import BEGINS, read_lines, read_list
from publish.exchange.package_reading import DESCRIPTOR, read_package
from publish.exchange.safe_xml import root_tag
from publish.exchange.stratml_reading import read_stratml
from publish.limits import too_large

_XML = {IATI: read_iati, stratml.ROOT: read_stratml}
_HEAD = 4096  # bytes that show what a JSON file holds
_MB = 1 << 20
# A member of a ZIP that grows more than this is no data of ours, but made to fill the machine.
_MOST_GROWTH, _SMALL, _LARGEST = 250, 16 * _MB, 8 << 30

Opener = Callable[[], IO[bytes]]


def is_exchange(path: Path) -> bool:
    """Whether a file of a folder is one that `read_exchange` reads."""
    try:
        return _holds_ours(path)
    except (OSError, ValueError, BadZipFile, RuntimeError):
        return False


def is_read_as_exchange(path: Path) -> bool:
    """Whether a file that was named is to be read here, whatever it turns out to hold."""
    suffix = path.suffix.lower()
    return suffix in {".xml", ".zip", ".jsonl"} or (suffix == ".json" and is_exchange(path))


def is_of_package(path: Path) -> bool:
    """Whether a file is a table of a Data Package, which is read through its descriptor."""
    return path.suffix.lower() == ".csv" and path.parent.parent.joinpath(DESCRIPTOR).is_file()


def read_exchange(path: Path) -> Content:
    """The records and facts of a file, all or none. Raises UnreadableFile."""
    try:
        content = _read(path)
        if not content.records and not any(content.facts.values()):
            raise NotAsWritten("không có bản ghi hay số liệu nào do `kehoach export` ghi")
    except NotAsWritten as error:
        raise UnreadableFile(path, str(error)) from error
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(path, f"tệp ZIP hỏng hoặc có mật khẩu ({error}); hãy tải lại hoặc giải nén ra") from error
    except (csv.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"{type(error).__name__}: {str(error)[:80]}"
        raise UnreadableFile(path, f"không đúng như `kehoach export` ghi ({said}); hãy xuất lại tệp") from error
    return content


def _holds_ours(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        with ZipFile(path) as archive:
            some = _members(archive)[:1]
            return DESCRIPTOR in archive.namelist() or any(_is_ours(m.filename, partial(archive.open, m)) for m in some)
    if path.name == DESCRIPTOR:
        names = {one.get("name") for one in json.loads(path.read_bytes())["resources"]}
        return names >= {"plans", "records"}
    return suffix in {".xml", ".json", ".jsonl"} and _is_ours(path.name, lambda: path.open("rb"))


def _is_ours(name: str, opener: Opener) -> bool:
    """Whether a file begins as ours do; a record by itself is read with the plans."""
    with opener() as stream:
        if name.lower().endswith(".xml"):
            return root_tag(stream) in _XML
        head = stream.read(_HEAD)
    alone = name.lower().endswith(".json") and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    return BEGINS.match(head) is not None and not alone


def _read(path: Path) -> Content:
    if path.name == DESCRIPTOR:
        return read_package(lambda name: path.with_name(DESCRIPTOR).parent.joinpath(name).open("rb"))
    if path.suffix.lower() != ".zip":
        reason = too_large(path) if path.suffix.lower() == ".json" else None
        if reason:
            raise NotAsWritten(f"danh sách JSON quá lớn: {reason}; hãy xuất bằng --format jsonl")
        return _read_one(path.name, lambda: path.open("rb"))
    with ZipFile(path) as archive:
        if DESCRIPTOR in archive.namelist():
            return read_package(lambda name: archive.open(_checked(archive.getinfo(name))))
        content = Content()
        for member in _members(archive):
            content.add(_read_one(member.filename, partial(archive.open, _checked(member))))
    return content


def _read_one(name: str, opener: Opener) -> Content:
    """A file that is no ZIP."""
    suffix = name.rpartition(".")[2].lower()
    if suffix == "xml":
        with opener() as stream:
            tag = root_tag(stream)
        if tag not in _XML:
            raise NotAsWritten(f"tệp XML có gốc {tag[:80]}, không phải IATI hay StratML")
        with opener() as stream:
            return _XML[tag](stream)
    with opener() as stream:
        return read_lines(stream) if suffix == "jsonl" else read_list(stream)


def _members(archive: ZipFile) -> list[ZipInfo]:
    """The files of a ZIP that may hold records or facts."""
    return [one for one in archive.infolist() if one.filename.lower().endswith((".xml", ".json", ".jsonl"))]


def _checked(member: ZipInfo) -> ZipInfo:
    grown = member.file_size > max(_SMALL, _MOST_GROWTH * member.compress_size)
    if grown or member.file_size > _LARGEST:
        raise NotAsWritten(f"{member.filename} trong tệp ZIP phình to bất thường khi giải nén, nên không được đọc")
    return member
