"""What a person types -> what the full-text index and the stored queries understand; any text gives a valid query."""

import re
from datetime import date

from extract.text import unaccented

_WORD = re.compile(r"[^\W_]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def folded(text: str | None) -> str:
    """Text as it stands in the `search_text` columns.

    >>> folded("Tổ Công nghệ số")
    'to cong nghe so'
    """
    return unaccented(text or "")


def fts_query(text: str | None) -> str:
    """An FTS5 query for rows that hold every word, accents or none; marks and operators mean nothing.

    >>> fts_query('Đường "AND" 25/KH-UBND')
    '"duong" "and" "25 kh ubnd"'
    >>> fts_query('"')
    '""'
    """
    phrases = [" ".join(_WORD.findall(word)) for word in folded(text).split()]
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase) or '""'


def iso_day(text: str | None) -> str | None:
    """The ISO date of "30/6/2026" or "2026-06-30"; None for anything else.

    >>> iso_day("30/6/2026")
    '2026-06-30'
    """
    typed = (text or "").strip()
    day_first = _DAY_FIRST.fullmatch(typed)
    try:
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1])).isoformat()
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return None
