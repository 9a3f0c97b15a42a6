"""Nguồn: every record shows the words it was read from, on the page's picture or in the text; permalinks."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from selectolax.lexbor import LexborHTMLParser

from publish.marks.kinds import KINDS
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.conftest import ROOT
from tests.evidence import (
    DRAWN,
    PDF,
    TEXT_PLAN,
    letters,
    permalinks,
    printed_in,
    record_of,
    records,
    rectangles,
    whole_pages,
)
from tests.site import Site


@pytest.mark.parametrize("name", [name for name in DRAWN if name != "signed.pdf"])
def test_the_boxes_of_a_record_hold_its_words_and_no_others(pdf_site: Site, pdf_db: Path, name: str):
    record = record_of(pdf_db, name)
    checked = 0
    for address, one in permalinks(record):
        status, html = pdf_site.page(address)
        assert status == 200
        pages = whole_pages(LexborHTMLParser(html))
        said = "".join(printed_in(PDF / name, page, rectangles(svg)) for page, svg in pages)
        assert said == letters(one.text), address
        checked += 1
    assert checked


@pytest.mark.parametrize("name", DRAWN)
def test_the_boxes_lie_on_ink_of_the_picture_that_is_shown(pdf_site: Site, pdf_db: Path, name: str):
    record = record_of(pdf_db, name)
    spans = [span for spans in record.document.spans.values() for span in spans if span.bboxes]
    for span in spans[:6]:
        _, html = pdf_site.page(f"/ke-hoach/{record.id}/nguon", tu=str(span.start), den=str(span.end))
        [(page, svg)] = whole_pages(LexborHTMLParser(html))
        width = float(svg.css_first("rect.paper").attributes["width"] or 0)
        status, headers, png = pdf_site.get(f"/ke-hoach/{record.id}/trang/{page}.png")
        assert (status, headers["content-type"]) == (200, "image/png")
        picture = Image.open(BytesIO(png)).convert("L")
        scale = picture.width / width
        boxes = rectangles(svg)
        assert boxes
        for box in boxes:
            assert picture.crop(tuple(round(side * scale) for side in box)).getextrema()[0] < 128, (name, span)


def test_a_record_that_runs_over_a_pages_end_shows_both_pages(pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "prose.pdf")
    task = next(one for one in record.tasks if len({span.page for span in one.spans}) == 2)
    tree = LexborHTMLParser(pdf_site.page(f"/nhiem-vu/{task.id}")[1])
    assert [page for page, _ in whole_pages(tree)] == [1, 2]
    assert all(rectangles(svg) for _, svg in whole_pages(tree))
    assert tree.css_first("#cho-1").tag == tree.css_first("#cho-2").tag == "rect"


def test_a_deadline_a_unit_and_a_number_have_boxes_of_their_own(pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "table.pdf")
    task = next(one for one in record.tasks if one.units and one.deadline and one.deadline.span)
    pages = whole_pages(LexborHTMLParser(pdf_site.page(f"/nhiem-vu/{task.id}")[1]))
    for kind, spans in {"units": [u.span for u in task.units], "deadlines": [task.deadline.span]}.items():
        said = "".join(printed_in(PDF / "table.pdf", page, rectangles(svg, f".box.{kind}")) for page, svg in pages)
        assert said == letters("".join(record.text[span.start : span.end] for span in spans))


def on_the_page(svg: Locator, rect: Locator) -> tuple[float, float, float, float]:
    """Where a box is seen, as shares of the picture's width and height."""
    outer, inner = svg.bounding_box(), rect.bounding_box()
    assert outer
    assert inner
    return (
        (inner["x"] - outer["x"]) / outer["width"],
        (inner["y"] - outer["y"]) / outer["height"],
        inner["width"] / outer["width"],
        inner["height"] / outer["height"],
    )


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_reader_clicks_a_value_and_sees_the_page_with_its_box(
    browser: Browser, pdf_site: Site, pdf_db: Path, phone: bool
):
    record = record_of(pdf_db, "rotated.pdf")
    with visiting(browser, pdf_site, phone=phone) as page:
        page.goto(f"/ke-hoach/{record.id}")
        with page.expect_response(re.compile(r"/trang/1\.png")) as response:
            page.get_by_role("link", name="Nguồn của nhiệm vụ 1").click()
        assert response.value.status == 200
        assert page.locator("blockquote").inner_text() == record.tasks[0].text
        whole = page.get_by_role("img", name="Trang 1 với chỗ đã đọc được đóng khung")
        page.get_by_role("link", name="Đến khung trong cả trang").click()
        expect(page.locator("#cho-1")).to_be_in_viewport()
        x, y, width, height = on_the_page(whole, page.locator("#cho-1"))
        paper = page.locator("svg.page rect.paper").last
        box = page.locator("#cho-1")
        sides = [float(box.get_attribute(name) or 0) for name in ("x", "y", "width", "height")]
        size = [float(paper.get_attribute(name) or 0) for name in ("width", "height")]
        assert (x, y) == pytest.approx((sides[0] / size[0], sides[1] / size[1]), abs=0.01)
        assert (width, height) == pytest.approx((sides[2] / size[0], sides[3] / size[1]), abs=0.01)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_view_of_a_plan_is_clean_accessible_and_fits(browser: Browser, pdf_site: Site, pdf_db: Path, phone: bool):
    record = record_of(pdf_db, "table.pdf")
    span = record.sections[0].span
    plan = f"/ke-hoach/{record.id}"
    views = ("", "?xem=bang", "/nguon", f"/nguon?tu={span.start}&den={span.end}", "/trang/1", "/trang/2")
    for address in (*(plan + view for view in views), f"/nhiem-vu/{record.tasks[0].id}"):
        with visiting(browser, pdf_site, phone=phone) as page:
            page.goto(address)
            assert accessibility_faults(page) == []
            assert too_wide(page) == []


