"""What Tiến độ is asked for: as of which day, of which year, places, units, indicator. Nothing here reads the clock."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from datasette.utils.asgi import Request

from publish.pages.asked import whole_number, word
from publish.pages.narrowing import Narrowing, localities_meant, units_meant
from publish.pages.page import row
from publish.pages.periods import Period, day_asked, quarter, quarter_asked
from schemas.codelists import by_code

DAY = "den-ngay"  # in addresses
EVERY_YEAR = "tat-ca"
TARGETS, TASKS, REPORTS = "chi-tieu", "nhiem-vu", "bao-cao"  # lists
PLACES, INDICATORS, UNITS, QUARTERS = "dia-phuong", "chi-so", "don-vi", "quy"  # counts
VIEWS = (TARGETS, TASKS, REPORTS, PLACES, INDICATORS, UNITS, QUARTERS)
_SHORTCUTS = 8  # quarters
_MOST_PAGES = 250


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as typed."""

    day: str = ""
    year: str = ""
    unit: str = ""
    locality: str = ""
    province: str = ""
    indicator: str = ""
    status: str = ""
    quarter: str = ""
    view: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted and listed, as of an ISO day; `year` and `indicator` are None and "" for all of them.

    `latest` is the last day that anything was reported of, None where nothing was.
    """

    day: str
    latest: str | None
    year: int | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    indicator: str = ""
    quarter: Period | None = None
    chosen: bool = False
    misread: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing but the time is narrowed."""
        return self.narrowing.everything and not self.indicator and not self.quarter

    @property
    def of_targets(self) -> bool:
        """Whether targets are asked for; they are given to no unit."""
        return not self.narrowing.units.typed

    @property
    def of_tasks(self) -> bool:
        """Whether tasks are asked for; they have no indicator."""
        return not self.indicator

    @property
    def in_year(self) -> Mapping[str, Any]:
        """Values for queries: the day, the year (0 for all), the first day of it."""
        first = f"{self.year}-01-01" if self.year else "0001-01-01"
        last = f"{self.year}-12-31" if self.year else "9999-12-31"
        return {"day": self.day, "year": self.year or 0, "first": first, "last": last}


def asked(request: Request) -> Asked:
    """What the address asks for."""
    view = word(request, "xem")
    return Asked(
        day=word(request, DAY),
        year=word(request, "nam"),
        unit=word(request, "don_vi"),
        locality=word(request, "dia_phuong"),
        province=word(request, "tinh"),
        indicator=word(request, "chi_so"),
        status=word(request, "trang_thai"),
        quarter=word(request, "quy"),
        view=view if view in VIEWS else "",
        page=whole_number(request, "trang", 1, most=_MOST_PAGES),
    )


def scope(connection: sqlite3.Connection, given: Asked) -> Scope:
    """What is meant: without a day the last one that anything was reported of, without a year that of the day."""
    latest = latest_day(connection)
    day = day_asked(given.day)
    shown = day.code if day else latest or ""
    due = quarter_asked(given.quarter)
    return Scope(
        day=shown,
        latest=latest,
        year=_year(given.year, shown),
        narrowing=Narrowing(
            units=units_meant(connection, given.unit),
            localities=localities_meant(connection, given.locality),
            province=given.province,
        ),
        indicator=given.indicator if given.indicator in by_code("indicators") else "",
        quarter=due,
        chosen=day is not None,
        misread=tuple(one for one, read in ((given.day, day), (given.quarter, due)) if one and read is None),
    )


def _year(typed: str, day: str) -> int | None:
    if typed == EVERY_YEAR:
        return None
    given = typed if typed.isascii() and typed.isdigit() and len(typed) == 4 else day[:4]
    return int(given) if given else None


def latest_day(connection: sqlite3.Connection) -> str | None:
    """The last day that anything was reported of."""
    sql = "select max(day) as day from (select max(as_of) as day from actuals union all select max(as_of) from {0})"
    found = row(connection, sql.format("reported_states"))
    return found["day"] if found else None


def day_shown(connection: sqlite3.Connection, typed: str) -> tuple[str, str | None]:
    """The day asked for, else the latest; and the latest."""
    latest = latest_day(connection)
    day = day_asked(typed)
    return (day.code if day else latest or ""), latest


def quarter_ends(latest: str | None) -> list[Period]:
    """The last quarters that had ended, or ended, on the latest day: shortcuts, the newest first."""
    if not latest:
        return []
    year, month, day = map(int, latest.split("-"))
    found = quarter(year, (month + 2) // 3)
    if (found.last.month, found.last.day) != (month, day):
        found = before(found)
    some = [found]
    while len(some) < _SHORTCUTS and some[-1].first.year > 1900:
        some.append(before(some[-1]))
    return some


def before(one: Period) -> Period:
    """The quarter before."""
    year, number = one.first.year, (one.first.month + 2) // 3
    return quarter(year, number - 1) if number > 1 else quarter(year - 1, 4)


def ended(day: str) -> Period:
    """The last quarter that had ended by the end of an ISO day."""
    return quarter_ends(day)[0]
