"""The facts of a plan -> the parts of its report, I to V; what the data don't say is a blank."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from publish.progress.status import TargetStatus
from publish.progress_report.content import Blank, Block, Heading, Look, Paragraph, Piece
from publish.progress_report.facts import Facts, Target, Task
from publish.progress_report.period import Period
from publish.progress_report.tables import duties_table, level_said, targets_table, task_status, tasks_table
from publish.progress_report.wording import amount, count, day, in_ranges, number, printable
from schemas.codelists import by_code

APPENDIX = "Phụ lục"

_KEPT = {"in_time": "đúng hạn", "late": "quá hạn", "missing": "chưa có báo cáo"}
_LATE = {"doing_late", "not_started_late", "not_reported"}
_OVER = {"done_in_time", "done_late", "dropped"}


def parts(facts: Facts, period: Period) -> Iterator[Block]:
    """The body of the report, its headings numbered."""
    yield from _results_of_targets(facts, period)
    yield from _results_of_tasks(facts, period)
    yield from _shortcomings(facts)
    yield from _what_comes(facts, period)
    yield Heading(1, "V. KIẾN NGHỊ, ĐỀ XUẤT")
    yield _item(Blank("cơ quan báo cáo ghi kiến nghị, đề xuất; nếu không có thì ghi “Không”"))


def _by_status(tasks: Sequence[Task]) -> list[Task]:
    """The tasks in the order of the codelist: the form's states first, those without a report last."""
    order = list(by_code("task_statuses"))
    return sorted(tasks, key=lambda task: order.index(task.standing.status))