def test_the_pages_own_view_leads_to_the_records_on_it(browser: Browser, pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "prose.pdf")
    with visiting(browser, pdf_site) as page:
        page.goto(f"/ke-hoach/{record.id}/nguon")
        page.get_by_role("link", name="2", exact=True).click()
        assert page.url.endswith("/trang/2")
        link = page.locator("svg a").last
        link.locator("rect").first.click()
        assert re.search(r"/(nhiem-vu|chi-tieu)/", page.url)


def test_every_record_of_a_text_plan_marks_its_own_words(sample_site: Site, sample_db: Path):
    record = next(one for one in records(sample_db) if one.id == TEXT_PLAN)
    for address, one in permalinks(record):
        tree = LexborHTMLParser(sample_site.page(address)[1])
        marks = " ".join(mark.text() for mark in tree.css(".text mark.main"))
        assert marks == one.text, address
        assert tree.css("svg") == []


def test_units_and_deadlines_are_marked_wherever_they_stand(sample_site: Site, sample_db: Path):
    record = next(one for one in records(sample_db) if one.id == TEXT_PLAN)
    task = next(one for one in record.tasks if len(one.units) > 1 and one.deadline and one.deadline.span)
    tree = LexborHTMLParser(sample_site.page(f"/nhiem-vu/{task.id}")[1])
    units = [record.text[unit.span.start : unit.span.end] for unit in task.units if unit.span]
    assert sorted(mark.text() for mark in tree.css(".text mark.units")) == sorted(units)
    [deadline] = tree.css(".text mark.deadlines")
    assert deadline.text() == task.deadline.text


def test_the_whole_text_is_there_with_every_record_marked_and_linked(sample_site: Site, sample_db: Path):
    record = next(one for one in records(sample_db) if one.id == TEXT_PLAN)
    tree = LexborHTMLParser(sample_site.page(f"/ke-hoach/{TEXT_PLAN}/nguon")[1])
    for unseen in tree.css(".text .unseen"):
        unseen.decompose()
    assert [line.text() for line in tree.css(".text p")] == record.text.split("\n")
    links = {link.attributes["href"] for link in tree.css(".text a.source")}
    for address, one in permalinks(record):
        assert address in links
        mark = next(mark for mark in tree.css("mark[id]") if mark.attributes["id"] == one.id)
        assert one.text.startswith(mark.text())
    anchors = {line.attributes["id"] for line in tree.css(".text p")}
    assert {link.attributes["href"] for link in tree.css(".contents a")} <= {f"#{anchor}" for anchor in anchors}


def test_a_reader_switches_a_kind_of_marks_off(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(f"/ke-hoach/{TEXT_PLAN}/nguon")
        mark = page.locator("mark.tasks").first
        before = mark.evaluate("one => getComputedStyle(one).backgroundColor")
        page.get_by_role("checkbox", name="Nhiệm vụ").uncheck()
        assert mark.evaluate("one => getComputedStyle(one).backgroundColor") != before
        assert accessibility_faults(page) == []


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?tu=57&den=71", 200, "Ở đây đã đọc được"),
        ("?tu=71&den=57", 200, "Ở đây đã đọc được"),
        ("?tu=57", 200, "Một chỗ trong văn bản"),
        ("?den=5", 200, "Một chỗ trong văn bản"),
        ("?tu=0&den=99999999999999999999999999", 200, "Một chỗ trong văn bản"),
        ("?tu=99999999&den=999999999", 404, "Văn bản này chỉ có"),
        ("?tu=abc&den=5", 404, "phải là số"),
        ("?tu=-1&den=5", 404, "phải là số"),
        ("?tu=%C2%B2", 404, "phải là số"),
        ("?tu=%F0%9F%98%80", 404, "phải là số"),
        ("?tu=&den=", 200, "Mục lục"),
    ],
)
def test_odd_places_are_put_right_or_explained(sample_site: Site, query: str, status: int, said: str):
    got, text = sample_site.page(f"/ke-hoach/{TEXT_PLAN}/nguon{query}")
    assert got == status
    assert said in text


