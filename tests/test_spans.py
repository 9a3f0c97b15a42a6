"""Every value shows its source: `text[start:end]` is what was read, over the whole corpus."""

from pathlib import Path

import pytest

from extract import SUFFIXES, extract_plan
from schemas import Record
from tests.plans import placed_values, read_values
from tests.tesseract import needs_tesseract

SAMPLES = sorted(p for p in (Path(__file__).parents[1] / "corpus" / "plans").iterdir() if p.suffix in SUFFIXES)
MARKED = [pytest.param(p, marks=[needs_tesseract] if p.stem.endswith("-scan") else []) for p in SAMPLES]


def check(record: Record) -> None:
    for name, value, spans in read_values(record):
        assert spans, (name, value)
        assert " ".join(record.text[s.start : s.end] for s in spans) == value, name
    for name, span in placed_values(record):
        assert span is not None, name
        assert 0 <= span.start < span.end <= len(record.text), (name, span)
    for problem in record.problems:
        if problem.span is not None:
            assert problem.span.end <= len(record.text)


@pytest.mark.parametrize("path", MARKED, ids=lambda p: p.name)
def test_every_value_of_a_sample_has_its_place(path):
    check(extract_plan(path))


def test_every_value_of_the_shared_plans_has_its_place(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        check(extract_plan(path))


@pytest.mark.parametrize("path", SAMPLES[:6], ids=lambda p: p.name)
def test_a_measure_and_a_date_quote_what_was_printed(path):
    record = extract_plan(path)
    for target in record.targets:
        for measure in target.measures:
            assert measure.span is not None
            printed = record.text[measure.span.start : measure.span.end]
            assert any(c.isdigit() for c in printed) or any(
                w in printed.lower() for w in ("một", "hai", "ba", "gấp")
            ), printed
        if target.due is not None and target.due.span is not None:
            assert target.due.text in record.text
    for task in record.tasks:
        for unit in task.units:
            assert unit.span is not None
            assert unit.name.split()[-1].strip(".,;)") in record.text[unit.span.start : unit.span.end]


@pytest.mark.parametrize("path", SAMPLES[:4], ids=lambda p: p.name)
def test_the_same_bytes_give_the_same_record(path):
    assert extract_plan(path).model_dump_json() == extract_plan(path).model_dump_json()
