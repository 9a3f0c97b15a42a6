"""The section of a plan that says what is to be done, each task with its attributes as the form has them."""

from collections.abc import Callable, Mapping, Sequence

from corpus.generate.due import Json
from corpus.generate.facts import Work
from corpus.generate.forms import LABELS
from corpus.generate.issuers import wordings
from corpus.generate.plan import Written, lowered
from corpus.generate.work_tables import task_table


def write_work(plan: Written) -> None:
    """The section of tasks in the form's way."""
    plan.section(plan.named("tasks"))
    groups, depth = plan.facts.groups, plan.form["depth"]
    if plan.form["attributes"] == "table":
        plan.blocks.append(task_table(plan, groups, kind="task"))
        return
    if depth == "none" and plan.form["attributes"] != "after a run":
        _write_list(plan, [work for _, works in groups for work in works])
        return
    for number, (name, works) in enumerate(groups, 1):
        if len(groups) > 1 or depth == "groups within groups":
            plan.heading(number, name)
        _write_group(plan, works, depth)


def _write_group(plan: Written, works: Sequence[Work], depth: str) -> None:
    if depth == "groups within groups":
        for number, (name, part) in enumerate(
            zip(wordings()["inner_heads"], (works[::2], works[1::2]), strict=False), 1
        ):
            if part:
                plan.inner(number, name)
                _write_list(plan, part)
        return
    if depth == "lead-ins":
        plan.add(plan.rng.choice(wordings()["lead_ins"]))
    _write_list(plan, works)


def _write_list(plan: Written, works: Sequence[Work]) -> None:
    way = plan.form["attributes"]
    for at, work in enumerate(works, 1):
        if way == "after a run":
            plan.item(at, f"{work.text}.")
            _gold(plan, works[-1], f"{work.text}.", shape=work.shape)
        else:
            _WAYS[way](plan, at, work)
    if way == "after a run":
        _write_attributes(plan, works[-1], bullet="- " * plan.form["items"].startswith("("))


def _gold(plan: Written, work: Work, text: str, *, shape: str = "", in_words: bool = False) -> None:
    """The task with what its form tells of it; told `in_words` its unit leads, and nothing is said of a result."""
    task: Json = {"text": text, "kind": "task", "group": plan.path, "shape": shape or work.shape}
    if plan.form["attributes"] != "none":
        role = "implement" if plan.form["labels"] == "Giao" and not in_words else "lead"
        task["units"] = [
            {"name": work.lead, "role": role},
            *({"name": name, "role": "coordinate"} for name in plan.others(work)),
        ]
        task |= {"deadline": work.deadline.gold, "way": work.deadline.way}
        if work.result and not in_words:
            task["results"] = [work.result.text]
    plan.tasks.append(task)


def _told(plan: Written, work: Work) -> list[tuple[str, str]]:
    """The attributes with their labels."""
    lead, others, time, result = LABELS[plan.form["labels"]]
    said = work.result.text if work.result else ""
    helpers = plan.joined(plan.others(work), in_sentence=plan.form["attributes"] in {"one line", "brackets"})
    told = [(lead, work.lead), (others, helpers), (time, work.deadline.text), (result, said)]
    plan.note_result(work)
    return [(label, value) for label, value in told if value]


def _write_attributes(plan: Written, work: Work, *, bullet: str) -> None:
    for label, value in _told(plan, work):
        plan.add(f"{bullet}{label}: {value}.")


def _lines(plan: Written, at: int, work: Work) -> None:
    plan.item(at, f"{work.text}.")
    _write_attributes(plan, work, bullet="- " if plan.form["attributes"] == "bulleted lines" else "")
    _gold(plan, work, f"{work.text}.")


def _one_line(plan: Written, at: int, work: Work) -> None:
    plan.item(at, f"{work.text}.")
    told = "; ".join(f"{label}: {value}" for label, value in _told(plan, work))
    first, _, rest = told.partition("; ")
    plan.add(f"{first}; {rest}." if rest else f"{first}.")
    _gold(plan, work, f"{work.text}.")


def _brackets(plan: Written, at: int, work: Work) -> None:
    told = "; ".join(f"{lowered(label)}: {value}" for label, value in _told(plan, work))
    plan.item(at, f"{work.text} ({told}).")
    _gold(plan, work, f"{work.text} ({told}).")


def _helped(plan: Written, work: Work) -> str:
    names = plan.others(work)
    return f", phối hợp với {plan.joined(names, in_sentence=True)}" if names else ""


def _short_brackets(plan: Written, at: int, work: Work) -> None:
    """Roles and a time without labels: "(Trạm Y tế chủ trì; hoàn thành trước 15/5)"."""
    others = _helped(plan, work)
    text = f"{work.text} ({work.lead} chủ trì{others}; {lowered(work.deadline.text)})."
    plan.item(at, text)
    _gold(plan, work, text, in_words=True)


def _sentence(plan: Written, at: int, work: Work) -> None:
    others = _helped(plan, work)
    text = f"Giao {work.lead} chủ trì{others} {lowered(work.text)}. Thời gian thực hiện: {lowered(work.deadline.text)}."
    plan.item(at, text)
    _gold(plan, work, text, in_words=True)


def _none(plan: Written, at: int, work: Work) -> None:
    plan.item(at, f"{work.text}.")
    _gold(plan, work, f"{work.text}.")


_WAYS: Mapping[str, Callable[[Written, int, Work], None]] = {
    "bulleted lines": _lines,
    "plain lines": _lines,
    "one line": _one_line,
    "brackets": _brackets,
    "short brackets": _short_brackets,
    "sentence": _sentence,
    "none": _none,
}
