"""Sheets without page numbers, running heads and feet: what stands at one height of the margin on page after page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.read.pdf.rows import Row
from extract.read.pdf.sheet import Ruled, Sheet
from extract.text import fold

_ZONE = 0.12  # of the page's height, at its top and at its foot
_DEPTH = 3  # rows of a head or a foot, at most
_NUMBER = re.compile(r"(?:trang|page)?\s*[-–—|]?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4}\s*)?[-–—|]?")
_LINK = re.compile(r"(?:https?://|www\.)[^\s;,<>]+")
_LONE_LINK = re.compile(r"<?\s*(?:https?://|www\.)\S+\s*")
_DIGITS = re.compile(r"\d+")
_SAME_HEIGHT = 12.0  # points

_Key = tuple[str, bool, int]


def without_furniture(sheets: Sequence[Sheet]) -> None:
    """Take the page numbers and what repeats off the sheets."""
    counts = Counter(key for sheet in sheets for key in {_key(row, sheet) for row in _margin(sheet)})
    for sheet in sheets:
        doomed = {
            id(row)
            for row in _margin(sheet)
            if _NUMBER.fullmatch(fold(row.text).strip()) or _repeats(counts, _key(row, sheet), len(sheets))
        }
        if doomed:
            sheet.parts = [part for part in sheet.parts if id(part) not in doomed]
    _drop_repeated_links(sheets)


def _drop_repeated_links(sheets: Sequence[Sheet]) -> None:
    """Take away a link alone on its row that stood before: converters and slides repeat them."""
    seen: set[str] = set()
    for sheet in sheets:
        kept: list[Row | Ruled] = []
        for part in sheet.parts:
            links = _LINK.findall(part.text) if isinstance(part, Row) else []
            if len(links) == 1 and links[0] in seen and isinstance(part, Row) and _LONE_LINK.fullmatch(part.text):
                continue
            seen.update(links)
            kept.append(part)
        sheet.parts = kept


def _margin(sheet: Sheet) -> Iterator[Row]:
    """The first and the last rows where they stand in the page's margins."""
    rows = sorted(sheet.rows, key=lambda row: row.base)
    top, foot = _ZONE * sheet.frame.height, (1 - _ZONE) * sheet.frame.height
    yield from (row for row in rows[:_DEPTH] if row.base < top)
    yield from (row for row in rows[_DEPTH:][-_DEPTH:] if row.base > foot)


def _key(row: Row, sheet: Sheet) -> _Key:
    """What a running head has in common from page to page: its words without figures, and its height."""
    return _DIGITS.sub("#", fold(row.text)), row.base < sheet.frame.height / 2, round(row.base / _SAME_HEIGHT)


def _repeats(counts: Counter[_Key], key: _Key, pages: int) -> bool:
    text, at_top, height = key
    seen = sum(counts[text, at_top, near] for near in (height - 1, height, height + 1))
    return seen >= max(2, min(3, pages - 1)) if len(text) > 3 else seen >= 3
