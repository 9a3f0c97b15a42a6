"""What tests share: the shared plans where there are any, our own samples, and hypothesis made repeatable."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from publish.database import build
from tests.evidence import plans_of_pdfs
from tests.progress import built
from tests.site import HARMFUL, Site, serving
from tests.told import tell

ROOT = Path(__file__).parents[1]

# No deadline an example: a busy machine is not a bug. In CI the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared plans and their gold; a test that needs it is skipped where there is none."""
    folder = Path(os.environ.get("KEHOACH_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no shared plans at {folder}; KEHOACH_SHARED=... says where they are")
    return folder


@pytest.fixture(scope="session")
def sample_plans() -> list[Path]:
    """The plans of our own corpus."""
    return sorted((ROOT / "corpus" / "plans").iterdir())


@pytest.fixture(scope="session")
def sample_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of our own corpus with what was reported on it, of PDFs and scans, and of a plan that means harm."""
    folder = tmp_path_factory.mktemp("sample-site")
    plans = folder / "plans"
    plans.mkdir()
    (plans / "hai.txt").write_text(HARMFUL, "utf-8")
    pages = [ROOT / "tests" / "data" / "pdf" / "table.pdf", ROOT / "tests" / "data" / "scans" / "thang.png"]
    for path in pages:
        shutil.copy(path, plans)
    report = build([ROOT / "corpus" / "plans", plans], folder / "plans.db")
    scans = [f for f in report.failures if f.path.suffix == ".png" or f.path.stem.endswith("-scan")]
    assert report.failures == tuple(scans)  # where there is no tesseract
    tell(folder / "plans.db")
    return folder / "plans.db"


@pytest.fixture(scope="session")
def sample_site(sample_db: Path) -> Iterator[Site]:
    """The site of that database, on a real server."""
    with serving(sample_db) as site:
        yield site


@pytest.fixture(scope="session")
def pdf_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of plans that are PDFs, and of some whose file can't be drawn."""
    return plans_of_pdfs(tmp_path_factory.mktemp("pdf-site"))


@pytest.fixture(scope="session")
def pdf_site(pdf_db: Path) -> Iterator[Site]:
    """The site of that database."""
    with serving(pdf_db) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window; where there is none tests are skipped, in CI they fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no chromium; scripts/install-system.sh browser installs it")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )


@pytest.fixture(scope="module")
def ask(sample_db: Path) -> Iterator[Callable[..., list[tuple]]]:
    """Rows of that database, by a query and its values."""
    with closing(sqlite3.connect(sample_db)) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one plan of which nothing was reported, for copies."""
    return built(tmp_path_factory.mktemp("clean"))


@pytest.fixture
def db(clean: Path, tmp_path: Path) -> Path:
    """The same, a file of its own for each test."""
    return Path(shutil.copy(clean, tmp_path / "plans.db"))
