"""The rules of statuses in Python and in SQL say the same, on every day on which anything changes and beside it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.progress.standing_statuses import judge_anew, refresh
from publish.progress.statuses import counted_occurrences, target_statuses, task_statuses
from publish.tables import Value
from tests.standing import Plans

Target = tuple[dict[str, Value], list[dict[str, Value]], list[dict[str, Value]], list[dict[str, Value]]]

STANDS = """
    select target_id, status, reason, value, expected, actual_id from target_spells where ? between from_day and until_day
"""
DAYS = st.dates(date(2025, 10, 1), date(2028, 3, 1)).map(date.isoformat)
FEW_DAYS = st.sampled_from(
    ["2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-06-30", "2026-09-30", "2026-12-31", "2027-01-15"]
)
SOME_DAY = st.one_of(FEW_DAYS, FEW_DAYS, DAYS)
# Units that figures and their target have: mostly such as can be held against one another.
FAMILIES = st.sampled_from(
    [
        ["%", "%", "‰", "người"],
        ["hộ", "hộ nghèo", "hộ", "người"],
        ["triệu đồng", "tỷ đồng", "nghìn đồng", "nghìn tỷ đồng"],
        ["phút", "giờ", "phút/hồ sơ", "ngày", "ngày làm việc"],
        ["rank"],
        ["lớp", "lớp", "nghìn lớp", "lớp/năm", ""],
        ["%", "điểm %", "vụ", "lần"],
    ]
)
NUMBERS = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0, 9.0, 10.0, 12.0, 40.0, 79.0, 80.0, 85.0, 90.0, 100.0, 1500.0])
ALWAYS = {"0001-01-01", "9999-12-31"}
PERIODS = st.one_of(
    st.just((None, None)),
    st.sampled_from(
        [("2026-01-01", "2026-03-31"), ("2026-01-01", "2026-12-31"), ("2026-04-01", "2026-06-30"),
         ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-03-31"), ("2026-10-01", "2026-12-31")]
    ),
    st.tuples(SOME_DAY, SOME_DAY).map(sorted),
    st.tuples(SOME_DAY, st.none()),
)  # fmt: skip


def told(**more: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, Value]]:
    """A fact with its day and period."""
    at = st.sampled_from([None, "2026-07-01T08:00", "2026-08-01T08:00"])
    return st.fixed_dictionaries({"as_of": SOME_DAY, "period": PERIODS, "recorded_at": at, **more})


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A target with figures and bases in units of a kind."""
    units = st.sampled_from(draw(FAMILIES))
    main = {"comparator": st.sampled_from(["=", ">=", ">=", ">", "<=", "<"]), "value": NUMBERS, "unit": units}
    main["per"] = st.sampled_from([None, None, None, "hồ sơ", "năm"])
    main["change"] = st.sampled_from([None, None, None, "increase", "decrease"])
    measures = [draw(st.fixed_dictionaries(main))] if draw(st.sampled_from([True] * 9 + [False])) else []
    if measures and draw(st.booleans()):
        measures.append(measures[0] | {"comparator": "<=", "value": float(str(measures[0]["value"])) + 5})
    percent = st.one_of(st.none(), NUMBERS)
    actuals = draw(st.lists(told(value=NUMBERS, unit=units, percent=percent), min_size=1, max_size=6))
    bases = draw(st.lists(told(value=NUMBERS, unit=units), max_size=2))
    return draw(TIMES), measures, actuals, bases


TIMES = st.sampled_from(
    [
        {},
        {"due_end": "2026-06-30"},
        {"due_start": "2026-07-01", "due_end": "2026-09-30"},
        {"due_rrule": "FREQ=YEARLY"},
        {"due_rrule": "FREQ=MONTHLY"},
    ]
)
PLANS = st.sampled_from(
    [
        {},
        {"period_end": "2028-12-31"},
        {"period_start": None, "period_end": None},
        {"year": None, "period_start": None, "period_end": None, "issued_date": None},
        {"issued_date": "2026-04-15"},
        {"period_start": "2027-01-01", "period_end": "2026-12-31"},
    ]
)


