"""Bytes that are still being made -> an answer to a browser, at its pace, until it goes away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import aclosing, suppress
from typing import Any

from datasette.utils.asgi import Request, Response

from publish.export.apart import ExportBroke

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

_PATIENCE = 120  # seconds that a reader may take for one piece


def download_headers(name: str) -> dict[str, str]:
    """The headers of a file to keep under a name (ASCII): not for search engines, nor for caches on the way."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
        "X-Robots-Tag": "noindex, nofollow",
    }


class Streamed(Response):  # type: ignore[misc]
    """A file whose pieces are sent as they come.

    Where making them fails on the way, the connection ends before the file does, so that browsers call it broken.
    """

    def __init__(  # noqa: PLR0913  (what a file is)
        self,
        request: Request,
        pieces: AsyncIterator[bytes],
        first: bytes,
        *,
        name: str,
        media_type: str,
        length: int | None = None,
    ) -> None:
        """`first` is the piece that was read to see whether there is anything to send; `length` is in bytes."""
        headers = download_headers(name) | ({"Content-Length": str(length)} if length else {})
        super().__init__(first, headers=headers, content_type=media_type)
        self._request, self._pieces = request, pieces

    async def asgi_send(self, send: Send) -> None:
        """Send the head and all pieces."""
        gone = asyncio.ensure_future(_gone(self._request))
        try:
            with suppress(ExportBroke):  # its process has said why; the answer stays without an end
                await self._send_all(send, gone)
        finally:
            gone.cancel()

    async def _send_all(self, send: Send, gone: asyncio.Future[None]) -> None:
        async with aclosing(self._pieces) as pieces:  # type: ignore[type-var]
            await send(self._head())
            await _send_piece(send, self.body)
            async for piece in pieces:
                if gone.done():
                    return
                await _send_piece(send, piece)
            await send({"type": "http.response.body", "body": b""})

    def _head(self) -> Message:
        headers = {**self.headers, "content-type": self.content_type}
        named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        return {"type": "http.response.start", "status": self.status, "headers": named}


async def _send_piece(send: Send, piece: bytes) -> None:
    async with asyncio.timeout(_PATIENCE):
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _gone(request: Request) -> None:
    """Return when the reader has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
