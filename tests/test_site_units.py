"""Đơn vị: the list, a unit's duties, workload and company, addresses without accents."""

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site

UNIT = "công-an-xã"
PATH = f"/don-vi/{quote(UNIT)}"
PAGES = [
    "/don-vi",
    "/don-vi?tu_khoa=cong+an",
    "/don-vi?tu_khoa=khong+co",
    PATH,
    f"{PATH}?dia_phuong=khe+vang&quy=2026-Q2",
]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []
        assert page.locator("h1").count() == 1


def test_the_list_begins_with_those_who_have_most_to_do(browser: Browser, sample_site: Site, ask):
    most = ask("select name, tasks_count, tasks_lead, plans_count from units order by tasks_count desc, id limit 1")[0]
    with visiting(browser, sample_site) as page:
        page.goto("/don-vi")
        first = page.locator("tbody tr").first
        assert first.locator("th").inner_text() == most[0]
        numbers = [int(cell.inner_text().replace(".", "")) for cell in first.locator("td.n").all()]
        assert (numbers[0], numbers[1], numbers[4]) == most[1:]
        page.get_by_role("link", name="Trang sau").click()
        assert page.locator("tbody tr").first.locator("th").inner_text() != most[0]


def test_a_reader_finds_a_unit_by_typing_without_accents_and_by_kind(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, phone=True) as page:
        page.goto("/don-vi")
        page.get_by_label("Tên đơn vị").fill("cong an")
        page.get_by_role("button", name="Lọc").click()
        names = page.locator("tbody th").all_inner_texts()
        assert names[0] == "Công an xã"
        assert all("công" in name.lower() for name in names)
        page.get_by_label("Loại").select_option(value="school")
        page.get_by_role("button", name="Lọc").click()
        assert page.get_by_text("Không có đơn vị nào. Thử bớt chữ").is_visible()
        page.get_by_role("link", name="Bỏ lọc").click()
        page.get_by_role("link", name="Công an xã", exact=True).click()
        assert page.locator("h1").inner_text() == "Công an xã"


def test_duties_can_be_narrowed_by_role_quarter_year_place_and_words(browser: Browser, sample_site: Site, ask):
    lead = ask("select tasks_lead from units where id = ?", UNIT)[0][0]
    with visiting(browser, sample_site) as page:
        page.goto(PATH)
        page.get_by_label("Vai trò").select_option(value="lead")
        page.get_by_role("button", name="Lọc").click()
        assert page.locator("#tieu-de-nhiem-vu small").inner_text() == str(lead)
        assert set(page.locator(".duties tbody td:first-child").all_inner_texts()) == {"Chủ trì"}
        page.get_by_label("Từ khóa").fill("dinh danh dien tu")
        page.get_by_role("button", name="Lọc").click()
        texts = page.locator(".duties tbody td:nth-child(2)").all_inner_texts()
        assert texts
        assert all("định danh điện tử" in text.lower() for text in texts)
        page.get_by_role("link", name="Bỏ lọc").click()
        assert page.url.removesuffix("#nhiem-vu") == f"{sample_site.address}{PATH}"


def test_a_quarters_number_is_that_of_the_duties_due_in_it(sample_site: Site, ask):
    found = ask(
        "select quarter, sum(tasks) from unit_quarters where unit_id = ? group by 1 order by 2 desc limit 3", UNIT
    )
    for quarter, number in found:
        text = sample_site.page(PATH, quy=quarter)[1]
        listed = re.search(r'id="tieu-de-nhiem-vu">Nhiệm vụ <small>(\d+)', text)
        assert listed is not None
        assert int(listed[1]) <= number  # a task in which the unit has two roles counts for both
        assert re.search(rf"quy={quarter}\">Quý [IV]+/\d+</a></th>", text)


def test_one_name_in_many_places_is_said_to_be_many_units_and_parted_by_place(browser: Browser, sample_site: Site, ask):
    places = ask("select localities_count from units where id = ?", UNIT)[0][0]
    assert places > 1
    with visiting(browser, sample_site) as page:
        page.goto(PATH)
        assert f"kế hoạch của {places} địa phương" in page.locator(".notice").inner_text()
        chip = page.locator("nav.quarters .chips a").first
        name, number = re.fullmatch(r"(.+) (\d+)", chip.inner_text()).groups()  # type: ignore[union-attr]
        chip.click()
        assert page.locator("#tieu-de-nhiem-vu small").inner_text() == number
        assert all(
            name.split(",")[0].lower() in text.lower()
            for text in page.locator(".duties td:nth-child(4)").all_inner_texts()
        )


def test_a_general_expression_is_said_to_be_one(sample_site: Site, ask):
    key = ask("select id from units where kind = 'all_units' order by tasks_count desc limit 1")[0][0]
    assert "cách gọi chung trong văn bản" in sample_site.page(f"/don-vi/{key}")[1]


