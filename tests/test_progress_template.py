"""Sheets to fill in: what is in them, that nothing in them is a formula, and that they come back as they went."""

import csv
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from publish.progress.asked_for import NothingAsked, Selection, asked_lines, times_of
from publish.progress.columns import COLUMNS, GUIDE, Name
from publish.progress.template import write_template
from schemas.codelists import codelist
from tests.progress import (
    FORMULA,
    HOUSES,
    LESS,
    MONTHLY,
    ONCE,
    OPEN,
    PLAN,
    RANK,
    SHARE,
    TITLES,
    Sheet,
    built,
    csv_file,
    imported,
    plan,
    rows,
    said,
    state,
    value,
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    made = built(folder)
    lines = [
        value(SHARE, "80,5", "31/3/2026", base="75", base_day="31/12/2025"),
        value(SHARE, "82", "30/6/2026"),
        state(ONCE, "Chưa thực hiện", "31/3/2026"),
        state(MONTHLY, "Hoàn thành đúng hạn", "14/3/2026", start="15/2/2026", end="14/3/2026"),
    ]
    assert said(imported(made, csv_file(folder / "a.csv", lines))) == []
    return made


def lines(db: Path, **asked: str) -> list[dict[Name, object]]:
    return list(asked_lines(db, Selection(**asked)).lines)


def of(found: list[dict[Name, object]], key: str) -> list[dict[Name, object]]:
    return [line for line in found if line[Name.ID] == key]


@pytest.mark.parametrize(
    "asked", [{}, {"plan": PLAN}, {"plan": "9/KH-UBND"}, {"locality": "khe vang"}, {"locality": "xã Khe Vàng"}]
)
def test_a_plan_is_meant_by_its_key_its_number_or_its_place(db: Path, asked: dict[str, str]):
    assert {line[Name.PLAN] for line in lines(db, **asked)} == {"9/KH-UBND"}


@pytest.mark.parametrize("asked", [{"plan": "10/KH-UBND"}, {"locality": "Khe Bạc"}])
def test_a_plan_that_is_not_there_is_named(db: Path, asked: dict[str, str]):
    with pytest.raises(NothingAsked, match="không có kế hoạch nào như vậy"):
        lines(db, **asked)


def test_a_report_is_no_plan_to_report_on(tmp_path: Path):
    record = plan()
    report = record.model_copy(update={"document": record.document.model_copy(update={"kind": "BC"})})
    with pytest.raises(NothingAsked):
        lines(built(tmp_path, report))


def test_a_target_comes_with_its_level_unit_and_what_was_reported_last(db: Path):
    (line,) = of(lines(db), SHARE)
    assert (line[Name.LEVEL], line[Name.UNIT], line[Name.DUE]) == ("≥ 85 %", "%", "31/12/2026")
    assert (line[Name.LATEST], line[Name.KNOWN_BASE]) == ("82 % (30/06/2026)", "75 % (31/12/2025)")
    assert of(lines(db), HOUSES)[0][Name.LEVEL] == "1.250 hộ"
    assert of(lines(db), RANK)[0][Name.LEVEL] == "≤ 5 hạng"
    assert str(of(lines(db), LESS)[0][Name.LEVEL]).startswith("Giảm")


def test_a_recurring_duty_has_a_line_for_each_time_that_it_falls_due(db: Path):
    times = of(lines(db), MONTHLY)
    assert [line[Name.END] for line in times] == [date(2026, month, 14) for month in range(2, 13)]
    assert [line[Name.START] for line in times[:2]] == [date(2026, 1, 15), date(2026, 2, 15)]
    assert [line[Name.LATEST] for line in times[:3]] == [None, "Hoàn thành đúng hạn (14/03/2026)", None]


def test_only_times_within_the_days_asked_for_come(db: Path):
    found = lines(db, first="2026-04-01", last="2026-06-14")
    assert [line[Name.DUE] for line in of(found, MONTHLY)] == ["14/04/2026", "14/05/2026", "14/06/2026"]
    assert len(of(found, ONCE)) == len(of(found, SHARE)) == 1


def test_each_time_is_for_the_days_since_the_one_before():
    days = [date(2026, 1, 9), date(2026, 1, 16)]
    assert [(time.start, time.due) for time in times_of(days, "2026-01-05")] == [
        (date(2026, 1, 5), date(2026, 1, 9)),
        (date(2026, 1, 10), date(2026, 1, 16)),
    ]
    assert next(iter(times_of(days, None))).start == days[0]


def test_no_more_times_than_anybody_fills_in_and_the_rest_is_counted(tmp_path: Path):
    made = built(tmp_path)
    with closing(sqlite3.connect(made)) as connection:
        connection.executemany(
            "insert into task_days values (?, ?, ?, ?, 1)",
            [(f"x{at}", OPEN, PLAN, f"{2027 + at // 12}-{at % 12 + 1:02}-01") for at in range(70)],
        )
        connection.commit()
    asked = asked_lines(made, Selection())
    assert len([line for line in asked.lines if line[Name.ID] == OPEN]) == 60
    assert asked.left_out == 10


# As files ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "tien-do.xlsx"
    write_template(asked_lines(db, Selection()).lines, out)
    return out


def test_what_people_fill_in_is_open_and_all_else_is_locked(workbook: Path):
    page = load_workbook(workbook).worksheets[0]
    assert page.protection.sheet
    titles = {cell.value: at for at, cell in enumerate(page[1])}
    by_key = {row[0].value: row for row in page.iter_rows(min_row=2)}
    for key, opened, shut in ((SHARE, Name.VALUE, Name.STATE), (ONCE, Name.STATE, Name.VALUE)):
        row = by_key[key]
        assert row[0].protection.locked
        assert row[titles[TITLES[Name.LATEST]]].protection.locked
        assert not row[titles[TITLES[opened]]].protection.locked
        assert row[titles[TITLES[shut]]].protection.locked


def test_states_come_from_a_list_and_numbers_and_days_are_watched(workbook: Path):
    page = load_workbook(workbook).worksheets[0]
    rules = {rule.type: rule for rule in page.data_validations.dataValidation}
    labels = [row["label_vi"] for row in codelist("task_states")]
    assert rules["list"].formula1.strip('"').split(",") == labels
    letter = get_column_letter(list(TITLES).index(Name.STATE) + 1)
    assert str(rules["list"].sqref) == f"{letter}2:{letter}{page.max_row}"
    assert {"decimal", "date"} < set(rules)


def test_a_sheet_says_how_to_fill_in_the_other(workbook: Path):
    guide = load_workbook(workbook)[GUIDE]
    words = {cell.value for row in guide.iter_rows() for cell in row}
    assert {column.title for column in COLUMNS} <= words
    assert all(column.says in words for column in COLUMNS)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_text_that_begins_like_a_formula_never_is_one(db: Path, workbook: Path, tmp_path: Path, kind: str):
    if kind == "csv":
        write_template(asked_lines(db, Selection()).lines, tmp_path / "a.csv")
        assert b"'=1+1 m" in (tmp_path / "a.csv").read_bytes()
        return
    cells = [cell for row in load_workbook(workbook).worksheets[0].iter_rows() for cell in row]
    assert "=1+1 mô hình mới." in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_a_csv_sheet_opens_right_in_excel(db: Path, tmp_path: Path):
    write_template(asked_lines(db, Selection()).lines, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert list(found[0]) == list(TITLES.values())
    times = [line for line in found if line[TITLES[Name.ID]] == MONTHLY]
    assert times[0][TITLES[Name.START]] == "15/01/2026"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sheet_that_nobody_filled_in_gives_nothing_and_no_fault(db: Path, tmp_path: Path, kind: str):
    out = tmp_path / f"a.{kind}"
    write_template(asked_lines(db, Selection()).lines, out)
    done = imported(db, out)
    assert said(done) == []
    assert (done.facts, done.notices) == (0, ())


def test_a_sheet_filled_in_comes_back(db: Path, workbook: Path, tmp_path: Path):
    mine = Path(shutil.copy(db, tmp_path / "plans.db"))
    sheet = Sheet(Path(shutil.copy(workbook, tmp_path / "a.xlsx")))
    keys = [row[0].value for row in sheet.page.iter_rows(min_row=2)]
    at = keys.index(HOUSES) + 2
    sheet.at(Name.VALUE, at).value, sheet.at(Name.AS_OF, at).value = 1100, date(2026, 7, 31)
    at = keys.index(MONTHLY) + 2
    sheet.at(Name.STATE, at).value, sheet.at(Name.AS_OF, at).value = "Hoàn thành quá hạn", date(2026, 2, 20)
    assert said(imported(mine, sheet.saved())) == []
    assert rows(mine, "select value, unit from actuals where target_id = ?", HOUSES) == [(1100.0, "hộ")]
    sql = "select period_start, period_end from reported_states where state = 'done_late'"
    assert rows(mine, sql) == [("2026-01-15", "2026-02-14")]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice; scripts/install-system.sh office installs it"
)
@pytest.mark.parametrize("to", ["csv:Text - txt - csv (StarCalc):44,34,76,1", "xlsx"])
def test_libreoffice_opens_the_workbook_and_what_it_saves_comes_back(db: Path, workbook: Path, tmp_path: Path, to: str):
    mine = Path(shutil.copy(db, tmp_path / "plans.db"))
    sheet = Sheet(Path(shutil.copy(workbook, tmp_path / "in.xlsx")))
    keys = [row[0].value for row in sheet.page.iter_rows(min_row=2)]
    at = keys.index(FORMULA) + 2
    sheet.at(Name.VALUE, at).value, sheet.at(Name.AS_OF, at).value = 1.5, date(2026, 7, 31)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", tmp_path / "out", sheet.saved()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (saved,) = (tmp_path / "out").iterdir()
    assert said(imported(mine, saved)) == []
    assert rows(mine, "select value, as_of from actuals where target_id = ?", FORMULA) == [(1.5, "2026-07-31")]
    if saved.suffix == ".xlsx":
        page = load_workbook(saved).worksheets[0]
        assert page.protection.sheet
        assert "list" in {rule.type for rule in page.data_validations.dataValidation}
        assert page.cell(at, list(TITLES).index(Name.TEXT) + 1).value == "=1+1 mô hình mới."
        assert page.cell(at, list(TITLES).index(Name.TEXT) + 1).data_type == "s"
