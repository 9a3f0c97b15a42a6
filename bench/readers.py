"""Times reading PDF and Word files, and files to records, against other libraries on the same files, in turns.

    python -m bench.readers [--rounds 5] [--quick] [FILE ...]

Imports and the first call of each side are left out. Beside its time stands what each gives, so that what does less
is seen to do less. Only ratios mean anything: absolute times here are noise. Exit 1 past a limit.
"""

import argparse
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from bench.page import keep, table
from bench.peers import MARKITDOWN, PLUMBER, READING, RECORD, SEGMENTS, Given, Reader, readers
from bench.samples import ROOT, plans, printed
from bench.timing import Took, in_turns, ratio
from extract import extract_plan

ROUNDS, QUICK_ROUNDS, QUICK_FILES = 5, 3, 1
LEAST_RECORD = 6.0  # how many times as fast as pdfplumber's text and tables a PDF's record has to be
MOST_READING = 2.5  # how many times pypdfium2's segments reading a PDF may take
LEAST_WORD = 10.0  # how many times as fast as markitdown reading a Word file has to be
MOST_WORD = 2.0  # how many times as long as the same text's the record of a Word file may take
PAGES, MOST_MEMORY = 500, 400  # pages of the large file, megabytes that its record may take
TEXT = "kehoach, record of the bare text"
_MARKUP = re.compile(r"<[^>]*>|[|*#_\\`]+|^[-+•] ", re.MULTILINE)
_SHOWN = {".pdf": "PDF", ".docx": "DOCX"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A ratio that is promised, what was measured, and whether that keeps the promise."""

    said: str
    measured: float
    most: float

    @property
    def kept(self) -> bool:
        """Whether it is."""
        return self.measured <= self.most

    def __str__(self) -> str:
        return f"{self.said}: {self.measured:.2f} (at most {self.most:g}){'' if self.kept else ' MISSED'}"


def words(text: str) -> Counter[str]:
    """The words of a text without markup, whatever its letters are composed of.

    >>> sorted(words("**Số: 26/2025/NQ-HĐND** | a"))
    ['26/2025/NQ-HĐND', 'Số', 'a']
    """
    bare = _MARKUP.sub(" ", unicodedata.normalize("NFC", text))
    return Counter(word for one in bare.split() if (word := one.strip('.,;:()"“”…-–')))


def share_found(sources: Sequence[Counter[str]], texts: Sequence[str]) -> float:
    """How many of the sources' words stand in the texts made of their files."""
    found = sum((source & words(text)).total() for source, text in zip(sources, texts, strict=True))
    return found / max(1, sum(source.total() for source in sources))


def measured(paths: Sequence[Path], works: Mapping[str, Reader], rounds: int) -> tuple[Took, dict[str, list[Given]]]:
    """The seconds that each takes of all files in each round, and what it gives of each."""
    given = {name: [work(path) for path in paths] for name, work in works.items()}
    took: Took = {name: [0.0] * rounds for name in works}
    for path in paths:
        times = in_turns({name: partial(work, path) for name, work in works.items()}, rounds)
        took = {name: [a + b for a, b in zip(took[name], own, strict=True)] for name, own in times.items()}
    return took, given


def report(paths: Sequence[Path], took: Took, given: Mapping[str, Sequence[Given]]) -> str:
    """What each takes, in times our reading's, beside what it gives; the fastest first."""
    known = [(at, words(source)) for at, path in enumerate(paths) if (source := printed(path))]
    rows = []
    for name, own in sorted(given.items(), key=lambda item: ratio(took[item[0]], took[READING])):
        found = share_found([source for _, source in known], [own[at].text for at, _ in known]) if known else None
        tables = None if own[0].tables is None else sum(one.tables or 0 for one in own)
        records = sum(one.records for one in own)
        times = f"{ratio(took[name], took[READING]):.2f}"
        shown = [str(it or "—") for it in (tables, records)]
        rows.append([name, times, f"{found:.1%}" if found else "—", shown[0], "yes" if own[0].boxes else "—", shown[1]])
    return table(["Reader", "Time", "Words found", "Tables", "Boxes", "Targets and tasks"], rows)


def pdf_limits(took: Took, memory: float) -> list[Limit]:
    """What is promised of PDF."""
    return [
        Limit("record / pdfplumber's text and tables", ratio(took[RECORD], took[PLUMBER]), round(1 / LEAST_RECORD, 3)),
        Limit("reading / pypdfium2's segments", ratio(took[READING], took[SEGMENTS]), MOST_READING),
        Limit(f"megabytes for the record of {PAGES} pages", memory, MOST_MEMORY),
    ]


def docx_limits(took: Took) -> list[Limit]:
    """What is promised of Word files."""
    found = [Limit("record / record of the bare text", ratio(took[RECORD], took[TEXT]), MOST_WORD)]
    if MARKITDOWN in took:
        found.append(Limit("reading / markitdown", ratio(took[READING], took[MARKITDOWN]), 1 / LEAST_WORD))
    return found


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


def compared(suffix: str, paths: Sequence[Path], rounds: int) -> tuple[str, list[Limit]]:
    """The table of a kind of file, and what is promised of it."""
    works, missing = readers(suffix)
    with TemporaryDirectory() as name:
        if suffix == ".docx":
            works[TEXT] = _of_bare_text(paths, Path(name))
        took, given = measured(paths, works, rounds)
        memory = peak_memory(large_file(paths[0], Path(name))) if suffix == ".pdf" else 0.0
    limits = pdf_limits(took, memory) if suffix == ".pdf" else docx_limits(took)
    said = f"{_SHOWN[suffix]}, {len(paths)} files, median of {rounds} rounds, times our own reading"
    left_out = f"; not installed: {', '.join(missing)}" if missing else ""
    kept = "\n".join(f"- {limit}" for limit in limits)
    return f"{said}{left_out}.\n\n{report(paths, took, given)}\n\n{kept}", limits


def _of_bare_text(paths: Sequence[Path], folder: Path) -> Reader:
    """The record of what our reading of a file says, from a text file."""
    texts = {path: folder / f"{at}.txt" for at, path in enumerate(paths)}
    for path, text in texts.items():
        text.write_text(extract_plan(path).text, "utf-8")

    def reader(path: Path) -> Given:
        record = extract_plan(texts[path])
        return Given(record.text, records=len(record.targets) + len(record.tasks))

    return reader


def main() -> int:
    """Print what was measured and put it on the page; exit 1 past a limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="one file of a kind; the page stays as it is")
    asked = parser.parse_args()
    missed = []
    for suffix in _SHOWN:
        paths = [path for path in asked.files if path.suffix.lower() == suffix] if asked.files else plans(suffix)
        if not paths:
            continue
        paths, rounds = (paths[:QUICK_FILES], QUICK_ROUNDS) if asked.quick else (paths, asked.rounds)
        text, limits = compared(suffix, paths, rounds)
        print(f"{text}\n", flush=True)
        missed += [limit for limit in limits if not limit.kept]
        if not (asked.quick or asked.files):
            keep(suffix[1:], "readers", text)
    return int(bool(missed) and not asked.quick)


if __name__ == "__main__":
    sys.exit(main())
