"""Which words of a text say what it is about, by the counts that the database keeps of every word."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from publish.pages.likeness import Features, IsCommon, features, place_names
from publish.pages.page import row, rows
from publish.search import plain

_COMMON = 0.1  # of all texts
_ROWS = 8_000  # that a full-text query may have to weigh
_MOST_WORDS = 16


class Texts(StrEnum):
    """The texts whose words are counted, by the column of `words` that counts them."""

    TITLES = "titles"
    TARGETS = "targets"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts of one sort are read for comparing them."""

    common: IsCommon

    def __call__(self, text: str | None, names: tuple[str, ...] = ()) -> Features:
        """The features of a text; none of a missing one."""
        return features(text or "", self.common, names)


def reading(connection: sqlite3.Connection, texts: Texts) -> Reading:
    """Words that stand in every tenth text tell nothing."""
    total = row(
        connection, "select number from totals where name = ?", "plans" if texts is Texts.TITLES else texts.value
    )
    limit = _COMMON * (total["number"] if total else 0)
    found = rows(connection, f"select word from words where {texts.value} > ?", limit)  # noqa: S608 (a column of ours)
    often = frozenset(one["word"] for one in found)
    return Reading(lambda word: plain(word) in often)


def names_of(locality: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names of a locality and its province, from a row with `type`, `name` and `province`."""
    if locality is None:
        return ()
    own, kind, province = (locality.get(column) or "" for column in ("name", "type", "province"))
    return place_names([f"{kind} {own}", own, f"tỉnh {province}", f"thành phố {province}", province])


def locality_of(connection: sqlite3.Connection, key: str | None) -> dict[str, Any] | None:
    """The row of a locality, if there is one."""
    return row(connection, "select id, full_name, type, name, province, candidates from localities where id = ?", key)


def rare_words(connection: sqlite3.Connection, words: Iterable[str], texts: Texts) -> list[str]:
    """The rarest of the words that other texts hold too, accents off, as many as a query can weigh at once."""
    given = list({plain(word) for word in words})[:200]
    found = rows(
        connection,
        f"""
        select word, {texts.value} as often from words
        where word in ({", ".join("?" * len(given))}) and {texts.value} > 1 order by 2, 1
        """,  # noqa: S608 (a column of ours, placeholders)
        *given,
    )
    kept: list[str] = []
    weighed = 0
    for one in found[:_MOST_WORDS]:
        weighed += one["often"]
        if weighed > _ROWS and kept:
            break
        kept.append(one["word"])
    return kept


def any_of(words: Iterable[str], column: str, *, goes_on: bool = False) -> str:
    """A full-text query for rows that hold any of the words in a column; as the start of a word, if it goes on.

    >>> any_of(["dan", "đan"], "title")
    'title : ("dan" OR "đan")'
    """
    quoted = [f'"{word}"{"*" if goes_on else ""}' for word in words]
    return f"{column} : ({' OR '.join(quoted)})"
