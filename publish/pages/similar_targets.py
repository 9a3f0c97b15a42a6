"""So sánh: the targets of other plans that are worded like a given one, for subjects that no codelist covers."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.pages.level_charts import Bar
from publish.pages.levels import Compared, Difference, Level, compared, levels, main_difference
from publish.pages.likeness import LEAST, content_words, likeness
from publish.pages.page import row, rows
from publish.pages.wording import Reading, Texts, any_of, names_of, rare_words, reading

Row = dict[str, Any]
Rows = list[Row]

_WEIGHED = 300  # targets with rare words of this one that are looked at
_SHOWN = 50
_DRAWN = 29  # beside the target itself

_COLUMNS = """
    targets.rowid as target, targets.id, targets.text, targets.indicator, targets.year, targets.confidence,
    targets.plan_id, plans.slug as plan_slug, plans.title as plan_title, plans.filename, plans.number, plans.issuer,
    plans.locality_id, localities.full_name as locality, localities.type, localities.name, localities.province
"""
_FROM = """
    from targets join plans on plans.id = targets.plan_id
    left join localities on localities.id = plans.locality_id
"""
_LIKELY = f"""
    select {_COLUMNS} {_FROM}
    where targets.rowid in (select rowid from targets_fts where targets_fts match ? order by rank limit {_WEIGHED})
    and targets.plan_id != ?
"""  # noqa: S608 (columns of our own)


@dataclass(frozen=True, slots=True)
class Like:
    """A target of another plan, how like its words are, of 100, and how this target's levels stand to its levels."""

    row: Row
    score: float
    levels: list[Compared]

    @property
    def difference(self) -> Difference:
        """How it differs from the given target."""
        return main_difference(self.levels)


@dataclass(frozen=True, slots=True)
class Similar:
    """A target, and the targets like it, the likest first; `more` says how many there are beside them."""

    target: Row
    levels: list[Level]
    alike: list[Like]
    more: int

    @property
    def bars(self) -> list[Bar]:
        """The main level of the target, marked, and of those like it that are of the same kind."""
        if not self.levels:
            return []
        main = self.levels[0]
        same = [(one, pair.second) for one in self.alike for pair in one.levels[:1] if pair.difference and pair.second]
        return [
            _bar(self.target, main, marked=True),
            *(_bar(one.row, level, marked=False) for one, level in same[:_DRAWN] if level.kind == main.kind),
        ]


def similar(connection: sqlite3.Connection, key: str) -> Similar | None:
    """The targets like one, by the words they share; None where there is no such target."""
    target = row(connection, f"select {_COLUMNS} {_FROM} where targets.id = ?", key)
    if target is None:
        return None
    likely = _likely(connection, target)
    found = _alike(reading(connection, Texts.TARGETS), target, likely)
    own, *theirs = _levels(connection, [target, *(one for one, _ in found[:_SHOWN])])
    alike = [Like(one, score, compared(own, other)) for (one, score), other in zip(found[:_SHOWN], theirs, strict=True)]
    return Similar(target, own, alike, max(0, len(found) - _SHOWN))


def _likely(connection: sqlite3.Connection, target: Row) -> Rows:
    """Targets of other plans that share the rarest words of this one."""
    words = rare_words(connection, content_words(target["text"], names_of(target)), Texts.TARGETS)
    return rows(connection, _LIKELY, any_of(words, "search_text"), target["plan_id"]) if words else []


def _alike(read: Reading, target: Row, likely: Rows) -> list[tuple[Row, float]]:
    """Those of the likely targets that are alike enough, the likest first."""
    own = read(target["text"], names_of(target))
    scores = likeness([own], [read(one["text"], names_of(one)) for one in likely])[0].tolist()
    found = [(one, score) for one, score in zip(likely, scores, strict=True) if score >= LEAST]
    return sorted(found, key=lambda pair: (-pair[1], -(pair[0]["year"] or 0), pair[0]["id"]))


def _levels(connection: sqlite3.Connection, targets: Rows) -> list[list[Level]]:
    """The levels of each target."""
    among = ", ".join("?" * len(targets))
    found = rows(
        connection,
        f"select * from measures where target_id in ({among}) order by target_id, position",  # noqa: S608
        *(one["id"] for one in targets),
    )
    by_target: dict[str, Rows] = {one["id"]: [] for one in targets}
    for measure in found:
        by_target[measure["target_id"]].append(measure)
    return [levels(by_target[one["id"]]) for one in targets]


def _bar(row: Row, level: Level, *, marked: bool) -> Bar:
    whose = str(row["locality"] or row["issuer"] or row["plan_title"] or row["filename"])
    name, _, province = whose.partition(", ")
    return Bar(name, level, (province, str(row["year"] or ""), row["number"] or ""), marked)
