"""How the benches time: a call with every text new to the program, sides in turns, ratios of rounds."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import _lru_cache_wrapper, cache
from typing import Any

Took = dict[str, list[float]]  # seconds of each round, by what was done


def forget() -> None:
    """Empty the caches that extraction keeps of texts it has seen, so that every round reads the plan anew."""
    for wrapper in _caches(len(sys.modules)):
        wrapper.cache_clear()


@cache
def _caches(modules: int) -> list["_lru_cache_wrapper[Any]"]:
    """The caches of texts; looked for again only with more modules, for the search empties the processor's own."""
    del modules
    return [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, _lru_cache_wrapper)
        and thing.__module__.startswith("extract.")
        and (thing.cache_info().maxsize or 0) >= 64
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    forget()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def worked(work: Callable[[], object]) -> float:
    """How long the processor works for one call, whatever else the machine does."""
    forget()
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(
    works: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[Callable[[], object]], float] = seconds
) -> Took:
    """The seconds of each work in every round; what is busy beside us falls on all of a round, so rounds compare."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(clock(work))
    return times


def ratio(own: Sequence[float], base: Sequence[float]) -> float:
    """How many times the base's time: the median of the rounds' ratios.

    >>> ratio([2.0, 9.0, 2.0], [1.0, 4.5, 1.0])
    2.0
    """
    return statistics.median(one / other for one, other in zip(own, base, strict=True))
