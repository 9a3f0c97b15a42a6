"""Times `kehoach build` of a country's plans: from nothing, with nothing new, with one more, one less, one changed.

    python -m bench.country [--sizes 1000 10000 33000] [--rounds 5] [--quick] [--folder build/country]

Generated plans (`corpus.generate`) lie in a folder as offices keep them, and the command is run as people run it. All
is measured in times what 1,000 plans, or one plan and no database, take in the same run. Exit 1 past a limit.
"""

import argparse
import sqlite3
import statistics
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.page import keep, table
from bench.pile import Pile, extra
from bench.run import Run, run
from bench.samples import ROOT
from bench.timing import ratio

KEHOACH = Path(sys.executable).with_name("kehoach")
SIZES, QUICK_SIZES = [1_000, 10_000, 33_000], [50, 150]
ROUNDS, QUICK_ROUNDS = 5, 2
MOST_ONE_MORE = 3.0  # times a plan added to no database
MOST_MEMORY = 1.2  # times the main process's peak at the smallest size
ALLOWED, ALLOWED_A_PLAN = 2.0, 0.0001  # seconds for a run with nothing new
ALONE, ADDED, CHANGED, REMOVED = "alone", "one added", "one changed", "one removed"
NOTHING, WORKED = "nothing new", "nothing new, processor"


@dataclass(frozen=True, slots=True)
class Whole:
    """A build from nothing of so many plans, and the bytes of its database."""

    plans: int
    run: Run
    size: int

    @property
    def passed(self) -> float:
        """Seconds a plan."""
        return self.run.passed / self.plans

    @property
    def worked(self) -> float:
        """Seconds of all processors a plan."""
        return self.run.worked / self.plans


@dataclass(slots=True)
class Measured:
    """The whole builds in the order that they were run, and the seconds of small changes by size and kind."""

    wholes: list[Whole] = field(default_factory=list)
    changes: dict[int, dict[str, list[float]]] = field(default_factory=dict)

    def of(self, plans: int) -> list[Whole]:
        """The builds of a size."""
        return [one for one in self.wholes if one.plans == plans]

    def times_alone(self, plans: int, change: str) -> float:
        """What a small change takes, in times a plan alone and no database."""
        return ratio(self.changes[plans][change], self.changes[plans][ALONE])

    def share_allowed(self, plans: int, measure: str = NOTHING) -> float:
        """How much of what a run with nothing new is allowed the fastest takes: other programs only add to it."""
        return min(self.changes[plans][measure]) / (ALLOWED + ALLOWED_A_PLAN * plans)


def build(plans: Path, db: Path, expected: int) -> Run:
    """Run the command; raises where the database then has another number of plans."""
    took = run([KEHOACH, "build", plans, "--db", db])
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("select count(*) from plans").fetchone()
    if found != expected:
        raise RuntimeError(f"{db}: {found} plans instead of {expected}")
    return took


def from_nothing(plans: Path, db: Path, count: int) -> Whole:
    """Build a database that is not there yet."""
    took = build(plans, db, count)
    return Whole(count, took, db.stat().st_size)


def small_changes(plans: Path, db: Path, count: int, rounds: int) -> dict[str, list[float]]:
    """The seconds of a plan alone, and of each small change to the plans of a database, in turns."""
    took: dict[str, list[float]] = {name: [] for name in (ALONE, ADDED, NOTHING, WORKED, CHANGED, REMOVED)}
    new = plans / "moi" / "van-ban-den.txt"
    new.parent.mkdir()
    for one in range(rounds):
        with TemporaryDirectory(dir=db.parent) as name:
            (alone := Path(name) / "plans").mkdir()
            (alone / new.name).write_text(extra(2 * one), "utf-8")
            took[ALONE].append(build(alone, Path(name) / "alone.db", 1).passed)
        new.write_text(extra(2 * one), "utf-8")
        took[ADDED].append(build(plans, db, count + 1).passed)
        idle = build(plans, db, count + 1)
        took[NOTHING].append(idle.passed)
        took[WORKED].append(idle.worked)
        new.write_text(extra(2 * one + 1), "utf-8")
        took[CHANGED].append(build(plans, db, count + 1).passed)
        new.unlink()
        took[REMOVED].append(build(plans, db, count).passed)
    return took


