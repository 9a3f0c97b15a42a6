"""Tìm kiếm: one box over plans, targets and tasks, with what the answer can be narrowed by."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.pages import found as findings
from publish.pages import whole_text
from publish.pages.asked import Pager
from publish.pages.facets import Facet, Narrowed, facets, index_words
from publish.pages.marking import Marker
from publish.pages.matching import MOST, Candidates, accented, candidates, count, ids, opened, query
from publish.pages.nearness import Entry, ranking
from publish.pages.page import rows
from publish.pages.suggestions import Suggestion, suggestions
from publish.search import Term, typed_terms
from publish.search_entries import facet_word

KINDS = ("plan", "target", "task")
SIZE = 20
_MOST_NAMES, _NAMES_A_KIND = 60, 3
_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is one of KINDS, "text" (anywhere in a plan's text) or "" for all; `order` "deadline", "year" or ""."""

    typed: str
    narrowed: Narrowed = field(default_factory=dict)
    kind: str = ""
    exact: bool = False
    order: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """`more` says that there are other answers than those ranked and counted; `kinds` counts by kind.

    `exact` counts those with the accents as typed, None where accents make no difference.
    """

    asked: Asked
    terms: tuple[Term, ...]
    pager: Pager
    more: bool
    kinds: Mapping[str, int]
    facets: list[Facet]
    items: findings.Rows
    exact: int | None = None
    endings: tuple[str, ...] = ()
    names: findings.Rows = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many plans, targets and tasks answer, at least."""
        return sum(self.kinds.get(kind, 0) for kind in KINDS)

    @property
    def narrowing(self) -> list[Facet]:
        """The facets that the answers are narrowed by, each with the value chosen alone."""
        chosen = ((facet, [value for value in facet.values if value.chosen]) for facet in self.facets)
        return [replace(facet, values=tuple(values)) for facet, values in chosen if values]

    @property
    def as_typed(self) -> str:
        """What is to be typed so that the last word is looked for as it stands."""
        return " ".join([*(term.typed for term in self.terms[:-1]), f'"{self.terms[-1].typed}"'])

    @property
    def marker(self) -> Marker:
        """Marks what was looked for."""
        return Marker(self.terms)


@dataclass(frozen=True, slots=True)
class Answers:
    """Entries in no order, what the index said of them, and counts by kind."""

    entries: list[Entry]
    found: Candidates
    kinds: Counter[str]


def search(connection: sqlite3.Connection, asked: Asked) -> Found:
    """What answers."""
    typed = typed_terms(asked.typed)
    terms = opened(connection, typed)
    if asked.kind == "text":
        return _in_texts(connection, asked, terms)
    answers = _answers(connection, asked, terms)
    answers.kinds["text"] = 0 if asked.exact else whole_text.count(connection, terms, asked.narrowed)
    ordered = _ordered(connection, answers, terms, asked.order)
    pager = Pager(min(asked.page, Pager(1, SIZE, len(ordered)).last), SIZE, len(ordered))
    return Found(
        asked=asked,
        terms=terms,
        pager=pager,
        more=answers.found.more,
        kinds=answers.kinds,
        facets=facets(connection, ordered, asked.narrowed),
        items=findings.shown(connection, ordered[pager.offset :][:SIZE]),
        exact=sum(entry["id"] in answers.found.exact for entry in ordered) if accented(terms) else None,
        endings=terms[-1].endings[:_EXAMPLES] if terms else (),
        names=_names(connection, terms) if pager.page == 1 and not index_words(asked.narrowed) else [],
        suggestions=[] if ordered else suggestions(connection, typed, asked.narrowed, exact=asked.exact),
    )


def _answers(connection: sqlite3.Connection, asked: Asked, terms: Sequence[Term]) -> Answers:
    """What answers of the kind asked for, and how many there are of every kind."""
    facets_asked = index_words(asked.narrowed)
    of_kind = (*facets_asked, facet_word("kind", asked.kind)) if asked.kind else facets_asked
    if not terms and not facets_asked:
        facets_asked = of_kind
    found = candidates(connection, terms, facets_asked, exact=asked.exact)
    if not found.more:
        entries = _read(connection, found.ids)
        kinds = Counter(entry["kind"] for entry in entries)
        return Answers([entry for entry in entries if asked.kind in {"", entry["kind"]}], found, kinds)
    by_kind = {kind: (*facets_asked, facet_word("kind", kind)) for kind in KINDS}
    kinds = Counter({kind: count(connection, terms, of, exact=asked.exact) for kind, of in by_kind.items()})
    if asked.kind:
        found = candidates(connection, terms, of_kind, exact=asked.exact)
    return Answers(_read(connection, found.ids), found, kinds)


def _read(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Entry]:
    sql = "select * from search_entries where id in (select value from json_each(?))"
    return rows(connection, sql, json.dumps(keys))


def _ordered(connection: sqlite3.Connection, answers: Answers, terms: Sequence[Term], order: str) -> list[Entry]:
    """The entries, the nearest first; or by deadline, the earliest first; or by year, the newest first."""
    ranked = sorted(answers.entries, key=ranking(connection, terms, answers.found))
    if order == "deadline":
        return sorted(ranked, key=lambda entry: (entry["due"] is None, entry["due"]))
    if order == "year":
        return sorted(ranked, key=lambda entry: -(entry["year"] or 0))
    return ranked


def _in_texts(connection: sqlite3.Connection, asked: Asked, terms: tuple[Term, ...]) -> Found:
    """The plans that have the words anywhere in their texts, with counts of the other kinds."""
    texts = whole_text.plans_with(connection, terms, asked.narrowed)
    kinds = _answers(connection, Asked(asked.typed, asked.narrowed), terms).kinds
    kinds["text"] = len(texts)
    counted = texts[:MOST]
    pager = Pager(min(asked.page, Pager(1, SIZE, len(counted)).last), SIZE, len(counted))
    return Found(
        asked=asked,
        terms=terms,
        pager=pager,
        more=len(texts) > MOST,
        kinds=kinds,
        facets=facets(connection, counted, asked.narrowed),
        items=findings.in_text(connection, [one["id"] for one in counted[pager.offset :][:SIZE]], terms),
        suggestions=[] if texts else suggestions(connection, terms, asked.narrowed, exact=False),
    )


def _names(connection: sqlite3.Connection, terms: Sequence[Term]) -> findings.Rows:
    """Localities, units and indicators called so."""
    keys = ids(connection, query(connection, terms, column="names"), _MOST_NAMES) if terms else []
    taken: Counter[str] = Counter()
    named = findings.names(connection, keys) if keys else []
    kept = []
    for one in named:
        taken[one["kind"]] += 1
        if taken[one["kind"]] <= _NAMES_A_KIND:
            kept.append(one)
    return kept
