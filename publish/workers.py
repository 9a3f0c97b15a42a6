"""A task for each of many items, in processes that end when it takes too long or too much memory."""

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FORK = get_context("fork")  # what the parent has loaded and converted is there without loading it again
_AHEAD = 256  # results that may wait for one before them
_PR_SET_PDEATHSIG = 1
_GROWN = 512 << 20  # bytes; a process that has needed as much is replaced: what it freed is in pieces
# A core a process: threads of libraries would only take cores, and address space, from one another.
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Ended:
    """The process of a task ended before the task did; `by` is the signal, None where it left by itself.

    SIGALRM says that the time was up.
    """

    by: signal.Signals | None


class _Slot(Generic[R]):
    """The place of a result in the order of the items; it stays None while the task runs."""

    outcome: R | Ended | None = None


class Workers(Generic[T, R]):
    """Processes that do `task`, each with `memory` bytes of address space, at most `jobs` at a time."""

    def __init__(
        self,
        task: Callable[[T], R],
        *,
        seconds: Callable[[T], float],
        jobs: int,
        memory: int,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        """`prepare` is called before the first process is started; what it loads, all have."""
        self._task, self._seconds, self._jobs, self._memory = task, seconds, max(1, jobs), memory
        self._prepare = prepare
        self._idle: list[_Worker[T, R]] = []
        self._busy: dict[Connection, _Worker[T, R]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in (*self._idle, *self._busy.values()):
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def results(self, items: Iterable[T], ready: Callable[[T], R | None]) -> Generator[R | Ended, None, None]:
        """The items' results in the items' order; what `ready` has a result of is given to no process."""
        left = iter(items)
        turns: deque[_Slot[R]] = deque()
        while True:
            self._hand_out(left, ready, turns)
            if not turns:
                return
            while turns and (outcome := turns[0].outcome) is not None:
                turns.popleft()
                yield outcome
            self._collect()

    def _hand_out(self, left: Iterator[T], ready: Callable[[T], R | None], turns: deque[_Slot[R]]) -> None:
        while len(turns) < _AHEAD and (self._idle or len(self._busy) < self._jobs):
            item = next(left, None)
            if item is None:
                return
            slot = _Slot[R]()
            slot.outcome = ready(item)
            if slot.outcome is None:
                self._start(item, slot)
            turns.append(slot)

    def _start(self, item: T, slot: _Slot[R]) -> None:
        """Give the item to an idle process, or to a new one where there is none that still lives."""
        while True:
            worker = self._idle.pop() if self._idle else self._new()
            try:
                worker.connection.send((item, self._seconds(item)))
            except OSError:  # it was killed while it had nothing to do
                worker.end()
                continue
            worker.slot = slot
            self._busy[worker.connection] = worker
            return

    def _new(self) -> "_Worker[T, R]":
        if self._prepare is not None:
            self._prepare()
            self._prepare = None
        return _Worker(self._task, self._memory, [worker.connection for worker in (*self._idle, *self._busy.values())])

    def _collect(self) -> None:
        """Wait for a process to finish or to end, if any is at work."""
        finished = wait(self._busy) if self._busy else ()
        for worker in [self._busy[line] for line in finished if isinstance(line, Connection)]:
            del self._busy[worker.connection]
            try:
                worker.slot.outcome, grown = worker.connection.recv()
            except (EOFError, OSError):
                worker.slot.outcome = worker.end()
                continue
            if grown:
                worker.end()
            else:
                self._idle.append(worker)


class _Worker(Generic[T, R]):
    """A process, the line to it, and where the result of its present task goes."""

    slot: _Slot[R]

    def __init__(self, task: Callable[[T], R], memory: int, others: list[Connection]) -> None:
        self.connection, theirs = _FORK.Pipe()
        # Only the parent may hold our ends: when it dies, the lines break and the processes leave.
        self._process = _FORK.Process(
            target=_work, args=(task, theirs, memory, [*others, self.connection]), daemon=True
        )
        self._process.start()
        theirs.close()

    def end(self) -> Ended:
        """End the process with those it started; says how it had ended before, if it had."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        self.connection.close()
        return Ended(signal.Signals(-code) if code < 0 else None)


def _work(task: Callable[[T], R], line: Connection, memory: int, others: list[Connection]) -> None:
    """Do one task after another until the parent is gone."""
    for other in others:
        other.close()
    _confine(memory)
    with suppress(EOFError, OSError, MemoryError):
        while True:
            item, seconds = line.recv()
            signal.setitimer(signal.ITIMER_REAL, seconds)  # ends the process wherever it is, in C code too
            outcome = task(item)
            signal.setitimer(signal.ITIMER_REAL, 0)
            line.send((outcome, _most_memory() > _GROWN))


def _confine(memory: int) -> None:
    """A group of its own, to be ended with what it starts; memory limits, which that inherits; and one thread."""
    import resource  # noqa: PLC0415  (not on every system)

    os.setpgid(0, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.environ.update(_ONE_THREAD)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # else it would finish its task for nobody


def _most_memory() -> int:
    """The most bytes that the process has held."""
    import resource  # noqa: PLC0415

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
