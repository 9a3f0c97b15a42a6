"""Files elsewhere: read from a web server and from S3, written to S3 whole or not at all, each failure with its URL."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import fsspec
import pytest

from publish.inputs import find_inputs
from publish.reading import Read, is_plan, is_plan_or_record, read_all
from publish.remote import fetching
from publish.remote.errors import ChangedMeanwhile, Unreachable
from publish.remote.filesystem import opened
from publish.remote.listing import listed
from publish.remote.local import local_copy
from publish.remote.location import Remote, located
from publish.remote.putting import appearing, local_database
from tests.records import COMMUNE_TEXT, WARD_TEXT
from tests.stores import free_port, gcs_server, s3_server, web_server

KEHOACH = Path(sys.executable).with_name("kehoach")
NAME = "25 Kế hoạch #1 50%.txt"


def kehoach(*arguments: object, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [KEHOACH, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | (env or {}),
    )


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a province may put on its web server."""
    folder = tmp_path_factory.mktemp("web") / "xã A"
    (folder / "cu").mkdir(parents=True)
    (folder / NAME).write_text(WARD_TEXT, "utf-8")
    (folder / "26.md").write_text(COMMUNE_TEXT, "utf-8")
    (folder / "anh.gif").write_bytes(b"GIF89a")
    (folder / "~$26.docx").write_bytes(b"lock")
    (folder / "cu" / "24.txt").write_text(COMMUNE_TEXT, "utf-8")
    with (folder / "nang.pdf").open("wb") as file:
        file.truncate(300 << 20)
    return folder


@pytest.fixture(scope="module")
def web(plans: Path) -> Iterator[str]:
    with web_server(plans.parent) as address:
        yield f"{address}/x%C3%A3%20A/"


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """A server with a bucket `ke-hoach` that holds two plans; the environment to reach it, here too."""
    with s3_server() as env, pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        store = fsspec.filesystem("s3")
        store.mkdir("ke-hoach")
        store.pipe({"ke-hoach/2026/a/25.txt": WARD_TEXT.encode(), "ke-hoach/2026/b/25.txt": COMMUNE_TEXT.encode()})
        store.pipe({"ke-hoach/2026/.an/x.txt": b"x", "ke-hoach/2026/ghi-chu.xyz": b"x"})
        yield env


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    store = fsspec.filesystem("memory")
    yield store
    store.store.clear()


def test_a_page_of_links_is_read_like_a_folder(web: str, plans: Path, tmp_path: Path):
    done = kehoach("extract", web, "--out", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}.json", "26.md.json"]
    assert f"Lỗi: {web}nang.pdf: tệp lớn hơn 256 MB" in done.stderr
    assert done.returncode == 1
    here = tmp_path / "here"
    kehoach("extract", plans / NAME, plans / "26.md", "--out", here)
    for path in here.iterdir():  # the same records, with the file's own name in them
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    assert json.loads((tmp_path / f"{NAME}.json").read_bytes())["source"]["filename"] == NAME


def test_one_file_of_the_web_is_told_by_its_address(web: str, tmp_path: Path):
    done = kehoach("extract", f"{web}26.md", f"{web}khong-co.pdf", "--out", "-", "--format", "jsonl")
    assert json.loads(done.stdout)["source"]["filename"] == "26.md"
    assert f"Lỗi: {web}khong-co.pdf: không có tệp hay thư mục này" in done.stderr
    nobody = f"http://127.0.0.1:{free_port()}/a.pdf"
    done = kehoach("extract", nobody, "--out", tmp_path)
    assert f"Lỗi: {nobody}: không tới được địa chỉ này (ClientConnectorError); hãy kiểm tra mạng" in done.stderr
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_from_s3_to_s3(s3: dict[str, str]):
    done = kehoach("extract", "s3://ke-hoach/2026", "--out", "s3://ke-hoach/ban-ghi", env=s3)
    assert done.returncode == 0, done.stderr
    assert "Bỏ qua 1 tệp không thuộc loại đọc được: s3://ke-hoach/2026/ghi-chu.xyz" in done.stderr
    store = fsspec.filesystem("s3")
    store.invalidate_cache()
    assert store.ls("ke-hoach/ban-ghi") == ["ke-hoach/ban-ghi/a--25.txt.json", "ke-hoach/ban-ghi/b--25.txt.json"]
    written = Remote("s3://ke-hoach/ban-ghi/a--25.txt.json")
    assert json.loads(store.cat_file("ke-hoach/ban-ghi/a--25.txt.json"))["source"]["filename"] == "25.txt"
    assert is_plan_or_record(written)
    assert not is_plan_or_record(Remote("s3://ke-hoach/khong-co.json"))
    done = kehoach("extract", "s3://ke-hoach/2026", "--out", "s3://ke-hoach/bang", "--format", "csv", env=s3)
    assert {file.location.name for file in listed(Remote("s3://ke-hoach/bang"))} == {
        "plans.csv", "targets.csv", "tasks.csv",
    }  # fmt: skip
    assert store.cat_file("ke-hoach/bang/plans.csv").count(b"\n") > 2


