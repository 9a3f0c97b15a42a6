"""JSON that `kehoach export` wrote, a list or a line each -> its records and facts."""

import json
import re
from collections.abc import Iterable
from typing import IO, Any, Final

from publish.exchange.carried import without
from publish.exchange.content import FACTS, Content, NotAsWritten, checked_record, fact

# How a record, or a fact, begins; a list of them may begin before it.
BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"(?:schema_version|table)"\s*:')


def read_list(stream: IO[bytes]) -> Content:
    """The records and facts of a list, or a single one. Raises NotAsWritten."""
    given = _parsed(stream.read())
    return _content(given if isinstance(given, list) else [given])


def read_lines(stream: IO[bytes]) -> Content:
    """The records and facts of JSON Lines, line by line. Raises NotAsWritten."""
    return _content(_parsed(line) for line in stream if line.strip())


def _content(given: Iterable[Any]) -> Content:
    content = Content()
    for one in given:
        table = one.get("table") if isinstance(one, dict) else None
        if table is None:
            content.records.append(checked_record(one))
        elif table in FACTS:
            content.facts[table].append(fact(table, without(one, "table")))
        else:
            raise NotAsWritten(f"không có bảng số liệu {str(table)[:40]}")
    return content


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAsWritten(f"JSON hỏng: {str(error)[:80]}; hãy xuất hoặc tải lại tệp") from error
