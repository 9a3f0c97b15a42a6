"""A process beside a Dask worker that reads batches of files, each file within its limits: python -m … FD."""

import os
import pickle
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import format_exc
from typing import Any

from extract.read import OFFICE_SUFFIXES
from publish.inputs import Failure, Input
from publish.limits import Limits
from publish.reading import Read, outcome_of, prepare, read_all, without_reading, workers_for
from publish.workers import Workers


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is read; the `shape` is what is wanted of each file."""

    limits: Limits
    shape: Callable[[Read], Any]


def batch_of(files: list[Input], how: bytes) -> bytes:
    """Files and a pickled How as they are sent."""
    return pickle.dumps((files, how))


class ReaderFailed(Exception):
    """A bug met in reading a batch, not in a file of it; the message tells where."""


def outcomes_of(answer: bytes) -> list[bytes]:
    """The outcome of each file, still pickled: it is unpacked when its turn has come. Raises ReaderFailed."""
    found: list[bytes] | str = pickle.loads(answer)  # noqa: S301  (from our own worker)
    if isinstance(found, str):
        raise ReaderFailed(found)
    return found


class _Reading:
    """What is kept from batch to batch: a process that has loaded all that reading needs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: bytes | None = None
        self._how = How(Limits(), repr)
        self._workers: Workers[Input, Any] | None = None

    def answer(self, batch: bytes) -> bytes:
        """The outcomes of the files, each pickled, or what went wrong."""
        try:
            return pickle.dumps(self._answers(batch))
        except Exception:  # the edge of this process: else a bug would look like a file that kills
            return pickle.dumps(format_exc())

    def _answers(self, batch: bytes) -> list[bytes]:
        files, how = pickle.loads(batch)  # noqa: S301  (from the scheduler that this worker serves)
        if how != self._asked:
            self._change(how)
        there = [file for file in files if not _is_missing(file)]
        read = dict(zip(there, self._outcomes(there), strict=True))
        return [pickle.dumps(read[file] if file in read else _missing(file)) for file in files]

    def _change(self, how: bytes) -> None:
        if self._workers is not None:
            self._workers.__exit__(None, None, None)
        self._asked, self._how = how, pickle.loads(how)  # noqa: S301
        self._workers = workers_for(
            self._how.limits, self._how.shape, self._folder, jobs=1, prepare=partial(prepare, pdf=True)
        )

    def _outcomes(self, files: list[Input]) -> Iterator[Any]:
        limits, shape = self._how.limits, self._how.shape
        if self._workers is None or any(file.path.suffix.lower() in OFFICE_SUFFIXES for file in files):
            yield from read_all(files, limits=limits, shape=shape)  # LibreOffice converts them together
            return
        outcomes = self._workers.results(files, lambda file: without_reading(None, shape, file))
        yield from (outcome_of(file, outcome, limits) for file, outcome in zip(files, outcomes, strict=True))


def _is_missing(file: Input) -> bool:
    return isinstance(file.path, Path) and not file.path.exists()


def _missing(file: Input) -> Failure:
    reason = (
        f"máy đọc ({socket.gethostname()}) không thấy tệp này; khi dùng --cluster, tệp phải ở thư mục chung của mọi "
        "máy, hoặc ở s3://, gs://, http://"
    )
    return Failure(file.path, reason)


def _listen(line: Connection, batches: "SimpleQueue[bytes]") -> None:
    """Take what comes; leave with the worker, also while a file is being read: its process ends with this one."""
    try:
        while True:
            batches.put(line.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)


def main() -> None:
    """Answer until the worker is gone."""
    line = Connection(int(sys.argv[1]))
    batches: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(line, batches), daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        reading = _Reading(Path(folder))
        while True:
            line.send_bytes(reading.answer(batches.get()))


if __name__ == "__main__":
    main()
