"""An export in a process of its own, whose bytes come piece by piece: pages are answered meanwhile as ever.

Python runs one thread at a time, so that a thread at work on an export would make every page wait for it.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from publish.export.files import PIECE
from publish.export.formats import Format
from publish.export.selection import Selection
from publish.export.source import opened
from publish.export.writing import pieces

_PRELOADED = ["publish.export.apart", "publish.export.workbook", "publish.export.data_package"]
_NICE = 5  # pages go first


class ExportBroke(RuntimeError):
    """The process ended before its last byte; what went wrong stands on its stderr."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to export of which database, and the address of the site that shows it."""

    db: Path
    form: Format
    selection: Selection
    site: str


async def made(order: Order) -> AsyncIterator[bytes]:
    """The bytes of the export; who stops reading ends the process. Raises ExportBroke."""
    async with _running(order) as (process, reader):
        while piece := await reader.read(PIECE):
            yield piece
        await asyncio.to_thread(process.join)
        if process.exitcode:
            raise ExportBroke(f"{order.form.file_name}: {process.exitcode}")


@asynccontextmanager
async def _running(order: Order) -> AsyncIterator[tuple[BaseProcess, asyncio.StreamReader]]:
    ours, theirs = _server().Pipe(duplex=False)
    process = _server().Process(target=_make, args=(order, theirs), daemon=True)
    await asyncio.to_thread(process.start)
    theirs.close()
    reader = asyncio.StreamReader(limit=PIECE)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(os.dup(ours.fileno()), "rb")
    )
    ours.close()
    try:
        yield process, reader
    finally:
        transport.close()
        process.terminate()
        await asyncio.to_thread(process.join)


def _make(order: Order, to: Connection) -> None:
    """Write the export into the pipe; in the process of its own."""
    os.nice(_NICE)
    with suppress(BrokenPipeError), opened(order.db, order.selection, order.site) as source:
        for piece in pieces(source, order.form):
            _write(to.fileno(), piece)


def _write(to: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(to, rest) :]


@cache
def _server() -> ForkServerContext:
    """Where processes are forked from: one that has loaded all they need, and has no threads."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context
