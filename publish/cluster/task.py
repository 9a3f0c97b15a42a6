"""What a Dask worker does: hand a batch of files to a process of its own that reads them, and take back what it made.

The worker's own process only waits: it has threads, and may not have children that are forked.
"""

import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from os import environ

from extract.version import extractor


class ReaderEnded(Exception):
    """The process that read a batch is gone."""


class OtherVersion(Exception):
    """A worker would make other records; the message says where it runs and which version it has."""


class _Reader:
    """A process of `publish.cluster.reader` and the line to it."""

    def __init__(self) -> None:
        self._line, theirs = Pipe()
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", "publish.cluster.reader", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=environ | _own_folder(),
        )
        theirs.close()

    def ask(self, batch: bytes) -> bytes:
        """What the files of the batch gave. Raises OSError and EOFError where the process has ended."""
        self._line.send_bytes(batch)
        return self._line.recv_bytes()

    def end(self) -> None:
        """Leave no process behind."""
        self._line.close()
        self._process.kill()
        self._process.wait()


_idle: list[_Reader] = []  # one for each thread of the worker, once it has read


def read_batch(wanted: str, batch: bytes) -> bytes:
    """The answer of `publish.cluster.reader` to a batch. Raises OtherVersion and ReaderEnded."""
    if extractor() != wanted:
        raise OtherVersion(f"{_address()} ({extractor()})")
    try:
        reader = _idle.pop()
    except IndexError:
        reader = _Reader()
    try:
        answer = reader.ask(batch)
    except (OSError, EOFError) as error:
        reader.end()
        raise ReaderEnded(_address()) from error
    _idle.append(reader)
    return answer


def extractor_of_worker() -> str:
    """The version of the extractor that this worker has."""
    return extractor()


def _own_folder() -> dict[str, str]:
    """Temporary files go into the worker's folder, which Dask clears when a worker has died."""
    from distributed import get_worker  # noqa: PLC0415

    with suppress(ValueError):  # in no worker
        return {"TMPDIR": str(get_worker().local_directory)}
    return {}


def _address() -> str:
    from distributed import get_worker  # noqa: PLC0415

    return str(get_worker().address)
