"""The files that the benches read: our own samples, and those shared beside the project where they are."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLANS = ROOT / "corpus" / "plans"
TEXTS = ROOT / "corpus" / "texts"


def shared() -> Path:
    """The folder of shared plans, there or not: at KEHOACH_SHARED, else beside the project."""
    return Path(os.environ.get("KEHOACH_SHARED") or ROOT.parent / "shared") / "corpus"


def plans(suffix: str) -> list[Path]:
    """The plans and reports of a kind of file, our own first; scans are another matter (`scans`)."""
    own = sorted(PLANS.glob(f"*{suffix}"))
    theirs = shared() if suffix == ".txt" else shared() / "renditions"
    return [path for path in [*own, *sorted(theirs.glob(f"*{suffix}"))] if "scan" not in path.stem]


def scans() -> list[Path]:
    """The scanned plans, our own first."""
    return sorted(PLANS.glob("*-scan.pdf")) + sorted((shared() / "renditions").glob("*_scan.pdf"))


def printed(path: Path) -> str | None:
    """The text that a file was made of, if it is kept: what a reader of the file should find."""
    return next((source.read_text("utf-8-sig") for source in _sources(path)), None)


def _sources(path: Path) -> Iterator[Path]:
    yield from TEXTS.glob(f"{path.name}.md")
    if path.parent == shared() / "renditions":
        yield from sorted(shared().glob(f"{path.stem[:3]}_*.txt"))
