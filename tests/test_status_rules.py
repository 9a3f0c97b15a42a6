"""The examples of docs/status.md, held against the rules in Python and in SQL."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from publish.progress.status import Reason, TargetStatus
from publish.progress.statuses import target_statuses, task_statuses
from publish.progress.task_status import TaskStatus
from publish.tables import Value
from schemas.codelists import by_code
from tests.standing import Plans

DOCUMENT = Path(__file__).parents[1] / "docs" / "status.md"
OF_TARGETS = ["target", "time", "reported", "base", "as of", "status", "reason"]
OF_TASKS = ["due", "reported", "as of", "status"]
SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "": "="}
CHANGES = {"giảm": "decrease", "tăng": "increase", "": None}
TIMES: dict[str, tuple[dict[str, Value], dict[str, Value]]] = {
    "": ({}, {}),
    "quý III/2026": ({}, {"due_start": "2026-07-01", "due_end": "2026-09-30"}),
    "mỗi năm 2026–2028": ({"period_end": "2028-12-31"}, {"due_rrule": "FREQ=YEARLY"}),
    "none": ({"year": None, "period_start": None, "period_end": None, "issued_date": None}, {}),
}
# "giảm ≥ 10 %", "80–85 %"
LEVEL = re.compile(
    r"(?:(?P<change>giảm|tăng) )?(?P<sign>[≥≤><]?) ?(?P<value>[\d.,]+)(?:–(?P<top>[\d.,]+))? (?P<unit>.+)"
)
# "30/6/2026: 116 người = 85,3 % (1/4/2026–30/6/2026)"
TOLD = re.compile(
    r"(?P<day>[\d/]+): (?:(?P<value>\d[\d.,]*) (?P<unit>[^=(]+?)(?: = (?P<percent>[\d,]+) %)?|(?P<state>\w+))"
    r"(?: \((?P<start>[\d/]+)–(?P<end>[\d/]+)\))?"
)


def examples(header: list[str]) -> list[list[str]]:
    """The rows of all tables of the document with these headings."""
    found: list[list[str]] = []
    heading: list[str] = []
    for line in DOCUMENT.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells or not heading:
            heading = cells
        elif heading == header and set(cells[0]) != {"-"}:
            found.append(cells)
    return found


def iso(day: str) -> str:
    return date(*map(int, reversed(day.split("/")))).isoformat()


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def told(cell: str) -> Iterator[dict[str, Value]]:
    """The facts of a cell."""
    for one in filter(None, cell.split("; ")):
        found = TOLD.fullmatch(one)
        assert found, one
        fact: dict[str, Value] = {"as_of": iso(found["day"])}
        if found["start"]:
            fact |= {"period_start": iso(found["start"]), "period_end": iso(found["end"])}
        if found["state"]:
            yield fact | {"state": found["state"]}
        else:
            yield (
                fact
                | {"value": number(found["value"]), "unit": found["unit"]}
                | ({"percent": number(found["percent"])} if found["percent"] else {})
            )


def measures(cell: str) -> list[dict[str, Value]]:
    found = LEVEL.fullmatch(cell)
    assert found, cell
    unit, _, per = found["unit"].partition("/")
    main: dict[str, Value] = {"value": number(found["value"]), "unit": unit, "per": per or None}
    main |= {"comparator": SIGNS[found["sign"]], "change": CHANGES[found["change"] or ""]}
    if not found["top"]:
        return [main]
    return [main | {"comparator": ">="}, main | {"comparator": "<=", "value": number(found["top"])}]


@pytest.mark.parametrize("example", examples(OF_TARGETS), ids=" | ".join)
def test_a_target_stands_as_the_rules_say(example: list[str]):
    target, time, reported, base, as_of, status, reason = example
    plans = Plans()
    of_plan, of_target = TIMES[time]
    plans.plan(**of_plan)
    plans.target("t", *measures(target), **of_target)
    for table, cell in (("actuals", reported), ("baselines", base)):
        for at, fact in enumerate(told(cell)):
            plans.add(table, id=f"{table}{at}", target_id="t", **fact)
    judged = target_statuses(plans.everything_judged(), date.fromisoformat(iso(as_of)))[0].judgement
    assert (judged.status, judged.reason) == (status, reason)
    spell = "select status, reason from target_spells where ? between from_day and until_day"
    assert plans.rows(spell, iso(as_of)) == [(status, reason)]


@pytest.mark.parametrize("example", examples(OF_TASKS), ids=" | ".join)
def test_a_task_stands_as_the_rules_say(example: list[str]):
    due, reported, as_of, status = example
    plans = Plans()
    plans.plan()
    days = [iso(day) for day in due.split(", ") if day]
    plans.task("t", *days, recurring=len(days) > 1)
    for at, fact in enumerate(told(reported)):
        plans.add("reported_states", id=f"s{at}", task_id="t", **fact)
    task = task_statuses(plans.everything_judged(), date.fromisoformat(iso(as_of)))[0]
    assert ", ".join(one.status for one in task.occurrences) == status
    spells = "select status from task_spells where ? between from_day and until_day order by due"
    assert ", ".join(str(found) for (found,) in plans.rows(spells, iso(as_of))) == status


def test_the_document_has_examples_of_every_status_and_reason():
    statuses, reasons = {row[5] for row in examples(OF_TARGETS)}, {row[6] for row in examples(OF_TARGETS)}
    assert statuses == set(TargetStatus) == by_code("target_statuses").keys()
    assert reasons | {"no_measure"} == set(Reason) == by_code("status_reasons").keys()
    of_tasks = {status for row in examples(OF_TASKS) for status in row[3].split(", ")}
    assert of_tasks | {"doing_late"} == set(TaskStatus) == by_code("task_statuses").keys()


def test_what_is_reported_of_a_target_without_a_number_is_shown_but_not_judged():
    plans = Plans()
    plans.plan()
    plans.target("t")
    plans.add("actuals", id="a", target_id="t", value=12.0, unit="hội nghị", as_of="2026-06-30")
    judged = target_statuses(plans.everything_judged(), date(2026, 6, 30))[0].judgement
    assert (judged.status, judged.reason, judged.value, judged.figure) == ("no_data", "no_measure", 12.0, "a")


def test_a_figure_that_was_corrected_counts_no_more_not_even_for_days_before_the_correction():
    plans = Plans()
    plans.plan()
    plans.target("t", *measures("≥ 80 %"))
    plans.add("actuals", id="a", target_id="t", value=85.0, unit="%", as_of="2026-06-30")
    plans.add("actuals", id="b", target_id="t", value=58.0, unit="%", as_of="2026-06-30", supersedes="a")
    judged = target_statuses(plans.everything_judged(), date(2026, 7, 31))[0].judgement
    assert (judged.status, judged.value, judged.figure) == ("on_course", 58.0, "b")


@pytest.mark.parametrize(
    ("first", "second", "top"),
    [
        ({"comparator": ">=", "value": 80.0, "unit": "%"}, {"comparator": "<=", "value": 85.0, "unit": "%"}, 85.0),
        ({"comparator": ">=", "value": 4.0, "unit": "lớp"}, {"comparator": "<=", "value": 25.0, "unit": "người"}, None),
        ({"comparator": ">=", "value": 85.0, "unit": "%"}, {"comparator": ">=", "value": 90.0, "unit": "%"}, None),
        ({"comparator": ">=", "value": 85.0, "unit": "%"}, {"comparator": "<=", "value": 5.0, "unit": "%"}, None),
        ({"comparator": ">", "value": 80.0, "unit": "%"}, {"comparator": "<=", "value": 85.0, "unit": "%"}, None),
    ],
)
def test_only_the_other_end_of_a_range_belongs_to_the_first_measure(
    first: dict[str, Value], second: dict[str, Value], top: float | None
):
    plans = Plans()
    plans.plan()
    plans.target("t", first, second)
    plans.everything_judged()
    assert plans.rows("select top from target_courses") == [(top,)]


@pytest.mark.parametrize(
    ("of_plan", "of_target", "start", "due"),
    [
        ({}, {}, "2026-01-01", "2026-12-31"),
        ({}, {"due_end": "2026-06-30"}, "2026-01-01", "2026-06-30"),
        ({"period_start": None, "period_end": None}, {}, "2026-01-01", "2026-12-31"),
        ({"year": None, "period_start": None, "period_end": None}, {}, "2026-01-20", None),
        ({"year": None, "period_start": None, "period_end": None, "issued_date": None}, {}, None, None),
    ],
)
def test_a_target_is_for_its_own_time_else_for_that_of_its_plan(
    of_plan: dict[str, Value], of_target: dict[str, Value], start: str | None, due: str | None
):
    plans = Plans()
    plans.plan(**of_plan)
    plans.target("t", *measures("≥ 80 %"), **of_target)
    plans.everything_judged()
    assert plans.rows("select start, due from target_courses") == [(start, due)]


def test_a_target_of_every_year_has_a_course_for_each_year():
    plans = Plans()
    plans.plan(period_end="2028-06-30")
    plans.target("t", {"comparator": ">=", "value": 4.0, "unit": "lớp", "per": "năm"})
    plans.everything_judged()
    assert plans.rows("select from_day, until_day, start, due, reading from target_courses") == [
        ("0001-01-01", "2026-12-31", "2026-01-01", "2026-12-31", 0),
        ("2027-01-01", "2027-12-31", "2027-01-01", "2027-12-31", 0),
        ("2028-01-01", "9999-12-31", "2028-01-01", "2028-06-30", 0),
    ]
