"""Facts in the database: many writers at once, a build between, readers meanwhile; facts follow what they are about."""

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish import locking
from publish.database import build
from publish.kept import kept_rows
from publish.locking import Busy, Replaced, held_still, reading, writing
from publish.progress.facts import ActualValue, Baseline, TaskState
from publish.progress.importing import import_sheet
from publish.progress.indexed import indexed_afterwards
from publish.progress.store import Recorded, store
from publish.tables import TABLES
from tests.progress import (
    HOUSES,
    MONTHLY,
    ONCE,
    PLAN,
    RECORDED,
    SHARE,
    built,
    csv_file,
    imported,
    plan,
    rows,
    said,
    state,
    value,
    xlsx_file,
)

KEHOACH = Path(sys.executable).with_name("kehoach")


@pytest.fixture
def db(clean: Path, tmp_path: Path) -> Path:
    shutil.copytree(clean.parent / "records", tmp_path / "records")
    return Path(shutil.copy(clean, tmp_path / "plans.db"))


def running(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([KEHOACH, *map(str, arguments)], stdout=-1, stderr=-1, text=True)


def finished(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


# Facts ---------------------------------------------------------------------------------------------------------------


def actual(reached: float, **more: object) -> ActualValue:
    told = {"percent": None, "as_of": "2026-06-30", "start": None, "end": None, "source": None, "note": None}
    return ActualValue(SHARE, reached, "%", reached, **(told | more))  # type: ignore[arg-type]


def test_a_fact_has_the_same_id_whoever_enters_it_and_another_where_anything_in_it_differs():
    one = actual(85)
    assert actual(85).id == one.id
    others = [
        actual(86), actual(85, percent=5.0), actual(85, as_of="2026-07-01"), actual(85, start="2026-01-01"),
        actual(85, end="2026-06-30"), actual(85, source="x"), actual(85, note="x"),
    ]  # fmt: skip
    assert len({one.id, *(other.id for other in others)}) == 8
    assert Baseline(SHARE, 85, "%", 85, "2026-06-30", None, None).id != one.id


def test_facts_of_each_kind_are_stored_with_who_and_when(db: Path):
    facts = [
        actual(85),
        Baseline(SHARE, 80, "%", 80, "2025-12-31", None, None),
        TaskState(ONCE, "done_late", "2026-07-05", None, None, None, None),
    ]
    assert store(db, facts, RECORDED).added == 3
    for table in ("actuals", "baselines", "reported_states"):
        assert rows(db, f"select recorded_at, recorded_by from {table}") == [(RECORDED.at, RECORDED.by)]


def test_corrections_make_a_chain_of_which_only_the_last_stands(db: Path):
    for reached in (80, 81, 82):
        store(db, [actual(reached)], RECORDED)
    found = rows(
        db,
        "select value from actuals where not exists (select 1 from actuals as later where later.supersedes = actuals.id)",
    )
    assert found == [(82.0,)]
    assert rows(db, "select count(*) from actuals") == [(3,)]


def test_facts_of_other_days_or_periods_stand_beside_one_another(db: Path):
    stored = store(db, [actual(80), actual(81, as_of="2026-07-31"), actual(82, start="2026-06-01")], RECORDED)
    assert (stored.added, stored.corrected) == (3, 0)


def test_what_fails_midway_leaves_nothing(db: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*arguments: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("publish.progress.store.refresh", fail)
    with pytest.raises(RuntimeError):
        store(db, [actual(85)], RECORDED)
    assert rows(db, "select count(*) from actuals") == [(0,)]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-29T16:59:00+00:00", "2026-06-29"),
        ("2026-06-29T17:00:00+00:00", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
    ],
)
def test_the_day_of_an_entry_is_vietnams(at: str, day: str):
    assert Recorded(at, None).day == day


# Writers and readers at once -------------------------------------------------------------------------------------------


def test_readers_go_on_while_an_import_is_at_work(db: Path):
    with writing(db) as connection:
        connection.executemany(
            "insert into actuals (id, target_id, value) values (?, ?, 1)", ((f"x{at}", SHARE) for at in range(50_000))
        )
        with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True, timeout=0)) as reader:
            assert reader.execute("select count(*) from actuals").fetchone() == (0,)
    assert rows(db, "select count(*) from actuals") == [(50_000,)]


