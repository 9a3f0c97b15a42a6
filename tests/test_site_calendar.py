"""Lịch: by quarter, month and day, recurring duties laid out, overdue as of a day."""

import re
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser

from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import ODD, Site

UNIT = "phòng-văn-hóa-xã-hội"
PAGES = [
    "/lich",
    "/lich?quy=2026-Q2",
    "/lich?thang=2026-05&xem=luoi",
    "/lich?xem=luoi",
    "/lich?xem=thuong-xuyen",
    "/lich?qua_han_den=30/6/2026&don_vi=phong",
    "/lich?don_vi=khong+co+don+vi+nay&dia_phuong=khong+co",
]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []
        assert page.locator("h1").count() == 1


def test_a_reader_goes_from_the_quarter_to_a_month_to_a_day_to_a_task(browser: Browser, sample_site: Site, ask):
    day, tasks = ask(
        "select day, count(*) from task_days where day like '2026-05-%' group by day order by 2 desc, 1 limit 1"
    )[0]
    with visiting(browser, sample_site) as page:
        page.goto("/lich?quy=2026-Q2")
        assert page.locator("h1").inner_text() == "Quý II/2026"
        page.get_by_role("link", name="Tháng 5", exact=True).click()
        assert page.locator("h1").inner_text() == "Tháng 5/2026"
        page.get_by_role("link", name="Lưới tháng").click()
        cell = page.locator("table.grid a.day").filter(has_text=re.compile(rf"^{int(day[-2:])}\b"))
        assert f"{tasks} việc" in cell.inner_text()
        cell.click()
        assert page.locator(".due").first.locator("tbody tr").count() == min(tasks, 40)
        assert {one.get_attribute("datetime") for one in page.locator("time").all()} == {day}
        page.get_by_role("link", name="Xem việc này và nguồn").first.click()
        assert "/nhiem-vu/" in page.url


def test_a_reader_filters_by_typing_without_accents_and_takes_it_back(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, phone=True) as page:
        page.goto("/lich?quy=2026-Q2")
        before = page.locator(".due").first.locator("tbody tr").count()
        page.get_by_label("Đơn vị", exact=True).fill("phong van hoa - xa hoi")
        page.get_by_label("Vai trò").select_option(label="Chủ trì")
        page.get_by_role("button", name="Lọc").click()
        assert "quy=2026-Q2" in page.url
        lines = page.locator(".due").first.locator("tbody tr")
        assert 0 < lines.count() < before
        for line in lines.all():
            assert line.locator(f'.lead a[href="/don-vi/{quote(UNIT)}"]').count() == 1
        page.get_by_role("link", name="Bỏ lọc").click()
        assert page.locator(".due").first.locator("tbody tr").count() == before


