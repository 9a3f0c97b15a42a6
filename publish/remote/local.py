"""A file, wherever it is -> one on this machine, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.remote.location import Location


@contextmanager
def local_copy(location: Location, within: Path | None = None) -> Iterator[Path]:
    """A file on this machine with the location's own name: itself, or fetched into a new folder in `within`.

    Raises UnreadableFile for what can't be fetched or is larger than any plan.
    """
    if isinstance(location, Path):
        yield location
        return
    from publish.remote.fetching import fetch  # noqa: PLC0415  (fsspec, which local files need none of)

    with TemporaryDirectory(prefix="kehoach-", dir=within, ignore_cleanup_errors=True) as folder:
        path = Path(folder) / location.name
        fetch(location, path)
        yield path
