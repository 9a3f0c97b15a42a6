"""Scoring of reports: when two actual values are the same, what each measure compares, and which table they are in."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.actual_matching import ACTUAL_VALUES, matched_actuals, unit_kind
from corpus.score import MEASURES, REPORT_MEASURES, Row, ScoreTable, format_table, score_folders

ACTUAL = {
    "text": "Tập huấn kỹ năng số cho 116/136 thành viên, đạt 85,3%, tăng 5% so với cùng kỳ",
    "value": 116,
    "unit": "thành viên",
    "of": 136,
    "percent": 85.3,
    "percent_of": "whole",
    "planned": {"comparator": ">=", "value": 120, "unit": "thành viên"},
    "difference": {"change": "increase", "value": 5, "unit": "%", "base": "cùng kỳ"},
    "as_of": "2026-03-15",
    "start": "2026-01-01",
    "end": "2026-03-15",
    "indicator": "team_training",
}
BARE = {"text": "tổ chức 02 hội nghị giao ban chuyên đề", "value": 2, "unit": "hội nghị"}
REPORT = {"doc": "bao-cao.txt", "document": {"number": "96/BC-UBND"}, "actuals": [ACTUAL, BARE]}
PLAN = {"doc": "ke-hoach.txt", "document": {"number": "14/KH-UBND"}, "targets": [], "tasks": []}


def write(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir(parents=True)
    for record in records:
        (folder / f"{record['doc']}.json").write_text(json.dumps(record), "utf-8")
    return folder


def table_of(tmp_path: Path, *found: dict[str, Any], gold: tuple[dict[str, Any], ...] = (REPORT,)) -> ScoreTable:
    return score_folders(write(tmp_path / "gold", *gold), write(tmp_path / "found", *found))


def with_first(**change: Any) -> dict[str, Any]:
    return {**REPORT, "actuals": [{**ACTUAL, **change}, BARE]}


def test_a_report_scored_against_itself_is_right_in_everything(tmp_path):
    table = table_of(tmp_path, REPORT)
    assert {measure: table.f1(measure) for measure in table.rows} == dict.fromkeys(REPORT_MEASURES, 1.0)
    assert table.rows["whole actuals"] == Row(right=2, found=2, gold=2)
    assert table.mistakes == ()


def test_a_missing_report_counts_as_empty(tmp_path):
    table = table_of(tmp_path)
    assert table.rows["actual values"] == Row(right=0, found=0, gold=2)
    assert table.by_document["bao-cao.txt"].f1 == 0


ONE_WRONG = [
    ({"of": 137}, "actual of"),
    ({"of": None}, "actual of"),
    ({"percent": 85}, "actual percent"),
    ({"percent_of": "plan"}, "actual percent"),
    ({"planned": {"comparator": "=", "value": 120, "unit": "thành viên"}}, "actual planned"),
    ({"planned": {"comparator": ">=", "value": 120, "unit": "%"}}, "actual planned"),
    ({"difference": {"change": "decrease", "value": 5, "unit": "%"}}, "actual difference"),
    ({"difference": {"change": "increase", "value": 5, "unit": "điểm %"}}, "actual difference"),
    ({"as_of": None}, "actual period"),
    ({"start": None}, "actual period"),
]


@pytest.mark.parametrize(("change", "measure"), ONE_WRONG)
def test_a_wrong_value_lowers_its_own_measure_and_the_whole(tmp_path, change, measure):
    table = table_of(tmp_path, with_first(**change))
    assert {mistake.measure for mistake in table.mistakes} == {measure}
    assert table.rows["actual values"].right == 2
    assert table.rows["whole actuals"] == Row(right=1, found=2, gold=2)


SAME = [
    {"unit": "người"},
    {"difference": {"change": "increase", "value": 5.0, "unit": "phần trăm", "base": "năm trước"}},
    {"planned": {"comparator": ">=", "value": 120, "unit": "Tổ viên"}},
    {"indicator": "other"},
    {"text": "Tập huấn kỹ năng số cho 116/136 thành viên, đạt 85,3%"},
]


@pytest.mark.parametrize("change", SAME)
def test_noun_base_indicator_and_the_ends_of_the_clause_are_no_part_of_the_whole(tmp_path, change):
    assert table_of(tmp_path, with_first(**change)).f1("whole actuals") == 1


OTHER = [{"value": 117}, {"unit": "%"}, {"unit": "triệu đồng"}, {"text": "Hộ có nước sạch"}]


@pytest.mark.parametrize("change", OTHER)
def test_another_number_kind_of_unit_or_text_is_another_value(tmp_path, change):
    table = table_of(tmp_path, with_first(**change))
    assert table.rows["actual values"] == Row(right=1, found=2, gold=2)
    assert {m.kind for m in table.mistakes if m.measure == "actual values"} == {"missed", "wrong"}


def test_values_of_one_clause_are_told_apart_by_their_numbers():
    text = "phát thanh 96 lượt, treo 38 băng rôn, đăng 57 tin, bài"
    gold = [{"text": text, "value": value, "unit": "lượt"} for value in (96, 38, 57)]
    assert sorted(matched_actuals(gold, [gold[2], gold[0]])) == [(0, 1), (2, 0)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tỷ đồng", "Tỉ đồng", True),
        ("điểm %", "điểm phần trăm", True),
        ("hộ", "hộ nghèo", True),
        ("triệu đồng", "tỷ đồng", False),
        ("%", "điểm %", False),
        ("rank", "thôn", False),
    ],
)
def test_units_of_measurement_count_and_nouns_do_not(one, other, same):
    assert (unit_kind(one) == unit_kind(other)) is same


def test_a_table_has_the_measures_of_what_there_is_gold_for(tmp_path):
    assert tuple(table_of(tmp_path / "a", REPORT).rows) == REPORT_MEASURES
    assert tuple(table_of(tmp_path / "b", PLAN, gold=(PLAN,)).rows) == MEASURES
    both = table_of(tmp_path / "c", REPORT, PLAN, gold=(REPORT, PLAN))
    assert set(both.rows) == {*MEASURES, *REPORT_MEASURES}


def test_targets_found_in_a_report_and_values_found_in_a_plan_are_not_scored(tmp_path):
    report = {**REPORT, "targets": [{"text": "Phấn đấu 100% hộ"}]}
    table = table_of(tmp_path, report, {**PLAN, "actuals": [BARE]}, gold=(REPORT, PLAN))
    assert table.rows["targets"] == Row()
    assert table.rows["actual values"] == Row(right=2, found=2, gold=2)


def test_a_missed_value_is_listed_with_its_number(tmp_path):
    printed = format_table(table_of(tmp_path, {**REPORT, "actuals": [ACTUAL]}), errors=True)
    assert "actual values\tbao-cao.txt\tmissed\t\t2 hội nghị: tổ chức 02 hội nghị" in printed
    assert all(any(line.startswith(measure) for line in printed.splitlines()) for measure in ACTUAL_VALUES)
