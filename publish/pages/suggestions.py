"""A search that finds nothing -> others that do: a word less, words that are spelt nearly so, less narrowed."""

import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from publish.pages.facets import FACETS, Narrowed, index_words, titles
from publish.pages.matching import count
from publish.search import Term, typed_terms

_MOST_WORDS = 8  # of which each is left out in turn
_VOCABULARY = 30_000  # the most common words
# Most of what is typed once only are plans' numbers; they are nobody's misspelling.
_WORDS = """
    select word, entries from search_words where word not glob '*[^a-z]*' order by entries desc limit ?
"""
_ALIKE = 0.6
_LONGEST_SYLLABLE = 7  # letters: "nghiêng"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """With `changes` of the address the search finds `entries`: other words `typed`, or less narrowed.

    `title` is the value that is given up; where neither stands, it is that accents must be as typed.
    """

    changes: Mapping[str, str | None]
    entries: int
    typed: str = ""
    title: str = ""


def suggestions(
    connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed, *, exact: bool
) -> list[Suggestion]:
    """The searches nearest to one that finds nothing, each of which finds something."""
    found = [*_less_narrowed(connection, terms, narrowed, exact=exact)]
    others = [*_spellings(connection, terms), *_without_a_word(terms)]
    found += _counted(connection, others, index_words(narrowed), {}, exact=exact)
    if not found and any(narrowed.values()):
        free = {"dung_dau": None, **{facet.parameter: None for facet in FACETS}}
        found = _counted(connection, [" ".join(term.typed for term in terms), *others], (), free, exact=False)
    return found


def _counted(
    connection: sqlite3.Connection,
    others: Sequence[str],
    facets: Sequence[str],
    changes: Mapping[str, str | None],
    *,
    exact: bool,
) -> list[Suggestion]:
    """The searches for other words that find something."""
    return [
        Suggestion({**changes, "tu_khoa": typed}, entries, typed=typed)
        for typed in dict.fromkeys(others)
        if (entries := count(connection, typed_terms(typed), facets, exact=exact))
    ]


def _less_narrowed(
    connection: sqlite3.Connection, terms: Sequence[Term], narrowed: Narrowed, *, exact: bool
) -> Iterator[Suggestion]:
    """The same words with one choice less."""
    if exact and (entries := count(connection, terms, index_words(narrowed))):
        yield Suggestion({"dung_dau": None}, entries)
    for facet in FACETS:
        if value := narrowed.get(facet.name):
            words = index_words({**narrowed, facet.name: ""})
            if (terms or words) and (entries := count(connection, terms, words, exact=exact)):
                title = titles(connection, facet.name, [value])(value)
                yield Suggestion({facet.parameter: None}, entries, title=title)


def _without_a_word(terms: Sequence[Term]) -> list[str]:
    """What is typed, each word left out in turn; what was to stand together, apart."""
    if len(terms) == 1 and len(terms[0].written) > 1:
        return [" ".join(terms[0].written)]
    if not 1 < len(terms) <= _MOST_WORDS:
        return []
    return [" ".join(term.typed for term in (*terms[:at], *terms[at + 1 :])) for at in range(len(terms))]


def _spellings(connection: sqlite3.Connection, terms: Sequence[Term]) -> list[str]:
    """What is typed with its unknown words replaced by the nearest known ones, which are known without accents."""
    vocabulary = dict(connection.execute(_WORDS, (_VOCABULARY,)).fetchall())
    mended = [" ".join(_mended(word, vocabulary) for word in term.plain) for term in terms]
    kept = [
        term.typed if new == " ".join(term.plain) else f'"{new}"' if term.quoted else new
        for new, term in zip(mended, terms, strict=True)
    ]
    return [" ".join(kept)] if kept != [term.typed for term in terms] else []


def _mended(word: str, vocabulary: Mapping[str, int]) -> str:
    """The known word or words that an unknown one may be meant for; the word itself if it is known, or nothing is."""
    if word in vocabulary or len(word) < 2 or not word.isalpha():
        return word
    if len(word) > _LONGEST_SYLLABLE and (parts := _parted(word, vocabulary)):
        return " ".join(parts)
    alike = process.extract(word, vocabulary.keys(), scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=12)
    return max(alike, key=lambda one: (one[1], vocabulary[one[0]]), default=(word,))[0]


def _parted(word: str, vocabulary: Mapping[str, int]) -> tuple[str, ...]:
    """Words written without blanks, parted where that gives the most common words; none where there is no way.

    >>> _parted("chuyendoi", {"chuyen": 9, "doi": 5, "chuy": 1, "endoi": 1})
    ('chuyen', 'doi')
    """
    total = sum(vocabulary.values())
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in range(2, len(word) + 1):
        ways = [
            (best[start][0] + math.log(vocabulary[word[start:end]] / total), (*best[start][1], word[start:end]))
            for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1)
            if start in best and word[start:end] in vocabulary
        ]
        if ways:
            best[end] = max(ways)
    return best.get(len(word), (0.0, ()))[1]
