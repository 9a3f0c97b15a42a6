"""Times PDF reading, and PDF to record, against other libraries on the same files, in turns, in one run, on one core.

    python -m bench.pdf [FILE ...]

Imports and the first call of each side are left out. Only ratios mean anything: absolute times here are noise.
"""

import importlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from pypdfium2 import raw

from bench.timing import seconds
from extract import extract_plan
from extract.read import read

ROOT = Path(__file__).parents[1]
ROUNDS = 5
LEAST_RECORD = 6.0  # how many times as fast as pdfplumber's text and tables a record has to be; 10 is the goal
MOST_READING = 2.5  # how many times pypdfium2's segments reading may take
PAGES, MOST_MEMORY = 500, 400  # pages of the large file, megabytes that it may take


def files() -> list[Path]:
    """The files to time: the arguments, else those of the tests and the shared renditions where they are."""
    if sys.argv[1:]:
        return [Path(name) for name in sys.argv[1:]]
    shared = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared")) / "corpus" / "renditions"
    digital = [path for path in sorted(shared.glob("*.pdf")) if "scan" not in path.name]
    return digital or sorted((ROOT / "tests" / "data" / "pdf").glob("plan*.pdf"))


def with_pdfplumber(path: Path) -> None:
    """pdfplumber: text and tables."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def with_pdfium_text(path: Path) -> None:
    """pypdfium2: plain text."""
    pdf = pdfium.PdfDocument(path)
    for i in range(len(pdf)):
        pdf[i].get_textpage().get_text_range()
    pdf.close()


def with_pdfium_segments(path: Path) -> None:
    """pypdfium2: text objects with place, font, weight and size."""
    pdf = pdfium.PdfDocument(path)
    for i in range(len(pdf)):
        page = pdf[i]
        text = page.get_textpage()
        for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), textpage=text):
            font = thing.get_font()
            _ = thing.extract(), thing.get_bounds(), font.get_base_name(), font.get_weight(), thing.get_font_size()
    pdf.close()


def peers() -> dict[str, Callable[[Path], object]]:
    """The libraries that are installed, by name."""
    found: dict[str, Callable[[Path], object]] = {
        "pdfplumber text + tables": with_pdfplumber,
        "pypdfium2 text": with_pdfium_text,
        "pypdfium2 segments": with_pdfium_segments,
    }
    if (markitdown := _installed("markitdown")) is not None:
        converter = markitdown.MarkItDown()
        found["markitdown"] = lambda path: converter.convert(str(path))
    if (kreuzberg := _installed("kreuzberg")) is not None:
        found["kreuzberg"] = lambda path: kreuzberg.extract_file_sync(str(path))
    return found


def _installed(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def large_file(source: Path, folder: Path) -> Path:
    """A file of PAGES pages made of the source's, over and over."""
    pages, out = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    while len(out) < PAGES:
        out.import_pages(pages)
    out.save(path := folder / "large.pdf")
    return path


def peak_memory(path: Path) -> float:
    """Megabytes that a process of its own takes at most to make a file's record."""
    code = (
        "import resource, sys; from extract import extract_plan; extract_plan(sys.argv[1]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=ROOT)
    return int(run.stdout) / 1024


def main() -> int:
    """Print a row a library, the two ratios that are held, and the memory; exit 1 where one is missed."""
    paths = files()
    works: dict[str, Callable[[Path], object]] = {"kehoach record": extract_plan, "kehoach reading": read, **peers()}
    for work in works.values():
        work(paths[0])
    rounds = [
        {name: sum(seconds(partial(work, p)) for p in paths) for name, work in works.items()} for _ in range(ROUNDS)
    ]
    took = {name: statistics.median(one[name] for one in rounds) for name in works}
    base = took["pdfplumber text + tables"]
    print(f"{len(paths)} files; times as fast as pdfplumber's text and tables")
    for name, own in sorted(took.items(), key=lambda item: item[1]):
        print(f"  {name:26} {base / own:8.1f}")
    record, reading = base / took["kehoach record"], took["kehoach reading"] / took["pypdfium2 segments"]
    with tempfile.TemporaryDirectory() as folder:
        memory = peak_memory(large_file(paths[0], Path(folder)))
    print(f"record: {record:.1f} x pdfplumber (at least {LEAST_RECORD:g}, goal 10)")
    print(f"reading: {reading:.2f} x pypdfium2's segments (at most {MOST_READING:g})")
    print(f"memory for {PAGES} pages: {memory:.0f} MB (at most {MOST_MEMORY})")
    return int(record < LEAST_RECORD or reading > MOST_READING or memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
