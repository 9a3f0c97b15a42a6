"""A command run to its end: how long it took, how much the processor worked, how much memory its processes held."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_EVERY = 0.05  # seconds between two looks at the main process's memory, whose peak the system keeps itself
_EVERY_TREE = 10  # of these looks one at the memory of all processes
_PROC = Path("/proc")


class CommandFailed(Exception):
    """A command ended with an exit code that is not expected."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds that passed and that the processor worked for all processes; peaks of memory in bytes, 0 if unknown.

    `main` is the most that the first process held by itself, `tree` the most that it and those below it held at a time,
    what they share counted once.
    """

    passed: float
    worked: float
    main: int = 0
    tree: int = 0


def run(command: Sequence[str | Path], *, fine: Sequence[int] = (0,)) -> Run:
    """Run a command; raises CommandFailed, with what it said, where its exit code is none of `fine`."""
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        watched = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        passed = time.perf_counter() - start
        watched.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            said.seek(0)
            raise CommandFailed(f"{' '.join(map(str, command))}: {process.returncode}\n{said.read().decode()}")
    return Run(passed, used.ru_utime + used.ru_stime, watched.main, watched.tree)


class _Watch:
    """A thread that looks at a process and those below it until it is told to end."""

    def __init__(self, pid: int) -> None:
        """Begins at once."""
        self.main = self.tree = 0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        looks = 0
        while not self._over.wait(_EVERY):
            with suppress(OSError):
                self.main = max(self.main, _bytes(self._pid, "status", "VmHWM:"))
                if looks % _EVERY_TREE == 0:
                    self.tree = max(self.tree, sum(_bytes(one, "smaps_rollup", "Pss:") for one in _below(self._pid)))
            looks += 1


def _bytes(pid: int, file: str, name: str) -> int:
    """A figure of a process, in bytes; 0 where the process has gone or the system does not tell."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / file).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0


def _below(pid: int) -> Iterator[int]:
    """The process and all that it has started, and these."""
    yield pid
    with suppress(OSError):
        for task in (_PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _below(int(child))
