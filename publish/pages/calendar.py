"""Lịch: what falls due in a quarter, a month or on a day, what goes on all the while, and what was due before a day.

Nothing here reads the clock: the reader says which quarter or which day is meant.
"""

import sqlite3
from dataclasses import dataclass, field

from datasette.utils.asgi import Request

from publish.pages.asked import Pager, whole_number, word
from publish.pages.month_grid import Month, month_grids
from publish.pages.narrowing import Narrowing, localities_meant, units_meant
from publish.pages.page import rows
from publish.pages.periods import Period, day_asked, month_asked, quarter, quarter_asked
from publish.pages.quarter_counts import Rows, busiest, few, quarter_counts
from publish.pages.task_lists import DUE, DUE_AGAIN, DUE_ONCE, GOING_ON, MOST, OVERDUE, Listed, task_list
from schemas.codelists import by_code

LIST, GRID, ONGOING = "danh-sach", "luoi", "thuong-xuyen"
_KINDS = {"": DUE, "mot-lan": DUE_ONCE, "dinh-ky": DUE_AGAIN}
_PAGE = 40  # lines
_BELOW = 6  # lines of ongoing work below the list of what is due


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the calendar, as typed."""

    unit: str = ""
    role: str = ""
    locality: str = ""
    province: str = ""
    year: str = ""
    quarter: str = ""
    month: str = ""
    day: str = ""
    overdue: str = ""
    kind: str = ""
    view: str = LIST
    page: int = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """`due` and `going_on` are what falls due in `period` and what goes on in it, or `months` hold it as a grid.

    `going_on` is left out beside the list where finding it would take long.

    Where `overdue` is a day, `due` is what had its last day before it. `chosen` says that somebody asked for the
    period; `misread` is what was typed as a time and is none.
    """

    narrowing: Narrowing
    period: Period
    chosen: bool
    quarters: Rows
    misread: list[str]
    overdue: Period | None = None
    due: Listed | None = None
    going_on: Listed | None = None
    months: list[Month] = field(default_factory=list)

    @property
    def quarter_months(self) -> list[Period]:
        """The months of the quarter shown."""
        whole = quarter_asked(self.period.quarter)
        return whole.months if whole else []


def asked(request: Request) -> Asked:
    """What the address asks for."""
    view, kind = word(request, "xem"), word(request, "loai")
    return Asked(
        unit=word(request, "don_vi"),
        role=word(request, "vai_tro"),
        locality=word(request, "dia_phuong"),
        province=word(request, "tinh"),
        year=word(request, "nam"),
        quarter=word(request, "quy"),
        month=word(request, "thang"),
        day=word(request, "ngay"),
        overdue=word(request, "qua_han_den"),
        kind=kind if kind in _KINDS else "",
        view=view if view in {GRID, ONGOING} else LIST,
        page=whole_number(request, "trang", 1, most=MOST // _PAGE),
    )


def narrowing(connection: sqlite3.Connection, given: Asked) -> Narrowing:
    """The units and places that are asked for; a role that there is not says nothing."""
    return Narrowing(
        units=units_meant(connection, given.unit),
        localities=localities_meant(connection, given.locality),
        role=given.role if given.role in by_code("roles") else "",
        province=given.province,
    )


def calendar(connection: sqlite3.Connection, given: Asked) -> Calendar:
    """What the page shows."""
    to = narrowing(connection, given)
    quarters = quarter_counts(connection, to)
    period = day_asked(given.day) or month_asked(given.month) or quarter_asked(given.quarter)
    shown = period or _to_begin_with(connection, quarters, given.year)
    overdue = day_asked(given.overdue)
    page = Pager(given.page, _PAGE, 0)
    due = going_on = None
    months: list[Month] = []
    if overdue:
        due = task_list(connection, OVERDUE, to, overdue, page)
    elif given.view == ONGOING:
        going_on = task_list(connection, GOING_ON, to, shown, page)
    elif given.view == GRID:
        months = month_grids(connection, to, shown.months)
    else:
        due = task_list(connection, _KINDS[given.kind], to, shown, page)
        if to.everything or few(connection, to):
            going_on = task_list(connection, GOING_ON, to, shown, Pager(1, _BELOW, 0))
    return Calendar(to, shown, period is not None, quarters, _misread(given), overdue, due, going_on, months)


def provinces(connection: sqlite3.Connection) -> list[str]:
    """Those that plans are from."""
    found = rows(connection, "select distinct province from localities where province is not null order by province")
    return [one["province"] for one in found]


def units_offered(connection: sqlite3.Connection) -> list[str]:
    """Names that the form proposes: those of the units with most to do."""
    return [one["name"] for one in rows(connection, "select name from units order by tasks_count desc limit 40")]


def _to_begin_with(connection: sqlite3.Connection, quarters: Rows, year: str) -> Period:
    """The quarter shown where none is asked for, in a year if that is; of an empty calendar any."""
    of_year = [one for one in quarters if one["year"] == year]
    everything = quarters or quarter_counts(connection, Narrowing())
    return busiest(of_year) or quarter_asked(f"{year}-Q1") or busiest(everything) or quarter(2026, 1)


def _misread(given: Asked) -> list[str]:
    read = (
        (given.quarter, quarter_asked),
        (given.month, month_asked),
        (given.day, day_asked),
        (given.overdue, day_asked),
    )
    return [typed for typed, reading in read if typed and reading(typed) is None]
