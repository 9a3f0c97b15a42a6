"""Every kind of page that the site's own links lead to, in a real Chromium, whatever pages there are by now."""

import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from publish.database import build
from tests.browsing import accessibility_faults, too_wide, visiting
from tests.conftest import ROOT
from tests.exploring import Explored, Found, explore, kind
from tests.harm import poisoned
from tests.records import ward
from tests.site import HARMFUL, Site, serving
from tests.told import tell_harm

A4 = (595, 842)  # points
MOST = 60  # pages that a browser opens in one test
ALWAYS = [
    "/",
    "/ke-hoach",
    "/plans",
    "/plans/tasks",
    "/plans/tim_kiem?tu_khoa=tre+em",
    "/plans?sql=select+1",
    "/khong-co",
]
Faults = list[str]


@pytest.fixture(scope="module")
def found(sample_site: Site, sample_db: Path) -> Explored:
    """What a crawler finds from the first page, and from the page of a plan that has pages of its own."""
    with closing(sqlite3.connect(sample_db)) as connection:
        (key,) = connection.execute("select id from plans where filename = 'table.pdf'").fetchone()
        (task,) = connection.execute("select id from tasks where plan_id = ? limit 1", (key,)).fetchone()
    return explore(sample_site, ["/", f"/ke-hoach/{key}", f"/nhiem-vu/{task}", f"/ke-hoach/{key}/trang/1"])


@pytest.fixture(scope="module")
def pages(found: Explored) -> list[str]:
    """An address of each kind of page."""
    return list(dict.fromkeys([*ALWAYS, *found.pages()]))[:MOST]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of a text and of a record that mean harm, with two more plans to compare and link them with."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hai.txt").write_text(HARMFUL, "utf-8")
    (folder / "doc.json").write_text(poisoned(ward()).model_dump_json(), "utf-8")
    (folder / "an-dinh.json").write_text(
        ward().model_copy(update={"id": "0123456789abcdef"}).model_dump_json(), "utf-8"
    )
    build([folder, ROOT / "corpus" / "plans" / "mau-17-chuyen-doi-so-xa.txt"], folder / "plans.db")
    tell_harm(folder / "plans.db", ward().id)
    with serving(folder / "plans.db") as site:
        yield site


@pytest.fixture(scope="module")
def harmful(hostile_site: Site) -> list[Found]:
    """The pages that show something of what means harm."""
    a, b = ward().id, "0123456789abcdef"
    starts = ["/", *(f"/ke-hoach/{a}{end}" for end in ("", "?xem=bang", "/nguon", "/nguon?tu=5&den=60", "/trang/1"))]
    starts += [f"/so-sanh/ke-hoach?a={a}&b={b}", f"/so-sanh/ke-hoach?a={b}&b={a}", f"/so-sanh/cap-tren?ke_hoach={a}"]
    starts += [f"/chi-tieu/{a}-t1", f"/nhiem-vu/{a}-n1", f"/so-sanh/chi-tieu/{a}-t1", f"/chat-luong?ke_hoach={a}"]
    starts += ["/tien-do?nam=tat-ca", f"/ke-hoach/{a}/tien-do"]
    starts += [
        "/tim-kiem?tu_khoa=window+hurt",
        "/tim-kiem?tu_khoa=script&loai=nhiem-vu",
        "/plans/tim_kiem?tu_khoa=hurt",
    ]
    starts += ["/plans/plans", "/plans/targets?_search=window", "/plans/nhiem_vu_theo_don_vi", "/lich?quy=2026-Q1"]
    starts += ["/lich?quy=2027-Q2", "/lich?thang=2026-03&xem=luoi", f"/plans/records/{a}", "/plans/plans?_facet=title"]
    found = explore(hostile_site, starts, each=8, most=500).all
    sound([f"{one.address}: {one.status}, seen on {one.seen_on}" for one in found if one.status >= 500])
    return [one for one in found if "hurt" in one.html]


def opened(page: Page, addresses: list[str], check: Callable[[Page], Faults]) -> Faults:
    """What is wrong with each page, after its address."""
    faults = []
    for address in addresses:
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in check(page)]
    return faults


def sound(faults: Faults) -> None:
    """Say all that is wrong at once."""
    assert not faults, "\n".join(faults[:60])


