"""The files that plans were read from -> a finding: how many are gone, and on demand how many have changed."""

import hashlib
import sqlite3
from pathlib import Path

from publish.doctor.finding import Finding, ok, warning

_REMEDY = (
    "Đưa tệp về chỗ cũ, mở trang với --sources THƯ_MỤC, hoặc chạy lại kehoach build (kế hoạch không còn tệp sẽ bị bỏ)"
)


def check_sources(connection: sqlite3.Connection, db: Path, *, deep: bool = False) -> Finding:
    """Whether the plans' own files stand where the database says; `deep` reads them all and compares their SHA-256."""
    folder = db.resolve().parent
    found = connection.execute("select path, sha256 from sources join plans on plans.id = sources.plan_id").fetchall()
    local = [(folder / path, sha256) for path, sha256 in found if path and "://" not in path]
    gone = [path for path, _ in local if not path.is_file()]
    changed = [path for path, sha256 in local if path.is_file() and _digest(path) != sha256] if deep else []
    if gone or changed:
        compared = f", {len(changed)} đã thay đổi" if deep else ""
        message = f"Tệp gốc: {len(gone)}/{len(found)} không còn ở chỗ cũ{compared} (ví dụ {[*gone, *changed][0].name})"
        return warning("sources", message, _REMEDY)
    said = "còn nguyên như khi đọc (SHA-256)" if deep else "còn ở chỗ cũ"
    return ok("sources", f"{len(local)} tệp gốc {said}")


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
