"""Tiến độ: the overview, a plan's progress, what was reported of a target or task, a report's values."""

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from publish.database import build
from publish.progress.facts import ActualValue
from publish.progress.store import Recorded, store
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.conftest import ROOT
from tests.site import HARMFUL, ODD, Site, serving
from tests.told import LATEST, PLAN, REPORT, tell, tell_harm

KEY = "2063c9aba96fa48d"  # of the plan, by its file's bytes
TARGET, DUTY, TASK = f"{KEY}-C013", f"{KEY}-N016", f"{KEY}-N007"
REPORT_KEY = "04ead232d0b943f8"
OVERVIEWS = [
    "/tien-do",
    "/tien-do?xem=chi-tieu",
    "/tien-do?xem=nhiem-vu&trang_thai=not_reported",
    "/tien-do?xem=bao-cao",
    "/tien-do?xem=don-vi",
    "/tien-do?dia_phuong=khe+vang&den-ngay=30/6/2026",
    "/tien-do?chi_so=eid_account",
]
PAGES = [
    *OVERVIEWS,
    f"/ke-hoach/{KEY}/tien-do",
    f"/chi-tieu/{TARGET}",
    f"/nhiem-vu/{DUTY}",
    f"/ke-hoach/{REPORT_KEY}",
    "/dia-phuong/xã-khe-vàng-lạc-giang",
    "/don-vi/phòng-kinh-tế",
]


