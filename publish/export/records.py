"""The records as they are stored, and the facts that people entered: a file each, one list, or a line each."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from publish.export.files import File, gathered, stem
from publish.export.source import Row, Source
from publish.export.told import other_facts, plan_facts

FACTS_FILE = "so-lieu.json"
_RECORD = "select json from records where plan_id = ?"


def record_files(source: Source) -> Iterator[File]:
    """`<plan id>.json` each, then the facts, if there are any."""
    for key in source.plans():
        yield File(f"{stem(key)}.json", [record_json(source, key)])
    yield from facts_file(_facts(source))


def record_list(source: Source) -> Iterator[bytes]:
    """One JSON list of all."""
    return gathered(_list(_objects(source)))


def record_lines(source: Source) -> Iterator[bytes]:
    """JSON Lines."""
    return gathered(_objects(source))


def record_json(source: Source, key: str) -> bytes:
    """The record of one plan, in one line."""
    found: str = source.connection.execute(_RECORD, (key,)).fetchone()[0]
    return found.encode() + b"\n"


def facts_file(facts: Iterable[tuple[str, Row]]) -> Iterator[File]:
    """One JSON list of facts; no file where there are none."""
    left = iter(facts)
    first = next(left, None)
    if first is not None:
        yield File(FACTS_FILE, gathered(_list(map(_fact_json, chain([first], left)))))


def _facts(source: Source) -> Iterator[tuple[str, Row]]:
    for key in source.plans():
        yield from plan_facts(source, key)
    yield from other_facts(source)


def _fact_json(fact: tuple[str, Row]) -> bytes:
    """A fact with the name of its table, in one line."""
    table, row = fact
    said = {"table": table} | {name: value for name, value in row.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _objects(source: Source) -> Iterator[bytes]:
    """The records, then the facts."""
    for key in source.plans():
        yield record_json(source, key)
    yield from map(_fact_json, _facts(source))


def _list(objects: Iterable[bytes]) -> Iterator[bytes]:
    before = b"[\n"
    for one in objects:
        yield before
        yield one
        before = b","
    yield b"]\n" if before == b"," else b"[]\n"
