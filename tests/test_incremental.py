"""A database that is changed plan by plan holds what one made in one piece holds, and unchanged files are not read."""

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from publish.building.standing import Way
from publish.database import build
from publish.progress.facts import ActualValue, TaskState
from publish.progress.store import Recorded, store
from schemas import Locality, Record
from tests.growing import contents, differing, going
from tests.records import COMMUNE_TEXT, DEPARTMENT_TEXT, WARD_TEXT, all_records, commune, department, ward

RECORDED = Recorded("2026-07-01T08:00:00", "Lan")


def of_another(record: Record, key: str, name: str) -> Record:
    """A plan of the same words from another place."""
    place = Locality(type="phường", name=name, province="Đồng Nai")
    head = record.document.model_copy(update={"locality": place, "number": "12/KH-UBND"})
    renumber = {"id": key}
    items = {
        kind: tuple(one.model_copy(update={"id": one.id.replace(record.id, key)}) for one in getattr(record, kind))
        for kind in ("targets", "tasks")
    }
    return record.model_copy(update=renumber | {"document": head} | items)


def shorter(record: Record) -> Record:
    """Another reading of the same plan, which lacks its first target and task: all others have other numbers."""
    return record.model_copy(update={"targets": record.targets[1:], "tasks": record.tasks[1:]})


def files() -> dict[str, str]:
    """What files may hold, by what it is called here."""
    named: dict[str, Record] = {
        "ward": ward(),
        "ward again": shorter(ward()),
        "commune": commune(),
        "department": department(),
        "here": of_another(ward(), "here", "Hòa Bình"),
        "HERE": of_another(ward(), "loud", "HÒA BÌNH"),  # one place, spelt otherwise
        "there": of_another(commune(), "there", "An Khê"),
    }
    texts = {"ward text": WARD_TEXT, "commune text": COMMUNE_TEXT, "department text": DEPARTMENT_TEXT}
    return {name: record.model_dump_json() for name, record in named.items()} | texts


FILES = files()
NAMES = [f"{at}" for at in range(6)]
steps = st.lists(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, *FILES])), min_size=1, max_size=3),
    min_size=2,
    max_size=4,
)


def put(folder: Path, name: str, what: str | None) -> None:
    """Let the file of a name hold something, or be gone."""
    for old in folder.glob(f"{name}.*"):
        old.unlink()
    if what is not None:
        suffix = ".txt" if what.endswith("text") else ".json"
        (folder / f"{name}{suffix}").write_text(FILES[what], "utf-8")


def enter(db: Path) -> None:
    """Some facts of the first target and task of each plan."""
    with closing(sqlite3.connect(db)) as connection:
        targets = [key for (key,) in connection.execute("select min(id) from targets group by plan_id")]
        tasks = [key for (key,) in connection.execute("select min(id) from tasks group by plan_id")]
    values = [ActualValue(key, 88.0, "%", 88.0, None, "2026-06-30", None, None, "Báo cáo", None) for key in targets]
    states = [TaskState(key, "done_in_time", "2026-06-30", None, None, "Báo cáo", None) for key in tasks]
    store(db, [*values, *states], RECORDED)


@pytest.mark.parametrize("way", [Way.IN_PLACE, Way.IN_A_COPY], ids=lambda way: way.value)
@given(steps)
@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # shrinking takes long
def test_a_database_that_grew_is_as_one_made_in_one_piece(way: Way, work: list[list[tuple[str, str | None]]]):
    with TemporaryDirectory() as name:
        root = Path(name)
        folder, grown, anew = root / "plans", root / "grown.db", root / "anew.db"
        folder.mkdir()
        put(folder, "0", "ward")
        for db in (grown, anew):
            build([folder], db)
            enter(db)
        for changes in work:
            for one, what in changes:
                put(folder, one, what)
            with going(way):
                report = build([folder], grown)
            with going(Way.ANEW):
                assert build([folder], anew) == report
            if report.written:
                assert differing(grown, anew) == {}


def test_a_place_that_most_plans_call_otherwise_is_found_by_its_new_name(tmp_path: Path):
    folder, db = tmp_path / "plans", tmp_path / "plans.db"
    folder.mkdir()
    put(folder, "0", "HERE")
    put(folder, "1", "ward")
    build([folder], db)
    for at in range(2):
        record = of_another(ward(), f"more{at}", "Hòa Bình")
        (folder / f"more{at}.json").write_text(record.model_dump_json(), "utf-8")
    with going(Way.IN_PLACE):
        build([folder], db)
    with closing(sqlite3.connect(db)) as connection:
        names = connection.execute("select full_name, plans_count from localities where name = 'Hòa Bình'").fetchall()
    assert names == [("Phường Hòa Bình, Đồng Nai", 3)]
    build([folder], tmp_path / "anew.db")
    assert differing(db, tmp_path / "anew.db") == {}


