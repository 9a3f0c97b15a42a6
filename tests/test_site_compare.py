"""So sánh: indicators over localities, two plans, one target and those like it, a commune and its province."""

import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from publish.pages.asked import Pager
from publish.pages.compare import SORTS, Choice, Figure, _shown, grouped
from publish.pages.levels import Level
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site

SERVICES = "online_public_services"
COMMUNE = "2063c9aba96fa48d"  # mau-17, of the province below
FIRE, SOLDIERS = "bace0f7f24f963eb", "1203a5bdeccc3b9b"  # mau-01 and mau-05: nothing in common
NARROW = "hep=1"


@pytest.fixture(scope="session")
def ids(sample_db: Path) -> dict[str, str]:
    """Keys of what the tests look at."""
    with sqlite3.connect(sample_db) as connection:
        one = lambda sql: connection.execute(sql).fetchone()[0]  # noqa: E731
        return {
            "province": one("select id from plans where title = 'Chuyển đổi số tỉnh Lạc Giang năm 2026'"),
            "outside": one("select id from targets where text like 'Mức độ hài lòng của người dân tại Trung tâm%'"),
            "coded": one("select id from targets where indicator = 'eid_account' order by id"),
            "harmful": one("select id from plans where title like '%<script>%'"),
            "hurting": one("select id from targets where text like '%<script>%'"),
            "commune": one(f"select locality_id from plans where id = '{COMMUNE}'"),
        }


def addresses(ids: dict[str, str]) -> dict[str, str]:
    return {
        "landing": "/so-sanh",
        "one indicator": f"/so-sanh?chi_so={SERVICES}",
        "several": f"/so-sanh?chi_so={SERVICES}&chi_so=ranking&chi_so=outreach&tim_noi=xa",
        "words": "/so-sanh?tu_khoa=bao+hiem+y+te",
        "nothing found": "/so-sanh?tu_khoa=khong-dau-co",
        "pick first": "/so-sanh/ke-hoach?tim=chuyen+doi+so",
        "pick second": f"/so-sanh/ke-hoach?a={COMMUNE}",
        "two": f"/so-sanh/ke-hoach?a={COMMUNE}&b={ids['province']}",
        "unlike": f"/so-sanh/ke-hoach?a={FIRE}&b={SOLDIERS}",
        "like": f"/so-sanh/chi-tieu/{ids['outside']}",
        "pick commune": "/so-sanh/cap-tren?tim=khe+vang",
        "above": f"/so-sanh/cap-tren?ke_hoach={COMMUNE}",
        "harmful": f"/so-sanh/ke-hoach?a={ids['harmful']}&b={COMMUNE}",
    }


PAGES = list(addresses(dict.fromkeys(("province", "outside", "harmful"), "")))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_accessible_and_fits(
    browser: Browser, sample_site: Site, ids: dict[str, str], name: str, phone: bool
):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(addresses(ids)[name])
        assert accessibility_faults(page) == []
        assert too_wide(page) == []
        assert page.locator("h1").count() == 1


def drawn_width(page: Page) -> int:
    """The natural width of the page's first chart, once it is there."""
    page.wait_for_function("() => document.querySelector('img.chart')?.complete")
    width: int = page.locator("img.chart").first.evaluate("(img) => img.naturalWidth")
    return width


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_indicator_and_localities_are_chosen_by_clicking_down_to_the_text(
    browser: Browser, sample_site: Site, phone: bool
):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto("/")
        page.get_by_role("navigation", name="Các trang chính").get_by_role("link", name="So sánh").click()
        page.get_by_role("link", name="Người dân, hộ gia đình sử dụng").click()
        all_rows = page.locator("tbody tr").count()
        page.locator("summary", has_text="Địa phương").click()
        for name in ("Xã Khe Vàng", "Phường Vĩnh Trầm"):
            page.get_by_role("checkbox", name=name).check()
        page.get_by_role("button", name="So sánh", exact=True).click()
        assert 0 < page.locator("tbody tr").count() < all_rows
        assert set(
            re.findall("Xã Khe Vàng|Phường Vĩnh Trầm", " ".join(page.locator("tbody th").all_inner_texts()))
        ) == {
            "Xã Khe Vàng",
            "Phường Vĩnh Trầm",
        }
        assert drawn_width(page) == (350 if phone else 760)
        words = page.locator("tbody .words").first
        said, address = words.inner_text(), words.get_attribute("href") or ""
        words.click()
        page.wait_for_url(re.compile("/chi-tieu/"))
        assert page.url.endswith(address)
        assert said[:40] in page.locator("body").inner_text()