@pytest.mark.parametrize(
    "path",
    [
        "/chi-tieu/khong-co",
        "/nhiem-vu/khong-co",
        "/nhiem-vu/khong-co.json",
        "/nhiem-vu/%22%3E%3Cscript%3E",
        f"/nhiem-vu/{TEXT_PLAN}-C001",
        "/ke-hoach/khong-co/nguon",
        "/ke-hoach/khong-co/tep-goc",
        "/ke-hoach/khong-co/trang/1.png",
        f"/ke-hoach/{TEXT_PLAN}/trang/1",
        f"/ke-hoach/{TEXT_PLAN}/trang/1.png",
        f"/ke-hoach/{TEXT_PLAN}/trang/%F0%9F%98%80",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(sample_site: Site, path: str):
    status, text = sample_site.page(path)
    assert status == 404
    assert "<script>" not in sample_site.get(path)[2].decode().replace("<script src", "")
    assert path.endswith(".json") or "Không tìm thấy" in text


def test_a_permalinks_json_is_the_stored_record_with_its_source(pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "prose.pdf")
    for address, one in permalinks(record):
        status, headers, body = pdf_site.get(f"{address}.json")
        data = json.loads(body)
        assert (status, headers["content-type"]) == (200, "application/json; charset=utf-8")
        assert data["record"] == one.model_dump(mode="json")
        assert data["source"]["sha256"] == record.source.sha256
        assert data["address"] == pdf_site.address + address
        for part in (one.id, record.source.sha256, record.source.extractor, data["address"]):
            assert part in data["citation"]["text"]
        assert data["citation"]["csl"]["URL"] == data["address"]


def test_the_citation_is_copied(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"/nhiem-vu/{TEXT_PLAN}-N004")
        page.get_by_role("button", name="Chép dòng trích dẫn").click()
        page.get_by_role("button", name="Đã chép").wait_for()
        assert f"/nhiem-vu/{TEXT_PLAN}-N004" in page.evaluate("navigator.clipboard.readText()")


def test_without_scripts_the_page_has_all_but_the_buttons(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site, scripts=False) as page:
        page.goto(f"/nhiem-vu/{TEXT_PLAN}-N004")
        assert page.locator("#trich-dan-dong").is_visible()
        assert not page.locator("[data-copy]").first.is_visible()


def test_records_lead_to_the_ones_before_and_after(sample_site: Site):
    tree = LexborHTMLParser(sample_site.page(f"/nhiem-vu/{TEXT_PLAN}-N002")[1])
    assert tree.css_first("[rel=prev]").attributes["href"] == f"/nhiem-vu/{TEXT_PLAN}-N001"
    assert tree.css_first("[rel=next]").attributes["href"] == f"/nhiem-vu/{TEXT_PLAN}-N003"
    assert LexborHTMLParser(sample_site.page(f"/nhiem-vu/{TEXT_PLAN}-N001")[1]).css("[rel=prev]") == []


def test_nothing_of_a_harmful_plan_becomes_markup_beside_its_source(
    browser: Browser, sample_site: Site, sample_db: Path
):
    record = record_of(sample_db, "hai.txt")
    addresses = [address for address, _ in permalinks(record)]
    addresses += [f"/ke-hoach/{record.id}{view}" for view in ("", "?xem=bang", "/nguon", "/nguon?tu=0&den=900")]
    for address in addresses:
        with visiting(browser, sample_site) as page:
            page.goto(address)
            assert page.evaluate("window.hurt") is None
            assert page.locator("main script, main img[onerror], main b[onmouseover]").count() == 0
    title = sample_site.page(f"/ke-hoach/{record.id}/nguon")[1]
    assert "<script>window.hurt=1</script>" in title


def test_a_scan_shows_its_lines(sample_site: Site, sample_db: Path):
    record = next((one for one in records(sample_db) if one.source.filename == "thang.png"), None)
    if record is None:
        pytest.skip("no tesseract; scripts/install-system.sh ocr installs it")
    for address, one in permalinks(record)[:3]:
        [(page, svg)] = whole_pages(LexborHTMLParser(sample_site.page(address)[1]))
        boxes = rectangles(svg)
        assert len(boxes) == len([box for span in one.spans for box in span.bboxes])
        picture = Image.open(BytesIO(sample_site.get(f"/ke-hoach/{record.id}/trang/{page}.png")[2])).convert("L")
        scale = picture.width / float(svg.css_first("rect.paper").attributes["width"] or 0)
        for box in boxes:
            assert picture.crop(tuple(round(side * scale) for side in box)).getextrema()[0] < 128


def test_the_style_sheet_has_the_colours_of_the_marks():
    css = (ROOT / "publish" / "site" / "static" / "kehoach.css").read_text("utf-8")
    for kind in KINDS.values():
        assert f".{kind.name} {{ --kind: {kind.hex}; }}" in css
        assert f"#show-{kind.name}:not(:checked)" in css or kind.name == "problems"
