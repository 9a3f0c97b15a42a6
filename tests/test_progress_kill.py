"""An import is whole or absent, whenever it is killed: real processes, real SIGKILL."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from publish.database import build
from publish.locking import writing
from tests.progress import HOUSES, RANK, SHARE, csv_file, rows, value

KEHOACH = Path(sys.executable).with_name("kehoach")
ROWS, DAYS = 4500, 1500
KILLS = 24


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    days = [f"{date(2026, 1, 1) + timedelta(days=at):%d/%m/%Y}" for at in range(DAYS)]
    lines = [value(key, at % 90 + 1, day) for key in (SHARE, HOUSES, RANK) for at, day in enumerate(days)]
    return csv_file(tmp_path_factory.mktemp("sheet") / "a.csv", lines)


def started(db: Path, sheet: Path) -> "subprocess.Popen[bytes]":
    command = [KEHOACH, "progress", "import", db, sheet, "--recorded-at", "2031-01-01"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def counted(db: Path) -> int:
    """How many facts there are; that nothing else in the file is broken is seen on the way."""
    assert rows(db, "pragma integrity_check") == [("ok",)]
    (count,) = rows(db, "select count(*) from actuals")[0]
    assert count in {0, ROWS}
    # what is derived from the facts is there with them, or as it was without
    (derived,) = rows(db, "select count(*) from target_spells where actual_id is not null")[0]
    assert (derived > 0) == (count > 0)
    return int(count)


def test_killed_at_any_moment_an_import_is_whole_or_absent(clean: Path, sheet: Path, tmp_path: Path):
    chance, db = Random(5), tmp_path / "plans.db"
    shutil.copy(clean, db)
    begin = time.monotonic()
    assert started(db, sheet).wait() == 0
    longest = time.monotonic() - begin
    assert counted(db) == ROWS
    outcomes = []
    for _ in range(KILLS):
        shutil.copy(clean, db)
        process = started(db, sheet)
        time.sleep(chance.uniform(0.2, 1.1) * longest)
        killed(process)
        outcomes.append(counted(db))
        Path(f"{db}-journal").unlink(missing_ok=True)
    assert 0 in outcomes


def test_killed_while_it_writes_its_pages_an_import_is_absent_or_whole_and_can_be_done_again(
    clean: Path, sheet: Path, tmp_path: Path
):
    db, journal = tmp_path / "plans.db", tmp_path / "plans.db-journal"
    caught = 0
    for pause in (0.0, 0.002, 0.005, 0.01, 0.02, 0.0, 0.001, 0.003):
        shutil.copy(clean, db)
        process = started(db, sheet)
        while process.poll() is None and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.0005)
        time.sleep(pause)
        killed(process)
        caught += journal.exists()
        counted(db)
    assert caught  # some were killed in the midst of it
    assert started(db, sheet).wait() == 0
    assert counted(db) == ROWS
    build([clean.parent / "records"], db)
    assert counted(db) == ROWS


def test_a_killed_import_keeps_nobody_waiting(clean: Path, sheet: Path, tmp_path: Path):
    db = Path(shutil.copy(clean, tmp_path / "plans.db"))
    process = started(db, sheet)
    time.sleep(0.5)
    killed(process)
    with writing(db, wait=1):
        pass
    with closing(sqlite3.connect(db, timeout=0)) as connection:
        connection.execute("begin immediate")
