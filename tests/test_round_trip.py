"""Plans -> facts about them -> files -> the same facts: the real commands, one after the other, on the sample corpus.

extract → build → template → fill in → import → propose → review → import → status → report → export → build again.
"""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from publish.tables import BY_NAME, TABLES
from tests.site import KEHOACH

ROOT = Path(__file__).parents[1]
DAY = "2026-06-30"
PLAN = "14/KH-UBND"  # mau-17, which baocao-03 reports on
STATES = (
    "Hoàn thành đúng hạn",
    "Đang thực hiện trong hạn",
    "Chưa thực hiện",
    "Hoàn thành quá hạn",
    "Không còn phù hợp",
)
# What a build finds anew from the records and the facts, and where the files lie, which moves.
ENTERED = ("actuals", "baselines", "reported_states")


@dataclass(frozen=True)
class Trip:
    """Where the files of the trip are."""

    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "plans.db"

    def run(self, *given: object, code: int = 0) -> str:
        done = subprocess.run([KEHOACH, *map(str, given)], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout

    def status(self, db: Path | None = None) -> Any:
        return json.loads(self.run("progress", "status", db or self.db, "--as-of", DAY, "--format", "json"))


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory) -> Trip:
    """The sample corpus read, built, and its progress entered from a sheet and from reports."""
    trip = Trip(tmp_path_factory.mktemp("trip"))
    readable = 0 if shutil.which("tesseract") else 1
    trip.run("extract", ROOT / "corpus" / "plans", "--out", trip.folder / "records", code=readable)
    trip.run("build", trip.folder / "records", "--db", trip.db)
    trip.run("progress", "template", trip.db, "--out", trip.folder / "sheet.xlsx")
    fill_in(trip.folder / "sheet.xlsx", running(trip.db))
    trip.run(
        "progress", "import", trip.db, trip.folder / "sheet.xlsx", "--by", "Cán bộ A", "--recorded-at", f"{DAY}T08:00"
    )
    trip.run("progress", "propose", trip.db, "--out", trip.folder / "review.xlsx")
    accept(trip.folder / "review.xlsx")
    trip.run(
        "progress",
        "import",
        trip.db,
        trip.folder / "review.xlsx",
        "--by",
        "Cán bộ B",
        "--recorded-at",
        "2027-02-01T09:00",
    )
    return trip


def running(db: Path) -> set[str]:
    """The keys of the plans that have begun by the day."""
    with closing(sqlite3.connect(db)) as connection:
        sql = "select id from plans where max(coalesce(period_start, issued_date), coalesce(issued_date, period_start)) <= ?"
        return {key for (key,) in connection.execute(sql, (DAY,))}


def fill_in(path: Path, plans: set[str]) -> None:
    """A value on each target whose level is a number, a state on each task, by turns better and worse."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, at["Mã (không sửa)"]).value).partition("-")[0] not in plans:
            continue
        if sheet.cell(row, at["Loại"]).value == "Chỉ tiêu":
            if sheet.cell(row, at["Đơn vị tính"]).value != "%":
                continue
            sheet.cell(row, at["Giá trị đạt được"], 40 + row % 60 + 0.5)
        else:
            sheet.cell(row, at["Trạng thái nhiệm vụ"], STATES[row % len(STATES)])
        sheet.cell(row, at["Tính đến ngày"], "30/06/2026")
        sheet.cell(row, at["Nguồn số liệu"], f"Sổ theo dõi, dòng {row}")
    book.save(path)


def accept(path: Path) -> None:
    """A person says yes to every proposal of high confidence."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, at["Độ tin cậy"]).value == "Cao":
            sheet.cell(row, at["Quyết định"], "Nhận")
    book.save(path)


