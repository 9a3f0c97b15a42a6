"""Image -> words with boxes and confidence, by tesseract: in process through tesserocr, else by its command."""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Protocol

from PIL import Image

from extract.errors import KehoachError

LANGUAGE = "vie"
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
# Where Debian, Fedora, Arch, Homebrew, conda and Windows put the languages.
_USUAL_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    f"{sys.prefix}/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
_WORD_LEVEL = "5"
_SECONDS = 120  # for one page by the command

Rectangle = tuple[int, int, int, int]


class Layout(IntEnum):
    """How tesseract is to take the page: its own numbers of page segmentation."""

    PAGE = 3
    BLOCK = 6
    SPARSE = 11
    LINE = 7


class Threshold(IntEnum):
    """How ink is told from paper: tesseract's own numbers. Otsu's one level fails on a nearly empty, noisy page."""

    OTSU = 0
    SAUVOLA = 2


class OcrUnavailable(KehoachError):
    """Tesseract or its Vietnamese is not installed."""

    def __init__(self) -> None:
        super().__init__(f"cần tesseract với tiếng Việt để đọc ảnh quét. Hãy cài bằng lệnh: {INSTALL}")


@dataclass(frozen=True, slots=True)
class Word:
    """A recognized word: its box in pixels, confidence from 0 to 100, and the line it stands on."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    line: tuple[int, int, int] = (0, 0, 0)


class Engine(Protocol):
    """A way to tesseract."""

    def show(self, image: Image.Image, dpi: int) -> None:
        """Take the grey image that the next calls are about."""

    def words(self, layout: Layout, part: Rectangle | None = None, *, threshold: Threshold) -> list[Word]:
        """The words of the image, or of a part of it (x0, y0, x1, y1); their boxes are the image's."""

    def turn(self) -> int:
        """How many degrees clockwise the image has to be turned to stand upright."""


@cache
def engine() -> Engine:
    """The engine of this process. Raises OcrUnavailable where there is none."""
    data = _language_data()
    if data is None:
        raise OcrUnavailable
    try:
        return _InProcess(data)
    except ImportError:
        program = shutil.which("tesseract")
        if program is None:
            raise OcrUnavailable from None
        return _ByCommand(program, data)


def _language_data() -> Path | None:
    """The folder of tesseract's languages that has Vietnamese; of several versions the newest."""
    for place in _USUAL_PLACES:
        root = Path(place.partition("*")[0])
        found = root.glob("*/tessdata") if "*" in place else [root]
        for folder in sorted(found, reverse=True):
            if (folder / f"{LANGUAGE}.traineddata").is_file():
                return folder
    return None


class _InProcess:
    """Tesseract inside this process: no start and no language to load for each page."""

    def __init__(self, data: Path) -> None:
        import tesserocr  # type: ignore[import-untyped]  # noqa: PLC0415  (30 MB, and for scans only)

        self._tesserocr = tesserocr
        self._data = f"{data}/"
        self._api = tesserocr.PyTessBaseAPI(path=self._data, lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
        self._shown: tuple[Image.Image, int] | None = None

    def show(self, image: Image.Image, dpi: int) -> None:
        self._shown = image, dpi
        _set_image(self._api, image, dpi)

    def words(self, layout: Layout, part: Rectangle | None = None, *, threshold: Threshold) -> list[Word]:
        self._api.SetVariable("thresholding_method", str(int(threshold)))
        self._api.SetPageSegMode(int(layout))
        if part is not None:
            x0, y0, x1, y1 = part
            self._api.SetRectangle(x0, y0, x1 - x0, y1 - y0)
        return list(_parsed(self._api.GetTSVText(0)))

    def turn(self) -> int:
        if self._shown is None or not Path(self._data, "osd.traineddata").is_file():
            return 0
        mode = self._tesserocr.PSM.OSD_ONLY
        with self._tesserocr.PyTessBaseAPI(path=self._data, lang="osd", psm=mode) as api:
            _set_image(api, *self._shown)
            found = api.DetectOrientationScript()
        return int(found["orient_deg"]) if found else 0


def _set_image(api: object, image: Image.Image, dpi: int) -> None:
    api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)  # type: ignore[attr-defined]
    api.SetSourceResolution(dpi)  # type: ignore[attr-defined]


class _ByCommand:
    """The program tesseract, started for every image."""

    def __init__(self, program: str, data: Path) -> None:
        self._program, self._data = program, data
        self._shown: tuple[Image.Image, int] | None = None

    def show(self, image: Image.Image, dpi: int) -> None:
        self._shown = image, dpi

    def words(self, layout: Layout, part: Rectangle | None = None, *, threshold: Threshold) -> list[Word]:
        options = ["-l", LANGUAGE, "--oem", "1", "--psm", str(int(layout)), "-c", f"thresholding_method={threshold:d}"]
        found = _parsed(self._run(part, [*options, "tsv"]))
        return list(found) if part is None else [_moved(word, part[0], part[1]) for word in found]

    def turn(self) -> int:
        said = self._run(None, ["-l", "osd", "--psm", "0"])
        degrees = [line.rpartition(":")[2] for line in said.splitlines() if line.startswith("Rotate:")]
        return int(degrees[0]) if degrees else 0

    def _run(self, part: Rectangle | None, options: Sequence[str]) -> str:
        if self._shown is None:
            return ""
        image, dpi = self._shown
        written = io.BytesIO()
        (image if part is None else image.crop(part)).save(written, "PNG", compress_level=1)
        command = [self._program, "stdin", "stdout", "--tessdata-dir", str(self._data), "--dpi", str(dpi), *options]
        done = subprocess.run(command, input=written.getvalue(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        return done.stdout.decode("utf-8", "replace")


def _parsed(table: str) -> Iterator[Word]:
    """The words of tesseract's table: level, page, block, paragraph, line, word, the box, confidence, text."""
    for row in table.splitlines():
        parts = row.split("\t")
        if len(parts) == 12 and parts[0] == _WORD_LEVEL and parts[11].strip():
            x, y, width, height = map(int, parts[6:10])
            line = (int(parts[2]), int(parts[3]), int(parts[4]))
            yield Word(parts[11].strip(), x, y, x + width, y + height, float(parts[10]), line)


def _moved(word: Word, x: int, y: int) -> Word:
    return Word(word.text, word.x0 + x, word.y0 + y, word.x1 + x, word.y1 + y, word.confidence, word.line)
