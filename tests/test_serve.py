"""The site as people see it: a real server on a free port, asked over HTTP."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser

from publish.database import build
from publish.tables import BY_NAME, TABLES
from tests.browsing import visiting
from tests.conftest import ROOT
from tests.crawling import Visited, crawl, kind_of
from tests.records import all_records, ward
from tests.site import KEHOACH, Site, serving

METADATA = yaml.safe_load((ROOT / "publish" / "site" / "metadata.yaml").read_text("utf-8"))
SITE = METADATA["databases"]["plans"]
NASTY = [
    '"',
    '""',
    "'",
    "AND",
    "NOT",
    "a OR",
    "(",
    "*",
    "-",
    "^x",
    "text:x",
    "NEAR(",
    "%",
    "\\",
    ";--",
    "đ",
    "😀",
    "\x00",
    "  ",
]


def rows(site: Site, path: str, **query: str) -> list[dict[str, Any]]:
    """The rows of a table, a view or a stored query."""
    status, _, body = site.get(f"{path}.json", _shape="array", **query)
    assert status == 200, body
    return json.loads(body)


def start(db: Path, *, temporary: Path | None = None) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [KEHOACH, "serve", str(db), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary or "")},
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database under a name that the site's configuration does not know."""
    folder = tmp_path_factory.mktemp("site")
    for record in all_records():
        (folder / f"{record.source.filename}.json").write_text(record.model_dump_json(), "utf-8")
    build([folder], folder / "hà nội #1?.db")
    return folder / "hà nội #1?.db"


@pytest.fixture(scope="module")
def site(db: Path) -> Iterator[Site]:
    process, address = start(db)
    yield Site(address)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == ""


def test_the_printed_address_is_local(site: Site):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", site.address)


def test_the_list_of_tables_leads_to_every_stored_query_and_view(site: Site):
    text = site.page("/plans")[1]
    assert SITE["title"] in text
    for name in (*SITE["queries"], *(name for name in SITE["tables"] if name not in BY_NAME)):
        assert f'href="/plans/{name}"' in text
        assert site.page(f"/plans/{name}")[0] == 200


@pytest.mark.parametrize("name", [*(table.name for table in TABLES), *SITE["tables"]])
def test_every_table_and_view_has_a_page_with_its_vietnamese_title(site: Site, name: str):
    status, text = site.page(f"/plans/{name}")
    assert status == 200
    assert f"<h1>{SITE['tables'][name]['title']}" in text


def test_a_table_shows_labels_in_place_of_codes_and_facets_count_them(site: Site):
    text = site.page("/plans/task_units")[1]
    assert ">Chủ trì</a>" in text
    assert ">Các khu phố</a>" in text
    answer = json.loads(site.page("/plans/task_units.json")[1])
    counts = {value["label"]: value["count"] for value in answer["facet_results"]["role"]["results"]}
    assert counts == {"Chủ trì": 1, "Phối hợp": 2, "Thực hiện": 2}


@pytest.mark.parametrize("name", [name for name, table in SITE["tables"].items() if "facets" in table])
def test_every_facet_and_sort_of_the_configuration_works(site: Site, name: str):
    answer = json.loads(site.page(f"/plans/{name}.json")[1])
    assert set(answer["facet_results"]) == set(SITE["tables"][name]["facets"])


def test_the_search_box_of_a_table_finds_words_without_accents(site: Site):
    found = rows(site, "/plans/tasks", _search="duong truyen")
    assert [row["text"] for row in found] == ["Kiểm tra đường truyền tại các khu phố."]


@pytest.mark.parametrize("typed", NASTY)
def test_no_text_typed_into_a_search_is_an_error(site: Site, typed: str):
    for path, name in (("/plans/targets", "_search"), ("/plans/plans", "_search"), ("/plans/tim_kiem", "tu_khoa")):
        assert site.page(path, **{name: typed})[0] == 200
        rows(site, path, **{name: typed})


def test_search_finds_targets_tasks_and_plans_with_and_without_accents(site: Site):
    for typed in ("to cong nghe so cong dong", "Tổ công nghệ số cộng đồng", "TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"):
        found = rows(site, "/plans/tim_kiem", tu_khoa=typed)
        assert [row["loai"] for row in found] == ["Chỉ tiêu", "Kế hoạch"]
    assert rows(site, "/plans/tim_kiem", tu_khoa="") == []


