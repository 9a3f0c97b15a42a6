"""Figures and states for a database of thousands of plans: some of each plan's year, of some targets and tasks."""

import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

from publish.progress.standing_statuses import judge_anew
from publish.tables import BY_NAME

ACTUALS, STATES = 100_000, 30_000
_MOST_MONTHS = 4  # that a target is reported in at a time
_STATES = {
    "done_in_time": 6, "done_late": 2, "doing_in_time": 4, "doing_late": 2, "not_started": 3, "dropped": 1,
}  # fmt: skip
_TARGETS = """
    select targets.id, measures.value, measures.unit, substr(coalesce(plans.period_start, plans.issued_date), 1, 4)
    from targets join plans on plans.id = targets.plan_id
    join measures on measures.target_id = targets.id and measures.position = 1
    where measures.value is not null and coalesce(plans.period_start, plans.issued_date) is not null
    order by targets.id
"""
_TASKS = "select id, coalesce(deadline_end, active_to) from tasks where coalesce(deadline_end, active_to) is not null"


def report_on(db: Path, seed: str) -> None:
    """Enter them all at once, and how things stand with them."""
    chance = Random(seed)  # noqa: S311 (varied, not secret)
    with closing(sqlite3.connect(db)) as connection:
        _insert(connection, "actuals", islice(_actuals(connection, chance), ACTUALS))
        _insert(connection, "reported_states", _states(connection, chance))
        connection.execute("analyze")
        judge_anew(connection)
        connection.execute("analyze")
        connection.commit()


def _actuals(connection: sqlite3.Connection, chance: Random) -> Iterator[dict[str, object]]:
    targets = connection.execute(_TARGETS).fetchall()
    while targets:
        for key, level, unit, year in targets:
            for month in sorted(chance.sample(range(1, 13), chance.randint(0, _MOST_MONTHS))):
                value = round(level * month / 12 * chance.uniform(0.6, 1.35), 2)
                day = f"{year}-{month:02}-{monthrange(int(year), month)[1]}"
                yield {"target_id": key, "value": value, "unit": unit, "converted": value, "as_of": day}


def _states(connection: sqlite3.Connection, chance: Random) -> Iterator[dict[str, object]]:
    tasks = connection.execute(f"{_TASKS} order by id").fetchall()
    for key, day in chance.sample(tasks, min(STATES, len(tasks))):
        state = chance.choices(list(_STATES), list(_STATES.values()))[0]
        yield {"task_id": key, "state": state, "as_of": day}


def _insert(connection: sqlite3.Connection, table: str, facts: Iterator[dict[str, object]]) -> None:
    columns = list(BY_NAME[table].columns)
    named = ({**dict.fromkeys(columns), **fact, "id": f"{table[0]}{at:019}"} for at, fact in enumerate(facts))
    told = ({**one, "source": "Báo cáo định kỳ", "recorded_at": f"{one['as_of']}T01:00:00+00:00"} for one in named)
    places = ", ".join(f":{name}" for name in columns)
    connection.executemany(f"insert into {table} values ({places})", told)  # noqa: S608 (names of our own)
