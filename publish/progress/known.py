"""The targets and tasks that a sheet speaks of, as the database has them: what a reported value is held against."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_AT_ONCE = 500  # keys a query


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A target's words, its main measure and the first day that it can be reported on; the units of other measures."""

    text: str
    unit: str | None
    value: float | None
    change: str | None
    begins: str | None
    other_units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task's words, its last day, and the first day that it can be reported on."""

    text: str
    due: str | None
    begins: str | None


Known = dict[str, KnownTarget | KnownTask]

# A plan is often signed after its year has begun; nothing is reported of days before both.
_BEGINS = "min(coalesce(plans.period_start, plans.issued_date), coalesce(plans.issued_date, plans.period_start))"
_TARGETS = f"""
    select targets.id, targets.text, measures.unit, measures.value, measures.change, {_BEGINS}
    from targets join plans on plans.id = targets.plan_id
    left join measures on measures.target_id = targets.id and measures.position = 1
    where targets.id in ({{marks}})
"""  # noqa: S608
_OTHER_UNITS = """
    select target_id, unit from measures where position > 1 and unit is not null and target_id in ({marks})
"""
_TASKS = f"""
    select tasks.id, tasks.text, case when tasks.deadline_kind <> 'recurring' then tasks.deadline_end end, {_BEGINS}
    from tasks join plans on plans.id = tasks.plan_id where tasks.id in ({{marks}})
"""  # noqa: S608


def known(connection: sqlite3.Connection, keys: Iterable[str]) -> Known:
    """What the database knows of the keys."""
    found: Known = {}
    wanted = sorted(set(keys))
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        marks = ",".join("?" * len(some))
        others: dict[str, set[str]] = defaultdict(set)
        for key, unit in connection.execute(_OTHER_UNITS.format(marks=marks), some):
            others[key].add(unit)
        for key, text, unit, value, change, begins in connection.execute(_TARGETS.format(marks=marks), some):
            found[key] = KnownTarget(text, unit, value, change, begins, frozenset(others.get(key, ())))
        for key, *about in connection.execute(_TASKS.format(marks=marks), some):
            found[key] = KnownTask(*about)
    return found
