"""XML that others sent -> its elements: no entities, nothing from elsewhere, no size that stops the machine."""

from collections.abc import Iterator
from typing import IO, Any, Final

from lxml import etree

from publish.exchange.content import NotAsWritten

_OPTIONS: Final[Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
}


def root_tag(stream: IO[bytes]) -> str:
    """The name of the root element. Raises NotAsWritten where the file is no XML, or declares entities."""
    try:
        for _, element in etree.iterparse(stream, events=("start",), **_OPTIONS):
            if element.getroottree().docinfo.doctype:
                raise NotAsWritten("tệp XML khai báo DOCTYPE hoặc thực thể, nên không được đọc; hãy bỏ phần ấy đi")
            return str(element.tag)
    except etree.XMLSyntaxError as error:
        raise NotAsWritten(_why(error)) from error
    raise NotAsWritten("tệp XML rỗng")


def elements(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """The elements of these names right below the root; all that is below it is forgotten as soon as it was there.

    `root_tag` must have been asked of the same file before. Raises NotAsWritten.
    """
    try:
        for _, element in etree.iterparse(stream, events=("end",), **_OPTIONS):
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue
            if element.tag in tags:
                yield element
            parent.remove(element)
    except etree.XMLSyntaxError as error:
        raise NotAsWritten(_why(error)) from error


def document(stream: IO[bytes]) -> etree._Element:
    """The whole of a file, as far as `root_tag` found nothing wrong with it. Raises NotAsWritten."""
    try:
        return etree.parse(stream, etree.XMLParser(**_OPTIONS)).getroot()
    except etree.XMLSyntaxError as error:
        raise NotAsWritten(_why(error)) from error


def _why(error: etree.XMLSyntaxError) -> str:
    said = str(error.msg or "")
    for word, why in _REASONS.items():
        if word in said.lower():
            return why
    return f"tệp XML hỏng ở dòng {error.lineno}; hãy xuất hoặc tải lại tệp"


_REASONS = {
    "depth": "các phần tử của tệp XML lồng nhau quá sâu, nên tệp không được đọc",
    "huge": "tệp XML có phần lớn bất thường, nên không được đọc",
    "entity": "tệp XML dùng thực thể, nên không được đọc; hãy bỏ phần ấy đi",
    "amplification": "tệp XML dùng thực thể để phình to, nên không được đọc",
}
