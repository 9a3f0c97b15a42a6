"""Records to rows: keys, quarters, years, merging, and that every span still points at its text."""

from datetime import date

import pytest

from publish.cells import quarters
from publish.plan_rows import plan_year
from publish.rows import record_rows
from publish.shared_rows import locality_key
from publish.tables import BY_NAME
from publish.unit_kinds import listed, unit_kind
from schemas import Deadline, Head, Locality, PartialDate, Period, Record
from schemas.codelists import by_code
from tests.records import all_records, ward


def deadline(kind: str, start: str | None = None, end: str | None = None) -> Deadline:
    return Deadline.model_validate({"kind": kind, "start": start, "end": end})


QUARTERS = [
    (None, []),
    (deadline("quarter", "2026-01-01", "2026-03-31"), ["2026-Q1"]),
    (deadline("quarter", "2025-10-01", "2026-06-30"), ["2025-Q4", "2026-Q1", "2026-Q2"]),
    (deadline("month", "2024-06-01", "2024-06-30"), ["2024-Q2"]),
    (deadline("by", None, "2026-12-31"), ["2026-Q4"]),
    (deadline("by", "2026-01-01", "2026-07-01"), ["2026-Q3"]),
    (deadline("by"), []),
    (deadline("year", "2026-01-01", "2026-12-31"), []),
    (deadline("period", "2026-01-01", "2026-06-30"), []),
    (deadline("ongoing", "2026-01-01", "2026-12-31"), []),
    (deadline("recurring"), []),
]


@pytest.mark.parametrize(("given", "expected"), QUARTERS)
def test_quarters_are_those_that_a_quarter_month_or_last_day_touches(given: Deadline | None, expected: list[str]):
    assert quarters(given) == expected


LOCALITIES = [
    (Locality(), None),
    (Locality(type="xã"), None),
    (Locality(type="xã", name="Hòa Bình"), "xã-hòa-bình"),
    (Locality(type="xã", name="Hoà Bình"), "xã-hòa-bình"),
    (Locality(type="phường", name="Hòa Bình", province="Phú Thọ"), "phường-hòa-bình-phú-thọ"),
    (Locality(type="phường", name="Hòa Bình", province="Phú Thọ", code="04792"), "04792"),
]


@pytest.mark.parametrize(("locality", "key"), LOCALITIES)
def test_a_locality_is_keyed_by_its_code_or_else_by_its_name(locality: Locality, key: str | None):
    assert locality_key(locality) == key


YEARS = [
    (Head(period=Period(start=date(2026, 1, 1), end=date(2030, 12, 31))), 2026),
    (Head(period=Period(end=date(2030, 12, 31)), issued=PartialDate(year=2025)), 2025),
    (Head(period=Period(end=date(2030, 12, 31))), 2030),
    (Head(issued=PartialDate(year=2024)), 2024),
    (Head(), None),
]


@pytest.mark.parametrize(("head", "year"), YEARS)
def test_a_plans_year_is_the_first_it_is_for_or_else_that_of_its_issue(head: Head, year: int | None):
    assert plan_year(ward().model_copy(update={"document": head})) == year


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.source.filename)
def test_every_row_has_exactly_the_columns_of_its_table(record: Record):
    for name, rows in record_rows(record).items():
        for row in rows:
            assert list(row) == list(BY_NAME[name].columns), name


def test_items_of_two_plans_with_the_same_own_id_stay_apart():
    ids = {row["id"] for record in all_records() for row in record_rows(record)["targets"]}
    assert len(ids) == sum(len(record.targets) for record in all_records())


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.source.filename)
def test_the_spans_of_targets_and_tasks_are_their_text(record: Record):
    rows = record_rows(record)
    for row in (*rows["targets"], *rows["tasks"]):
        assert record.text[row["span_start"] : row["span_end"]] == row["text"]


def test_a_unit_has_a_kind():
    units = {row["id"]: row for row in record_rows(ward())["units"]}
    assert units["các-khu-phố"]["name"] == "Các khu phố"
    assert units["các-khu-phố"]["kind"] == "hamlet"


def test_a_tasks_section_is_the_nearest_above_it():
    row = record_rows(ward())["tasks"][0]
    assert row["section_path"] == "II.1"
    assert row["section_id"] == f"{ward().id}-section3"


KINDS = [(kind, name) for kind, entry in listed()["kinds"].items() for name in entry["examples"]]


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_unit_is_of_the_kind_its_example_says(kind: str, name: str):
    assert unit_kind(name) == kind


def test_unit_kinds_are_codes_of_the_codelist_and_no_word_has_two_kinds():
    words = [word for entry in listed()["kinds"].values() for word in entry["words"]]
    assert set(listed()["kinds"]) <= set(by_code("unit_kinds"))
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", ["", "Bánh mì", "Sởn gai ốc"])
def test_a_name_that_begins_with_no_known_word_is_of_kind_other(name: str):
    assert unit_kind(name) == "other"
