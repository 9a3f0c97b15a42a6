"""A folder at a URL -> its files, each with a fingerprint, none of them read."""

import html
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from publish.remote.filesystem import reaching
from publish.remote.location import WEB, Location, Remote, is_hidden

_ASKED_AT_ONCE = 8  # files of an index page, each of which has to be asked about
# What file systems call it: s3, gs, http, a folder of this machine, memory.
_CHECKSUMS = ("ETag", "etag", "md5Hash", "Content-MD5", "Digest")
_TIMES = ("LastModified", "updated", "Last-Modified", "mtime", "created")


class Listed(NamedTuple):
    """A file and what shows that it changed: None where nothing does."""

    location: Remote
    fingerprint: str | None
    size: int | None


def listed(location: Remote, is_readable: Callable[[Location], bool] | None = None) -> Iterator[Listed]:
    """The one file, or those of a folder (all the way down) that are of a kind we read; hidden ones are left out.

    A URL on the web that ends with "/" is an index page, whose links to files are taken; any other is a file.
    Raises Unreachable, also where there is nothing at the URL.
    """
    is_readable = is_readable or _is_any
    with reaching(location) as (system, name):
        if location.scheme in WEB:
            found = _of_index(system, location, is_readable) if _is_index(location) else iter([location])
            with ThreadPoolExecutor(_ASKED_AT_ONCE) as asking:
                yield from asking.map(lambda file: _told(file, system.info(file.url)), found)
            return
        info = system.info(name)
        if info["type"] != "directory":
            yield _told(location, info)
            return
        for folder, _, files in system.walk(name, detail=True):
            for file, about in sorted(files.items()):
                inner = f"{folder}/{file}".removeprefix(name).strip("/")
                one = location.joinpath(inner)
                if not is_hidden(inner) and is_readable(one):
                    yield _told(one, about)


def _is_any(_: Location) -> bool:
    return True


def fingerprint(about: Mapping[str, Any]) -> str | None:
    """What a file system tells of a file, as a text that is another when the file is; None where it can't be told."""
    marks = [str(about[key]) for key in _CHECKSUMS if about.get(key)][:1]
    marks = marks or [str(about[key]) for key in _TIMES if about.get(key)][:1]
    return f"{about.get('size')}:{marks[0]}" if marks else None


def _told(location: Remote, about: Mapping[str, Any]) -> Listed:
    size, mark = about.get("size"), fingerprint(about)
    return Listed(location.told(size, mark), mark, size)


def _is_index(location: Remote) -> bool:
    return location.url.partition("?")[0].endswith("/")


def _of_index(system: Any, location: Remote, is_readable: Callable[[Location], bool]) -> Iterator[Remote]:
    """The files that the page links to, of this folder only."""
    links = {html.unescape(link["name"]) for link in system.ls(location.url, detail=True) if link["type"] == "file"}
    files = sorted(links, key=lambda url: Remote(url).parts)
    yield from (one for url in files if not is_hidden((one := Remote(url)).name) and is_readable(one))
