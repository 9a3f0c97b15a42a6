"""What a database of plans holds to ask for: keys, words, quarters, any of them by chance."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from publish.pages.addresses import Addresses
from publish.pages.asked import address

_MANY = 400  # things of each kind to choose from


@dataclass
class World:
    """What there is to ask for."""

    connection: sqlite3.Connection
    chance: Random
    to: Addresses = field(default_factory=lambda: Addresses(str))

    @classmethod
    def of(cls, db: Path, chance: Random) -> "World":
        """What a database holds."""
        connection = sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return cls(connection, chance)

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query, some of them where they are many."""
        found = [dict(row) for row in self.connection.execute(sql)]
        return self.chance.sample(found, min(len(found), _MANY))

    def some(self, table: str, columns: str) -> list[dict[str, Any]]:
        """Rows of a table from all over it, without reading the others."""
        first, last = self.connection.execute(f"select min(rowid), max(rowid) from {table}").fetchone()  # noqa: S608
        sql = f"select {columns} from {table} where rowid >= ? order by rowid limit 1"  # noqa: S608
        places = [self.chance.randint(first, last) for _ in range(_MANY)] if last else []
        return [dict(row) for place in places for row in self.connection.execute(sql, (place,))]

    def one(self, of: Sequence[Any]) -> Any:
        """Any of them."""
        return self.chance.choice(of)

    @cached_property
    def plans(self) -> list[dict[str, Any]]:
        """Plans with their text's length."""
        return self.some("plans", "id, slug, year, locality_id, issuer, number, length(text) as length")

    @property
    def plans_number(self) -> int:
        """How many plans there are."""
        number: int = self.connection.execute("select count(*) from plans").fetchone()[0]
        return number

    @cached_property
    def cited(self) -> list[dict[str, Any]]:
        """Plans that others cite, the most cited first."""
        sql = "select cited_plan_id as id, '' as slug from legal_bases where cited_plan_id is not null group by 1"
        return [dict(row) for row in self.connection.execute(f"{sql} order by count(*) desc limit 40")]

    @cached_property
    def targets(self) -> list[str]:
        """Keys of targets."""
        return [row["id"] for row in self.some("targets", "id")]

    @cached_property
    def tasks(self) -> list[str]:
        """Keys of tasks."""
        return [row["id"] for row in self.some("tasks", "id")]

    @cached_property
    def units(self) -> list[dict[str, Any]]:
        """Units with tasks."""
        return self.rows("select id, kind, tasks_count from units where tasks_count > 0")

    @cached_property
    def charted(self) -> list[str]:
        """Units with tasks in some quarters."""
        sql = "select unit_id from unit_quarters group by unit_id having count(distinct quarter) > 3"
        return [row["unit_id"] for row in self.rows(sql)]

    @cached_property
    def busiest(self) -> list[str]:
        """The units with the most tasks."""
        return [row["id"] for row in self.connection.execute("select id from units order by tasks_count desc limit 10")]

    @cached_property
    def localities(self) -> list[dict[str, Any]]:
        """Localities with plans."""
        return self.rows("select id, province, type, plans_count from localities where plans_count > 0")

    @cached_property
    def fullest(self) -> list[str]:
        """The localities with the most plans."""
        sql = "select id from localities order by plans_count desc limit 10"
        return [row["id"] for row in self.connection.execute(sql)]

    @cached_property
    def indicators(self) -> list[str]:
        """Indicators with targets in several localities."""
        sql = """
            select code from indicators where localities_count > 1 and code != 'other' order by targets_count desc
        """
        return [row["code"] for row in self.connection.execute(sql)]

    @cached_property
    def quarters(self) -> list[str]:
        """Quarters with tasks."""
        return [row["quarter"] for row in self.connection.execute("select quarter from quarters")]

    @cached_property
    def texts(self) -> list[str]:
        """Texts of targets and tasks, in small letters without accents."""
        found = [*self.some("targets", "search_text"), *self.some("tasks", "search_text")]
        return [row["search_text"] for row in self.chance.sample(found, len(found))]

    @cached_property
    def drawn(self) -> list[dict[str, Any]]:
        """Indicators and years of which there is enough to draw a chart."""
        return self.rows(
            """
            select indicator as chi_so, targets.year as nam from targets
            join measures on measures.target_id = targets.id and unit = '%'
            where indicator != 'other' group by 1, 2 having count(distinct plan_id) > 4
            """
        )

    @cached_property
    def provinces(self) -> list[str]:
        """Names of provinces."""
        return sorted({row["province"] for row in self.localities if row["province"]})

    @cached_property
    def places(self) -> list[str]:
        """Full names of localities with plans."""
        return [row["full_name"] for row in self.rows("select full_name from localities where plans_count > 0")]

    def table(self, name: str, **query: object) -> str:
        """An address of a page of a table or view, another each time."""
        return address(f"/plans/{name}", **query, _x=self.chance.random())

    def some_localities(self, count: int) -> list[str]:
        """Keys of localities."""
        return [row["id"] for row in self.chance.sample(self.localities, count)]

    @cached_property
    def words(self) -> list[str]:
        """Words of localities' names."""
        sql = "select search_text from localities where plans_count > 0"
        return sorted({word for row in self.rows(sql) for word in row["search_text"].split()})

    @cached_property
    def unit_words(self) -> list[str]:
        """Words of units' names."""
        return sorted(
            {word for row in self.rows("select search_text from units") for word in row["search_text"].split()}
        )

    @cached_property
    def problems(self) -> list[str]:
        """Codes of problems that there are."""
        return [row["code"] for row in self.connection.execute("select code from problem_counts")]

    @property
    def quarter(self) -> str:
        """A quarter with tasks."""
        return str(self.one(self.quarters))

    @property
    def day(self) -> str:
        """A day of the plans' years."""
        return f"{self.year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"

    @cached_property
    def counted(self) -> list[str]:
        """Words, the commonest first."""
        return [word for word, _ in Counter(" ".join(self.texts).split()).most_common() if word.isalpha()]

    @property
    def common(self) -> str:
        """Two of the commonest words: there are more pairs than questions."""
        return " ".join(self.chance.sample(self.counted[:60], 2))

    @property
    def rare(self) -> str:
        """A rare word beside any other of the same text."""
        words = self.one(self.texts).split()
        return " ".join(self.chance.sample(words, min(len(words), 4)))

    @property
    def phrase(self) -> str:
        """Some words that stand together."""
        words = self.one(self.texts).split()
        at = self.chance.randrange(max(1, len(words) - 3))
        return " ".join(words[at : at + 3])

    @property
    def year(self) -> int:
        """A year of the plans."""
        return int(self.one(self.plans)["year"] or 2026)