def test_from_google_to_google(monkeypatch: pytest.MonkeyPatch):
    with gcs_server("ke-hoach") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        store, _ = opened(Remote("gs://ke-hoach/2026"))
        store.pipe({"ke-hoach/2026/a/25.txt": WARD_TEXT.encode()})
        done = kehoach("extract", "gs://ke-hoach/2026", "--out", "gs://ke-hoach/ban-ghi", env=env)
        assert (done.returncode, done.stderr) == (0, "Đã đọc 1/1 đầu vào.\n")
        (file,) = listed(Remote("gs://ke-hoach/ban-ghi"))
        assert str(file.location) == "gs://ke-hoach/ban-ghi/25.txt.json"
        assert file.fingerprint


def test_a_bucket_that_is_not_there_is_named(s3: dict[str, str], tmp_path: Path):
    done = kehoach("extract", "s3://khac/2026", "--out", tmp_path, env=s3)
    assert "Lỗi: s3://khac/2026: không có tệp hay thư mục này" in done.stderr
    done = kehoach("extract", "s3://ke-hoach/2026", "--out", "s3://khac/ra", env=s3)
    assert done.returncode == 1
    assert "Lỗi: s3://khac/ra/a--25.txt.json: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_listing_tells_what_changed_without_reading(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    folder = Remote("s3://ke-hoach/dem/")
    store = fsspec.filesystem("s3")
    store.pipe({"ke-hoach/dem/1.txt": b"mot", "ke-hoach/dem/2.txt": b"hai", "ke-hoach/dem/sau/3.txt": b"ba"})
    before = {str(file.location): file for file in listed(folder)}
    assert [*before] == [f"s3://ke-hoach/dem/{name}" for name in ("1.txt", "2.txt", "sau/3.txt")]
    assert [file.size for file in before.values()] == [3, 3, 2]
    assert {str(file.location): file.fingerprint for file in listed(folder)} == {
        name: file.fingerprint for name, file in before.items()
    }
    store.pipe({"ke-hoach/dem/2.txt": b"hAi"})
    changed = [str(file.location) for file in listed(folder) if file != before[str(file.location)]]
    assert changed == ["s3://ke-hoach/dem/2.txt"]


def test_a_listing_of_the_web_shows_changes_too(tmp_path: Path):
    (tmp_path / "a.txt").write_text("một", "utf-8")
    with web_server(tmp_path) as address:
        folder = Remote(f"{address}/")
        first = [file.fingerprint for file in listed(folder)]
        assert first == [file.fingerprint for file in listed(folder)]
        os.utime(tmp_path / "a.txt", (1_000_000, 1_000_000))
        assert first != [file.fingerprint for file in listed(folder)]


def test_a_file_url_is_a_path(tmp_path: Path):
    (tmp_path / "a b.txt").write_text(WARD_TEXT, "utf-8")
    done = kehoach("extract", (tmp_path / "a b.txt").as_uri(), "--out", (tmp_path / "ra").as_uri())
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["a b.txt.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("extract", "ftp://host/a", "--out", "x"), "không đọc được địa chỉ ftp://host/a"),
        (("extract", "s3://", "--out", "x"), "không đọc được địa chỉ s3://"),
        (("extract", ".", "--out", "http://host/ra"), "địa chỉ web, chỉ để đọc"),
        (("extract", ".", "--out", "ftp://host/ra"), "không phải đường dẫn"),
    ],
)
def test_addresses_that_are_of_no_use_are_refused(arguments: tuple[str, ...], said: str):
    done = kehoach(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_missing_package_is_named():
    code = "import sys; sys.modules['gcsfs'] = None; from publish.cli import program; program.main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "extract", "gs://ke-hoach/2026", "--out", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cần gói gcsfs" in done.stderr
    assert "pip install 'kehoach[remote]'" in done.stderr


def test_no_key_of_an_address_is_shown():
    location = Remote("https://ten:mat-khau@127.0.0.1:1/a.pdf?X-Amz-Signature=khoa")
    (failure,) = find_inputs([location], is_plan).failures
    said = f"{failure.path}: {failure.reason}"
    assert said.startswith("https://127.0.0.1:1/a.pdf: không tới được")
    assert "mat-khau" not in said
    assert "khoa" not in said.replace("khóa", "")


@pytest.mark.parametrize("name", ["..%2F..%2Fx.txt", "%2e%2e", "a%00b.txt"])
def test_a_name_from_elsewhere_leads_out_of_no_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "fetch", lambda _, path: path.write_bytes(b"x"))
    within = tmp_path / "a" / "b"
    within.mkdir(parents=True)
    try:
        with local_copy(Remote(f"http://host/{name}"), within) as path:
            assert path.resolve().is_relative_to(within)
    except (OSError, ValueError):
        pass
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_grows_while_it_is_fetched_is_stopped(memory: fsspec.AbstractFileSystem, tmp_path: Path):
    memory.pipe("/to.txt", b"x" * 100)
    with pytest.raises(fetching.UnreadableFile, match=r"memory://to\.txt: tệp lớn hơn"):
        fetching.fetch(Remote("memory://to.txt"), tmp_path / "to.txt", 99)


