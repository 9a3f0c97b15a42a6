"""Inputs -> batches that Dask's workers read, a few under way at a time -> their outcomes, in the inputs' order."""

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.version import extractor
from publish.cluster.connecting import NoCluster, connected, other_version
from publish.cluster.reader import How, batch_of, outcomes_of
from publish.cluster.task import OtherVersion, ReaderEnded, read_batch
from publish.inputs import Failure, Input
from publish.limits import Limits, size_of
from publish.reading import Read

if TYPE_CHECKING:
    from distributed import Client, Future

_FILES, _BYTES = 16, 1 << 20  # of a batch; a second's work or so
_AHEAD = 512  # files that may be under way or wait for one before them; more where there are many workers
_BATCHES_A_THREAD = 3
_LOOK = 10.0  # seconds after which the workers are counted again
_ALONE = 300.0  # seconds to wait for a first worker, which may be a machine that is being started
_TIMES_MORE = 2  # for a reading process that ended by itself
_KILLED = (
    "tiến trình worker của cụm chết mỗi lần đọc tệp này; hãy mở tệp bằng chương trình khác rồi lưu lại, "
    "hoặc cho worker thêm bộ nhớ"
)
_LOST = "mất liên lạc với bộ điều phối của cụm Dask; hãy xem nó còn chạy không rồi chạy lại"

Ready = Callable[[Input], object | None]


def read_on_cluster(
    inputs: Iterable[Input], address: str, ready: Ready, limits: Limits, shape: Callable[[Read], object]
) -> Iterator[Any]:
    """Each input's outcome in turn; what `ready` has an outcome of is given to no worker. Raises NoCluster.

    What a lost worker was reading is read again by another. Files that were under way when workers died again and
    again are read once more one by one, so that only the file that kills them fails.
    """
    how = pickle.dumps(How(replace(limits, jobs=1), shape))
    with connected(address, limits.processes) as client:
        yield from _Dispatch(client, how, ready).outcomes(inputs)


@dataclass(slots=True, eq=False)
class _Turn:
    """The place of a file in the order; `packed` is what a worker made of it."""

    file: Input
    outcome: object | None = None
    packed: bytes | None = None

    @property
    def is_done(self) -> bool:
        return self.outcome is not None or self.packed is not None

    def unpacked(self) -> object:
        """The outcome, with the input as it was given here."""
        if self.packed is None:
            return self.outcome
        outcome = pickle.loads(self.packed)  # noqa: S301  (from our own worker)
        match outcome:
            case Read():
                return replace(outcome, input=self.file)
            case Failure():
                return replace(outcome, path=self.file.path)
        return outcome


class _Dispatch:
    """What is under way: turns in the inputs' order, those that wait for a worker or are at work, and suspects."""

    def __init__(self, client: "Client", how: bytes, ready: Ready) -> None:
        self._client, self._how, self._ready = client, how, ready
        self._turns: deque[_Turn] = deque()
        self._waiting: deque[_Turn] = deque()
        self._at_work: dict[Future[bytes], list[_Turn]] = {}
        self._suspects: deque[_Turn] = deque()
        self._alone = False  # whether what is at work is one suspect
        self._threads, self._counted, self._seen = 1, -_LOOK, time.monotonic()

    def outcomes(self, inputs: Iterable[Input]) -> Iterator[object]:
        """Each input's outcome."""
        left = iter(inputs)
        try:
            while True:
                self._count()
                self._hand_out(left)
                if not self._turns:
                    return
                while self._turns and self._turns[0].is_done:
                    yield self._turns.popleft().unpacked()
                if self._at_work:
                    self._collect()
        finally:
            with suppress(Exception):  # the cluster may be gone
                self._client.cancel(list(self._at_work))

    def _count(self) -> None:
        """How many files the cluster reads at a time, now. Raises NoCluster where it long has no worker."""
        now = time.monotonic()
        if now - self._counted < _LOOK:
            return
        with _in_touch():
            self._counted, threads = now, sum(self._client.nthreads().values())
        if threads:
            self._seen = now
        elif now - self._seen > _ALONE:
            raise NoCluster(f"cụm Dask không còn worker nào trong {_ALONE:.0f} giây; hãy khởi động worker rồi chạy lại")
        self._threads = max(1, threads)

    def _hand_out(self, left: Iterator[Input]) -> None:
        """Give the workers enough to do: one suspect alone, or batches, smaller ones where few files are left."""
        if self._at_work and (self._alone or self._suspects):
            return
        self._alone = bool(self._suspects)
        if self._alone:
            self._submit([self._suspects.popleft()])
            return
        self._look_ahead(left)
        while self._waiting and len(self._at_work) < self._threads * _BATCHES_A_THREAD:
            self._submit(self._batch(min(_FILES, 1 + len(self._waiting) // (2 * self._threads))))

    def _look_ahead(self, left: Iterator[Input]) -> None:
        most = max(_AHEAD, self._threads * _FILES * _BATCHES_A_THREAD)
        while len(self._turns) < most and (file := next(left, None)) is not None:
            turn = _Turn(file, self._ready(file))
            self._turns.append(turn)
            if turn.outcome is None:
                self._waiting.append(turn)

    def _batch(self, most: int) -> list[_Turn]:
        batch: list[_Turn] = []
        size = 0
        while self._waiting and len(batch) < most and size < _BYTES:
            batch.append(self._waiting.popleft())
            size += size_of(batch[-1].file.path)
        return batch

    def _submit(self, batch: list[_Turn]) -> None:
        files = [replace(turn.file, path=_from_anywhere(turn.file)) for turn in batch]
        packed = batch_of(files, self._how)
        future = self._client.submit(read_batch, extractor(), packed, pure=False, retries=_TIMES_MORE)
        self._at_work[future] = batch

    def _collect(self) -> None:
        """Wait for a batch, and take what is there."""
        from distributed import wait  # noqa: PLC0415
        from distributed.client import FIRST_COMPLETED  # noqa: PLC0415

        with _in_touch(), self._client.as_current():
            try:
                done = wait(list(self._at_work), timeout=_LOOK, return_when=FIRST_COMPLETED).done
            except TimeoutError:
                return
        for future in done:
            self._take(future, self._at_work.pop(future))

    def _take(self, future: "Future[bytes]", batch: list[_Turn]) -> None:
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            with _in_touch():
                packed = outcomes_of(future.result())
        except (KilledWorker, ReaderEnded):
            self._suspect(batch)
        except OtherVersion as error:
            raise NoCluster(other_version(str(error))) from error
        except (ImportError, AttributeError) as error:
            raise NoCluster(other_version(f"không đọc được việc được giao ({error})")) from error
        else:
            for turn, outcome in zip(batch, packed, strict=True):
                turn.packed = outcome

    def _suspect(self, batch: list[_Turn]) -> None:
        """Workers died with this batch, though another at work on the same worker may have killed them."""
        if self._alone:
            for turn in batch:
                turn.outcome = Failure(turn.file.path, _KILLED)
        else:
            self._suspects.extend(batch)


@contextmanager
def _in_touch() -> Iterator[None]:
    """What Dask raises where the scheduler is gone is NoCluster."""
    from distributed import CancelledError  # noqa: PLC0415

    try:
        yield
    except (CancelledError, OSError) as error:
        raise NoCluster(_LOST) from error


def _from_anywhere(file: Input) -> Any:
    """The path as workers, which run in other folders, find it."""
    return file.path.absolute() if isinstance(file.path, Path) else file.path
