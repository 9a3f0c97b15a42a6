"""About how large each download is, from the sizes of those of a few plans."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from publish.export.formats import FORMATS, Format, one_table
from publish.export.selection import Selection
from publish.export.sheets import SHEETS
from publish.export.source import opened
from publish.export.writing import pieces

_FEW = 8  # plans
_SITE = "https://kehoach.tinh.gov.vn"  # as long as addresses are


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of the file of no plan, and what each plan adds."""

    fixed: float
    each: float

    def of(self, plans: int) -> int:
        """Bytes of the file of so many plans."""
        return round(self.fixed + self.each * plans)


def sizes(db: Path) -> dict[str, Size]:
    """The sizes by file name; measured once for each state of the database's file."""
    now = db.stat()
    return _sizes(db, (now.st_mtime_ns, now.st_size))


@lru_cache(maxsize=4)
def _sizes(db: Path, state: tuple[int, int]) -> dict[str, Size]:  # noqa: ARG001  (what is kept is kept for it)
    with opened(db) as source:
        plans = source.plans()
    many = plans[:: max(1, len(plans) // (2 * _FEW))][: 2 * _FEW]
    few = many[: len(many) // 2]
    forms = [*(form for form in FORMATS.values() if form.offered), *(one_table(s.name) for s in SHEETS)]
    at_few, at_many = _measured(db, few, forms), _measured(db, many, forms)
    return {
        form.file_name: _line(at_few[form.file_name], at_many[form.file_name], len(few), len(many)) for form in forms
    }


def _measured(db: Path, plans: list[str], forms: list[Format]) -> dict[str, int]:
    if not plans:
        return {form.file_name: 0 for form in forms}
    with opened(db, Selection(plans=tuple(plans)), _SITE) as source:
        return {form.file_name: sum(map(len, pieces(source, form))) for form in forms}


def _line(at_few: int, at_many: int, few: int, many: int) -> Size:
    each = (at_many - at_few) / max(1, many - few)
    return Size(max(0.0, at_many - each * many), each)
