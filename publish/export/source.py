"""What an export reads: one database, all of it or the plans that were chosen, as it was when it was opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import KehoachError
from publish.database import check_ours, layout_version
from publish.export.selection import Selection, chosen_plans, narrow
from publish.locking import reading_one_state
from publish.pages.addresses import Addresses
from publish.tables import LAYOUT_VERSION

Row = dict[str, Any]

# Plans by place and day, so that a reader finds those of one office together.
_PLANS = """
    select plans.id from plans left join localities on localities.id = plans.locality_id
    order by localities.search_text, plans.issued_date, plans.id
"""


class CannotExport(KehoachError):
    """The database can't be exported as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """`site` is the address of the site that shows the database, "" where nobody said.

    Where `narrowed`, the tables hold only what belongs to the plans that were chosen.
    """

    connection: sqlite3.Connection
    path: Path
    site: str = ""
    narrowed: bool = False

    def rows(self, sql: str, *values: object) -> Iterator[Row]:
        """The rows of a query, one by one."""
        found = self.connection.execute(sql, values)
        columns = [column[0] for column in found.description]
        return (dict(zip(columns, row, strict=True)) for row in found)

    def number(self, sql: str, *values: object) -> int:
        """The number that a query gives."""
        return int(self.connection.execute(sql, values).fetchone()[0])

    def plans(self) -> list[str]:
        """The keys of the plans, in the order of every file."""
        return [key for (key,) in self.connection.execute(_PLANS)]

    @property
    def to(self) -> Addresses | None:
        """The site's addresses, if anybody said where it is."""
        return Addresses(lambda path: self.site + path) if self.site else None


@contextmanager
def opened(db: Path, selection: Selection | None = None, site: str = "") -> Iterator[Source]:
    """The database as it is now, for reading only; what builds and imports do meanwhile changes nothing here.

    Raises NotOurDatabase, CannotExport or NothingChosen.
    """
    check_ours(db)
    if layout_version(db) != LAYOUT_VERSION:
        raise CannotExport(f"{db}: do phiên bản kehoach khác tạo; hãy tạo lại bằng `kehoach build THƯ_MỤC --db {db}`")
    with reading_one_state(db) as connection:
        if selection:
            narrow(connection, chosen_plans(connection, selection))
        yield Source(connection, db, site.rstrip("/"), narrowed=bool(selection))