def measured(pile: Pile, sizes: Sequence[int], rounds: int, folder: Path) -> Measured:
    """Build each size, the smallest beside each of the others, and change each a little."""
    found = Measured()
    for size in sizes:
        for count in dict.fromkeys((sizes[0], size)):
            with TemporaryDirectory(prefix="building-", dir=folder) as name:
                plans, db = pile.laid_out(count, Path(name) / "plans"), Path(name) / "plans.db"
                found.wholes.append(from_nothing(plans, db, count))
                if count == size:
                    found.changes[size] = small_changes(plans, db, count, rounds)
    return found


def report(found: Measured, rounds: int) -> str:
    """Both tables."""
    sizes, small = sorted(found.changes), (ADDED, CHANGED, REMOVED)
    base = found.of(sizes[0])
    wholes = [
        [
            f"{size:,}",
            f"{_middle(one.passed for one in own) / _middle(one.passed for one in base):.2f}",
            f"{_middle(one.worked for one in own) / _middle(one.worked for one in base):.2f}",
            f"{memory(found, size):.2f}",
            f"{_peak(own, 'tree') / max(1.0, _peak(base, 'tree')):.2f}",
            f"{own[0].size / size / 1024:.0f}",
        ]
        for size in sizes
        if (own := found.of(size))
    ]
    changes = [
        [f"{size:,}"]
        + [f"{found.times_alone(size, one):.2f}" for one in small]
        + [f"{found.share_allowed(size, one):.2f}" for one in (NOTHING, WORKED)]
        for size in sizes
    ]
    said = f"From nothing, times {sizes[0]:,} plans (main process there: {_peak(base, 'main') / 1e6:.0f} MB)."
    heads = "Plans", "Time a plan", "Processor a plan", "Memory, main process", "Memory, all", "Database, KB a plan"
    also = f"One plan more, other or less, times that plan alone and no database; median of {rounds}."
    other = "Plans", "Added", "Changed", "Removed", "Nothing new, of what is allowed", "By the processor"
    return f"{said}\n\n{table(heads, wholes)}\n\n{also}\n\n{table(other, changes)}"


def memory(found: Measured, size: int) -> float:
    """The main process's peak in times that at the smallest size."""
    return _peak(found.of(size), "main") / max(1.0, _peak(found.of(min(found.changes)), "main"))


def missed(found: Measured) -> list[str]:
    """The limits that are not kept."""
    said = []
    for size in found.changes:
        measures = {
            f"one added to {size:,}, times alone": (found.times_alone(size, ADDED), MOST_ONE_MORE),
            f"nothing new at {size:,}, of what is allowed": (found.share_allowed(size), 1.0),
            f"main process's memory at {size:,}": (memory(found, size), MOST_MEMORY),
        }
        said += [f"{name}: {own:.2f} (at most {most:g})" for name, (own, most) in measures.items() if own > most]
    return said


def _peak(wholes: Iterable[Whole], name: str) -> float:
    return _middle(getattr(one.run, name) for one in wholes)


def _middle(figures: Iterable[float]) -> float:
    return statistics.median(list(figures))


def main() -> int:
    """Print the tables and put them on the page; exit 1 past a limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="few plans; the page stays as it is")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "country", help="where documents are kept")
    asked = parser.parse_args()
    sizes, rounds = (QUICK_SIZES, QUICK_ROUNDS) if asked.quick else (sorted(asked.sizes), asked.rounds)
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = measured(Pile(asked.folder), sizes, rounds, asked.folder)
    print(report(found, rounds))
    past = missed(found)
    print(f"\npast a limit: {'; '.join(past) or 'none'}")
    if sizes == SIZES:
        keep("country", "country", report(found, rounds))
    return int(bool(past) and not asked.quick)


if __name__ == "__main__":
    sys.exit(main())
