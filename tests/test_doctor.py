"""`kehoach doctor`: real processes on machines that lack something, and databases that are broken in one way each."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from extract import EXTRACTOR
from extract.errors import KehoachError
from publish.building.workplace import workplace_of
from publish.database import build
from publish.doctor.database import check_database
from publish.doctor.finding import Finding, State
from publish.doctor.machine import check_disk, check_encoding, check_memory, check_open_files, memory_of_machine
from publish.doctor.mounts import check_file_system, file_system
from publish.doctor.packages import check_constraints, check_packages, check_python, pinned_versions
from publish.doctor.programs import check_browser, check_fonts, check_ocr, check_office
from publish.doctor.report import as_lines
from publish.tables import LAYOUT_VERSION
from tests.records import COMMUNE_TEXT, WARD_TEXT

KEHOACH = Path(sys.executable).with_name("kehoach")
GB = 1 << 30


def doctor(*arguments: object, **environment: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Its exit code and its findings by name."""
    done = subprocess.run(
        [KEHOACH, "doctor", *map(str, arguments), "--format", "json"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, {one["name"]: one for one in json.loads(done.stdout)["findings"]}


def examined(db: Path, *, deep: bool = False) -> dict[str, Finding]:
    """What is to be said of a database, but for what is well."""
    return {one.name: one for one in check_database(db, EXTRACTOR, deep=deep) if one.state is not State.OK}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two plans and their database."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "plans").mkdir()
    (folder / "plans" / "an-dinh.txt").write_text(WARD_TEXT, "utf-8")
    (folder / "plans" / "bình thuận.txt").write_text(COMMUNE_TEXT, "utf-8")
    build([folder / "plans"], folder / "plans.db")
    return folder


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A copy of them that a test may spoil."""
    shutil.copytree(made, tmp_path / "site")
    return tmp_path / "site" / "plans.db"


def change(db: Path, *statements: str) -> None:
    with closing(sqlite3.connect(db)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_new_database_has_nothing_to_mend(db: Path):
    assert examined(db, deep=True) == {}
    _, findings = doctor(db, "--deep")
    assert {findings[name]["state"] for name in ("kind", "integrity", "layout", "sources", "journal")} == {"ok"}
    assert "2 kế hoạch" in findings["changed"]["message"]


def test_it_speaks_vietnamese_and_says_how_it_stands_at_the_end(db: Path):
    done = subprocess.run([KEHOACH, "doctor", db], capture_output=True, text=True, check=False)
    last = done.stdout.splitlines()[-1]
    assert last == "Mọi thứ đều ổn." or "chỗ" in last
    assert str(db) in done.stdout


def test_without_libreoffice_and_tesseract_it_exits_with_1_and_gives_the_commands(tmp_path: Path):
    (tmp_path / "tesserocr.py").write_text("raise ImportError", "utf-8")  # the wheel brings a tesseract of its own
    code, findings = doctor(PATH=str(tmp_path), PYTHONPATH=str(tmp_path))
    assert code == 1
    assert {name for name, one in findings.items() if one["state"] == "failed"} == {"ocr", "office"}
    assert "tesseract-ocr-vie" in findings["ocr"]["remedy"]
    assert "libreoffice-writer" in findings["office"]["remedy"]
    assert findings["browser"]["state"] == findings["fonts"]["state"] == "warning"


def test_warnings_alone_do_not_fail(db: Path):
    shutil.rmtree(db.parent / "plans")
    code, findings = doctor(db)
    assert findings["sources"]["state"] == "warning"
    assert code == int(any(one["state"] == "failed" for one in findings.values()))


def test_an_output_that_cannot_hold_vietnamese_is_a_finding_and_no_crash():
    done = subprocess.run(
        [KEHOACH, "doctor", "--format", "json"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {one["name"]: one["state"] for one in json.loads(done.stdout)["findings"]}
    assert (done.returncode, found["encoding"]) == (1, "failed")


def test_a_temporary_folder_that_cannot_be_written_is_a_finding(tmp_path: Path):
    code = """
import tempfile
from publish.doctor.machine import check_temporary
tempfile.tempdir = "/nowhere/at/all"
print(check_temporary().state)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "failed"


def spoil_pages(db: Path) -> None:
    with db.open("r+b") as file:
        for page in range(30, 60):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)


def cut_short(db: Path) -> None:
    os.truncate(db, db.stat().st_size // 2)


def overwrite_head(db: Path) -> None:
    with db.open("r+b") as file:
        file.write(b"\0" * 100)


BROKEN: list[Callable[[Path], None]] = [spoil_pages, cut_short, overwrite_head]


@pytest.mark.parametrize("spoil", BROKEN)
def test_a_corrupted_database_fails_and_the_backup_is_named(db: Path, spoil: Callable[[Path], None]):
    spoil(db)
    before = db.read_bytes()
    found = examined(db)["integrity"]
    assert found.state is State.FAILED
    assert "kehoach backup" in found.remedy
    assert doctor(db)[0] == 1
    assert db.read_bytes() == before


def test_a_file_that_is_no_database_of_ours_fails(tmp_path: Path):
    change(tmp_path / "other.db", "create table notes (text)")
    (tmp_path / "notes.txt").write_text("mine " * 1000, "utf-8")
    assert {name: one.state for name, one in examined(tmp_path / "other.db").items()} == {"kind": State.FAILED}
    assert State.FAILED in {one.state for one in examined(tmp_path / "notes.txt").values()}
    code, findings = doctor(tmp_path / "gone.db")
    assert (code, findings["kind"]["state"]) == (1, "failed")


def test_another_layout_fails_and_what_else_can_be_told_is_told(db: Path):
    change(db, f"pragma user_version = {LAYOUT_VERSION + 1}", "drop table actuals_unmatched")
    assert {name: one.state for name, one in examined(db).items()} == {"layout": State.FAILED}
    code, findings = doctor(db)
    assert code == 1
    assert {"sources", "changed"} <= findings.keys()
    assert "unmatched" not in findings


def test_plans_of_an_older_extractor_are_counted(db: Path):
    change(db, "update records set extractor = 'kehoach 0.0.1+old' where plan_id in (select min(plan_id) from records)")
    (found,) = examined(db).values()
    assert (found.name, found.state) == ("extractor", State.WARNING)
    assert found.message.startswith("1/2 ")


def test_facts_that_wait_for_their_target_are_counted(db: Path):
    change(db, "insert into actuals_unmatched (id, target_id, value) values ('a', 't', 1), ('b', 't', 2)")
    (found,) = examined(db).values()
    assert (found.name, found.state) == ("unmatched", State.WARNING)
    assert found.message.startswith("2 ")


def test_a_source_file_that_changed_is_found_only_by_deep(db: Path):
    (db.parent / "plans" / "an-dinh.txt").write_text(WARD_TEXT + "thêm", "utf-8")
    assert examined(db) == {}
    (found,) = examined(db, deep=True).values()
    assert (found.name, found.state) == ("sources", State.WARNING)
    assert "0/2 không còn" in found.message
    assert "1 đã thay đổi" in found.message


def test_what_a_killed_build_left_is_named_with_the_command_that_removes_it(db: Path):
    left = db.with_name(".plans.db.123.tmp")
    left.touch()
    (found,) = examined(db).values()
    assert (found.name, found.state) == ("left-over", State.WARNING)
    assert f"rm {left}" in found.remedy


def test_what_a_killed_build_has_read_is_named_with_the_command_that_goes_on(db: Path):
    workplace_of(db).mkdir()
    (found,) = examined(db).values()
    assert (found.name, found.state) == ("left-over", State.WARNING)
    assert f"kehoach build THƯ_MỤC --db {db}" in found.remedy


def test_a_half_written_database_is_named_and_left_as_it_is(db: Path):
    killed = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("pragma cache_size = 2")
connection.execute("begin immediate")
connection.execute("update plans set text = text || text, title = 'x'")
connection.execute("create table more as select * from plans, targets, tasks")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", killed, db], check=False)
    journal = db.with_name("plans.db-journal")
    assert journal.stat().st_size > 0
    before = db.read_bytes(), journal.read_bytes()
    assert {name: one.state for name, one in examined(db).items()} == {
        "journal": State.WARNING,
        "integrity": State.WARNING,
    }
    assert (db.read_bytes(), journal.read_bytes()) == before


def lacking() -> object:
    raise KehoachError("no tesseract")


def damaged() -> object:
    raise RuntimeError("Failed to init API")


def nothing(_name: str) -> None:
    return None


def only(*programs: str) -> Callable[[str], str | None]:
    return {Path(one).name: one for one in programs}.get


CHECKED: list[tuple[Finding, State, str]] = [
    (check_ocr(lambda: "engine", nothing), State.OK, ""),
    (check_ocr(lacking, only("/usr/bin/dnf")), State.FAILED, "sudo dnf install tesseract tesseract-langpack-vie"),
    (check_ocr(damaged, nothing), State.FAILED, "tesseract-ocr-vie"),
    (check_office(nothing), State.FAILED, "libreoffice-writer"),
    (check_browser(nothing), State.WARNING, "chromium"),
    (check_fonts(nothing), State.WARNING, "fonts-noto-core"),
    (check_fonts(only("/bin/true")), State.WARNING, "fonts-noto-core"),
    (check_python((3, 10, 9)), State.FAILED, "3.11"),
    (check_python((3, 13, 0)), State.OK, ""),
    (check_packages(["a>=1,<2", 'b>=1; extra == "dev"'], {"a": "1.5"}.get), State.OK, ""),
    (check_packages(["a>=1,<2"], {"a": "2.0"}.get), State.FAILED, "pip install 'a<2,>=1'"),
    (check_packages(["a>=1,<2"], nothing), State.FAILED, "pip install"),
    (check_constraints(["# c", "a==1.5", "b==2"], {"a": "1.5"}.get), State.OK, ""),
    (check_constraints(["a==1.5"], {"a": "1.6"}.get), State.WARNING, "--constraint constraints.txt"),
    (check_disk("disk", Path("/x"), 10 * GB), State.OK, ""),
    (check_disk("disk", Path("/x"), 1 * GB), State.WARNING, "/x"),
    (check_disk("disk", Path("/x"), 10 << 20), State.FAILED, "/x"),
    (check_disk("disk", Path("/x"), 10 * GB, needed=20 * GB), State.FAILED, "/x"),
    (check_memory(None), State.OK, ""),
    (check_memory(1 * GB), State.WARNING, "--jobs 1"),
    (check_open_files(256), State.WARNING, "ulimit -n"),
    (check_encoding("utf-8", "UTF-8"), State.OK, ""),
    (check_encoding("utf-8", None), State.OK, ""),
    (check_encoding("ascii", "utf-8"), State.FAILED, "C.UTF-8"),
    (check_file_system(Path("/data"), "srv:/x /data nfs4 rw 0 0\n"), State.WARNING, ".db"),
    (check_file_system(Path("/data"), "me@x: /data fuse.sshfs rw 0 0\n"), State.WARNING, ".db"),
    (check_file_system(Path("/data"), ""), State.OK, ""),
]


@pytest.mark.parametrize(("found", "state", "remedy"), CHECKED, ids=lambda value: getattr(value, "name", None))
def test_each_check_tells_its_state_and_the_remedy(found: Finding, state: State, remedy: str):
    assert found.state is state, found
    assert remedy in found.remedy
    assert bool(found.remedy) == (state is not State.OK)


MOUNTS = "sda / ext4 rw\nsrv:/a /data nfs4 rw\nsdb /data/fast xfs rw\ntmpfs /data/fast tmpfs rw\n"


@pytest.mark.parametrize(
    ("folder", "kind"), [("/home/x", "ext4"), ("/data/plans", "nfs4"), ("/data/fast/x", "tmpfs"), ("/database", "ext4")]
)
def test_the_nearest_mount_above_a_folder_counts(folder: str, kind: str):
    assert file_system(Path(folder), MOUNTS) == kind


def test_libreoffice_without_writer_is_not_enough(tmp_path: Path):
    for name in ("soffice", "soffice.bin"):
        (tmp_path / name).touch()
    which = only(str(tmp_path / "soffice"))
    assert check_office(which).state is State.FAILED
    (tmp_path / "swriter").touch()
    assert check_office(which).state is State.OK


def test_the_memory_of_a_control_group_counts_where_it_is_less(tmp_path: Path):
    (tmp_path / "max").write_text("max\n")
    (tmp_path / "less").write_text("1048576\n")
    everything = memory_of_machine([])
    assert everything is not None
    assert everything > 1048576
    assert memory_of_machine([tmp_path / "max", tmp_path / "none"]) == everything
    assert memory_of_machine([tmp_path / "max", tmp_path / "less"]) == 1048576


def test_the_pinned_versions_are_looked_for_in_turn(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "constraints.txt").write_text("x==1\n")
    assert pinned_versions([tmp_path / "a", tmp_path / "b"]) == ["x==1"]
    assert pinned_versions([tmp_path / "a"]) == []


def test_every_fault_is_followed_by_what_to_do():
    found = [
        Finding("a", State.OK, "tốt"),
        Finding("b", State.WARNING, "x", "xem"),
        Finding("c", State.FAILED, "y", "làm"),
    ]
    assert as_lines(found).splitlines() == [
        "    tốt",
        " !  x",
        "      -> xem",
        "[X] y",
        "      -> làm",
        "",
        "1 chỗ thiếu hoặc hỏng [X], 1 chỗ nên xem lại (!).",
    ]
