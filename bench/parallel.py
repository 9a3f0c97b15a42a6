"""Times the reading of the same PDF plans by one worker and by two: processes of this one, and Dask's, all warm.

    python -m bench.parallel [--files 480] [--rounds 3] [--quick]

Other programs change what passes on the clock. So each reading process tells how long it stood in line for a core, and
that is taken off for a second ratio: what it would be where nobody else works. What others took is told beside it.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.page import keep, table
from bench.samples import PLANS
from bench.timing import ratio
from publish.building.packing import Packed, pack
from publish.cluster.connecting import connected
from publish.inputs import Input
from publish.limits import Limits
from publish.reading import Read, read_all

FILES, ROUNDS, QUICK = 480, 3, (12, 1)
LEAST = {"pool": 1.9, "dask": 1.7}  # times as fast with two workers as with one
Reading = Callable[[Sequence[Input]], Iterator[object]]


@dataclass(frozen=True, slots=True)
class Made:
    """What a build asks for of a plan; the process that made it, and the seconds it has stood in line for a core."""

    packed: Packed
    process: int
    in_line: float


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one reading.

    On the clock, and of these in line for a core; the processor's for this process, for all of ours, and for others.
    """

    passed: float
    in_line: float
    main: float
    worked: float
    others: float

    @property
    def free(self) -> float:
        """On the clock, had nobody else wanted a core."""
        return self.passed - self.in_line


def made(read: Read) -> Made:
    """The shape of what is read."""
    in_line = Path("/proc/self/schedstat").read_text("ascii").split()[1]
    return Made(pack(read), os.getpid(), int(in_line) / 1e9)


def copies(folder: Path, count: int) -> list[Input]:
    """Our own PDF plans in turn, each under names of their own."""
    plans = [path for path in sorted(PLANS.glob("*.pdf")) if "scan" not in path.stem]
    files = [folder / f"{number:04}-{plans[number % len(plans)].name}" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(plans[number % len(plans)].read_bytes())
    return [Input(file, file.name) for file in files]


@contextmanager
def pool(jobs: int) -> Iterator[Reading]:
    """Reading by so many processes of this one."""
    yield lambda files: read_all(files, limits=Limits(jobs), shape=made)


@contextmanager
def dask(workers: int) -> Iterator[Reading]:
    """Reading by so many workers of Dask, with its scheduler in this process, as with --cluster local."""
    with connected("local", workers) as client:
        address = str(client.scheduler_info()["address"])
        yield lambda files: read_all(files, cluster=address, shape=made)


WAYS: Mapping[str, Callable[[], AbstractContextManager[Reading]]] = {
    "pool 1": partial(pool, 1),
    "pool 2": partial(pool, 2),
    "dask 1": partial(dask, 1),
    "dask 2": partial(dask, 2),
}


def took(reading: Reading, files: Sequence[Input]) -> Took:
    """Read the files once."""
    all_, ours, main, start = _machine(), _ours(), time.process_time(), time.perf_counter()
    outcomes = list(reading(files))
    passed, main = time.perf_counter() - start, time.process_time() - main
    worked = _ours() - ours
    found = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    if len(found) < len(files):
        raise RuntimeError("not every file was read")
    return Took(passed, _in_line(found), main, worked, max(0.0, _machine() - all_ - worked))


def _in_line(found: Sequence[Made]) -> float:
    """The mean over the processes: who waits less reads more files."""
    told: dict[int, list[float]] = defaultdict(list)
    for one in found:
        told[one.process].append(one.in_line)
    return statistics.mean(max(seconds) - min(seconds) for seconds in told.values())


def _ours() -> float:
    """The processor's seconds of this process and all that it has started."""
    here = psutil.Process()
    return sum(_worked(one) for one in (here, *here.children(recursive=True)))


def _worked(process: psutil.Process) -> float:
    """Those of a process, and of its children that have ended."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _machine() -> float:
    """Those of all programs on the machine."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


def measured(files: Sequence[Input], rounds: int) -> dict[str, list[Took]]:
    """What each way took, in turns, every second round the other way about; each is warm before it is timed."""
    found: dict[str, list[Took]] = {way: [] for way in WAYS}
    for number in range(rounds):
        for way in list(WAYS)[:: -1 if number % 2 else 1]:
            with WAYS[way]() as reading:
                took(reading, files[: len(files) // 4])
                last = took(reading, files)
            found[way].append(last)
            said = f"{last.passed:6.2f} s, {last.in_line:.2f} in line; others {last.others / last.passed:.2f} cores"
            print(f"{way:8} {said}", file=sys.stderr)
    return found


def median(found: Sequence[Took], of: Callable[[Took], float]) -> float:
    """The median over the rounds."""
    return statistics.median(of(one) for one in found)


def report(found: Mapping[str, Sequence[Took]], files: int) -> tuple[dict[str, float], str]:
    """How many times as fast two workers are as one where nobody else works, and all figures as a table."""
    faster: dict[str, float] = {}
    rows = []
    for name, least in LEAST.items():
        one, two = found[f"{name} 1"], found[f"{name} 2"]
        faster[name] = ratio([took.free for took in one], [took.free for took in two])
        clock = ratio([took.passed for took in one], [took.passed for took in two])
        plan = median(two, lambda took: 1000 * took.main / files)
        main, others = (median(two, of) for of in (lambda t: t.main / t.worked, lambda t: t.others / t.passed))
        rows.append(
            (name, f"{faster[name]:.2f}", f"{least:g}", f"{clock:.2f}", f"{main:.1%}", f"{plan:.1f}", f"{others:.2f}")
        )
    head = ("By", "Two are times as fast", "At least", "On the clock", "Main process", "ms a plan", "Others' cores")
    return faster, table(head, rows)


def main() -> int:
    """Print the ratios; exit 1 below a limit, which two workers can't reach where others keep the cores busy."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="few files, once, whatever the ratios")
    asked = parser.parse_args()
    count, rounds = QUICK if asked.quick else (asked.files, asked.rounds)
    with TemporaryDirectory() as folder:
        files = copies(Path(folder), count)
        found = measured(files, rounds)
    faster, said = report(found, len(files))
    text = f"{len(files)} PDF plans, {rounds} rounds, {os.cpu_count()} cores.\n\n{said}"
    print(text)
    if not asked.quick:
        keep("parallel", "parallel", text)
    return int(not asked.quick and any(faster[name] < least for name, least in LEAST.items()))


if __name__ == "__main__":
    from bench.parallel import main as imported  # what workers unpack can't be of "__main__"

    sys.exit(imported())