def as_read(page: Page, language: str) -> Faults:
    """What a reader of any kind would miss: language, headings, pictures, names, width."""
    return [
        *page.evaluate(
            """language => {
                const faults = [], all = (what) => [...document.querySelectorAll(what)]
                const say = (wrong, one) => faults.push(wrong + ": " + one.outerHTML.slice(0, 160))
                if (document.documentElement.lang !== language) faults.push("lang " + document.documentElement.lang)
                if (all("h1").length !== 1) faults.push(all("h1").length + " h1")
                if (!document.title.trim()) faults.push("no title")
                if (all("main").length !== 1) faults.push(all("main").length + " main")
                let last = 0
                for (const one of all("h1, h2, h3, h4, h5, h6")) {
                    if (Number(one.tagName[1]) > last + 1) say("heading out of order", one)
                    last = Number(one.tagName[1])
                }
                for (const one of all("img")) {
                    if (!one.hasAttribute("alt")) say("no alt", one)
                    if (one.loading !== "lazy" && !one.naturalWidth) say("not loaded", one)
                }
                for (const one of all("main table")) if (!one.querySelector("th")) say("no headers", one)
                for (const one of all("main th")) if (!one.scope && one.textContent.trim()) say("no scope", one)
                for (const one of all("[style]")) if (!one.closest("svg")) say("style attribute", one)
                const ids = all("[id]").map((one) => one.id)
                for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push("id twice: " + id)
                for (const one of all('a[href^="#"]')) {
                    const to = decodeURIComponent(one.getAttribute("href").slice(1))
                    if (to && !document.getElementById(to)) say("leads nowhere", one)
                }
                return faults
            }""",
            language,
        ),
        *(f"too wide: {one}" for one in too_wide(page)),
    ]


def in_vietnamese(page: Page) -> Faults:
    """As `as_read`, and what axe-core finds."""
    return [*as_read(page, "vi"), *accessibility_faults(page)]


def in_english(page: Page) -> Faults:
    """As `as_read`, and what of the page's own words stayed Vietnamese."""
    left: list[str] = page.evaluate(
        r"""() => [...document.querySelectorAll("header.top, footer, label, button, legend, summary, nav, th, h2")]
            .filter((one) => !one.closest('[lang="vi"], article, th[scope=row], select, option'))
            .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
            .map((node) => node.textContent.trim()).filter((text) => /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđăơư]/i.test(text))
            .slice(0, 4)"""
    )
    return [*as_read(page, "en"), *(f"not translated: {text[:80]}" for text in left)]


def test_every_kind_of_page_is_sound_on_a_desk(browser: Browser, sample_site: Site, pages: list[str]):
    with visiting(browser, sample_site) as page:
        sound(opened(page, pages, in_vietnamese))


def test_every_kind_of_page_is_sound_on_a_phone(browser: Browser, sample_site: Site, pages: list[str]):
    plain = [address for address in pages if "?" not in address]
    others = [address for address in pages if "?" in address]
    with visiting(browser, sample_site, phone=True) as page:
        sound([*opened(page, plain, in_vietnamese), *opened(page, others, lambda page: as_read(page, "vi"))])


def test_every_kind_of_page_is_there_in_english(browser: Browser, sample_site: Site, pages: list[str]):
    with visiting(browser, sample_site) as page:
        page.goto("/?_lang=en")
        sound(opened(page, pages, in_english))


def test_every_link_of_the_site_leads_somewhere(found: Explored):
    assert len(found.kinds) > 20
    sound([f"{one.address}: {one.status}, seen on {one.seen_on}" for one in found.all if one.status >= 400])


def test_nothing_of_a_harmful_plan_becomes_markup_on_any_page(
    browser: Browser, hostile_site: Site, harmful: list[Found]
):
    sound([f"{one.address}: {fault}" for one in harmful if one.is_page for fault in markup(one)])
    kinds = list({kind(one.address): one.address for one in reversed(harmful) if one.is_page}.values())
    assert len(kinds) >= 25
    with visiting(browser, hostile_site) as page:
        sound(opened(page, kinds, unhurt))
    with visiting(browser, hostile_site) as page:
        page.goto("/?_lang=en")
        sound(opened(page, kinds, unhurt))


def markup(page: Found) -> Faults:
    """Elements and attributes of a page that are the harmful plan's."""
    tree = LexborHTMLParser(page.html)
    found = tree.css("script:not([src]), [onerror], [onmouseover], [onload], img[src=x], [href^='javascript:']")
    return [(one.html or "")[:160] for one in found if one.attributes.get("type") != "application/json"]


def unhurt(page: Page) -> Faults:
    """What of the harmful plan ran, or became an element."""
    faults: Faults = page.evaluate(
        """() => {
            const all = (what) => [...document.querySelectorAll(what)].map((one) => one.outerHTML.slice(0, 120))
            const own = [...document.scripts].filter((one) => !one.src && one.type !== "application/json")
            return [
                ...(window.hurt === undefined ? [] : ["it ran: " + window.hurt]),
                ...all("main script:not([src]), [onerror], [onload], [onmouseover], img[src=x], [href^='javascript:' i]"),
                ...own.map((one) => one.outerHTML.slice(0, 120)),
            ]
        }"""
    )
    return faults


