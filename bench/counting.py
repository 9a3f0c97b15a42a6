"""How much is done, told by counts that are the same on any machine: Python's operations and SQLite's steps."""

import gc
import genericpath
import os
import pathlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any
from unittest.mock import patch

_EVERY = 1  # step of SQLite between two counts: of many short statements each counts
PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"
SQLITE = "SQLite {}.{}".format(*sqlite3.sqlite_version_info)
_UNCOUNTED = frozenset(
    one.__code__.co_filename
    for one in (os.path.join, genericpath.commonprefix, pathlib.PurePath.__truediv__)  # grows with the folder's depth
) | {__file__}  # the counting of steps is no work of ours


def operations(work: Callable[[], object]) -> int:
    """How many of Python's operations a call takes in this thread; what libraries do in C counts as one.

    What Python does with the names of paths is left out: it depends on how deep the folder lies that one works in.

    >>> operations(lambda: sum(one for one in range(100))) > operations(lambda: sum(range(100)))
    True
    """
    done = 0

    def inside(frame: FrameType, event: str, arg: Any) -> Callable[[FrameType, str, Any], Any]:
        nonlocal done
        del frame, arg
        done += event == "opcode"
        return inside

    def begun(frame: FrameType, event: str, arg: Any) -> Callable[[FrameType, str, Any], Any] | None:
        del event, arg
        if frame.f_code.co_filename in _UNCOUNTED:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return inside

    before = sys.gettrace()
    gc.collect()
    gc.disable()  # what it would call is no work of ours
    sys.settrace(begun)
    try:
        work()
    finally:
        sys.settrace(before)
        gc.enable()
    return done


@dataclass(slots=True)
class Steps:
    """The steps of SQLite's machine since the counting began, to within a few for each statement."""

    done: int = 0


@contextmanager
def steps_counted() -> Iterator[Steps]:
    """Count the steps of every connection that is opened from now on, in any thread; nothing is cut short for time."""
    steps, connect = Steps(), sqlite3.connect

    def tick() -> None:
        steps.done += _EVERY

    class Counted(sqlite3.Connection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            super().set_progress_handler(tick, _EVERY)

        def set_progress_handler(self, *args: Any, **kwargs: Any) -> None:
            """Leave the place to the counting: Datasette would put its time limit there."""

    def counted(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = connect(*args, **{"factory": Counted, **kwargs})
        return opened

    with patch.object(sqlite3, "connect", counted):
        yield steps
