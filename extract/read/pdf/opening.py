"""Bytes -> an open PDF, or a clear word on why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError, raw

from extract.errors import UnreadableFile

_REASONS = {
    raw.FPDF_ERR_PASSWORD: "tệp PDF được khóa bằng mật khẩu. Hãy mở khóa, lưu lại bản không có mật khẩu rồi thử lại.",
    raw.FPDF_ERR_SECURITY: "tệp PDF được mã hóa theo cách chưa hỗ trợ. Hãy lưu lại bản không mã hóa rồi thử lại.",
}
DAMAGED = "tệp PDF hỏng hoặc không phải PDF. Hãy mở thử bằng chương trình xem PDF, xuất lại hoặc tải lại rồi thử lại."
_MOST_PAGES = 2000  # the longest plans have a few hundred
_TOO_LONG = "tệp PDF có {} trang, nhiều hơn {}. Hãy tách riêng kế hoạch rồi thử lại."
_EMPTY = "tệp PDF không có trang nào. Hãy tải lại tệp rồi thử lại."


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[PdfDocument]:
    """The file open for reading. Raises UnreadableFile where it is locked, damaged, empty or endless."""
    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        raise UnreadableFile(path, _REASONS.get(getattr(error, "err_code", None), DAMAGED)) from error
    try:
        if len(pdf) == 0:
            raise UnreadableFile(path, _EMPTY)
        if len(pdf) > _MOST_PAGES:
            raise UnreadableFile(path, _TOO_LONG.format(len(pdf), _MOST_PAGES))
        yield pdf
    finally:
        pdf.close()
