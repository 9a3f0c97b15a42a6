"""So sánh: the targets of chosen indicators, or with chosen words, over localities, parted by what can be compared."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from statistics import median
from typing import Any

from extract.text import unaccented
from publish.pages.asked import Pager
from publish.pages.level_charts import Bar
from publish.pages.levels import RANK, Level, levels
from publish.pages.page import rows
from publish.search import fts_query

Rows = list[dict[str, Any]]

SORTS = ("-gia_tri", "gia_tri", "dia_phuong", "-dia_phuong", "-nam", "nam")
_PAGE = 30  # figures, as many as a chart shows well
MOST = 2000  # targets of one choice that are looked at, those of the newest years
_MEASURE = ("comparator", "value", "unit", "per", "out_of", "subject", "change")
_WORDED = "targets.rowid in (select rowid from targets_fts where targets_fts match :words limit 1000)"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen; a chosen locality counts for more than its province."""

    indicators: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    province: str = ""
    year: int | None = None
    words: str = ""
    sort: str = SORTS[0]
    page: int = 1

    @property
    def made(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.indicators or self.words)


@dataclass(frozen=True, slots=True)
class Figure:
    """A level that a target sets, and whose; `target` is a row number, `level` None where it names no number."""

    target: int
    indicator: str
    level: Level | None
    year: int | None
    locality_id: str | None
    locality: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that can stand on one axis; `start` is where the group starts among all figures, from 0."""

    indicator: str
    figures: tuple[Figure, ...]
    start: int = 0

    @property
    def level(self) -> Level | None:
        """Any of its levels, for unit, per and change."""
        return self.figures[0].level

    @property
    def localities(self) -> int:
        """How many localities the figures are from."""
        return len({one.locality_id for one in self.figures})

    @property
    def page(self) -> int:
        """The page on which the group starts."""
        return self.start // _PAGE + 1

    def ends(self) -> tuple[Level, float, Level] | None:
        """The lowest level, the number in the middle, the highest; None for fewer than three levels."""
        found = sorted((one.level for one in self.figures if one.level), key=lambda level: level.value)
        return (found[0], median(one.value for one in found), found[-1]) if len(found) > 2 else None


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows of a group; `figures` and `rows` go together."""

    group: Group
    figures: tuple[Figure, ...]
    rows: Rows

    @property
    def drawn(self) -> bool:
        """Whether there is enough for a chart."""
        return len([one for one in self.figures if one.level]) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer to a choice: all groups, and the part of them that the page shows; `places` are localities' keys."""

    choice: Choice
    groups: list[Group]
    parts: list[Part]
    pager: Pager
    places: frozenset[str | None]
    cut: bool

    def part(self, at: int) -> Part | None:
        """A part of the page, counted from 0."""
        return self.parts[at] if 0 <= at < len(self.parts) else None


def comparison(connection: sqlite3.Connection, choice: Choice) -> Comparison:
    """The figures of a choice, a page of them with the rows of their targets and plans."""
    targets = chosen_targets(connection, choice)
    found = _figures(connection, choice, targets[:MOST])
    groups = grouped(found, choice)
    pager = Pager(choice.page, _PAGE, sum(len(group.figures) for group in groups))
    pager = replace(pager, page=min(pager.page, pager.last))
    shown = [(group, _shown(group, pager)) for group in groups]
    described = _described(connection, [one.target for _, figures in shown for one in figures])
    parts = [Part(group, figures, [described[one.target] for one in figures]) for group, figures in shown if figures]
    places = frozenset(one.locality_id for one in found)
    return Comparison(choice, groups, parts, pager, places, len(targets) > MOST)


def bars(part: Part) -> list[Bar]:
    """The part's figures as bars of a chart, in their order."""
    return [
        Bar(one.locality.partition(", ")[0] or row["issuer"] or "", one.level, _apart(one, row))
        for one, row in zip(part.figures, part.rows, strict=True)
        if one.level
    ]


def _apart(figure: Figure, row: dict[str, Any]) -> tuple[str, ...]:
    """What tells figures of places of one name apart: province, year, whom the number is about, which plan."""
    province = figure.locality.partition(", ")[2]
    subject = figure.level.subject if figure.level else ""
    return province, str(figure.year or ""), subject, row["number"] or ""


def grouped(figures: Sequence[Figure], choice: Choice) -> list[Group]:
    """The figures by indicator, in the order chosen, and by kind of level, the largest group first; no level, last."""
    by_kind: dict[tuple[int, str, object], list[Figure]] = {}
    for one in _by_name(figures):
        place = choice.indicators.index(one.indicator) if one.indicator in choice.indicators else 0
        by_kind.setdefault((place, one.indicator, one.level and one.level.kind), []).append(one)
    ordered = sorted(by_kind.items(), key=lambda item: (item[0][0], item[0][2] is None, -len(item[1]), str(item[0][2])))
    found: list[Group] = []
    for (_, indicator, _), members in ordered:
        start = found[-1].start + len(found[-1].figures) if found else 0
        found.append(Group(indicator, tuple(_sorted(members, choice.sort)), start))
    return found