@pytest.fixture(scope="module")
def told_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans and reports with what was reported on them, and a plan and entries that mean harm."""
    folder = tmp_path_factory.mktemp("told")
    names = ("mau-17-*", "mau-18-*", "mau-33-*", "mau-34-*", "mau-36-*", "mau-39-*", "mau-08-*", "baocao-0[34]-*")
    for name in names:
        for path in (ROOT / "corpus" / "plans").glob(name):
            shutil.copy(path, folder)
    (folder / "hai.txt").write_text(HARMFUL, "utf-8")
    build([folder], folder / "plans.db")
    tell(folder / "plans.db")
    with closing(sqlite3.connect(folder / "plans.db")) as connection:
        (key,) = connection.execute("select id from plans where filename = 'hai.txt'").fetchone()
    tell_harm(folder / "plans.db", key)
    return folder / "plans.db"


@pytest.fixture(scope="module")
def told_site(told_db: Path) -> Iterator[Site]:
    """The site of that database."""
    with serving(told_db) as site:
        yield site


def asked(db: Path, sql: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql, values).fetchall()


def test_the_samples_are_those_that_the_tests_speak_of(told_db: Path):
    found = dict(asked(told_db, "select filename, id from plans"))
    assert (found[PLAN], found[REPORT]) == (KEY, REPORT_KEY)
    assert asked(told_db, "select max(as_of) from actuals") == [(LATEST,)]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_accessible_and_fits(browser: Browser, told_site: Site, path: str, phone: bool):
    with visiting(browser, told_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []
        assert page.locator("h1").count() == 1


def test_the_overview_is_as_of_the_latest_day_told_and_says_so(browser: Browser, told_site: Site, told_db: Path):
    with visiting(browser, told_site) as page:
        page.goto("/")
        page.get_by_role("link", name="Tiến độ", exact=True).click()
        assert page.get_by_text("Tính đến hết ngày 30/09/2026 (ngày mới nhất mà số liệu ở đây nói tới)").is_visible()
        shown = numbers(page.locator("section[aria-labelledby=muc-chi-tieu] .totals").inner_text())
    counted = asked(
        told_db,
        """
        select label_vi, count(*) from target_spells join targets on targets.id = target_id
        join target_statuses on code = status where ? between from_day and until_day and year = 2026 group by 1
        """,
        LATEST,
    )
    assert shown == dict(counted)


def numbers(text: str) -> dict[str, int]:
    """The numbers of tiles by their words."""
    found = re.findall(r"([\d.]+)\s+([^\d]+?)(?=\s*\n?\s*[\d.]+|\s*$)", text)
    return {words.strip(): int(number.replace(".", "")) for number, words in found if number != "0"}


def test_another_day_tells_how_things_stood_then(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto(f"/ke-hoach/{KEY}/tien-do")
        page.get_by_label("Tính đến ngày").fill("31/3/2026")
        page.get_by_role("button", name="Xem", exact=True).click()
        assert "den-ngay=31" in page.url
        row = page.locator(f"[id='{KEY}-C003']")
        assert "76,4 %" in row.inner_text()
        page.get_by_role("link", name="Về ngày mới nhất có số liệu, 30/09/2026").click()
        assert "86,1 %" in row.inner_text()
        assert row.locator(".badge").inner_text() == "Đạt"


def test_filters_need_no_accents_and_narrow_counts_and_lists(browser: Browser, told_site: Site, told_db: Path):
    with visiting(browser, told_site, phone=True) as page:
        page.goto("/tien-do")
        page.get_by_role("textbox", name="Địa phương").fill("khe vang")
        page.get_by_role("button", name="Xem", exact=True).click()
        assert "Xã Khe Vàng" in page.locator("h1").inner_text() or "khe vang" in page.locator("h1").inner_text()
        assert page.locator("#muc-chi-tieu small").inner_text() == "16"
        page.get_by_role("link", name=re.compile("Đúng tiến độ")).first.click()
        places = page.locator("tbody td:first-child p").all_inner_texts()
        assert places
        assert all("Khe Vàng" in place for place in places)
    by_counts = asked(
        told_db,
        """
        select status, sum(number) from target_status_counts
        where facet = 'locality' and value = 'xã-khe-vàng-lạc-giang' and day <= ? and year = 2026
        group by 1 having sum(number) > 0
        """,
        LATEST,
    )
    assert sum(number for _, number in by_counts) == 16


@pytest.mark.parametrize(
    ("path", "table"),
    [("/tien-do?tinh=Lạc+Giang", "target"), ("/tien-do?don_vi=phòng-văn-hóa-xã-hội", "task")],
)
def test_what_is_narrowed_counts_as_the_kept_counts_do(told_site: Site, told_db: Path, path: str, table: str):
    kept = {
        "target": """
            select sum(number) from target_status_counts join localities on localities.id = value
            where facet = 'locality' and province = 'Lạc Giang' and day <= ? and year = 2026
        """,
        "task": """
            select sum(number) from task_status_counts
            where facet = 'unit' and value = 'phòng-văn-hóa-xã-hội' and day <= ? and year = 2026
        """,
    }[table]
    ((number,),) = asked(told_db, kept, LATEST)
    status, text = told_site.page(path)
    name = "muc-chi-tieu" if table == "target" else "muc-nhiem-vu"
    found = re.search(rf'id="{name}">[^<]+<small>([\d.]+)', text)
    assert found is not None, status
    assert int(found[1].replace(".", "")) == number


def test_late_tasks_and_missing_reports_are_listed(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto("/tien-do?dia_phuong=khe+vang")
        late = page.locator("section[aria-labelledby=qua-han]")
        assert "Hướng dẫn các hợp tác xã, chủ thể OCOP" in late.inner_text()
        missing = page.locator("section[aria-labelledby=thieu]")
        assert "Tổng hợp, báo cáo UBND xã và Sở Khoa học và Công nghệ" in missing.inner_text()
        page.goto("/tien-do?xem=bao-cao&dia_phuong=ben+ngan")
        assert "Kế hoạch chưa có số liệu của Quý III/2026" in page.locator("main").inner_text()
        assert "số liệu gần nhất là của ngày 30/06/2026" in page.locator("main").inner_text()


def test_a_plans_page_shows_each_occurrence_of_a_duty(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto(f"/ke-hoach/{KEY}")
        page.get_by_role("link", name="Tiến độ", exact=True).nth(1).click()
        strip = page.locator(f"[id='{DUTY}'] .strip li")
        states = {one.locator(".unseen").inner_text().split(":")[0]: one.get_attribute("class") for one in strip.all()}
    assert states["20/02/2026"] == "done_in_time"
    assert states["20/05/2026"] == "done_late"
    assert states["20/07/2026"] == "not_reported"
    assert states["20/10/2026"] == "not_due"


def test_a_correction_is_shown_with_what_it_replaced(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto(f"/chi-tieu/{TARGET}")
        rows = page.locator("#tien-do .history").first.locator("tbody tr")
        assert rows.count() == 4
        replaced = page.locator("#tien-do tr.replaced")
        assert replaced.locator("del").inner_text() == "63,5 %"
        replaced.get_by_role("link", name="đã được thay").click()
        successor = page.locator(page.url[page.url.index("#") :].replace("#", "[id='") + "']")
        assert "1.902 hộ (65,3 %)" in successor.inner_text()
        assert "Đính chính" in successor.inner_text()
        assert "05/10/2026 08:30, Nguyễn Thị Hạnh" in successor.inner_text()


def test_the_chart_shows_level_and_values_and_not_what_was_replaced(told_site: Site):
    status, headers, body = told_site.get(f"/chi-tieu/{TARGET}/tien-do.svg")
    text = body.decode()
    assert (status, headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    for said in ("Mức đặt ra: 75 %", "31/03/2026: 60,1", "30/06/2026: 65,3", "30/09/2026: 71", "Hạn 31/12/2026", "58"):
        assert said in text, said
    assert "63,5" not in text
    assert "Level set: 75" in told_site.get(f"/chi-tieu/{TARGET}/tien-do.svg?_lang=en")[2].decode()
    assert told_site.get("/chi-tieu/khong-co/tien-do.svg")[0] == 404


def test_a_value_read_in_a_report_opens_the_place_in_the_report(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto(f"/chi-tieu/{KEY}-C008")
        page.locator("#tien-do").get_by_role("link", name="Báo cáo 118/BC-UBND").click()
        assert f"/ke-hoach/{REPORT_KEY}/nguon" in page.url
        assert page.locator("blockquote.said").inner_text() == "4/6 sản phẩm OCOP"


def test_a_report_says_which_of_its_values_stand_for_a_target(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto(f"/ke-hoach/{REPORT_KEY}")
        section = page.locator("#so-lieu")
        assert "2 trên" in section.inner_text()
        assert section.get_by_text("chưa gắn").count() > 10
        section.get_by_role("link", name="5/6 sản phẩm OCOP của xã").click()
        assert f"/chi-tieu/{KEY}-C008" in page.url


def test_the_data_of_a_target_and_of_a_task_tell_their_progress(told_site: Site):
    target = json.loads(told_site.get(f"/chi-tieu/{TARGET}.json")[2])["progress"]
    assert (target["as_of"], target["status"], target["value"]) == (LATEST, "on_course", 71)
    assert [(one["value"], one["held"], bool(one["replaced_by"])) for one in target["actuals"]] == [
        (60.1, 60.1, False),
        (63.5, 63.5, True),
        (1902, 65.3, False),
        (71, 71, False),
    ]
    duty = json.loads(told_site.get(f"/nhiem-vu/{DUTY}.json")[2])["progress"]
    assert {"due": "2026-07-20", "status": "not_reported", "state_id": None} in duty["occurrences"]


def test_the_sheet_to_fill_in_holds_the_plans_targets_and_tasks(told_site: Site):
    status, headers, body = told_site.get(f"/ke-hoach/{KEY}/mau-tien-do.xlsx")
    assert status == 200
    assert headers["content-disposition"].startswith("attachment")
    assert "xl/workbook.xml" in ZipFile(io.BytesIO(body)).namelist()
    table = list(csv.reader(io.StringIO(told_site.get(f"/ke-hoach/{KEY}/mau-tien-do.csv")[2].decode("utf-8-sig"))))
    assert {row[0] for row in table} >= {TARGET, DUTY, TASK}
    assert told_site.get("/ke-hoach/khong-co/mau-tien-do.csv")[0] == 404


def test_a_place_and_a_unit_lead_to_their_progress(browser: Browser, told_site: Site):
    with visiting(browser, told_site) as page:
        page.goto("/dia-phuong/xã-khe-vàng-lạc-giang")
        page.get_by_role("link", name="Xem tiến độ đầy đủ").click()
        assert "Xã Khe Vàng, Lạc Giang" in page.locator("h1").inner_text()
        page.goto("/don-vi/phòng-kinh-tế")
        late = page.locator("#tien-do")
        assert "Đang thực hiện quá hạn" in late.inner_text()
        late.get_by_role("link", name="Xem tiến độ đầy đủ").click()
        assert "Phòng Kinh tế" in page.locator("h1").inner_text()


def test_an_import_is_seen_at_once(tmp_path: Path, told_db: Path, browser: Browser):
    shutil.copy(told_db, tmp_path / "plans.db")
    with serving(tmp_path / "plans.db") as site, visiting(browser, site) as page:
        page.goto(f"/chi-tieu/{KEY}-C012")
        assert "Chưa nhập số liệu nào của chỉ tiêu này" in page.locator("#tien-do").inner_text()
        fact = ActualValue(f"{KEY}-C012", 2, "người", 2, None, LATEST, None, None, "Sổ của xã", None)
        store(tmp_path / "plans.db", [fact], Recorded("2026-10-07T08:00:00", None))
        page.reload()
        assert "Sổ của xã" in page.locator("#tien-do .history").inner_text()


def test_without_anything_told_the_page_says_how_to_begin(sample_plans: list[Path], tmp_path: Path):
    build([sample_plans[0]], tmp_path / "plans.db")
    with serving(tmp_path / "plans.db") as site:
        status, text = site.page("/tien-do")
        assert status == 200
        assert "Chưa có số liệu thực hiện nào được nhập" in text
        assert site.page("/tien-do", **{"den-ngay": "2026-06-30"})[0] == 200
        (key,) = asked(tmp_path / "plans.db", "select id from plans")[0]
        assert site.page(f"/ke-hoach/{key}/tien-do")[0] == 200


@pytest.mark.parametrize(
    "name", ["den-ngay", "nam", "dia_phuong", "tinh", "don_vi", "chi_so", "quy", "trang_thai", "xem"]
)
def test_odd_words_never_break_the_overview(told_site: Site, name: str):
    for odd in ODD:
        for view in ("", "chi-tieu", "nhiem-vu", "bao-cao"):
            query = {"xem": view, name: odd}
            assert told_site.get("/tien-do", **query)[0] == 200, (name, odd)


def test_odd_addresses_are_answered_kindly(told_site: Site):
    for odd in ODD:
        assert told_site.get(f"/ke-hoach/{KEY}/tien-do", **{"den-ngay": odd})[0] == 200
        assert told_site.get(f"/chi-tieu/{TARGET}", **{"den-ngay": odd})[0] == 200
        assert told_site.get("/tien-do", trang=odd, xem="dia-phuong")[0] == 200
    assert told_site.get("/ke-hoach/khong-co/tien-do")[0] == 404
    assert told_site.get("/tien-do", **{"den-ngay": "0001-01-01", "nam": "0000"})[0] == 200
    assert told_site.get("/tien-do", **{"den-ngay": "9999-12-31"})[0] == 200


def test_entries_that_mean_harm_stay_text(browser: Browser, told_site: Site, told_db: Path):
    ((plan, target),) = asked(
        told_db, "select plan_id, targets.id from targets join plans on plans.id = plan_id where filename = 'hai.txt'"
    )
    ((task,), *_) = asked(told_db, "select id from tasks where plan_id = ?", plan)
    paths = [
        f"/chi-tieu/{target}",
        f"/nhiem-vu/{task}",
        f"/ke-hoach/{plan}/tien-do",
        "/tien-do?nam=tat-ca&xem=nhiem-vu",
    ]
    with visiting(browser, told_site) as page:
        for path in [*paths, "/tien-do?nam=2027", f"/ke-hoach/{plan}"]:
            page.goto(path)
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, img[src=x]").count() == 0
        page.goto(paths[0])
        assert "window.hurt=6" in page.locator("#tien-do").inner_text()


def test_everything_works_without_scripts_and_in_english(browser: Browser, told_site: Site):
    with visiting(browser, told_site, scripts=False) as page:
        page.goto("/tien-do?_lang=en")
        page.get_by_label("As of", exact=True).fill("2026-06-30")
        page.locator("main .filters button").click()
        assert "As of the end of 30 Jun 2026" in page.locator(".stands").inner_text()
        page.get_by_role("link", name=re.compile("Behind$")).first.click()
        expect(page.locator("h1")).to_contain_text("Behind")
        page.goto(f"/ke-hoach/{KEY}/tien-do")
        assert page.locator("#nhat-ky details").count() > 0
