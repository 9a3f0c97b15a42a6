"""Servers of files on loopback, as processes of their own: of the web, of S3 and of Google Cloud Storage."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_KEYS = {"AWS_ACCESS_KEY_ID": "khoa", "AWS_SECRET_ACCESS_KEY": "bi-mat", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """The address of a server of the files of a folder."""
    with _listening("http.server", "--bind", "127.0.0.1", "--directory", str(folder)) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """What the environment must hold to use a server of S3 as the only one there is."""
    with _listening("moto.server", "-H", "127.0.0.1", "-p") as port:
        yield _KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}


@contextmanager
def gcs_server(bucket: str) -> Iterator[dict[str, str]]:
    """What the environment must hold to use a server of Google Cloud Storage, with a bucket, as the only one."""
    arguments = ("start", "--host", "127.0.0.1", "--in-memory", "--default-bucket", bucket, "--port")
    with _listening("gcp_storage_emulator", *arguments) as port:
        yield {"STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{port}"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def _listening(module: str, *arguments: str) -> Iterator[int]:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    ) as server:
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.kill()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(400):
        assert server.poll() is None, "the server has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nobody listens on {port}")
