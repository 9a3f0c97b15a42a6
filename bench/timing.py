"""What the benches share: a call's time with every text new to the program."""

import gc
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper


def forget() -> None:
    """Empty the caches that extraction keeps of texts it has seen, so that every round reads the plan anew."""
    for thing in gc.get_objects():
        if (
            isinstance(thing, _lru_cache_wrapper)
            and thing.__module__.startswith("extract.")
            and (thing.cache_info().maxsize or 0) > 100
        ):
            thing.cache_clear()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    forget()
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
