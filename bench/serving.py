"""The site and a plain Datasette of one database, each a process of its own on a free port of this machine."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

KEHOACH = Path(sys.executable).with_name("kehoach")
# As plain as Datasette gets, with as many rows a page as our tables have.
_PLAIN = ("--setting", "default_page_size", "50", "--setting", "suggest_facets", "off")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: str
    process: int

    @property
    def memory(self) -> int:
        """The bytes of memory that it has now, without the processes that it started; 0 where nothing tells."""
        try:
            told = Path(f"/proc/{self.process}/status").read_text("ascii")
        except OSError:
            return 0
        return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmRSS:")), 0)


@contextmanager
def serving(db: Path) -> Iterator[Server]:
    """The site; its address is the first line that it prints."""
    process = subprocess.Popen([KEHOACH, "serve", str(db), "--port", "0"], stdout=subprocess.PIPE, text=True)
    with _until_done(process):
        yield Server(process.stdout.readline().strip() if process.stdout else "", process.pid)


@contextmanager
def serving_plainly(db: Path) -> Iterator[Server]:
    """Datasette alone, with the database under the name that ours has."""
    with TemporaryDirectory() as folder, closing(socket.socket()) as free:
        path = Path(folder) / "plans.db"
        path.symlink_to(db.resolve())
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "--port", str(port), *_PLAIN]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with _until_done(process):
            _wait_for(port)
            yield Server(f"http://127.0.0.1:{port}", process.pid)


@contextmanager
def _until_done(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")
