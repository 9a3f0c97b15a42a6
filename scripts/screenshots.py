"""Takes the pictures of docs/screenshots: builds the sample site, serves it and visits its main pages with Chromium.

    python scripts/screenshots.py [NAME ...]

The same site gives the same pictures: the pages asked for depend on no clock.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "screenshots"
KEHOACH = Path(sys.executable).with_name("kehoach")
# Samples of every kind: text, and PDF and scans whose pages can be shown.
PLANS = ("corpus/plans", "tests/data/pdf/table.pdf", "tests/data/pdf/prose.pdf", "tests/data/scans/thang.png")
DESKTOP, PHONE = (1280, 900), (390, 844)
RECORDED = "2026-10-05T08:00:00"  # the sample figures, as `make site` enters them
COLOURS = 192
MOST = 150_000  # bytes of a picture

# Name by address; {plan} and the like are filled in from the database.
PAGES = {
    "home": "/",
    "plan": "/ke-hoach/{plan}",
    "record": "/chi-tieu/{target}",
    "source": "/ke-hoach/{pdf}/nguon?tu={start}&den={end}",
    "progress": "/tien-do?den-ngay=2026-09-30",
    "plan-progress": "/ke-hoach/{plan}/tien-do?den-ngay=2026-09-30",
    "compare": "/so-sanh?chi_so={indicator}",
    "two-plans": "/so-sanh/ke-hoach?a={plan}&b={other}",
    "calendar": "/lich?quy=2026-Q2",
    "unit": "/don-vi/{unit}",
    "search": "/tim-kiem?tu_khoa=chuyen+doi+so",
    "quality": "/chat-luong",
    "downloads": "/tai-ve",
}
ON_A_PHONE = ("home", "plan", "progress", "calendar")
_THINGS = """
select
    (select id from plans where filename = 'mau-17-chuyen-doi-so-xa.txt') as plan,
    (select id from plans where filename = 'mau-36-chuyen-doi-so-xa-2026.txt') as other,
    (select targets.id from targets join plans on plans.id = plan_id
        where filename = 'mau-17-chuyen-doi-so-xa.txt' and indicator != 'other' order by position limit 1) as target,
    pdf.plan_id as pdf, pdf.span_start as start, pdf.span_end as end,
    (select indicator from targets join measures on target_id = targets.id and unit = '%' where indicator != 'other'
        group by indicator order by count(distinct plan_id) desc, indicator limit 1) as indicator,
    (select id from units order by tasks_count desc, id limit 1) as unit
from (select tasks.* from tasks join plans on plans.id = plan_id
    where filename = 'table.pdf' order by position limit 1) as pdf
"""


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The address of the database's site."""
    process = subprocess.Popen([KEHOACH, "serve", str(db), "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip() if process.stdout else ""
    finally:
        process.terminate()
        process.wait()


def things(db: Path) -> dict[str, str]:
    """What the addresses are filled in with."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        return dict(connection.execute(_THINGS).fetchone())


def picture(browser: Browser, address: str, *, phone: bool) -> bytes:
    """The top of a page as a PNG with few colours."""
    width, height = PHONE if phone else DESKTOP
    page = browser.new_page(viewport={"width": width, "height": height}, is_mobile=phone, locale="vi-VN")
    with closing(page):
        answer = page.goto(address)
        if answer is None or not answer.ok:
            sys.exit(f"{address}: {answer and answer.status}")
        page.wait_for_load_state("networkidle")
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    out = BytesIO()
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def take(browser: Browser, name: str, address: str, *, phone: bool = False) -> None:
    """Write one picture and say how large it is."""
    path = OUT / f"{name}{'-phone' if phone else ''}.png"
    path.write_bytes(picture(browser, address, phone=phone))
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB{'  TOO LARGE' if size > MOST else ''}")


def main() -> None:
    """Take the pictures named, or all."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("no chromium; scripts/install-system.sh browser installs it")
    names = sys.argv[1:] or list(PAGES)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        db = Path(folder) / "plans.db"
        subprocess.run([KEHOACH, "build", *PLANS, "--db", str(db)], cwd=ROOT, check=True)
        for sheet in sorted((ROOT / "corpus" / "actuals").glob("*.csv")):
            subprocess.run([KEHOACH, "progress", "import", str(db), sheet, "--recorded-at", RECORDED], check=True)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        with served(db) as site:
            for name in names:
                take(browser, name, site + PAGES[name].format(**things(db)))
                if name in ON_A_PHONE:
                    take(browser, name, site + PAGES[name].format(**things(db)), phone=True)


if __name__ == "__main__":
    main()
