"""Datasette's own pages in our looks: tables, rows, stored queries and SQL, as people and as programs use them."""

import asyncio
import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils import parse_metadata
from playwright.sync_api import Browser, Page, expect

from publish.pages.standing import StandingDatabase
from publish.serve import SITE
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site

PLAN = "2063c9aba96fa48d"  # mau-17
TASK = f"{PLAN}-N001"
COUNT = "/plans?sql=select+kind,+count(*)+as+n+from+tasks+where+position+>+:least+group+by+kind&least=3"
PAGES = [
    "/plans",
    "/plans/tasks",
    "/plans/tasks?_facet=plan_id&quarter=2026-Q2",
    "/plans/tasks?_moi_cot=1",
    "/plans/so_sanh_chi_tieu",
    f"/plans/tasks/{TASK}",
    f"/plans/plans/{PLAN}",
    "/plans/tim_kiem?tu_khoa=chuyen+doi",
    COUNT,
    "/plans?sql=selec",
    "/plans/nowhere",
    "/-/patterns",
    "/-/versions",
    "/-/plugins",
    "/-/metadata",
    "/-/settings",
    "/-/databases",
    "/-/threads",
    "/-/actor",
    "/-/messages",
    "/-/allow-debug",
    "/-/permissions",
]
QUERIES = yaml.safe_load((SITE / "metadata.yaml").read_text("utf-8"))["databases"]["plans"]["queries"]
# What nobody would type and anybody may send: none of it is an error of ours.
ODD = [
    "/plans/so_sanh_chi_tieu?_next=x",
    "/plans/tasks?_next=~",
    "/plans/tasks?_next=$null,,,",
    "/plans/tasks?_size=x",
    "/plans/tasks?_size=-1",
    "/plans/tasks?_size=99999999999999999999",
    "/plans/tasks?_sort=nowhere",
    "/plans/tasks?_sort=id&_sort_desc=id",
    "/plans/tasks?_col=nowhere",
    "/plans/tasks?_facet=nowhere",
    "/plans/tasks?_facet={",
    "/plans/tasks?_facet_array=text",
    "/plans/tasks?_facet_date=text&_facet_size=x",
    "/plans/tasks?_through=x",
    '/plans/tasks?_through={"table":"nowhere","column":"x","value":"y"}',
    "/plans/tasks?_where=(",
    "/plans/tasks?_search_nowhere=x",
    "/plans/tasks?position__in=[",
    "/plans/tasks?position__in=[1,2]",
    "/plans/tasks?position__nowhere=1",
    "/plans/tasks?nowhere=1",
    "/plans/tasks?nowhere__contains=😀",
    "/plans/tasks?_timelimit=x",
    "/plans/tasks?_labels=x&_nocount=1&_nofacet=1",
    "/plans/sections?path=III&path__contains=I",
    "/plans/van_de_theo_ke_hoach?trang=1",
    "/plans/tasks?text__contains=%00",
    "/plans/tasks/😀",
    "/plans/😀",
    "/plans/tasks/a,b,c",
    "/plans/tasks/~00",
    f"/plans/tasks/{TASK}.blob?_blob_column=nowhere",
    "/plans?sql=",
    "/plans?sql=select+:a,+:_b",
    "/plans?sql=select+x'00ff'",
    "/plans?sql=select+zeroblob(10)",
    "/plans?sql=select+1;select+2",
    "/plans?sql=pragma+table_list",
    "/plans?sql=select+load_extension('x')",
    "/plans/tim_kiem?_hide_sql=1&_show_sql=1",
    "/plans/tim_kiem?_next=x&_size=x",
    "/plans.x",
    "/plans/tasks.x",
    "/-/nowhere",
    "/-/auth-token?token=x",
    "/-/allow-debug?allow={&actor=[",
]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


