"""Tìm kiếm: what is found first, what it can be narrowed by, what any text gives, and that it stays quick."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from publish.pages import matching
from publish.pages.marking import Marker
from publish.pages.search import KINDS, Asked, Found, search
from publish.search import folded, typed_terms
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site
from tests.small_databases import blank, searchable

KHE_VANG = "Chuyển đổi số xã Khe Vàng năm 2026"
Texts = Callable[..., sqlite3.Connection]


@pytest.fixture(scope="module")
def connection(sample_db: Path) -> Iterator[sqlite3.Connection]:
    """The sample database as the site reads it."""
    with closing(sqlite3.connect(f"{sample_db.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def of_tasks(*texts: str) -> sqlite3.Connection:
    """A database of one plan with these tasks."""
    plan = {
        **blank("plans"),
        "id": "plan",
        "title": "Một kế hoạch",
        "year": 2026,
        "text": "",
        "search_text": "",
        "tasks_count": len(texts),
        "targets_count": 0,
    }
    tasks = [
        {**blank("tasks"), "id": f"plan-N{at}", "plan_id": "plan", "position": at, "text": text, "confidence": "high"}
        for at, text in enumerate(texts, 1)
    ]
    return searchable({"plans": [plan], "tasks": tasks})


def said(found: Found) -> list[str]:
    return [one.get("text") or one["plan_title"] for one in found.items]


FIRST = [
    (KHE_VANG, KHE_VANG),
    ("chuyen doi so khe vang", KHE_VANG),
    ("CHUYỂN ĐỔI SỐ KHE VÀNG", KHE_VANG),
    ("khe vàng 14/KH-UBND", KHE_VANG),
    ('"doi so xa khe"', KHE_VANG),
    ("chuyen doi so xa khe va", KHE_VANG),
    ("mau-17-chuyen-doi-so-xa.txt", KHE_VANG),
    (
        "to chuc hoc tap suot doi cam tram",
        "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2026 trên địa bàn phường Cẩm Trầm",
    ),
]


@pytest.mark.parametrize(("typed", "first"), FIRST)
def test_what_is_meant_comes_first(connection: sqlite3.Connection, typed: str, first: str):
    assert said(search(connection, Asked(typed)))[0] == first


@pytest.mark.parametrize(
    "typed", ["chuyen do", "chuyển đ", "chuy*", "chuyen so", "doi so", '"chuyển đổi số"', "khe vàng"]
)
def test_a_plan_is_among_what_its_words_find(connection: sqlite3.Connection, typed: str):
    assert KHE_VANG in said(search(connection, Asked(typed, kind="plan")))


def test_words_with_accents_rank_what_has_them_so_first_and_can_be_demanded():
    with closing(of_tasks("Ban chỉ đạo họp.", "Bạn đọc góp ý.", "Bàn giao hồ sơ.")) as connection:
        assert said(search(connection, Asked("bạn")))[0] == "Bạn đọc góp ý."
        assert search(connection, Asked("bạn")).pager.total == 3
        assert search(connection, Asked("bạn")).exact == 1
        assert said(search(connection, Asked("bạn", exact=True))) == ["Bạn đọc góp ý."]
        assert search(connection, Asked("ban")).exact is None
        assert search(connection, Asked("ban", exact=True)).pager.total == 3


def test_words_that_stand_together_come_before_words_apart():
    with closing(of_tasks("Số tay và sổ ghi.", "Cấp sổ tay cho tổ.", "Tay nghề số.")) as connection:
        assert said(search(connection, Asked("so tay")))[0] in {"Số tay và sổ ghi.", "Cấp sổ tay cho tổ."}
        assert said(search(connection, Asked("sổ tay")))[0] == "Cấp sổ tay cho tổ."
        assert said(search(connection, Asked('"so tay"', exact=False)))[-1] != "Tay nghề số."


FOUND = [
    ("hoa binh", ["Hoà Bình", "Hòa Bình"]),
    ("hòa bình", ["Hoà Bình", "Hòa Bình"]),
    ("ti le", ["tỉ lệ", "tỷ lệ"]),
    ("dong bo", ["đồng bộ"]),
    ("đồng bộ", ["đồng bộ"]),
    ("25/KH-UBND", ["Kế hoạch 25/KH-UBND"]),
    ("25/kh", ["Kế hoạch 25/KH-UBND"]),
    ("KH-UBND 25", ["Kế hoạch 25/KH-UBND"]),
    ("đ" + "o\u0302\u0300" + "ng", ["đồng bộ"]),
    ('"bộ đồng"', []),
    ("dong b*", ["đồng bộ"]),
    ("*", []),
    ("d* b*", ["đồng bộ"]),
]


@pytest.mark.parametrize(("typed", "texts"), FOUND)
def test_spelling_does_not_matter_but_order_in_quotes_does(typed: str, texts: list[str]):
    with closing(of_tasks("Hoà Bình", "Hòa Bình", "tỉ lệ", "tỷ lệ", "đồng bộ", "Kế hoạch 25/KH-UBND")) as connection:
        assert sorted(said(search(connection, Asked(typed)))) == sorted(texts)


def test_a_word_not_typed_to_its_end_is_found_and_said_and_can_be_meant_as_it_stands():
    texts = ["Chuyển đổi số.", "Chuyển đổi nghề.", "Chuyển đổi đất.", "Chuyển hồ sơ đo đạc.", "Chuyển động."]
    with closing(of_tasks(*texts)) as connection:
        found = search(connection, Asked("chuyen do"))
        assert set(texts) == {*said(found)}
        assert found.endings == ("doi", "dong")
        assert said(search(connection, Asked(found.as_typed))) == ["Chuyển hồ sơ đo đạc."]


def test_a_word_that_stands_where_it_was_typed_is_whole():
    with closing(of_tasks("Cán bộ xã.", "Cán bộ thôn.", "Căn bản, bồi dưỡng.", "Bộ cần bột.")) as connection:
        assert search(connection, Asked("can bo")).endings == ()
        assert "Căn bản, bồi dưỡng." not in said(search(connection, Asked("can bo")))


def test_words_found_are_marked_whatever_their_accents_and_the_rest_is_kept():
    pieces = Marker(typed_terms("phong chay")).whole("Phòng, chống <cháy>; phòng   CHÁY rừng")
    assert "".join(piece.text for piece in pieces) == "Phòng, chống <cháy>; phòng   CHÁY rừng"
    assert [piece.text for piece in pieces if piece.found] == ["phòng   CHÁY"]
    apart = Marker(typed_terms("phong chay")).whole("Phòng, chống cháy nổ")
    assert [piece.text for piece in apart if piece.found] == ["Phòng", "cháy"]


def test_a_long_text_is_cut_about_the_first_word_found():
    text = "một hai ba " * 60 + "kim cương " + "bốn năm sáu " * 60
    pieces = Marker(typed_terms("kim cuong")).excerpt(text)
    assert [piece.text for piece in pieces if piece.found] == ["kim cương"]
    assert sum(len(piece.text) for piece in pieces) < 400
    assert pieces[0].text == "… "


@given(st.text(max_size=400), st.text(max_size=60))
def test_marking_loses_nothing(text: str, typed: str):
    assert "".join(piece.text for piece in Marker(typed_terms(typed)).whole(text)) == text


ODD = [
    '"', '""', "'", "*", "**", "AND", "NOT", "OR OR", "NEAR(", "a NEAR/2 b", "(", "plain : x", "facets:kind", "-", "^a", "a*b*",
    "🙂", "\0", "a\0b", "%", "_", "\\", "'; drop table plans; --", "x" * 10_000, "a " * 5_000, "!?.,;", "đ" * 300, "１２", "\ud7ff",
    "<script>alert(1)</script>", "{{ 7*7 }}", "你好", "İI", "ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_no_text_gives_an_error_page(sample_site: Site, typed: str):
    for query in (
        {"tu_khoa": typed},
        {"tu_khoa": "xã", "nam": typed, "trang": typed},
        {"don_vi": typed, "loai": typed},
    ):
        assert sample_site.get("/tim-kiem", **query)[0] == 200


WORDS = ["xã", "công", "an", '"', "*", "đổi", "so", "2026", "AND", "-", "25/KH"]


@given(
    typed=st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join),
    kind=st.sampled_from(["", "text", *KINDS]),
    shown=st.tuples(st.booleans(), st.sampled_from(["", "deadline", "year"])),
    narrowed=st.dictionaries(
        st.sampled_from(["year", "unit", "role", "quarter", "province"]), st.text(max_size=9), max_size=2
    ),
)
@settings(max_examples=150)
def test_any_question_is_answered(
    connection: sqlite3.Connection, typed: str, kind: str, shown: tuple[bool, str], narrowed: dict
):
    found = search(connection, Asked(typed, narrowed, kind, *shown))
    assert len(found.items) == min(found.pager.total, found.pager.size)
    assert bool(found.items) or not found.pager.total


def narrowings(connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[str, str, int]]:
    for facet in search(connection, asked).facets:
        yield from ((facet.name, one.value, one.entries) for one in facet.values if not one.chosen)


@pytest.mark.parametrize("typed", ["", "công an", "chuyen do", "to cong nghe so"])
@pytest.mark.parametrize(
    "narrowed", [{"year": "2026"}, {"role": "lead"}, {"unit": "công-an-xã"}, {"confidence": "low"}]
)
def test_a_facet_leaves_as_many_as_it_promised(connection: sqlite3.Connection, typed: str, narrowed: dict[str, str]):
    promised = list(narrowings(connection, Asked(typed, narrowed)))
    counted_all = not search(connection, Asked(typed, narrowed)).more
    assert promised or not search(connection, Asked(typed, narrowed)).pager.total
    for name, value, entries in promised:
        left = search(connection, Asked(typed, {**narrowed, name: value}))
        assert left.pager.total >= entries, (name, value)
        assert not counted_all or left.pager.total == entries, (name, value)


@pytest.mark.parametrize("typed", ["công an", "chuyen do", "bảo hiểm y tế", "khe vang"])
def test_a_kind_has_as_many_as_it_promised(connection: sqlite3.Connection, typed: str):
    kinds = search(connection, Asked(typed)).kinds
    for kind in (*KINDS, "text"):
        assert search(connection, Asked(typed, kind=kind)).pager.total == kinds.get(kind, 0)
    for name, value, entries in narrowings(connection, Asked(typed, kind="text")):
        assert search(connection, Asked(typed, {name: value}, kind="text")).pager.total == entries


def test_where_too_much_is_found_the_nearest_is_taken_and_facets_promise_the_least(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matching, "MOST", 5)
    texts = ["Sổ tay cho tổ.", *(f"Tay nghề {at}, số lượng." for at in range(20)), "Số tay, bàn tay.", "Giao sổ tay."]
    with closing(of_tasks(*texts)) as connection:
        found = search(connection, Asked("so tay"))
        assert (found.more, found.pager.total) == (True, 5)
        assert set(said(found)[:3]) == {"Sổ tay cho tổ.", "Số tay, bàn tay.", "Giao sổ tay."}
        assert set(said(search(connection, Asked("sổ tay")))[:2]) == {"Sổ tay cho tổ.", "Giao sổ tay."}
        for name, value, entries in narrowings(connection, Asked("so tay")):
            assert search(connection, Asked("so tay", {name: value})).pager.total >= entries


def test_deadlines_come_in_order_and_what_has_none_last(connection: sqlite3.Connection):
    items = search(connection, Asked("công an", kind="task", order="deadline")).items
    dues = [one["deadline_end"] or "9999" for one in items]
    assert dues == sorted(dues)
    assert dues[0] < "9999"


def test_every_answer_stands_on_exactly_one_page(connection: sqlite3.Connection):
    total = search(connection, Asked("xã")).pager
    shown = [
        (one["kind"], one["record_id"])
        for at in range(1, total.last + 1)
        for one in search(connection, Asked("xã", page=at)).items
    ]
    assert len(shown) == len(set(shown)) == total.total
    assert search(connection, Asked("xã", page=10_000)).items == search(connection, Asked("xã", page=total.last)).items


SUGGESTED = [
    ("chuyendoi so", "chuyen doi so"),
    ("chuyen doy khe vang", "chuyen doi khe vang"),
    ("chuyển đổi xyzxyz", "chuyển đổi"),
    ('"số đổi chuyển khe vàng"', "số đổi chuyển khe vàng"),
]


@pytest.mark.parametrize(("typed", "suggested"), SUGGESTED)
def test_what_finds_nothing_suggests_what_does(connection: sqlite3.Connection, typed: str, suggested: str):
    found = search(connection, Asked(typed))
    assert found.items == []
    by_typed = {one.typed: one.entries for one in found.suggestions}
    assert by_typed[suggested] == search(connection, Asked(suggested)).pager.total > 0


def test_a_filter_that_leaves_nothing_is_suggested_to_be_given_up(connection: sqlite3.Connection):
    found = search(connection, Asked("khe vàng", {"year": "1999", "confidence": ""}))
    assert found.items == []
    given_up = next(one for one in found.suggestions if one.changes == {"nam": None})
    assert given_up.entries == search(connection, Asked("khe vàng")).pager.total > 0
    both = search(connection, Asked("khe vàng", {"year": "1999", "unit": "khong-co"})).suggestions
    assert both[0].changes.keys() >= {"nam", "don_vi"}


def test_a_place_in_a_text_is_where_the_words_are(connection: sqlite3.Connection):
    found = search(connection, Asked("Độc lập Tự do", kind="text"))
    for one in found.items:
        (text,) = connection.execute("select text from plans where id = ?", (one["plan_id"],)).fetchone()
        assert folded(text[one["place"].start : one["place"].end]).startswith("doc lap")
    assert found.items


BIG = "tasks|targets|plans|task_units|task_quarters|problems|measures|sections|search_entries"


@pytest.mark.parametrize(
    "asked",
    [Asked("cong an"), Asked("chuyển đ", {"role": "lead"}), Asked("xã", kind="text"), Asked("zz yy", {"year": "1"})],
)
def test_no_question_reads_a_table_from_end_to_end(connection: sqlite3.Connection, asked: Asked):
    queries: list[str] = []
    with closing(sqlite3.connect(":memory:")) as large:
        connection.backup(large)
        large.executescript("delete from sqlite_stat1; analyze sqlite_schema")  # as if of any size
        large.set_trace_callback(queries.append)
        search(large, asked)
        large.set_trace_callback(None)
        own = [query for query in queries if not query.startswith("--")]
        assert own
        steps = [step[3] for query in own for step in large.execute(f"explain query plan {query}")]
    assert [step for step in steps if re.fullmatch(rf"SCAN ({BIG})( USING INDEX .*)?", step)] == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/tim-kiem",
        "/tim-kiem?tu_khoa=công an",
        "/tim-kiem?tu_khoa=quyết định&loai=toan-van",
        "/tim-kiem?tu_khoa=khongcochunay&nam=2026",
    ],
)
def test_the_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def results(page: Page) -> int:
    return number(page.get_by_role("status").locator("b").inner_text())


def test_a_reader_types_narrows_step_by_step_and_takes_it_back(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/")
        page.get_by_label("Tìm trong tất cả kế hoạch, chỉ tiêu, nhiệm vụ").fill("cong an")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        all_of_them = results(page)
        assert all_of_them > 20
        for heading in ("Đơn vị", "Vai trò của đơn vị", "Năm của kế hoạch"):
            first = (
                page.locator(".facet", has=page.get_by_role("heading", name=heading, exact=True)).locator("li").first
            )
            promised = number(first.locator("small").inner_text())
            with page.expect_navigation():
                first.get_by_role("link").click()
            assert results(page) == promised
        for _ in range(3):
            with page.expect_navigation():
                page.locator(".chips a", has_text="✕").first.click()
        assert results(page) == all_of_them


def test_a_result_leads_to_its_record_and_shows_the_words_marked(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/tim-kiem?tu_khoa=to cong nghe so&loai=nhiem-vu")
        first = page.locator(".results li").first
        assert {folded(one) for one in first.locator("mark").all_inner_texts()} <= {
            "to cong nghe so",
            "to",
            "cong",
            "nghe",
            "so",
        }
        link = first.get_by_role("link").first
        assert link.get_attribute("href").startswith("/nhiem-vu/")
        text = link.inner_text()
        with page.expect_navigation():
            link.click()
        assert text.strip(" …") in page.locator("main").inner_text()


def test_the_page_works_on_a_phone_without_scripts(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, phone=True, scripts=False) as page:
        page.goto("/tim-kiem?tu_khoa=cong an")
        page.get_by_role("link", name="Bộ lọc ↓").click()
        assert page.url.endswith("#loc")
        with page.expect_navigation():
            page.get_by_role("complementary", name="Bộ lọc").get_by_role("link", name="2026").first.click()
        assert "nam=2026" in page.url


def test_a_plan_that_means_harm_is_found_with_its_title_as_text(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        for path in (
            "/tim-kiem?tu_khoa=script",
            "/tim-kiem?tu_khoa=script&loai=toan-van",
            "/tim-kiem?tu_khoa=<script>window",
        ):
            page.goto(path)
            assert "<script>window.hurt=" in page.locator(".results").inner_text()
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, main img, main b[onmouseover]").count() == 0


def test_english_readers_get_english_words(sample_site: Site):
    text = sample_site.page("/tim-kiem", tu_khoa="công an", _lang="en")[1]
    assert "Filters" in text
    assert "results" in text
    assert not re.search("kết quả</b>|Bộ lọc|Xếp theo", text)


def test_the_index_counts_as_datasette_asks_it_to(sample_site: Site):
    assert sample_site.get("/plans/search_entries_fts.json")[0] == 200
    words = json.loads(sample_site.get("/plans/search_words.json", word="duong", _shape="array")[2])
    assert words[0]["entries"] > 1
