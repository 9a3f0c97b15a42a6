"""A database of ours -> its site on a local address, by Datasette with the configuration in `site/`."""

import asyncio
import errno
import gc
import json
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import uvicorn
from datasette.app import Datasette
from datasette.utils import parse_metadata

from extract.errors import KehoachError
from publish.database import check_ours, layout_version
from publish.logs import in_use
from publish.logs.requests import noted
from publish.pages.originals import PlansDatabase
from publish.pages.page import DATABASE
from publish.tables import LAYOUT_VERSION

SITE = Path(str(files("publish").joinpath("site")))


class CannotServe(KehoachError):
    """The site can't be put up; the message says why and what to do."""


class Metadata(dict[str, Any]):
    """The words of `metadata.yaml`, which nothing changes once they are read.

    Datasette copies them whole for each permission that it checks, more than a hundred times for the list of tables.
    """

    def __deepcopy__(self, memo: object) -> Self:
        return self


@contextmanager
def site(db: Path, base_url: str = "/", sources: Sequence[Path] = ()) -> Iterator[Datasette]:
    """The Datasette application of a database that `build` made; raises NotOurDatabase or CannotServe for another.

    `base_url` is the path of the site's address behind a proxy, between slashes; in `sources` the plans' own files are
    looked for where they no longer stand as the database says.
    """
    check_ours(db)
    if layout_version(db) != LAYOUT_VERSION:
        raise CannotServe(f"{db}: do phiên bản kehoach khác tạo; hãy tạo lại bằng `kehoach build THƯ_MỤC --db {db}`")
    for folder in sources:
        if not folder.is_dir():
            raise CannotServe(f"--sources {folder}: không có thư mục này; hãy kiểm tra lại đường dẫn")
    settings = json.loads((SITE / "settings.json").read_text("utf-8"))
    metadata = Metadata(parse_metadata((SITE / "metadata.yaml").read_text("utf-8")))
    datasette = Datasette(config_dir=SITE, settings={**settings, "base_url": base_url}, metadata=metadata)
    if hasattr(datasette, "_table_permission_allows"):  # made of the metadata alone, and asked for each table of a list
        datasette._table_permission_allows = cache(datasette._table_permission_allows)
    datasette.remove_database("_memory")
    with _plainly_named(db) as path:
        plans = PlansDatabase(datasette, path, beside=db.resolve().parent, folders=sources)
        datasette.add_database(plans, name=DATABASE)
        yield datasette


@contextmanager
def _plainly_named(db: Path) -> Iterator[Path]:
    """The database under a name that can stand in an HTTP header and a URI, which "hà nội #1.db" can't."""
    with TemporaryDirectory(prefix="kehoach-") as folder:
        plain = Path(folder) / f"{DATABASE}.db"
        try:
            plain.symlink_to(db.resolve())
        except OSError:  # Windows lets few people make links
            plain = db.resolve()
        yield plain


def listening(host: str, port: int) -> socket.socket:
    """A socket that already takes connections, so that the address is good from the moment it is printed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends at once what it has (TCP_NODELAY); else each page waits 40 ms for nothing.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen()
    except (OSError, UnicodeError) as error:
        sock.close()
        raise CannotServe(_why_not(host, port, error)) from error
    return sock


def serve(datasette: Datasette, sock: socket.socket) -> None:
    """Answer requests until the process is told to stop, by Ctrl-C or by SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    asyncio.run(datasette.invoke_startup())
    gc.collect()
    gc.freeze()  # what is loaded stays: to look through it for garbage would hold up a page for 80 ms now and then
    if in_use():
        config = uvicorn.Config(noted(datasette.app()), log_config=None, access_log=False, lifespan="on")
    else:
        config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[sock])


def address(sock: socket.socket, base_url: str = "/") -> str:
    """The address to open in a browser.

    >>> with listening("127.0.0.1", 0) as sock: address(sock).startswith("http://127.0.0.1:")
    True
    """
    host, port = sock.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base_url.rstrip('/')}"


def _why_not(host: str, port: int, error: OSError | UnicodeError) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return f"cổng {port} đang có chương trình khác dùng; hãy dừng chương trình đó hoặc thêm --port {port + 1}"
    if code == errno.EACCES:
        return f"không được phép dùng cổng {port}; hãy chọn cổng từ 1024 trở lên, ví dụ --port 8001"
    return f"không mở được địa chỉ {host}:{port} ({error}); hãy dùng --host 127.0.0.1"
