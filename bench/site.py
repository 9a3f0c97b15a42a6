"""Times every kind of page of the site against Datasette's own table page of the same database, in turns, in one run.

    python -m bench.site [--plans 2000] [--db build/many.db] [--rounds 40] [--only WORD]

The site runs as people run it (`kehoach serve`, HTTP on loopback). The measure is a Datasette without anything of ours,
served beside it: its table of tasks, a page of 50 rows without facets, at another place of the table each time. No
page's 95th percentile may reach three times its own. Every address is asked once, so no cache of pages helps. Only
ratios mean anything: absolute times here are noise.
"""

import argparse
import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bench.many import PLANS, write
from bench.pages import KINDS, MEASURE, ONLY_TOLD, Asked
from bench.world import World
from publish.database import layout_version
from publish.tables import LAYOUT_VERSION

ROOT = Path(__file__).parents[1]
KEHOACH = Path(sys.executable).with_name("kehoach")
DOCS = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- site: written by python -m bench.site -->", "<!-- site: end -->"
ROUNDS = 40
MOST = 3.0  # times the table page's 95th percentile
WARMING = 3  # requests of each kind that are not counted
# As plain as Datasette gets, with as many rows a page as our tables have.
PLAIN = ("--setting", "default_page_size", "50", "--setting", "suggest_facets", "off")


class Client:
    """One browser's connection, kept open."""

    def __init__(self, address: str) -> None:
        """Connects at the first question."""
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def milliseconds(self, asked: Asked) -> float:
        """How long the whole answer takes; raises where its status is not the one expected."""
        start = time.perf_counter()
        self._connection.request("GET", asked.path, headers={"Accept-Encoding": "identity"})
        with closing(self._connection.getresponse()) as response:
            response.read()
        took = (time.perf_counter() - start) * 1000
        if response.status != asked.status:
            raise RuntimeError(f"{asked.path}: {response.status} instead of {asked.status}")
        return took


def measured(site: Client, plain: Client, world: World, kinds: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """The times of each kind; a round asks a page of each, in another order, after a warming-up."""
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    order = list(kinds)
    for one in range(-WARMING, rounds):
        world.chance.shuffle(order)
        for kind in order:
            asked = KINDS[kind](world)
            took = (plain if asked.plain else site).milliseconds(asked)
            if one >= 0:
                times[kind].append(took)
    return times


def ratios(times: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """The middle and the 95th percentile of each kind, in times those of the measure."""
    middle, late = _middle_and_late(times[MEASURE])
    return {kind: (_middle_and_late(own)[0] / middle, _middle_and_late(own)[1] / late) for kind, own in times.items()}


def _middle_and_late(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def table(found: Mapping[str, tuple[float, float]], plans: int) -> str:
    """The ratios as Markdown, the slowest first."""
    slowest_first = sorted(found.items(), key=lambda item: -item[1][1])
    rows = [
        f"| {kind}{' (*)' if kind in ONLY_TOLD else ''} | {middle:.1f} | {late:.1f} |"
        for kind, (middle, late) in slowest_first
    ]
    head = ["| Page | Median | 95th percentile |", "| --- | ---: | ---: |"]
    said = f"Times Datasette's own plain table page, {plans} plans, one reader, every address new."
    told = "(*) Only told: facets are counted by Datasette; a chart is drawn apart from its page, and kept."
    return "\n".join([said, "", *head, *rows, "", told])


def keep(text: str) -> None:
    """Put the table in its place in the docs."""
    before, _, rest = DOCS.read_text("utf-8").partition(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")


@contextmanager
def serving(db: Path) -> Iterator[Client]:
    """The site on a free port; its address is the first line that it prints."""
    process = subprocess.Popen([KEHOACH, "serve", str(db), "--port", "0"], stdout=subprocess.PIPE, text=True)
    with _until_done(process):
        yield Client(process.stdout.readline().strip() if process.stdout else "")


@contextmanager
def serving_plainly(db: Path) -> Iterator[Client]:
    """Datasette alone, with the database under the name that ours has."""
    with TemporaryDirectory() as folder, closing(socket.socket()) as free:
        path = Path(folder) / "plans.db"
        path.symlink_to(db.resolve())
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "--port", str(port), *PLAIN]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with _until_done(process):
            _wait_for(port)
            yield Client(f"http://127.0.0.1:{port}")


@contextmanager
def _until_done(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")


def arguments() -> argparse.Namespace:
    """What the command is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=int, default=PLANS, help="of the database that is made where there is none")
    parser.add_argument("--db", type=Path, default=ROOT / "build" / "many.db")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", metavar="WORD", default="", help="only kinds of page with this word in their name")
    return parser.parse_args()


def main() -> int:
    """Print the ratios, keep them in the docs; exit 1 where a kind of page is too slow."""
    given = arguments()
    if not given.db.exists() or layout_version(given.db) != LAYOUT_VERSION:
        given.db.parent.mkdir(parents=True, exist_ok=True)
        write(given.plans, given.db, "1")
    kinds = [kind for kind in KINDS if given.only in kind or kind == MEASURE]
    world = World.of(given.db, Random("site"))  # noqa: S311 (varied, not secret)
    with closing(world), serving(given.db) as site, serving_plainly(given.db) as plain:
        found = ratios(measured(site, plain, world, kinds, given.rounds))
    print(table(found, given.plans))
    if not given.only:
        keep(table(found, given.plans))
    slow = [kind for kind, rates in found.items() if rates[1] >= MOST and kind not in ONLY_TOLD]
    print(f"\nslower than {MOST:g}x: {', '.join(slow) or 'none'}")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
