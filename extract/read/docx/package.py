"""A Word file's bytes -> its XML parts, with limits on what they may grow to."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lxml import etree

from extract.errors import UnreadableFile

_LARGEST_PART = 64 << 20  # bytes of XML; a plan of 500 pages has about 15 MB
_LARGEST_WHOLE = 160 << 20  # of all its parts together; pictures, which are never unpacked, don't count
_SUSPECT = 4 << 20
_MOST_INFLATED = 250  # times its packed size; the XML of a long plan of many like rows reaches about 60
_MOST_PARTS = 20_000
_STRICT = b"http://purl.oclc.org/ooxml/"
# ISO 29500 strict names the same elements in other namespaces.
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_UNPACKING = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
_DAMAGED = "tệp Word bị hỏng hoặc tải về chưa đủ ({}). Hãy tải lại tệp, hoặc mở bằng Word hay LibreOffice rồi lưu lại."
_BOMB = (
    "phần {} của tệp Word bung ra quá lớn ({} MB), có thể là tệp phá hoại nên không được mở. "
    "Nếu tệp là thật, hãy chia nhỏ hoặc lưu thành PDF."
)
_ENTITIES = "phần {} khai báo thực thể XML, có thể là tệp phá hoại nên không được mở. Hãy mở bằng Word rồi lưu lại."
_FOREIGN = {
    "xl/": "là bảng tính Excel, không phải văn bản. Hãy lưu kế hoạch ở dạng .docx hoặc .pdf rồi thử lại.",
    "ppt/": "là bản trình chiếu PowerPoint, không phải văn bản. Hãy lưu kế hoạch ở dạng .docx hoặc .pdf rồi thử lại.",
    "": "là tệp nén, không phải tệp Word. Hãy giải nén rồi chọn tệp kế hoạch bên trong.",
}


@dataclass(slots=True)
class Package:
    """The parts of a Word file, read when asked for."""

    path: Path
    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    main: str = ""
    related: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)

    def root(self, name: str) -> etree._Element | None:
        """The root of a part, None where there is no such part."""
        data = self.bytes_of(name)
        return None if data is None else parsed(self.path, name, data)

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is no such part."""
        info = self.names.get(name.lower())
        if info is None:
            return None
        _refuse_bomb(self.path, info)
        try:
            data = self.archive.read(info)
        except _UNPACKING as error:
            raise UnreadableFile(self.path, _DAMAGED.format(f"phần {info.filename}")) from error
        return data

    def part(self, kind: str) -> str:
        """The name of the main part's first part of a kind ("styles"), as its relations or else custom say."""
        found = self.related.get(kind)
        return found[0] if found else str(PurePosixPath(self.main).parent / f"{kind}.xml")


def opened(path: Path, data: bytes) -> Package:
    """The package of a Word file. Raises UnreadableFile where it is damaged, a bomb, or another kind of file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile(path, _DAMAGED.format("không mở được gói ZIP")) from error
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS:
        raise UnreadableFile(path, f"tệp Word có {len(infos)} phần, có thể là tệp phá hoại nên không được mở.")
    _refuse_bombs(path, infos)
    package = Package(path, archive, {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos})
    package.main = _main_part(package)
    for relation_id, kind, target in _relations(package, package.main):
        package.related[kind] = (*package.related.get(kind, ()), target)
        package.by_id[relation_id] = target
    return package


def parsed(path: Path, name: str, data: bytes) -> etree._Element:
    """The root of a part's XML; no entity is ever expanded, and a part that declares any is refused."""
    if b"<!DOCTYPE" in data:
        raise UnreadableFile(path, _ENTITIES.format(name))
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(path, _DAMAGED.format(f"phần {name} không phải XML đúng")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(path, _ENTITIES.format(name))
    return root


def _refuse_bombs(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """What is small by part may be large together, or one packed part that many names share."""
    whole = sum(info.file_size for info in infos if info.filename.lower().endswith((".xml", ".rels")))
    if whole > _LARGEST_WHOLE:
        raise UnreadableFile(path, _BOMB.format("XML", whole >> 20))


def _refuse_bomb(path: Path, info: zipfile.ZipInfo) -> None:
    swollen = info.file_size > _SUSPECT and info.file_size > _MOST_INFLATED * max(info.compress_size, 1)
    if swollen or info.file_size > _LARGEST_PART:
        raise UnreadableFile(path, _BOMB.format(info.filename, info.file_size >> 20))


def _main_part(package: Package) -> str:
    if "word/document.xml" in package.names:
        return "word/document.xml"
    for _, kind, target in _relations(package, ""):
        if kind == "officeDocument" and target.lower().startswith("word/") and target.lower() in package.names:
            return target
    found = next((prefix for prefix in _FOREIGN if any(name.startswith(prefix) for name in package.names)), None)
    if found is None:
        raise UnreadableFile(package.path, _DAMAGED.format("gói ZIP trống"))
    raise UnreadableFile(package.path, _FOREIGN[found])


def _relations(package: Package, source: str) -> Iterator[tuple[str, str, str]]:
    """The id, kind and target of each relation of a part, or of the package."""
    folder = PurePosixPath(source).parent
    root = package.root(str(folder / "_rels" / f"{PurePosixPath(source).name}.rels"))
    for relation in root if root is not None else ():
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            inside = target.lstrip("/") if target.startswith("/") else str(folder / target)
            yield relation.get("Id", ""), kind, inside
