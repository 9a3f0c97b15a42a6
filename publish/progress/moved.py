"""Rows of a sheet made before a newer reading of the plans -> rows with the keys of now, by the words beside them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from extract.text import nfc
from publish.export.values import cut, unguarded
from publish.progress.columns import Name
from publish.progress.known import Known
from publish.progress.sheet import SheetRow

_SQL = "select id, text from targets where plan_id = :plan union all select id, text from tasks where plan_id = :plan"


@dataclass(slots=True)
class Words:
    """The keys of targets and tasks by plan and words, looked up when first needed."""

    connection: sqlite3.Connection
    _by_plan: dict[str, Mapping[str, list[str]]] = field(default_factory=dict)

    def keys(self, key: str, said: str) -> list[str]:
        """What has these words in the plan that a key belongs to."""
        plan = key.rpartition("-")[0]
        if plan not in self._by_plan:
            found: dict[str, list[str]] = defaultdict(list)
            for one, text in self.connection.execute(_SQL, {"plan": plan}):
                found[_plain(text)].append(one)
            self._by_plan[plan] = found
        return self._by_plan[plan].get(said, [])


def with_keys_of_now(
    keyed: Iterable[tuple[SheetRow, str]], known: Known, words: Words
) -> Iterator[tuple[SheetRow, str, bool | None]]:
    """Each row, the key of now, and whether that is another one than the row says.

    None in its place where the words are another's and nobody can tell whose.
    """
    for row, key in keyed:
        said = row.cells.get(Name.TEXT)
        thing = known.get(key)
        if said is None or (thing and (said == thing.text or _as_in_sheet(said) == _plain(thing.text))):
            yield row, key, False
            continue
        found = words.keys(key, _as_in_sheet(said))
        if len(found) == 1:
            yield row, found[0], True
        else:
            yield row, key, None if thing else False


def _as_in_sheet(said: object) -> str:
    return _plain(unguarded(str(said)))


def _plain(text: str | None) -> str:
    return " ".join(nfc(cut(text or "")).split())
