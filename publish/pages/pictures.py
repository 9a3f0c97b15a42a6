"""The pages of plans' files as PNG: drawn by one thread, since pdfium allows no more, and kept within bounds."""

import asyncio
import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from PIL import Image

from publish.pages.drawing import NoPicture, Pages, pages_of
from publish.pages.originals import NoOriginal
from publish.pages.words import Letter

DPI, LARGE_DPI = 144, 288  # of the picture in a page, and of the one that opens by itself

_KB, _MB = 1 << 10, 1 << 20
_FILES = 128 * _MB  # of files that stay open; a larger one stays open alone
_DRAWN = 96 * _MB  # of pictures: some 400 pages
_LETTERS, _A_PAGE = 200_000, 100  # letters with their places: some 40 MB; what an empty page counts for
_SIZES = 50_000  # pages whose size is remembered
_COLORS = 64  # paper, ink in its greys, a red stamp, a blue signature

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a plan was read from, as it is on the disk; its bytes are the ones of `sha256`."""

    path: Path
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size in points; or why it has no picture (`trouble`, Vietnamese)."""

    number: int
    width: float = 0.0
    height: float = 0.0
    trouble: str = ""


def _nothing(_value: object) -> None:
    """Most things need no closing."""


@dataclass(slots=True)
class Kept(Generic[K, V]):
    """What was used last, up to a weight together; `dropped` is told of what has to go. One always stays."""

    most: int
    dropped: Callable[[V], None] = _nothing
    weight: int = 0
    _held: "OrderedDict[K, tuple[V, int]]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: K) -> V | None:
        """What is kept under a key."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: K, value: V, weight: int = 1) -> V:
        """Keep something, in place of what was used longest ago."""
        with self._lock:
            replaced = self._held.pop(key, None)
            self._held[key] = (value, weight)
            self.weight += weight - (replaced[1] if replaced else 0)
            gone = [replaced[0]] if replaced else []
            while self.weight > self.most and len(self._held) > 1:
                old, freed = self._held.popitem(last=False)[1]
                self.weight -= freed
                gone.append(old)
        for old in gone:
            self.dropped(old)
        return value


def _close(pages: Pages | NoPicture) -> None:
    if not isinstance(pages, NoPicture):
        pages.close()


class Pictures:
    """What can't be drawn is remembered too. All of pdfium happens in `_thread`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pdfium")
        self._open: Kept[str, Pages | NoPicture] = Kept(_FILES, _close)
        self._sizes: Kept[tuple[str, int], Sheet] = Kept(_SIZES)
        self._letters: Kept[tuple[str, int], list[Letter]] = Kept(_LETTERS)
        self._drawn: Kept[tuple[str, int, int], bytes | NoPicture] = Kept(_DRAWN)

    async def sheets(self, original: Original, numbers: Iterable[int]) -> list[Sheet]:
        """The sizes of some pages, or why they have no picture as far as that is known. Raises NoOriginal."""
        return [await self._sheet(original, number) for number in numbers]

    async def png(self, original: Original, number: int, dpi: int = DPI) -> bytes:
        """A page's picture. Raises NoPicture or NoOriginal."""
        found = self._drawn.get((original.sha256, number, dpi))
        if found is None:
            found = await self._in_thread(partial(self._draw, original, number, dpi))
        if isinstance(found, NoPicture):
            raise NoPicture(str(found))
        return found

    async def letters(self, original: Original, number: int) -> list[Letter]:
        """The letters of a page; none where the file does not hold them as text. Raises NoOriginal."""
        known = self._letters.get((original.sha256, number))
        return await self._in_thread(partial(self._read, original, number)) if known is None else known

    async def _sheet(self, original: Original, number: int) -> Sheet:
        drawn = self._drawn.get((original.sha256, number, DPI))
        if isinstance(drawn, NoPicture):
            return Sheet(number, trouble=str(drawn))
        known = self._sizes.get((original.sha256, number))
        return await self._in_thread(partial(self._measure, original, number)) if known is None else known

    async def _in_thread(self, work: Callable[[], V]) -> V:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _measure(self, original: Original, number: int) -> Sheet:
        try:
            sheet = Sheet(number, *self._pages(original).size(number))
        except NoPicture as error:
            sheet = Sheet(number, trouble=str(error))
        return self._sizes.put((original.sha256, number), sheet)

    def _read(self, original: Original, number: int) -> list[Letter]:
        try:
            letters = self._pages(original).letters(number)
        except NoPicture:
            letters = []
        return self._letters.put((original.sha256, number), letters, _A_PAGE + len(letters))

    def _draw(self, original: Original, number: int, dpi: int) -> bytes | NoPicture:
        key = (original.sha256, number, dpi)
        known = self._drawn.get(key)  # drawn while this request waited
        if known is not None:
            return known
        try:
            drawn = self._draw_anew(original, number, dpi)
        except NoPicture as error:
            return self._drawn.put(key, error, _KB)
        return self._drawn.put(key, drawn, len(drawn))

    def _draw_anew(self, original: Original, number: int, dpi: int) -> bytes:
        return _as_png(self._pages(original).drawn(number, dpi))

    def _pages(self, original: Original) -> Pages:
        found = self._open.get(original.sha256)
        if found is None:
            data = _bytes_of(original)
            try:
                found = pages_of(original.path, data, original.media_type)
                self._open.put(original.sha256, found, _KB + len(data))
            except NoPicture as error:
                found = self._open.put(original.sha256, error, _KB)
        if isinstance(found, NoPicture):
            raise NoPicture(str(found))
        return found


def _bytes_of(original: Original) -> bytes:
    """The file's bytes, which must be the ones that were read into the record."""
    try:
        data = original.path.read_bytes()
    except OSError as error:
        raise NoOriginal(NoOriginal.GONE) from error
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise NoOriginal(NoOriginal.CHANGED)
    return data


def _as_png(image: Image.Image) -> bytes:
    """A small PNG, quickly made."""
    out = io.BytesIO()
    palette = image.convert("RGB").quantize(_COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(out, "PNG", compress_level=3)
    return out.getvalue()


PICTURES = Pictures()  # one for the process, as pdfium is
