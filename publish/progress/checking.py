"""Rows of a sheet -> facts, or all that is wrong with them."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple, TypeVar

from publish.progress.columns import Name, plain
from publish.progress.facts import ActualValue, Baseline, Fact, TaskState
from publish.progress.grid import Fault
from publish.progress.known import Known, KnownTarget, KnownTask, known
from publish.progress.moved import Words, with_keys_of_now
from publish.progress.sheet import RowPlace, SheetRow, place
from publish.progress.target_units import in_target_unit, is_one_of, shown_unit, unit_meant
from publish.progress.written import Broken, Percent, Unclear, day, number
from schemas.codelists import codelist

T = TypeVar("T")

# Columns that every row is asked for: to look one up in its Enum takes as long as to look up the cell.
_ID, _TEXT, _VALUE, _UNIT, _PERCENT, _STATE = Name.ID, Name.TEXT, Name.VALUE, Name.UNIT, Name.PERCENT, Name.STATE
_AS_OF, _START, _END, _BASE, _BASE_DAY = Name.AS_OF, Name.START, Name.END, Name.BASE, Name.BASE_DAY
_SOURCE, _NOTE = Name.SOURCE, Name.NOTE

_WHOLE = 100.0
_OF_VALUES = (_VALUE, _PERCENT)
_REPORTING = frozenset({_VALUE, _PERCENT, _STATE, _BASE})  # without one of these a row says nothing
_TYPED = frozenset({_AS_OF, _BASE_DAY, _SOURCE, _NOTE})  # nobody but people fills these in
_STATES = {
    plain(row[name]): row["code"] for row in codelist("task_states") for name in ("label_vi", "label_en", "code")
}
_AT_ONCE = 200  # rows between two looks into the database; of more the first ones leave the processor's cache
_FROM_TEMPLATE = "hãy lấy mã từ mẫu do `kehoach progress template` tạo"


class Reported(NamedTuple):
    """A fact with the place of the row that says it; the row itself need not be kept."""

    row: RowPlace
    fact: Fact


@dataclass(slots=True)
class Checking:
    """What rows are checked against; `today` is the last day that a figure may stand for.

    `passed_over` are rows with a date or a note but nothing reported, `hidden` rows that a filter hides, `moved` those
    whose target or task has another key by now.
    """

    known: Known
    today: str
    faults: list[Fault] = field(default_factory=list)
    passed_over: list[SheetRow] = field(default_factory=list)
    hidden: list[SheetRow] = field(default_factory=list)
    moved: list[SheetRow] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    _seen: dict[tuple[type[Fact], tuple[str, ...]], Reported] = field(default_factory=dict)
    _right_words: dict[tuple[object, ...], "_Told"] = field(default_factory=dict)
    _right_days: dict[tuple[object, ...], "_Dates"] = field(default_factory=dict)

    def facts(self, row: SheetRow, key: str, *, moved: bool | None = False) -> list[Reported]:
        """The facts of a row that reports something; none where something is wrong, which `faults` then says.

        `moved` says that `key` is not the row's but the one of its words by now; None, that its words are another's.
        """
        if row.hidden:
            self.hidden.append(row)
        if moved:
            self.moved.append(row)
        before = len(self.faults)
        thing = self.known.get(key)
        if thing is None:
            said = f"không có chỉ tiêu hay nhiệm vụ nào mang mã {key}" if key else "thiếu mã của chỉ tiêu hoặc nhiệm vụ"
            self._wrong(row, _ID, f"{said}; {_FROM_TEMPLATE}")
            return []
        if moved is None:
            self._wrong(row, _TEXT, f"nội dung không phải của mã {key}; {_FROM_TEMPLATE}, và giữ nguyên cột này")
            return []
        read = self._of_target if isinstance(thing, KnownTarget) else self._of_task
        facts = read(row, key, thing)  # type: ignore[arg-type]
        if len(self.faults) > before:
            return []
        at = RowPlace(row.number, row.sheet)
        return [one for fact in facts if fact and not self._said_before(row, one := Reported(at, fact))]

    def _of_target(self, row: SheetRow, key: str, target: KnownTarget) -> list[Fact | None]:
        if _STATE in row.cells:
            self._wrong(row, _STATE, "đây là chỉ tiêu; trạng thái chỉ ghi cho nhiệm vụ")
        told = self._told(row, target)
        facts: list[Fact | None] = []
        if _VALUE in row.cells or _PERCENT in row.cells:
            facts.append(self._actual(row, key, target, told))
        if _BASE in row.cells:
            facts.append(self._base(row, key, target, told))
        return facts

    def _told(self, row: SheetRow, target: KnownTarget) -> "_Told":
        """The words of a row; a sheet says the same few over and over, and what was right is not checked again."""
        cells = row.cells
        shown = type(cells.get(_VALUE)) is Percent
        written = (cells.get(_UNIT), cells.get(_SOURCE), cells.get(_NOTE), target.unit, shown)
        told = self._right_words.get(written)
        if told is None:
            before = len(self.faults)
            told = _Told(self._unit(row, target), self._text(row, _SOURCE), self._text(row, _NOTE))
            if len(self.faults) == before:
                self._right_words[written] = told
        return told

    def _unit(self, row: SheetRow, target: KnownTarget) -> str:
        """As written; else the target's; else what the cell itself shows."""
        written = self._text(row, _UNIT)
        if written:
            return unit_meant(written)
        return target.unit or ("%" if isinstance(row.cells.get(_VALUE), Percent) else "")

    def _actual(self, row: SheetRow, key: str, target: KnownTarget, told: "_Told") -> ActualValue | None:
        dates = self._dates(row, target.begins)
        value, percent = self._read(row, _VALUE, number), self._read(row, _PERCENT, number)
        if value is None:
            if _VALUE not in row.cells:
                said = "thiếu giá trị đạt được; nếu chỉ có tỷ lệ, hãy ghi tỷ lệ vào cột này với đơn vị tính %"
                self._wrong(row, _VALUE, said)
            return None
        if percent is not None and percent < 0:
            self._wrong(row, _PERCENT, f"tỷ lệ {_said(percent)} % nhỏ hơn 0")
        same = self._same(row, _VALUE, target, value, told.unit, percent)
        share = None if percent is None else float(percent)
        return ActualValue(key, float(value), told.unit, same, share, *dates, told.source, told.note)

    def _base(self, row: SheetRow, key: str, target: KnownTarget, told: "_Told") -> Baseline | None:
        value, as_of = self._read(row, _BASE, number), self._read(row, _BASE_DAY, day)
        if _BASE_DAY not in row.cells:
            self._wrong(row, _BASE_DAY, "thiếu ngày của giá trị gốc; hãy ghi như 31/12/2025")
        if as_of and as_of > self.today:
            self._wrong(row, _BASE_DAY, f"{_shown(as_of)} sau ngày nhập ({_shown(self.today)})")
        if value is None or as_of is None:
            return None
        same = self._same(row, _BASE, target, value, told.unit)
        return Baseline(key, float(value), told.unit, same, as_of, told.source, told.note)

    def _same(  # noqa: PLR0913, PLR0917  (all that decides it)
        self, row: SheetRow, name: Name, target: KnownTarget, value: float, unit: str, percent: float | None = None
    ) -> float | None:
        """The value in the target's unit; what is wrong with it or with its unit is said."""
        if isinstance(value, Percent) and not _is_share(unit):
            shown = shown_unit(unit)
            said = f"ô ghi theo phần trăm mà đơn vị tính là “{shown}”; hãy ghi số {shown}, tỷ lệ ghi ở cột Tỷ lệ (%)"
            self._wrong(row, name, said)
            return None
        same = in_target_unit(value, unit, percent, wanted=target.unit, change=target.change)
        if same is None and is_one_of(unit, target.other_units):
            return None  # of a later part of the target: kept, but what is judged is the first
        if same is None and target.unit and target.change is None:
            if name is _VALUE or _VALUE not in row.cells:  # else it has been said
                self._wrong(row, _UNIT, _other_unit(unit, target.unit, share=_PERCENT in row.cells))
        elif same is not None and target.unit == "%" and target.change is None:
            self._share(row, name, target, same)
        return same

    def _share(self, row: SheetRow, name: Name, target: KnownTarget, value: float) -> None:
        """A share lies between 0 and 100, unless the target asks for more or is a share of what was planned."""
        most = max(_WHOLE, target.value or 0.0)
        if value < 0 or (value > most and not _of_plan(target.text)):
            said = f"{_said(value)} % nằm ngoài 0–{_said(most)} %; hãy xem lại số hoặc đơn vị tính"
            self._wrong(row, name, said)

    def _of_task(self, row: SheetRow, key: str, task: KnownTask) -> list[Fact | None]:
        for name in (*_OF_VALUES, _BASE):
            if name in row.cells:
                self._wrong(row, name, "đây là nhiệm vụ; hãy chọn trạng thái, giá trị chỉ ghi cho chỉ tiêu")
        dates = self._dates(row, task.begins)
        code = self._state(row)
        if code is None:
            return []
        self._doubt(row, code, dates.as_of, task.due)
        return [TaskState(key, code, *dates, self._text(row, _SOURCE), self._text(row, _NOTE))]

    def _state(self, row: SheetRow) -> str | None:
        said = row.cells.get(_STATE, "")
        code = None if isinstance(said, Broken) else _STATES.get(plain(said))
        if code is not None:
            return code
        if isinstance(said, Broken):
            self._wrong(row, _STATE, str(said))
            return None
        labels = [entry["label_vi"] for entry in codelist("task_states")]
        near = get_close_matches(plain(said), [plain(label) for label in labels], 1, 0.6)
        like = next((label for label in labels if near and plain(label) == near[0]), None)
        meant = f"có phải là “{like}”?" if like else f"hãy chọn một trong: {', '.join(labels)}"
        self._wrong(row, _STATE, f"không có trạng thái “{said}”; {meant}" if said else f"thiếu trạng thái; {meant}")
        return None

    def _doubt(self, row: SheetRow, code: str, as_of: str, due: str | None) -> None:
        """A state that the deadline, as it was read, speaks against: people may know of another one."""
        if due and as_of and ((code == "doing_in_time" and as_of > due) or (code.endswith("_late") and as_of <= due)):
            label = next(entry["label_vi"] for entry in codelist("task_states") if entry["code"] == code)
            self.doubts.append(
                f"{place(row)}: “{label}” tính đến {_shown(as_of)}, mà thời hạn đọc được là {_shown(due)}"
            )

    def _dates(self, row: SheetRow, begins: str | None) -> "_Dates":
        """The days of a row, remembered likewise."""
        cells = row.cells
        written = (cells.get(_AS_OF), cells.get(_START), cells.get(_END), begins)
        dates = self._right_days.get(written)
        if dates is None:
            before = len(self.faults)
            dates = self._checked_dates(row, begins)
            if len(self.faults) == before:
                self._right_days[written] = dates
        return dates

    def _checked_dates(self, row: SheetRow, begins: str | None) -> "_Dates":
        as_of = self._read(row, _AS_OF, day)
        start, end = self._read(row, _START, day), self._read(row, _END, day)
        if _AS_OF not in row.cells:
            self._wrong(row, _AS_OF, "thiếu ngày của số liệu; hãy ghi như 30/06/2026")
        if as_of and begins and as_of < begins:
            self._wrong(row, _AS_OF, f"{_shown(as_of)} trước khi kế hoạch bắt đầu ({_shown(begins)})")
        if as_of and as_of > self.today:
            said = f"{_shown(as_of)} sau ngày nhập ({_shown(self.today)}); số liệu không thể có trước"
            self._wrong(row, _AS_OF, said)
        if start and end and end < start:
            self._wrong(row, _END, f"kỳ kết thúc {_shown(end)} trước khi bắt đầu {_shown(start)}")
        return _Dates(as_of or "", start, end)

    def _read(self, row: SheetRow, name: Name, reader: Callable[[object], T]) -> T | None:
        cell = row.cells.get(name)
        if cell is None:
            return None
        try:
            return reader(cell)
        except Unclear as error:
            self._wrong(row, name, str(error))
            return None

    def _text(self, row: SheetRow, name: Name) -> str | None:
        cell = row.cells.get(name)
        if cell is None:
            return None
        if type(cell) is str:
            return cell.strip()
        if isinstance(cell, Broken):
            self._wrong(row, name, str(cell))
            return None
        return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()

    def _said_before(self, row: SheetRow, one: Reported) -> bool:
        """Whether the sheet gives another value for the same thing and time: which one holds, nobody can tell."""
        before = self._seen.setdefault((type(one.fact), one.fact.stands_for), one)
        if before is one or before.fact == one.fact:
            return False
        self._wrong(row, _ID, f"khác với {place(before.row)}, cùng mã và cùng ngày; hãy chỉ giữ một dòng")
        return True

    def _wrong(self, row: SheetRow, name: Name, message: str) -> None:
        self.faults.append(Fault(row.number, row.titles.get(name, name), message, row.sheet))