ANSWERS = [
    ("chi_tieu_theo_chi_so", {"chi_so": "epayment_account"}, "dia_phuong", ["Phường An Định, Đồng Nai"]),
    ("chi_tieu_theo_chi_so", {"chi_so": "thanh toan dien tu"}, "gia_tri", [85.0]),
    ("chi_tieu_theo_chi_so", {}, "gia_tri", [95.0, 100.0, 85.0, 100.0]),
    ("nhiem_vu_theo_quy", {"quy": "2026-q1"}, "chu_tri", ["Công an phường"]),
    ("nhiem_vu_theo_quy", {"quy": "2026"}, "quy", ["2026-Q1", "2026-Q2"]),
    ("nhiem_vu_theo_quy", {"quy": "1999-Q1"}, "quy", []),
    ("nhiem_vu_theo_quy", {}, "quy", ["2025-Q4", "2026-Q1", "2026-Q2"]),
    ("nhiem_vu_cua_don_vi", {"don_vi": "khu pho", "vai_tro": "phoi hop"}, "vai_tro", ["Phối hợp", "Phối hợp"]),
    ("nhiem_vu_cua_don_vi", {"don_vi": "Công an", "vai_tro": "Phối hợp"}, "don_vi", []),
    ("thoi_han_truoc_ngay", {"ngay": "30/6/2026"}, "thoi_han", ["2025-10-31", "2026-06-30", "2026-06-30"]),
    ("thoi_han_truoc_ngay", {"ngay": "2026-06-29"}, "thoi_han", ["2025-10-31"]),
    ("thoi_han_truoc_ngay", {"ngay": "hôm nay"}, "thoi_han", []),
    ("van_de", {"ke_hoach": "to cong nghe"}, "van_de", ["Số văn bản để trống"]),
    ("van_de", {"muc_do": "vua"}, "dia_phuong", ["Xã Bình Thuận"]),
]


@pytest.mark.parametrize(("query", "typed", "column", "expected"), ANSWERS)
def test_a_stored_query_answers(site: Site, query: str, typed: dict[str, str], column: str, expected: list[object]):
    assert sorted(map(str, (row[column] for row in rows(site, f"/plans/{query}", **typed)))) == sorted(
        map(str, expected)
    )


@pytest.mark.parametrize("query", SITE["queries"])
def test_a_stored_querys_page_is_vietnamese_and_takes_any_text(site: Site, query: str):
    names = re.findall(r"(?<!:):(\w+)", SITE["queries"][query]["sql"])
    for typed in ("", *NASTY):
        status, text = site.page(f"/plans/{query}", **dict.fromkeys(names, typed))
        assert status == 200
        assert SITE["queries"][query]["title"] in text
        assert 'class="notice error"' not in text


def test_a_row_has_a_page_of_its_own_and_its_key_is_the_records(site: Site):
    status, text = site.page(f"/plans/targets/{ward().id}-t1")
    assert status == 200
    assert "Ít nhất 85% người dân có tài khoản thanh toán điện tử." in text


def test_the_database_can_be_downloaded(site: Site, db: Path):
    assert "/plans.db" in site.page("/plans")[1]
    assert site.get("/plans.db")[2] == db.read_bytes()


