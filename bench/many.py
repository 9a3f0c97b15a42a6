"""A database of thousands of plans: our own samples over and over, each time of another place, year and number.

    python -m bench.many --plans 2000 --db build/many.db [--seed 1]

The same arguments give the same plans. They are written as records, as `kehoach extract` writes them, into a folder
beside the database, by several processes; then the database is built of these files as any is. Records that are there
are not written again.
"""

import argparse
import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from bench.reported import report_on
from bench.samples import PLANS as SAMPLES
from bench.samples import ROOT
from bench.variation import varied
from extract import EXTRACTOR, SUFFIXES, extract_plan
from publish.database import build
from publish.reading import RECORD_SUFFIX
from schemas import Record

PLANS = 2000
_IN_A_FOLDER = 500  # records


def sample_files() -> list[Path]:
    """The files of our own corpus, but for scans, which not every machine reads."""
    paths = sorted(SAMPLES.iterdir())
    return [path for path in paths if path.suffix in SUFFIXES and not path.stem.endswith("-scan")]


@cache
def samples() -> list[Record]:
    """Their records."""
    return [extract_plan(path) for path in sample_files()]


def many(plans: int, seed: str) -> Iterator[tuple[Record, Path]]:
    """The copies, each with the sample's file."""
    own, files = samples(), sample_files()
    for at in range(plans):
        yield varied(own, at, seed, plans), files[at % len(files)]


def records(plans: int, seed: str, folder: Path) -> list[Path]:
    """The copies as record files below a folder, each with its sample's file beside it under the copy's name."""
    samples()  # read once, for all processes
    own = folder / f"{plans}-{seed}-{_version()}"
    for old in folder.glob("*-*-*"):
        if old != own:
            shutil.rmtree(old)
    parts = range(-(-plans // _IN_A_FOLDER))
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for done, _ in enumerate(pool.map(partial(_written, plans, seed, own), parts), 1):
            _tell("records", done * _IN_A_FOLDER, plans)
    return sorted(own.rglob(f"*{RECORD_SUFFIX}"))


def _version() -> str:
    """What the copies depend on beside the seed: the rules that the samples are read by, and what varies them."""
    ways = b"".join((ROOT / "bench" / f"{name}.py").read_bytes() for name in ("many", "rewriting", "variation"))
    return f"{EXTRACTOR.rpartition('+')[2]}{hashlib.sha256(ways).hexdigest()[:8]}"


def _written(plans: int, seed: str, folder: Path, part: int) -> None:
    """Write a folder of records, whole or not at all."""
    place = folder / f"{part:04}"
    if place.exists():
        return
    shutil.rmtree(beside := folder / f".{part:04}", ignore_errors=True)
    beside.mkdir(parents=True)
    own, files = samples(), sample_files()
    for at in range(part * _IN_A_FOLDER, min(plans, (part + 1) * _IN_A_FOLDER)):
        record = varied(own, at, seed, plans)
        name = record.source.filename
        (beside / f"{name}{RECORD_SUFFIX}").write_text(record.model_dump_json(exclude_none=True), "utf-8")
        (beside / name).symlink_to(files[at % len(files)])
    beside.rename(place)


def write(plans: int, db: Path, seed: str) -> None:
    """Make the database anew; it appears when it is whole."""
    db.unlink(missing_ok=True)
    beside = db.with_name(f".{db.name}.part")
    beside.unlink(missing_ok=True)
    paths = records(plans, seed, db.with_suffix(".records"))
    report = build(paths, beside, on_progress=lambda done, total, _: _tell("database", done, total))
    if report.plans != plans:
        raise RuntimeError(f"{report.plans} plans instead of {plans}: {[str(one) for one in report.failures[:3]]}")
    report_on(beside, seed)
    beside.replace(db)


def _tell(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"{what} {min(done, of)}/{of}", end="\r", file=sys.stderr)


def main() -> None:
    """Make the database and say how long it took and how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=int, default=PLANS)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    given.db.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    write(given.plans, given.db, given.seed)
    size = given.db.stat().st_size / 1e6
    print(f"{given.db}: {given.plans} plans, {size:.0f} MB, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
