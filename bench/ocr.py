"""Times reading scanned pages against bare tesseract on the same pictures, in turns, in one run.

    python -m bench.ocr [--quick] [FILE ...]      pictures, or PDF without text

Both sides run in this process, by tesserocr, with the same settings, so the ratio is what our reader adds.
Only ratios mean anything: absolute times here are noise. Exit 1 above MOST.
"""

import argparse
import gc
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from PIL import Image, ImageSequence

from bench.page import keep, table
from bench.samples import scans
from extract.read.ocr import read_page
from extract.read.ocr.engine import Layout, Threshold, engine

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


def measured(paths: Sequence[Path], rounds: int, most: int | None) -> tuple[list[tuple[str, int, float]], float]:
    """A row a page, the first `most` of each file: the file's name, the page and the ratio; and the ratio over all."""
    rows, ours_all, theirs_all = [], 0.0, 0.0
    for path in paths:
        for number, image in enumerate(islice(pages(path), most), start=1):
            pairs = [timed(image) for _ in range(rounds)]
            ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
            ours_all, theirs_all = ours_all + ours, theirs_all + theirs
            rows.append((path.name, number, ours / theirs))
            print(f"{path.name[:40]:40} {number:4} {ours / theirs:8.2f}", flush=True)
    return rows, ours_all / theirs_all


def main() -> int:
    """Print a row a page and the ratio over all, put them on the page; exit 1 above MOST."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--quick", action="store_true", help="one page, once; docs/benchmarks.md stays as it is")
    asked = parser.parse_args()
    if shutil.which("tesseract") is None:
        print("tesseract is not installed (scripts/install-system.sh ocr): nothing to measure")
        return 0
    paths = asked.files or scans()
    rows, ratio = measured(paths[:1], 1, 1) if asked.quick else measured(paths, ROUNDS, None if asked.files else FIRST)
    print(f"{'all':40} {'':4} {ratio:8.2f}   (at most {MOST:g})")
    if not (asked.quick or asked.files):
        told = table(["Scan", "Page", "Time"], [(name, number, f"{own:.2f}") for name, number, own in rows])
        said = f"{len(rows)} pages, median of {ROUNDS} rounds, processor's time in times bare tesseract's."
        keep("ocr", "ocr", f"{said}\n\n{told}\n\n- reading a scan / bare tesseract: {ratio:.2f} (at most {MOST:g})")
    return int(ratio > MOST and not asked.quick)


if __name__ == "__main__":
    sys.exit(main())
