"""A database of thousands of plans: our own samples over and over, each time of another place, year and number.

    python -m bench.many --plans 2000 --db build/many.db [--seed 1]

The same arguments give the same database. Records are made one by one and their rows kept on disk until they are
written, so that a million tasks need little memory.
"""

import argparse
import os
import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from bench.reported import report_on
from bench.variation import varied
from extract import SUFFIXES, extract_plan
from publish.citation_links import link_citations
from publish.database import _write
from publish.rows import record_rows
from publish.shared_rows import codelist_rows, merged, name_unlisted_codes
from publish.tables import CODELISTS, TABLES, Row, Rows, Table
from schemas import Record

ROOT = Path(__file__).parents[1]
PLANS = 2000
_CITATION = ("id", "number", "issued_date", "issuer")  # what citations are linked by
_AT_ONCE = 200  # plans between two words on progress


class Pile:
    """The rows of a table in a file, to be read over from the beginning."""

    def __init__(self, path: Path) -> None:
        """Begins empty."""
        self._path = path
        self._stream = path.open("wb")

    def extend(self, rows: list[Row]) -> None:
        """Put rows behind the others."""
        pickle.dump(rows, self._stream, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Row]:
        self._stream.flush()
        with self._path.open("rb") as stream:
            while stream.peek(1):
                yield from pickle.load(stream)  # noqa: S301 (written just above)


def samples() -> list[Record]:
    """The records of our own corpus, but for scans, which not every machine reads."""
    paths = sorted((ROOT / "corpus" / "plans").iterdir())
    return [extract_plan(path) for path in paths if path.suffix in SUFFIXES and not path.stem.endswith("-scan")]


def many(plans: int, seed: str) -> Iterator[tuple[Record, Path]]:
    """The copies, each with the sample's file."""
    own = samples()
    by_name = {path.name: path for path in (ROOT / "corpus" / "plans").iterdir()}
    for at in range(plans):
        yield varied(own, at, seed, plans), by_name[own[at % len(own)].source.filename]


def gathered(records: Iterable[tuple[Record, Path]], folder: Path, db: Path) -> Rows:
    """The rows of every table; the long ones lie in files of the folder."""
    piles: dict[str, Pile | list[Row]] = {t.name: [] if t.kept else Pile(folder / t.name) for t in TABLES}
    shared: dict[str, dict[str, Row]] = {"localities": {}, "units": {}}
    linking: Rows = {"plans": [], "legal_bases": []}
    codes: dict[str, set[tuple[object, ...]]] = {table.name: set() for table in TABLES}
    for record, path in records:
        sources: list[Row] = [{"plan_id": record.id, "path": os.path.relpath(path, db.resolve().parent)}]
        for name, rows in (record_rows(record) | {"sources": sources}).items():
            for row in rows:
                codes[name].add(tuple(row[column] for column in _coded(name)))
            if name == "plans":
                linking["plans"] += [{column: row[column] for column in _CITATION} for row in rows]
            if name in shared:
                shared[name] |= {str(sorted(row.items(), key=str)): row for row in rows}
            elif name == "legal_bases":
                linking[name] += rows
            else:
                piles[name].extend(rows)
    link_citations(linking)
    found: dict[str, Iterable[Row]] = {**piles, "legal_bases": linking["legal_bases"]}
    return cast("Rows", found | {name: merged(rows.values()) for name, rows in shared.items()} | _codelists(codes))


_BY_NAME = {table.name: table for table in TABLES}


def _coded(name: str) -> list[str]:
    """The columns of a table that hold codes."""
    table: Table = _BY_NAME[name]
    return [column for column, listed in table.links.items() if listed in (*CODELISTS, "indicators")]


def _codelists(codes: dict[str, set[tuple[object, ...]]]) -> Rows:
    """The codelists, with the codes in use that they lack."""
    found = {name: codelist_rows(name) for name in (*CODELISTS, "indicators")}
    used = {
        name: [dict.fromkeys(_BY_NAME[name].links) | dict(zip(_coded(name), values, strict=True)) for values in some]
        for name, some in codes.items()
        if name not in found
    }
    name_unlisted_codes(cast("Rows", found | used))
    return found


def write(plans: int, db: Path, seed: str) -> None:
    """Make the database anew; it appears when it is whole."""
    db.unlink(missing_ok=True)
    with TemporaryDirectory(prefix="many-", dir=db.parent) as folder:
        _write(db, gathered(_told(many(plans, seed), plans), Path(folder), db), lambda kept, _fresh: kept)
    report_on(db, seed)


def _told(records: Iterable[tuple[Record, Path]], plans: int) -> Iterator[tuple[Record, Path]]:
    for done, one in enumerate(records, 1):
        if sys.stderr.isatty() and done % _AT_ONCE == 0:
            print(f"{done}/{plans}", end="\r", file=sys.stderr)
        yield one


def main() -> None:
    """Make the database and say how long it took and how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
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
