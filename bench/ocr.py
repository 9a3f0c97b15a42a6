"""Times reading scanned pages against bare tesseract on the same pictures, in turns, in one run.

    python -m bench.ocr [FILE ...]      pictures, or PDF without text

Both sides run in this process, by tesserocr, with the same settings, so the ratio is what our reader adds.
Only ratios mean anything: absolute times here are noise. Exit 1 above MOST.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from PIL import Image, ImageSequence

from extract.read.ocr import read_page
from extract.read.ocr.engine import Layout, Threshold, engine

ROOT = Path(__file__).parents[1]
ROUNDS = 5
DPI = 200
MOST = 1.15  # of bare tesseract's time
FIRST = 2  # pages of each file, where none are named


def pages(path: Path) -> Iterator[Image.Image]:
    """The pictures of a file's pages."""
    if path.suffix.lower() != ".pdf":
        with Image.open(path) as picture:
            yield from (frame.copy() for frame in ImageSequence.Iterator(picture))
        return
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield page.render(scale=DPI / 72).to_pil()


def files() -> list[Path]:
    """The shared scans where they are, else a page of the tests."""
    shared = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared")) / "corpus" / "renditions"
    return sorted(shared.glob("*_scan.pdf")) or sorted((ROOT / "tests" / "data" / "scans").glob("thang*"))


def bare(image: Image.Image) -> int:
    """How many words tesseract alone finds."""
    tesseract = engine()
    tesseract.show(image.convert("L"), DPI)
    return len(tesseract.words(Layout.PAGE, threshold=Threshold.OTSU))


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes of the processor."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def timed(image: Image.Image) -> tuple[float, float]:
    """How long our reader and bare tesseract take of one page."""
    return seconds(partial(read_page, image, 1, DPI)), seconds(partial(bare, image))


def main() -> int:
    """Print a row a page and the ratio over all."""
    paths = [Path(name) for name in sys.argv[1:]] or files()
    most = None if sys.argv[1:] else FIRST
    ours_all = theirs_all = 0.0
    for path in paths:
        for number, image in enumerate(islice(pages(path), most), start=1):
            pairs = [timed(image) for _ in range(ROUNDS)]
            ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
            ours_all, theirs_all = ours_all + ours, theirs_all + theirs
            print(f"{path.name[:40]:40} {number:4} {ours / theirs:8.2f}")
    print(f"{'all':40} {'':4} {ours_all / theirs_all:8.2f}   (at most {MOST:g})")
    return int(ours_all / theirs_all > MOST)


if __name__ == "__main__":
    sys.exit(main())
