"""A reader at a real Chromium: every page opened is held to no console error, no request elsewhere, no serious axe finding."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.site import Site

DESKTOP, PHONE = (1280, 900), (390, 844)
_SERIOUS = {"serious", "critical"}


@contextmanager
def visiting(browser: Browser, site: Site, *, phone: bool = False, scripts: bool = True) -> Iterator[Page]:
    """A page of a new visitor whose addresses are relative to the site; at the end nothing may have gone wrong.

    Links to what browsers download and answers of status 4xx that a test asks for on purpose make no fault here; errors
    on the console, failed scripts, requests to other hosts do.
    """
    width, height = PHONE if phone else DESKTOP
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        java_script_enabled=scripts,
        locale="vi-VN",
    )
    faults: list[str] = []
    page = context.new_page()
    own = urlsplit(site.address).netloc
    page.on(
        "console", lambda said: faults.append(f"{page.url}: {said.text}") if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda sent: None if urlsplit(sent.url).netloc in {own, ""} else faults.append(f"{page.url}: {sent.url}"),
    )
    try:
        yield page
    finally:
        context.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it is now: rule, element, remedy."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} — {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window on the right, so that a reader must scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
            [...document.querySelectorAll("main *")]
                .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest(".scroll"))
                .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found