def test_imports_at_the_same_time_all_go_in_and_each_correction_knows_what_it_replaces(db: Path, tmp_path: Path):
    files = [csv_file(tmp_path / f"{at}.csv", [value(SHARE, at), value(HOUSES, 5)]) for at in range(1, 7)]
    for process in [running("progress", "import", db, file, "--recorded-at", "2026-08-01") for file in files]:
        finished(process)
    assert rows(db, "select count(*) from actuals where target_id = ?", HOUSES) == [(1,)]
    chain = rows(db, "select id, supersedes from actuals where target_id = ?", SHARE)
    assert len(chain) == 6
    assert {earlier for _, earlier in chain if earlier} < {key for key, _ in chain}
    assert len({earlier for _, earlier in chain}) == 6  # one after the other, no two replace the same one


def test_who_waits_too_long_is_told_so(db: Path):
    with writing(db), pytest.raises(Busy, match="hãy thử lại"), writing(db, wait=0.2):
        pass


def test_another_program_that_writes_is_waited_for_and_then_named(db: Path):
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Busy), writing(db, wait=0.2):
            pass
        other.execute("rollback")
        with writing(db, wait=0.2):
            pass


def test_an_import_into_a_file_that_is_gone_says_so(tmp_path: Path):
    with pytest.raises(Replaced, match="không còn tệp này"), writing(tmp_path / "plans.db"):
        pass


# A build between -------------------------------------------------------------------------------------------------------


def test_an_import_that_comes_while_a_build_ends_goes_into_the_new_file(db: Path, tmp_path: Path):
    with held_still(db):  # as the build does from the reading of what it keeps until its file has taken the place
        process = running("progress", "import", db, csv_file(tmp_path / "a.csv", [value(SHARE, 85, "1/2/2026")]))
        time.sleep(1.5)
        assert process.poll() is None
        shutil.copy(db, tmp_path / "new.db")
        (tmp_path / "new.db").replace(db)
    finished(process)
    assert rows(db, "select value from actuals") == [(85.0,)]