def test_every_page_can_be_used_without_javascript(browser: Browser, sample_site: Site, pages: list[str]):
    with visiting(browser, sample_site, scripts=False) as page:
        sound(opened(page, pages, without_scripts))
        page.goto("/")
        page.locator("#find").fill("trẻ em")
        page.locator("form.find button").click()
        assert "/tim-kiem?tu_khoa=" in page.url
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert "tu_khoa=" in page.url


def without_scripts(page: Page) -> Faults:
    """Forms that only a script could send, and what only a script would show."""
    forms = page.locator("main form")
    faults = [
        f"no button: {forms.nth(at).evaluate('one => one.outerHTML.slice(0, 120)')}"
        for at in range(forms.count())
        if forms.nth(at).is_visible()
        and not forms.nth(at).locator("button:visible, input[type=submit]:visible").count()
    ]
    return faults if page.locator("h1").is_visible() else [*faults, "no h1"]


def test_the_keyboard_goes_from_the_skip_link_through_search_and_menu_into_the_page(
    browser: Browser, sample_site: Site
):
    with visiting(browser, sample_site) as page:
        page.goto("/")
        stops = [stop(page) for _ in range(14)]
        assert [one["place"] for one in stops] == sorted(one["place"] for one in stops)
        assert {one["place"] for one in stops} == {0, 1, 2}
        assert [one["html"] for one in stops if not one["seen"]] == []
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def stop(page: Page) -> dict[str, object]:
    """Where the next Tab leads: 0 the skip link, 1 the page's head, 2 its content; and whether one sees it there."""
    page.keyboard.press("Tab")
    found: dict[str, object] = page.evaluate(
        """() => {
            const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect()
            const marked = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none"
            return {
                place: one.matches(".skip") ? 0 : one.closest("header.top") ? 1 : 2,
                seen: marked && box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
                html: one.outerHTML.slice(0, 100),
            }
        }"""
    )
    return found


def test_a_page_prints_on_a4_with_its_text_and_without_its_menu(browser: Browser, sample_site: Site, found: Explored):
    wanted = ("/ke-hoach/*", "/lich?quy", "/so-sanh?chi_so", "/don-vi/*")
    printed = [one.address for name in wanted for one in found.kinds[name][:1]]
    assert len(printed) == len(wanted)
    with visiting(browser, sample_site) as page:
        for address in printed:
            page.goto(address)
            heading = page.locator("h1").inner_text()
            text, sizes = on_paper(page)
            assert {tuple(round(one) for one in size) for size in sizes} <= {A4, A4[::-1]}, address
            assert "".join(heading.split())[:30].lower() in "".join(text.split()).lower(), address
            for word in ("English", "Các trang chính", "Tải dữ liệu, API"):
                assert word not in text, address


def on_paper(page: Page) -> tuple[str, list[tuple[float, float]]]:
    """The text of the page as printed, and the sizes of the sheets."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    with closing(document):
        sheets = [document[at] for at in range(len(document))]
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in sheets), [one.get_size() for one in sheets]


def test_every_kind_of_page_serves_the_keyboard_and_eyes_that_need_large_letters(
    browser: Browser, sample_site: Site, pages: list[str]
):
    with visiting(browser, sample_site) as page:
        sound(opened(page, pages, lambda page: [*unseen_stops(page), *zoomed(page), *enlarged(page)]))


def unseen_stops(page: Page) -> Faults:
    """Places in the content that the keyboard reaches without anything to see there."""
    page.locator("main").focus()
    return [f"focus not seen: {one['html']}" for one in (stop(page) for _ in range(6)) if not one["seen"]]


def zoomed(page: Page) -> Faults:
    """What does not fit where the browser shows everything twice as large: 640 x 450 are left of 1280 x 900."""
    page.set_viewport_size({"width": 640, "height": 450})
    faults = [f"too wide at 200 %: {one}" for one in too_wide(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def enlarged(page: Page) -> Faults:
    """What is cut off, or hides the menu, where the reader has set letters alone twice as large; tables may scroll."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    cut: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, label, th, td, p, h1, h2, h3, li, header *")]
            .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowY))
            .filter((one) => one.scrollHeight > one.clientHeight + 2 && !one.closest(".unseen"))
            .slice(0, 5).map((one) => "cut: " + one.outerHTML.slice(0, 120))"""
    )
    wide = too_wide(page) if not page.locator("main table").count() else []
    return [*cut, *(f"too wide with large letters: {one}" for one in wide)]


def test_no_page_speaks_of_what_only_programmers_know(found: Explored):
    unfilled = re.compile(r"\bNone\b|\bundefined\b|%\(\w+\)s|\{\{ |\{%|\bNaN\b|<Undefined|Traceback")
    faults = [(one.address, *unfilled.findall(text(one))[:3]) for one in found.all if one.is_page]
    sound([str(fault) for fault in faults if len(fault) > 1 and not fault[0].startswith("/plans")])


def text(page: Found) -> str:
    """The page without its tags."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", page.html))
