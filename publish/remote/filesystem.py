"""A URL -> the fsspec file system that opens it, and its name there; what went wrong, in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

from extract.errors import UnreadableFile
from publish.remote.errors import Unreachable
from publish.remote.location import PACKAGES, WEB, Remote

_TO_CONNECT, _FOR_THE_NEXT_BYTES = 30, 60  # seconds
# gcsfs would ask by gRPC what kind of bucket it has; processes that are forked, as ours are, can't go on with that.
_NO_GRPC = "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false"
_GONE, _REFUSED = {404, 410}, {401, 403}
_SAID = 160  # letters of an error that are shown


def opened(location: Remote) -> tuple[Any, str]:
    """The file system, one for each process, and what the location is called in it."""
    options: dict[str, Any] = {"use_listings_cache": False}
    os.environ.setdefault(*_NO_GRPC)
    try:
        if location.scheme in WEB:
            options["client_kwargs"] = {"timeout": _patience(), "trust_env": True}
        system = fsspec.filesystem(location.scheme, **options)
    except ImportError as error:
        package = PACKAGES[location.scheme]
        message = f"cần gói {package} để mở địa chỉ {location.scheme}://; hãy cài: pip install 'kehoach[remote]'"
        raise UnreadableFile(str(location), message) from error
    return system, system._strip_protocol(location.url)


def _patience() -> object:
    """No limit for a large file as long as something comes."""
    from aiohttp import ClientTimeout  # noqa: PLC0415  (of the extra "remote")

    return ClientTimeout(total=None, sock_connect=_TO_CONNECT, sock_read=_FOR_THE_NEXT_BYTES)


def why(location: Remote, error: Exception) -> str:
    """Why a location could not be reached, and what to do; never with the keys in its URL."""
    if isinstance(error, UnreadableFile):
        return error.message
    if location.scheme in WEB and isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        return why(location, error.__cause__)  # fsspec says that there is no file of all that goes wrong on the web
    status = getattr(error, "status", None)
    if isinstance(error, FileNotFoundError) or status in _GONE:
        return "không có tệp hay thư mục này; hãy kiểm tra lại địa chỉ"
    if isinstance(error, PermissionError) or status in _REFUSED:
        return "không có quyền với địa chỉ này; hãy kiểm tra khóa truy cập (docs/cluster.md)"
    said = type(error).__name__
    if location.scheme in WEB:
        said += f" {status or ''}".rstrip()
    elif str(error):
        said += f": {str(error)[:_SAID]}"
    return f"không tới được địa chỉ này ({said}); hãy kiểm tra mạng và khóa truy cập"


@contextmanager
def reaching(location: Remote) -> Iterator[tuple[Any, str]]:
    """The file system and the name in it; what fails meanwhile is Unreachable, with the URL and what to do."""
    try:
        yield opened(location)
    except MemoryError:
        raise
    except Exception as error:  # each file system has errors of its own
        raise Unreachable(f"{location}: {why(location, error)}") from error
