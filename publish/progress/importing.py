"""A filled-in sheet -> facts in the database: every row is checked before any is stored."""

import gc
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publish.changed import changed
from publish.locking import reading
from publish.progress.checking import Checking, Reported, checked_rows
from publish.progress.grid import Fault
from publish.progress.proposals.refusals import Refusal, keep
from publish.progress.proposals.review import facts as facts_of_review
from publish.progress.proposals.review import is_review
from publish.progress.sheet import Sheet, grouped, place, read_sheet
from publish.progress.store import Recorded, Stored, store_in

_MOST_DOUBTS = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. With faults nothing was stored, unless the good rows were asked for.

    `notices` are what people should know though nothing is wrong, `refusals` the proposals that a review refuses.
    """

    facts: int
    faults: tuple[Fault, ...]
    stored: Stored | None = None
    notices: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class _NothingStored(Exception):
    """Ends the transaction of an import with faults."""

    def __init__(self, found: Imported) -> None:
        super().__init__()
        self.found = found


def import_sheet(db: Path, path: Path, recorded: Recorded, *, good_rows: bool = False) -> Imported:
    """Store the facts of a sheet; where anything is wrong nothing is, or with `good_rows` only the rows that are right.

    What the rows are held against is read in the same transaction, so that no build comes between.
    """
    try:
        return changed(db, partial(_import, path=path, recorded=recorded, good_rows=good_rows))
    except _NothingStored as nothing:
        return nothing.found


def _import(connection: sqlite3.Connection, path: Path, recorded: Recorded, *, good_rows: bool) -> Imported:
    with _without_collecting():
        reported, found = _checked(connection, path, recorded.day)
        if found.faults and not good_rows:
            raise _NothingStored(found)
        stored = store_in(connection, [one.fact for one in reported], recorded)
        keep(connection, found.refusals, recorded.at, recorded.by)
    old = set(stored.outdated)
    outdated = tuple(f"{place(one.row)}: {_OUTDATED}" for one in reported if old and one.fact.id in old)
    return Imported(found.facts, found.faults, stored, (*found.notices, *outdated))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Facts hold no circles; to look for some among a hundred thousand of them takes as long as to check them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_OUTDATED = "số này đã nhập trước đây và đã có số khác thay; nếu đúng là quay lại số này, hãy ghi lý do ở cột Ghi chú"


def check_sheet(db: Path, path: Path, recorded: Recorded) -> Imported:
    """What `import_sheet` would find, without storing anything."""
    with closing(reading(db)) as connection:
        return _checked(connection, path, recorded.day)[1]


def _checked(connection: sqlite3.Connection, path: Path, today: str) -> tuple[Sequence[Reported], Imported]:
    """The facts of a sheet, and every fault of it in the order of its rows."""
    if is_review(path):
        review = facts_of_review(connection, path, today)
        found = Imported(len(review.reported), review.faults, None, review.notices, review.refusals)
        return review.reported, found
    sheet, checking = read_sheet(path), Checking({}, today)
    reported = list(checked_rows(connection, sheet.rows, checking))
    faults = [*sheet.faults, *checking.faults]
    order = {name: at for at, name in enumerate(dict.fromkeys(fault.sheet for fault in faults))}
    faults.sort(key=lambda fault: (order[fault.sheet], fault.row))
    return reported, Imported(len(reported), tuple(faults), None, tuple(_notices(sheet, checking)))


def _notices(sheet: Sheet, checking: Checking) -> list[str]:
    said = list(sheet.notices)
    if checking.passed_over:
        some = checking.passed_over
        said.append(f"{len(some)} dòng có ngày hoặc ghi chú mà không có số liệu, được bỏ qua: {grouped(some)}.")
    if checking.hidden:
        said.append(f"{len(checking.hidden)} dòng đang bị ẩn cũng được đọc: {grouped(checking.hidden)}.")
    if checking.moved:
        some = checking.moved
        said.append(f"{len(some)} dòng của một bảng cũ được ghi theo nội dung, vì mã đã đổi: {grouped(some)}.")
    if checking.doubts:
        said += checking.doubts[:_MOST_DOUBTS]
        if len(checking.doubts) > _MOST_DOUBTS:
            said.append(f"… và {len(checking.doubts) - _MOST_DOUBTS} trạng thái khác không khớp thời hạn.")
    return said
