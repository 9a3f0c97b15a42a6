"""A Data Package that `kehoach export` wrote -> its records, with their texts from `plans`, and its facts."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Final

from publish.exchange.carried import Json
from publish.exchange.content import FACTS, Content, NotAsWritten, checked_record, fact
from publish.exchange.own import parsed
from publish.tables import BY_NAME
from schemas import Record

DESCRIPTOR: Final = "datapackage.json"
LONGEST: Final = 1 << 28  # letters of a cell; a plan's text file has 16 MB at most
# A file of the package by its path.
Opener = Callable[[str], IO[bytes]]


def read_package(opener: Opener) -> Content:
    """Everything in the package. Raises NotAsWritten."""
    with opener(DESCRIPTOR) as stream:
        paths = _paths(parsed(stream.read().decode("utf-8-sig")))
    with _long_cells():
        texts = {row["id"]: row["text"] for row in _rows(opener, paths, "plans")}
        content = Content([_record(row, texts) for row in _rows(opener, paths, "records")])
        for table in FACTS:
            if table in paths:
                content.facts[table] = [fact(table, _typed(table, row)) for row in _rows(opener, paths, table)]
    return content


def _paths(descriptor: Json) -> dict[str, str]:
    """Where each table is, by its name."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        raise NotAsWritten(f"{DESCRIPTOR} không liệt kê các bảng (resources)")
    paths = {str(one.get("name")): str(one.get("path")) for one in resources if isinstance(one, dict)}
    for path in paths.values():
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or ":" in path or "\\" in path:
            raise NotAsWritten(f"{DESCRIPTOR} trỏ tới tệp ngoài gói: {path}")
    return paths


def _rows(opener: Opener, paths: dict[str, str], table: str) -> Iterator[dict[str, str]]:
    if table not in paths:
        raise NotAsWritten(f"gói dữ liệu không có bảng {table}; hãy xuất lại bằng `kehoach export`")
    with opener(paths[table]) as stream:
        reader = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig", newline=""), strict=True)
        needed = {"plans": {"id", "text"}, "records": {"json"}}.get(table, set())
        if missing := needed - set(reader.fieldnames or ()):
            raise NotAsWritten(f"bảng {table} thiếu cột {', '.join(sorted(missing))}")
        yield from reader


def _record(row: dict[str, str], texts: dict[str, str]) -> Record:
    rest = parsed(row["json"])
    if rest.get("id") not in texts:
        raise NotAsWritten(f"bản ghi {rest.get('id')} không có dòng nào trong bảng plans")
    return checked_record({"text": texts[rest["id"]], **rest})


def _typed(table: str, row: dict[str, str]) -> Json:
    """The row's values as the columns have them; an empty cell is null."""
    columns = BY_NAME[table].columns
    try:
        return {name: columns.get(name, str)(text) if text else None for name, text in row.items()}
    except (TypeError, ValueError) as error:
        raise NotAsWritten(f"bảng {table}, dòng {row.get('id')}: {error}") from error


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as a plan's text."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
