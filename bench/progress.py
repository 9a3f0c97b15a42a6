"""Times the import of a filled-in sheet of 100,000 values against sqlite3's own `.import` of the same CSV, in turns.

    python -m bench.progress [--rows 100000] [--db FILE] [--rounds 5] [--quick]

Both are run as people run them: a process each, from nothing to the file on disk; ours checks every row, keeps six
indexes and works out how targets stand on every day (the second measure leaves that out). Without --db it is the
database of our own samples, whose targets are reported on again and again; `bench.many` makes one with a target a row.
The processor's time is told beside the time that passed, for a machine that is busy with other things. Exit 1 where
the fastest of ours takes more than MOST times the fastest of theirs. Only ratios mean anything.
"""

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.page import keep, table
from publish.database import build
from publish.progress.asked_for import Selection, asked_lines
from publish.progress.columns import COLUMNS, TARGET, Name

ROOT = Path(__file__).parents[1]
KEHOACH = Path(sys.executable).with_name("kehoach")
ROWS, ROUNDS, QUICK_ROWS = 100_000, 5, 2_000
MOST = 10.0  # times sqlite3's own import
FIRST_DAY, RECORDED = date(2031, 1, 1), "2060-01-01"  # after every plan began, so that no row is refused
_BARE = "import publish.progress.store as s; s.refresh = lambda *a: None; from publish.cli import main; main()"
OURS, BARE, THEIRS = "kehoach progress import", "... without the statuses", "sqlite3 .import"


class Took(NamedTuple):
    """Seconds that passed, and those that the processor worked."""

    passed: float
    worked: float


def write_sheet(db: Path, out: Path, rows: int) -> None:
    """A sheet as the template gives it, filled in: the targets in turns, a day later each time round."""
    targets = [line for line in asked_lines(db, Selection()).lines if line[Name.KIND] == TARGET]
    with out.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column.title for column in COLUMNS)
        for at in range(rows):
            turn, which = divmod(at, len(targets))
            line = targets[which] | {
                Name.VALUE: f"{at * 37 % 9999 / 100:.1f}".replace(".", ","),
                Name.AS_OF: f"{FIRST_DAY + timedelta(days=turn):%d/%m/%Y}",
                Name.SOURCE: f"Báo cáo số {at % 500}/BC-UBND",
            }
            writer.writerow(line.get(column.name) for column in COLUMNS)


def commands(fresh: Path, sheet: Path) -> Mapping[str, Sequence[str | Path]]:
    """What is timed, by name; `fresh` is the file that each writes to."""
    asked = ("progress", "import", fresh, sheet, "--recorded-at", RECORDED)
    return {
        THEIRS: ("sqlite3", fresh, f".import --csv '{sheet}' imported"),
        OURS: (KEHOACH, *asked),
        BARE: (sys.executable, "-c", _BARE, *asked),
    }


def measured(db: Path, sheet: Path, folder: Path, rounds: int) -> dict[str, list[Took]]:
    """What each takes, every time into a file of its own."""
    fresh = folder / "fresh.db"
    times: dict[str, list[Took]] = {}
    for _ in range(rounds):
        for name, command in commands(fresh, sheet).items():
            fresh.unlink(missing_ok=True)
            if name != THEIRS:
                shutil.copy(db, fresh)
            times.setdefault(name, []).append(took(command))
    return times


def took(command: Sequence[str | Path]) -> Took:
    """Run a command to its end; raises where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    with process:
        said = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    return Took(passed, used.ru_utime + used.ru_stime)


def main() -> int:
    """Print the ratios and put them on the page; exit 1 past the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="few rows, once; docs/benchmarks.md stays as it is")
    asked = parser.parse_args()
    if asked.quick:
        asked.rows, asked.rounds = QUICK_ROWS, 1
    if shutil.which("sqlite3") is None:
        print("sqlite3 is not installed (apt-get install sqlite3): nothing to measure against")
        return 0
    with TemporaryDirectory(prefix="progress-") as name:
        folder = Path(name)
        db = asked.db or folder / "plans.db"
        if asked.db is None:
            build([path for path in (ROOT / "corpus" / "plans").iterdir() if path.suffix in {".txt", ".md"}], db)
        write_sheet(db, folder / "sheet.csv", asked.rows)
        times = measured(db, folder / "sheet.csv", folder, asked.rounds)
    text, fastest = report(times, asked)
    print(text)
    if not asked.quick and asked.db is None and asked.rows == ROWS:
        keep("progress", "progress", text)
    return int(fastest > MOST and not asked.quick)


def report(times: Mapping[str, Sequence[Took]], asked: argparse.Namespace) -> tuple[str, float]:
    """The ratios as Markdown, and that of the fastest of ours."""
    theirs, rows = times[THEIRS], []
    for one in (OURS, BARE):
        own = times[one]
        fastest = min(own).passed / min(theirs).passed
        middle = _middle(it.passed for it in own) / _middle(it.passed for it in theirs)
        worked = _middle(it.worked for it in own) / _middle(it.worked for it in theirs)
        rows.append((f"`{one}`" if one == OURS else one, *(f"{it:.1f}" for it in (fastest, middle, worked))))
    told = table(["Command", "Fastest", "Median", "Processor, median"], rows)
    fastest = min(times[OURS]).passed / min(theirs).passed
    said = f"{asked.rows:,} rows, {asked.rounds} rounds, times `{THEIRS}`."
    return f"{said}\n\n{told}\n\n- fastest / fastest: {fastest:.1f} (at most {MOST:g})", fastest


def _middle(seconds: Iterable[float]) -> float:
    return statistics.median(list(seconds))


if __name__ == "__main__":
    sys.exit(main())