def test_a_file_that_is_replaced_between_opening_and_locking_is_opened_anew(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copy(db, tmp_path / "new.db")
    connect, opened = sqlite3.connect, []

    def connecting(*arguments: object, **more: object) -> sqlite3.Connection:
        opened.append(connect(*arguments, **more))  # type: ignore[call-overload]
        if len(opened) == 1:
            (tmp_path / "new.db").replace(db)
        return opened[-1]

    monkeypatch.setattr(locking.sqlite3, "connect", connecting)
    store(db, [actual(85)], RECORDED)
    monkeypatch.undo()
    assert len(opened) == 2
    assert rows(db, "select value from actuals") == [(85.0,)]


def test_builds_and_imports_at_the_same_time_lose_nothing(db: Path, tmp_path: Path):
    count = 12
    files = [csv_file(tmp_path / f"{at}.csv", [value(SHARE, at, f"{at}/6/2026")]) for at in range(1, count + 1)]

    def builds() -> None:
        for _ in range(4):
            finished(running("build", tmp_path / "records", "--db", db, "--jobs", 1))

    def imports(some: list[Path]) -> None:
        for file in some:
            finished(running("progress", "import", db, file))

    threads = [
        threading.Thread(target=builds),
        *(threading.Thread(target=imports, args=(files[at::2],)) for at in (0, 1)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(db, "select count(*) from actuals") == [(count,)]
    assert rows(db, "pragma integrity_check") == [("ok",)]
    assert not list(tmp_path.glob("*-journal"))


def test_what_a_killed_write_left_is_taken_back_before_a_build_replaces_the_file(db: Path, tmp_path: Path):
    _half_written(db)
    assert Path(f"{db}-journal").exists()
    build([tmp_path / "records"], db)
    assert not Path(f"{db}-journal").exists()
    assert rows(db, "select count(*) from actuals") == [(0,)]
    assert rows(db, "pragma integrity_check") == [("ok",)]


def test_a_reader_takes_back_what_a_killed_write_left(db: Path):
    _half_written(db)
    with closing(reading(db)) as connection:
        assert connection.execute("select count(*) from actuals").fetchone() == (0,)


def _half_written(db: Path) -> None:
    """As a process leaves the file that is killed while it writes its pages: some of them, and the journal."""
    code = f"""
import os, signal, sqlite3
connection = sqlite3.connect({str(db)!r}, isolation_level=None)
connection.execute("pragma cache_size = 10")
connection.execute("begin immediate")
connection.executemany("insert into actuals (id, target_id) values (?, '{SHARE}')", ((f"x{{i}}",) for i in range(20000)))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)


# Facts follow what they are about ------------------------------------------------------------------------------------


def reported(folder: Path, texts: list[str]) -> Path:
    """A database of targets of these texts, a value entered of each: the one of number 3 is 3."""
    made = built(folder, plan(texts, ["Tuyên truyền."]))
    store(
        made,
        [
            ActualValue(_key(at), at, "hộ", None, None, "2026-06-30", None, None, None, None)
            for at in range(1, 1 + len(texts))
        ],
        RECORDED,
    )
    return made


def _key(at: int) -> str:
    return f"{PLAN}-C{at:03}"


def standing(db: Path) -> dict[int, str]:
    """The words that each value is of now."""
    return dict(rows(db, "select cast(value as int), text from actuals join targets on targets.id = target_id"))


def waiting(db: Path) -> dict[int, str]:
    return dict(rows(db, "select cast(value as int), text from actuals_unmatched"))


def test_facts_follow_their_target_when_its_number_shifts(tmp_path: Path):
    db = reported(tmp_path, ["a", "b", "c"])
    built(tmp_path, plan(["new", "a", "c", "b"], ["Tuyên truyền."]))
    assert standing(db) == {1: "a", 2: "b", 3: "c"}
    assert waiting(db) == {}


def test_facts_of_a_target_that_is_gone_wait_with_its_words_and_come_back(tmp_path: Path):
    db = reported(tmp_path, ["a", "b"])
    assert built(tmp_path, plan(["b"], ["Tuyên truyền."])) == db
    assert (standing(db), waiting(db)) == ({2: "b"}, {1: "a"})
    built(tmp_path, plan(["c", "b", "a"], ["Tuyên truyền."]))
    assert (standing(db), waiting(db)) == ({1: "a", 2: "b"}, {})


def test_facts_never_go_over_to_another_target_that_took_the_number(tmp_path: Path):
    db = reported(tmp_path, ["a"])
    built(tmp_path, plan(["b"], ["Tuyên truyền."]))
    assert (standing(db), waiting(db)) == ({}, {1: "a"})


def test_of_targets_of_the_same_words_each_keeps_its_place_among_them(tmp_path: Path):
    db = reported(tmp_path, ["a", "same", "same"])
    built(tmp_path, plan(["same", "a", "b", "same"], ["Tuyên truyền."]))
    assert dict(rows(db, "select cast(value as int), target_id from actuals")) == {1: _key(2), 2: _key(1), 3: _key(4)}


def test_where_it_can_not_be_told_which_of_the_same_words_is_meant_a_fact_waits(tmp_path: Path):
    db = reported(tmp_path, ["same", "same"])
    built(tmp_path, plan(["new", "new 2", "same"], ["Tuyên truyền."]))
    assert (standing(db), waiting(db)) == ({}, {1: "same", 2: "same"})
    built(tmp_path, plan(["same", "x", "same"], ["Tuyên truyền."]))
    assert dict(rows(db, "select cast(value as int), target_id from actuals")) == {1: _key(1), 2: _key(3)}


def test_states_and_bases_follow_too(tmp_path: Path):
    db = built(tmp_path)
    lines = [
        value(SHARE, 85),
        state(MONTHLY, "Hoàn thành đúng hạn", "14/3/2026", start="15/2/2026", end="14/3/2026"),
        value(HOUSES, 5, base=1, base_day="31/12/2025"),
    ]
    assert said(imported(db, xlsx_file(tmp_path / "a.xlsx", lines))) == []
    texts = [one.text for one in plan().targets]
    tasks = [one.text for one in plan().tasks]
    built(tmp_path, plan(texts[::-1], tasks[::-1]))
    told = "select text from {} join {} as t on t.id = {}_id"
    assert rows(db, told.format("baselines", "targets", "target")) == [("Hỗ trợ 1.250 hộ.",)]
    assert rows(db, told.format("reported_states", "tasks", "task")) == [("Báo cáo trước ngày 14 hằng tháng.",)]
    # and how the targets stand is worked out anew
    assert rows(db, "select 1 from target_spells join actuals on actuals.id = actual_id where status = 'met'")


def test_a_value_is_counted_in_the_unit_that_the_newer_reading_gives_the_target(tmp_path: Path):
    db = built(tmp_path)
    imported(db, csv_file(tmp_path / "a.csv", [value(f"{PLAN}-C003", 2)]))
    assert rows(db, "select converted from actuals") == [(2.0,)]
    record = plan()
    measure = record.targets[2].measures[0].model_copy(update={"unit": "triệu đồng", "value": 3500})
    target = record.targets[2].model_copy(update={"measures": (measure,)})
    targets = (*record.targets[:2], target, *record.targets[3:])
    built(tmp_path, record.model_copy(update={"targets": targets}))
    assert rows(db, "select value, unit, converted from actuals") == [(2.0, "tỷ đồng", 2000.0)]


def test_a_chain_of_corrections_stays_together(tmp_path: Path):
    db = reported(tmp_path, ["a", "b"])
    imported(db, csv_file(tmp_path / "a.csv", [value(_key(2), 9, unit="hộ")]))
    built(tmp_path, plan(["b", "a"], ["Tuyên truyền."]))
    found = rows(
        db, "select value, target_id, supersedes is null from actuals where target_id = ? order by value", _key(1)
    )
    assert found == [(2.0, _key(1), 1), (9.0, _key(1), 0)]


def _database(texts: list[str]) -> sqlite3.Connection:
    """The tables that facts are carried over between, in memory."""
    connection = sqlite3.connect(":memory:")
    for table in TABLES:
        if table.kept or table.name in {"targets", "tasks", "measures"}:
            connection.execute(f"create table {table.name} ({', '.join(table.columns)})")
    connection.executemany(
        "insert into targets (id, plan_id, position, text) values (?, 'p', ?, ?)",
        [(f"p-C{at}", at, text) for at, text in enumerate(texts, 1)],
    )
    return connection


def _carried(connection: sqlite3.Connection, texts: list[str]) -> sqlite3.Connection:
    fresh = _database(texts)
    for name, some in kept_rows(connection, fresh).items():
        for row in some:
            marks = ", ".join("?" * len(row))
            fresh.execute(f"insert into {name} ({', '.join(row)}) values ({marks})", list(row.values()))
    return fresh


texts = st.lists(st.sampled_from("abc"), max_size=6)


@given(texts, st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=300)
def test_over_any_readings_facts_are_of_their_words_or_wait_and_the_first_reading_brings_all_back(
    first: list[str], later: list[list[str]]
):
    connection = _database(first)
    connection.executemany(
        "insert into actuals (id, target_id, value, unit, note) values (?, ?, 1, '', ?)",
        [(f"f{at}", f"p-C{at}", text) for at, text in enumerate(first, 1)],
    )
    for reading_ in later:
        connection = _carried(connection, reading_)
        of = "select actuals.id, target_id, note, text from actuals left join targets on targets.id = target_id"
        stand = connection.execute(of).fetchall()
        wait = connection.execute("select id, note, text from actuals_unmatched").fetchall()
        assert sorted(one[0] for one in [*stand, *wait]) == sorted(f"f{at}" for at in range(1, len(first) + 1))
        assert all(note == text for _, _, note, text in stand)
        assert all(note == text for _, note, text in wait)
        assert len({target for _, target, _, _ in stand}) == len(stand)  # no two become one
    connection = _carried(connection, first)
    assert connection.execute("select count(*) from actuals").fetchone() == (len(first),)


def test_an_import_sees_the_numbers_of_the_file_that_it_writes_to(db: Path, tmp_path: Path):
    """A build between the making of a sheet and its import: keys that are gone are refused, not guessed at."""
    path = csv_file(tmp_path / "a.csv", [value(f"{PLAN}-C008", 1)])
    built(tmp_path, plan(["Nâng cao nhận thức."]))
    (fault,) = import_sheet(db, path, RECORDED).faults
    assert "không có chỉ tiêu hay nhiệm vụ nào mang mã" in fault.message


def test_indexes_and_what_is_known_of_them_are_as_before_when_many_rows_came_at_once(tmp_path: Path):
    db = built(tmp_path)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("analyze")
        before = indexes_of(connection)
        with indexed_afterwards(connection, "actuals", 1000):
            assert indexes_of(connection) != before
        assert indexes_of(connection) == before
        with indexed_afterwards(connection, "actuals", 0):
            assert indexes_of(connection) == before


def indexes_of(connection: sqlite3.Connection) -> list[tuple]:
    made = connection.execute("select name, sql from sqlite_master where type = 'index' order by name").fetchall()
    return made + connection.execute("select tbl, idx, stat from sqlite_stat1 order by 1, 2").fetchall()
