"""The same records from a Dask cluster as from the pool: also when workers die, and never from workers of another kind."""

import operator
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from publish.cluster import dispatch
from publish.cluster.connecting import NoCluster
from publish.cluster.reader import ReaderFailed
from publish.inputs import Failure, Input
from publish.limits import Limits
from publish.reading import Read, read_all
from publish.remote.location import Remote
from tests.records import COMMUNE_TEXT, WARD_TEXT
from tests.stores import free_port, web_server

ROOT = Path(__file__).parents[1]
KEHOACH = Path(sys.executable).with_name("kehoach")
DASK = [sys.executable, "-m", "dask"]
# Three deaths are Dask's own patience, which takes long.
PATIENCE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}


@contextmanager
def cluster(folder: Path, workers: int = 2, **env: str) -> Iterator[str]:
    """The address of a scheduler with workers, all real processes on loopback, as people start them."""
    address = f"tcp://127.0.0.1:{free_port()}"
    environment = os.environ | PATIENCE | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"} | env
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": folder}
    scheduler = [*DASK, "scheduler", "--host", address, "--no-dashboard"]
    worker = [*DASK, "worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"]
    started = [subprocess.Popen(scheduler, **quiet)]
    started += [subprocess.Popen([*worker, "--local-directory", folder], **quiet) for _ in range(workers)]
    try:
        yield address
    finally:
        family = [one for process in started for one in descendants(process.pid)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        for process in started:
            process.kill()
            process.wait()


def descendants(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many small plans, a bad file and one that takes for ever."""
    folder = tmp_path_factory.mktemp("plans")
    for number in range(40):
        text = (WARD_TEXT, COMMUNE_TEXT)[number % 2].replace("85%", f"{number + 20}%").replace("95%", f"{number + 20}%")
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    (folder / "30-hong.pdf").write_bytes(b"%PDF-1.7\nbroken")
    os.mkfifo(folder / "31-vo-tan.txt")
    return folder


def kehoach(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([KEHOACH, *map(str, arguments)], capture_output=True, text=True, check=False)


def inputs(folder: Path) -> list[Input]:
    return [Input(path, path.name) for path in sorted(folder.glob("*.txt")) if path.is_file()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def summary(read: Read) -> str:
    return f"{read.record.source.filename} {len(read.record.targets)}"


def slow_summary(mark: Path, read: Read) -> str:
    """A summary that takes its time and leaves a mark of each time that it was made."""
    mark.joinpath(f"{read.record.source.filename}.{os.getpid()}").touch()
    time.sleep(0.1)
    return summary(read)


def deadly_summary(name: str, read: Read) -> str:
    """A summary that kills the Dask worker that asks for it of one file: no death of the file's own process."""
    if read.record.source.filename == name:
        os.kill(psutil.Process().parent().ppid(), signal.SIGKILL)
        time.sleep(60)
    return summary(read)


@pytest.mark.parametrize("where", ["scheduler", "local"])
def test_a_cluster_writes_the_records_that_the_pool_writes(address: str, where: str, plans: Path, tmp_path: Path):
    given = address if where == "scheduler" else "local"
    options = ["--timeout", "2", "--jobs", "2"]
    paths = [plans, plans / "31-vo-tan.txt"]
    pool = kehoach("extract", *paths, "--out", tmp_path / "pool", *options)
    dask = kehoach("extract", *paths, "--out", tmp_path / "dask", *options, "--cluster", given)
    assert dask.returncode == pool.returncode == 1
    assert dask.stderr == pool.stderr  # the bad file and the one without end, named alike
    assert "31-vo-tan.txt: đọc quá 2 giây" in dask.stderr
    assert contents(tmp_path / "dask") == contents(tmp_path / "pool")
    assert len(contents(tmp_path / "dask")) == 40


def test_a_build_on_a_cluster_holds_what_a_build_by_the_pool_holds(address: str, plans: Path, tmp_path: Path):
    for name, options in {"pool": (), "dask": ("--cluster", address)}.items():
        done = kehoach("build", plans, "--db", tmp_path / f"{name}.db", *options)
        assert "40 kế hoạch (40 mới đọc, 0 dùng lại)" in done.stderr
    with closing(sqlite3.connect(tmp_path / "pool.db")) as pool:
        pool.execute("attach ? as dask", (str(tmp_path / "dask.db"),))
        (other,) = pool.execute(
            "select count(*) from (select * from targets except select * from dask.targets)"
        ).fetchone()
        (same,) = pool.execute("select count(*) from targets join dask.targets using (id)").fetchone()
    assert (other, same >= 40) == (0, True)


def test_outcomes_come_in_the_order_of_the_inputs(address: str, plans: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(plans.parent)  # workers run elsewhere
    files = [Input(Path(plans.name) / file.name, file.name) for file in inputs(plans)]
    found = list(read_all(iter(files), cluster=address))
    assert [outcome.input for outcome in found if isinstance(outcome, Read)] == files
    shaped = read_all(files, cluster=address, shape=summary)
    assert list(shaped) == [summary(read) for read in found if isinstance(read, Read)]


def test_few_files_are_under_way_at_a_time(address: str, plans: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dispatch, "_AHEAD", 6)
    monkeypatch.setattr(dispatch, "_FILES", 1)
    taken: list[Input] = []
    given = (taken.append(file) or file for file in inputs(plans))
    for done, _ in enumerate(read_all(given, cluster=address, shape=summary)):
        assert len(taken) <= done + 7
    assert len(taken) == 40


def test_a_file_that_workers_do_not_see_is_told_so(address: str, tmp_path: Path):
    (failure,) = read_all([Input(tmp_path / "khong-co.txt", "khong-co.txt")], cluster=address)
    assert isinstance(failure, Failure)
    assert re.search(r"máy đọc \(.*\) không thấy tệp này; .*thư mục chung", failure.reason)


def test_workers_fetch_what_is_elsewhere(address: str, plans: Path):
    with web_server(plans) as web:
        (read,) = read_all([Input(Remote(f"{web}/01.txt"), "01.txt")], cluster=address)
    assert isinstance(read, Read)
    assert (read.input.path, read.record.source.filename) == (Remote(f"{web}/01.txt"), "01.txt")


def test_what_a_lost_worker_was_reading_is_read_again(plans: Path, tmp_path: Path):
    marks = tmp_path / "marks"
    marks.mkdir()
    with cluster(tmp_path) as address:
        outcomes = read_all(inputs(plans), cluster=address, shape=partial(slow_summary, marks))
        found = [next(outcomes)]
        (victim,) = {psutil.Process(int(newest_mark(marks).suffix[1:])).parent().parent()}
        victim.send_signal(signal.SIGKILL)  # the Dask worker: what it was reading ends with it
        found += list(outcomes)
    assert found == list(read_all(inputs(plans), shape=summary))
    read = [path.stem for path in marks.iterdir()]
    assert len(read) > len(set(read)) == 40  # some were read twice


def newest_mark(marks: Path) -> Path:
    return max(marks.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def test_a_file_that_kills_its_worker_again_and_again_fails_alone(plans: Path, tmp_path: Path):
    files = inputs(plans)[:20]
    with cluster(tmp_path) as address:
        found = list(read_all(files, cluster=address, shape=partial(deadly_summary, "07.txt")))
    expected: list[object] = list(read_all(files, shape=summary))
    assert isinstance(found[7], Failure)
    assert "worker của cụm chết" in found[7].reason
    assert found[7].path == files[7].path
    assert found[:7] + found[8:] == expected[:7] + expected[8:]


def test_a_file_that_kills_the_process_that_reads_it_fails_as_in_the_pool(address: str, plans: Path):
    files = inputs(plans)[:4]
    found = list(read_all(files, cluster=address, shape=die_of_the_second))
    assert [isinstance(outcome, Failure) for outcome in found] == [False, True, False, False]
    assert found == list(read_all(files, shape=die_of_the_second))


def die_of_the_second(read: Read) -> str:
    if read.record.source.filename == "01.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return summary(read)


def test_a_bug_is_not_taken_for_a_file_that_kills(address: str, plans: Path):
    with pytest.raises(ReaderFailed, match="no_such_shape"):
        list(read_all(inputs(plans), cluster=address, shape=NotThere()))


class NotThere:
    """A shape that workers can't unpack."""

    def __reduce__(self) -> tuple[object, ...]:
        return operator.attrgetter("no_such_shape"), (None,)

    def __call__(self, read: Read) -> str:
        return summary(read)


def test_workers_of_another_version_are_refused(plans: Path, tmp_path: Path):
    """A worker with a lexicon of one more line, in a copy of the program."""
    for package in ("extract", "schemas", "publish"):
        (tmp_path / package).symlink_to(ROOT / package)
    (tmp_path / "extract").unlink()
    (tmp_path / "extract").mkdir()
    for part in (ROOT / "extract").iterdir():
        if part.name != "__pycache__":
            (tmp_path / "extract" / part.name).symlink_to(part)
    (tmp_path / "extract" / "version.py").unlink()
    changed = (ROOT / "extract" / "version.py").read_text("utf-8") + "# changed\n"
    (tmp_path / "extract" / "version.py").write_text(changed, "utf-8")
    with cluster(tmp_path, workers=1, PYTHONPATH=str(tmp_path)) as address:
        first = kehoach("extract", plans, "--out", tmp_path / "ra", "--cluster", address)
        second = kehoach("extract", plans, "--out", tmp_path / "ra", "--cluster", address)
    for done in (first, second):  # the worker may come after the question or before it
        assert done.returncode == 1
        assert re.search(
            r"^Lỗi: worker không cùng phiên bản .*\(kehoach .*\): tcp://.* \(kehoach .*\); hãy cài",
            done.stderr,
            re.MULTILINE,
        )
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "ra").exists() or not any((tmp_path / "ra").iterdir())


def test_an_address_where_no_cluster_is_is_told_so(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    for address in ("127.0.0.1:1", "tcp://khong-co.invalid:8786", "ftp://x:1"):
        done = kehoach("extract", plans, "--out", tmp_path, "--cluster", address)
        assert done.returncode == 1
        assert f"Lỗi: không kết nối được cụm Dask {address}" in done.stderr
        assert "Traceback" not in done.stderr
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"pip install 'kehoach\[cluster\]'"):
        list(read_all(inputs(plans), cluster="local"))


def test_a_cluster_without_workers_is_given_up(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dispatch, "_LOOK", 0.2)
    monkeypatch.setattr(dispatch, "_ALONE", 1.0)
    with cluster(tmp_path, workers=0) as address, pytest.raises(NoCluster, match="không còn worker nào"):
        list(read_all(inputs(plans), limits=Limits(), cluster=address))


def test_a_scheduler_that_is_lost_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    pipe = tmp_path / "vo-tan.txt"
    os.mkfifo(pipe)
    with (
        cluster(tmp_path, workers=1) as address,
        subprocess.Popen(
            [KEHOACH, "extract", pipe, "--out", tmp_path / "out", "--cluster", address],
            stderr=subprocess.PIPE,
            text=True,
        ) as program,
    ):
        writer = os.open(pipe, os.O_WRONLY)  # waits until a process reads
        (scheduler,) = (one for one in psutil.Process().children() if {"scheduler", address} <= {*one.cmdline()})
        scheduler.kill()
        _, said = program.communicate(timeout=60)
        os.close(writer)
    assert program.returncode == 1
    assert said.startswith("Lỗi: mất liên lạc với bộ điều phối của cụm Dask"), said
    assert "Traceback" not in said


def test_stopping_the_program_stops_its_own_cluster(tmp_path: Path):
    pipe = tmp_path / "vo-tan.txt"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [KEHOACH, "extract", pipe, "--out", tmp_path / "out", "--cluster", "local", "--jobs", "1"],
        stderr=subprocess.DEVNULL,
    ) as program:
        writer = os.open(pipe, os.O_WRONLY)  # waits until a process reads
        family = [psutil.Process(program.pid), *descendants(program.pid)]
        ports = [line for one in family for line in one.net_connections() if line.status == "LISTEN"]
        assert {line.laddr.ip for line in ports} <= {"127.0.0.1"}
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=20) == 130
        os.close(writer)
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
