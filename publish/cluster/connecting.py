"""The address of a Dask scheduler, or "local" -> a client of it whose workers read as we do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from extract.errors import KehoachError
from extract.version import extractor
from publish.cluster.task import extractor_of_worker

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
_SCHEMES = ("tcp", "tls", "ws", "wss")
_MISSING = "cần gói distributed (Dask) cho --cluster; hãy cài: pip install 'kehoach[cluster]'"
_NOT_THERE = "không kết nối được cụm Dask {} ({}); địa chỉ có dạng tcp://máy:8786"
_NAMED = 3


class NoCluster(KehoachError):
    """There is no cluster at the address, or it can't be used; nothing was changed."""


@contextmanager
def connected(address: str, processes: int) -> Iterator["Client"]:
    """A client of the scheduler at the address; "local" starts one here, with so many workers, and ends it."""
    try:
        from distributed import Client  # noqa: PLC0415  (an extra; it takes half a second)
    except ImportError as error:
        raise NoCluster(_MISSING) from error
    _quiet()
    if address == LOCAL:
        with _local(processes) as scheduler, Client(scheduler, set_as_default=False) as client:
            yield client
        return
    if "://" in address and not address.startswith(tuple(f"{scheme}://" for scheme in _SCHEMES)):
        raise NoCluster(_NOT_THERE.format(address, "không phải địa chỉ của Dask"))
    try:
        client = Client(address, set_as_default=False)  # Dask's settings say how long to try
    except (OSError, ValueError, TypeError) as error:
        raise NoCluster(_NOT_THERE.format(address, type(error).__name__)) from error
    with client:
        check_workers(client)
        yield client


@contextmanager
def _local(processes: int) -> Iterator[object]:
    """A scheduler and workers on this machine's own address, without pages to look at."""
    from distributed import LocalCluster  # noqa: PLC0415

    with LocalCluster(
        n_workers=processes,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        memory_limit=0,  # each file has a limit of its own
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


def check_workers(client: "Client") -> None:
    """Raise NoCluster where a worker has no kehoach, or another than ours."""
    other = {}
    for worker, said in client.run(extractor_of_worker, on_error="return").items():
        if said != extractor():
            other[worker] = said if isinstance(said, str) else "không có kehoach"
    if other:
        named = ", ".join(f"{worker} ({said})" for worker, said in list(other.items())[:_NAMED])
        raise NoCluster(other_version(named))


def other_version(named: str) -> str:
    """What is said of workers that would make other records."""
    return f"worker không cùng phiên bản với máy này ({extractor()}): {named}; hãy cài cùng một bản kehoach ở mọi máy"


def _quiet() -> None:
    """What Dask says of workers that come and go is for its own logs."""
    for name in ("distributed", "tornado.application", *logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL)
