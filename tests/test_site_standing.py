"""The site shows the database as it is now: while it is up, imports add to it and builds put another in its place."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from publish.database import build
from publish.pages.standing import StandingDatabase
from tests.records import all_records
from tests.site import Site, serving

# Writes more than its memory for pages holds, so that half of it is in the file, and is killed then.
KILLED_HALF_WAY = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("pragma cache_size = 10")
connection.execute("begin immediate")
connection.execute("update plans set title = 'half'")
connection.executemany("insert into actuals (id, note) values (?, ?)", ((f"a{i}", "x" * 500) for i in range(20000)))
os.kill(os.getpid(), signal.SIGKILL)
"""

# What goes on while people read: a build puts its file in the place of the old one; an import writes into it.
REPLACED = """
import os, shutil, sys, time
from pathlib import Path
from publish.locking import alone
db, whole = map(Path, sys.argv[1:])
while True:
    with alone(db):
        shutil.copy(whole, db.with_suffix(".beside"))
        os.replace(db.with_suffix(".beside"), db)
    time.sleep(0.05)
"""
WRITTEN = """
import sys, time
from itertools import count
from pathlib import Path
from publish.locking import writing
for at in count():
    with writing(Path(sys.argv[1])) as connection:
        connection.execute("insert or ignore into actuals (id, value) values (?, 1)", (f"a{at}",))
        connection.execute("update plans set title = title || ' '")
    time.sleep(0.02)
"""
READ = [
    "/",
    "/lich",
    "/ke-hoach",
    "/tim-kiem?tu_khoa=to",
    "/tien-do",
    "/plans/tasks",
    "/don-vi",
    "/so-sanh",
    "/chat-luong",
]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    write(tmp_path / "records", len(all_records()))
    build([tmp_path / "records"], tmp_path / "plans.db")
    return tmp_path / "plans.db"


@pytest.fixture
def site(db: Path) -> Iterator[Site]:
    with serving(db) as site:
        yield site


def write(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for at, record in enumerate(all_records()[:count]):
        (folder / f"{at}.json").write_text(record.model_dump_json(), "utf-8")


def count_of(site: Site, table: str) -> int:
    status, _, body = site.get(f"/plans/{table}.json", _size="0")
    assert status == 200, body
    return int(json.loads(body)["filtered_table_rows_count"])


def enter(db: Path, key: str) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("insert into actuals (id, value) values (?, 1)", (key,))


def test_what_is_entered_while_the_site_is_up_is_seen_and_counted_at_once(db: Path, site: Site):
    for count in range(3):
        assert count_of(site, "actuals") == count
        assert f">{count}" in "".join(site.page("/plans")[1].split()) or count == 0
        enter(db, f"a{count}")
    assert json.loads(site.get("/plans/actuals.json", _shape="array")[2])[-1]["id"] == "a2"


def test_a_database_that_is_built_anew_takes_the_place_of_the_one_that_is_served(db: Path, site: Site, tmp_path: Path):
    assert count_of(site, "plans") == len(all_records())
    write(tmp_path / "records", 1)
    build([tmp_path / "records"], db)
    assert count_of(site, "plans") == 1
    assert site.get("/")[0] == 200


def test_an_entry_that_was_killed_half_way_is_taken_back_and_pages_go_on(db: Path, site: Site):
    before = site.page("/")
    subprocess.run([sys.executable, "-c", KILLED_HALF_WAY, str(db)], check=False)
    assert db.with_name("plans.db-journal").exists()
    assert site.page("/") == before
    assert count_of(site, "actuals") == 0


def test_pages_are_read_while_a_long_entry_is_being_written(db: Path, site: Site):
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        connection.execute("insert into actuals (id, value) values ('a', 1)")
        assert count_of(site, "actuals") == 0
        connection.execute("commit")
    assert count_of(site, "actuals") == 1


def test_the_site_can_not_write(site: Site):
    status, _, body = site.get("/plans.json", sql="select writefile('x', 'y')")
    assert status == 400, body
    with pytest.raises(ValueError, match="reading only"):
        StandingDatabase(None, "plans.db").connect(write=True)


def test_the_file_that_is_downloaded_is_the_one_that_stands(db: Path, site: Site, tmp_path: Path):
    enter(db, "a")
    status, _, body = site.get("/plans.db")
    assert status == 200
    (tmp_path / "taken.db").write_bytes(body)
    with closing(sqlite3.connect(tmp_path / "taken.db")) as connection:
        assert connection.execute("select count(*) from actuals").fetchone() == (1,)


@contextmanager
def going_on(program: str, *arguments: Path) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)])
    try:
        yield
        assert process.poll() is None, "it came to an end"
    finally:
        process.kill()
        process.wait()


def read_for(site: Site, seconds: float) -> Counter[tuple[str, int]]:
    until = time.monotonic() + seconds
    found: Counter[tuple[str, int]] = Counter()
    for path in cycle(READ):
        if time.monotonic() > until:
            return found
        found[path, site.get(path)[0]] += 1
    return found


def test_no_reader_sees_an_error_while_builds_replace_the_file_and_imports_write_into_it(
    db: Path, site: Site, tmp_path: Path
):
    whole = tmp_path / "whole.db"
    shutil.copy(db, whole)
    with going_on(REPLACED, db, whole), going_on(WRITTEN, db), ThreadPoolExecutor(4) as readers:
        found = sum(readers.map(lambda _: read_for(site, 3), range(4)), Counter[tuple[str, int]]())
    assert {path for path, _ in found} == set(READ)
    assert not [(path, status) for path, status in found if status != 200]


def test_a_page_answers_from_one_state_of_the_file_and_leaves_nothing_open(db: Path, site: Site):
    assert site.get("/tai-ve")[0] == 200
    with closing(sqlite3.connect(db, timeout=1)) as connection, connection:
        connection.execute("update plans set title = 'Khác'")
    assert "Khác" in site.page("/ke-hoach")[1]


@pytest.mark.parametrize("pragma", ["user_version = 999999", "application_id = 1"])
def test_a_file_that_another_version_put_there_is_told_of_and_the_right_one_is_shown_again(
    db: Path, site: Site, tmp_path: Path, pragma: str
):
    assert site.get("/")[0] == 200
    right, other = tmp_path / "right.db", tmp_path / "other.db"
    shutil.copy(db, right)
    shutil.copy(db, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(f"pragma {pragma}")
    other.replace(db)
    for path in ("/", "/ke-hoach", "/plans/tasks"):
        status, page = site.page(path)
        assert (status, "phiên bản kehoach khác" in page) == (503, True)
    assert "another version" in site.page("/", _lang="en")[1]
    assert site.raw("/")[1]["retry-after"] == "5"
    right.replace(db)
    assert site.get("/ke-hoach")[0] == 200


def test_a_file_that_is_gone_is_told_of(db: Path, site: Site, tmp_path: Path):
    assert site.get("/ke-hoach")[0] == 200
    db.rename(tmp_path / "away.db")
    status, page = site.page("/ke-hoach")
    assert (status, "không còn ở chỗ cũ" in page) == (503, True)
    (tmp_path / "away.db").rename(db)
    assert site.get("/ke-hoach")[0] == 200
