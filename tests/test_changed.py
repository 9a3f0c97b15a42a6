"""A file that somebody reads on and on: changes come all the same, and who reads sees one state from end to end."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from publish.changed import changed
from publish.export.formats import FORMATS
from publish.export.source import Source, opened
from publish.export.sqlite_file import size
from publish.export.writing import pieces
from publish.locking import Busy, writing
from tests.progress import SHARE, csv_file, rows, value
from tests.site import KEHOACH, serving

_COUNT = "select count(*) from actuals"
_READS_ON = f"""
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin")
print(connection.execute("{_COUNT}").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("{_COUNT}").fetchone()[0], flush=True)
"""


@contextmanager
def read_on(db: Path) -> Iterator[None]:
    """Another process reads one state of the file, and finds the same at the end."""
    with subprocess.Popen([sys.executable, "-c", _READS_ON, db], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        before = process.stdout.readline()
        yield
        assert process.communicate("\n")[0] == before


def enter(db: Path, folder: Path, reached: float) -> None:
    file = csv_file(folder / "a.csv", [value(SHARE, reached, "1/2/2026")])
    done = subprocess.run(
        [KEHOACH, "progress", "import", db, file], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_an_import_does_not_wait_for_who_reads_on_and_on(db: Path, tmp_path: Path):
    db.chmod(0o640)
    with read_on(db):
        enter(db, tmp_path, 85)
        assert rows(db, "select value from actuals") == [(85.0,)]
    assert rows(db, "pragma integrity_check") == [("ok",)]
    assert stat.S_IMODE(db.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.glob("*plans.db*")) == ["plans.db"]


def test_a_change_goes_into_the_file_that_stands_where_nobody_reads(db: Path, tmp_path: Path):
    before = db.stat().st_ino
    enter(db, tmp_path, 85)
    assert db.stat().st_ino == before


def test_a_change_that_fails_leaves_all_as_it_was(db: Path, tmp_path: Path):
    held = db.read_bytes()
    with pytest.raises(ZeroDivisionError):
        changed(db, lambda connection: connection.execute("delete from plans").rowcount / 0)
    assert db.read_bytes() == held

    def fail_in_the_copy(connection: sqlite3.Connection) -> None:
        connection.execute("delete from plans")
        if connection.execute("pragma journal_mode").fetchone() == ("off",):
            raise ZeroDivisionError

    with read_on(db), pytest.raises(ZeroDivisionError):
        changed(db, fail_in_the_copy)
    assert db.read_bytes() == held
    assert sorted(path.name for path in tmp_path.glob("*plans.db*")) == ["plans.db"]


def test_a_link_to_the_file_stays_a_link(db: Path, tmp_path: Path):
    (link := tmp_path / "link.db").symlink_to(db)
    with read_on(db):
        changed(link, lambda connection: connection.execute("insert into actuals (id, value) values ('a', 1)"))
    assert link.is_symlink()
    assert rows(db, _COUNT) == [(1,)]


def test_an_export_is_of_one_state_whatever_comes_meanwhile(db: Path, tmp_path: Path):
    def files(source: Source) -> Iterator[tuple[str, bytes]]:
        return ((file.name, b"".join(file.pieces)) for file in FORMATS["csv"].files(source))

    with opened(db) as source:
        whole = dict(files(source))
    with opened(db) as source:
        found = files(source)
        first = next(found)
        enter(db, tmp_path, 85)
        assert dict([first, *found]) == whole
    with opened(db) as source:
        assert dict(files(source)) != whole


def test_the_database_is_sent_in_one_state_whatever_comes_meanwhile(db: Path, tmp_path: Path):
    held = db.read_bytes()
    with opened(db) as source:
        made = pieces(source, FORMATS["sqlite"])
        first = next(made)
        with pytest.raises(Busy), writing(db, for_readers=0.1) as connection:
            connection.execute("delete from actuals")
        enter(db, tmp_path, 85)
        assert first + b"".join(made) == held
    assert size(first) == len(held)
    assert rows(db, _COUNT) == [(1,)]


def test_a_browser_is_told_how_long_the_database_is(db: Path):
    with serving(db) as site:
        status, headers, body = site.get("/plans.db")
    assert (status, headers["content-length"]) == (200, str(db.stat().st_size))
    assert headers["content-disposition"] == 'attachment; filename="plans.db"'
    assert body == db.read_bytes()


def test_a_file_that_names_no_length_is_sent_without(db: Path):
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("pragma page_size").fetchone()[0] == 4096
    first = db.read_bytes()[:100]
    assert size(first) == db.stat().st_size
    assert size(first[:92] + bytes(8)) is None
    assert size(first[:99]) is None
    assert size(b"PK" + first[2:]) is None