def test_a_bad_file_elsewhere_stops_no_other_and_nothing_is_left(
    memory: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    memory.pipe({"/p/1.txt": WARD_TEXT.encode(), "/p/2.pdf": b"%PDF-1.7 broken", "/p/3.txt": COMMUNE_TEXT.encode()})
    inputs = find_inputs([Remote("memory://p")], is_plan)
    kinds = [type(outcome) for outcome in read_all(inputs.files)]
    assert [kind is Read for kind in kinds] == [True, False, True]
    assert list(tmp_path.iterdir()) == []


def test_a_file_appears_whole_or_not_at_all(memory: fsspec.AbstractFileSystem):
    location = Remote("memory://ra/records.jsonl")
    with contextlib.suppress(KeyboardInterrupt), appearing(location) as path:
        path.write_text("half")
        raise KeyboardInterrupt
    assert not memory.exists("/ra/records.jsonl")
    with appearing(location) as path:
        path.write_text("whole")
    assert memory.cat_file("/ra/records.jsonl") == b"whole"
    with pytest.raises(Unreachable), appearing(Remote("http://host/x")):
        pass


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table if not exists t (x)")
        connection.execute("insert into t values (1)")
        return int(connection.execute("select count(*) from t").fetchone()[0])


def count_slowly(location: Remote) -> None:
    """While this one counts, another is quicker."""
    with local_database(location) as slow:
        count(slow)
        with local_database(location) as quick:
            assert count(quick) == 2


def test_a_database_at_a_url_is_worked_on_here_and_put_back(s3: dict[str, str]):
    location = located("s3://ke-hoach/db/plans.db")
    store = fsspec.filesystem("s3", use_listings_cache=False)
    for expected in (1, 2):
        with local_database(location) as path:
            assert path.name == "plans.db"
            assert count(path) == expected
    whole = store.cat_file("ke-hoach/db/plans.db")
    with contextlib.suppress(KeyboardInterrupt), local_database(location) as path:
        count(path)
        raise KeyboardInterrupt
    assert store.cat_file("ke-hoach/db/plans.db") == whole


def test_a_database_that_was_not_changed_is_not_put_back(memory: fsspec.AbstractFileSystem):
    location = Remote("memory://plans.db")
    with local_database(location) as path:
        count(path)
    before = memory.info("/plans.db")["created"]
    with local_database(location) as path, closing(sqlite3.connect(path)) as connection:
        connection.execute("select * from t").fetchall()
    assert memory.info("/plans.db")["created"] == before


def test_two_that_work_on_a_database_at_a_url_do_not_undo_each_other(memory: fsspec.AbstractFileSystem):
    location = Remote("memory://plans.db")
    with local_database(location) as path:
        count(path)
    with pytest.raises(ChangedMeanwhile, match=r"memory://plans\.db: đã có bản mới hơn"):
        count_slowly(location)
    with local_database(location) as path:
        assert count(path) == 3


def test_a_database_on_this_machine_is_worked_on_where_it_is(tmp_path: Path):
    with local_database(tmp_path / "plans.db") as path:
        assert path == tmp_path / "plans.db"


def test_a_build_from_s3_to_s3_reads_only_what_is_new(s3: dict[str, str]):
    store = fsspec.filesystem("s3")
    store.pipe({"ke-hoach/xay/1.txt": WARD_TEXT.encode(), "ke-hoach/xay/2.txt": COMMUNE_TEXT.encode()})
    said = []
    for _ in range(2):
        done = kehoach("build", "s3://ke-hoach/xay", "--db", "s3://ke-hoach/xay.db", env=s3)
        assert done.returncode == 0, done.stderr
        said.append(done.stderr)
    assert "s3://ke-hoach/xay.db: 2 kế hoạch (2 mới đọc, 0 dùng lại)" in said[0]
    assert "s3://ke-hoach/xay.db: 2 kế hoạch (0 mới đọc, 2 dùng lại)" in said[1]
