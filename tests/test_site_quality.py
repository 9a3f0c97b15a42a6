"""Chất lượng: every number is the database's or that of scores.json, and leads to the places behind it."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from publish.database import build
from publish.pages.language import label, number
from publish.pages.quality import SEVERITIES, Asked, accuracy, problems, quality, read_by
from schemas.codelists import codelist
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.records import WARD_TEXT
from tests.site import Site, serving

SCORES = json.loads(files("corpus").joinpath("scores.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def connection(sample_db: Path) -> Iterator[sqlite3.Connection]:
    """The sample database as the site reads it."""
    with closing(sqlite3.connect(f"{sample_db.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def page_text(sample_site: Site) -> str:
    """The words of the overview."""
    page = LexborHTMLParser(sample_site.get("/chat-luong")[2])
    return re.sub(r"\s+", " ", page.css_first("main").text())


def percent(share: float) -> str:
    return f"{number(round(share * 100, 1))} %"


def test_scores_have_every_set_measure_and_level():
    for one in SCORES["sets"].values():
        assert one["plans"] > 0
        assert all(rates.keys() == {"precision", "recall", "f1"} for rates in one["measures"].values())
        assert {"whole records", "whole actuals"} & one["measures"].keys()
        assert one["confidence"].keys() == {"high", "medium", "low"}
        assert all(0 <= level["right"] <= level["found"] for level in one["confidence"].values())
    assert all(0 <= f1 <= 1 for f1s in SCORES["blind"].values() for f1 in f1s)


def test_the_page_shows_every_score_and_no_other(sample_site: Site):
    page = LexborHTMLParser(sample_site.get("/chat-luong")[2])
    shown = [
        [cell.text().split("%")[0].strip() for cell in row.css("td.n")]
        for row in page.css("#chinh-xac table.wide-head tbody tr")
    ]
    sets = SCORES["sets"]
    assert shown == [
        [number(round(sets[name]["measures"][measure]["f1"] * 100, 1)) for name in names]
        for names, measures in accuracy().tables
        for measure in measures
    ]
    assert {name for names, _ in accuracy().tables for name in names} == set(sets)
    blind = [
        re.findall(r"[\d,]+(?= %)", row.css_first("td").text())
        for row in page.css("#chinh-xac table:not(.wide-head) tbody tr")
    ]
    assert blind == [[number(round(f1 * 100, 1)) for f1 in f1s] for f1s in SCORES["blind"].values()]


def test_every_measure_and_set_has_a_name_of_its_own(page_text: str):
    for name in (*SCORES["sets"], *(measure for _, measures in accuracy().tables for measure in measures)):
        assert name not in page_text


def test_by_confidence_stand_the_share_that_was_right_and_how_many_there_are(
    connection: sqlite3.Connection, page_text: str
):
    for one in SCORES["sets"].values():
        for level in one["confidence"].values():
            if level["found"]:
                assert (
                    f"{percent(level['right'] / level['found'])} {number(level['right'])}/{number(level['found'])}"
                    in page_text
                )
    for record, table in (("target", "targets"), ("task", "tasks")):
        counts = dict(connection.execute(f"select confidence, count(*) from {table} group by 1").fetchall())
        assert quality(connection).confidences[record] == counts


def test_every_kind_of_problem_leads_to_as_many_places_as_it_says(connection: sqlite3.Connection):
    kinds = quality(connection).problems
    assert {one["code"] for one in kinds} == {code for (code,) in connection.execute("select code from problems")}
    assert [SEVERITIES.index(one["severity"]) for one in kinds] == sorted(
        SEVERITIES.index(one["severity"]) for one in kinds
    )
    for one in kinds:
        first = problems(connection, Asked(one["code"]))
        items = [
            item
            for at in range(1, first.pager.last + 1)
            for item in problems(connection, Asked(one["code"], page=at)).items
        ]
        assert len({item["id"] for item in items}) == one["problems"] == first.pager.total
        assert len({item["plan_id"] for item in items}) == one["plans"]
        assert min((item["severity"] for item in items), key=SEVERITIES.index) == one["severity"]


def test_a_severity_and_a_plan_narrow_the_places(connection: sqlite3.Connection):
    for severity in SEVERITIES:
        (count,) = connection.execute("select count(*) from problems where severity = ?", (severity,)).fetchone()
        assert problems(connection, Asked(severity=severity)).pager.total == count
    for plan in quality(connection).worst:
        found = problems(connection, Asked(plan=plan["id"]))
        grave = [one for one in found.items if one["severity"] in {"high", "medium"}]
        assert len(grave) == plan["problems"]
        assert found.plan["id"] == plan["id"]


def test_what_was_not_read_stands_there_with_its_words_and_its_source(
    connection: sqlite3.Connection, sample_site: Site
):
    items = problems(connection, Asked("unread_text")).items
    assert items
    page = LexborHTMLParser(sample_site.get("/chat-luong", loai="unread_text")[2])
    shown = " ".join(node.text() for node in page.css("main q"))
    links = {node.attributes["href"] for node in page.css("main a.source")}
    for one in items:
        (text,) = connection.execute("select text from plans where id = ?", (one["plan_id"],)).fetchone()
        assert one["there"] == text[one["span_start"] : one["span_end"]][: len(one["there"])] != ""
        assert one["there"][:40] in shown
        assert f"/ke-hoach/{one['plan_id']}/nguon?tu={one['span_start']}&den={one['span_end']}" in links


def test_plans_are_counted_and_listed_by_where_their_text_came_from(connection: sqlite3.Connection):
    sources = {one["text_source"]: one["plans"] for one in quality(connection).text_sources}
    assert sources.keys() >= {"text", "ocr", "native"}
    for source, count in sources.items():
        assert read_by(connection, source, 1).pager.total == count
    assert "thang.png" in [one["filename"] for one in read_by(connection, "ocr", 1).items]


def test_what_is_no_plan_is_named(sample_site: Site, connection: sqlite3.Connection):
    text = sample_site.page("/chat-luong", loai="not_a_plan")[1]
    assert "BC-UBND" in text
    assert label("not_a_plan", "problem_codes") in text


@given(st.builds(Asked, st.text(max_size=9), st.text(max_size=9), st.text(max_size=9), st.integers(1, 100_000)))
@settings(max_examples=50)
def test_any_question_is_answered(connection: sqlite3.Connection, asked: Asked):
    found = problems(connection, asked)
    assert bool(found.items) == bool(found.pager.total)


ODD = ["khong-co", "🙂", '"', "\0", "x" * 9_000, "%", "' or 1=1 --", "<script>"]


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_input_never_gives_an_error_page(sample_site: Site, typed: str):
    for name in ("loai", "muc_do", "ke_hoach", "nguon_chu", "trang"):
        assert sample_site.get("/chat-luong", **{name: typed})[0] == 200


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path", ["/chat-luong", "/chat-luong?loai=unread_text", "/chat-luong?muc_do=high", "/chat-luong?nguon_chu=ocr"]
)
def test_the_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


def test_a_reader_follows_a_number_to_its_places_and_to_the_plan(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/")
        with page.expect_navigation():
            page.get_by_role("link", name="Chất lượng").click()
        row = page.get_by_role("row", name=re.compile("Nghi sai chữ"))
        count = row.locator("td.n").first.inner_text()
        with page.expect_navigation():
            row.get_by_role("link").click()
        assert page.get_by_role("status").inner_text() == f"{count} chỗ"
        page.get_by_label("Mức độ").select_option("high")
        with page.expect_navigation():
            page.get_by_role("button", name="Lọc").click()
        assert page.get_by_role("status").inner_text() == "0 chỗ"
        page.go_back()
        plan = page.locator(".items li").first.locator(".about a")
        title = plan.inner_text()
        with page.expect_navigation():
            plan.click()
        assert title in page.locator("h1").inner_text()


def test_the_explanations_are_there_in_both_languages(sample_site: Site, page_text: str):
    assert "Bản ghi trọn vẹn" in page_text
    english = sample_site.page("/chat-luong", _lang="en")[1]
    assert "Whole records" in english
    for entry in codelist("problem_codes"):
        assert entry["explanation_vi"] not in english


def test_files_that_could_not_be_read_are_named_with_the_reason(tmp_path: Path):
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "phuong.txt").write_text(WARD_TEXT, "utf-8")
    for at in range(22):
        (folder / f"hỏng-{at:02}.pdf").write_bytes(b"%PDF-1.4 nothing of a PDF")
    report = build([folder], tmp_path / "plans.db")
    assert len(report.failures) == 22
    with serving(tmp_path / "plans.db") as site:
        section = LexborHTMLParser(site.get("/chat-luong")[2]).css_first("#khong-doc-duoc")
        said = re.sub(r"\s+", " ", section.text())
        assert "22 tệp" in said
        assert f"hỏng-00.pdf: {report.failures[0].reason}" in said
        assert "hỏng-20.pdf" not in said  # further ones are in the table
        for link in section.css("a"):
            status, page = site.page(str(link.attributes["href"]))
            assert status == 200
            assert "hỏng-" in page
