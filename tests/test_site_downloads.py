"""Tải về: files that browsers keep under good names, examples of the API that run, and pages that answer meanwhile."""

import asyncio
import csv
import io
import json
import re
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest
from datasette.plugins import pm
from datasette.utils.asgi import Request as AsgiRequest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from publish.export.apart import ExportBroke
from publish.export.normalized import TABLES_EXPORTED
from publish.export.sending import Streamed
from publish.export.sheets import SHEETS, TASKS
from publish.export.values import unguarded
from publish.serve import site
from schemas import Record
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site, serving

PLAN = "513f24778542227b"  # mau-09, of Hòn Mây
BOM = b"\xef\xbb\xbf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PAGES = ["/tai-ve", "/tai-ve?nam=2026", "/tai-ve?dia_phuong=hon+mai", "/tai-ve?nam=2026&_lang=en"]


def links(site: Site, path: str = "/tai-ve") -> list[str]:
    """The addresses of the page's content, without those of other hosts."""
    found = LexborHTMLParser(site.get(path)[2]).css("main a")
    return [str(link.attributes["href"]) for link in found if str(link.attributes["href"]).startswith("/")]


def tasks_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(BOM)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        for summary in page.locator("main summary").all():
            summary.click()
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Tải sổ Excel (XLSX)", "ke-hoach.xlsx"),
        (re.compile(r"^Nhiệm vụ nhiem-vu\.csv"), "nhiem-vu.csv"),
        (re.compile(r"goi-du-lieu\.zip"), "goi-du-lieu.zip"),
        (re.compile(r"^Bản ghi, JSON Lines"), "ban-ghi.jsonl"),
        (re.compile(r"plans\.db"), "plans.db"),
    ],
)
def test_a_click_keeps_the_file_under_its_name(
    browser: Browser, sample_site: Site, tmp_path: Path, name: str | re.Pattern[str], file: str
):
    with visiting(browser, sample_site) as page:
        page.goto("/tai-ve")
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == file
        download.value.save_as(tmp_path / file)
    assert (tmp_path / file).stat().st_size > 1000


def test_a_part_is_chosen_in_a_form_and_the_file_holds_it_alone(browser: Browser, sample_site: Site, tmp_path: Path):
    with visiting(browser, sample_site) as page:
        page.goto("/tai-ve")
        page.get_by_label("Năm của kế hoạch").select_option("2026")
        page.get_by_role("combobox", name="Địa phương").fill("hon may")
        page.get_by_role("button", name="Chọn phần cần tải").click()
        assert "1 kế hoạch" in page.locator("main").inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("^Nhiệm vụ")).click()
        assert download.value.suggested_filename == "nhiem-vu-hon-may-2026.csv"
        download.value.save_as(tmp_path / "part.csv")
        page.get_by_role("link", name="Tải tất cả").click()
        assert page.url.endswith("/tai-ve")
    rows = tasks_of((tmp_path / "part.csv").read_bytes())
    assert {row["Địa phương"] for row in rows} == {"Đặc khu Hòn Mây, Bạch Khê"}


def test_a_place_that_there_is_not_is_said_on_the_page_with_what_may_be_meant(sample_site: Site):
    status, text = sample_site.page("/tai-ve", dia_phuong="hon mai")
    assert status == 200
    assert "Không có địa phương nào tên là hon mai. Có phải: Đặc khu Hòn Mây" in text
    assert "is it" in sample_site.page("/tai-ve", dia_phuong="hon mai", _lang="en")[1].lower()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_a_plans_page_gives_its_files(browser: Browser, sample_site: Site, tmp_path: Path, kind: str):
    with visiting(browser, sample_site) as page:
        page.goto(f"/ke-hoach/{PLAN}")
        with page.expect_download() as download:
            page.locator(f'#tai-ve a[href$=".{kind}"]').click()
        assert re.fullmatch(rf"[a-z0-9-]+-{PLAN}\.{kind}", download.value.suggested_filename)
        download.value.save_as(tmp_path / f"plan.{kind}")
    data = (tmp_path / f"plan.{kind}").read_bytes()
    if kind == "json":
        assert Record.model_validate_json(data).id == PLAN
    elif kind == "csv":
        assert {row["Loại"] for row in tasks_of(data)} == {"Chỉ tiêu", "Nhiệm vụ"}
        assert tasks_of(data)[0]["Đường dẫn"].startswith(f"{sample_site.address}/chi-tieu/{PLAN}")
    else:
        book = load_workbook(io.BytesIO(data))
        assert [page.title for page in book] == [*(sheet.title for sheet in SHEETS), "Ghi chú"]
        assert book["Kế hoạch"].max_row == 2


