"""A database that never changes: how many rows a table or view has is counted once."""

import re
from typing import Any

from datasette.database import Database, QueryInterrupted

# As Datasette asks for each page of a table: "select count(*) from tasks "
_WHOLE = re.compile(r"select count\(\*\) from \S+ ?")
_MOST = 500  # counts that are remembered; people may spell a table in many ways


class CountedDatabase(Database):  # type: ignore[misc]
    """Remembers the counts of whole tables and views, and which of them take longer than the time limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counts: dict[str, Any] = {}

    async def execute(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """As Datasette's own; raises QueryInterrupted at once where the count took too long before."""
        if not _WHOLE.fullmatch(sql):
            return await super().execute(sql, *args, **kwargs)
        found = self._counts.get(sql)
        if found is None:
            try:
                found = await super().execute(sql, *args, **kwargs)
            except QueryInterrupted as error:
                found = error
            if len(self._counts) < _MOST:
                self._counts[sql] = found
        if isinstance(found, QueryInterrupted):
            raise found.with_traceback(None)
        return found
