"""Tables of tasks: columns in several orders, heads of one row or two, cells merged, rows that name a group."""

from collections.abc import Sequence

from corpus.generate.due import Json
from corpus.generate.facts import Work
from corpus.generate.plan import ROMAN, Cell, Grid, Written

Row = list[str | Cell]
# By the form's way: the columns, each with what stands in it.
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "who and when": (("Nội dung công việc", "work"), ("Cơ quan chủ trì", "lead"), ("Cơ quan phối hợp", "others"),
                     ("Thời gian hoàn thành", "when")),
    "with product": (("Nhiệm vụ", "work"), ("Đơn vị chủ trì", "lead"), ("Đơn vị phối hợp", "others"),
                     ("Sản phẩm", "result"), ("Thời hạn", "when")),
    "when before who": (("Tên nhiệm vụ", "work"), ("Tiến độ thực hiện", "when"), ("Chủ trì", "lead"),
                        ("Phối hợp", "others"), ("Ghi chú", "")),
    "one column of units": (("Nội dung", "work"), ("Đơn vị thực hiện", "lead"), ("Thời gian thực hiện", "when"),
                            ("Kết quả", "result")),
    "roles in brackets": (("Nội dung", "work"), ("Đơn vị thực hiện", "roles"), ("Thời gian", "when")),
    "labels in the cell": (("Nội dung", "work"), ("Phân công thực hiện", "labels"), ("Thời gian", "when")),
}  # fmt: skip
_PLAIN = _COLUMNS["who and when"]


def task_table(plan: Written, groups: Sequence[tuple[str, Sequence[Work]]], *, kind: str) -> Grid:
    """The table of the groups' tasks in the form's way, its tasks noted; groups have rows of their own."""
    way = plan.form["columns"]
    columns = _COLUMNS.get(way, _PLAIN)
    rows: list[Row] = [list(row) for row in _head(way, columns)]
    number = 0
    for at, (name, works) in enumerate(groups, 1):
        if len(groups) > 1:
            rows.append(_group_row(way, ROMAN[at], name, len(columns)))
        path = f"{plan.path}.{ROMAN[at]}" if len(groups) > 1 and plan.path else plan.path
        before: Work | None = None
        for work in works:
            number += 1
            merged = way == "merged cells" and before is not None and number % 2 == 0
            shown = before if merged and before is not None else work
            rows.append([str(number), *_cells(plan, work, columns, merged=merged)])
            plan.tasks.append({**_gold(plan, work, shown, columns), "kind": kind, "group": path})
            if work.result and shown is work and any(what == "result" for _, what in columns):
                plan.note_result(work)
            before = shown
    if way == "head again" and len(rows) > 3:
        rows.insert(len(rows) // 2 + 1, rows[0])
    return Grid(rows)


def _head(way: str, columns: Sequence[tuple[str, str]]) -> list[Row]:
    names = [name for name, _ in columns]
    if way == "two-row head":
        upper: Row = ["TT", names[0], Cell("Phân công thực hiện", wide=2), names[3]]
        return [upper, [Cell(up=True), Cell(up=True), "Chủ trì", "Phối hợp", Cell(up=True)]]
    numbers: list[Row] = [[f"({n})" for n in range(1, len(columns) + 2)]] if way == "column numbers" else []
    return [["STT" if way == "with product" else "TT", *names], *numbers]


def _group_row(way: str, label: str, name: str, width: int) -> Row:
    if way == "spanning groups":
        return [Cell(f"{label}. {name}", wide=width + 1)]
    return [label, name, *[""] * (width - 1)]


def _cells(plan: Written, work: Work, columns: Sequence[tuple[str, str]], *, merged: bool) -> Row:
    """A row's cells; of one that is merged with the row above all but the work's."""
    said = {
        "work": work.text,
        "lead": work.lead,
        "others": plan.joined(plan.others(work)),
        "when": work.deadline.text,
        "result": work.result.text if work.result else "",
        "roles": ", ".join([f"{work.lead} (chủ trì)", *(f"{name} (phối hợp)" for name in work.others)]),
        "labels": f"Chủ trì: {work.lead}" + (f"; phối hợp: {', '.join(work.others)}" if work.others else ""),
        "": "",
    }
    return [Cell(up=True) if merged and what != "work" else said[what] for _, what in columns]


def _gold(plan: Written, work: Work, shown: Work, columns: Sequence[tuple[str, str]]) -> Json:
    """The task of a row as gold has it; `shown` is the one whose cells it has."""
    given = {what for _, what in columns}
    others = plan.others(shown) if "others" in given else shown.others if given & {"roles", "labels"} else None
    units = [{"name": shown.lead, "role": "implement" if others is None else "lead"}]
    units += [{"name": name, "role": "coordinate"} for name in others or ()]
    task: Json = {"text": work.text, "units": units, "shape": work.shape}
    task |= {"deadline": shown.deadline.gold, "way": shown.deadline.way}
    if shown.result and "result" in given:
        task["results"] = [shown.result.text]
    return task