def test_a_phone_asks_for_a_narrow_picture(browser: Browser, sample_site: Site):
    for phone in (False, True):
        with visiting(browser, sample_site, phone=phone) as page:
            page.goto(f"/so-sanh?chi_so={SERVICES}")
            drawn_width(page)
            assert (NARROW in page.locator("img.chart").first.evaluate("(img) => img.currentSrc")) == phone


def test_it_all_works_without_scripts(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, scripts=False) as page:
        page.goto("/so-sanh")
        page.get_by_label("Chữ trong chỉ tiêu").fill("bao hiem y te")
        page.get_by_role("button", name="So sánh", exact=True).click()
        expect(page.locator("h1")).to_have_text("Chỉ tiêu có chữ “bao hiem y te”")
        assert all("bảo hiểm y tế" in one.lower() for one in page.locator("tbody .words").all_inner_texts())
        expect(page.get_by_text("chưa chắc là một chỉ số")).to_be_visible()
        page.locator("summary", has_text="Địa phương").click()
        page.get_by_label("Tìm địa phương để thêm").fill("dong may")
        page.get_by_role("button", name="Tìm địa phương").click()
        page.get_by_role("checkbox", name="Xã Đồng Mây").check()
        page.get_by_role("button", name="So sánh", exact=True).click()
        assert {one.split("\n")[0] for one in page.locator("tbody th").all_inner_texts()} == {"Xã Đồng Mây"}


