"""A progress bar on stderr, where somebody is watching and there is something to wait for; each file in the log."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from publish.logs import event
from publish.remote.location import Location

_WORTH_SHOWING = 2

Progress = Callable[[int, int, Location], None]


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A function to call with (files done, files in all, file just done); it shows nothing but on a terminal."""
    began = time.monotonic()
    with _bar(label) as show:

        def on_progress(done: int, total: int, path: Location) -> None:
            show(done, total, path)
            event("file", logging.DEBUG, file=path, done=done, total=total, seconds=time.monotonic() - began)

        yield on_progress


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda _done, _total, _path: None
        return
    from rich.console import Console  # noqa: PLC0415  (only where the bar is seen)
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, visible=False)
        yield lambda done, total, path: bar.update(
            task, completed=done, total=total, visible=total >= _WORTH_SHOWING, description=f"{label} {path.name}"
        )