def _by_name(figures: Sequence[Figure]) -> list[Figure]:
    """By the localities' names as a Vietnamese reader looks for them."""
    names = sorted({one.locality for one in figures}, key=_as_looked_for)
    place = {name: at for at, name in enumerate(names)}
    return sorted(figures, key=lambda one: (place[one.locality], one.target))


@lru_cache(maxsize=1 << 13)
def _as_looked_for(name: str) -> tuple[str, str]:
    return unaccented(name), name


def _sorted(figures: Sequence[Figure], sort: str) -> Sequence[Figure]:
    """Figures by name in the order asked for; the best rank counts as the highest value."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name == "dia_phuong":
        return figures[::-1] if down else figures
    if name == "nam":
        return sorted(figures, key=lambda one: one.year or 0, reverse=down)
    ranks = any(one.level and one.level.unit == RANK for one in figures)
    return sorted(figures, key=lambda one: one.level.value if one.level else 0, reverse=down != ranks)


def _shown(group: Group, pager: Pager) -> tuple[Figure, ...]:
    start = pager.offset - group.start
    return group.figures[max(start, 0) : max(start + pager.size, 0)]


def chosen_targets(connection: sqlite3.Connection, choice: Choice) -> list[int]:
    """The row numbers of at most MOST + 1 targets, the newest years' first: who are read, before anything else is."""
    where, values = _conditions(choice)
    of_places = "join plans on plans.id = targets.plan_id" if choice.localities or choice.province else ""
    sql = f"""
        select targets.rowid from targets {of_places} where {where}
        order by targets.year desc, targets.plan_id desc limit {MOST + 1}
    """  # noqa: S608 (conditions of our own)
    return [key for (key,) in connection.execute(sql, values)]


def _figures(connection: sqlite3.Connection, choice: Choice, targets: Sequence[int]) -> list[Figure]:
    """The figures of targets in the order of the database."""
    found = connection.execute(
        f"""
        select targets.rowid, targets.indicator, targets.year, plans.locality_id, {", ".join(_MEASURE)}
        from targets join plans on plans.id = targets.plan_id left join measures on measures.target_id = targets.id
        where targets.rowid in (select value from json_each(?)) order by targets.rowid, measures.position
        """,  # noqa: S608 (columns of our own)
        (json.dumps(targets),),
    ).fetchall()
    names = _names_of(connection, {place for _, _, _, place, *_ in found})
    figures = []
    for (target, indicator, year, place), some in groupby(found, lambda row: row[:4]):
        whose = target, indicator if choice.indicators else "", year, place, names.get(place) or ""
        figures += [_figure(whose, level) for level in _levels(tuple(row[4:] for row in some)) or (None,)]
    return figures


def _figure(whose: tuple[int, str, int | None, str | None, str], level: Level | None) -> Figure:
    target, indicator, year, place, name = whose
    return Figure(target, indicator, level, year, place, name)


@lru_cache(maxsize=1 << 13)
def _levels(measures: tuple[tuple[Any, ...], ...]) -> tuple[Level, ...]:
    """The levels of one target's measures, given as `_MEASURE`: thousands of targets set the same."""
    return tuple(levels(dict(zip(_MEASURE, one, strict=True)) for one in measures))


def _names_of(connection: sqlite3.Connection, places: Collection[str | None]) -> dict[str | None, str | None]:
    sql = "select id, full_name from localities where id in (select value from json_each(?))"
    return dict(connection.execute(sql, (json.dumps(list(places)),)).fetchall())


def _conditions(choice: Choice) -> tuple[str, dict[str, object]]:
    """The conditions of a choice in SQL, with their values."""
    found, values = ["1"], dict[str, object]()
    if choice.indicators:
        found.append(f"targets.indicator in ({_names('i', choice.indicators, values)})")
    if choice.words:
        found.append(_WORDED)
        values["words"] = fts_query(choice.words)
    if choice.year:
        found.append("targets.year = :year")
        values["year"] = choice.year
    if choice.localities:
        found.append(f"plans.locality_id in ({_names('l', choice.localities, values)})")
    elif choice.province:
        found.append("plans.locality_id in (select id from localities where province = :province)")
        values["province"] = choice.province
    return " and ".join(found), values


def _names(prefix: str, given: Sequence[str], values: dict[str, object]) -> str:
    """Placeholders for what is given, whose values go into `values`."""
    named = {f"{prefix}{at}": one for at, one in enumerate(given)}
    values |= named
    return ", ".join(f":{name}" for name in named)


def _described(connection: sqlite3.Connection, targets: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The rows of targets with their plans, by row number."""
    unique = list(dict.fromkeys(targets))
    found = rows(
        connection,
        f"""
        select targets.rowid as target, targets.id, targets.text, targets.confidence, targets.plan_id,
            targets.indicator, plans.slug as plan_slug, plans.title as plan_title, plans.number, plans.issuer,
            plans.filename
        from targets join plans on plans.id = targets.plan_id
        where targets.rowid in ({", ".join("?" * len(unique))})
        """,  # noqa: S608 (placeholders only)
        *unique,
    )
    return {row["target"]: row for row in found}
