"""Targets, tasks and recurring duties -> the tables of a report; widths are millimetres on A4."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from publish.progress_report.content import Align, Blank, Cell, Column, Grid, Row
from publish.progress_report.facts import Level, Reached, Target, Task
from publish.progress_report.period import Period
from publish.progress_report.wording import amount, amount_cell, count, day, day_cell, number, printable
from schemas.codelists import by_code

_CENTER = Align.CENTER
_TARGETS = (
    Column("TT", 8, _CENTER),
    Column("Chỉ tiêu", 42),
    Column("Kế hoạch", 18, _CENTER),
    Column("Thực hiện", 20, _CENTER),
    Column("Tỷ lệ (%)", 12, _CENTER),
    Column("Đánh giá", 16, _CENTER),
    Column("Tính đến ngày", 21, _CENTER),
    Column("Văn bản, nguồn số liệu", 28),
)
_TASKS = (
    Column("TT", 9, _CENTER),
    Column("Nhiệm vụ", 56),
    Column("Chủ trì", 27),
    Column("Thời hạn", 22, _CENTER),
    Column("Trạng thái", 24, _CENTER),
    Column("Ghi chú", 27),
)
_DUTIES = (
    Column("TT", 9, _CENTER),
    Column("Nhiệm vụ định kỳ", 50),
    Column("Đơn vị chủ trì", 27),
    Column("Kỳ đến hạn", 14, _CENTER),
    Column("Đúng hạn", 13, _CENTER),
    Column("Quá hạn", 13, _CENTER),
    Column("Chưa có", 13, _CENTER),
    Column("Ghi chú", 26),
)
_LIST = (
    Column("TT", 11, _CENTER),
    Column("Nhiệm vụ", 76),
    Column("Chủ trì", 32),
    Column("Đơn vị phối hợp", 34),
    Column("Sản phẩm", 29),
    Column("Thời hạn", 24, _CENTER),
    Column("Trạng thái", 24, _CENTER),
    Column("Tính đến ngày", 22, _CENTER),
)
_LOOK_AGAIN = {"reached_late", "above_range"}
_BLANK = Cell(str(Blank()))


def _numbered(rows: Iterable[tuple[Cell, ...]]) -> tuple[Row, ...]:
    """The rows with their numbers before them."""
    return tuple(Row((Cell(str(at), at, "0"), *cells)) for at, cells in enumerate(rows, 1))


def targets_table(targets: Sequence[Target], period: Period) -> Grid:
    """All targets in the order of print."""
    return Grid(
        "Chỉ tiêu", "Kết quả thực hiện chỉ tiêu", _TARGETS, _numbered(_target_row(one, period) for one in targets)
    )


def _target_row(target: Target, period: Period) -> tuple[Cell, ...]:
    reached = target.reached
    share = target.of_plan
    return (
        Cell(printable(target.text)),
        _level_cell(target.level),
        _reached_cell(reached) if reached else _BLANK,
        Cell(number(share), share, "#,##0.0") if share is not None else Cell(""),
        Cell(_judged(target)),
        day_cell(reached.as_of) if reached else _BLANK,
        Cell(_source(reached, period)) if reached else _BLANK,
    )


def _judged(target: Target) -> str:
    """The status, and where somebody should look at it again, why."""
    said = str(by_code("target_statuses")[target.status]["label_vi"])
    if target.reason not in _LOOK_AGAIN:
        return said
    why = str(by_code("status_reasons")[target.reason]["label_vi"])
    return why if why.startswith(said) else f"{said}; {why.lower()}"


def level_said(level: Level) -> str:
    """What a target asks for, with its unit."""
    return _level_cell(level).text


def _level_cell(level: Level | None) -> Cell:
    if level is None:
        return Cell("–")
    if level.upper is not None:
        return Cell(f"{number(level.value)} - {amount(level.upper, level.unit)}")
    before = f"{by_code('changes')[level.change]['label_vi']} " if level.change else ""
    return amount_cell(level.value, level.unit, level.comparator, before=before)


def _reached_cell(reached: Reached) -> Cell:
    cell = amount_cell(reached.value, reached.unit)
    if reached.percent is None or reached.unit == "%":
        return cell
    share = f" ({number(reached.percent)}%)"
    return replace(cell, text=f"{cell.text}{share}", shape=f'{cell.shape}"{share}"')


def _source(reached: Reached, period: Period) -> str:
    before = "số liệu kỳ trước" if period.start and reached.as_of < period.start else ""
    return "; ".join(filter(None, (printable(reached.source), printable(reached.note), before)))


def task_status(code: str) -> str:
    """What the codelist calls a task's status."""
    return str(by_code("task_statuses")[code]["label_vi"])


def tasks_table(tasks: Sequence[Task]) -> Grid:
    """The tasks in the order given."""
    return Grid("Nhiệm vụ", "Kết quả thực hiện nhiệm vụ", _TASKS, _numbered(_task_row(one) for one in tasks))


def _task_row(task: Task) -> tuple[Cell, ...]:
    known = task.standing
    told = (f"Đến ngày {day(known.as_of)}" if known.as_of else "", printable(known.source), printable(known.note))
    return (
        Cell(printable(task.text)),
        Cell(task.lead) if task.lead else _BLANK,
        _due_cell(task),
        Cell(task_status(known.status)),
        Cell("; ".join(filter(None, told))),
    )


def _due_cell(task: Task) -> Cell:
    """The day, else what the plan prints: "thường xuyên"."""
    return Cell(printable(task.deadline)) if task.recurring or not task.standing.day else day_cell(task.standing.day)


def duties_table(duties: Sequence[Task]) -> Grid:
    """Recurring duties with how many of the days that came were kept."""
    return Grid(
        "Nhiệm vụ định kỳ",
        "Kết quả thực hiện nhiệm vụ, báo cáo định kỳ",
        _DUTIES,
        _numbered(_duty_row(one) for one in duties),
    )


def _duty_row(duty: Task) -> tuple[Cell, ...]:
    kept = [one.kept for one in duty.past]
    missing = ", ".join(day(one.day) for one in duty.past if one.kept == "missing")
    counts = (len(kept), kept.count("in_time"), kept.count("late"), kept.count("missing"))
    return (
        Cell(printable(f"{duty.text} ({duty.deadline})" if duty.deadline not in duty.text else duty.text)),
        Cell(duty.lead) if duty.lead else _BLANK,
        *(Cell(count(one), one, "0") for one in counts),
        Cell(f"Chưa có kỳ {missing}" if missing else ""),
    )


def list_of_tasks(tasks: Sequence[Task]) -> Grid:
    """All tasks in the order of print, for the appendix."""
    return Grid(
        "Danh mục nhiệm vụ",
        "Danh mục nhiệm vụ và tình hình thực hiện",
        _LIST,
        _numbered(_list_row(one) for one in tasks),
    )


def _list_row(task: Task) -> tuple[Cell, ...]:
    said = _of_duty(task) if task.recurring else task_status(task.standing.status)
    return (
        Cell(printable(task.text)),
        Cell(task.lead),
        Cell(task.others),
        Cell(task.results),
        _due_cell(task),
        Cell(said),
        day_cell(None if task.recurring else task.standing.as_of),
    )


def _of_duty(duty: Task) -> str:
    """How many of the days that came were kept."""
    if not duty.past:
        return "Chưa đến kỳ"
    known = sum(one.kept != "missing" for one in duty.past)
    return f"Đã có {count(known)}/{count(len(duty.past))} kỳ"
