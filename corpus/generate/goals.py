"""The sections of a plan that say what is to be reached, and what for."""

from collections.abc import Sequence

from corpus.generate.due import Json, Said
from corpus.generate.issuers import wordings
from corpus.generate.measured import Goal, in_table
from corpus.generate.plan import Cell, Grid, Written

_BEFORE = {"=": "", ">": "Trên ", ">=": "≥ ", "<": "Dưới ", "<=": "≤ "}


def write_goals(plan: Written) -> None:
    """The section of goals in the form's way, with one of purpose above it in some."""
    way = plan.form["goals"]
    if way in {"with purpose", "purpose with a target"}:
        _write_purpose(plan, with_target=way == "purpose with a target")
    plan.section(plan.named("goals"))
    if way.startswith("table"):
        _write_table(plan, way)
    elif way == "general and specific":
        _write_general(plan)
    elif way == "parted by time":
        _write_by_time(plan)
    elif way == "run on":
        _write_run_on(plan)
    else:
        _write_items(plan, plan.facts.targets)


def _write_purpose(plan: Written, *, with_target: bool) -> None:
    plan.section(plan.named("purpose"))
    sentences = [text.format(topic=plan.facts.topic) for text in wordings()["purposes_of_plan"]]
    if with_target:
        text = f"100% thôn, tổ dân phố triển khai Kế hoạch này trước ngày 30/6/{plan.facts.year}."
        measure = {"comparator": "=", "value": 100, "unit": "%"}
        due = Said("", {"kind": "by", "end": f"{plan.facts.year}-06-30"}, "by a day")
        _gold(plan, Goal(text, Said("", {"measures": [measure]}, "in a purpose"), due), text)
        sentences.append(text)
    for at, text in enumerate(sentences, 1):
        plan.item(at, text)


def _gold(plan: Written, goal: Goal, text: str, **more: object) -> None:
    """The target with where it stands and what it says; `way` names how its measure is said."""
    target: Json = {"text": text, "scope": "specific", "indicator": "other", "group": plan.path}
    target |= {"measures": goal.measures, "way": goal.measured.way if goal.measured else "general"}
    if goal.due:
        target["due"] = goal.due.gold
    plan.targets.append({**target, **more})


def _write_items(plan: Written, goals: Sequence[Goal], **more: object) -> None:
    for at, goal in enumerate(goals, 1):
        plan.item(at, goal.text)
        own = {key: value for key, value in more.items() if key != "due" or goal.due is None}
        _gold(plan, goal, goal.text, **own)


def _write_general(plan: Written) -> None:
    plan.heading(1, plan.named("general"))
    _write_items(plan, plan.facts.general, scope="general")
    plan.heading(2, plan.named("specific"))
    _write_items(plan, plan.facts.targets)


def _write_by_time(plan: Written) -> None:
    """Headings that part the targets by time; the plan's own year is not said again in the record."""
    year, half = plan.facts.year, len(plan.facts.targets) // 2
    plan.heading(1, f"Trong năm {year}")
    _write_items(plan, plan.facts.targets[:half])
    plan.heading(2, f"Đến năm {year + 4}")
    _write_items(plan, plan.facts.targets[half:], due={"kind": "by", "end": f"{year + 4}-12-31"})


def _write_run_on(plan: Written) -> None:
    """Headings with their targets on the line: "1. Mục tiêu chung: Giúp …"."""
    plan.heading(1, f"{plan.named('general')}: {plan.facts.general[0].text}")
    _gold(plan, plan.facts.general[0], plan.facts.general[0].text, scope="general")
    plan.heading(2, plan.named("specific"))
    _write_items(plan, plan.facts.targets)


# Tables


def _write_table(plan: Written, way: str) -> None:
    goals, year = in_table(plan.facts.targets), plan.facts.year
    columns = {
        "table": [f"Kế hoạch năm {year}"],
        "table with a base": [f"Thực hiện năm {year - 1}", f"Kế hoạch năm {year}"],
        "table by year": [f"Năm {year}", f"Năm {year + 1}", f"Năm {year + 2}"],
        "table by commune": ["Xã " + name for name in ("Khe Sặt", "Đồng Văn Thượng", "Bình Hòa Tây")],
    }[way]
    rows: list[Sequence[str | Cell]] = [("TT", "Chỉ tiêu", "Đơn vị tính", *columns)]
    for at, goal in enumerate(goals, 1):
        name = f"Tỷ lệ {goal.rest}"
        measure = goal.measures[0]
        levels = [round(measure["value"] * share, 1) for share in (1, 0.9, 0.8)[: len(columns)]]
        measures = [{**measure, "value": level} for level in levels]
        printed = [_BEFORE[measure["comparator"]] + f"{level:g}".replace(".", ",") for level in levels]
        if way == "table with a base":
            measures, printed = [measure], [str(int(measure["value"]) - 7), printed[0]]
        rows.append((str(at), name, "%", *printed))
        said = Said("", {"measures": measures}, "in a table")
        _gold(plan, Goal(name, said), name)
    plan.blocks.append(Grid(rows))
