"""A database that `kehoach build` made -> findings: whether it is whole, current, and what waits to be done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from publish.building.workplace import workplace_of
from publish.doctor.finding import Finding, failed, ok, warning
from publish.doctor.sources import check_sources
from publish.tables import APPLICATION_ID, LAYOUT_VERSION, UNMATCHED

_RESTORE = "Khôi phục từ bản sao lưu: kehoach backup BẢN_SAO_LƯU --to {db} (docs/operations.md)"
_REBUILD = "kehoach build THƯ_MỤC --db {db}"
_LEFT = (("-journal", "nhật ký ghi dở"), ("-wal", "nhật ký ghi (WAL)"))
_MOST_SAID = 3


def check_database(db: Path, extractor: str, *, deep: bool = False) -> Iterator[Finding]:
    """What is to be said of the file; where it can't be read, only that. Nothing is written to it or mended."""
    yield check_journal(db)
    yield check_left_over(db)
    try:
        with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield from _inside(connection, db, extractor, deep=deep)
    except sqlite3.DatabaseError as error:
        yield _unreadable(db, error)


def _inside(connection: sqlite3.Connection, db: Path, extractor: str, *, deep: bool) -> Iterator[Finding]:
    kind = check_kind(connection, db)
    yield kind
    if kind.state is not kind.state.OK:
        return
    yield check_integrity(connection, db)
    yield check_layout(connection, db)
    checks: tuple[Callable[[], Finding], ...] = (
        lambda: check_extractor(connection, db, extractor),
        lambda: check_sources(connection, db, deep=deep),
        lambda: check_unmatched(connection),
        lambda: check_changed(connection, db),
    )
    for check in checks:
        try:
            yield check()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_ERROR":
                raise
            continue  # a table of another layout, which has been said


def _unreadable(db: Path, error: sqlite3.DatabaseError) -> Finding:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_READONLY"):  # a write was killed; any writer takes back the half of it
        remedy = f"Chạy lại lệnh đã bị dừng, hoặc kehoach backup {db} --to BẢN_SAO; SQLite sẽ tự trả lại tệp"
        return warning("integrity", f"{db}: lần ghi trước bị dừng giữa chừng nên chưa kiểm tra được bên trong", remedy)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return warning("integrity", f"{db}: chương trình khác đang ghi", "Thử lại sau ít phút")
    return failed("integrity", f"{db}: không đọc được ({code or error})", _RESTORE.format(db=db))


def check_journal(db: Path) -> Finding:
    """Whether something of a write lies beside the database: it goes on, or was killed."""
    found = [said for end, said in _LEFT if _size(db.with_name(db.name + end))]
    if found:
        message = f"{db}: có {' và '.join(found)} bên cạnh; đang có chương trình ghi, hoặc lần ghi trước bị dừng"
        remedy = "Không xóa, không chép riêng tệp .db; lần ghi sau sẽ tự hoàn tất hoặc trả lại"
        return warning("journal", message, remedy)
    return ok("journal", "Không có lần ghi nào dở dang")


def check_left_over(db: Path) -> Finding:
    """Whether a build or a backup that was killed has left something unfinished."""
    workplace = workplace_of(db)
    if workplace.exists():
        message = f"{workplace}: lần build đang chạy, hoặc bị dừng và để lại những gì đã đọc cho lần sau"
        return warning("left-over", message, f"{_REBUILD.format(db=db)} (lần build sau đọc tiếp rồi tự dọn)")
    left = sorted(db.parent.glob(f".{db.name}.*.tmp"))
    if left:
        remedy = f"Nếu không có lệnh nào đang chạy: rm {' '.join(str(path) for path in left[:_MOST_SAID])}"
        return warning("left-over", f"{db.parent}: có {len(left)} tệp tạm của lệnh đang chạy hoặc bị dừng", remedy)
    return ok("left-over", "Không có gì của lần build bị dừng")


def check_kind(connection: sqlite3.Connection, db: Path) -> Finding:
    """Whether it is a database of ours at all."""
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        remedy = "Chỉ đúng tệp mà kehoach build đã tạo"
        return failed("kind", f"{db}: không phải cơ sở dữ liệu do kehoach build tạo", remedy)
    return ok("kind", f"{db}: cơ sở dữ liệu của kehoach")


def check_integrity(connection: sqlite3.Connection, db: Path) -> Finding:
    """Whether its pages are whole, by SQLite's own check."""
    said = [line for (line,) in connection.execute("pragma quick_check(10)")]
    if said != ["ok"]:
        return failed("integrity", f"{db}: hỏng ({len(said)} lỗi trở lên: {said[0]})", _RESTORE.format(db=db))
    return ok("integrity", "Tệp còn nguyên vẹn (quick_check)")


def check_layout(connection: sqlite3.Connection, db: Path) -> Finding:
    """Whether its tables are those of this program."""
    layout = connection.execute("pragma user_version").fetchone()[0]
    if layout != LAYOUT_VERSION:
        message = f"Bố cục {layout}, chương trình này dùng bố cục {LAYOUT_VERSION}; trang không mở được"
        return failed("layout", message, _REBUILD.format(db=db))
    return ok("layout", f"Bố cục {layout}, đúng với chương trình")


def check_extractor(connection: sqlite3.Connection, db: Path, extractor: str) -> Finding:
    """Whether plans were read by an extractor of other rules; the next build reads these again."""
    counted = dict(connection.execute("select extractor, count(*) from records group by extractor"))
    older = sum(counted.values()) - counted.get(extractor, 0)
    if older:
        message = f"{older}/{sum(counted.values())} kế hoạch do bộ đọc phiên bản khác đọc; lần build sau sẽ đọc lại"
        return warning("extractor", message, _REBUILD.format(db=db))
    return ok("extractor", f"Mọi kế hoạch do bộ đọc hiện tại đọc ({extractor})")


def check_unmatched(connection: sqlite3.Connection) -> Finding:
    """Whether facts that people entered wait for a target or task that no reading has any more."""
    waiting = sum(connection.execute(f"select count(*) from {name}").fetchone()[0] for name in UNMATCHED)  # noqa: S608
    if waiting:
        message = f"{waiting} số liệu đã nhập không còn chỉ tiêu, nhiệm vụ tương ứng (giữ ở các bảng …_unmatched)"
        return warning(
            "unmatched", message, "Xem các bảng …_unmatched trên trang; nhập lại vào chỉ tiêu, nhiệm vụ đúng"
        )
    return ok("unmatched", "Mọi số liệu đã nhập đều có chỉ tiêu, nhiệm vụ")


def check_changed(connection: sqlite3.Connection, db: Path) -> Finding:
    """When the file was last written, and how much it holds."""
    plans = connection.execute("select count(*) from plans").fetchone()[0]
    at = datetime.fromtimestamp(db.stat().st_mtime).astimezone().isoformat(" ", "minutes")
    return ok("changed", f"{plans} kế hoạch; lần build hoặc nhập số liệu gần nhất: {at}")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