def _results_of_targets(facts: Facts, period: Period) -> Iterator[Block]:
    yield Heading(1, "I. KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    if not facts.targets:
        yield _body("Không có chỉ tiêu nào được đọc thấy trong kế hoạch. ", Blank("bổ sung nếu có"))
        return
    counts = Counter(target.status for target in facts.targets)
    yield _body(f"Kế hoạch có {count(len(facts.targets))} chỉ tiêu. Tính đến ngày {day(period.end)}:")
    for status in TargetStatus:
        if counts[status]:
            label = by_code("target_statuses")[status]["label_vi"]
            yield _item(f"{label}: {_share(counts[status], len(facts.targets), 'chỉ tiêu')}.")
    yield _body("Kết quả từng chỉ tiêu như sau:")
    yield targets_table(facts.targets, period)


def _results_of_tasks(facts: Facts, period: Period) -> Iterator[Block]:
    yield Heading(1, "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    if not facts.tasks:
        yield _body("Không có nhiệm vụ nào được đọc thấy trong kế hoạch. ", Blank("bổ sung nếu có"))
        return
    once = [task for task in facts.tasks if not task.recurring]
    duties = [task for task in facts.tasks if task.recurring]
    yield _body(
        f"Kế hoạch giao {count(len(facts.tasks))} nhiệm vụ"
        + (f", trong đó {count(len(duties))} nhiệm vụ định kỳ" if duties else "")
        + f" (danh mục tại {APPENDIX} kèm theo)."
    )
    yield from _numbered(
        (
            ("Nhiệm vụ thực hiện một lần, thường xuyên", list(_once(once, period))),
            ("Nhiệm vụ, báo cáo định kỳ", list(_again_and_again(duties, period))),
        )
    )


def _numbered(found: Iterable[tuple[str, Sequence[Block]]]) -> Iterator[Block]:
    """What stands under each title, with a heading over it; nothing of those that have nothing."""
    for at, (title, blocks) in enumerate(((title, blocks) for title, blocks in found if blocks), 1):
        yield Heading(2, f"{at}. {title}")
        yield from blocks


def _once(tasks: Sequence[Task], period: Period) -> Iterator[Block]:
    if not tasks:
        return
    counts = Counter(task.standing.status for task in _by_status(tasks))
    yield _body(f"Tính đến ngày {day(period.end)}:")
    for status, found in counts.items():
        yield _item(f"{task_status(status)}: {_share(found, len(tasks), 'nhiệm vụ')}.")
    if shown := [task for task in _by_status(tasks) if task.standing.status != "not_due"]:
        yield tasks_table(shown)


def _again_and_again(duties: Sequence[Task], period: Period) -> Iterator[Block]:
    kept = Counter(one.kept for duty in duties for one in duty.past)
    if kept:
        said = [f"{words} {count(kept[code])} kỳ" for code, words in _KEPT.items() if kept[code]]
        yield _body(f"Có {count(kept.total())} kỳ đến hạn {period.said}: {', '.join(said)}.")
        yield duties_table([duty for duty in duties if duty.past])
    elif duties:
        yield _body(f"Chưa có kỳ nào đến hạn {period.said}.")


def _shortcomings(facts: Facts) -> Iterator[Block]:
    yield Heading(1, "III. TỒN TẠI, HẠN CHẾ")
    silent = sum(target.status == TargetStatus.NO_DATA for target in facts.targets)
    lists = [(f"{title} ({count(len(said))})", _items(said)) for title, said in _lists_of_shortcomings(facts) if said]
    if silent:
        lists.append((f"Chỉ tiêu chưa có số liệu để đánh giá ({count(silent)})", _items(_without_data(facts.targets))))
    if not lists:
        yield _body("Số liệu đã nhập không cho thấy chỉ tiêu, nhiệm vụ nào chậm hoặc còn thiếu báo cáo.")
    asked = Blank("cơ quan báo cáo ghi nguyên nhân")
    yield from _numbered([*lists, ("Nguyên nhân", [_item("Khách quan: ", asked), _item("Chủ quan: ", asked)])])


def _lists_of_shortcomings(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    def targets(status: TargetStatus) -> list[str]:
        return [_against_plan(target) for target in facts.targets if target.status == status]

    def tasks(status: str) -> list[str]:
        return [_with_lead(task) for task in facts.tasks if not task.recurring and task.standing.status == status]

    yield "Chỉ tiêu không đạt", targets(TargetStatus.MISSED)
    yield "Chỉ tiêu chậm tiến độ", targets(TargetStatus.BEHIND)
    yield "Nhiệm vụ đang thực hiện nhưng đã quá hạn", tasks("doing_late")
    yield "Nhiệm vụ đã quá hạn nhưng chưa thực hiện", tasks("not_started_late")
    yield "Nhiệm vụ hoàn thành quá hạn", tasks("done_late")
    yield "Nhiệm vụ đã quá hạn, chưa có báo cáo kết quả", tasks("not_reported")
    yield "Nhiệm vụ, báo cáo định kỳ nộp chậm hoặc còn thiếu", list(_missed_days(facts.tasks))


def _without_data(targets: Sequence[Target]) -> Iterator[str]:
    """Those whose figures can't be judged each, those without any by their numbers in the table."""
    silent = [(at, target) for at, target in enumerate(targets, 1) if target.status == TargetStatus.NO_DATA]
    yield from (_against_plan(target) for _, target in silent if target.reached)
    for reason in ("no_actual", "no_measure"):
        if places := [at for at, target in silent if target.reason == reason and not target.reached]:
            label = by_code("status_reasons")[reason]["label_vi"]
            yield f"{label}: {count(len(places))} chỉ tiêu, số thứ tự {in_ranges(places)} của bảng tại mục I."


def _missed_days(tasks: Sequence[Task]) -> Iterator[str]:
    for task in tasks:
        late = [day(one.day) for one in task.past if one.kept == "late"]
        missing = [day(one.day) for one in task.past if one.kept == "missing"]
        said = [
            f"quá hạn các kỳ {', '.join(late)}" if late else "",
            f"chưa có kỳ {', '.join(missing)}" if missing else "",
        ]
        if late or missing:
            yield f"{_name(task.text)}{_of(task.lead)}: {'; '.join(filter(None, said))}."


def _what_comes(facts: Facts, period: Period) -> Iterator[Block]:
    following = period.next_period
    yield Heading(1, f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {(following.name or 'thời gian tới').upper()}")
    lists = [
        ("Khắc phục tồn tại", _items(_left_over(facts))),
        (f"Chỉ tiêu đến hạn {following.said}", _items(_targets_due(facts, following))),
        (f"Nhiệm vụ đến hạn {following.said}", _items(_tasks_due(facts, following))),
    ]
    if not any(said for _, said in lists):
        yield _body(f"Kế hoạch không có chỉ tiêu, nhiệm vụ nào đến hạn {following.said}.")
    asked = Blank("cơ quan báo cáo ghi nhiệm vụ, giải pháp")
    yield from _numbered([*lists, ("Nhiệm vụ, giải pháp khác", [_item(asked)])])


def _left_over(facts: Facts) -> Iterator[str]:
    late = sum(not task.recurring and task.standing.status in _LATE for task in facts.tasks)
    missing = sum(one.kept == "missing" for task in facts.tasks for one in task.past)
    silent = sum(target.status == TargetStatus.NO_DATA for target in facts.targets)
    if late:
        yield f"Hoàn thành {count(late)} nhiệm vụ đã quá hạn nêu tại mục III."
    if missing:
        yield f"Thực hiện bù {count(missing)} kỳ báo cáo, nhiệm vụ định kỳ còn thiếu."
    if silent:
        yield f"Bổ sung số liệu của {count(silent)} chỉ tiêu chưa đánh giá được."


def _targets_due(facts: Facts, following: Period) -> Iterator[str]:
    """Those with a time of their own each, those due with the whole plan together."""
    open_ = [one for one in facts.targets if one.status != TargetStatus.MET and _within(one.due, following)]
    for target in open_:
        if target.due_itself:
            yield f"{_name(target.text)} (thời hạn: {day(target.due)})."
    others = Counter(target.due for target in open_ if not target.due_itself)
    for due, many in others.items():
        yield f"{count(many)} chỉ tiêu chưa đạt hoặc chưa có số liệu có thời hạn theo kế hoạch ({day(due)})."


def _tasks_due(facts: Facts, following: Period) -> list[str]:
    coming = ((_days_to_come(task, following), task) for task in facts.tasks)
    ordered = sorted(((days, task) for days, task in coming if days), key=lambda pair: pair[0][0])
    said = (("các kỳ" if len(days) > 1 else "thời hạn", ", ".join(map(day, days)), task) for days, task in ordered)
    return [f"{_name(task.text)}{_of(task.lead)} ({what}: {when})." for what, when, task in said]


def _days_to_come(task: Task, following: Period) -> list[date]:
    once = () if task.standing.status in _OVER or not task.standing.day else (task.standing.day,)
    return [one for one in (task.coming if task.recurring else once) if _within(one, following)]


def _within(day: date | None, period: Period) -> bool:
    return bool(day and period.start and period.start <= day <= period.end)


def _against_plan(target: Target) -> str:
    """A target with what was reached of it: "Ít nhất 35 hộ: thực hiện 21 hộ, kế hoạch ≥ 35 hộ"."""
    name, reached, level = _name(target.text), target.reached, target.level
    why = by_code("status_reasons").get(target.reason, {}).get("label_vi", "").lower()
    if reached is None or level is None:
        return f"{name} ({why})." if why else f"{name}."
    said = [f"thực hiện {_inside(amount(reached.value, reached.unit))}", f"kế hoạch {_inside(level_said(level))}"]
    if target.of_plan is not None:
        said.append(f"bằng {number(target.of_plan)}% kế hoạch")
    reason = f"; {why}" if why and target.status == TargetStatus.NO_DATA else ""
    return f"{name}: {', '.join(said)} (tính đến ngày {day(reached.as_of)}{reason})."


def _inside(said: str) -> str:
    """Words as they stand inside a sentence."""
    return said[:1].lower() + said[1:]


def _with_lead(task: Task) -> str:
    due = f" (thời hạn: {day(task.standing.day)})" if task.standing.day else ""
    return f"{_name(task.text)}{_of(task.lead)}{due}."


def _of(lead: str) -> str:
    return f" – {lead}" if lead else ""


def _name(text: str) -> str:
    """What is printed of a target or task, without its last stop."""
    return printable(text).rstrip(" .;,/")


def _share(some: int, every: int, noun: str) -> str:
    return f"{count(some)} {noun}, chiếm {number(round(some / every * 100, 1))}%"


def _body(*pieces: Piece) -> Paragraph:
    return Paragraph(pieces)


def _item(*pieces: Piece) -> Paragraph:
    return Paragraph(tuple(chain(("- ",), pieces)), Look.ITEM)


def _items(said: Iterable[str]) -> list[Paragraph]:
    return [_item(one) for one in said]
