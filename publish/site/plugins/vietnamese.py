"""SQL functions of the search, and pages that say they are Vietnamese."""

from sqlite3 import Connection

from datasette import hookimpl
from jinja2 import Environment
from jinja2.ext import Extension

from publish.search import folded, fts_query, iso_day


class InVietnamese(Extension):
    """Browsers, search engines and screen readers are told the pages' language."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """A template's source, its html element with the language."""
        return source.replace("<html>", '<html lang="vi">', 1)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give every template the language."""
    env.add_extension(InVietnamese)


@hookimpl(trylast=True)
def prepare_connection(conn: Connection) -> None:
    """Register fold_vi, fts_vi and ngay_iso; last of all, so that the tables' search box takes any text too."""
    conn.create_function("fold_vi", 1, folded, deterministic=True)
    conn.create_function("fts_vi", 1, fts_query, deterministic=True)
    conn.create_function("ngay_iso", 1, iso_day, deterministic=True)
    conn.create_function("escape_fts", 1, fts_query, deterministic=True)