FILES = [
    ("ke-hoach.xlsx", XLSX),
    *((f"{sheet.name}.csv", CSV) for sheet in SHEETS),
    *((f"bang/{table.name}.csv", CSV) for table in TABLES_EXPORTED),
    ("ke-hoach-csv.zip", "application/zip"),
    ("goi-du-lieu.zip", "application/zip"),
    ("iati.xml", "application/xml; charset=utf-8"),
    ("stratml.zip", "application/zip"),
    ("ban-ghi.json", "application/json; charset=utf-8"),
    ("ban-ghi.jsonl", "application/jsonl; charset=utf-8"),
]


@pytest.mark.parametrize(("name", "media_type"), FILES)
def test_a_file_comes_with_its_name_and_media_type(sample_site: Site, name: str, media_type: str):
    status, headers, body = sample_site.get(f"/tai-ve/{name}")
    assert status == 200
    assert headers["content-type"] == media_type
    assert headers["content-disposition"] == f'attachment; filename="{name.rpartition("/")[2]}"'
    assert headers["x-robots-tag"] == "noindex, nofollow"
    if name.endswith(".csv"):
        assert body.startswith(BOM)
    elif name.endswith(("zip", "xlsx")):
        assert ZipFile(io.BytesIO(body)).testzip() is None


def test_a_question_about_a_file_is_answered_without_it(sample_site: Site):
    with urlopen(Request(f"{sample_site.address}/tai-ve/ke-hoach.xlsx", method="HEAD"), timeout=60) as response:
        assert response.headers["content-type"] == XLSX
        assert response.read() == b""


@pytest.mark.parametrize("path", ["/tai-ve", "/tai-ve?nam=2026&dia_phuong=hon+may"])
def test_every_link_of_the_page_leads_somewhere(sample_site: Site, path: str):
    for link in links(sample_site, path):
        assert sample_site.get(link.partition("#")[0])[0] == 200, link


