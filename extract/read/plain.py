"""Text and Markdown, as people, converters and law portals save them -> Document."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Cell, Document, Line, Table
from extract.read.markup import cell_of_html, plain_of_markdown

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+")
_PIPE_ROW = re.compile(r"\s*\|?.*\|.*")
_PIPE_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*")
_LONE_PIPE = re.compile(r"\s*\|\s*")
_HARD_BREAK = re.compile(r"(?:  |\\)$")
_BOLD_MARK = re.compile(r"\*\*|__")


def read_plain(path: Path, data: bytes) -> Document:
    """A text file's document. Raises UnreadableFile where the bytes are no text."""
    text = decoded(path, data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    media_type = "text/markdown" if path.suffix.lower() == ".md" else "text/plain"
    return Document(tuple(_blocks(lines)), media_type)


def decoded(path: Path, data: bytes) -> str:
    """The text of a file's bytes: UTF-8, or UTF-16 by its mark; a NUL elsewhere means that it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _damaged(path, data, error)
    if "\x00" in text[:4096] or len(_CONTROL.findall(text[:4096])) > 40:
        raise UnreadableFile(path, "tệp nhị phân, không phải văn bản. Hãy lưu văn bản ở dạng .txt (UTF-8) rồi thử lại.")
    return text


def _damaged(path: Path, data: bytes, error: UnicodeDecodeError) -> str:
    """A few broken bytes are replaced; UTF-16 without its mark is tried; a file full of them is no text."""
    if data[:400].count(0) > len(data[:400]) // 4:
        wide = "utf-16-le" if data[1:400:2].count(0) > data[0:400:2].count(0) else "utf-16-be"
        return data.decode(wide, errors="replace")
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") > max(3, len(text) // 100) or b"\x00" in data[:4096]:
        raise UnreadableFile(
            path,
            f"không đọc được: không phải văn bản UTF-8 (lỗi tại byte {error.start}). "
            "Hãy lưu lại tệp với bảng mã Unicode UTF-8 rồi thử lại.",
        ) from error
    return text


def _blocks(lines: list[str]) -> Iterator[Line | Table]:
    """Lines and tables in order."""
    at = 0
    bold = gap = False
    while at < len(lines):
        if rows := _table_rows(lines, at):
            table, at = rows
            yield table
            gap = False
            continue
        text = lines[at]
        at += 1
        if not text.strip():
            gap = True
            continue
        line, bold = _line(text, bold)
        yield replace(line, gap=gap)
        gap = False


def _line(text: str, bold: bool) -> tuple[Line, bool]:
    """A line without its markup, and whether bold type goes on after it."""
    heading = _HEADING.match(text)
    level = len(heading["level"]) if heading else 0
    body = text[heading.end() :] if heading else text
    plain = plain_of_markdown(body)
    marks = len(_BOLD_MARK.findall(body))
    all_bold = _all_bold(body, bold)
    whole = bool(_HARD_BREAK.search(text)) and bool(marks or heading)
    return Line(plain, bold=all_bold, level=level, whole=whole or bool(heading)), bold ^ bool(marks % 2)


def _all_bold(body: str, bold: bool) -> bool:
    """Whether every letter of the line stands between bold marks."""
    for i, part in enumerate(_BOLD_MARK.split(body)):
        if (i % 2 == 1) == bold and re.search(r"\w", part):
            return False
    return bool(re.search(r"\w", body))


def _table_rows(lines: list[str], at: int) -> tuple[Table, int] | None:
    """A table that begins at the line, and where it ends."""
    line = lines[at]
    if "\t" in line.strip():
        return _tabbed(lines, at)
    if "|" in line and not _LONE_PIPE.fullmatch(line):
        return _piped(lines, at)
    return None


def _tabbed(lines: list[str], at: int) -> tuple[Table, int] | None:
    """Rows of cells parted by tabs, cells perhaps HTML; blank lines and lines that go on with a cell between them."""
    rows: list[list[str]] = []
    end = at
    for i in range(at, len(lines)):
        text = lines[i]
        if text.count("\t") >= 1 and text.strip():
            rows.append(text.split("\t"))
            end = i + 1
        elif text.strip() or i - end > 2:
            break
    width = max((len(row) for row in rows), default=0)
    if width < 3 or len(rows) < 2:
        return None
    cells = (tuple(_html_cell(cell) for cell in row + [""] * (width - len(row))) for row in rows)
    return Table(tuple(cells)), end


def _html_cell(text: str) -> Cell:
    if "<" in text:
        return Cell(cell_of_html(text))
    return Cell((Line(plain_of_markdown(text), whole=True),)) if text.strip() else Cell()


def _piped(lines: list[str], at: int) -> tuple[Table, int] | None:
    """Rows of cells parted by bars."""
    rows: list[list[str]] = []
    end = at
    for i in range(at, len(lines)):
        text = lines[i].strip()
        if text and not _LONE_PIPE.fullmatch(text) and "|" in text:
            if not _PIPE_RULE.fullmatch(text):
                rows.append([cell.strip() for cell in text.strip("|").split("|")])
            end = i + 1
        elif text or i - end > 1:
            break
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        return None
    cells = (tuple(_bar_cell(cell) for cell in row + [""] * (width - len(row))) for row in rows)
    return Table(tuple(cells)), end


def _bar_cell(text: str) -> Cell:
    if "<" in text:
        return Cell(cell_of_html(text))
    plain = plain_of_markdown(text)
    bold = _all_bold(text, bold=False)
    return Cell((Line(plain, bold=bold, whole=True),)) if plain.strip() else Cell()
