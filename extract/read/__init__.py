"""Path -> Document: one module a family of formats."""

from collections.abc import Callable
from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Document
from extract.read.html import read_html
from extract.read.plain import read_plain

_READERS: dict[str, Callable[[Path, bytes], Document]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
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
