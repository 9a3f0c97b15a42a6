"""Path -> Document: one module a family of formats."""

from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Document
from extract.read.plain import read_plain

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})


def read(path: Path) -> tuple[bytes, Document]:
    """The file's bytes and its document. Raises UnreadableFile with what is wrong and what to do."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(path, "không tìm thấy tệp. Hãy kiểm tra lại đường dẫn.") from error
    except IsADirectoryError as error:
        raise UnreadableFile(path, "là thư mục, không phải tệp.") from error
    except PermissionError as error:
        raise UnreadableFile(path, "không có quyền đọc tệp. Hãy cấp quyền đọc rồi thử lại.") from error
    return data, read_plain(path, data)
