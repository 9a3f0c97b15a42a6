"""PNG, JPEG, TIFF -> document: a page a picture, read by tesseract."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extract.errors import UnreadableFile
from extract.model import Document, Line, Table
from extract.read.ocr.engine import OcrUnavailable
from extract.read.ocr.page import read_page
from schemas import Problem, Severity

_MOST_PIXELS = 120_000_000  # of one picture: A3 at 800 dots an inch
_MOST_PAGES = 500
_SHORT_SIDE = 8.27  # inches of A4
_PAPER = (3.5, 17.0)  # inches that a page's short side may have
_LOWEST, _HIGHEST = 40, 1600  # dots an inch that are believed


def read_picture(path: Path, data: bytes) -> Document:
    """The document that a picture file shows. Raises UnreadableFile where it is damaged, or far too large."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            return _document(path, picture)
    except Image.DecompressionBombError as error:
        raise UnreadableFile(path, "ảnh quá lớn. Hãy quét lại ở 200–300 dpi.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(path, "tệp ảnh hỏng hoặc không phải ảnh. Hãy quét lại, hoặc lưu thành PNG.") from error
    except OcrUnavailable as error:
        raise UnreadableFile(path, str(error)) from error


def _document(path: Path, picture: Image.Image) -> Document:
    blocks: list[Line | Table] = []
    problems: list[Problem] = []
    count = min(getattr(picture, "n_frames", 1), _MOST_PAGES)
    for page, (image, dpi) in enumerate(pictures_of(path, picture), start=1):
        read = read_page(image, page, dpi)
        blocks += read.blocks
        problems += read.problems
    if getattr(picture, "n_frames", 1) > _MOST_PAGES:
        problems.append(_cut_short(picture))
    return Document(tuple(blocks), Image.MIME[picture.format or "PNG"], "ocr", count, tuple(problems))


def pictures_of(path: Path, picture: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """The pictures of a file, as a viewer shows them, each with its dots an inch."""
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number == _MOST_PAGES:
            return
        yield as_seen(path, frame)


def as_seen(path: Path, frame: Image.Image) -> tuple[Image.Image, int]:
    """A picture of a file, turned as a viewer shows it, and its dots an inch. Raises UnreadableFile for a huge one."""
    if frame.width * frame.height > _MOST_PIXELS:
        size = f"{frame.width} × {frame.height}"
        raise UnreadableFile(path, f"ảnh quá lớn ({size} điểm ảnh). Hãy quét lại ở 200–300 dpi.")
    image = ImageOps.exif_transpose(frame)
    return image, _dpi(image)


def _dpi(image: Image.Image) -> int:
    """The dots an inch that the file states, where they make a page of paper; else those of an A4 page."""
    short = min(image.size)
    stated = image.info.get("dpi", (0, 0))[0]
    if stated and _LOWEST <= stated <= _HIGHEST and _PAPER[0] <= short / stated <= _PAPER[1]:
        return round(float(stated))
    return max(1, round(short / _SHORT_SIDE))


def _cut_short(picture: Image.Image) -> Problem:
    message = f"Tệp có {getattr(picture, 'n_frames', 1)} trang ảnh, chỉ đọc {_MOST_PAGES} trang đầu."
    return Problem(code="text_truncated", message=message, severity=Severity.HIGH)
