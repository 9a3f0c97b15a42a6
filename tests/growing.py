"""Databases that grow: what is in two of them, and how a build is made to go one way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from publish.building import standing
from publish.building.standing import Way
from publish.tables import TABLES

# What numbers its rows as they come, and what of it is a number.
NUMBERED = {"target_courses", "target_spells", "occurrence_spells", "target_status_counts", "task_status_counts"}
NUMBERS = {"id", "course_id"}
# What is kept of earlier readings, though nothing needs it any more.
GATHERED = {"unit_pairs", "about"}
SEARCHED = ("plans_fts", "targets_fts", "tasks_fts", "search_entries_fts")


def contents(db: Path) -> dict[str, list[str]]:
    """The rows of every table, and the words of every full-text index with where they are; all of it is sound."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        found = {}
        for table in (table for table in TABLES if table.name not in GATHERED):
            left_out = NUMBERS if table.name in NUMBERED else set()
            columns = ", ".join(column for column in table.columns if column not in left_out)
            found[table.name] = sorted(map(repr, connection.execute(f"select {columns} from {table.name}")))
        for name in SEARCHED:
            connection.execute(f"create virtual table temp.{name}_words using fts5vocab(main, {name}, col)")
            found[name] = sorted(map(repr, connection.execute(f"select * from temp.{name}_words")))
            if name != "search_entries_fts":  # it holds no text to be checked against
                connection.execute(f"insert into {name} ({name}) values ('integrity-check')")
        connection.rollback()
    return found


def differing(one: Path, other: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The tables that are not the same, with what only the one or the other has."""
    ours, theirs = contents(one), contents(other)
    return {
        name: (sorted(set(ours[name]) - set(theirs[name])), sorted(set(theirs[name]) - set(ours[name])))
        for name in ours
        if ours[name] != theirs[name]
    }


@contextmanager
def going(way: Way) -> Iterator[None]:
    """Builds that find a database bring their changes in this way, however many they are."""
    many = 1_000_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "_IN_COPY_OF", many if way is Way.ANEW else 0)
        patch.setattr(standing, "_IN_PLACE", many if way is Way.IN_PLACE else -1)
        patch.setattr(standing, "_IN_PLACE_OF", 0)
        patch.setattr(standing, "_GROWN", many)
        yield
