"""Entries that answer a search -> the same in the order of how near they are to what was typed."""

import json
import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from publish.pages.matching import Candidates
from publish.pages.page import rows
from publish.search import Term

Entry = dict[str, Any]
Rank = Callable[[Entry], tuple[Any, ...]]

_USUAL_LENGTH = 30  # words
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b
# As the build counted them; in a database that does not say, entries are numbered one after the other.
_ENTRIES = """
    select coalesce(
        (select number from totals where name = 'entries'), (select max(id) from search_entries)
    ) as number
"""


def ranking(connection: sqlite3.Connection, terms: Sequence[Term], found: Candidates) -> Rank:
    """What to sort entries by: accents as typed, words next to one another as typed, a plan's title, then BM25."""
    words = [word for term in terms for word in term.plain]
    goes_on = bool(terms) and terms[-1].open
    weights = _weights(connection, dict.fromkeys(words))
    pairs = [f" {one} {other} " for one, other in pairwise(words)]
    if pairs and goes_on:
        pairs[-1] = pairs[-1].rstrip()

    def rank(entry: Entry) -> tuple[Any, ...]:
        text = f" {entry['words']} "
        together = sum(pair in text for pair in pairs)
        nearness = _bm25(text, weights, words[-1] if goes_on else "")
        key = entry["id"]
        accents = (key not in found.row) + (key not in found.exact)
        return (accents, -together, entry["kind"] != "plan", -nearness, -key)

    return rank


def _weights(connection: sqlite3.Connection, words: Mapping[str, None]) -> dict[str, float]:
    """How much each word says: the rarer, the more."""
    total = rows(connection, _ENTRIES)[0]["number"] or 0
    sql = "select word, entries from search_words where word in (select value from json_each(?))"
    found = {one["word"]: one["entries"] for one in rows(connection, sql, json.dumps(list(words)))}
    return {word: math.log(1 + (total + 0.5) / (found.get(word, 0) + 0.5)) for word in words}


def _bm25(text: str, weights: Mapping[str, float], beginning: str) -> float:
    """BM25 of a text (words between single blanks); `beginning` counts wherever a word begins with it."""
    length = text.count(" ") - 1
    slope = _SATURATION * (1 - _LENGTH + _LENGTH * length / _USUAL_LENGTH)
    score = 0.0
    for word, weight in weights.items():
        times = text.count(f" {word}") if word == beginning else text.count(f" {word} ")
        score += weight * times * (_SATURATION + 1) / (times + slope)
    return score
