"""The database: what is in it, that it is the same for the same input, and what a rebuild keeps, drops and refuses."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.database import BuildReport, NotOurDatabase, build
from publish.search import fts_query, iso_day
from publish.tables import TABLES
from schemas import Problem, Severity
from tests.records import COMMUNE_TEXT, DEPARTMENT_TEXT, WARD_TEXT, all_records, commune, ward


def write_records(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for record in all_records():
        (folder / f"{record.source.filename}.json").write_text(record.model_dump_json(), "utf-8")
    return folder


def write_plans(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (("an-dinh", WARD_TEXT), ("binh-thuan", COMMUNE_TEXT), ("pccc", DEPARTMENT_TEXT)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def dump(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return list(connection.iterdump())


def rows(db: Path, sql: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    report = build([write_records(folder / "records")], folder / "plans.db")
    assert report == BuildReport(plans=3, extracted=0, reused=3, written=True)
    return folder / "plans.db"


def test_all_tables_and_links_are_there(built: Path):
    tables = {name for (name,) in rows(built, "select name from sqlite_master where type = 'table'")}
    assert {table.name for table in TABLES} <= tables
    assert rows(built, "pragma foreign_key_check") == []
    assert rows(built, "pragma integrity_check") == [("ok",)]
    for table in TABLES:
        links = {row[3] for row in rows(built, f"pragma foreign_key_list({table.name})")}
        assert links == set(table.links)


def test_a_span_cuts_the_text_out_of_the_plan(built: Path):
    cut = "substr(plans.text, span_start + 1, span_end - span_start)"
    for table in ("targets", "tasks", "plan_spans"):
        found = rows(built, f"select {table}.text, {cut} from {table} join plans on plans.id = plan_id")
        assert found
        assert all(text == there for text, there in found)


SEARCHES = [
    ("tasks", "Kiểm tra đường truyền", 1),
    ("tasks", "kiem tra duong truyen", 1),
    ("tasks", "ĐƯỜNG TRUYỀN", 1),
    ("tasks", "đường thủy", 0),
    ("tasks", '"đường truyền"', 1),
    ("tasks", "“duong truyen”", 1),
    ("tasks", '"truyền đường"', 0),
    ("tasks", "duong truy*", 1),
    ("tasks", "duong truy", 0),
    ("tasks", '"kiểm tra đường truy"*', 1),
    ("targets", "to cong nghe so cong dong", 1),
    ("plans", "to cong nghe so cong dong", 1),
    ("plans", "suc khoe nhan dan", 1),
    ("plans", "12/KH-UBND", 1),
    ("plans", "KH-UBND 12", 1),
    ("plans", '"', 0),
    ("plans", "AND OR NOT NEAR(", 0),
    ("plans", "", 0),
]


@pytest.mark.parametrize(("table", "typed", "count"), SEARCHES)
def test_search_takes_words_with_and_without_accents(built: Path, table: str, typed: str, count: int):
    sql = f"select count(*) from {table}_fts where {table}_fts match ?"
    assert rows(built, sql, fts_query(typed)) == [(count,)]


def test_the_index_itself_finds_an_accent_free_word_with_a_plain_d(built: Path):
    assert rows(built, "select count(*) from tasks_fts where tasks_fts match 'duong'") == [(1,)]
    assert rows(built, "select count(*) from tasks_fts where tasks_fts match 'đường'") == [(1,)]


@given(st.text())
def test_any_text_gives_a_valid_search(text: str):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table words using fts5(word, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("select * from words where words match ?", [fts_query(text)]).fetchall()


DAYS = [
    ("30/6/2026", "2026-06-30"),
    ("01-02-2026", "2026-02-01"),
    (" 2026-06-30 ", "2026-06-30"),
    ("31/6/2026", None),
    ("tháng 6", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("typed", "day"), DAYS)
def test_a_day_is_understood_day_first_or_as_iso(typed: str | None, day: str | None):
    assert iso_day(typed) == day


def test_views_speak_vietnamese(built: Path):
    compared = rows(built, "select chi_so, dia_phuong, gia_tri, so_sanh from so_sanh_chi_tieu where ma_chi_so = ?",
                    "epayment_account")  # fmt: skip
    assert compared == [("Người dân có tài khoản thanh toán điện tử", "Phường An Định, Đồng Nai", 85.0, "từ … trở lên")]
    calendar = rows(
        built, "select quy, chu_tri, phoi_hop, ket_qua from lich_nhiem_vu where quy like '2026%' order by quy"
    )
    assert calendar == [
        ("2026-Q1", "Công an phường", "Các khu phố", "Báo cáo kiểm tra."),
        ("2026-Q2", "Công an phường", "Các khu phố", "Báo cáo kiểm tra."),
    ]
    by_unit = rows(built, "select vai_tro, count(*) from nhiem_vu_theo_don_vi where don_vi = 'Các khu phố' group by 1")
    assert by_unit == [("Phối hợp", 2)]
    problems = rows(built, "select muc_do, van_de, doan_van_ban from van_de_theo_ke_hoach where tep = 'an-dinh.pdf'")
    assert problems == [("Nhẹ", "Số văn bản để trống", "KẾ HOẠCH")]


def test_the_same_records_give_the_same_file_to_the_byte(tmp_path: Path):
    records = write_records(tmp_path / "records")
    for name in ("one.db", "two.db"):
        build([records], tmp_path / name)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_plans_are_extracted_once_and_a_rebuild_gives_the_same_rows(tmp_path: Path):
    plans, db = write_plans(tmp_path / "plans"), tmp_path / "plans.db"
    first = build([plans], db)
    before = dump(db)
    second = build([plans], db)
    assert (first.extracted, first.reused) == (3, 0)
    assert (second.extracted, second.reused) == (0, 3)
    assert dump(db) == before


def test_a_changed_plan_is_extracted_anew_and_a_removed_one_is_gone(tmp_path: Path):
    plans, db = write_plans(tmp_path / "plans"), tmp_path / "plans.db"
    build([plans], db)
    (plans / "pccc.txt").write_text(DEPARTMENT_TEXT.replace("2030", "2029"), "utf-8")
    (plans / "binh-thuan.txt").unlink()
    report = build([plans], db)
    assert (report.plans, report.extracted, report.reused) == (2, 1, 1)
    assert {name for (name,) in rows(db, "select filename from plans")} == {"an-dinh.txt", "pccc.txt"}
    assert rows(db, "select count(*) from targets where plan_id not in (select id from plans)") == [(0,)]


def test_a_renamed_plan_keeps_its_record_under_its_new_name(tmp_path: Path):
    plans, db = write_plans(tmp_path / "plans"), tmp_path / "plans.db"
    build([plans], db)
    (plans / "pccc.txt").rename(plans / "phong-chay.txt")
    report = build([plans], db)
    assert (report.extracted, report.reused) == (0, 3)
    assert "phong-chay.txt" in {name for (name,) in rows(db, "select filename from plans")}


def test_the_same_plan_twice_counts_once_and_is_named(tmp_path: Path):
    plans = write_plans(tmp_path / "plans")
    (plans / "z-copy.txt").write_bytes((plans / "pccc.txt").read_bytes())
    report = build([plans], tmp_path / "plans.db")
    assert report.plans == 3
    assert report.duplicates == (plans / "z-copy.txt",)


def test_a_bad_input_is_named_and_the_others_are_there(tmp_path: Path):
    plans = write_plans(tmp_path / "plans")
    (plans / "hỏng.json").write_text(json.dumps({"schema_version": "1.0", "source": {}, "document": {}}), "utf-8")
    (plans / "khác.json").write_text("[]", "utf-8")
    report = build([plans, tmp_path / "không-có"], tmp_path / "plans.db")
    assert report.plans == 3
    assert [failure.path.name for failure in report.failures] == ["không-có", "hỏng.json"]
    assert "không phải bản ghi" in report.failures[1].reason
    assert report.skipped == (plans / "khác.json",)


def test_a_record_with_one_id_for_two_tasks_is_refused_and_breaks_nothing(tmp_path: Path):
    records = write_records(tmp_path / "records")
    twice = ward().model_copy(update={"id": "other", "tasks": (ward().tasks[0], ward().tasks[0])})
    (records / "twice.json").write_text(twice.model_dump_json(), "utf-8")
    report = build([records], tmp_path / "plans.db")
    assert report.plans == 3
    assert [failure.path.name for failure in report.failures] == ["twice.json"]


def test_where_nothing_can_be_read_the_old_database_stands(tmp_path: Path):
    db = tmp_path / "plans.db"
    build([write_plans(tmp_path / "plans")], db)
    before = db.read_bytes()
    report = build([tmp_path / "nowhere"], db)
    assert not report.written
    assert report.failures
    assert db.read_bytes() == before


def test_what_people_entered_outlives_a_rebuild_even_without_its_target(tmp_path: Path):
    records, db = write_records(tmp_path / "records"), tmp_path / "plans.db"
    build([records], db)
    with closing(sqlite3.connect(db)) as connection:
        entries = [("a1", f"{ward().id}-t1", 80, "2026-03-31"), ("a2", f"{ward().id}-t1", 90, "2026-06-30")]
        connection.executemany("insert into actuals (id, target_id, value, as_of) values (?, ?, ?, ?)", entries)
        connection.commit()
    assert rows(db, "select da_dat from tien_do where ma_chi_tieu = ?", f"{ward().id}-t1") == [(90.0,)]

    (records / "an-dinh.pdf.json").rename(tmp_path / "away.json")
    assert build([records], db).unmatched == 2
    assert rows(db, "select count(*) from actuals") == [(0,)]

    build([records, tmp_path / "away.json"], db)
    assert rows(db, "select id, value from actuals order by id") == [("a1", 80.0), ("a2", 90.0)]
    assert rows(db, "select count(*) from actuals_unmatched") == [(0,)]


def test_the_latest_actual_is_the_one_that_nothing_replaces(tmp_path: Path):
    db = tmp_path / "plans.db"
    build([write_records(tmp_path / "records")], db)
    with closing(sqlite3.connect(db)) as connection:
        entries = [("a1", 99, "2026-06-30", None), ("a2", 70, "2026-06-30", "a1"), ("a3", 60, "2026-03-31", None)]
        connection.executemany(
            f"insert into actuals (id, target_id, value, as_of, supersedes) values (?, '{ward().id}-t1', ?, ?, ?)",
            entries,
        )
        connection.commit()
    assert rows(db, "select da_dat from tien_do where ma_chi_tieu = ?", f"{ward().id}-t1") == [(70.0,)]


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00"])
def test_a_file_that_is_not_our_database_is_not_overwritten(tmp_path: Path, content: bytes):
    db = tmp_path / "notes.db"
    db.write_bytes(content)
    with pytest.raises(NotOurDatabase, match=r"notes\.db"):
        build([write_records(tmp_path / "records")], db)
    assert db.read_bytes() == content


def test_someone_elses_sqlite_database_is_not_overwritten(tmp_path: Path):
    db = tmp_path / "theirs.db"
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("create table mine (id)")
        connection.commit()
    with pytest.raises(NotOurDatabase):
        build([write_records(tmp_path / "records")], db)


def test_every_link_leads_to_a_row_and_a_code_that_no_list_knows_gets_one_of_its_own_name(tmp_path: Path):
    records, db = write_records(tmp_path / "records"), tmp_path / "plans.db"
    problem = Problem(code="never_heard_of", message="Lạ.", severity=Severity.LOW)
    odd = commune().model_copy(update={"id": "odd", "problems": (problem,)})
    (records / "odd.json").write_text(odd.model_dump_json(), "utf-8")
    build([records], db)
    assert rows(db, "pragma foreign_key_check") == []
    assert rows(db, "select label_vi from problem_codes where code = 'never_heard_of'") == [("never_heard_of",)]
    (records / "odd.json").unlink()
    build([records], db)
    assert rows(db, "select label_vi from problem_codes where code = 'never_heard_of'") == []


def test_the_order_of_files_changes_nothing(tmp_path: Path):
    files = sorted(write_records(tmp_path / "records").iterdir())
    build(files, tmp_path / "one.db")
    build(reversed(files), tmp_path / "two.db")
    for table in TABLES:
        if table.name not in {"target_courses", "target_spells", "occurrence_spells"}:
            sql = f"select * from {table.name} order by {table.key}"
            assert rows(tmp_path / "one.db", sql) == rows(tmp_path / "two.db", sql), table.name


def test_a_build_that_breaks_off_leaves_the_old_database_and_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    plans, db = write_plans(tmp_path / "plans"), tmp_path / "plans.db"
    build([plans], db)
    before = db.read_bytes()
    for path in plans.iterdir():
        path.write_text(path.read_text("utf-8").replace("năm 20", "trong năm 20"), "utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("sqlite_utils.Database.analyze", stop)
        with pytest.raises(KeyboardInterrupt):
            build([plans], db)
    assert db.read_bytes() == before

    def read(*_: object) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as unread:
        unread.setattr("publish.reading.extract_plan", read)
        assert build([plans], db).extracted == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_progress_is_told_file_by_file(tmp_path: Path):
    told: list[tuple[int, int, str]] = []
    build(
        [write_records(tmp_path / "records")],
        tmp_path / "plans.db",
        on_progress=lambda done, total, path: told.append((done, total, path.name)),
    )
    assert told == [(1, 3, "an-dinh.pdf.json"), (2, 3, "binh-thuan.txt.json"), (3, 3, "pccc.txt.json")]
