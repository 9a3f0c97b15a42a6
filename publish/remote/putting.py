"""Files written on this machine -> at a URL, where they appear whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.atomic import replacing
from publish.remote.errors import ChangedMeanwhile, Unreachable
from publish.remote.location import WEB, Location, Remote, located

_UNFINISHED = ("-wal", "-journal")
_LARGEST_DATABASE = 1 << 40


@contextmanager
def appearing(location: Location) -> Iterator[Path]:
    """A new path to write to; what was written stands at the location at the end, or nothing new if anything fails."""
    if isinstance(location, Path):
        with replacing(location) as beside:
            yield beside
        return
    check_writable(location)
    with TemporaryDirectory(prefix="kehoach-") as folder:
        path = Path(folder) / location.name
        yield path
        _put(path, location)


def put_all(contents: Mapping[Location, bytes]) -> None:
    """Put each content at its location; at URLs many at a time."""
    remote: list[tuple[Remote, bytes]] = []
    for location, content in contents.items():
        if isinstance(location, Path):
            with replacing(location) as beside:
                beside.write_bytes(content)
        else:
            remote.append((location, content))
    if not remote:
        return
    first = remote[0][0]
    check_writable(first)
    from publish.remote.filesystem import reaching  # noqa: PLC0415  (fsspec, which local files need none of)

    with reaching(first) as (system, _):
        system.pipe({system._strip_protocol(location.url): content for location, content in remote})


def check_folder(given: str) -> None:
    """Raise ValueError, with what is wrong (Vietnamese), where what was given is no folder to write files into."""
    try:
        location = located(given)
    except ValueError:
        raise ValueError("không phải đường dẫn hay địa chỉ s3://, gs:// nào") from None
    if isinstance(location, Remote) and location.scheme in WEB:
        raise ValueError("là địa chỉ web, chỉ để đọc; hãy cho một thư mục, s3:// hoặc gs://")
    if isinstance(location, Path) and location.exists() and not location.is_dir():
        raise ValueError("là một tệp; hãy cho tên thư mục")


def check_writable(location: Remote) -> None:
    """Raise Unreachable where nothing can be put."""
    if location.scheme in WEB:
        raise Unreachable(f"{location}: địa chỉ web chỉ để đọc; hãy ghi vào thư mục, s3:// hoặc gs://")


@contextmanager
def local_database(location: Location) -> Iterator[Path]:
    """A path to work on a database: the path itself, or for a URL a copy of what stands there, if anything does.

    The copy is put back in one piece when the block ends well and has changed it. Raises ChangedMeanwhile where the
    database at the URL is not the one that was fetched any more, and Unreachable.
    """
    if isinstance(location, Path):
        yield location
        return
    from publish.remote.fetching import fetch  # noqa: PLC0415

    check_writable(location)
    with TemporaryDirectory(prefix="kehoach-") as folder:
        path = Path(folder) / location.name
        before = _mark(location)
        if before is not None:
            fetch(location, path, _LARGEST_DATABASE)
        fetched = _state(path)
        yield path
        if _state(path) == fetched:
            return
        left = [path.name + end for end in _UNFINISHED if path.with_name(path.name + end).exists()]
        if left:  # an open connection; the file alone would be half of it
            raise ChangedMeanwhile(f"{location}: cơ sở dữ liệu còn đang mở ({', '.join(left)}), nên không được ghi lên")
        if _mark(location) != before:
            raise ChangedMeanwhile(f"{location}: đã có bản mới hơn được ghi trong lúc này; chưa đổi gì, hãy chạy lại")
        _put(path, location)


def _put(path: Path, location: Remote) -> None:
    """Stores of objects show one when all of it has come."""
    from publish.remote.filesystem import reaching  # noqa: PLC0415

    with reaching(location) as (system, name):
        system.put_file(str(path), name)


def _mark(location: Remote) -> str | None:
    """What the file at the URL is known by; None where there is none."""
    from publish.remote.filesystem import reaching  # noqa: PLC0415
    from publish.remote.listing import fingerprint  # noqa: PLC0415

    with reaching(location) as (system, name):
        return (fingerprint(system.info(name)) or "") if system.exists(name) else None


def _state(path: Path) -> tuple[int, ...] | None:
    if not path.exists():
        return None
    about = path.stat()
    return about.st_ino, about.st_size, about.st_mtime_ns
