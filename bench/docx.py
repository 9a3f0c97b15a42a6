"""Times reading Word files against the libraries in use, in turns, in one run; and DOCX to record against text.

    python -m bench.docx [FILE.docx ...]

Compared is what is installed: pip install mammoth markitdown[docx]. Only ratios mean anything.
"""

import importlib
import io
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.timing import seconds
from extract import extract_plan
from extract.lines import clean
from extract.read import read

ROOT = Path(__file__).parents[1]
ROUNDS = 7
LEAST = 10.0  # how many times as fast as markitdown reading has to be
MOST = 2.0  # how many times as long as the same text's a record may take


def files() -> list[Path]:
    """The files to time: the arguments, else those of the tests and the shared ones where they are."""
    if sys.argv[1:]:
        return [Path(name) for name in sys.argv[1:]]
    shared = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared")) / "corpus" / "renditions"
    return sorted((ROOT / "tests" / "data" / "docx").glob("mau-*.docx")) + sorted(shared.glob("*.docx"))


def others() -> dict[str, Callable[[Path], object]]:
    """How each library that is installed makes text of a file."""
    found: dict[str, Callable[[Path], object]] = {}
    for name in ("markitdown", "mammoth"):
        try:
            found[name] = converter(name)
        except ImportError:
            print(f"{name}: not installed")
    return found


def converter(name: str) -> Callable[[Path], object]:
    """A library's way from a file to text."""
    library = importlib.import_module(name)
    if name == "markitdown":
        convert = library.MarkItDown().convert
        return lambda path: convert(str(path)).text_content
    return lambda path: library.convert_to_html(io.BytesIO(path.read_bytes())).value


def jobs(path: Path, folder: Path, libraries: dict[str, Callable[[Path], object]]) -> dict[str, Callable[[], object]]:
    """What is timed of a file: reading it, its record, the record of its text, and the libraries."""
    printed = folder / f"{path.stem}.txt"
    printed.write_text(clean(read(path)[1]).text, "utf-8")
    ours: dict[str, Callable[[], object]] = {
        "read": partial(read, path),
        "record": partial(extract_plan, path),
        "text": partial(extract_plan, printed),
    }
    return ours | {name: partial(convert, path) for name, convert in libraries.items()}


def main() -> int:
    """Print the ratios over all files; exit 1 past a limit."""
    libraries, paths = others(), files()
    total: dict[str, float] = dict.fromkeys(["read", "record", "text", *libraries], 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            work = jobs(path, Path(folder), libraries)
            for job in work.values():
                job()
            rounds = [{name: seconds(job) for name, job in work.items()} for _ in range(ROUNDS)]
            for name in work:
                total[name] += statistics.median(each[name] for each in rounds)
    print(f"{len(paths)} files; to record, DOCX / text: {total['record'] / total['text']:.2f} (at most {MOST:g})")
    for name in libraries:
        print(f"reading is {total[name] / total['read']:.1f}x as fast as {name}")
    slow = "markitdown" in libraries and total["markitdown"] < LEAST * total["read"]
    return int(slow or total["record"] > MOST * total["text"])


if __name__ == "__main__":
    sys.exit(main())
