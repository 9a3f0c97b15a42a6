"""Path -> Document: one module a family of formats."""

from collections.abc import Callable
from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Document
from extract.read.html import read_html
from extract.read.plain import read_plain


def _read_pdf(path: Path, data: bytes) -> Document:
    from extract.read.pdf import read_pdf  # noqa: PLC0415  (pdfium is slow to load, and texts need none)

    return read_pdf(path, data)


def _read_office(path: Path, data: bytes) -> Document:
    from extract.read.office import read_office  # noqa: PLC0415  (XML and LibreOffice, which texts need none of)

    return read_office(path, data)


def _read_picture(path: Path, data: bytes) -> Document:
    from extract.read.ocr import read_picture  # noqa: PLC0415  (numpy, Pillow and tesseract, for scans only)

    return read_picture(path, data)


_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
OFFICE_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".ott", ".fodt", ".rtf", ".wps")
_READERS: dict[str, Callable[[Path, bytes], Document]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    **dict.fromkeys(OFFICE_SUFFIXES, _read_office),
    **dict.fromkeys(_PICTURES, _read_picture),
    ".pdf": _read_pdf,
}
SUFFIXES = frozenset(_READERS)


def read(path: Path) -> tuple[bytes, Document]:
    """The file's bytes and its document. Raises UnreadableFile with what is wrong and what to do."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(path, "không tìm thấy tệp. Hãy kiểm tra lại đường dẫn.") from error
    except IsADirectoryError as error:
        raise UnreadableFile(path, "là thư mục, không phải tệp. Hãy chỉ ra tệp kế hoạch cần đọc.") from error
    except PermissionError as error:
        raise UnreadableFile(path, "không có quyền đọc tệp. Hãy cấp quyền đọc rồi thử lại.") from error
    except OSError as error:
        raise UnreadableFile(path, f"không đọc được tệp ({error.strerror}). Hãy kiểm tra ổ đĩa rồi thử lại.") from error
    return data, document_of(path, data)


def document_of(path: Path, data: bytes) -> Document:
    """The document of a file's bytes, by the file's suffix; an unknown one is taken for text."""
    return _READERS.get(path.suffix.lower(), read_plain)(path, data)