def test_a_table_prints_on_paper_without_its_forms(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/tasks?_size=5")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 900})  # A4 between its margins
        assert too_wide(page) == []
        assert not page.locator("form:visible, .facets:visible, .panel:visible").count()
        assert "Nhiệm vụ" in page.evaluate("getComputedStyle(document.querySelector('td.long'), '::before').content")


def shown(page: Page) -> int:
    """The rows of the table on the page."""
    return page.locator("table.data tbody tr").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_filters_a_table_by_its_form_and_takes_the_filter_off(
    browser: Browser, sample_site: Site, scripts: bool
):
    with visiting(browser, sample_site, scripts=scripts) as page:
        page.goto("/plans/tasks")
        page.get_by_label("Cột", exact=True).select_option(label="Nhiệm vụ (text)")
        page.get_by_label("So sánh").select_option(label="chứa")
        page.get_by_label("Giá trị", exact=True).fill("tập huấn")
        page.get_by_role("button", name="Áp dụng").click()
        assert "text__contains=t%E1%BA%ADp" in page.url
        cells = page.locator("td[data-label='Nhiệm vụ']").all_inner_texts()
        assert cells
        assert all("tập huấn" in cell.lower() for cell in cells)
        expect(page.locator(".conditions")).to_contain_text("Nhiệm vụ chứa “tập huấn”")
        expect(page).to_have_title(
            f"Nhiệm vụ: {len(cells)} dòng, Nhiệm vụ chứa “tập huấn” · Kế hoạch của cơ quan nhà nước"
        )
        page.locator(".conditions a").click()
        assert page.locator(".conditions").count() == 0


def test_a_reader_searches_a_table_without_accents_and_sorts_it_by_the_form(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, phone=True) as page:
        page.goto("/plans/tasks")
        page.get_by_label("Tìm chữ trong bảng, có dấu hay không dấu").fill("chuyen doi so")
        page.get_by_label("Xếp theo").select_option("position")
        page.get_by_label("từ lớn đến nhỏ").check()
        page.get_by_role("button", name="Áp dụng").click()
        assert "_sort_desc=position" in page.url
        positions = [
            int(text.split(":")[-1]) for text in page.locator("td[data-label='Thứ tự trong văn bản']").all_inner_texts()
        ]
        assert len(positions) > 3
        assert positions == sorted(positions, reverse=True)
        assert page.get_by_label("từ lớn đến nhỏ").is_checked()


def test_a_reader_follows_a_facet_sorts_by_a_heading_and_opens_a_row(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/tasks")
        first = page.locator("#facet-kind li").first
        count = int(first.locator("small").inner_text())
        first.locator("a").click()
        expect(page.locator("#rows-title")).to_have_text(f"{count} dòng")
        expect(page.locator("#facet-kind a[aria-current]")).to_have_count(1)
        page.locator("th[data-column=deadline_end] a").click()
        expect(page.locator("th[aria-sort=ascending]")).to_have_attribute("data-column", "deadline_end")
        page.locator("th[data-column=deadline_end] a").click()
        expect(page.locator("th[aria-sort=descending]")).to_have_attribute("data-column", "deadline_end")
        days = page.locator("td[data-label='Ngày cuối của thời hạn']").all_inner_texts()
        assert days == sorted(days, reverse=True)
        page.locator("table.data tbody th a").first.click()
        expect(page.locator(".row-fields th code").first).to_have_text("id")
        page.get_by_role("link", name="Trang dễ đọc, có nguồn").wait_for()


def test_a_reader_chooses_the_columns_and_shows_those_that_are_left_out(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/tasks?quarter=2026-Q2")
        assert page.locator("th[data-column=search_text]").count() == 0
        page.get_by_text("Các cột", exact=False).first.click()
        page.get_by_label("Hiện cột plan_id").uncheck()
        page.get_by_label("Hiện cột search_text").check()
        page.get_by_role("button", name="Chỉ hiện các cột đã chọn").click()
        heads = page.locator("table.data thead th").evaluate_all("all => all.map(one => one.dataset.column)")
        assert "search_text" in heads
        assert "plan_id" not in heads
        assert "quarter=2026-Q2" in page.url
        page.locator("details.panel").first.click()
        page.get_by_role("link", name="Hiện mọi cột").click()
        assert {"plan_id", "search_text", "spans"} <= set(
            page.locator("table.data thead th").evaluate_all("all => all.map(one => one.dataset.column)")
        )


def test_a_columns_links_sort_count_filter_and_hide(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/tasks?_search=xa")
        for name, added in [
            ("xếp giảm", "_sort_desc=deadline_text"),
            ("đếm giá trị", "_facet=deadline_text"),
            ("chỉ dòng có giá trị", "deadline_text__notblank=1"),
            ("ẩn", "_nocol=plan_id"),
        ]:
            page.locator("details.panel").first.locator("summary").click()
            column = added.rpartition("=")[2] if "=1" not in added else "deadline_text"
            page.get_by_role("row", name=f"Hiện cột {column}", exact=False).get_by_role(
                "link", name=name, exact=True
            ).click()
            assert added in page.url
            assert "_search=xa" in page.url
        expect(page.locator("#facet-deadline_text")).to_have_count(1)
        expect(page.locator("th[data-column=plan_id]")).to_have_count(0)


def test_the_column_that_rows_are_sorted_by_cannot_be_left_out(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/plans?_size=2")
        page.locator("details.panel").first.locator("summary").click()
        assert page.get_by_label("Hiện cột year").is_disabled()
        page.get_by_label("Hiện cột title").uncheck()
        page.get_by_role("button", name="Chỉ hiện các cột đã chọn").click()
        assert page.locator("th[data-column=title]").count() == 0
        assert page.locator("th[data-column=year]").count() == 1
        page.get_by_role("link", name="Trang sau").click()
        assert shown(page) == 2


def test_the_next_page_goes_on_and_leads_back(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/tasks?_size=5&_sort=position")
        before = page.locator("table.data tbody th").all_inner_texts()
        page.get_by_role("link", name="Trang sau").click()
        assert not set(before) & set(page.locator("table.data tbody th").all_inner_texts())
        page.get_by_role("link", name="Về đầu bảng").click()
        assert page.locator("table.data tbody th").all_inner_texts() == before


def test_a_stored_query_is_asked_by_its_form_shown_and_edited(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans")
        page.get_by_role("link", name="Nhiệm vụ theo quý").first.click()
        page.get_by_label("Quý, ví dụ 2026-Q2; chỉ viết 2026 là cả năm").fill("2026-Q2")
        page.get_by_role("button", name="Xem").click()
        assert shown(page) > 3
        assert set(page.locator("td[data-label=Quý]").all_inner_texts()) == {"2026-Q2"}
        assert page.locator("main pre, main textarea").count() == 0
        page.get_by_role("link", name="Hiện câu SQL").click()
        expect(page.locator("main pre")).to_contain_text("from task_quarters")
        assert page.get_by_label("Quý, ví dụ").input_value() == "2026-Q2"
        page.get_by_role("link", name="Sửa câu SQL").click()
        assert page.get_by_label("Câu SQL (chỉ đọc)").input_value() == QUERIES["nhiem_vu_theo_quy"]["sql"]
        assert shown(page) > 3


def test_sql_is_written_run_by_a_key_and_its_error_explained(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans")
        box = page.get_by_label("Câu SQL (chỉ đọc)")
        box.fill("select kind, count(*) as n from tasks group by kind")
        box.press("Control+Enter")
        page.wait_for_url("**/plans?sql=*")
        assert page.locator("table.data thead th").all_inner_texts() == ["kind", "n"]
        page.get_by_label("Câu SQL (chỉ đọc)").fill("select * from khong_co")
        with page.expect_response(lambda response: response.status == 400):
            page.get_by_role("button", name="Chạy câu SQL").click()


def test_a_wrong_query_says_what_is_wrong_in_vietnamese_and_keeps_what_was_typed(sample_site: Site):
    for sql, said in [
        ("select * from khong_co", "Không có bảng nào tên khong_co."),
        ("select khong_co from tasks", "Không có cột nào tên khong_co."),
        ("select * frm tasks", "Câu SQL sai cú pháp ở gần frm."),
        ("select khong_co()", "Không có hàm nào tên khong_co."),
        ("select (", "Câu SQL còn thiếu phần cuối."),
        ("delete from tasks", "Chỉ nhận câu hỏi SELECT"),
    ]:
        status, text = sample_site.page("/plans", sql=sql)
        assert status == 400
        assert said in text, sql


def test_a_table_is_exported_as_the_form_says(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/plans/task_units?_size=10&role=lead")
        form = page.get_by_role("form", name="Tải CSV")
        form.get_by_label("mọi dòng, không chỉ trang này").check()
        with page.expect_download() as download:
            form.get_by_role("button", name="Tải CSV").click()
        rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert download.value.suggested_filename == "task_units.csv"
    assert {row["role_label"] for row in rows} == {"Chủ trì"}
    assert len(rows) == asked(sample_site, "/plans/task_units.json", role="lead")["filtered_table_rows_count"] > 10


def asked(site: Site, path: str, **query: str) -> Any:
    status, headers, body = site.get(path, **query)
    assert status == 200, body
    assert headers["content-type"] == "application/json; charset=utf-8"
    return json.loads(body)


def test_json_has_the_shapes_that_programs_expect(sample_site: Site):
    whole = asked(sample_site, "/plans/tasks.json", _size="3", _facet="plan_id", _sort="position")
    assert {
        "database",
        "table",
        "rows",
        "columns",
        "primary_keys",
        "filtered_table_rows_count",
        "query",
        "facet_results",
        "next",
        "next_url",
        "truncated",
    } <= set(whole)
    assert whole["columns"][:3] == ["id", "plan_id", "position"]
    assert whole["primary_keys"] == ["id"]
    assert "plan_id" in whole["facet_results"]
    objects = asked(sample_site, "/plans/tasks.json", _size="3", _shape="array")
    assert [set(row) for row in objects] == [set(whole["columns"])] * 3
    assert set(asked(sample_site, "/plans/tasks.json", _size="3", _shape="object")) == {row["id"] for row in objects}
    assert asked(sample_site, "/plans/tasks.json", _size="3", _shape="arrays")["rows"][0][0] == objects[0]["id"]
    assert asked(sample_site, "/plans/tasks.json", _size="3", _shape="arrayfirst") == [row["id"] for row in objects]
    lines = sample_site.get("/plans/tasks.json", _size="3", _shape="array", _nl="on")[2].decode().splitlines()
    assert [json.loads(line) for line in lines] == objects
    labelled = asked(sample_site, "/plans/tasks.json", _size="1", _shape="array", _labels="on")
    assert set(labelled[0]["kind"]) == {"value", "label"}
    following = asked(sample_site, whole["next_url"].removeprefix(sample_site.address))
    assert not {row[0] for row in following["rows"]} & {row["id"] for row in objects}


def test_rows_sql_and_stored_queries_answer_in_json(sample_site: Site):
    row = asked(sample_site, f"/plans/tasks/{TASK}.json", _shape="objects")
    assert row["rows"][0]["id"] == TASK
    assert row["primary_key_values"] == [TASK]
    assert asked(sample_site, "/plans.json", sql="select :a as a", a="b", _shape="array") == [{"a": "b"}]
    assert asked(sample_site, "/plans/tim_kiem.json", tu_khoa="chuyen doi", _shape="array")[0]["loai"]
    assert {table["name"] for table in asked(sample_site, "/plans.json")["tables"]} > {"plans", "targets", "tasks"}
    assert set(asked(sample_site, "/.json")) == {"plans"}
    assert asked(sample_site, "/-/versions.json")["datasette"]["version"]


ALIKE = [
    "/plans/tasks.json?_size=3&_sort=text&_facet=plan_id&_facet_size=2&_labels=on",
    "/plans/tasks.json?_size=2&_next=x,y&_nocount=1&_nofacet=1",
    "/plans/tasks.json?quarter=2026-Q2&text__contains=a&position__gt=3&_shape=objects&_sort_desc=text",
    "/plans/tasks.json?section_id__notblank=1&_col=text&_col=kind&_size=2&_shape=array",
    "/plans/tasks.json?_where=position>4&_nocol=text&_size=2",
    '/plans/tasks.json?_through={"table":"task_units","column":"role","value":"lead"}&_size=2&_shape=object',
    "/plans/plans.json?_size=1&_json=signatures&_facet_date=issued_date",
    "/plans/units.json?_size=max&_shape=arrayfirst&_col=name",
    "/plans/so_sanh_chi_tieu.json?_size=5&_next=5&_facet=chi_so",
    "/plans/roles.json?_shape=array&_nl=on",
    f"/plans/tasks/{TASK}.json?_shape=objects&_extras=foreign_key_tables",
    f"/plans/plans/{PLAN}.json",
    "/plans.json?sql=select+kind,+count(*)+from+tasks+where+id+<>+:x+group+by+1&x=y",
    "/plans.json?sql=select+1+as+a,+'b'+as+b&_shape=array",
    "/plans.json?sql=select+nowhere",
    "/plans.json",
    "/plans/nowhere.json",
    "/plans/tasks.csv?_size=4&_labels=on",
    "/plans/tasks.csv?_stream=on&kind=task",
    "/plans/tasks.csv?_size=2&_dl=on&_header=off",
    "/plans.csv?sql=select+id,+title+from+plans+order+by+id+limit+3",
]


@pytest.fixture(scope="module")
def plain(sample_db: Path) -> Datasette:
    """A Datasette with our words and nothing else of ours."""
    settings = json.loads((SITE / "settings.json").read_text("utf-8"))
    metadata = parse_metadata((SITE / "metadata.yaml").read_text("utf-8"))
    return Datasette([], immutables=[str(sample_db)], settings=settings, metadata=metadata)


@pytest.mark.parametrize("path", ALIKE)
def test_programs_get_what_a_plain_datasette_answers(sample_site: Site, plain: Datasette, path: str):
    status, headers, body = sample_site.get(path)
    with ThreadPoolExecutor() as threads:  # the browser's own loop runs in this one
        expected = threads.submit(asyncio.run, plain.client.get(path)).result()
    assert (status, headers["content-type"]) == (expected.status_code, expected.headers["content-type"])
    assert headers.get("content-disposition") == expected.headers.get("content-disposition")
    assert comparable(body.decode().replace(sample_site.address, "http://localhost")) == comparable(expected.text)


def comparable(text: str) -> Any:
    """An answer without what differs from run to run."""
    try:
        answer = json.loads(text)
    except ValueError:
        return text
    return {name: value for name, value in answer.items() if name != "query_ms"} if isinstance(answer, dict) else answer


def test_whole_tables_are_counted_once_and_a_count_that_takes_too_long_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, sample_db: Path
):
    asked_for: list[str] = []

    async def answer(_self: Database, sql: str, *args: Any, **kwargs: Any) -> str:
        asked_for.append(sql)
        if "slow" in sql:
            raise QueryInterrupted(Exception("interrupted"), sql, {})
        return f"{sql}: {len(asked_for)}"

    async def ask_twice(sql: str) -> list[object]:
        return [await database.execute(sql) for _ in range(2)]

    async def ask_for_the_slow_one() -> None:
        with pytest.raises(QueryInterrupted):
            await database.execute("select count(*) from slow ")

    monkeypatch.setattr(Database, "execute", answer)
    database = StandingDatabase(None, str(sample_db))
    with ThreadPoolExecutor() as threads:  # the browser's own loop runs in this one
        whole = threads.submit(asyncio.run, ask_twice("select count(*) from tasks ")).result()
        part = threads.submit(asyncio.run, ask_twice("select count(*) from tasks where kind = 'task' ")).result()
        for _ in range(2):
            threads.submit(asyncio.run, ask_for_the_slow_one()).result()
    assert whole[0] == whole[1]
    assert part[0] != part[1]
    assert asked_for.count("select count(*) from slow ") == 1


def test_errors_in_json_are_worded_as_datasette_words_them(sample_site: Site):
    for path, status, error in [
        ("/plans/nowhere.json", 404, "Table not found"),
        ("/plans/tasks/nowhere.json", 404, "Record not found"),
        ("/plans.json?sql=delete+from+tasks", 400, "Statement must be a SELECT"),
        ("/plans.json?sql=select+nowhere", 400, "no such column: nowhere"),
    ]:
        got, headers, body = sample_site.get(path)
        assert (got, headers["content-type"]) == (status, "application/json; charset=utf-8")
        assert json.loads(body)["error"] == error
        assert json.loads(body)["ok"] is False


def test_csv_streams_all_rows_with_headings_and_labels(sample_site: Site):
    count = asked(sample_site, "/plans/tasks.json", _size="0")["filtered_table_rows_count"]
    status, headers, body = sample_site.get("/plans/tasks.csv", _stream="on", _size="max", _labels="on")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert len(rows) == count
    assert {"kind", "kind_label", "spans", "search_text"} <= set(rows[0])
    assert list(
        csv.reader(io.StringIO(sample_site.get("/plans.csv", sql="select 1 as a, 'b,c' as d")[2].decode()))
    ) == [
        ["a", "d"],
        ["1", "b,c"],
    ]


@pytest.mark.parametrize("path", ODD)
def test_odd_requests_are_answered_with_a_page_that_helps(sample_site: Site, path: str):
    status, text = sample_site.page(path)
    assert status in {200, 400, 403, 404}
    assert '<html lang="vi">' in text or path.partition("?")[0].endswith(".blob")


def test_the_pages_for_debugging_are_as_closed_as_datasettes(sample_site: Site):
    assert sample_site.get("/-/permissions")[0] == 403
    assert "Không được phép xem trang này" in sample_site.page("/-/permissions")[1]
    assert sample_site.get("/-/auth-token", token="x")[0] == 403
    assert sample_site.raw("/-/messages", "POST")[0] in {403, 405}
    assert sample_site.raw("/plans", "POST")[0] in {403, 405}


def test_numbers_texts_and_codes_are_shown_as_such(sample_site: Site):
    text = sample_site.get("/plans/task_units?_size=1&_sort=id")[2].decode()
    assert 'href="/plans/roles/' in text
    english = sample_site.get("/plans/task_units?_size=100&_sort=id&_lang=en")[2].decode()
    assert ">Leads</a>" in english or ">Lead</a>" in english
    assert ">Chủ trì</a>" not in english


def test_nothing_of_a_document_becomes_markup_in_a_table(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        for path in (
            "/plans/plans?title__contains=script",
            "/plans/tasks?_search=onmouseover&_facet=text&_facet=section_id",
            "/plans/tim_kiem?tu_khoa=script",
            "/plans?sql=select+title,+'<script>window.hurt=7</script>'+as+[<i>x</i>]+from+plans+where+title+like+'%25script%25'",
            "/plans/tasks?text__contains=<script>window.hurt=8</script>&_where='<script>'+<>+''&_search=<script>",
        ):
            page.goto(path)
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, main img, main i, main b[onmouseover]").count() == 0


def test_a_whole_view_comes_as_csv_in_one_go_with_the_filters_of_its_page(sample_site: Site):
    whole = sample_site.get("/plans/so_sanh_chi_tieu.csv", _stream="on")
    counted = json.loads(sample_site.get("/plans/so_sanh_chi_tieu.json", _size="0")[2])["filtered_table_rows_count"]
    found = list(csv.DictReader(io.StringIO(whole[2].decode(), newline="")))
    assert whole[0] == 200
    assert len(found) == counted
    place = next(row["dia_phuong"] for row in found if row["dia_phuong"])
    some = sample_site.get("/plans/so_sanh_chi_tieu.csv", _stream="on", dia_phuong=place)[2]
    assert list(csv.DictReader(io.StringIO(some.decode(), newline=""))) == [
        r for r in found if r["dia_phuong"] == place
    ]


def test_a_whole_view_for_excel_bears_its_mark(sample_site: Site):
    status, headers, body = sample_site.get("/plans/lich_nhiem_vu.csv", _stream="on", _bom="on")
    assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert body.startswith("\ufeffma_nhiem_vu,".encode())
    assert body.count("\ufeff".encode()) == 1


@pytest.mark.parametrize("asked", ["_stream=on&_sort=quy", "_stream=on&khong_co=1", "_stream=on&_next=2"])
def test_what_else_is_asked_of_a_views_csv_is_left_to_datasette(sample_site: Site, asked: str):
    status, _, body = sample_site.get(f"/plans/lich_nhiem_vu.csv?{asked}")
    assert status in {200, 400}
    assert b"Traceback" not in body


def test_counts_by_value_are_made_for_the_first_page_and_left_out_of_the_next(sample_site: Site):
    first = asked(sample_site, "/plans/tasks.json", _size="3")
    assert first["facet_results"]
    further = asked(sample_site, "/plans/tasks.json", _size="3", _next=first["next"])
    assert not further["facet_results"]
    assert asked(sample_site, "/plans/tasks.json", _size="3", _next=first["next"], _facet="kind")["facet_results"]
