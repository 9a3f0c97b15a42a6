"""What all pages share: Trang chủ, a plan's page, the frame about them, errors, headers, languages."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browsing import accessibility_faults, too_wide, visiting
from tests.site import Site

PLAN = "2063c9aba96fa48d"  # mau-17
PAGES = ["/", f"/ke-hoach/{PLAN}", "/ke-hoach/khong-co", "/khong-co"]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_accessible_and_fits(browser: Browser, sample_site: Site, path: str, phone: bool):
    with visiting(browser, sample_site, phone=phone) as page:
        page.goto(path)
        assert accessibility_faults(page) == []
        assert too_wide(page) == []


def test_nothing_of_a_document_becomes_markup(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto("/")
        page.get_by_role("link", name=re.compile("Kiểm thử")).first.click()
        assert "<script>" in page.locator("h1").inner_text()
        assert page.evaluate("window.hurt") is None
        assert page.locator("main script, main img[onerror], main b[onmouseover]").count() == 0


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/ke-hoach/khong-co", 404, "Không có kế hoạch nào mang mã khong-co."),
        ("/khong-co", 404, "Không tìm thấy trang"),
        ("/plans/khong-co", 404, "Không tìm thấy trang"),
        ("/plans?sql=delete+from+plans", 400, "Câu hỏi không hợp lệ"),
        (
            "/plans?sql=with+recursive+n(i)+as+(select+1+union+all+select+i%2B1+from+n)+select+max(i)+from+n",
            400,
            "quá nhiều thời gian",
        ),
    ],
)
def test_what_goes_wrong_is_said_in_vietnamese_with_what_to_do(sample_site: Site, path: str, status: int, said: str):
    got, text = sample_site.page(path)
    assert got == status
    assert said in text
    assert "Tìm trong tất cả kế hoạch" in text


def test_every_response_forbids_what_is_not_the_sites_own(sample_site: Site):
    for path in ("/", "/khong-co", "/plans/tasks", "/plans/tasks.json", "/static/kehoach.css"):
        headers = sample_site.get(path)[1]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_crawlers_are_kept_from_sql_but_not_from_plans(sample_site: Site):
    assert "Disallow: /plans" in sample_site.page("/robots.txt")[1]
    assert "noindex" in sample_site.get("/plans/tasks")[1]["x-robots-tag"]
    assert "noindex" in sample_site.get("/plans", sql="select 1")[1]["x-robots-tag"]
    assert "x-robots-tag" not in sample_site.get(f"/ke-hoach/{PLAN}")[1]


def test_the_language_is_switched_by_a_link_and_remembered(browser: Browser, sample_site: Site):
    with visiting(browser, sample_site) as page:
        page.goto(f"/ke-hoach/{PLAN}")
        assert page.locator("html").get_attribute("lang") == "vi"
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.url.startswith(f"{sample_site.address}/ke-hoach/{PLAN}")
        page.goto("/")
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("link", name="Tiếng Việt").click()
        assert page.locator("html").get_attribute("lang") == "vi"
