"""Which plans are asked for, by plan, locality and year; and a connection that then sees only what belongs to them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from extract.errors import KehoachError
from extract.text import unaccented
from publish.pages.narrowing import localities_meant
from publish.pages.plan import known_key
from publish.tables import TABLES, UNMATCHED, Table

_MOST_NAMED = 5
_PLAN_NUMBERED = "select id from plans where number = ? order by id"
_OWNERS = ("target", "task")
_SHARED = {
    "plans": "id in (select id from chosen)",
    "localities": "id in (select locality_id from main.plans where id in (select id from chosen))",
    "units": "id in (select unit_id from main.task_units where task_id in (select id from chosen_tasks))",
}


class NothingChosen(KehoachError):
    """No plan is as asked; the message says which word found nothing, and what to do.

    `said` is the message as it stands in a catalogue of translations, `values` fill its places.
    """

    def __init__(self, said: str, **values: str) -> None:
        super().__init__(said % values)
        self.said, self.values = said, values


@dataclass(frozen=True, slots=True)
class Selection:
    """Plans that are one of `plans`, of one of `localities`, of one of `years`; what is empty asks for nothing."""

    plans: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.plans or self.localities or self.years)


def chosen_plans(connection: sqlite3.Connection, selection: Selection) -> list[str]:
    """The keys of the plans that meet all that is asked for. Raises NothingChosen where there are none."""
    wanted: dict[str, list[str] | list[int]] = {
        "id": [key for given in selection.plans for key in plan_keys(connection, given)],
        "locality_id": [key for given in selection.localities for key in locality_keys(connection, given)],
        "year": list(selection.years),
    }
    kept = {column: values for column, values in wanted.items() if values}
    conditions = " and ".join(f"{column} in ({','.join('?' * len(values))})" for column, values in kept.items())
    asked = [value for values in kept.values() for value in values]
    found = [key for (key,) in connection.execute(f"select id from plans where {conditions} order by id", asked)]  # noqa: S608
    if not found:
        raise NothingChosen("Không có kế hoạch nào đúng với tất cả điều kiện đã cho; hãy bớt điều kiện.")
    return found


def plan_keys(connection: sqlite3.Connection, given: str) -> list[str]:
    """The plans that a key, a word of an address or a number ("25/KH-UBND") names."""
    key = known_key(connection, given.strip())
    found = [key] if key else [key for (key,) in connection.execute(_PLAN_NUMBERED, (given.strip(),))]
    if not found:
        raise NothingChosen("Không có kế hoạch nào mang mã hoặc số %(given)s.", given=given)
    return found


def locality_keys(connection: sqlite3.Connection, given: str) -> list[str]:
    """The localities that a key, a name or words of names mean, accents or none."""
    found = localities_meant(connection, given.strip()).keys
    if found:
        return found
    near = _near(connection, given)
    if near:
        raise NothingChosen("Không có địa phương nào tên là %(given)s. Có phải: %(near)s?", given=given, near=near)
    raise NothingChosen("Không có địa phương nào tên là %(given)s.", given=given)


def _near(connection: sqlite3.Connection, given: str) -> str:
    """Names that are written alike."""
    from rapidfuzz import process  # noqa: PLC0415  (only where a name found nothing)

    names = dict(connection.execute("select full_name, search_text from localities"))
    near = process.extract(unaccented(given), names, limit=_MOST_NAMED, score_cutoff=70)
    return "; ".join(name for _, _, name in near)


def narrow(connection: sqlite3.Connection, plans: Iterable[str]) -> None:
    """Put views before the tables, under their names, that show only what belongs to the plans.

    Of tables that are counted up from others nothing is shown.
    """
    connection.execute("create temp table chosen (id text primary key) without rowid")
    connection.executemany("insert into chosen values (?)", ((key,) for key in plans))
    for owner in _OWNERS:
        connection.execute(f"create temp table chosen_{owner}s (id text primary key) without rowid")
        connection.execute(
            f"insert into chosen_{owner}s select id from main.{owner}s where plan_id in (select id from chosen)"  # noqa: S608
        )
    for table in TABLES:
        columns = ", ".join(_column(table, name) for name in table.columns)
        rows = f"select {columns} from main.{table.name} where {_belongs(table)}"  # noqa: S608 (names of our own)
        connection.execute(f"create temp view {table.name} as {rows}")


def _column(table: Table, column: str) -> str:
    """The column; a link to a plan that was not chosen is null."""
    if table.links.get(column) != "plans" or column == "plan_id":
        return column
    return f"iif({column} in (select id from chosen), {column}, null) as {column}"  # noqa: S608


def _belongs(table: Table) -> str:
    """The condition for rows of the chosen plans; all rows of codelists, none of what is counted over all plans."""
    if table.name in _SHARED:
        return _SHARED[table.name]
    if table.summed or table.name in UNMATCHED:
        return "false"
    if "plan_id" in table.links:
        return "plan_id in (select id from chosen)"
    owned = [owner for owner in _OWNERS if f"{owner}_id" in table.links]
    return " or ".join(f"{owner}_id in (select id from chosen_{owner}s)" for owner in owned) or "true"  # noqa: S608
