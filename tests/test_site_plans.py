"""Các kế hoạch, Địa phương: lists that narrow to what they promise, and the page of one place."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from publish.pages.localities import UNKNOWN, localities, locality
from publish.pages.plans import ORDERS, Asked, plans
from publish.search import folded
from publish.tables import Row
from schemas.codelists import codelist
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site
from tests.small_databases import blank, searchable

KHE_VANG = "xã-khe-vàng-lạc-giang"
TITLE = "Chuyển đổi số xã Khe Vàng năm 2026"


@pytest.fixture(scope="module")
def connection(sample_db: Path) -> Iterator[sqlite3.Connection]:
    """The sample database as the site reads it."""
    with closing(sqlite3.connect(f"{sample_db.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def of_localities(*given: Row) -> sqlite3.Connection:
    """A database of these places, each with a plan of its own."""
    places = [{**blank("localities"), "candidates": "[]", "plans_count": 1, **one} for one in given]
    own = [
        {
            **blank("plans"),
            "id": f"p-{one['id']}",
            "title": one["name"],
            "locality_id": one["id"],
            "text": "",
            "search_text": "",
            "targets_count": 0,
            "tasks_count": 0,
        }
        for one in places
    ]
    return searchable({"localities": places, "plans": own})


def titles(connection: sqlite3.Connection, asked: Asked) -> list[str]:
    return [one["title"] for one in plans(connection, asked).items]


WORDS = [
    ("chuyen doi so khe vang", TITLE),
    ("CHUYỂN ĐỔI SỐ KHE VÀNG", TITLE),
    ("14/KH-UBND", TITLE),
    ('"số xã khe"', TITLE),
    ("chuyen doi so khe va", TITLE),
    ("mau-17", TITLE),
]


@pytest.mark.parametrize(("typed", "title"), WORDS)
def test_a_plan_is_found_by_words_of_its_head(connection: sqlite3.Connection, typed: str, title: str):
    assert title in titles(connection, Asked({"words": typed}))


def test_words_of_its_text_alone_do_not_find_a_plan(connection: sqlite3.Connection):
    assert plans(connection, Asked({"words": "cộng hòa xã hội chủ nghĩa"})).items == []


@pytest.mark.parametrize(
    "narrowed",
    [{}, {"words": "nam 2026"}, {"year": "2026"}, {"level": "commune", "kind": "KH"}, {"province": "Lạc Giang"}],
)
def test_every_choice_leaves_as_many_plans_as_it_promises(connection: sqlite3.Connection, narrowed: dict[str, str]):
    asked = Asked(narrowed)
    found = plans(connection, asked)
    assert found.pager.total > 0
    for name, options in found.options.items():
        assert options or name in narrowed
        for one in options:
            left = plans(connection, replace(asked, narrowed={**narrowed, name: str(one["value"])}))
            assert (name, one["value"], left.pager.total) == (name, one["value"], one["plans"])


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ("", "issued_date"),
        ("chi-tieu", "targets_count"),
        ("nhiem-vu", "tasks_count"),
        ("can-xem-lai", "problems_count"),
    ],
)
def test_plans_come_in_the_order_asked_for(connection: sqlite3.Connection, order: str, key: str):
    items = plans(connection, Asked({"year": "2026"}, order=order)).items
    values = [one[key] for one in items if one[key] is not None]
    assert len(values) > 3
    assert values == sorted(values, reverse=True)


def test_titles_are_ordered_as_if_without_accents(connection: sqlite3.Connection):
    listed = [one["slug"] for one in plans(connection, Asked(order="ten")).items]
    assert listed == sorted(listed)


def test_every_plan_stands_on_exactly_one_page(connection: sqlite3.Connection):
    for order in ORDERS:
        first = plans(connection, Asked(order=order))
        shown = [
            one["id"]
            for page in range(1, first.pager.last + 1)
            for one in plans(connection, Asked(order=order, page=page)).items
        ]
        assert len(shown) == len(set(shown)) == first.pager.total


@given(
    narrowed=st.dictionaries(st.sampled_from(["year", "level", "kind", "province", "words"]), st.text(max_size=20)),
    place=st.text(max_size=20),
    order=st.text(max_size=5),
    page=st.integers(1, 100_000),
)
@settings(max_examples=80)
def test_any_list_asked_for_is_answered(
    connection: sqlite3.Connection, narrowed: dict[str, str], place: str, order: str, page: int
):
    found = plans(connection, Asked(narrowed, place, order, page))
    assert bool(found.items) == bool(found.pager.total)


def test_counting_and_sorting_read_no_plan(connection: sqlite3.Connection):
    queries: list[str] = []
    with closing(sqlite3.connect(":memory:")) as large:
        connection.backup(large)
        large.executescript("delete from sqlite_stat1; analyze sqlite_schema")
        large.set_trace_callback(queries.append)
        plans(large, Asked({"year": "2026", "level": "commune", "words": "xa"}, order="ten"))
        large.set_trace_callback(None)
        steps = [
            step[3]
            for query in queries
            if not query.startswith("--")
            for step in large.execute(f"explain query plan {query}")
        ]
    assert any("USING COVERING INDEX idx_plans_issued_date_year" in step for step in steps)
    assert [step for step in steps if re.match(r"(SCAN|SEARCH) plans(?! USING (COVERING )?INDEX)", step)] == []
    assert [step for step in steps if re.match(r"SCAN plans USING INDEX", step)] == []


def test_a_place_leads_to_its_successor_its_former_units_and_those_of_its_name():
    new = {
        "id": "00004",
        "code": "00004",
        "full_name": "Phường Ba Đình, Hà Nội",
        "name": "Ba Đình",
        "type": "phường",
        "province": "Hà Nội",
    }
    old = {
        "id": "phường-trúc-bạch",
        "full_name": "Phường Trúc Bạch, Hà Nội",
        "name": "Trúc Bạch",
        "type": "phường",
        "province": "Hà Nội",
        "successor": "Phường Ba Đình",
        "successor_code": "00004",
    }
    candidate = {"code": "00008", "name": "Hòa Bình", "type": "phường", "province": "Hà Nội"}
    unclear = {
        "id": "phường-hòa-bình",
        "full_name": "Phường Hòa Bình",
        "name": "Hòa Bình",
        "type": "phường",
        "candidates": json.dumps([candidate]),
    }
    other = {
        "id": "99",
        "code": "99",
        "full_name": "Phường Hòa Bình, Phú Thọ",
        "name": "Hòa Bình",
        "type": "phường",
        "province": "Phú Thọ",
    }
    with closing(of_localities(new, old, unclear, other)) as connection:
        found = locality(connection, old["id"])
        assert (found.successor["id"], found.successor["plans_count"]) == ("00004", 1)
        assert [one["id"] for one in locality(connection, "00004").former] == [old["id"]]
        named = locality(connection, unclear["id"])
        assert [(one["id"], one["name"], one["plans_count"]) for one in named.candidates] == [("00008", "Hòa Bình", 0)]
        assert [one["id"] for one in named.same_name] == ["99"]
        listed = localities(connection, UNKNOWN, "", 1)
        assert [one["id"] for one in listed.items] == [unclear["id"]]
        assert [one["province"] for one in listed.provinces] == ["Hà Nội", "Phú Thọ", None]
        assert {one["id"] for one in localities(connection, "", "hoa binh", 1).items} == {unclear["id"], "99"}
        assert [one["id"] for one in localities(connection, "Phú Thọ", "hoà bì", 1).items] == ["99"]


def test_a_place_of_the_official_list_has_a_page_before_it_has_a_plan(sample_site: Site):
    listed = codelist("localities")[0]
    status, text = sample_site.page(f"/dia-phuong/{listed['code']}")
    assert status == 200
    assert listed["name"] in text
    assert "chưa có kế hoạch nào" in text


def test_provinces_count_all_places_and_plans(connection: sqlite3.Connection):
    found = localities(connection, "", "", 1)
    assert found.items == []
    (places, with_place) = connection.execute("select count(*), sum(plans_count) from localities").fetchone()
    assert sum(one["localities"] for one in found.provinces) == places == found.pager.total
    assert sum(one["plans"] for one in found.provinces) == with_place
    named = [folded(one["province"]) for one in found.provinces if one["province"]]
    assert named == sorted(named)


def test_a_place_shows_its_plans_and_its_targets_by_indicator(connection: sqlite3.Connection):
    found = locality(connection, KHE_VANG)
    assert TITLE in [one["title"] for one in found.plans]
    assert found.own["plans_count"] == len(found.plans)
    indicators = [one["indicator"] for one in found.targets]
    assert indicators
    assert indicators == sorted(indicators)
    assert "other" not in indicators
    province = locality(connection, "tỉnh-lạc-giang-lạc-giang")
    assert KHE_VANG in [one["id"] for one in province.below]


ODD = ["", "khong-co", "🙂", '"', "\0", "x" * 9_000, "../..", "%", "' or 1=1", "<script>", "00000"]


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_input_gives_lists_or_a_page_that_says_what_to_do(sample_site: Site, typed: str):
    for name in ("tu_khoa", "dia_phuong", "tinh", "nam", "cap", "loai", "sap_xep", "trang"):
        assert sample_site.get("/ke-hoach", **{name: typed})[0] == 200
        assert sample_site.get("/dia-phuong", **{name: typed})[0] == 200
    if typed.isalnum() and len(typed) < 99:
        status, text = sample_site.page(f"/dia-phuong/{typed}")
        assert (status, "Không có địa phương nào mang mã" in text) == (404, True)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/ke-hoach",
        "/ke-hoach?tu_khoa=khongcochunayodau",
        "/ke-hoach?dia_phuong=xa&nam=2026",
        "/dia-phuong",
        "/dia-phuong?tinh=Lạc Giang",
        f"/dia-phuong/{KHE_VANG}",
    ],
)
def test_the_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


def listed(page: Page) -> int:
    return int(re.sub(r"\D", "", page.get_by_role("status").inner_text().split(" ")[0]))


def test_a_reader_narrows_the_list_with_the_form(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/ke-hoach")
        everything = listed(page)
        option = page.locator("#nam option", has_text="2026").inner_text()
        page.get_by_label("Năm", exact=True).select_option(label=option)
        with page.expect_navigation():
            page.get_by_role("button", name="Lọc").click()
        assert listed(page) == int(re.search(r"\((\d+)\)", option)[1]) < everything
        page.get_by_label("Tên, số, nơi ban hành").fill("khe vang 14/KH")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert listed(page) == 1
        with page.expect_navigation():
            page.get_by_role("link", name=TITLE).click()
        assert TITLE in page.locator("h1").inner_text()
        page.go_back()
        with page.expect_navigation():
            page.get_by_role("link", name="Bỏ lọc").click()
        assert listed(page) == everything


def test_a_reader_goes_from_a_province_to_a_place_and_to_its_plan(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, phone=True) as page:
        page.goto("/dia-phuong")
        for name in ("Lạc Giang", "Xã Khe Vàng, Lạc Giang"):
            with page.expect_navigation():
                page.get_by_role("link", name=name, exact=True).click()
        assert page.locator("h1").inner_text() == "Xã Khe Vàng, Lạc Giang"
        for name in ("So sánh chỉ tiêu", "Lịch nhiệm vụ"):
            assert KHE_VANG.split("-")[1] in page.get_by_role("link", name=name).get_attribute("href")
        with page.expect_navigation():
            page.get_by_role("link", name=TITLE).first.click()
        assert TITLE in page.locator("h1").inner_text()


def test_a_plan_that_means_harm_is_listed_with_its_title_as_text(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/ke-hoach?tu_khoa=window hurt")
        assert "<script>window.hurt=" in page.locator("table").inner_text()
        assert page.evaluate("window.hurt") is None
        assert page.locator("main script, main img").count() == 0
