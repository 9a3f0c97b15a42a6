"""Records -> files or stdout, as JSON, JSON Lines or CSV. A file appears whole or not at all."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from publish.reading import Read
from publish.remote.location import Location
from publish.remote.putting import appearing, put_all
from publish.sheets import SHEETS, sheet_rows, write_sheet
from publish.tables import Row
from schemas import Record

_BOM = "\ufeff"
_PUT_AT_ONCE = 64  # files at a URL: a store takes many at a time, each in its own good time


def write_files(reads: Iterable[Read], folder: Location, form: str) -> int:
    """Write the records into a folder; gives how many there were.

    json: `<file name>.json` each. jsonl: `records.jsonl`. csv: plans.csv, targets.csv, tasks.csv.
    """
    writers: dict[str, Callable[[Iterable[Read], Location], int]] = {
        "json": _write_json,
        "jsonl": _write_json_lines,
        "csv": _write_csv,
    }
    return writers[form](reads, folder)


def write_stream(reads: Iterable[Read], stream: BinaryIO, form: str, *, single: bool) -> int:
    """Write the records to a stream. `single` gives JSON as one object and not as a list; CSV is one table of all."""
    records = [read.record for read in reads] if form != "jsonl" else []
    if form == "jsonl":
        return sum(_put(stream, _line(read.record)) for read in reads)
    if form == "csv":
        stream.write(_one_table(records).encode())
    elif single:
        stream.writelines(_pretty(record) for record in records)
    else:
        stream.write(b"[" + b",".join(map(_pretty, records)) + b"]\n")
    return len(records)


def _write_json(reads: Iterable[Read], folder: Location) -> int:
    most = 1 if isinstance(folder, Path) else _PUT_AT_ONCE
    count, held = 0, dict[Location, bytes]()
    for count, read in enumerate(reads, 1):  # noqa: B007 (the last count is what is asked)
        held[folder.joinpath(f"{read.input.name}.json")] = _pretty(read.record)
        if len(held) >= most:
            put_all(held)
            held.clear()
    put_all(held)
    return count


def _write_json_lines(reads: Iterable[Read], folder: Location) -> int:
    with appearing(folder.joinpath("records.jsonl")) as path, path.open("wb") as file:
        return sum(_put(file, _line(read.record)) for read in reads)


def _write_csv(reads: Iterable[Read], folder: Location) -> int:
    rows: dict[str, list[Row]] = {name: [] for name in SHEETS}
    count = 0
    for count, read in enumerate(reads, 1):  # noqa: B007 (the last count is what is asked)
        for name, more in sheet_rows(read.record).items():
            rows[name].extend(more)
    for name, columns in SHEETS.items():
        with (
            appearing(folder.joinpath(f"{name}.csv")) as path,
            path.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            write_sheet(file, columns, rows[name])
    return count


def _one_table(records: Iterable[Record]) -> str:
    """All sheets in one, a first column `sheet` telling them apart."""
    columns = ["sheet", *dict.fromkeys(column for columns in SHEETS.values() for column in columns)]
    rows: list[Row] = [
        {"sheet": name, **row}
        for record in records
        for name, sheet in sheet_rows(record).items()
        for row in sheet
    ]  # fmt: skip
    text = io.StringIO(newline="")
    write_sheet(text, columns, rows)
    return _BOM + text.getvalue()


def _put(stream: BinaryIO, line: bytes) -> int:
    stream.write(line)
    return 1


def _line(record: Record) -> bytes:
    return record.model_dump_json().encode() + b"\n"


def _pretty(record: Record) -> bytes:
    return record.model_dump_json(indent=1).encode() + b"\n"
