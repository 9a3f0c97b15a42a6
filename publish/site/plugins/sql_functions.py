"""SQL functions of the search: fold_vi, fts_vi, ngay_iso."""

from sqlite3 import Connection

from datasette import hookimpl

from publish.search import folded, fts_query, iso_day


@hookimpl(trylast=True)
def prepare_connection(conn: Connection) -> None:
    """Register the functions; last of all, so that the tables' own search box takes any text too."""
    conn.create_function("fold_vi", 1, folded, deterministic=True)
    conn.create_function("fts_vi", 1, fts_query, deterministic=True)
    conn.create_function("ngay_iso", 1, iso_day, deterministic=True)
    conn.create_function("escape_fts", 1, fts_query, deterministic=True)