ODD = ["abc", "99999999999999999999", "2026'; drop table plans", "😀", "-1", "２０２６", "1930"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("asked", ["nam", "dia_phuong", "ke_hoach"])
def test_odd_words_give_a_page_that_says_what_was_not_found(sample_site: Site, asked: str, odd: str):
    assert sample_site.get("/tai-ve", **{asked: odd})[0] == 200
    status, text = sample_site.page("/tai-ve/nhiem-vu.csv", **{asked: odd})
    assert status == 404
    assert "Không có" in text
    assert sample_site.get("/tai-ve/nhiem-vu.csv", **{asked: ""})[0] == 200


@pytest.mark.parametrize(
    "path", ["/tai-ve/khong.csv", "/tai-ve/bang/sqlite_master.csv", "/tai-ve/plans.db", "/ke-hoach/a.xlsx"]
)
def test_a_file_that_there_is_not_is_a_page_that_says_so(sample_site: Site, path: str):
    status, text = sample_site.page(path)
    assert status == 404
    assert "Không có" in text


# The API by its examples


def is_list(data: object) -> bool:
    return isinstance(data, list) and len(data) > 0 and all(isinstance(one, dict) for one in data)


CHECKS: dict[str, Callable[[object], bool]] = {
    "loc": lambda data: (
        is_list(data) and {(one["confidence"], one["year"]) for one in data} == {("high", data[0]["year"])}
    ),
    "lat-trang": lambda data: len(data["rows"]) == 100 and "_next=" in data["next_url"],
    "theo-khoa": lambda data: all(key == one["code"] for key, one in data.items()),
    "khung-nhin": lambda data: is_list(data) and "chu_tri" in data[0] and len({one["quy"] for one in data}) == 1,
    "sql": lambda data: is_list(data) and set(data[0]) == {"dia_phuong", "so_nhiem_vu"},
    "tim": is_list,
    "ban-ghi": lambda data: bool(Record.model_validate(data)),
    "chi-tieu": bool,
    "csv": lambda data: is_list(data) and list(data[0]) == TASKS.head(),
    "csv-bang": lambda data: is_list(data) and "severity" in data[0],
    "jsonl": lambda data: all(Record.model_validate(one) for one in data if "table" not in one),
    "lich": bool,
    "tien-do": lambda data: is_list(data) and all(one["tu_ngay"] <= "2026-09-30" <= one["den_ngay"] for one in data),
}


def read(answer: str, headers: dict[str, str], body: bytes) -> object:
    """What a program reads, by the kind of answer that the page promises."""
    media_type = headers["content-type"]
    if answer in {"list", "object"}:
        assert media_type.startswith("application/json")
        data = json.loads(body)
        assert isinstance(data, list if answer == "list" else dict)
        return data
    if answer == "lines":
        assert media_type.startswith("application/jsonl")
        return [json.loads(line) for line in body.splitlines()]
    if answer == "csv":
        assert media_type == CSV
        return tasks_of(body)
    assert media_type.startswith("text/calendar")
    return Calendar.from_ical(body).walk("VEVENT")


def test_every_example_answers_what_its_text_says(sample_site: Site):
    page = LexborHTMLParser(sample_site.get("/tai-ve")[2])
    examples = page.css(".example")
    assert {str(one.id).removeprefix("vi-du-") for one in examples} == set(CHECKS)
    for example in examples:
        link = example.css_first("a[data-answer]")
        status, headers, body = sample_site.get(str(link.attributes["href"]))
        assert status == 200, link.html
        name = str(example.id).removeprefix("vi-du-")
        assert CHECKS[name](read(str(link.attributes["data-answer"]), headers, body)), name


def test_the_code_of_an_example_holds_its_address_and_is_code(sample_site: Site):
    for example in LexborHTMLParser(sample_site.get("/tai-ve")[2]).css(".example"):
        address = sample_site.address + str(example.css_first("a[data-answer]").attributes["href"])
        codes = {str(one.attributes["aria-label"]): one.text() for one in example.css(".snippet pre")}
        assert set(codes) == {"curl", "Python", "R"}
        assert all(address.replace("'", "%27") in code for code in codes.values())
        compile(codes["Python"], "example", "exec")


def test_code_is_copied_by_a_button(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/tai-ve")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator("#vi-du-loc").get_by_role("button", name="Chép").first.click()
        page.get_by_role("button", name="Đã chép").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#vi-du-loc-curl").inner_text()


def test_behind_a_proxy_every_address_has_the_path_of_the_site(sample_db: Path):
    with serving(sample_db, "--base-url", "/kehoach/") as site:
        # The site's address ends in its path; links of its pages begin at the host.
        host = Site(site.address.removesuffix("/kehoach"))
        found = links(host, "/kehoach/tai-ve")
        assert all(link.startswith("/kehoach/") for link in found)
        assert host.get(next(link for link in found if link.endswith("nhiem-vu.csv")))[0] == 200
        page = LexborHTMLParser(host.get("/kehoach/tai-ve")[2])
        assert f"{site.address}/plans/targets.json" in page.css_first("#vi-du-loc-curl").text()
        row = tasks_of(host.get("/kehoach/tai-ve/nhiem-vu.csv")[2])[0]
        assert row["Đường dẫn"].startswith(f"{site.address}/nhiem-vu/")
        assert host.get("/kehoach/plans/tasks.xlsx")[1]["content-type"] == XLSX


# Any table and query for Excel


def test_a_tables_csv_for_excel_has_a_mark_a_media_type_and_no_formula(sample_site: Site):
    status, headers, marked = sample_site.get("/plans/tasks.csv?_stream=on&_bom=on")
    plain = sample_site.get("/plans/tasks.csv?_stream=on")[2]
    assert (status, headers["content-type"]) == (200, CSV)
    assert not plain.startswith(BOM)
    rows = list(csv.reader(io.StringIO(marked.decode("utf-8-sig"), newline="")))
    assert [[unguarded(cell) for cell in row] for row in rows] == list(
        csv.reader(io.StringIO(plain.decode(), newline=""))
    )
    formula = sample_site.get("/plans.csv?_bom=on&sql=select+'=1%2B1'+as+a")[2]
    assert formula == BOM + b"a\r\n'=1+1\r\n"


def test_an_error_of_csv_for_excel_stays_an_error(sample_site: Site):
    status, text = sample_site.page("/plans.csv?_bom=on&sql=delete+from+plans")
    assert status == 400
    assert "﻿" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/plans/tasks.xlsx",
        "/plans/lich_nhiem_vu.xlsx",
        "/plans/tim_kiem.xlsx?tu_khoa=so",
        "/plans.xlsx?sql=select+1+as+a",
    ],
)
def test_a_table_a_view_and_a_query_are_workbooks(sample_site: Site, path: str):
    status, headers, body = sample_site.get(path)
    assert (status, headers["content-type"]) == (200, XLSX)
    page, notes = load_workbook(io.BytesIO(body)).worksheets
    assert page.max_row > 1
    assert f"{page.max_row - 1} dòng" in str(notes["A2"].value)


