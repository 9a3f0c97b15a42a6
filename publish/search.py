"""What a person types -> what the full-text indexes and the stored queries understand; any text gives a valid query."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.text import fold, nfc, unaccented

_WORD = re.compile(r"[^\W_]+")
_TYPED = re.compile(r'"[^"]*"\*?|[^\s"]+')
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOST_TERMS = 24


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are to stand next to one another: one word, a "phrase in quotes", a number such as 25/KH-UBND.

    `written` has them with case and spelling folded, `plain` without accents too; `typed` is what was typed. The last
    word may go on where the term is `open`: to one of its `endings`, whole words without accents, if it has any.
    """

    written: tuple[str, ...]
    typed: str = ""
    open: bool = False
    endings: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        """The words as a keyboard without accents types them."""
        return tuple(map(plain, self.written))

    @property
    def quoted(self) -> bool:
        """Whether the words are meant as they stand."""
        return fold(self.typed).startswith('"')


def typed_terms(text: str | None) -> tuple[Term, ...]:
    """What is asked for, at most 24 terms; marks, operators and what is no word mean nothing.

    >>> [term.written for term in typed_terms('Đường "tổ công nghệ" 25/KH - chuy*')]
    [('đường',), ('tổ', 'công', 'nghệ'), ('25', 'kh'), ('chuy',)]
    """
    composed, found = nfc(text or ""), []
    for match in _TYPED.finditer(fold(composed)):
        words = tuple(_WORD.findall(match[0]))
        if words:
            found.append(Term(words, composed[match.start() : match.end()], open=match[0].endswith("*")))
    return tuple(found[:_MOST_TERMS])


def written_words(text: str) -> list[str]:
    """The words of a text, accents kept, case and spelling folded.

    >>> written_words("Hoà Bình, số 25/KH-UBND")
    ['hòa', 'bình', 'số', '25', 'kh', 'ubnd']
    """
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 13)
def plain(word: str) -> str:
    """A word without its accents; never empty, and always one word.

    >>> plain("đường")
    'duong'
    """
    return "".join(_WORD.findall(unaccented(word))) or word


def folded(text: str | None) -> str:
    """Text as it stands in the `search_text` columns.

    >>> folded("Tổ Công nghệ số")
    'to cong nghe so'
    """
    return unaccented(text or "")


def fts_query(text: str | None) -> str:
    """An FTS5 query for rows that hold every term, accents or none.

    >>> fts_query('Đường "AND" 25/KH-UBND chuy*')
    '"duong" "and" "25 kh ubnd" "chuy"*'
    >>> fts_query('"')
    '""'
    """
    return " ".join(f'"{" ".join(term.plain)}"{"*" * term.open}' for term in typed_terms(text)) or '""'


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
