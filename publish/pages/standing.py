"""The database's file as it is now: imports add to it, builds put another in its place, and pages see it at once."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database, QueryInterrupted

from publish.locking import is_half_written, reading

T = TypeVar("T")

# As Datasette asks for each page of a table: "select count(*) from tasks "
_WHOLE = re.compile(r"select count\(\*\) from \S+ ?")
_MOST = 500  # counts that are remembered; people may spell a table in many ways
_BUSY = 5.0  # seconds that a page waits for an import to be written

State = tuple[int, int, int]


class StandingDatabase(Database):  # type: ignore[misc]
    """Opened for reading only, but never as if it could not change, whatever Datasette is told.

    To Datasette it is immutable: one that may be downloaded and whose tables are counted whole. What is counted is
    remembered until the file changes, and so are counts that take longer than the time limit.
    """

    def __init__(self, datasette: Any, path: str) -> None:
        super().__init__(datasette, path, is_mutable=False)
        self._counts: dict[str, Any] = {}
        self._counted: State | None = None
        self._open = threading.local()

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that can't write."""
        if write:
            raise ValueError(f"{self.path} is open for reading only")
        uri = f"{Path(self.path).absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, timeout=_BUSY)
        self._all_file_connections.append(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """What `fn` makes of a connection to the file as it is now, in a thread of its own."""
        answer: T = await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._asked, fn)
        return answer

    def _asked(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return fn(self._connection())
        except sqlite3.OperationalError as error:
            if not is_half_written(error):
                raise
        reading(Path(self.path).resolve()).close()
        return fn(self._connection())

    def _connection(self) -> sqlite3.Connection:
        """The thread's own connection; a new one where another file has taken the place of the one that it reads."""
        now = self.state[:2]
        if getattr(self._open, "file", None) != now:
            if old := getattr(self._open, "connection", None):
                self._all_file_connections.remove(old)
                old.close()
            self._open.connection = self.connect()
            self._open.file = now
            self.ds._prepare_connection(self._open.connection, self.name)
        connection: sqlite3.Connection = self._open.connection
        return connection

    @property
    def state(self) -> State:
        """Tells one state of the file from another: device and inode, and when it was last written."""
        now = Path(self.path).stat()
        return now.st_dev, now.st_ino, now.st_mtime_ns

    async def execute(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """As Datasette's own; raises QueryInterrupted at once where the count took too long before."""
        if not _WHOLE.fullmatch(sql):
            return await super().execute(sql, *args, **kwargs)
        self._forget_what_changed()
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

    async def table_counts(self, limit: int = 10) -> Any:
        """The rows of each table, counted anew once the file has changed."""
        self._forget_what_changed()
        return await super().table_counts(limit)

    def _forget_what_changed(self) -> None:
        now = self.state
        if self._counted != now:
            self._counts, self._cached_table_counts = {}, None
            self.cached_size = self.cached_hash = None
            self._counted = now