def beside(days: set[str]) -> Iterator[date]:
    """The days and their neighbours."""
    for day in sorted({date.fromisoformat(day) for day in days - ALWAYS}):
        yield from (day - timedelta(1), day, day + timedelta(1))


def entered(plans: Plans, table: str, owner: str, key: str, found: list[dict[str, Value]]) -> None:
    """The facts of a target or task; every fourth corrects the one before."""
    for at, fact in enumerate(found):
        start, end = fact["period"]  # type: ignore[misc]
        values = {name: value for name, value in fact.items() if name != "period"}
        corrects = f"{key}-{table}-{at - 1}" if at % 4 == 3 else None
        values |= {"id": f"{key}-{table}-{at}", owner: key, "supersedes": corrects}
        plans.add(table, **values, period_start=start, period_end=end)


def alike(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else one == pytest.approx(other, rel=1e-7, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(PLANS, st.lists(targets(), min_size=6, max_size=12))
def test_a_target_stands_alike_by_both_rules_on_every_day(plan: dict[str, Value], made: list[Target]):
    plans = Plans()
    plans.plan(**plan)
    for number, (time, measures, actuals, bases) in enumerate(made):
        plans.target(f"t{number}", *measures, **{**time, "position": number})
        entered(plans, "actuals", "target_id", f"t{number}", actuals)
        entered(plans, "baselines", "target_id", f"t{number}", bases)
    connection = plans.everything_judged()
    days = {str(day) for (day,) in plans.rows("select as_of from actuals union select from_day from target_spells")}
    days |= {str(day) for (day,) in plans.rows("select due from target_courses where due is not null")}
    for day in beside(days):
        stands = {str(key): rest for key, *rest in plans.rows(STANDS, day.isoformat())}
        for one in target_statuses(connection, day):
            judged, (status, reason, value, expected, actual) = one.judgement, stands[one.id]
            assert (status, reason, actual) == (judged.status, judged.reason, judged.figure), (day, one)
            assert alike(value, judged.value), (day, one)
            assert alike(expected, judged.expected), (day, one)


STATE = st.sampled_from(["done_in_time", "done_late", "doing_in_time", "doing_late", "not_started", "dropped"])
DUE = st.sampled_from(
    [
        [],
        ["2026-06-30"],
        [f"2026-{month:02}-14" for month in range(1, 13)],
        ["2026-03-20", "2026-06-20", "2026-09-20", "2026-12-20"],
        ["2026-06-05", "2026-06-12", "2026-06-19", "2026-06-26"],
        ["2025-12-31", "2026-12-31", "2027-12-31"],
    ]
)
OCCURRENCES = """
    select task_id, due, status, state_id from task_spells where ? between from_day and until_day order by task_id, due
"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DUE, st.booleans(), st.lists(told(state=STATE), max_size=4)), min_size=4, max_size=8))
def test_an_occurrence_stands_alike_by_both_rules_on_every_day(
    made: list[tuple[list[str], bool, list[dict[str, Value]]]],
):
    plans = Plans()
    plans.plan()
    for number, (days, recurring, states) in enumerate(made):
        plans.task(f"t{number}", *days, recurring=recurring or len(days) > 1)
        entered(plans, "reported_states", "task_id", f"t{number}", states)
    connection = plans.everything_judged()
    changing = plans.rows("select as_of from reported_states union select day from task_days")
    for day in beside({str(day) for (day,) in changing} | {"2026-02-01"}):
        by_rules = [
            (task.id, one.due.isoformat() if one.due else "", one.status, one.state)
            for task in task_statuses(connection, day)
            for one in task.occurrences
        ]
        assert plans.rows(OCCURRENCES, day.isoformat()) == sorted(by_rules), day
        left = "select status, sum(number) from task_status_counts where facet = 'all' and day <= ? group by 1 having 2 > 0"
        counts = {status: number for status, number in plans.rows(left, day.isoformat()) if number}
        assert counts == counted_occurrences(task_statuses(connection, day)), day


TABLES_MADE = {
    "target_spells": "target_id, from_day, until_day, status, reason, value, expected, actual_id",
    "occurrence_spells": "task_id, due, from_day, until_day, status, state_id",
    "target_status_counts": "facet, value, year, day, status, number",
    "task_status_counts": "facet, value, year, recurring, day, status, number",
}


def made_tables(plans: Plans) -> dict[str, list[tuple[Value, ...]]]:
    return {
        table: sorted(plans.rows(f"select {columns} from {table}"), key=str) for table, columns in TABLES_MADE.items()
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(targets(), min_size=3, max_size=5),
    st.lists(st.tuples(DUE, st.lists(told(state=STATE), max_size=4)), min_size=3, max_size=5),
    st.integers(0, 4),
)
def test_what_an_import_brings_up_to_date_is_what_a_build_makes(
    made: list[Target], work: list[tuple[list[str], list[dict[str, Value]]]], before: int
):
    plans = Plans()
    plans.plan()
    plans.add("task_units", id="u1", task_id="k0", unit_id="trạm-y-tế", role="implement")
    plans.add("task_units", id="u2", task_id="k1", unit_id="trạm-y-tế", role="coordinate")
    plans.add("task_units", id="u3", task_id="k1", unit_id="công-an-xã", role="lead")
    for number, (time, measures, actuals, _) in enumerate(made):
        plans.target(f"t{number}", *measures, **{**time, "position": number, "indicator": f"i{number % 2}"})
        entered(plans, "actuals", "target_id", f"t{number}", actuals[:before])
    for number, (days, states) in enumerate(work):
        plans.task(f"k{number}", *days, recurring=len(days) > 1)
        entered(plans, "reported_states", "task_id", f"k{number}", states[:before])
    connection = plans.everything_judged()
    connection.execute("delete from actuals")
    connection.execute("delete from reported_states")
    for number, (_, _, actuals, bases) in enumerate(made):
        entered(plans, "actuals", "target_id", f"t{number}", actuals)
        entered(plans, "baselines", "target_id", f"t{number}", bases)
    for number, (_, states) in enumerate(work):
        entered(plans, "reported_states", "task_id", f"k{number}", states)
    refresh(
        connection, [*(f"t{number}" for number in range(len(made))), *(f"k{number}" for number in range(len(work)))]
    )
    brought_up_to_date = made_tables(plans)
    judge_anew(connection)
    assert made_tables(plans) == brought_up_to_date


def test_counts_of_a_day_are_those_of_the_targets_whatever_is_counted_by():
    plans = Plans()
    plans.plan()
    plans.plan(id="q", locality_id=None, year=2025)
    for number, plan in enumerate("ppqq"):
        level = {"comparator": ">=", "value": 80.0, "unit": "%"}
        plans.target(f"t{number}", level, plan=plan, indicator=f"i{number % 2}", year=2026 if plan == "p" else None)
    for key, value, day in (("t0", 90.0, "2026-03-31"), ("t1", 20.0, "2026-06-30"), ("t1", 50.0, "2026-09-30")):
        plans.add("actuals", id=f"{key}{day}", target_id=key, value=value, unit="%", as_of=day)
    plans.everything_judged()
    by_day = "select value, year, status, sum(number) from target_status_counts where facet = ? and day <= ? group by 1, 2, 3"
    assert plans.rows(by_day, "all", "2026-07-01") == [
        ("", 2025, "no_data", 2), ("", 2026, "behind", 1), ("", 2026, "met", 1), ("", 2026, "no_data", 0),
    ]  # fmt: skip
    assert plans.rows(by_day, "locality", "2026-04-01") == [
        ("", 2025, "no_data", 2), ("xa", 2026, "met", 1), ("xa", 2026, "no_data", 1)
    ]  # fmt: skip
    assert plans.rows(by_day, "indicator", "2026-04-01") == [
        ("i0", 2025, "no_data", 1), ("i0", 2026, "met", 1), ("i0", 2026, "no_data", 0),
        ("i1", 2025, "no_data", 1), ("i1", 2026, "no_data", 1),
    ]  # fmt: skip
