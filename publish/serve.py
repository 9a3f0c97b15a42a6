"""A database of ours -> its site on a local address, by Datasette with the configuration in `site/`."""

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from datasette.app import Datasette
from datasette.database import Database

from extract.errors import KehoachError
from publish.database import check_ours, layout_version
from publish.pages.page import DATABASE
from publish.tables import LAYOUT_VERSION

SITE = Path(str(files("publish").joinpath("site")))


class CannotServe(KehoachError):
    """The site can't be put up; the message says why and what to do."""


@contextmanager
def site(db: Path) -> Iterator[Datasette]:
    """The Datasette application of a database that `build` made; raises NotOurDatabase or CannotServe for another."""
    check_ours(db)
    if layout_version(db) != LAYOUT_VERSION:
        raise CannotServe(f"{db}: do phiên bản kehoach khác tạo; hãy tạo lại bằng `kehoach build THƯ_MỤC --db {db}`")
    datasette = Datasette(config_dir=SITE)
    datasette.remove_database("_memory")
    with _plainly_named(db) as path:
        datasette.add_database(Database(datasette, str(path), is_mutable=False), name=DATABASE)
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
    sock = socket.socket(family, socket.SOCK_STREAM)
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
    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[sock])


def address(sock: socket.socket) -> str:
    """The address to open in a browser.

    >>> with listening("127.0.0.1", 0) as sock: address(sock).startswith("http://127.0.0.1:")
    True
    """
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _why_not(host: str, port: int, error: OSError | UnicodeError) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return f"cổng {port} đang có chương trình khác dùng; hãy dừng chương trình đó hoặc thêm --port {port + 1}"
    if code == errno.EACCES:
        return f"không được phép dùng cổng {port}; hãy chọn cổng từ 1024 trở lên, ví dụ --port 8001"
    return f"không mở được địa chỉ {host}:{port} ({error}); hãy dùng --host 127.0.0.1"