def test_a_port_in_use_is_said_with_a_remedy(site: Site, db: Path):
    port = site.address.rpartition(":")[2]
    done = subprocess.run(
        [KEHOACH, "serve", str(db), "--port", port], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert f"cổng {port} đang có chương trình khác dùng" in done.stderr
    assert f"--port {int(port) + 1}" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_when_told_to_and_leaves_nothing_behind(db: Path, tmp_path: Path, number: signal.Signals):
    process, address = start(db, temporary=tmp_path)
    assert Site(address).page("/")[0] == 200
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert list(tmp_path.iterdir()) == []


def not_ours(folder: Path, name: str) -> Path:
    path = folder / name
    if name == "theirs.db":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("create table mine (id)")
    elif name == "notes.txt":
        path.write_text("mine", "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "said"), [("gone.db", "không có tệp này"), ("theirs.db", "không phải"), ("notes.txt", "không phải")]
)
def test_what_is_no_database_of_ours_is_not_served(tmp_path: Path, name: str, said: str):
    done = subprocess.run(
        [KEHOACH, "serve", str(not_ours(tmp_path, name))], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "kehoach build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_of_another_layout_is_to_be_built_anew(tmp_path: Path, db: Path):
    older = tmp_path / "older.db"
    older.write_bytes(db.read_bytes())
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("pragma user_version = 999")
        connection.commit()
    done = subprocess.run([KEHOACH, "serve", str(older)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "hãy tạo lại" in done.stderr


def test_every_table_view_and_column_is_described_in_the_site_and_in_the_docs(db: Path):
    documented = (ROOT / "docs" / "database.md").read_text("utf-8")
    with closing(sqlite3.connect(db)) as connection:
        names = [
            name
            for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")
            if not re.search(r"_fts|^sqlite_", name)
        ]
        columns = {name: [row[1] for row in connection.execute(f"pragma table_info({name})")] for name in names}
    for name in names:
        assert list(SITE["tables"][name]["columns"]) == columns[name], name
        assert f"`{name}`" in documented
        for column in columns[name]:
            assert f"| `{column}` |" in documented, f"{name}.{column}"
    assert set(SITE["tables"]) == set(names)


@pytest.mark.parametrize("name", ["cli.md", "database.md"])
def test_the_generated_parts_of_the_docs_are_current(name: str):
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", f"docs/{name}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


BASE = "/kehoach/"


@pytest.fixture(scope="module")
def under_path(sample_db: Path) -> Iterator[Site]:
    """The site under a path, as behind a proxy."""
    with serving(sample_db, "--base-url", "kehoach") as site:
        yield site


@pytest.fixture(scope="module", params=[False, True], ids=["path kept", "path stripped"])
def crawled(under_path: Site, request: pytest.FixtureRequest) -> list[Visited]:
    return crawl(under_path, BASE, under=BASE, stripped=request.param)


def test_the_address_under_a_path_is_printed(under_path: Site):
    assert under_path.address.endswith("/kehoach")
    assert under_path.get("")[0] == under_path.get("/")[0] == 200


def test_every_address_of_every_page_stays_under_the_path(crawled: list[Visited], under_path: Site):
    assert {kind_of(page.path).partition("?")[0] for page in crawled} > {
        BASE,
        "/kehoach/plans/tasks",
        "/kehoach/ke-hoach/*",
    }
    astray = {(page.path, link) for page in crawled for link in page.links if not stays(link, under_path)}
    assert astray == set()


def stays(link: str, site: Site) -> bool:
    """Whether an address leads to the site under its path, within a page, or elsewhere on purpose."""
    parts = urlsplit(link)
    if parts.netloc and parts.netloc != urlsplit(site.address).netloc:
        return parts.scheme == "https"
    return parts.path.startswith(BASE) or link.startswith(("#", "?", "mailto:"))


def test_every_page_picture_style_and_file_under_the_path_is_there(crawled: list[Visited]):
    assert [(page.path, page.status) for page in crawled if page.status not in {200, 301, 302}] == []
    assert {"text/css", "image/svg+xml"} <= {page.kind.partition(";")[0] for page in crawled}


def test_forms_and_the_language_switch_work_under_the_path(browser: Browser, under_path: Site):
    origin = Site(under_path.address.removesuffix("/kehoach"))
    with visiting(browser, origin) as page:
        page.goto("/kehoach/plans/tasks")
        page.get_by_label("Tìm chữ trong bảng, có dấu hay không dấu").fill("chuyen doi")
        page.get_by_role("button", name="Áp dụng").click()
        assert urlsplit(page.url).path == "/kehoach/plans/tasks"
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.goto("/kehoach/")
        assert page.locator("html").get_attribute("lang") == "en"
        assert {cookie["path"] for cookie in page.context.cookies()} == {BASE}


def test_redirections_stay_under_the_path(under_path: Site):
    for path in (
        "/kehoach/plans/",
        "/plans/",
        "/kehoach/-/config",
        "/kehoach/plans/tasks?_filter_column=id&_filter_op=exact&_filter_value=1",
    ):
        status, headers, _ = under_path.raw(path)
        assert status in {301, 302}
        assert headers["location"].startswith(BASE)
        assert not headers["location"].startswith("/kehoach/kehoach")


@pytest.mark.parametrize("given", ["a b", "/x//y/", "https://a.vn/x", "?x"])
def test_what_is_no_path_is_said(given: str, tmp_path: Path):
    done = subprocess.run(
        [KEHOACH, "serve", str(tmp_path / "gone.db"), "--base-url", given], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "cần một đường dẫn như /kehoach/" in done.stderr
