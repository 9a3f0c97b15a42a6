"""A review file that a person went through -> facts for the rows accepted, refusals for those refused.

Rows without a decision give nothing. Accepted rows are checked as every other row that is imported; what was corrected
of a number is said in its note. A refusal is kept, so that `kehoach progress propose` does not ask again.
"""

import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extract.text import fold
from publish.export.values import unguarded
from publish.progress.checking import Checking, Reported, checked_rows
from publish.progress.columns import Name, plain
from publish.progress.csv_lines import csv_grid
from publish.progress.facts import Place
from publish.progress.grid import Fault, Grid
from publish.progress.proposals.refusals import Refusal
from publish.progress.proposals.review_columns import (
    ACCEPT,
    BASE,
    REFUSE,
    REVIEW_BY_TITLE,
    REVIEW_COLUMNS,
    Asked,
    number_text,
)
from publish.progress.sheet import SheetRow
from publish.progress.written import Unclear, number

_HEADING_WITHIN = 30  # rows from the top
_MARKS = (Asked.DECISION, Asked.REPORT, Asked.KEY)  # columns that no other sheet of ours has
_OF_REACHED = {
    Asked.TARGET: Name.ID, Asked.VALUE: Name.VALUE, Asked.UNIT: Name.UNIT, Asked.PERCENT: Name.PERCENT,
    Asked.AS_OF: Name.AS_OF, Asked.START: Name.START, Asked.END: Name.END, Asked.SOURCE: Name.SOURCE,
    Asked.NOTE: Name.NOTE,
}  # fmt: skip
_OF_BASE = {
    Asked.TARGET: Name.ID, Asked.VALUE: Name.BASE, Asked.UNIT: Name.UNIT, Asked.AS_OF: Name.BASE_DAY,
    Asked.SOURCE: Name.SOURCE, Asked.NOTE: Name.NOTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review file says; with faults, `reported` are the facts of the rows that are right."""

    reported: tuple[Reported, ...]
    refusals: tuple[Refusal, ...]
    faults: tuple[Fault, ...]
    undecided: int = 0

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know though nothing is wrong."""
        refused = f"{len(self.refusals)} đề xuất bị bỏ, sẽ không hỏi lại." if self.refusals else ""
        undecided = f"{self.undecided} dòng chưa có quyết định, không nhập gì từ đó." if self.undecided else ""
        return tuple(filter(None, (refused, undecided)))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[Asked, object]
    titles: Mapping[Asked, str]


def is_review(path: Path) -> bool:
    """Whether a file has the heading of a review file."""
    return any(_headed(grid) is not None for grid in islice(_grids(path), 1))


def facts(connection: sqlite3.Connection, path: Path, today: str) -> Reviewed:
    """What the rows of a review file say, each checked; `today` is the last day that a figure may stand for."""
    rows, faults = _rows(path)
    accepted, refused, undecided, unclear = _decided(rows)
    by_number = {row.number: row for row in accepted}
    checking = Checking({}, today)
    known = _reports(connection, (str(row.cells.get(Asked.REPORT, "")) for row in accepted))
    found = [
        Reported(one.row, one.fact._replace(place=_place(by_number[one.row.number], known)))
        for one in checked_rows(connection, map(_as_sheet_row, accepted), checking)
    ]
    wrong = sorted((*faults, *unclear, *checking.faults), key=lambda fault: fault.row)
    return Reviewed(tuple(found), tuple(filter(None, map(_refusal, refused))), tuple(wrong), undecided)


def _grids(path: Path) -> Iterator[Grid]:
    if zipfile.is_zipfile(path):
        from publish.progress.xlsx_lines import xlsx_grids  # noqa: PLC0415  (CSV must not wait for it)

        yield from xlsx_grids(path)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        yield csv_grid(path)


def _headed(grid: Grid) -> tuple[int, Mapping[int, Asked], Mapping[Asked, str]] | None:
    """The heading's row and columns, if the table is a review."""
    for row, cells in islice(grid.lines, _HEADING_WITHIN):
        found: dict[int, Asked] = {}
        for at, cell in enumerate(cells):
            column = REVIEW_BY_TITLE.get(plain(cell)) if isinstance(cell, str) else None
            if column and column.name not in found.values():
                found[at] = column.name
        if set(_MARKS[:2]) <= set(found.values()) or _MARKS[2] in found.values():
            return row, found, {name: str(cells[at]) for at, name in found.items()}
    return None


def _rows(path: Path) -> tuple[list[_Row], list[Fault]]:
    """The rows of every table with our heading, and what is wrong with the file as a whole."""
    rows: list[_Row] = []
    faults: list[Fault] = []
    for grid in _grids(path):
        headed = _headed(grid)
        if headed is None:
            continue
        at_row, columns, titles = headed
        missing = [one for one in REVIEW_COLUMNS if one.needed and one.name not in titles]
        faults += [Fault(at_row, one.title, f"thiếu cột “{one.title}”; hãy thêm lại cột") for one in missing]
        if not missing:
            rows += [_Row(line, held, titles) for line, cells in grid.lines if (held := _held(cells, columns))]
        faults += grid.faults
        faults += [
            Fault(area.first_row, area.name, "các ô bị gộp; hãy bỏ gộp (Unmerge) và ghi riêng từng dòng")
            for area in grid.merged
            if area.last_row > at_row
        ]
    return rows, faults


def _held(cells: Sequence[object], columns: Mapping[int, Asked]) -> dict[Asked, object]:
    return {name: cells[at] for at, name in columns.items() if at < len(cells) and str(cells[at] or "").strip()}


def _decided(rows: Iterable[_Row]) -> tuple[list[_Row], list[_Row], int, list[Fault]]:
    """The rows accepted, those refused, how many are undecided, and the decisions that can't be read."""
    accepted, refused, unclear = list[_Row](), list[_Row](), list[Fault]()
    undecided = 0
    for row in rows:
        match plain(row.cells.get(Asked.DECISION)):
            case "":
                undecided += 1
            case said if said == plain(ACCEPT):
                accepted.append(row)
            case said if said == plain(REFUSE):
                refused.append(row)
            case _:
                said = str(row.cells[Asked.DECISION])[:40]
                message = f"không rõ quyết định “{said}”; hãy chọn {ACCEPT}, {REFUSE}, hoặc để trống"
                unclear.append(Fault(row.number, row.titles[Asked.DECISION], message))
    return accepted, refused, undecided, unclear


def _as_sheet_row(row: _Row) -> SheetRow:
    """The row as one of a progress sheet."""
    names = _OF_BASE if plain(row.cells.get(Asked.KIND)) == plain(BASE) else _OF_REACHED
    cells = {name: row.cells[asked] for asked, name in names.items() if asked in row.cells}
    corrected = _correction(row)
    if corrected:
        cells[Name.NOTE] = "; ".join(filter(None, (str(cells.get(Name.NOTE, "")).strip(), corrected)))
    titles = {name: row.titles[asked] for asked, name in names.items() if asked in row.titles}
    return SheetRow(row.number, cells, titles)


def _correction(row: _Row) -> str:
    """What was read where a person wrote another number or unit over it."""
    read, written = _number(row.cells.get(Asked.READ_VALUE)), _number(row.cells.get(Asked.VALUE))
    if read is None or written is None:
        return ""
    unit, other = (str(row.cells.get(name, "")).strip() for name in (Asked.READ_UNIT, Asked.UNIT))
    if read == written and fold(unit) == fold(other):
        return ""
    return f"sửa khi duyệt; máy đọc được: {number_text(read)} {unit}".strip()


def _reports(connection: sqlite3.Connection, keys: Iterable[str]) -> frozenset[str]:
    """Those of the reports that the database has."""
    asked = {key.strip() for key in keys}
    return frozenset(
        key for key in asked if connection.execute("select 1 from plans where id = ?", (key,)).fetchone() is not None
    )


def _place(row: _Row, known: frozenset[str]) -> Place | None:
    """Where the number stands in a report of the database; None where the database does not have it."""
    report = str(row.cells.get(Asked.REPORT, "")).strip()
    start, end, page = (_whole(row.cells.get(name)) for name in (Asked.SPAN_START, Asked.SPAN_END, Asked.PAGE))
    return Place(report, start, end, page) if report in known and start is not None and end is not None else None


def _whole(cell: object) -> int | None:
    found = _number(cell)
    return None if found is None else int(found)


def _number(cell: object) -> float | None:
    try:
        return None if cell is None else number(cell)
    except Unclear:
        return None


def _refusal(row: _Row) -> Refusal | None:
    """What was refused; None where the row proposed nothing."""
    value = _number(row.cells.get(Asked.READ_VALUE))
    names = (Asked.KEY, Asked.PLAN_ID, Asked.TARGET_TEXT, Asked.REPORT, Asked.SENTENCE)
    key, plan, target, report, text = (unguarded(str(row.cells.get(name, "")).strip()) for name in names)
    if not key or value is None:
        return None
    return Refusal(key, plan, target, report, text, value, str(row.cells.get(Asked.READ_UNIT, "")).strip())
