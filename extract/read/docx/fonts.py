"""Text set in the old eight-bit fonts, by their names or, where these are gone, by its syllables -> Unicode."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.model import Cell, Line, Table
from extract.normalize.legacy import charset_of_font, decode_legacy, looks_legacy, with_capitals

# Letters that eight-bit text has no code for: a run that holds one is Unicode, whatever its font.
_UNICODE = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")


def charset_of(font: str | None) -> str | None:
    """The old character set that a font is made for."""
    return None if font is None else charset_of_font(font)


def decoded(parts: Sequence[tuple[str, str | None]]) -> str:
    """A line's runs, each with its font's set; runs of one set together, for a letter and its mark may lie in two."""
    if any(charset and _UNICODE.search(text) for text, charset in parts):
        return "".join(text for text, _ in parts)
    out, at = [], 0
    while at < len(parts):
        charset, end = parts[at][1], at + 1
        while end < len(parts) and parts[end][1] == charset:
            end += 1
        text = "".join(part for part, _ in parts[at:end])
        out.append(decode_legacy(text, charset) if charset else text)
        at = end
    return "".join(out)


def modernized(blocks: Sequence[Line | Table]) -> Sequence[Line | Table]:
    """The blocks in Unicode, where the whole text is in an old set and its fonts do not say so."""
    charset = looks_legacy("\n".join(line.text for line in _lines(blocks)))
    if charset is None:
        return blocks
    return [_line(b, charset) if isinstance(b, Line) else _table(b, charset) for b in blocks]


def _lines(blocks: Iterable[Line | Table]) -> Iterable[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows for cell in row for line in cell.lines)


def _line(line: Line, charset: str) -> Line:
    text = decode_legacy(line.text, charset)
    return replace(line, text=with_capitals(text) if charset == "tcvn3" else text)


def _table(table: Table, charset: str) -> Table:
    return replace(table, rows=tuple(tuple(_cell(cell, charset) for cell in row) for row in table.rows))


def _cell(cell: Cell, charset: str) -> Cell:
    return replace(cell, lines=tuple(_line(line, charset) for line in cell.lines))
