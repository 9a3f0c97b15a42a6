"""`kehoach progress status`: what is printed of how targets and tasks stand, and the views for people."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.cli import program
from publish.progress.saying import COLUMNS, NothingMeant
from publish.progress.standing_statuses import refresh

PLAN = "2063c9aba96fa48d"
ONLINE, SIGNED = f"{PLAN}-C003", f"{PLAN}-C004"


@pytest.fixture
def reported(sample_db: Path, tmp_path: Path) -> Path:
    """The sample with a few facts of one plan."""
    db = tmp_path / "plans.db"
    shutil.copy(sample_db, db)
    with closing(sqlite3.connect(db)) as connection, connection:
        forget(connection)
        once, duty = tasks(connection)
        facts = [("a1", ONLINE, 70.0, "%", "2026-06-30"), ("a2", SIGNED, 10.0, "công chức", "2026-03-31")]
        sql = "insert into actuals (id, target_id, value, unit, as_of) values (?, ?, ?, ?, ?)"
        connection.executemany(sql, facts)
        sql = "insert into reported_states (id, task_id, state, as_of) values (?, ?, ?, ?)"
        connection.executemany(
            sql, [("s1", once, "doing_in_time", "2026-03-31"), ("s2", duty, "done_in_time", "2026-03-31")]
        )
        refresh(connection, [ONLINE, SIGNED, once, duty])
    return db


def forget(connection: sqlite3.Connection) -> None:
    """Leave nothing of what the sample has been told."""
    told = (
        "select target_id from actuals union select target_id from baselines union select task_id from reported_states"
    )
    owners = [key for (key,) in connection.execute(told)]
    for table in ("actuals", "baselines", "reported_states"):
        connection.execute(f"delete from {table}")
    refresh(connection, owners)


def tasks(connection: sqlite3.Connection) -> tuple[str, str]:
    """A task of the plan with a deadline, and one that comes again."""
    sql = "select min(task_id) from task_days where plan_id = ? and recurring = ? and day between '2026-04-01' and '2026-05-31'"
    once, duty = (connection.execute(sql, (PLAN, recurring)).fetchone()[0] for recurring in (0, 1))
    return once, duty


def printed(db: Path, *options: str) -> str:
    result = CliRunner().invoke(
        program, ["progress", "status", str(db), "--as-of", "30/6/2026", *options], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def asked(db: Path, sql: str) -> Iterator[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        yield from connection.execute(sql).fetchall()


def test_text_says_what_is_behind_late_and_missing_and_how_much_there_is(reported: Path):
    text = printed(reported, "--plan", PLAN)
    assert text.startswith("Tiến độ tính đến 30/06/2026\n")
    assert "CHỈ TIÊU: ĐÚNG TIẾN ĐỘ (2)" in text
    assert f"  {ONLINE}  Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến" in text
    assert "mức đặt ra ≥ 85 %; số liệu 70 %, tiến đều phải có 42,15" in text
    assert "NHIỆM VỤ: ĐANG THỰC HIỆN QUÁ HẠN (1)" in text
    assert "NHIỆM VỤ: QUÁ HẠN CHƯA BÁO CÁO" in text
    assert "VIỆC ĐỊNH KỲ: TỪNG LẦN ĐẾN HẠN" in text
    [(day,)] = asked(reported, "select strftime('%d/%m/%Y', due) from occurrence_spells where state_id = 's2'")
    assert f"{day} hoàn thành đúng hạn" in text
    assert "16 chỉ tiêu: đúng tiến độ 2, chưa có số liệu 14." in text


def test_csv_has_a_row_a_target_and_a_row_an_occurrence(reported: Path):
    rows = list(csv.DictReader(io.StringIO(printed(reported, "--plan", PLAN, "--format", "csv"))))
    assert tuple(rows[0]) == COLUMNS
    online = next(row for row in rows if row["id"] == ONLINE)
    assert (online["kind"], online["status"], online["reason"], online["value"]) == (
        "target",
        "on_course",
        "pace",
        "70",
    )
    assert (online["comparator"], online["level"], online["unit"], online["fact_id"]) == (">=", "85", "%", "a1")
    [(occurrences,)] = asked(
        reported, f"select count(*) from task_spells where plan_id = '{PLAN}' and from_day = '0001-01-01'"
    )
    assert sum(row["kind"] == "task" for row in rows) == occurrences
    assert {row["status"] for row in rows if row["fact_id"] == "s2"} == {"done_in_time"}


def test_json_has_the_counts_too(reported: Path):
    told = json.loads(printed(reported, "--plan", PLAN, "--format", "json"))
    assert told["as_of"] == "2026-06-30"
    assert told["counts"]["targets"] == {"no_data": 14, "on_course": 2}
    assert sum(told["counts"]["tasks"].values()) == sum(row["kind"] == "task" for row in told["rows"])


def test_a_locality_is_meant_by_words_of_its_name(reported: Path):
    rows = json.loads(printed(reported, "--locality", "khe vang", "--format", "json"))["rows"]
    assert PLAN in {row["plan_id"] for row in rows}
    assert len({row["locality_id"] for row in rows}) == 1


@pytest.mark.parametrize(
    ("option", "said"), [("--plan", "không có kế hoạch nào"), ("--locality", "không có địa phương nào")]
)
def test_what_nothing_is_meant_by_is_an_error(reported: Path, option: str, said: str):
    with pytest.raises(NothingMeant, match=said):
        printed(reported, option, "Xã Không Có")


def test_views_for_people_answer_for_a_day(reported: Path):
    day = "'2026-06-30' between tu_ngay and den_ngay"
    sql = f"select tinh_trang, ly_do, dat_duoc from tinh_trang_chi_tieu where ma_chi_tieu = '{ONLINE}' and {day}"
    assert list(asked(reported, sql)) == [("Đúng tiến độ", "So với tiến độ đều", 70.0)]
    sql = f"select tinh_trang, loai from nhiem_vu_cham where ma_bao_cao = 's1' and {day}"
    assert list(asked(reported, sql)) == [("Đang thực hiện quá hạn", "Một lần")]
    sql = f"select count(*) from nhiem_vu_cham where {day} and ma_tinh_trang = 'not_reported'"
    late = "select sum(number) from task_status_counts where facet = 'all' and day <= '2026-06-30' and status = 'not_reported'"
    assert list(asked(reported, sql)) == list(asked(reported, late))
