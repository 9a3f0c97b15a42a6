"""What is asked of the search -> which entries answer it: queries to the index, each of which stops at so many rows.

The rows of the newest plans come first out of the index; how near each is to what was typed is told afterwards.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from publish.pages.page import rows
from publish.search import Term

MOST = 1000  # entries that are ranked and counted; more answer only the words that half of all texts have
_MOST_ENDINGS = 40
# A word that hardly ever stands whole where it was typed, but often goes on there, was not typed to its end.
_GOES_ON = 3  # times as often

Facets = Sequence[str]  # words of the index's column "facets"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Keys of entries, the newest first; `more` if there are others.

    `exact` are those with every accent as typed, `row` those that have the words in a row besides.
    """

    ids: tuple[int, ...]
    exact: frozenset[int] = frozenset()
    row: frozenset[int] = frozenset()
    more: bool = False


def accented(terms: Iterable[Term]) -> bool:
    """Whether any word was typed with its accents, so that those without are meant so."""
    return any(term.plain != term.written for term in terms)


def candidates(
    connection: sqlite3.Connection, terms: Sequence[Term], facets: Facets = (), *, exact: bool = False
) -> Candidates:
    """At most MOST entries that have every term and every facet; only those with the accents as typed if `exact`.

    Where there are more, those with their accents and those with the words next to one another are taken first.
    """
    marked = accented(terms)
    together = [Term(tuple(word for term in terms for word in term.written), open=terms[-1].open)] if terms else []
    with_accents = ids(connection, query(connection, terms, facets, column="written")) if marked else []
    in_a_row = ids(connection, query(connection, together, facets, column="written")) if with_accents else []
    found = with_accents if exact and marked else ids(connection, query(connection, terms, facets))
    kept = dict.fromkeys(found)
    if more := len(found) > MOST:
        kept = dict.fromkeys(in_a_row + with_accents)
        if not exact and len(kept) < MOST:
            closed = [replace(term, open=False) for term in (*together, *terms)]
            for asked in (closed[:1], closed[1:], terms):
                kept |= dict.fromkeys(ids(connection, query(connection, asked, facets)))
    return Candidates(tuple(kept)[:MOST], frozenset(in_a_row + with_accents), frozenset(in_a_row), more)


def count(connection: sqlite3.Connection, terms: Sequence[Term], facets: Facets = (), *, exact: bool = False) -> int:
    """How many entries answer; MOST + 1 stands for more than MOST."""
    column = "written" if exact and accented(terms) else "plain"
    return len(ids(connection, query(connection, terms, facets, column=column)))


def ids(connection: sqlite3.Connection, match: str, most: int = MOST + 1) -> list[int]:
    """The entries that match, the newest first."""
    sql = """
        select rowid from search_entries_fts where search_entries_fts match ? order by rowid desc limit ?
    """
    return [found for (found,) in connection.execute(sql, (match, most))] if match else []


def query(connection: sqlite3.Connection, terms: Sequence[Term], facets: Facets = (), *, column: str = "plain") -> str:
    """An FTS5 query for entries with every term in a column ("plain", "written", "names") and every facet."""
    asked = [_written(term) if column == "written" else _plain(connection, term) for term in terms]
    parts = [f"{column} : ({' AND '.join(asked)})"] if asked else []
    parts += ["facets : (" + " AND ".join(f'"{facet}"' for facet in facets) + ")"] if facets else []
    return " AND ".join(parts)


def _written(term: Term) -> str:
    return f'"{" ".join(term.written)}"{" *" if term.open else ""}'


def _plain(connection: sqlite3.Connection, term: Term) -> str:
    """A term without accents; an open one as its most common endings, quicker than the index's own prefixes."""
    *first, last = term.plain
    lasts = [last, *(term.endings or going_on(connection, last))] if term.open else [last]
    return "(" + " OR ".join(f'"{" ".join([*first, one])}"' for one in dict.fromkeys(lasts)) + ")"


def going_on(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """The most common words without accents that begin so."""
    sql = """
        select word from search_words where word >= ? and word < ? order by entries desc, word limit ?
    """
    return [one["word"] for one in rows(connection, sql, beginning, beginning + "\U0010ffff", _MOST_ENDINGS)]


def opened(connection: sqlite3.Connection, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, the last open where it seems not typed to its end: "chuyen do" finds "chuyển đổi".

    Asked of all entries, whatever they are narrowed by, so that narrowing never changes what is looked for.
    """
    asked = tuple(terms)
    if not asked or asked[-1].open or asked[-1].quoted or not asked[-1].plain[-1].isalpha():
        return asked
    nothing = not ids(connection, query(connection, asked), 1)
    if not nothing and (len(asked) < 2 or accented(asked)):
        return asked
    going = (*asked[:-1], replace(asked[-1], open=True))
    last = asked[-1].plain[-1]
    followers = endings(words_of(connection, ids(connection, query(connection, going), MOST)), going)
    whole = followers.pop(last, 0)
    if not followers or followers.total() < (_GOES_ON - 1) * whole:
        return asked
    return (*asked[:-1], replace(going[-1], endings=tuple(word for word, _ in followers.most_common(_MOST_ENDINGS))))


def endings(texts: Iterable[str], going: Sequence[Term]) -> Counter[str]:
    """The words that go on as the last term does, right after the word before it, in texts without accents.

    >>> endings(["chuyen doi so", "chuyen do", "do chuyen"], [Term(("chuyen",)), Term(("do",), open=True)])
    Counter({'doi': 1, 'do': 1})
    """
    *before, last = [word for term in going for word in term.plain]
    pattern = re.compile(rf"(?<![^ ]){' '.join([*before[-1:], f'({re.escape(last)}[^ ]*)'])}")
    return Counter(word for text in texts for word in pattern.findall(text))


def words_of(connection: sqlite3.Connection, keys: Iterable[int]) -> list[str]:
    """The words of entries, without accents."""
    sql = """
        select words from search_entries where id in (select value from json_each(?))
    """
    return [one["words"] for one in rows(connection, sql, json.dumps(list(keys)))]
