"""Kế hoạch: a plan's page, narrowed, as tables, and linked with the plans it rests on."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.browsing import visiting
from tests.evidence import TEXT_PLAN, records
from tests.site import Site


def test_a_plan_shows_the_tasks_of_a_unit_or_a_quarter_only(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(f"/ke-hoach/{TEXT_PLAN}")
        every = page.locator("#nhiem-vu li[id]").count()
        page.get_by_role("link", name=re.compile(r"^Quý II.2026")).click()
        some = page.locator("#nhiem-vu li[id]").count()
        assert 0 < some < every
        assert f"{some} trong {every} nhiệm vụ" in page.locator("#nhiem-vu .notice").inner_text()
        page.get_by_role("link", name="Xem tất cả").click()
        page.get_by_role("link", name="Nhiệm vụ của Công an xã trong kế hoạch này").click()
        units = page.locator("#nhiem-vu li[id] .role").all_inner_texts()
        assert any("Công an xã" in unit for unit in units)
        assert page.locator("#nhiem-vu li[id]").count() < every


def test_a_plan_as_tables_holds_every_record_once(sample_site: Site, sample_db: Path):
    record = next(one for one in records(sample_db) if one.id == TEXT_PLAN)
    tree = LexborHTMLParser(sample_site.page(f"/ke-hoach/{TEXT_PLAN}?xem=bang")[1])
    rows = {row.attributes["id"]: row.css("td")[1].text() for row in tree.css("tr[id]")}
    assert rows == {one.id: one.text for one in (*record.targets, *record.tasks)}


def test_plans_link_to_the_plans_they_rest_on_and_back(sample_site: Site, sample_db: Path):
    with closing(sqlite3.connect(sample_db)) as connection:
        [(citing, cited)] = connection.execute(
            "select plan_id, cited_plan_id from legal_bases where cited_plan_id is not null limit 1"
        ).fetchall()
    there = LexborHTMLParser(sample_site.page(f"/ke-hoach/{citing}")[1]).css("#can-cu a")
    back = LexborHTMLParser(sample_site.page(f"/ke-hoach/{cited}")[1]).css("#can-cu a")
    assert any((link.attributes["href"] or "").endswith(cited) for link in there)
    assert any((link.attributes["href"] or "").endswith(citing) for link in back)