def test_a_tables_workbook_has_more_rows_than_a_page(sample_site: Site):
    page = load_workbook(io.BytesIO(sample_site.get("/plans/tasks.xlsx")[2])).worksheets[0]
    total = json.loads(sample_site.get("/plans/tasks.json?_size=0")[2])["filtered_table_rows_count"]
    assert page.max_row == total + 1 > 51


# Many at a time


def test_pages_answer_while_files_are_made(sample_site: Site):
    paths = ["ke-hoach.xlsx", "goi-du-lieu.zip", "ke-hoach-csv.zip", "ban-ghi.jsonl", "nhiem-vu.csv", "ke-hoach.xlsx"]
    with ThreadPoolExecutor(len(paths)) as pool:
        files = [pool.submit(sample_site.get, f"/tai-ve/{path}") for path in paths]
        seconds = []
        while not all(file.done() for file in files):
            begun = time.monotonic()
            assert sample_site.get("/")[0] == 200
            seconds.append(time.monotonic() - begun)
        answers = [file.result() for file in files]
    assert [status for status, _, _ in answers] == [200] * len(paths)
    assert answers[0][2] == answers[-1][2]
    assert sorted(seconds)[len(seconds) // 2] < 2


def settled(asked: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, in a thread of its own: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


def test_when_too_many_files_are_made_a_reader_is_asked_to_come_back(sample_db: Path, monkeypatch: pytest.MonkeyPatch):
    async def asked() -> tuple[int, str, str]:
        plugin = pm.get_plugin("downloads.py")
        monkeypatch.setattr(plugin, "_slots", asyncio.Semaphore(0))
        monkeypatch.setattr(plugin, "_PATIENCE", 0.05)
        await datasette.invoke_startup()
        answer = await datasette.client.get("/tai-ve/nhiem-vu.csv")
        return answer.status_code, answer.headers["retry-after"], answer.text

    with site(sample_db) as datasette:
        status, later, text = settled(asked())
    assert (status, later) == (503, "60")
    assert "Đang có nhiều người tải dữ liệu" in text


@pytest.mark.parametrize(("breaks", "ended"), [(False, True), (True, False)])
def test_a_file_that_breaks_on_the_way_has_no_end(breaks: bool, ended: bool):
    sent: list[dict[str, Any]] = []

    async def pieces():
        yield b"two"
        if breaks:
            raise ExportBroke("a.csv")

    async def receive() -> dict[str, str]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    answer = Streamed(AsgiRequest({}, receive), pieces(), b"one", name="a.csv", media_type=CSV)
    settled(answer.asgi_send(send))
    assert [message.get("body") for message in sent][:3] == [None, b"one", b"two"]
    assert (not sent[-1].get("more_body", False)) is ended


def test_a_reader_who_goes_away_leaves_room_for_the_next(sample_site: Site):
    for _ in range(6):
        with urlopen(f"{sample_site.address}/tai-ve/ban-ghi.json", timeout=60) as response:
            response.read(10)
    begun = time.monotonic()
    assert sample_site.get("/tai-ve/nhiem-vu.csv")[0] == 200
    assert time.monotonic() - begun < 15
