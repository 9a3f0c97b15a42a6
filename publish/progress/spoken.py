"""How far targets and tasks have come -> lines that people read, in Vietnamese; what asks for attention comes first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from publish.pages.language import day, label, number
from publish.progress.status import Level, TargetStatus
from publish.progress.statuses import TargetProgress, TaskProgress, counted, counted_occurrences
from publish.progress.target_units import shown_unit
from publish.progress.task_status import LATE, Occurrence, TaskStatus

_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}
_LONGEST = 100  # letters of an item's text
_TARGETS = (
    TargetStatus.MISSED, TargetStatus.BEHIND, TargetStatus.ON_COURSE, TargetStatus.MET, TargetStatus.NO_DATA,
)  # fmt: skip


def spoken(as_of: date, targets: Sequence[TargetProgress], tasks: Sequence[TaskProgress]) -> Iterator[str]:
    """Targets by their status with the reason, tasks that are late, recurring duties time by time, the numbers."""
    yield f"Tiến độ tính đến {day(as_of.isoformat())}"
    yield from _of_targets(targets)
    yield from _of_late_tasks([task for task in tasks if not task.recurring])
    yield from _of_duties([task for task in tasks if task.recurring], as_of)
    yield ""
    yield _counts("chỉ tiêu", "target_statuses", counted(targets), _TARGETS)
    yield _counts("lượt nhiệm vụ", "task_statuses", counted_occurrences(tasks), tuple(TaskStatus))


def _of_targets(targets: Sequence[TargetProgress]) -> Iterator[str]:
    by_status: dict[str, list[TargetProgress]] = defaultdict(list)
    for one in targets:
        by_status[one.judgement.status].append(one)
    for status in _TARGETS:
        if by_status[status]:
            yield ""
            yield f"CHỈ TIÊU: {label(status, 'target_statuses').upper()} ({len(by_status[status])})"
            yield from (_of_target(one) for one in by_status[status])


def _of_target(one: TargetProgress) -> str:
    level, judged = one.course.level, one.judgement
    told = [f"mức đặt ra {_said(level)}" if level else "", _reached(one), label(judged.reason, "status_reasons")]
    return f"  {one.id}  {_short(one.text)}\n      {'; '.join(filter(None, told))}"


def _said(level: Level) -> str:
    change = f"{label(level.change, 'changes').lower()} " if level.change else ""
    held = f"{_SIGNS[level.comparator]}{number(level.value)}"
    ranging = held if level.top is None else f"{number(level.value)} - {number(level.top)}"
    return f"{change}{ranging} {shown_unit(level.unit) or ''}".rstrip()


def _reached(one: TargetProgress) -> str:
    level, judged = one.course.level, one.judgement
    if judged.value is None:
        return ""
    unit = shown_unit(level.unit) if level else ""
    asked = f", tiến đều phải có {number(judged.expected)}" if judged.expected is not None else ""
    return f"số liệu {number(judged.value)} {unit or ''}".rstrip() + asked


def _of_late_tasks(tasks: Sequence[TaskProgress]) -> Iterator[str]:
    for status in (status for status in TaskStatus if status in LATE):
        late = [(task, one) for task in tasks for one in task.occurrences if one.status is status]
        if late:
            yield ""
            yield f"NHIỆM VỤ: {label(status, 'task_statuses').upper()} ({len(late)})"
            yield from (f"  {task.id}  hạn {_day(one.due)}  {_short(task.text)}" for task, one in late)


def _of_duties(tasks: Sequence[TaskProgress], as_of: date) -> Iterator[str]:
    due = [(task, [one for one in task.occurrences if _has_come(one, as_of)]) for task in tasks]
    if any(occurrences for _, occurrences in due):
        yield ""
        yield "VIỆC ĐỊNH KỲ: TỪNG LẦN ĐẾN HẠN"
    for task, occurrences in due:
        if occurrences:
            times = "; ".join(f"{_day(one.due)} {label(one.status, 'task_statuses').lower()}" for one in occurrences)
            yield f"  {task.id}  {_short(task.text)}\n      {times}"


def _has_come(one: Occurrence, as_of: date) -> bool:
    """Whether a time of a duty is over, or was reported on before."""
    return one.state is not None or (one.due is not None and one.due <= as_of)


def _counts(what: str, codelist: str, counts: Mapping[str, int], order: Sequence[str]) -> str:
    told = ", ".join(f"{label(status, codelist).lower()} {counts[status]}" for status in order if counts.get(status))
    return f"{sum(counts.values())} {what}" + (f": {told}." if told else ".")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _day(due: date | None) -> str:
    return day(due.isoformat()) if due else ""