def test_the_chart_is_drawn_and_its_figures_stand_beside_it(browser: Browser, sample_site: Site):
    status, headers, body = sample_site.get(f"{PATH}/khoi-luong.svg")
    assert (status, headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    assert b"<svg" in body[:200]
    assert b"<script" not in body
    assert sample_site.get(f"{PATH}/khoi-luong.svg", hep="1")[2] != body
    with visiting(browser, sample_site) as page:
        page.goto(PATH)
        picture = page.locator("img.chart")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('img.chart').naturalWidth > 0")
        page.get_by_text("Số liệu của biểu đồ").click()
        page.locator("table.workload a").first.click()
        assert "/lich?" in page.url
        assert "Công an xã" in page.locator("h1").inner_text()


def test_units_that_share_most_tasks_come_first(sample_site: Site, ask):
    (name, number), *_ = ask(
        """
        select units.name, count(distinct others.task_id) from task_units as own
        join task_units as others on others.task_id = own.task_id and others.unit_id != own.unit_id
        join units on units.id = others.unit_id where own.unit_id = ? group by units.id order by 2 desc, units.id limit 1
        """,
        UNIT,
    )
    together = sample_site.page(PATH)[1].partition('id="cung-lam"')[2]
    first = re.search(r"<li><a[^>]*>([^<]+)</a> <small>(\d+) việc chung", together)
    assert first is not None
    assert first.groups() == (name, str(number))


def test_a_plan_of_the_unit_narrows_its_duties_to_it(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(PATH)
        link = page.locator("#ke-hoach small a").first
        number = re.match(r"\d+", link.inner_text())[0]  # type: ignore[index]
        link.click()
        assert page.locator("#tieu-de-nhiem-vu small").inner_text() == number
        assert page.get_by_text("Chỉ việc trong kế hoạch").is_visible()


def test_the_table_to_download_holds_all_duties(sample_site: Site, ask):
    text = sample_site.page(PATH)[1]
    address = re.search(r'href="(/plans/nhiem_vu_theo_don_vi\.csv\?[^"]+)"', text)
    assert address is not None
    status, _, body = sample_site.raw(address[1])
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == ask("select count(*) from task_units where unit_id = ?", UNIT)[0][0]


@pytest.mark.parametrize("plain", ["cong-an-xa", "Cong-An-Xa", "cong%20an%20xa"])
def test_an_address_without_accents_leads_to_the_unit(sample_site: Site, plain: str):
    status, headers, _ = sample_site.raw(f"/don-vi/{plain}?vai_tro=lead")
    assert (status, headers["location"]) == (302, f"{PATH}?vai_tro=lead")


def test_an_address_that_several_units_fold_to_lists_them(tmp_path: Path, sample_db: Path, browser: Browser):
    from tests.site import serving  # noqa: PLC0415

    with closing(sqlite3.connect(sample_db)) as source, closing(sqlite3.connect(tmp_path / "two.db")) as copy:
        source.backup(copy)
        copy.execute(
            "update units set id = 'tổ-dân-phổ' where id = (select min(id) from units where id != 'tổ-dân-phố')"
        )
        copy.execute("update units set search_text = 'to dan pho' where id = 'tổ-dân-phổ'")
        copy.commit()
    with serving(tmp_path / "two.db") as site, visiting(browser, site) as page:
        page.goto("/don-vi/to-dan-pho")
        assert "to-dan-pho" in page.locator("h1").inner_text()
        assert page.locator("tbody tr").count() == 2
        assert accessibility_faults(page) == []


@pytest.mark.parametrize("key", ["khong-co", "không-có", "😀", "a'b", "%25", "..", "a" * 3000])
def test_an_unknown_unit_is_a_page_that_says_what_to_do(sample_site: Site, key: str):
    status, text = sample_site.page(f"/don-vi/{quote(key, safe='')}")
    assert status == 404
    assert "Xem danh sách kế hoạch" in text
    assert sample_site.get(f"/don-vi/{quote(key, safe='')}/khoi-luong.svg")[0] == 404


ODD = ["abc", "2026-Q9", "😀", "' or 1=1 --", "<script>", "%", '"', "\x00", "9" * 400, "NEAR(", "-1"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["vai_tro", "quy", "nam", "dia_phuong", "ke_hoach", "tu_khoa", "trang", "loai"])
def test_odd_input_is_never_an_error(sample_site: Site, name: str, odd: str):
    for path in (PATH, "/don-vi"):
        status, _, body = sample_site.get(path, **{name: odd})
        assert status == 200
        assert b"<script>" not in body


def test_a_unit_that_means_harm_is_text(browser: Browser, sample_site: Site, ask):
    keys = ask("select distinct unit_id from task_units join plans on plans.id = plan_id where filename = 'hai.txt'")
    assert keys
    with visiting(browser, sample_site) as page:
        for (key,) in keys:
            page.goto(f"/don-vi/{quote(key)}?dia_phuong=thu+nghiem")
            assert page.locator(".duties tbody tr").count() > 0
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, main b[onmouseover]").count() == 0


def test_the_pages_speak_english_too(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(f"{PATH}?_lang=en")
        assert page.get_by_role("heading", name="Workload by quarter").is_visible()
        assert page.get_by_label("Due in quarter").is_visible()
        page.goto("/don-vi")
        assert page.get_by_label("Name of the unit").is_visible()


def test_a_unit_without_days_has_a_picture_that_says_so(sample_site: Site, ask):
    key = ask("select id from units where id not in (select unit_id from unit_quarters) limit 1")[0][0]
    status, headers, body = sample_site.get(f"/don-vi/{key}/khoi-luong.svg")
    assert (status, headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    assert "không có việc nào có ngày đến hạn" in body.decode()
    assert "khoi-luong" not in sample_site.page(f"/don-vi/{key}")[1]
