"""The section of a plan that says who does what, in the form's way."""

from collections.abc import Callable, Mapping, Sequence

from corpus.generate.due import Json
from corpus.generate.facts import Duty, Work
from corpus.generate.plan import Grid, Line, Written, lowered
from corpus.generate.work_tables import task_table


def write_assignments(plan: Written) -> None:
    """The section on implementation, if the form has one."""
    way = plan.form["assignments"]
    if way != "none":
        plan.section(plan.named("assignments"))
        _WAYS[way](plan)


def _note(plan: Written, text: str, unit: str | Sequence[str], duty: Duty) -> None:
    units = [{"name": name, "role": duty.role} for name in ([unit] if isinstance(unit, str) else unit)]
    task: Json = {"text": text, "kind": "assignment", "group": plan.path, "units": units, "shape": f"duty, {duty.way}"}
    if duty.deadline:
        task |= {"deadline": duty.deadline.gold, "way": duty.deadline.way}
    plan.tasks.append(task)


def _headings(plan: Written) -> None:
    for number, (names, duties) in enumerate(_heads(plan), 1):
        asked = "Đề nghị " * (plan.form["unit heads"] == "asked" and number == len(plan.facts.duties))
        plan.heading(number, asked + ", ".join(names))
        for at, duty in enumerate(duties, 1):
            plan.item(at, duty.text)
            _note(plan, duty.text, names, duty)


def _heads(plan: Written) -> list[tuple[Sequence[str], Sequence[Duty]]]:
    """The units of each heading with their duties; the last two of them share one where the form says so."""
    heads: list[tuple[Sequence[str], Sequence[Duty]]] = [([unit], duties) for unit, duties in plan.facts.duties]
    if plan.form["unit heads"] == "two units" and len(heads) > 1:
        (one, duties), (other, _) = heads[-2:]
        heads[-2:] = [([*one, *other], duties)]
    return heads


def _on_the_line(plan: Written) -> None:
    for number, (unit, duties) in enumerate(plan.facts.duties, 1):
        text = f"{unit}: {duties[0].text}"
        plan.heading(number, text)
        _note(plan, text, unit, duties[0])


def _bullets(plan: Written) -> None:
    for unit, duties in plan.facts.duties:
        text = f"{unit}: {lowered(duties[0].text)}"
        plan.add(f"- {text}")
        _note(plan, text, unit, duties[0])


def _charges(plan: Written) -> None:
    """Paragraphs that give the work: "Giao Trạm Y tế xã chủ trì, phối hợp với Công an xã …"."""
    for work in plan.facts.extra:
        names = plan.others(work)
        others = f", phối hợp với {plan.joined(names, in_sentence=True)}" if names else ""
        text = f"Giao {work.lead} chủ trì{others} {lowered(work.text)}."
        plan.add(f"- {text}")
        units = [{"name": work.lead, "role": "lead"}, *({"name": name, "role": "coordinate"} for name in names)]
        plan.tasks.append(
            {"text": text, "kind": "assignment", "group": plan.path, "units": units, "shape": "charge"}
        )  # fmt: skip


def _table(plan: Written) -> None:
    rows = [("TT", "Đơn vị", "Nhiệm vụ cụ thể", "Thời gian")]
    for number, (unit, duties) in enumerate(plan.facts.duties, 1):
        duty = duties[0]
        rows.append((str(number), unit, duty.text, duty.deadline.text if duty.deadline else "Cả năm"))
        year = {"kind": "year", "start": f"{plan.facts.year}-01-01", "end": f"{plan.facts.year}-12-31"}
        due = duty.deadline.gold if duty.deadline else year
        units = [{"name": unit, "role": "implement"}]
        plan.tasks.append(
            {
                "text": duty.text,
                "kind": "assignment",
                "group": plan.path,
                "units": units,
                "deadline": due,
                "shape": "row",
            }
        )
    plan.blocks.append(Grid(rows))


_WAYS: Mapping[str, Callable[[Written], None]] = {
    "headings": _headings,
    "duties on the line": _on_the_line,
    "bullets by unit": _bullets,
    "charges": _charges,
    "table": _table,
}


def write_appendix(plan: Written) -> None:
    """An appendix behind the foot with a table of tasks, if the form has one."""
    if plan.form["appendix"] == "none":
        return
    plan.path = "PL"
    works: list[Work] = list(plan.facts.extra)
    groups = [("Việc làm ngay", works[::2]), ("Việc lâu dài", works[1::2])]
    plan.blocks += [Line("PHỤ LỤC", bold=True, title=True), Line("Các việc làm thêm trong năm", title=True)]
    plan.blocks.append(task_table(plan, groups, kind="appendix"))
