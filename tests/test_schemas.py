"""The models: records survive their JSON, refuse what they do not know, and the JSON Schema files say the same."""

import datetime as dt
import json

import pytest
from pydantic import ValidationError

import schemas
from schemas import (
    Comparator,
    Deadline,
    DeadlineKind,
    Head,
    Measure,
    Problem,
    Record,
    Role,
    Scope,
    Severity,
    Source,
    Span,
    Target,
    Task,
    TaskKind,
    UnitRole,
)
from schemas.json_schema import MODELS, json_schema, schema_files

TEXT = "KẾ HOẠCH\nTrên 90% hộ dân có nước sạch\nPhòng Kinh tế chủ trì kiểm tra trước ngày 30/6/2026"
RECORD = Record(
    id="0" * 16,
    source=Source(filename="nuoc-sach.txt", sha256="0" * 64, media_type="text/plain", extractor="kehoach 0"),
    text=TEXT,
    document=Head(kind="KH", spans={"kind": (Span(start=0, end=8),)}),
    targets=(
        Target(
            id="t1",
            text=TEXT[9:38],
            scope=Scope.SPECIFIC,
            measures=(Measure(comparator=Comparator.MORE, value=90, unit="%"),),
            spans=(Span(start=9, end=38),),
        ),
    ),
    tasks=(
        Task(
            id="n1",
            text=TEXT[39:],
            kind=TaskKind.ASSIGNMENT,
            units=(UnitRole(name="Phòng Kinh tế", canonical="Phòng Kinh tế", role=Role.LEAD),),
            deadline=Deadline(kind=DeadlineKind.BY, end=dt.date(2026, 6, 30), text="trước ngày 30/6/2026"),
            spans=(Span(start=39, end=len(TEXT)),),
        ),
    ),
    problems=(Problem(code="number_blank", message="Số văn bản để trống", severity=Severity.LOW),),
)


def test_a_record_survives_its_json():
    assert Record.model_validate_json(RECORD.model_dump_json()) == RECORD


def test_absent_parts_may_be_left_out_of_the_json():
    assert Record.model_validate_json(RECORD.model_dump_json(exclude_none=True)) == RECORD


def test_dates_are_written_as_iso_8601():
    assert json.loads(RECORD.model_dump_json())["tasks"][0]["deadline"]["end"] == "2026-06-30"


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Record.model_validate({**RECORD.model_dump(), "author": "?"})


def test_a_record_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        RECORD.text = ""  # type: ignore[misc]


@pytest.mark.parametrize(("start", "end"), [(5, 4), (-1, 4)])
def test_a_span_that_runs_backwards_or_off_the_text_is_refused(start: int, end: int):
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


def test_an_empty_span_is_a_place():
    assert Span(start=4, end=4).end == 4


@pytest.mark.parametrize(("path", "text"), list(schema_files()), ids=lambda value: getattr(value, "name", ""))
def test_the_json_schema_files_are_current(path, text: str):
    assert path.read_text("utf-8") == text, "run `make generate`"


def test_there_is_no_json_schema_file_of_a_model_that_is_gone():
    paths = {path for path, _ in schema_files()}
    assert set(next(iter(paths)).parent.glob("*.json")) == paths


@pytest.mark.parametrize("name", MODELS)
def test_a_json_schema_is_closed_to_unknown_fields(name: str):
    assert json_schema(name)["additionalProperties"] is False


@pytest.mark.parametrize("name", MODELS)
def test_the_references_of_a_json_schema_stay_inside_it(name: str):
    schema = json_schema(name)
    wanted = {ref.removeprefix("#/$defs/") for ref in references(schema)}
    assert wanted == set(schema.get("$defs", {}))


def references(node: object):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from references(part)


def test_all_names_that_schemas_exports_exist():
    assert [name for name in schemas.__all__ if not hasattr(schemas, name)] == []