def held(db: Path, table: str) -> list[tuple[Any, ...]]:
    """The rows; numbers that only tell rows apart go by when they were written and say nothing."""
    with closing(sqlite3.connect(db)) as connection:
        columns = ", ".join(name for name, kind in BY_NAME[table].columns.items() if (name, kind) != ("id", int))
        return sorted(connection.execute(f"select {columns} from {table}").fetchall(), key=repr)


def test_facts_come_in_from_the_sheet_and_from_reports(trip: Trip):
    with closing(sqlite3.connect(trip.db)) as connection:
        (typed,) = connection.execute("select count(*) from actuals where report_id is null").fetchone()
        (read,) = connection.execute("select count(*) from actuals where report_id is not null").fetchone()
        (states,) = connection.execute("select count(*) from reported_states").fetchone()
        misplaced = connection.execute(
            """
            select actuals.id from actuals join plans on plans.id = actuals.report_id
            where substr(plans.text, actuals.span_start + 1, actuals.span_end - actuals.span_start) not glob '*[0-9]*'
            """
        ).fetchall()
    assert min(typed, read, states) > 10
    assert not misplaced


def test_entering_the_same_files_again_changes_nothing(trip: Trip):
    before = {table: held(trip.db, table) for table in ENTERED}
    for name in ("sheet.xlsx", "review.xlsx"):
        trip.run("progress", "import", trip.db, trip.folder / name, "--by", "Người khác", "--recorded-at", "2027-03-01")
    assert {table: held(trip.db, table) for table in ENTERED} == before


def test_building_anew_keeps_what_was_entered_and_every_status(trip: Trip):
    copy = trip.folder / "again.db"
    shutil.copy(trip.db, copy)
    trip.run("build", trip.folder / "records", "--db", copy)
    assert {t.name: held(copy, t.name) for t in TABLES if t.name != "sources"} == {
        t.name: held(trip.db, t.name) for t in TABLES if t.name != "sources"
    }
    assert trip.status(copy) == trip.status()


def test_the_report_of_a_plan_gives_its_values_back_when_it_is_read(trip: Trip):
    report = trip.folder / "bao-cao.docx"
    trip.run("progress", "report", trip.db, "--plan", PLAN, "--as-of", DAY, "--out", report)
    record = json.loads(trip.run("extract", report, "--out", "-"))
    with closing(sqlite3.connect(trip.db)) as connection:
        values = connection.execute(
            """
            select distinct actuals.value from actuals join targets on targets.id = actuals.target_id
            join plans on plans.id = targets.plan_id where plans.number = ?
            and not exists (select 1 from actuals as later where later.target_id = actuals.target_id
                and (later.as_of > actuals.as_of or later.supersedes = actuals.id))
            """,
            (PLAN,),
        ).fetchall()
    assert record["document"]["kind"] == "BC"
    found = {actual["value"] for actual in record["actuals"]}
    assert values
    assert {value for (value,) in values} <= found


@pytest.mark.parametrize("form", ["iati", "stratml", "datapackage", "json"])
def test_what_is_exported_and_built_from_again_is_the_same(trip: Trip, form: str):
    trip.run("export", trip.db, "--to", trip.folder / form, "--format", form)
    again = trip.folder / f"{form}.db"
    trip.run("build", trip.folder / form, "--db", again)
    for table in TABLES:
        if table.name not in {"inputs", "sources"}:
            assert held(again, table.name) == held(trip.db, table.name), table.name
    assert trip.status(again) == trip.status()
    trip.run("export", again, "--to", trip.folder / f"{form} again", "--format", form)
    assert files(trip.folder / f"{form} again") == files(trip.folder / form)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_csv_sheet_says_the_same_as_the_workbook(trip: Trip):
    sheet = trip.folder / "sheet.csv"
    trip.run("progress", "template", trip.db, "--plan", PLAN, "--out", sheet)
    rows = list(csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig"))))
    assert rows
    assert {row["Loại"] for row in rows} == {"Chỉ tiêu", "Nhiệm vụ"}
    trip.run("progress", "import", trip.db, sheet)
