"""The records as they are stored: a file each, one list, or a line each."""

from collections.abc import Iterator

from publish.export.files import File, gathered
from publish.export.source import Source

_RECORD = "select json from records where plan_id = ?"


def record_files(source: Source) -> Iterator[File]:
    """`<plan id>.json` each."""
    return (File(f"{key}.json", [record_json(source, key)]) for key in source.plans())


def record_list(source: Source) -> Iterator[bytes]:
    """One JSON list of all."""
    return gathered(_listed(source))


def record_lines(source: Source) -> Iterator[bytes]:
    """JSON Lines."""
    return gathered(record_json(source, key) for key in source.plans())


def record_json(source: Source, key: str) -> bytes:
    """The record of one plan, in one line."""
    found: str = source.connection.execute(_RECORD, (key,)).fetchone()[0]
    return found.encode() + b"\n"


def _listed(source: Source) -> Iterator[bytes]:
    before = b"[\n"
    for key in source.plans():
        yield before
        yield record_json(source, key)
        before = b","
    yield b"]\n" if before == b"," else b"[]\n"
