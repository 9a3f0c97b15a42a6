"""Generated plans by the ten thousand, as files in folders like those of offices, made once and kept for other runs."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.samples import ROOT
from corpus.generate import generated
from corpus.generate.files import write_plans

IN_A_FOLDER = 200  # documents
_EVERY_DOCX, _EVERY_PDF = 10, 25  # of so many documents one is a Word file, one a PDF
_PRINTED = 200  # PDF files that are printed; more are these again with a line behind them that nobody sees
_PRINTED_AT_ONCE = 20  # in a call of LibreOffice
_EXTRA = 9_000_000  # the first seed of plans that are in no pile
_SOURCES = ("corpus/generate/*.py", "corpus/generate/*.yaml", "corpus/layouts.py", "corpus/word.py", "bench/pile.py")


def version() -> str:
    """What the documents depend on beside their seeds: another version makes others."""
    paths = sorted(path for pattern in _SOURCES for path in ROOT.glob(pattern))
    found = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]
    return found if shutil.which("soffice") else f"{found}-without-pdf"


def kind(at: int) -> str:
    """What the document at a position of the pile comes as.

    >>> [kind(at) for at in (0, 3, 7)]
    ['text', 'docx', 'pdf']
    """
    if at % _EVERY_PDF == 7 and shutil.which("soffice"):
        return "pdf"
    return "docx" if at % _EVERY_DOCX == 3 else "text"


def extra(number: int) -> str:
    """The text of a plan that is in no pile."""
    return generated(_EXTRA + number).content


class Pile:
    """Documents in folders below one folder; the same position and seed give the same document in every run."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        """Makes nothing yet."""
        self._folder = folder / f"{version()}-{seed}"
        self._seed = seed

    def documents(self, count: int) -> list[Path]:
        """The first documents of the pile; those that are not there yet are made, on all processors."""
        for old in self._folder.parent.glob(f"*-{self._seed}"):  # of other versions
            if old != self._folder:
                shutil.rmtree(old)
        parts = range(-(-count // IN_A_FOLDER))
        if kind(7) == "pdf":
            self._print_all(min(_PRINTED, count // _EVERY_PDF + 1))
        with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
            for done, _ in enumerate(pool.map(self._make, parts), 1):
                if sys.stderr.isatty():
                    print(f"{done * IN_A_FOLDER}/{count}", end="\r", file=sys.stderr)
        return [path for part in parts for path in sorted(self._part(part).iterdir())][:count]

    def _print_all(self, count: int) -> None:
        """See that so many PDF files are there, each of another plan."""
        with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
            list(pool.map(self._print, range(-(-count // _PRINTED_AT_ONCE))))

    def laid_out(self, count: int, folder: Path) -> Path:
        """A folder with the first documents in folders, as links: nothing is copied."""
        for path in self.documents(count):
            place = folder / path.parent.name / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)
        return folder

    def _part(self, number: int) -> Path:
        return self._folder / f"{number:04}"

    def _group(self, number: int) -> Path:
        return self._folder / "printed" / f"{number // _PRINTED_AT_ONCE:02}"

    def _print(self, group: int) -> None:
        """Print some PDF files, whole or not at all."""
        first = group * _PRINTED_AT_ONCE
        seeds = [self._seed + one * _EVERY_PDF + 7 for one in range(first, first + _PRINTED_AT_ONCE)]
        _whole(self._group(first), lambda place: _write(seeds, place, "pdf"))

    def _make(self, number: int) -> None:
        """Make the documents of a folder, whole or not at all."""
        _whole(self._part(number), lambda place: self._fill(number, place))

    def _fill(self, number: int, place: Path) -> None:
        every = range(number * IN_A_FOLDER, (number + 1) * IN_A_FOLDER)
        for form in ("text", "docx"):
            _write([self._seed + at for at in every if kind(at) == form], place, form)
        for at in every:
            if kind(at) == "pdf":
                which = at // _EVERY_PDF % _PRINTED
                printed = sorted(self._group(which).iterdir())[which % _PRINTED_AT_ONCE]
                (place / f"g{self._seed + at:06}.pdf").write_bytes(printed.read_bytes() + f"\n% {at}\n".encode())


def _write(seeds: Sequence[int], place: Path, form: str) -> None:
    with TemporaryDirectory() as gold:
        write_plans(seeds, place, Path(gold), form)


def _whole(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder that is not there yet, which appears when it is whole."""
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=folder.parent) as name:
        (place := Path(name) / "place").mkdir()
        fill(place)
        place.rename(folder)
