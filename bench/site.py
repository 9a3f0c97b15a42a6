"""Times every kind of page of the site against Datasette's own table page of the same database, in turns, in one run.

    python -m bench.site [--plans 2000] [--db build/many.db] [--rounds 20] [--readers 1 4 8] [--only WORD] [--quick]

The site runs as people run it (`kehoach serve`, HTTP on loopback). The measure is a Datasette without anything of ours,
served beside it: its table of tasks, a page of 50 rows without facets, at another place of the table each time. No
page's 95th percentile may reach three times its own: for one reader at a time, and for several at once who ask the
same kind of page over connections that stay open, each compared with as many readers of the plain table. The measure is
asked again after every few pages, so that what else the machine does hits both. Every address is asked once, so no
cache of pages helps. Only ratios mean anything: absolute times here are noise.
"""

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.many import PLANS, write
from bench.pages import KINDS, MEASURE, ONLY_TOLD, Asked
from bench.serving import Server, serving, serving_plainly
from bench.visitors import Readers
from bench.world import World
from publish.database import layout_version
from publish.tables import LAYOUT_VERSION

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- site: written by python -m bench.site -->", "<!-- site: end -->"
ROUNDS, QUICK = 20, 4
READERS = (1, 4, 8)
MOST = 3.0  # times the table page's 95th percentile
WARMING = 2  # rounds that are not counted
_OFTEN = 6  # kinds of page between two questions for the measure
_LEAST = 2  # addresses of a kind that are asked in a round

Ratio = tuple[float, float]  # of the middle and of the 95th percentile
Times = Mapping[int, Mapping[str, Sequence[float]]]  # by how many read at once, by kind


@dataclass
class Run:
    """What is asked, and what came of it: `times` in milliseconds, `errors` as they were told."""

    site: Server
    plain: Server
    world: World
    readers: Readers
    times: defaultdict[int, defaultdict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    errors: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def ask(self, kinds: Sequence[str], at_once: Sequence[int], rounds: int) -> None:
        """A round asks some pages of each kind, in another order; memory is told after the warming and each round."""
        for one in range(-WARMING, rounds):
            for many in at_once:
                for kind in self._in_turn(kinds):
                    self._ask(kind, many, counted=one >= 0)
            if one >= -1:
                self.memory.append(self.site.memory)

    def _in_turn(self, kinds: Sequence[str]) -> Iterator[str]:
        order = [kind for kind in kinds if kind != MEASURE]
        self.world.chance.shuffle(order)
        for at, kind in enumerate(order):
            if at % _OFTEN == 0:
                yield MEASURE
            yield kind

    def _ask(self, kind: str, many: int, *, counted: bool) -> None:
        shares: list[list[Asked]] = [[] for _ in range(many)]
        for at in range(max(many, _LEAST)):
            shares[at % many].append(KINDS[kind](self.world))
        server = self.plain if shares[0][0].plain else self.site
        for answer in self.readers.ask(server.address, shares):
            if isinstance(answer, str):
                self.errors.append(f"{kind}: {answer}")
            elif counted:
                self.times[many][kind].append(answer)


def ratios(times: Mapping[str, Sequence[float]]) -> dict[str, Ratio]:
    """The middle and the 95th percentile of each kind, in times those of the measure."""
    middle, late = _middle_and_late(times[MEASURE])
    return {kind: (_middle_and_late(own)[0] / middle, _middle_and_late(own)[1] / late) for kind, own in times.items()}


def _middle_and_late(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def table(found: Mapping[int, Mapping[str, Ratio]], plans: int) -> str:
    """The ratios as Markdown, the slowest first; by how many read at once."""
    late = {kind: max(of[kind][1] for of in found.values()) for kind in next(iter(found.values()))}
    heads = [f"{name}, {_readers(many)}" for many in found for name in ("Median", "p95")]
    lines = [f"| Page | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for kind in sorted(late, key=lambda kind: -late[kind]):
        cells = [f"{ratio:.1f}" for of in found.values() for ratio in of[kind]]
        lines.append(f"| {kind}{' (*)' if kind in ONLY_TOLD else ''} | {' | '.join(cells)} |")
    said = f"Times Datasette's own plain table page read by as many at once, {plans:,} plans, every address new."
    told = "(*) Only told: Datasette's own search of a table looks at every match; a chart is drawn apart, and kept."
    return "\n".join([said, "", *lines, "", told])


def _readers(many: int) -> str:
    return "1 reader" if many == 1 else f"{many} readers"


def summary(run: Run) -> str:
    """How many answers there were, what went wrong, and whether memory stayed as it was."""
    answers = sum(len(some) for of in run.times.values() for some in of.values())
    first, last, most = run.memory[0], run.memory[-1], max(run.memory)
    return (
        f"{answers:,} answers, {len(run.errors)} errors. Memory of the site's process: {last / (first or 1):.2f} times"
        f" what it was once every kind of page had been asked ({most / 2**20:.0f} MB at most)."
    )


def keep(text: str) -> None:
    """Put the table in its place in the docs."""
    before, _, rest = DOCS.read_text("utf-8").partition(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")


def slow(found: Mapping[int, Mapping[str, Ratio]]) -> list[str]:
    """The kinds that are too slow for some number of readers, told with it."""
    return [
        f"{kind} ({_readers(many)}: {late:.1f})"
        for many, of in found.items()
        for kind, (_, late) in of.items()
        if late >= MOST and kind not in ONLY_TOLD
    ]


def arguments() -> argparse.Namespace:
    """What the command is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=int, default=PLANS, help="of the database that is made where there is none")
    parser.add_argument("--db", type=Path, default=ROOT / "build" / "many.db")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--readers", type=int, nargs="+", default=READERS, metavar="N", help="how many read at once")
    parser.add_argument("--only", metavar="WORD", default="", help="only kinds of page with this word in their name")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} rounds; the docs are left as they are")
    return parser.parse_args()


def main() -> int:
    """Print the ratios, keep them in the docs; exit 1 where a kind of page is too slow or an answer wrong."""
    given = arguments()
    if not given.db.exists() or layout_version(given.db) != LAYOUT_VERSION:
        given.db.parent.mkdir(parents=True, exist_ok=True)
        write(given.plans, given.db, "1")
    kinds = [kind for kind in KINDS if given.only in kind or kind == MEASURE]
    world = World.of(given.db, Random("site"))  # noqa: S311 (varied, not secret)
    with closing(world), serving(given.db) as site, serving_plainly(given.db) as plain, Readers() as readers:
        run = Run(site, plain, world, readers)
        run.ask(kinds, given.readers, QUICK if given.quick else given.rounds)
        plans = world.plans_number
    found = {many: ratios(times) for many, times in run.times.items()}
    text = f"{table(found, plans)}\n\n{summary(run)}"
    print(text)
    if not given.only and not given.quick:
        keep(text)
    print(f"\nslower than {MOST:g}x: {', '.join(slow(found)) or 'none'}")
    print(*run.errors[:20], sep="\n")
    return int(bool(slow(found) or run.errors))


if __name__ == "__main__":
    sys.exit(main())
