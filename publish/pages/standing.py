"""The database's file as it is now: imports add to it, builds put another in its place, and pages see it at once."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import copy
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database, QueryInterrupted

from publish.locking import is_half_written, reading
from publish.pages.language import later
from publish.tables import APPLICATION_ID, BY_NAME, LAYOUT_VERSION

T = TypeVar("T")

# As Datasette asks for each page of a table: "select count(*) from tasks ", and for counts of all its rows by a value:
# "select kind as value, count(*) as count from ( select id, text from tasks ) where kind is not null group by kind …".
_WHOLE = re.compile(
    r"select count\(\*\) from \S+ ?"
    r"|\s*select (?P<by>\S+) as value, count\(\*\) as count from \(\s*select [^()]+? from [^\s()]+\s*\)"
    r"\s*where (?P=by) is not null\s+group by (?P=by) order by count desc, value limit \d+\s*"
)
# A filtered table's rows are counted beside the page's own; a page does without where there are very many.
_FILTERED = re.compile(r"select count\(\*\) from \S+ where ")
_COUNTING, _WHOLE_TABLE = 80, 500  # milliseconds
# A table's first page as Datasette sorts it. The next one goes on behind the last row's value and key, so rows of one
# value have to stand in the order of their keys here too.
_FIRST_PAGE = re.compile(
    r"(?P<what>select [^()]+ from (?P<table>\w+) (?:where .*)?order by (?P<by>\w+)(?: desc)?)(?P<limit> limit \d+)",
    re.DOTALL,
)
_MOST = 500  # counts that are remembered; people may spell a table in many ways
_BUSY = 5.0  # seconds that a page waits for an import to be written

State = tuple[int, int, int]


class NotNow(Exception):
    """The file that stands there can't be shown; the message says why and what to do (Vietnamese, sentences)."""

    OTHER = later(
        "Cơ sở dữ liệu vừa được tạo lại bằng một phiên bản kehoach khác. Người quản trị cần cập nhật kehoach cho cùng"
        " phiên bản rồi chạy lại `kehoach serve`."
    )
    GONE = later(
        "Tệp cơ sở dữ liệu không còn ở chỗ cũ. Người quản trị cần đưa tệp về hoặc tạo lại bằng `kehoach build`."
    )
    BUSY = later("Dữ liệu đang được ghi. Hãy thử lại sau ít giây.")


class StandingDatabase(Database):  # type: ignore[misc]
    """Opened for reading only, but never as if it could not change, whatever Datasette is told.

    To Datasette it is immutable: one that may be downloaded and whose tables are counted whole. What is counted is
    remembered until the file changes, and so are counts that take longer than the time limit.
    """

    def __init__(self, datasette: Any, path: str) -> None:
        super().__init__(datasette, path, is_mutable=False)
        self._counts: dict[str, Any] = {}
        self._told: dict[tuple[str, ...], Any] = {}  # of tables and columns, which are the same until the file changes
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

    @contextmanager
    def apart(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file as it is now, for what takes longer than a page; it reads on where another comes."""
        with closing(self.connect()) as connection:
            self._all_file_connections.remove(connection)
            self.ds._prepare_connection(connection, self.name)
            _check_layout(connection)
            yield connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """What `fn` makes of a connection to the file as it is now, in a thread of its own."""
        answer: T = await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._asked, fn)
        return answer

    def _asked(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return _in_one_state(self._connection(), fn)
        except sqlite3.OperationalError as error:
            if not is_half_written(error):
                raise
        reading(Path(self.path).resolve()).close()
        return _in_one_state(self._connection(), fn)

    def _connection(self) -> sqlite3.Connection:
        """The thread's own connection; a new one where another file has taken the place of the one that it reads."""
        now = self.state
        if getattr(self._open, "file", None) != now[:2]:
            if old := getattr(self._open, "connection", None):
                self._all_file_connections.remove(old)
                old.close()
            self._open.connection, self._open.checked = self.connect(), None
            self._open.file = now[:2]
            self.ds._prepare_connection(self._open.connection, self.name)
        connection: sqlite3.Connection = self._open.connection
        if self._open.checked != now:
            _check_layout(connection)
            self._open.checked = now
        return connection

    @property
    def state(self) -> State:
        """Tells one state of the file from another: device and inode, and when it was last written. Raises NotNow."""
        try:
            now = Path(self.path).stat()
        except OSError as error:
            raise NotNow(NotNow.GONE) from error
        return now.st_dev, now.st_ino, now.st_mtime_ns

    async def execute(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """As Datasette's own; raises QueryInterrupted at once where the count took too long before."""
        sql = _in_order_of_keys(sql)
        if _FILTERED.match(sql):
            return await super().execute(sql, *args, **{**kwargs, "custom_time_limit": _COUNTING})
        if not _WHOLE.fullmatch(sql):
            return await super().execute(sql, *args, **kwargs)
        self._forget_what_changed()
        found = self._counts.get(sql)
        if found is None:
            try:
                found = await super().execute(sql, *args, **{**kwargs, "custom_time_limit": _WHOLE_TABLE})
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

    async def table_columns(self, table: str) -> Any:
        """As Datasette's own, asked once: the page of all tables asks these for each of them."""
        return await self._once(super().table_columns, "columns", table)

    async def primary_keys(self, table: str) -> Any:
        """As Datasette's own, asked once."""
        return await self._once(super().primary_keys, "keys", table)

    async def fts_table(self, table: str) -> Any:
        """As Datasette's own, asked once."""
        return await self._once(super().fts_table, "search", table)

    async def get_all_foreign_keys(self) -> Any:
        """As Datasette's own, asked once."""
        return await self._once(super().get_all_foreign_keys, "links")

    async def _once(self, ask: Callable[..., Any], *what: str) -> Any:
        self._forget_what_changed()
        if what in self._told:
            return copy(self._told[what])
        found = await ask(*what[1:])
        if len(self._told) < _MOST:
            self._told[what] = copy(found)
        return found

    def _forget_what_changed(self) -> None:
        now = self.state
        if self._counted != now:
            self._counts, self._cached_table_counts = {}, None
            self._told = {}
            self.cached_size = self.cached_hash = None
            self._counted = now


def _in_order_of_keys(sql: str) -> str:
    """A table's first page, with rows of one value in the order of their keys; all else as it is.

    >>> _in_order_of_keys("select id, text from tasks where kind = :p0 order by quarter desc limit 51")
    'select id, text from tasks where kind = :p0 order by quarter desc, id limit 51'
    """
    found = _FIRST_PAGE.fullmatch(sql)
    if not found or found["table"] not in BY_NAME or found["by"] == BY_NAME[found["table"]].key:
        return sql
    return f"{found['what']}, {BY_NAME[found['table']].key}{found['limit']}"


def _in_one_state(connection: sqlite3.Connection, fn: Callable[[sqlite3.Connection], T]) -> T:
    """What a function makes of one state of the file, whatever is written between its questions. Raises NotNow."""
    connection.execute("begin")
    try:
        return fn(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise NotNow(NotNow.BUSY) from error
        raise
    finally:
        if connection.in_transaction:
            connection.rollback()


def _check_layout(connection: sqlite3.Connection) -> None:
    """Raise NotNow unless the file holds the tables that the pages read."""
    try:
        found = [connection.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise NotNow(NotNow.BUSY) from error
        raise
    except sqlite3.DatabaseError as error:  # a file of another kind
        raise NotNow(NotNow.OTHER) from error
    if found != [APPLICATION_ID, LAYOUT_VERSION]:
        raise NotNow(NotNow.OTHER)
