"""When to build again: when something has changed in the folders, and now and then for what nobody tells of."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from publish.remote.location import Location, is_hidden

_QUIET, _LONGEST = 1_000, 60_000  # ms: a copy of many files is to be over first, but not waited for without end


def occasions(paths: Sequence[Location], db: Path, every: int) -> Iterator[None]:
    """At once, after each change, and whenever so many seconds have gone by without one."""
    yield
    own = db.resolve()
    folders = {folder for path in paths if isinstance(path, Path) and (folder := _folder(path)).is_dir()}

    def counts(_: Change, name: str) -> bool:
        """Whether a change is of a file that a build may read, and not the database or its journal."""
        path = Path(name)
        if path.parent == own.parent and path.name.startswith(own.name):
            return False
        root = next((folder for folder in folders if path.is_relative_to(folder)), path.parent)
        return not is_hidden(path.relative_to(root).as_posix())

    changes = watch(
        *sorted(folders or {own.parent}),
        watch_filter=counts,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=every * 1000,
        yield_on_timeout=True,
    )
    for _ in changes:
        yield


def _folder(path: Path) -> Path:
    resolved = path.resolve()
    return resolved if resolved.is_dir() else resolved.parent