def test_words_that_mean_several_units_offer_each_of_them(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/lich?quy=2026-Q2&don_vi=cong+an")
        page.locator(".notice").get_by_role("link", name="Công an xã", exact=True).click()
        assert "Công an xã" in page.locator("h1").inner_text()
        assert "quy=2026-Q2" in page.url


def test_a_duty_of_every_month_is_there_in_each_month(sample_site: Site, ask):
    ((task,),) = ask(
        """
        select id from tasks
        where deadline_rrule = 'FREQ=MONTHLY;BYMONTHDAY=14' and active_to >= '2026-11-30'
        and active_from <= '2026-03-01' limit 1
        """
    )
    for month in range(3, 12):
        status, text = sample_site.page("/lich", ngay=f"2026-{month:02}-14")
        assert status == 200
        assert f"/nhiem-vu/{task}" in text
    assert f"/nhiem-vu/{task}" not in sample_site.page("/lich", ngay="2026-05-15")[1]


def test_the_numbers_of_the_chips_are_those_of_the_pages(sample_site: Site, ask):
    for quarter, tasks in ask("select quarter, tasks from quarters where quarter like '2026-%'"):
        text = sample_site.page("/lich", quy=quarter)[1]
        assert f"{tasks} việc," in text
        assert f">{tasks}</small>" in text


def test_what_goes_on_is_listed_apart(sample_site: Site, ask):
    ongoing = ask(
        "select id from tasks where deadline_kind = 'ongoing' and active_from <= '2026-04-01' and active_to > '2026-06-30'"
    )
    text = "".join(sample_site.page("/lich", quy="2026-Q2", xem="thuong-xuyen", trang=str(n))[1] for n in range(1, 9))
    due, _, apart = sample_site.page("/lich", quy="2026-Q2")[1].partition('id="thuong-xuyen"')
    assert ongoing
    assert all(f"/nhiem-vu/{key}" in text for (key,) in ongoing)
    assert not any(f"/nhiem-vu/{key}" in due for (key,) in ongoing)
    assert "/nhiem-vu/" in apart


@pytest.mark.parametrize("written", ["2026-06-30", "30/6/2026", "30-06-2026", "30.6.2026"])
def test_overdue_is_what_had_its_last_day_before_the_chosen_one(sample_site: Site, ask, written: str):
    found = ask(
        """
        select deadline_end from tasks where deadline_end < '2026-06-30'
        and deadline_kind in ('by', 'month', 'quarter', 'period', 'year') order by deadline_end desc
        """
    )
    text = sample_site.page("/lich", qua_han_den=written)[1]
    assert f"<small>{len(found)} việc</small>" in text
    days = re.findall(r'<time datetime="([\d-]+)"', text)
    assert days == [day for (day,) in found[: len(days)]]
    assert "chưa có số liệu thực hiện" in text


def test_no_page_knows_what_day_it_is(sample_site: Site, monkeypatch: pytest.MonkeyPatch):
    text = sample_site.page("/lich", qua_han_den="hôm nay")[1]
    assert "“hôm nay” không phải là quý, tháng hay ngày" in text
    newest = re.search(r"<h1>(Quý [IV]+/\d{4})", sample_site.page("/lich")[1])
    assert newest is not None
    assert newest[1].endswith("/2026")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "name", ["quy", "thang", "ngay", "qua_han_den", "don_vi", "vai_tro", "dia_phuong", "tinh", "xem", "trang", "loai"]
)
def test_odd_input_is_never_an_error(sample_site: Site, name: str, odd: str):
    status, _, body = sample_site.get("/lich", **{name: odd})
    assert status == 200
    assert b"<script>" not in body


def test_a_plan_that_means_harm_stands_in_the_calendar_as_text(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/lich?thang=2027-05&dia_phuong=thu+nghiem")
        line = page.locator(".due tbody tr").first.inner_text()
        assert "báo cáo trước ngày 15 hằng tháng" in line
        assert "<script>window.hurt=1</script>" in line
        page.get_by_role("link", name="Lưới tháng").click()
        assert "trước ngày 15" in page.locator("table.grid").inner_text()
        assert page.evaluate("window.hurt") is None
        assert page.locator("main script, main img[onerror]").count() == 0


def test_the_page_works_without_scripts_and_in_english(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, scripts=False) as page:
        page.goto("/lich?quy=2026-Q2&_lang=en")
        assert page.locator("h1").inner_text() == "Q2 2026"
        page.get_by_label("Overdue as of").fill("30/6/2026")
        page.get_by_role("button", name="Filter").click()
        assert page.locator("h1").inner_text().startswith("Tasks with a deadline before 30 Jun 2026")


def test_pages_of_a_long_list_follow_one_another(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/lich?quy=2026-Q2")
        first = page.locator(".due tbody tr").first.inner_text()
        page.get_by_role("link", name="Trang sau").click()
        assert "trang=2" in page.url
        assert page.locator(".due tbody tr").first.inner_text() != first
        assert sample_site.page("/lich", quy="2026-Q2", trang="200")[0] == 200


def test_the_address_of_a_view_keeps_what_was_chosen(sample_site: Site):
    asked = urlencode({"quy": "2026-Q2", "don_vi": UNIT})
    text = sample_site.page(f"/lich?{asked}")[1]
    assert re.search(rf'href="/lich\?[^"]*don_vi={re.escape(urlencode({"": UNIT})[1:])}[^"]*xem=luoi', text)


def test_a_year_alone_opens_its_busiest_quarter(sample_site: Site, ask):
    for year in ("2026", "2023"):
        most = ask("select max(tasks - recurring) from quarters where quarter like ? || '-%'", year)[0][0]
        found = {
            q
            for (q,) in ask(
                "select quarter from quarters where quarter like ? || '-%' and tasks - recurring = ?", year, most
            )
        }
        shown = re.search(r"<h1>Quý ([IV]+)/(\d{4})", sample_site.page("/lich", nam=year)[1])
        assert shown is not None
        assert f"{shown[2]}-Q{ {'I': 1, 'II': 2, 'III': 3, 'IV': 4}[shown[1]] }" in found
    assert "Quý I/1999" in sample_site.page("/lich", nam="1999")[1]
    assert sample_site.page("/lich", nam="😀")[0] == 200
