"""All checks in turn -> the findings."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from publish.doctor.database import check_database
from publish.doctor.finding import Finding, failed
from publish.doctor.machine import (
    check_disk,
    check_encoding,
    check_memory,
    check_open_files,
    check_sqlite,
    check_temporary,
    memory_of_machine,
    open_files_limit,
)
from publish.doctor.mounts import check_file_system
from publish.doctor.packages import (
    check_constraints,
    check_packages,
    check_python,
    pinned_versions,
    program_requirements,
)
from publish.doctor.programs import check_browser, check_fonts, check_ocr, check_office


def examine(db: Path | None, *, deep: bool = False) -> Iterator[Finding]:
    """What there is to say of this machine, and of a database where one is given."""
    yield check_python()
    yield check_packages(program_requirements())
    if pinned := pinned_versions():
        yield check_constraints(pinned)
    yield check_ocr(_start_ocr)
    yield check_office()
    yield check_browser()
    yield check_fonts()
    yield check_sqlite()
    yield check_encoding(sys.getfilesystemencoding(), sys.stdout.encoding)
    yield check_memory(memory_of_machine())
    yield check_open_files(open_files_limit())
    yield from _temporary()
    if db is not None:
        yield from _database(db, deep=deep)


def _start_ocr() -> object:
    from extract.read.ocr.engine import engine  # noqa: PLC0415  (numpy and Pillow, which nothing else here needs)

    return engine()


def _temporary() -> Iterator[Finding]:
    written = check_temporary()
    yield written
    if written.state is written.state.OK:
        folder = Path(tempfile.gettempdir())
        yield check_disk("temporary-space", folder, shutil.disk_usage(folder).free)


def _database(db: Path, *, deep: bool) -> Iterator[Finding]:
    from extract import EXTRACTOR  # noqa: PLC0415  (the extractor, whose rules are read for it)

    if not db.is_file():
        remedy = f"Kiểm tra lại đường dẫn; tạo mới bằng kehoach build THƯ_MỤC --db {db}"
        yield failed("kind", f"{db}: không có tệp này", remedy)
        return
    folder = db.resolve().parent
    yield check_file_system(folder)
    # A build writes the whole file anew beside the old one.
    yield check_disk("database-space", folder, shutil.disk_usage(folder).free, needed=2 * db.stat().st_size)
    yield from check_database(db, EXTRACTOR, deep=deep)
