"""A file's bytes -> its pages as pictures: PDF by pdfium, scans by Pillow. Not to be used by two threads at once."""

import ctypes
import io
import math
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfBitmap, PdfDocument, PdfiumError, PdfPage, raw

from extract.errors import KehoachError, UnreadableFile
from extract.read.ocr.pictures import as_seen
from extract.read.pdf.frame import frame_of
from extract.read.pdf.opening import opened
from publish.pages.language import later
from publish.pages.words import Letter, letters_of

POINTS = 72  # an inch
_MOST_PIXELS = 16_000_000  # of one drawing: 48 MB while it is made
_MOST_LETTERS = 20_000  # of one page; a dense one has 5,000
_SECONDS = 5.0  # for one page; the longest of honest pages take half a second
_PLAIN, _GREY = {"L", "RGB"}, {"1", "I;16", "I", "F"}  # modes of Pillow

_NO_PAGES = later("Văn bản này không chia trang.")
_CLOSED = later("Không mở được tệp gốc: tệp bị hỏng, bị khóa bằng mật khẩu hoặc quá lớn.")
_NO_PAGE = later("Tệp gốc không có trang này.")
_NO_SIZE = later("Trang này của tệp gốc không có kích thước.")
_DAMAGED = later("Trang này của tệp gốc bị hỏng.")
_FAILED = later("Không vẽ được trang này của tệp gốc.")
_TOO_LONG = later("Trang này cần quá nhiều thời gian để vẽ.")
_BAD_PICTURE = later("Tệp ảnh gốc bị hỏng hoặc quá lớn.")


class NoPicture(KehoachError):
    """The page can't be drawn; the message says why (Vietnamese, a sentence)."""


class Pages(Protocol):
    """A file's pages, numbered from 1; sizes in points, as a viewer shows them."""

    def size(self, number: int) -> tuple[float, float]:
        """Width and height. Raises NoPicture where there is no such page, or it is damaged."""

    def drawn(self, number: int, dpi: int) -> Image.Image:
        """The page at so many dots an inch, fewer where it is very large. Raises NoPicture."""

    def letters(self, number: int) -> list[Letter]:
        """The letters of a page that the file holds as text; none of a scan. Raises NoPicture."""

    def close(self) -> None:
        """Give the memory back."""


def pages_of(path: Path, data: bytes, media_type: str) -> Pages:
    """The pages of a file. Raises NoPicture where it has none or can't be opened."""
    try:
        if media_type == "application/pdf":
            return _PdfPages(path, data)
        if media_type.startswith("image/"):
            return _Scans(path, data)
    except UnreadableFile as error:
        raise NoPicture(_CLOSED) from error
    raise NoPicture(_NO_PAGES)


class _PdfPages:
    """Pages with what signatures and forms print on them."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._stack = ExitStack()
        self._pdf: PdfDocument = self._stack.enter_context(opened(path, data))
        self._pdf.init_forms()

    def size(self, number: int) -> tuple[float, float]:
        with self._page(number) as page:
            frame = frame_of(page)
        if min(frame.width, frame.height) < 1:
            raise NoPicture(_NO_SIZE)
        return frame.width, frame.height

    def drawn(self, number: int, dpi: int) -> Image.Image:
        scale = _scale(*self.size(number), dpi)
        with self._page(number) as page:
            width, height = (max(1, math.ceil(side * scale)) for side in page.get_size())
            try:
                bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
                if _render(page, bitmap, self._pdf.formenv):
                    image: Image.Image = bitmap.to_pil()
                    return image
            except (PdfiumError, MemoryError) as error:
                raise NoPicture(_FAILED) from error
        raise NoPicture(_TOO_LONG)

    def letters(self, number: int) -> list[Letter]:
        with self._page(number) as page:
            frame, text = frame_of(page), page.get_textpage()
            box, found = raw.FS_RECTF(), []
            for i in range(min(text.count_chars(), _MOST_LETTERS)):
                for letter in _plain(chr(raw.FPDFText_GetUnicode(text, i))):
                    raw.FPDFText_GetLooseCharBox(text, i, box)  # as high as its line, whatever the letter
                    found.append(Letter(letter, *frame.seen_box(box.left, box.bottom, box.right, box.top)))
            return found

    def close(self) -> None:
        self._stack.close()

    @contextmanager
    def _page(self, number: int) -> Iterator[PdfPage]:
        if not 1 <= number <= len(self._pdf):
            raise NoPicture(_NO_PAGE)
        try:
            page = self._pdf[number - 1]
        except PdfiumError as error:
            raise NoPicture(_DAMAGED) from error
        try:
            yield page
        finally:
            page.close()


_plain = lru_cache(maxsize=4096)(letters_of)


def _scale(width: float, height: float, dpi: int) -> float:
    """Dots a point."""
    return min(dpi / POINTS, math.sqrt(_MOST_PIXELS / (width * height)))


def _render(page: PdfPage, bitmap: PdfBitmap, forms: object) -> bool:
    """Draw the page with its annotations and form fields; false where it takes too long, and is given up."""
    end = time.monotonic() + _SECONDS
    asks = raw.IFSDK_PAUSE(version=1)
    asks.NeedToPauseNow = type(asks.NeedToPauseNow)(lambda _pause: time.monotonic() > end)
    where = (bitmap, page, 0, 0, bitmap.width, bitmap.height, 0, raw.FPDF_ANNOT)
    status = raw.FPDF_RenderPageBitmap_Start(*where, ctypes.byref(asks))
    raw.FPDF_RenderPage_Close(page)
    if status != raw.FPDF_RENDER_DONE:
        return False
    if forms:
        raw.FPDF_FFLDraw(forms, *where)
    return True


@dataclass(frozen=True, slots=True)
class _Scans:
    """The pictures of a file; each is read anew when it is asked for, since they are large."""

    path: Path
    data: bytes

    def size(self, number: int) -> tuple[float, float]:
        with self._frame(number) as (image, dpi):
            return image.width * POINTS / dpi, image.height * POINTS / dpi

    def drawn(self, number: int, dpi: int) -> Image.Image:
        with self._frame(number) as (image, own):
            plain = image if image.mode in _PLAIN else image.convert("L" if image.mode in _GREY else "RGB")
            points = POINTS / own
            scale = min(1.0, _scale(image.width * points, image.height * points, dpi) * points)
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            return plain.resize(size, reducing_gap=2)

    def letters(self, number: int) -> list[Letter]:  # noqa: ARG002
        return []

    def close(self) -> None:
        """Nothing is held."""

    @contextmanager
    def _frame(self, number: int) -> Iterator[tuple[Image.Image, int]]:
        try:
            with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(self.data)) as picture:
                if not 1 <= number <= getattr(picture, "n_frames", 1):
                    raise NoPicture(_NO_PAGE)
                picture.seek(number - 1)
                yield as_seen(self.path, picture)
        except UnreadableFile as error:
            raise NoPicture(_CLOSED) from error
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
            raise NoPicture(_BAD_PICTURE) from error