def written(folder: Path) -> Path:
    folder.mkdir()
    for name, text in (("ward", WARD_TEXT), ("commune", COMMUNE_TEXT), ("department", DEPARTMENT_TEXT)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def test_where_nothing_has_changed_the_file_stays_as_it_is(tmp_path: Path):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    build([folder], db)
    before = db.stat()
    report = build([folder], db)
    assert (report.plans, report.extracted, report.reused, report.written) == (3, 0, 3, True)
    assert db.stat() == before


def test_a_file_that_was_only_touched_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    build([folder], db)
    before = contents(db)
    monkeypatch.setattr("publish.reading.extract_plan", None)
    (folder / "ward.txt").touch()
    assert build([folder], db).extracted == 0
    now = contents(db)
    assert [name for name in now if now[name] != before[name]] == ["inputs"]


def test_a_file_written_to_in_the_tick_of_the_clock_in_which_it_was_read_is_read_again(tmp_path: Path):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    for year in range(2027, 2032):
        text = WARD_TEXT.replace("năm 2026", f"năm {year}")
        (folder / "ward.txt").write_text(text, "utf-8")
        assert build([folder], db).extracted == (3 if year == 2027 else 1)


def test_another_extractor_reads_all_again_and_another_program_only_writes_all_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    build([folder], db)
    before = contents(db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("update about set value = 'another' where name = 'writer'")
        connection.execute("update tasks set text = 'of the other program'")
    inode = db.stat().st_ino
    assert build([folder], db).extracted == 0
    assert db.stat().st_ino != inode
    assert contents(db) == before
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("update inputs set read_by = 'an older extractor'")
        connection.execute("update records set extractor = 'an older extractor'")
    assert build([folder], db).extracted == 3


def test_a_file_that_failed_is_tried_again_when_it_changes_or_that_is_asked_for(tmp_path: Path):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing of a PDF")
    first = build([folder], db)
    assert [one.path.name for one in first.failures] == ["broken.pdf"]
    told: list[str] = []
    again = build([folder], db, on_progress=lambda _done, _total, path: told.append(path.name))
    assert (again.failures, told) == (first.failures, [])
    build([folder], db, again=True, on_progress=lambda _done, _total, path: told.append(path.name))
    assert told == ["broken.pdf"]
    (folder / "broken.pdf").unlink()
    assert build([folder], db).failures == ()


def test_of_two_files_of_one_plan_the_other_takes_over_when_the_first_goes(tmp_path: Path):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    shutil.copy(folder / "ward.txt", folder / "z.txt")
    assert build([folder], db).duplicates == (folder / "z.txt",)
    (folder / "ward.txt").unlink()
    with going(Way.IN_PLACE):
        report = build([folder], db)
    assert (report.plans, report.extracted, report.duplicates) == (3, 0, ())
    with closing(sqlite3.connect(db)) as connection:
        found = connection.execute(
            "select filename, path from plans join sources on plan_id = id where path like '%z%'"
        )
        assert found.fetchall() == [("z.txt", "plans/z.txt")]
        (record,) = connection.execute("select json from records where json like '%\"z.txt\"%'").fetchone()
    assert json.loads(record)["source"]["filename"] == "z.txt"


def test_a_pile_moved_to_another_folder_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    build([folder], db)
    monkeypatch.setattr("publish.reading.extract_plan", None)
    folder.rename(tmp_path / "moved")
    assert build([tmp_path / "moved"], db).reused == 3
    with closing(sqlite3.connect(db)) as connection:
        paths = [path for (path,) in connection.execute("select path from sources order by path")]
    assert paths == ["moved/commune.txt", "moved/department.txt", "moved/ward.txt"]


def test_plans_of_a_folder_that_cannot_be_opened_stay_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, db = written(tmp_path / "plans"), tmp_path / "plans.db"
    deeper = folder / "deeper"
    deeper.mkdir()
    (folder / "ward.txt").rename(deeper / "ward.txt")
    build([folder], db)
    before = contents(db)
    scandir = os.scandir

    def broken(path: object) -> object:
        if path == deeper:
            raise PermissionError(13, "Permission denied")
        return scandir(path)  # type: ignore[call-overload]

    monkeypatch.setattr("os.scandir", broken)
    report = build([folder], db)
    assert (report.plans, report.extracted) == (3, 0)
    assert [one.path for one in report.failures] == [deeper]
    assert "giữ như lần trước" in report.failures[0].reason
    assert contents(db) == before


def test_nothing_new_costs_no_reading_of_records_either(tmp_path: Path):
    folder, db = tmp_path / "records", tmp_path / "plans.db"
    folder.mkdir()
    for at in range(300):
        record = all_records()[0].model_copy(update={"id": f"r{at:03}"})
        (folder / f"{at}.json").write_text(record.model_dump_json(), "utf-8")
    began = time.perf_counter()
    build([folder], db)
    first = time.perf_counter() - began
    began = time.perf_counter()
    build([folder], db)
    assert time.perf_counter() - began < first / 5
