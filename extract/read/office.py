"""Files of Word and its kin -> Document, by what their bytes are; .doc, .odt and .rtf by way of LibreOffice."""

import email
import email.policy
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Document
from extract.read.docx import read_docx
from extract.read.html import is_page, read_html
from extract.read.libreoffice import docx_of
from extract.read.plain import read_plain

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rt"
_HEAD = 4096  # bytes in which a page or a mail shows itself
_MAIL = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,8}MIME-Version:", re.IGNORECASE)
_SECTOR = 512
_WORD_STREAM = b"\xec\xa5"
_FLAGS, _LOCKED = 0x0A, 0x01  # of the stream's head: byte 0x0B, bit 0 says that the text is encrypted
_LOCKED_MESSAGE = (
    "có mật khẩu nên không đọc được. Hãy mở bằng Word, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ tài liệu) rồi lưu lại."
)
_FOREIGN = "là {}, không phải văn bản. Hãy lưu kế hoạch ở dạng .docx hoặc .pdf rồi thử lại."
# Streams of the old container, and what is wrong with a file that has them and no Word text.
_STREAMS = {
    "EncryptedPackage": _LOCKED_MESSAGE,
    "Workbook": _FOREIGN.format("bảng tính Excel"),
    "PowerPoint Document": _FOREIGN.format("bản trình chiếu PowerPoint"),
}
_XML_TEXTS = (
    'progid="Word.Document"',
    "urn:oasis:names:tc:opendocument:xmlns:office",
    "schemas.microsoft.com/office/word/2003/wordml",
)
_EMPTY = "tệp rỗng (0 byte). Hãy tải lại hoặc chép lại tệp rồi thử lại."
_MEDIA_TYPES = {
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "xml": "application/xml",
}


def read_office(path: Path, data: bytes) -> Document:
    """The document of a Word, OpenDocument or RTF file, or of the page or text that goes by such a name.

    Raises UnreadableFile where it is empty, damaged, locked, of another kind, or LibreOffice is needed and not there.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise UnreadableFile(path, _EMPTY)
    kind = kind_of(path, data)
    if kind == "docx":
        return read_docx(path, data)
    if kind == "html":
        return read_html(path, data)
    if kind == "mail":
        return read_html(path, _page_in_mail(path, data))
    if kind == "text":
        return read_plain(path, data)
    return replace(read_docx(path, docx_of(path, data, kind)), media_type=_MEDIA_TYPES[kind])


def kind_of(path: Path, data: bytes) -> str:
    """docx, doc, odt, rtf, xml, html, mail or text. Raises UnreadableFile for what is locked or no text."""
    if data.startswith(_ZIPS):
        return "odt" if _is_open_document(data) else "docx"
    if data.startswith(_OLE):
        _refuse_foreign(path, data)
        return "doc"
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(_RTF):
        return "rtf"
    if _MAIL.match(head):
        return "mail"
    text = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").decode("latin-1")
    if any(name in text for name in _XML_TEXTS):
        return "xml"
    return "html" if is_page(text) else "text"


def needs_libreoffice(path: Path, data: bytes) -> str | None:
    """The kind of a file that only LibreOffice opens, None for any other."""
    try:
        kind = kind_of(path, data)
    except UnreadableFile:
        return None
    return kind if kind in _MEDIA_TYPES else None


def _is_open_document(data: bytes) -> bool:
    """Whether the archive is OpenDocument text, by its parts; the names of Word's stand in its bytes as they are."""
    if b"word/document.xml" in data:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "content.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _refuse_foreign(path: Path, data: bytes) -> None:
    """Refuse what the old container holds besides a Word text that can be read, by the names of its streams."""
    for stream, message in _STREAMS.items():
        if stream.encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
            raise UnreadableFile(path, message)
    at = next((i for i in range(_SECTOR, len(data), _SECTOR) if data.startswith(_WORD_STREAM, i)), None)
    if at is not None and data[at + _FLAGS + 1 : at + _FLAGS + 2] and data[at + _FLAGS + 1] & _LOCKED:
        raise UnreadableFile(path, _LOCKED_MESSAGE)


def _page_in_mail(path: Path, data: bytes) -> bytes:
    """The page in a web archive (.mht) that Word saved under the name .doc."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            charset = part.get_content_charset() or "utf-8"
            return payload if charset == "utf-8" else payload.decode(charset, errors="replace").encode()
    raise UnreadableFile(path, "là trang web lưu trữ (.mht) nhưng không có nội dung. Hãy lưu lại ở dạng .docx.")