def test_the_charts_numbers_are_the_tables_numbers(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(f"/so-sanh?chi_so={SERVICES}&chi_so=ranking&chi_so=outreach")
        figures = page.locator("section", has=page.locator("img.chart"))
        assert figures.count() > 1
        for at in range(figures.count()):
            section = figures.nth(at)
            address = section.locator("img.chart").get_attribute("src") or ""
            svg = ElementTree.fromstring(sample_site.get(address)[2])
            said = [one.get("aria-label", "") for one in svg.iter() if one.get("aria-roledescription") == "point"]
            levels = [cell.split("\n")[0] for cell in section.locator("tbody td.measure").all_inner_texts()]
            assert [one.rpartition(": ")[2] for one in said] == levels
            names = [cell.split("\n")[0].partition(", ")[0] for cell in section.locator("tbody th").all_inner_texts()]
            assert all(one.startswith(name) for one, name in zip(said, names, strict=True))


def test_each_unit_has_a_table_of_its_own(sample_site: Site, browser: Browser):
    with visiting(browser, sample_site) as page:
        page.goto("/so-sanh?chi_so=ranking&chi_so=outreach&chi_so=model_replication")
        for section in page.locator("main section").all():
            levels = [cell.split("\n")[0] for cell in section.locator("tbody td.measure").all_inner_texts()]
            assert len({re.sub(r"[\d.,/–≥≤><\s]", "", level.partition("/ ")[0]) for level in levels}) == 1, levels


LEVELS = st.builds(
    Level,
    value=st.integers(0, 9).map(float),
    unit=st.sampled_from(["%", "rank", "lớp", "Lớp"]),
    per=st.sampled_from(["", "năm"]),
    change=st.sampled_from(["", "increase"]),
)
FIGURES = st.lists(
    st.builds(
        Figure,
        target=st.integers(1, 40),
        indicator=st.sampled_from(["ranking", "outreach"]),
        level=st.none() | LEVELS,
        year=st.none() | st.integers(2024, 2026),
        locality_id=st.sampled_from(["a", "b", "c"]),
        locality=st.sampled_from(["Xã Đá", "Xã Ấm", "Xã Bờ"]),
    ),
    max_size=80,
)


@given(FIGURES, st.sampled_from(SORTS))
def test_groups_hold_levels_of_one_kind_and_pages_hold_every_figure_once(figures: list[Figure], sort: str):
    groups = grouped(figures, Choice(indicators=("outreach", "ranking"), sort=sort))
    for group in groups:
        assert len({(one.indicator, one.level and one.level.kind) for one in group.figures}) == 1
    pagers = [Pager(page, 30, len(figures)) for page in range(1, len(figures) // 30 + 2)]
    shown = [one for pager in pagers for group in groups for one in _shown(group, pager)]
    assert shown == [one for group in groups for one in group.figures]
    assert sorted(map(repr, shown)) == sorted(map(repr, figures))
    for group in groups:
        assert not group.figures or group in [g for g in groups if _shown(g, pagers[group.page - 1])]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("-gia_tri", ["Đ", "Â", "B"]),
        ("gia_tri", ["B", "Â", "Đ"]),
        ("dia_phuong", ["Â", "B", "Đ"]),
        ("-dia_phuong", ["Đ", "B", "Â"]),
        ("nam", ["B", "Đ", "Â"]),
    ],
)
def test_figures_are_in_the_order_asked_for(sort: str, names: list[str]):
    figures = [
        Figure(1, "", Level(9, unit="%"), 2025, "1", "Đ"),
        Figure(2, "", Level(5, unit="%"), 2026, "2", "Â"),
        Figure(3, "", Level(1, unit="%"), 2024, "3", "B"),
    ]
    assert [one.locality for one in grouped(figures, Choice(sort=sort))[0].figures] == names


def test_the_best_rank_comes_first():
    figures = [Figure(at, "", Level(at, "<=", unit="rank"), 2026, str(at), "Xã") for at in (20, 3, 10)]
    assert [one.level and one.level.value for one in grouped(figures, Choice())[0].figures] == [3, 10, 20]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_two_plans_are_picked_by_words_without_accents_and_by_likeness(
    browser: Browser, sample_site: Site, ids: dict[str, str], phone: bool
):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto("/so-sanh")
        page.get_by_role("link", name="Hai kế hoạch").click()
        page.get_by_label("Tên kế hoạch").fill("chuyen doi so xa khe vang")
        page.get_by_role("button", name="Tìm kế hoạch").click()
        page.get_by_role("link", name="Chuyển đổi số xã Khe Vàng năm 2026").first.click()
        alike = page.locator("section", has=page.get_by_role("heading", name="Kế hoạch cùng chủ đề"))
        alike.get_by_role("link", name="Chuyển đổi số tỉnh Lạc Giang năm 2026").click()
        assert page.url.endswith(f"/so-sanh/ke-hoach?a={COMMUNE}&b={ids['province']}")
        same = page.locator("#cung-chi-so tbody tr")
        assert same.count() > 3
        assert "≥ 85 % so với ≥ 82 %" in same.nth(0).inner_text()
        assert "cao hơn 3 điểm %" in same.nth(0).inner_text()
        assert "giống về lời" not in page.locator("#cung-chi-so").inner_text()
        assert all("giống về lời" in one for one in page.locator("#giong-ve-loi tbody tr").all_inner_texts())
        assert all("giống về lời" in one for one in page.locator("#nhiem-vu tbody tr").all_inner_texts())
        page.get_by_role("link", name="Đổi bên A và B").click()
        assert "thấp hơn 3 điểm %" in page.locator("#cung-chi-so").inner_text()


def test_nothing_of_two_plans_is_lost(sample_db: Path, sample_site: Site, ids: dict[str, str]):
    text = sample_site.page("/so-sanh/ke-hoach", a=COMMUNE, b=ids["province"])[1]
    with sqlite3.connect(sample_db) as connection:
        for table, path in (("targets", "chi-tieu"), ("tasks", "nhiem-vu")):
            for (key,) in connection.execute(
                f"select id from {table} where plan_id in (?, ?)", (COMMUNE, ids["province"])
            ):
                assert text.count(f'href="/{path}/{key}"') == 1, key


def test_two_unlike_plans_give_an_honest_page(sample_site: Site):
    status, text = sample_site.page("/so-sanh/ke-hoach", a=FIRE, b=SOLDIERS)
    assert status == 200
    assert "Không có chỉ số nào cả hai kế hoạch cùng có." in text
    assert "Không có chỉ tiêu nào giống nhau về lời." in text


def test_a_plan_beside_itself_is_told_so_and_is_the_same(sample_site: Site):
    text = sample_site.page("/so-sanh/ke-hoach", a=COMMUNE, b=COMMUNE)[1]
    assert "Hai bên là cùng một kế hoạch." in text
    assert not re.search("cao hơn|thấp hơn|khác thời hạn|khác đơn vị chủ trì", text.partition('id="cung-chi-so"')[2])


def test_targets_like_one_are_of_other_plans_and_marked_as_alike_in_wording(
    browser: Browser, sample_site: Site, ids: dict[str, str]
):
    with visiting(browser, sample_site) as page:
        page.goto(f"/so-sanh/ke-hoach?a={COMMUNE}&b={FIRE}")
        link = page.locator(f'a[href="/so-sanh/chi-tieu/{ids["outside"]}"]')
        link.click()
        rows = page.locator("tbody tr")
        assert rows.count() > 0
        assert all("giống về lời" in one for one in rows.all_inner_texts())
        assert all("hài lòng" in one for one in rows.locator(".words").all_inner_texts()[:1])
        assert f"/chi-tieu/{COMMUNE}" not in " ".join(
            one.get_attribute("href") or "" for one in rows.locator("a").all()
        )
        assert drawn_width(page) == 760


def test_a_target_of_an_indicator_is_sent_there(sample_site: Site, ids: dict[str, str]):
    text = sample_site.page(f"/so-sanh/chi-tieu/{ids['coded']}")[1]
    assert "/so-sanh?chi_so=eid_account" in text


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_communes_targets_stand_below_at_or_above_its_provinces(
    browser: Browser, sample_site: Site, ids: dict[str, str], phone: bool
):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto("/so-sanh/cap-tren")
        page.get_by_label("Tên kế hoạch").fill("chuyen doi so khe vang")
        page.get_by_role("button", name="Tìm kế hoạch").click()
        page.get_by_role("link", name="Chuyển đổi số xã Khe Vàng năm 2026").first.click()
        assert page.get_by_role("checkbox", name="Chuyển đổi số tỉnh Lạc Giang năm 2026").is_checked()
        counts = [int(one) for one in page.locator(".totals b").all_inner_texts()]
        assert counts[0] == page.locator("tr.above").count() > 0
        assert counts[2] == page.locator("tr.below").count() > 0
        assert sum(counts[:4]) == page.locator("#cap tbody tr").count()
        assert counts[4] == page.locator("#thieu li").count()
        assert "> 80 % so với ≥ 85 %" in page.locator("tr.below", has_text="thanh toán điện tử").inner_text()
        assert not any("thứ hạng" in one and "so với" in one for one in page.locator("#cap tbody tr").all_inner_texts())
        page.get_by_role("checkbox", name="ngành Giáo dục").check()
        page.get_by_role("button", name="So với các kế hoạch đã chọn").click()
        assert "Chuyển đổi số ngành Giáo dục" in page.locator("#thieu").inner_text()


def test_a_locality_is_compared_by_its_newest_plan_with_targets(sample_site: Site, ids: dict[str, str]):
    status, text = sample_site.page("/so-sanh/cap-tren", dia_phuong=ids["commune"])
    assert status == 200
    assert "Khe Vàng" in text


@pytest.mark.parametrize(
    "plan", [FIRE, "f0ca3837a51b8bce", SOLDIERS], ids=["no province", "no province either", "province without it"]
)
def test_a_plan_with_nothing_above_it_is_told_so(sample_site: Site, plan: str):
    status, text = sample_site.page("/so-sanh/cap-tren", ke_hoach=plan)
    assert status == 200
    assert re.search("không viện dẫn kế hoạch cấp trên nào|Không có kế hoạch nào của tỉnh cùng chủ đề", text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/so-sanh/ke-hoach?a=khong-co", "Không có kế hoạch nào mang mã khong-co."),
        (f"/so-sanh/ke-hoach?a={COMMUNE}&b=khong-co", "Không có kế hoạch nào mang mã khong-co."),
        ("/so-sanh/chi-tieu/khong-co", "Không có chỉ tiêu nào mang mã khong-co."),
        ("/so-sanh/chi-tieu/khong-co.svg", "Không có chỉ tiêu nào mang mã khong-co."),
        ("/so-sanh/cap-tren?ke_hoach=khong-co", "Không có kế hoạch nào mang mã khong-co."),
        ("/so-sanh/cap-tren?dia_phuong=khong-co", "Không có kế hoạch nào của địa phương mang mã khong-co."),
        ("/so-sanh/bieu-do.svg", "Không có số nào để vẽ."),
        (f"/so-sanh/bieu-do.svg?chi_so={SERVICES}&nhom=99", "Không có số nào để vẽ."),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(sample_site: Site, path: str, said: str):
    status, text = sample_site.page(path)
    assert status == 404
    assert said in text


def test_an_unknown_indicator_is_named_and_the_known_one_compared(sample_site: Site):
    status, text = sample_site.page("/so-sanh", chi_so="khong_co")
    assert status == 200
    assert "Không có chỉ số nào mang mã “khong_co”." in text
    assert "gõ vài chữ của chỉ tiêu" in sample_site.page("/so-sanh", chi_so="other")[1]


ODD = [
    "🙂",
    '"',
    "'; drop table plans;--",
    "%",
    "<script>window.hurt=9</script>",
    "9" * 400,
    "-1",
    "\x00",
    "(",
    "*",
    "\u202e",
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", ["/so-sanh", "/so-sanh/ke-hoach", "/so-sanh/cap-tren", "/so-sanh/bieu-do.svg"])
def test_odd_input_gives_a_page(sample_site: Site, path: str, odd: str):
    names = ("tu_khoa", "nam", "trang", "sap_xep", "tinh", "dia_phuong", "tim_noi", "tim", "nhom", "chi_so")
    for name in names:
        status, text = sample_site.page(path, **{name: odd})
        assert status in {200, 404}, name
        assert "<script>window.hurt=9" not in sample_site.get(path, **{name: odd})[2].decode()
        assert "Trang gặp lỗi" not in text


def test_many_choices_at_once_are_no_trouble(sample_site: Site):
    many = "&".join(f"dia_phuong={at}&chi_so={at}" for at in range(300))
    assert sample_site.get(f"/so-sanh?{many}&chi_so={SERVICES}")[0] == 200


def test_a_harmful_plan_does_no_harm(browser: Browser, sample_site: Site, ids: dict[str, str]):
    with visiting(browser, sample_site) as page:
        for path in (
            f"/so-sanh/ke-hoach?a={ids['harmful']}&b={COMMUNE}",
            f"/so-sanh/chi-tieu/{ids['hurting']}",
            f"/so-sanh/cap-tren?ke_hoach={ids['harmful']}",
            "/so-sanh?tu_khoa=the+bao+hiem+y+te",
        ):
            page.goto(path)
            assert "<script>" in page.locator("main").inner_text()
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, main img[onerror], main b[onmouseover]").count() == 0


def test_the_page_is_in_english_where_asked(browser: Browser, sample_site: Site, ids: dict[str, str]):
    with visiting(browser, sample_site) as page:
        page.goto(f"/so-sanh/ke-hoach?a={COMMUNE}&b={ids['province']}&_lang=en")
        assert "higher by 3 percentage points" in page.locator("#cung-chi-so").inner_text()
        page.goto("/so-sanh?chi_so=ranking")
        assert drawn_width(page) > 0
        svg = sample_site.get(page.locator("img.chart").first.get_attribute("src") or "")[2].decode()
        assert "Rank (1 is the highest)" in svg
