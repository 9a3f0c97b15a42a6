"""The machine -> findings: SQLite, space, memory, open files, encodings, and the folder of temporary files."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from publish.doctor.finding import Finding, failed, ok, warning

_MB, _GB = 1 << 20, 1 << 30
_LEAST_FREE, _COMFORTABLE = 500 * _MB, 2 * _GB
_LEAST_MEMORY = 2 * _GB  # what one file may take, by default
_LEAST_OPEN = 1024
# What the tables, the search and the status of targets are made with.
_PROBES = {
    "FTS5": "create virtual table temp.found using fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
    "JSON": "select value from json_each('[1]')",
    "hàm cửa sổ": "select lag(1) over (order by 1)",
    "CTE materialized": "with one as materialized (select 1) select * from one",
}
# Where control groups, of a container or a unit of systemd, say how much memory there is.
_GROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def check_sqlite() -> Finding:
    """Whether Python's SQLite can do what the database asks of it."""
    missing = [name for name, sql in _PROBES.items() if not _works(sql)]
    if missing:
        message = f"SQLite {sqlite3.sqlite_version} của Python thiếu {', '.join(missing)}"
        return failed("sqlite", message, "Dùng Python kèm SQLite 3.35 trở lên có FTS5 (Debian, Ubuntu, python.org)")
    return ok("sqlite", f"SQLite {sqlite3.sqlite_version} với FTS5 và JSON")


def _works(sql: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return False
    return True


def check_disk(name: str, folder: Path, free: int, needed: int = 0) -> Finding:
    """Whether there is room in a folder: for `needed` bytes, and in any case for what a run writes."""
    least = max(needed, _LEAST_FREE)
    message = f"{folder}: còn trống {sized(free)}"
    if free < least:
        return failed(name, f"{message}, cần ít nhất {sized(least)}", f"Dọn bớt tệp ở ổ đĩa của {folder}")
    if free < max(2 * needed, _COMFORTABLE):
        return warning(name, f"{message}, sắp hết", f"Dọn bớt tệp ở ổ đĩa của {folder}")
    return ok(name, message)


def check_memory(total: int | None) -> Finding:
    """Whether one file at least can be read with the memory it may take."""
    if total is None:
        return ok("memory", "Không rõ bộ nhớ của máy")
    if total < _LEAST_MEMORY:
        remedy = "Thêm bộ nhớ, hoặc chạy kehoach build với --jobs 1 --memory 1024"
        return warning("memory", f"Chỉ có {sized(total)} bộ nhớ; một bản quét lớn có thể cần 2 GB", remedy)
    return ok("memory", f"Có {sized(total)} bộ nhớ")


def memory_of_machine(limits: Iterable[Path] = _GROUP_LIMITS) -> int | None:
    """The bytes of memory that this process may have: the machine's, or its control group's where that is less."""
    found = []
    with suppress(ValueError, OSError):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in limits:
        with suppress(ValueError, OSError):  # no such group, or "max"
            found.append(int(path.read_text("ascii")))
    return min(found, default=None)


def check_open_files(limit: int) -> Finding:
    """Whether the site can hold many connections and a build many files."""
    if limit < _LEAST_OPEN:
        remedy = "ulimit -n 8192 (hoặc LimitNOFILE=8192 trong tệp .service)"
        return warning("open-files", f"Chỉ được mở {limit} tệp cùng lúc", remedy)
    return ok("open-files", f"Được mở {limit} tệp cùng lúc")


def open_files_limit() -> int:
    """How many files this process may hold open."""
    import resource  # noqa: PLC0415  (not on every system)

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft


def check_encoding(files: str, output: str | None) -> Finding:
    """Whether Vietnamese names of files and Vietnamese messages come through."""
    wrong = [name for name in (files, output or "utf-8") if name.lower().replace("-", "") != "utf8"]
    if wrong:
        message = f"Bảng mã {', '.join(wrong)} không viết được tiếng Việt"
        return failed("encoding", message, "export LC_ALL=C.UTF-8 PYTHONUTF8=1, và bỏ PYTHONIOENCODING nếu có")
    return ok("encoding", "Bảng mã UTF-8")


def check_temporary() -> Finding:
    """Whether temporary files can be written, which LibreOffice, scans and exports need."""
    try:
        with tempfile.NamedTemporaryFile(prefix="kehoach-") as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        remedy = "Cho quyền ghi vào thư mục tạm, hoặc export TMPDIR=/thư/mục/ghi/được"
        return failed("temporary", f"Không ghi được tệp tạm ({error.strerror})", remedy)
    return ok("temporary", f"Ghi được tệp tạm ở {tempfile.gettempdir()}")


def sized(count: int) -> str:
    """Bytes as people say them.

    >>> sized(734003200), sized(5 << 30)
    ('700 MB', '5,0 GB')
    """
    return f"{count // _MB} MB" if count < _GB else f"{count / _GB:.1f} GB".replace(".", ",")
