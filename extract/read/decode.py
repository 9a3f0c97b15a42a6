"""Bytes -> text: the character set found out, damage mended where it is slight, other kinds of file refused."""

import codecs
import re
from pathlib import Path

from extract.errors import UnreadableFile
from extract.lexicon import is_in, phrases
from extract.normalize.legacy import decode_legacy, looks_legacy, share_of_syllables, with_capitals
from extract.text import fold, nfc

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_COMBINING = re.compile("[\u0300-\u036f]")  # to look for them costs a twentieth of what asking for the form does
_SAMPLE = 8192  # characters looked at to tell text from other files
_MOST_SYLLABLES = 0.8
# What a file that is no text begins with, and how its kind is called.
_MAGIC = (
    (b"%PDF-", "tệp PDF"),
    (b"PK\x03\x04", "tệp nén hoặc tệp Office (.docx, .xlsx)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tệp Office đời cũ (.doc, .xls)"),
    (b"\x89PNG", "tệp ảnh"),
    (b"\xff\xd8\xff", "tệp ảnh"),
    (b"GIF8", "tệp ảnh"),
    (b"II*\x00", "tệp ảnh"),
    (b"MM\x00*", "tệp ảnh"),
    (b"{\\rtf", "tệp RTF"),
    (b"\x1f\x8b", "tệp nén"),
    (b"Rar!", "tệp nén"),
    (b"7z\xbc\xaf", "tệp nén"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The upper bytes of Vietnamese in UTF-16: Latin, Latin extended, combining marks, U+1Exx, punctuation.
_WIDE = frozenset({0x00, 0x01, 0x03, 0x1E, 0x20})


def decoded(path: Path, data: bytes, *, declared: str | None = None) -> str:
    """The text in NFC, NULs out. `declared` is the character set that the file itself names."""
    _refuse_other_kinds(path, data)
    text = _text_of(path, data, declared)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(8, len(sample) // 50):
        raise UnreadableFile(
            path,
            "là tệp nhị phân, không phải văn bản. Hãy lưu kế hoạch ở dạng .txt, .md hoặc .html (UTF-8) rồi thử lại.",
        )
    text = text.replace("\x00", "") if "\x00" in text else text
    return modern(nfc(text) if _COMBINING.search(text) else text)


def modern(text: str) -> str:
    """The text, in Unicode where it was in TCVN3, VNI or VPS: by what makes Vietnamese syllables of it."""
    charset = looks_legacy(text)
    if charset is None:
        return text
    decoded_text = decode_legacy(text, charset)
    return with_capitals(decoded_text) if charset == "tcvn3" else decoded_text


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind is not None:
        raise UnreadableFile(
            path,
            f"nội dung là {kind}, không khớp với đuôi {path.suffix or '(trống)'}. "
            "Hãy đặt lại đúng đuôi tệp rồi thử lại.",
        )


def _text_of(path: Path, data: bytes, declared: str | None) -> str:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, errors="replace")
    if wide := _unmarked_wide(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _damaged(path, data, declared, error)


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without its mark: one byte of each pair is a page that Vietnamese is printed from, and some are 0."""
    sample = data[: 2 * _SAMPLE]
    if len(sample) < 16 or b"\x00" not in sample:
        return None
    for charset, upper, lower in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        likely = sum(byte in _WIDE for byte in upper) > 0.95 * len(upper) and upper.count(0) > 0.4 * len(upper)
        if likely and lower.count(0) < 0.02 * len(lower):
            return charset
    return None


def _damaged(path: Path, data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    """A few broken bytes are replaced, a cut last letter left out; else the set whose text is Vietnamese."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= max(3, len(text) // 200):
        return text.removesuffix("\ufffd")
    for charset in filter(None, (declared, "cp1258")):
        other = _in(charset, data)
        if other is not None and _reads_as_vietnamese(other):
            return other
    old = data.decode("latin-1")
    if looks_legacy(old) is not None:
        return old
    raise UnreadableFile(
        path,
        f"không phải văn bản UTF-8 (lỗi tại byte {error.start}) và không nhận ra bảng mã. "
        "Hãy lưu lại tệp với bảng mã Unicode UTF-8 rồi thử lại.",
    ) from error


def _in(charset: str, data: bytes) -> str | None:
    try:
        return nfc(data.decode(charset, errors="replace"))
    except LookupError:
        return None


def _reads_as_vietnamese(text: str) -> bool:
    """Whether the words that no plan is without stand in it, or most words with marks are syllables."""
    sample = text[: 4 * _SAMPLE]
    if is_in(phrases("portal", "everywhere"), fold(sample)):
        return True
    return share_of_syllables(sample) > _MOST_SYLLABLES
