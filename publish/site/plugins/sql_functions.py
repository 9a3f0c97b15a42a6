"""SQL as readers may use it: the functions of the search, and bounds on what one call may make."""

from sqlite3 import SQLITE_LIMIT_LENGTH, Connection

from datasette import hookimpl

from publish.search import folded, fts_query, iso_day

# The time limit is looked at between steps, not inside a function: printf('%.*c', 2000000000, 'x') would be one.
_LONGEST = 50_000_000  # bytes of a text; the longest record is far shorter


@hookimpl(trylast=True)
def prepare_connection(conn: Connection) -> None:
    """Register the functions; last of all, so that the tables' own search box takes any text too."""
    conn.setlimit(SQLITE_LIMIT_LENGTH, _LONGEST)
    conn.create_function("fts3_tokenizer", 1, lambda _name: None)  # SQLite's own tells addresses of memory
    conn.create_function("fold_vi", 1, folded, deterministic=True)
    conn.create_function("fts_vi", 1, fts_query, deterministic=True)
    conn.create_function("ngay_iso", 1, iso_day, deterministic=True)
    conn.create_function("escape_fts", 1, fts_query, deterministic=True)
