"""The codelists: each enum has its list and the same codes, rows are whole, links between lists hold."""

import ast
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from schemas import (
    Change,
    Comparator,
    Confidence,
    DeadlineKind,
    IssuerLevel,
    Modality,
    PercentOf,
    Role,
    Scope,
    SectionKind,
    Severity,
    Source,
    TaskKind,
    TaskState,
)
from schemas.codelists import by_code, codelist, names

ROOT = Path(__file__).parents[1]
CODED = [name for name in names() if "code" in codelist(name)[0]]
DTI_GROUPS = {
    "Nhận thức số",
    "Thể chế số",
    "Hạ tầng số",
    "Nhân lực số",
    "An toàn thông tin mạng",
    "Chính quyền số",
    "Kinh tế số",
    "Xã hội số",
}


@pytest.mark.parametrize(
    ("enum", "name"),
    [
        (Change, "changes"),
        (Comparator, "comparators"),
        (Confidence, "confidences"),
        (DeadlineKind, "deadline_kinds"),
        (IssuerLevel, "issuer_levels"),
        (Modality, "modalities"),
        (PercentOf, "percent_of"),
        (Role, "roles"),
        (Scope, "scopes"),
        (SectionKind, "section_kinds"),
        (Severity, "severities"),
        (TaskKind, "task_kinds"),
        (TaskState, "task_states"),
    ],
)
def test_an_enum_has_the_codes_of_its_codelist_in_its_order(enum: type[StrEnum], name: str):
    assert [member.value for member in enum] == [row["code"] for row in codelist(name)]


def test_text_sources_are_those_the_record_allows():
    assert {row["code"] for row in codelist("text_sources")} == set(
        get_args(Source.model_fields["text_source"].annotation)
    )


@pytest.mark.parametrize("name", CODED)
def test_codes_are_unique_and_never_blank(name: str):
    codes = [row["code"] for row in codelist(name)]
    assert all(codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", names())
def test_every_row_has_a_cell_for_every_column(name: str):
    assert [row for row in codelist(name) if None in row or None in row.values()] == []


@pytest.mark.parametrize("name", [name for name in names() if "label_vi" in codelist(name)[0]])
def test_every_code_has_a_vietnamese_label_of_its_own(name: str):
    labels = [row["label_vi"] for row in codelist(name)]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_other_is_the_last_indicator():
    assert codelist("indicators")[-1]["code"] == "other"


def test_every_indicator_is_of_a_group():
    assert {row["group"] for row in codelist("indicators")} <= by_code("indicator_groups").keys()


def test_the_groups_are_those_of_the_digital_transformation_index():
    assert {row["label_vi"] for row in codelist("indicator_groups")} >= DTI_GROUPS


def test_every_problem_has_a_severity_and_an_explanation():
    for row in codelist("problem_codes"):
        assert row["severity"] in by_code("severities")
        assert row["explanation_vi"].endswith(".")


def test_every_status_of_a_target_is_explained():
    assert [row["code"] for row in codelist("target_statuses")] == ["met", "on_course", "behind", "missed", "no_data"]
    assert all(row["label_en"] and row["definition_vi"] for row in codelist("target_statuses"))


def test_units_of_measurement_convert_within_their_dimension():
    units = by_code("measure_units")
    assert {code for code, row in units.items() if row["dimension"] == "money"} >= {"đồng", "triệu đồng", "tỷ đồng"}
    assert all(float(row["factor"]) > 0 for row in units.values())
    for dimension in {row["dimension"] for row in units.values()}:
        assert any(float(row["factor"]) == 1 for row in units.values() if row["dimension"] == dimension), dimension


def test_roles_carry_the_codes_that_exports_need():
    assert {row["code"]: row["iati_organisation_role"] for row in codelist("roles")} == {
        "lead": "2",
        "coordinate": "4",
        "implement": "4",
    }


def test_a_codelist_cannot_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        codelist("roles")[0]["code"] = "other"  # type: ignore[index]


def problem_codes_raised() -> list[tuple[str, str]]:
    """Every literal `Problem(code=...)` of extraction, with the file it stands in."""
    calls = [
        (path, node)
        for path in sorted((ROOT / "extract").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Problem"
    ]
    return [
        (keyword.value.value, path.name)
        for path, call in calls
        for keyword in call.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    ]


def test_every_problem_that_extraction_raises_is_listed():
    assert [(code, file) for code, file in problem_codes_raised() if code not in by_code("problem_codes")] == []
