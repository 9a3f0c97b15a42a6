"""A small plan with every kind of target and task, its database, and sheets filled in by hand."""

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from publish.database import build
from publish.progress.columns import COLUMNS, Name
from publish.progress.importing import Imported, import_sheet
from publish.progress.store import Recorded
from schemas import (
    Change,
    Comparator,
    Deadline,
    DeadlineKind,
    Head,
    Locality,
    Measure,
    PartialDate,
    Period,
    Record,
    Role,
    Scope,
    Source,
    Span,
    Target,
    Task,
    TaskKind,
    UnitRole,
)

PLAN = "feedc0de00000001"
RECORDED = Recorded("2026-08-01T01:00:00+00:00", "Nguyễn Văn An")
SHARE, HOUSES, MONEY, BUDGET, RANK, LESS, PLAIN, FORMULA = (f"{PLAN}-C00{number}" for number in range(1, 9))
MONTHLY, ONCE, OPEN = (f"{PLAN}-N00{number}" for number in range(1, 4))
_TARGETS: Sequence[tuple[str, Measure | None]] = (
    ("Ít nhất 85% người dân có tài khoản.", Measure(comparator=Comparator.AT_LEAST, value=85, unit="%")),
    ("Hỗ trợ 1.250 hộ.", Measure(comparator=Comparator.EQUAL, value=1250, unit="hộ")),
    ("Giải ngân 3,5 tỷ đồng.", Measure(comparator=Comparator.EQUAL, value=3.5, unit="tỷ đồng")),
    ("Thu đạt 100% dự toán.", Measure(comparator=Comparator.EQUAL, value=100, unit="%")),
    ("Xếp thứ 5 trở lên.", Measure(comparator=Comparator.AT_MOST, value=5, unit="rank")),
    ("Giảm 10% số vụ.", Measure(comparator=Comparator.EQUAL, value=10, unit="%", change=Change.DECREASE)),
    ("Nâng cao nhận thức.", None),
    ("=1+1 mô hình mới.", Measure(comparator=Comparator.EQUAL, value=2, unit="mô hình")),
)
_TASKS: Sequence[tuple[str, Deadline | None]] = (
    (
        "Báo cáo trước ngày 14 hằng tháng.",
        Deadline(kind=DeadlineKind.RECURRING, rrule="FREQ=MONTHLY;BYMONTHDAY=14", text="trước ngày 14 hằng tháng"),
    ),
    ("Tập huấn xong trước 30/6.", Deadline(kind=DeadlineKind.BY, end=date(2026, 6, 30), text="trước 30/6")),
    ("Tuyên truyền.", None),
)


def plan(texts: Sequence[str] | None = None, tasks: Sequence[str] | None = None) -> Record:
    """The plan; with other texts, targets or tasks of these texts only, numbered as they come."""
    measured = _TARGETS if texts is None else [(text, dict(_TARGETS).get(text)) for text in texts]
    timed = _TASKS if tasks is None else [(text, dict(_TASKS).get(text)) for text in tasks]
    text = "\n".join([*(one for one, _ in measured), *(one for one, _ in timed)])
    span = Span(start=0, end=1)
    return Record(
        id=PLAN,
        source=Source(filename="mau.txt", sha256="0" * 64, media_type="text/plain", text_source="text", extractor="t"),
        text=text or "x",
        document=Head(
            kind="KH",
            number="9/KH-UBND",
            title="Kế hoạch mẫu",
            issuer="UBND xã Mẫu",
            issued=PartialDate(year=2026, month=1, day=15),
            period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31)),
            locality=Locality(type="xã", name="Khe Vàng", province="Lào Cai", code="99001"),
        ),
        targets=tuple(
            Target(
                id=f"{PLAN}-C{at:03}",
                text=one,
                scope=Scope.SPECIFIC,
                measures=(measure,) if measure else (),
                spans=(span,),
            )
            for at, (one, measure) in enumerate(measured, 1)
        ),
        tasks=tuple(
            Task(
                id=f"{PLAN}-N{at:03}",
                text=one,
                kind=TaskKind.TASK,
                deadline=deadline,
                units=(UnitRole(name="Công an xã", canonical="Công an xã", role=Role.LEAD),),
                spans=(span,),
            )
            for at, (one, deadline) in enumerate(timed, 1)
        ),
    )


def built(folder: Path, record: Record | None = None) -> Path:
    """The database of a record in a folder, made or made anew."""
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    (records / "mau.json").write_text((record or plan()).model_dump_json(), "utf-8")
    report = build([records], folder / "plans.db")
    assert report.written, report.failures
    return folder / "plans.db"


def rows(db: Path, sql: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql, values).fetchall()


TITLES = {column.name: column.title for column in COLUMNS}
Row = Mapping[Name, Any]


def value(key: str, reached: object, day: object = "30/6/2026", **more: object) -> dict[Name, Any]:
    """A row that reports a target."""
    return {Name.ID: key, Name.VALUE: reached, Name.AS_OF: day, **{Name(name): cell for name, cell in more.items()}}


def state(key: str, said: object, day: object = "30/6/2026", **more: object) -> dict[Name, Any]:
    """A row that reports a task."""
    return {Name.ID: key, Name.STATE: said, Name.AS_OF: day, **{Name(name): cell for name, cell in more.items()}}


def csv_file(path: Path, lines: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(TITLES.values())
        writer.writerows([line.get(name) for name in TITLES] for line in lines)
    return path


def xlsx_file(path: Path, lines: Sequence[Row], *, title: str = "Tiến độ") -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    book.active.append(list(TITLES.values()))
    for line in lines:
        book.active.append([line.get(name) for name in TITLES])
    book.save(path)
    return path


@dataclass
class Sheet:
    """A workbook to be spoilt in one way, and saved."""

    path: Path

    def __post_init__(self) -> None:
        self.book = load_workbook(self.path)
        self.page = self.book.worksheets[0]

    def at(self, name: Name, row: int = 2) -> Any:
        return self.page.cell(row, list(TITLES).index(name) + 1)

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path


def imported(db: Path, path: Path, *, good_rows: bool = False, recorded: Recorded = RECORDED) -> Imported:
    return import_sheet(db, path, recorded, good_rows=good_rows)


def said(done: Imported) -> list[str]:
    """The faults in words."""
    return [str(fault) for fault in done.faults]