class _Told(NamedTuple):
    unit: str
    source: str | None
    note: str | None


class _Dates(NamedTuple):
    as_of: str
    start: str | None
    end: str | None


def checked_rows(connection: sqlite3.Connection, rows: Iterable[SheetRow], checking: Checking) -> Iterator[Reported]:
    """The facts of the rows; what the rows speak of is looked up on the way."""
    coming, words = iter(rows), Words(connection)
    while some := list(islice(coming, _AT_ONCE)):
        telling = [row for row in some if not _REPORTING.isdisjoint(row.cells)]
        keyed = [(row, str(row.cells.get(_ID, "")).strip()) for row in telling]
        _look_up(connection, {key for _, key in keyed}, checking.known)
        followed = list(with_keys_of_now(keyed, checking.known, words))
        _look_up(connection, {key for _, key, moved in followed if moved}, checking.known)
        if len(telling) < len(some):
            checking.passed_over += [row for row in some if _is_passed_over(row)]
        for row, key, moved in followed:
            yield from checking.facts(row, key, moved=moved)


def _is_passed_over(row: SheetRow) -> bool:
    """Whether a row reports nothing, though somebody wrote in it."""
    return _REPORTING.isdisjoint(row.cells) and not _TYPED.isdisjoint(row.cells)


def _look_up(connection: sqlite3.Connection, keys: AbstractSet[str], into: Known) -> None:
    into.update(known(connection, keys - into.keys()))


def _is_share(unit: str) -> bool:
    """Whether a percentage may stand before the unit."""
    return "%" in unit or plain(unit) in {"", "phan tram"}


def _other_unit(unit: str, wanted: str, *, share: bool) -> str:
    one, other = shown_unit(unit), shown_unit(wanted)
    more = "; tỷ lệ, nếu có, ghi ở cột Tỷ lệ (%)" if wanted == "%" and not share else ""
    return f"đơn vị tính “{one}” không đổi được sang “{other}” của chỉ tiêu; hãy ghi giá trị theo “{other}”{more}"


def _of_plan(text: str) -> bool:
    """Whether a target speaks of what was planned or budgeted, of which more than all can be reached."""
    from extract.actuals.words import anywhere_in  # noqa: PLC0415  (seldom asked, and slow to load)
    from extract.text import fold  # noqa: PLC0415

    return anywhere_in("plans", fold(text))


def _said(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _shown(iso: str) -> str:
    year, month, one = iso.split("-")
    return f"{one}/{month}/{year}"
