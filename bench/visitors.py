"""Readers who ask a site at the same time, in a process of their own so that the servers have theirs to themselves."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from functools import cache
from multiprocessing import get_context
from typing import Self
from urllib.parse import urlsplit

from bench.pages import Asked

_IDLE = 3.0  # seconds after which a connection may have been closed by the server
Answer = float | str  # milliseconds, or what went wrong


class Reader:
    """One browser's connection, kept open."""

    def __init__(self, address: str) -> None:
        """Connects at the first question."""
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._last = float("-inf")

    def ask(self, asked: Asked) -> Answer:
        """How long the whole answer takes; what went wrong, where its status is not the one expected."""
        if time.perf_counter() - self._last > _IDLE:
            self._connection.close()
            self._connection.connect()
        start = time.perf_counter()
        try:
            self._connection.request("GET", asked.path, headers={"Accept-Encoding": "identity"})
            with closing(self._connection.getresponse()) as response:
                response.read()
        except (OSError, http.client.HTTPException) as error:
            self._last = float("-inf")
            return f"{asked.path}: {error!r}"
        self._last = time.perf_counter()
        if response.status != asked.status:
            return f"{asked.path}: {response.status} instead of {asked.status}"
        return (self._last - start) * 1000


class Readers:
    """All of them; use as a context."""

    def __init__(self) -> None:
        """None reads as yet."""
        self._apart = ProcessPoolExecutor(1, get_context("spawn"))

    def __enter__(self) -> Self:
        """Ready to be asked."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Their process ends."""
        self._apart.shutdown()

    def ask(self, address: str, shares: Sequence[Sequence[Asked]]) -> list[Answer]:
        """What each of the shares took, every share asked by a reader of its own, one address after another."""
        return self._apart.submit(_asked, address, shares).result()


def _asked(address: str, shares: Sequence[Sequence[Asked]]) -> list[Answer]:
    if len(shares) == 1:
        return _read(_reader(address, 0), shares[0])
    readers = [_reader(address, at) for at in range(len(shares))]
    return [answer for answers in _threads().map(_read, readers, shares) for answer in answers]


def _read(reader: Reader, share: Sequence[Asked]) -> list[Answer]:
    return [reader.ask(asked) for asked in share]


@cache
def _reader(address: str, _number: int) -> Reader:
    return Reader(address)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(64)
