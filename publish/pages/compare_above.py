"""So sánh: the targets of a commune's plan against those of its province's plans and of the plans it is based on."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from publish.pages.compare_plans import TargetPair, aligned_targets, target_pairs
from publish.pages.levels import PERCENT, Compared, Difference, Way
from publish.pages.page import rows
from publish.pages.plan import head, targets
from publish.pages.plan_picks import COLUMNS, about_the_same
from publish.pages.wording import Texts, locality_of, names_of, reading

Row = dict[str, Any]
Rows = list[Row]

_MOST_PLANS = 300  # of a province that are looked at
_OFFERED = 12
_AT_ONCE = 4  # plans that targets are held against
_MOST_TARGETS = 800
_HEIGHTS = {"commune": 1, "district": 2, "province": 3, "central": 4}

_PROVINCES = f"""
    select {COLUMNS} from plans join localities on localities.id = plans.locality_id
    where localities.province = ? and plans.issuer_level = 'province' and plans.id != ?
    order by plans.year desc, plans.id limit {_MOST_PLANS}
"""  # noqa: S608 (columns of our own)
_CITED = f"""
    select distinct {COLUMNS} from legal_bases join plans on plans.id = legal_bases.cited_plan_id
    left join localities on localities.id = plans.locality_id
    where legal_bases.plan_id = ? and plans.id != ?
"""  # noqa: S608 (columns of our own)
_OF_LOCALITY = f"""
    select {COLUMNS} from plans left join localities on localities.id = plans.locality_id
    where plans.locality_id = ? order by plans.targets_count > 0 desc, plans.year desc, plans.id limit 50
"""  # noqa: S608 (columns of our own)


class Standing(StrEnum):
    """How a commune's target stands to its province's."""

    ABOVE = "above"
    AT = "at"
    BELOW = "below"
    UNSAID = "unsaid"  # no levels that can be held against each other


@dataclass(frozen=True, slots=True)
class Against:
    """A pair of targets, the commune's first, and how it stands."""

    pair: TargetPair

    @property
    def told(self) -> Compared | None:
        """The levels that tell: shares or rates, as counts and ranks of a commune and of a province are not alike."""
        found = (one for one in self.pair.levels if one.difference and one.first)
        return next((one for one in found if one.first and (one.first.unit == PERCENT or one.first.per)), None)

    @property
    def difference(self) -> Difference:
        """How those levels differ."""
        return self.told.difference if self.told and self.told.difference else Difference(Way.UNLIKE)

    @property
    def standing(self) -> Standing:
        """In a word."""
        if self.difference.way is Way.SAME:
            return Standing.AT
        return {True: Standing.ABOVE, False: Standing.BELOW, None: Standing.UNSAID}[self.difference.above]


@dataclass(frozen=True, slots=True)
class Above:
    """A plan against plans above it; `offered` are the plans there are to choose from, `chosen` those chosen."""

    plan: Row
    others: Rows
    offered: Rows
    chosen: Rows
    against: list[Against]
    lacking: Rows
    own: Rows
    province: str

    @property
    def counts(self) -> Counter[Standing]:
        """How many targets stand how."""
        return Counter(one.standing for one in self.against)


def plans_of(connection: sqlite3.Connection, locality: str) -> Rows:
    """The plans of a locality, those with targets and the newest first."""
    return rows(connection, _OF_LOCALITY, locality)


def above(connection: sqlite3.Connection, key: str, wanted: Sequence[str] = ()) -> Above | None:
    """A plan against the wanted plans; without any, against those it cites or the one that is most like it."""
    plan = head(connection, key)
    if plan is None:
        return None
    offered = _offered(connection, plan)
    chosen = _chosen(offered, wanted)
    own, theirs = targets(connection, key)[:_MOST_TARGETS], _targets_of(connection, chosen)
    names = tuple(name for one in chosen for name in names_of(one))
    alignment = aligned_targets(
        reading(connection, Texts.TARGETS), own, names_of(locality_of(connection, plan["locality_id"])), theirs, names
    )
    pairs = target_pairs(alignment, own, theirs)
    return Above(
        plan,
        others=[one for one in plans_of(connection, plan["locality_id"] or "") if one["id"] != key],
        offered=offered,
        chosen=chosen,
        against=[Against(pair) for pair in pairs],
        lacking=[theirs[at] for at in alignment.only_second],
        own=[own[at] for at in alignment.only_first],
        province=plan["province"] or "",
    )


def _offered(connection: sqlite3.Connection, plan: Row) -> Rows:
    """The plans from above that the plan cites, then its province's: the likest first, and then the newest."""
    least = max(_HEIGHTS.get(plan["issuer_level"], 0), _HEIGHTS["district"])
    cited = [
        {**one, "cited": True}
        for one in rows(connection, _CITED, plan["id"], plan["id"])
        if _HEIGHTS.get(one["issuer_level"], 0) >= least
    ]
    of_province = rows(connection, _PROVINCES, plan["province"], plan["id"]) if plan["province"] else []
    likest = about_the_same(connection, plan, of_province)
    found: dict[str, Row] = {}
    for one in (*cited, *likest, *of_province):
        found.setdefault(one["id"], {"cited": False, "likeness": 0.0, "shared": 0, **one})
    return list(found.values())[:_OFFERED]


def _chosen(offered: Rows, wanted: Sequence[str]) -> Rows:
    """The offered plans that are wanted; otherwise those cited, or the likest if it is like enough."""
    asked = [one for one in offered if one["id"] in wanted]
    cited = [one for one in offered if one["cited"] and one["targets_count"]]
    alike = [one for one in offered if one["likeness"] or one["shared"]][:1]
    return (asked or cited or alike)[:_AT_ONCE]


def _targets_of(connection: sqlite3.Connection, plans: Rows) -> Rows:
    """The targets of plans, each with its plan."""
    found = [{**target, "plan": plan} for plan in plans for target in targets(connection, plan["id"])]
    return found[:_MOST_TARGETS]
