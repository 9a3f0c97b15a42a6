"""Builds that are killed, meet one another, or are told of new files: real processes, real SIGKILL."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from publish.building.workplace import workplace_of
from publish.database import build
from publish.locking import reading
from tests.growing import differing
from tests.records import COMMUNE_TEXT, DEPARTMENT_TEXT, WARD_TEXT

KEHOACH = Path(sys.executable).with_name("kehoach")
KILLS = 8
TEXTS = (WARD_TEXT, COMMUNE_TEXT, DEPARTMENT_TEXT)


def written(folder: Path, numbers: range) -> Path:
    folder.mkdir(exist_ok=True)
    for at in numbers:
        text = TEXTS[at % 3].replace("hằng quý", f"hằng quý, lần {at}").replace("năm 20", f"lần {at} năm 20", 1)
        (folder / f"{at:03}.txt").write_text(text, "utf-8")
    return folder


def started(*arguments: object) -> "subprocess.Popen[str]":
    command = [KEHOACH, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def plans(db: Path) -> int:
    with closing(reading(db)) as connection:
        assert connection.execute("pragma quick_check").fetchall() == [("ok",)]
        (named,) = connection.execute("select count(*) from plans").fetchone()
        (counted,) = connection.execute("select number from totals where name = 'plans'").fetchone()
        (found,) = connection.execute("select count(*) from search_entries where kind = 'plan'").fetchone()
    assert named == counted == found
    return int(named)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clean")
    build([written(root / "plans", range(40))], root / "plans.db")
    return root


# What comes to the 40 plans that are there: few are written in place, more in a copy, many make a new file.
WAYS = {"in place": range(40, 46), "in a copy": range(40, 58), "anew": range(40, 130)}


@pytest.mark.parametrize("name", WAYS)
def test_killed_at_any_moment_readers_see_all_or_nothing_and_the_next_build_finishes(
    clean: Path, tmp_path: Path, name: str
):
    whole = 40 + len(WAYS[name])
    chance = Random(name)
    root = tmp_path / "root"
    took = None
    for at in range(KILLS + 1):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(clean, root)
        written(root / "plans", WAYS[name])
        began = time.monotonic()
        process = started("build", root / "plans", "--db", root / "plans.db", "--jobs", "1")
        if at == 0:  # how long it takes
            assert "Traceback" not in process.communicate()[1]
            took = time.monotonic() - began
            shutil.copytree(root, tmp_path / "unhurt")
        else:
            assert took
            time.sleep(0.4 + chance.random() * max(0.1, took - 0.5))
            kill(process)
            assert plans(root / "plans.db") in {40, whole}
            report = build([root / "plans"], root / "plans.db")
            assert report.plans == whole
        assert plans(root / "plans.db") == whole
        assert not workplace_of(root / "plans.db").exists()
        assert differing(root / "plans.db", tmp_path / "unhurt" / "plans.db").keys() <= {"inputs"}


def test_what_was_read_before_the_kill_is_not_read_again(tmp_path: Path):
    folder, db = written(tmp_path / "plans", range(120)), tmp_path / "plans.db"
    process = started("build", folder, "--db", db, "--jobs", "1")
    staging = workplace_of(db) / "staging.db"
    for _ in range(1000):
        time.sleep(0.01)
        if staging.exists() and staged(staging) >= 20:
            break
    kill(process)
    assert not db.exists()
    known = staged(staging)
    read: list[str] = []
    assert build([folder], db, on_progress=lambda _done, _total, path: read.append(path.name)).plans == 120
    assert len(read) == 120 - known


def test_what_another_program_has_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, db = written(tmp_path / "plans", range(3)), tmp_path / "plans.db"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for writer, count in (("another", 3), ("this", 3), ("this", 0)):
        read: list[str] = []
        monkeypatch.setattr("publish.database.writer", lambda writer=writer: writer)
        monkeypatch.setattr("publish.database.write", stop)
        with pytest.raises(KeyboardInterrupt):
            build([folder], db, on_progress=lambda _done, _total, path: read.append(path.name))  # noqa: B023
        assert len(read) == count


def staged(staging: Path) -> int:
    with closing(sqlite3.connect(staging)) as connection:
        try:
            return int(connection.execute("select count(*) from outcomes").fetchone()[0])
        except sqlite3.OperationalError:  # it has no tables yet
            return 0


def test_two_builds_at_once_do_one_after_the_other(tmp_path: Path):
    folder, db = written(tmp_path / "plans", range(30)), tmp_path / "plans.db"
    both = [started("build", folder, "--db", db) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("đang chạy" in one for one in said) == 1
    assert sum("(30 mới đọc, 0 dùng lại)" in one for one in said) == 1
    assert sum("(0 mới đọc, 30 dùng lại)" in one for one in said) == 1
    assert plans(db) == 30


def test_readers_go_on_while_builds_change_and_replace_the_file(clean: Path, tmp_path: Path):
    root = tmp_path / "root"
    shutil.copytree(clean, root)
    seen: set[int] = set()
    wrong: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add(plans(root / "plans.db"))
            except (sqlite3.Error, AssertionError) as error:
                wrong.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for last in (42, 45, 60, 130):
            written(root / "plans", range(40, last))
            process = started("build", root / "plans", "--db", root / "plans.db")
            assert "Traceback" not in process.communicate()[1]
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert seen <= {40, 42, 45, 60, 130}
    assert len(seen) > 1


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Path, "subprocess.Popen[str]"]]:
    folder, db = written(tmp_path / "plans", range(8)), tmp_path / "plans.db"
    process = started("watch", folder, "--db", db)
    try:
        until(lambda: db.exists() and plans(db) == 8)
        yield folder, db, process
    finally:
        kill(process)


def until(is_so: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def test_watching_takes_in_what_comes_changes_and_goes(watched: tuple[Path, Path, "subprocess.Popen[str]"]):
    folder, db, process = watched
    written(folder, range(8, 10))
    until(lambda: plans(db) == 10)
    (folder / "000.txt").unlink()
    (folder / ".~lock.1.docx#").write_text("x", "utf-8")
    until(lambda: plans(db) == 9)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    (folder / "deeper").mkdir()
    written(folder / "deeper", range(20, 21))
    until(lambda: plans(db) == 10)
    written(folder, range(30, 31))
    until(lambda: plans(db) == 11)  # and what the build before had to say is said
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert said.count("broken.pdf") == 1
    assert "Đã dừng theo dõi." in said
    assert "Traceback" not in said
