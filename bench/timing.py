"""What the benches share: a call's time with every text new to the program."""

import gc
import sys
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper, cache
from typing import Any


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
        and (thing.cache_info().maxsize or 0) > 100
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    forget()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
