"""The pile of plans that the site is measured with: copies of our samples that are true records themselves."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.many import many, write
from bench.rewriting import Change, Rewriting
from schemas import Record
from tests.conftest import ROOT

PLANS = 120


@pytest.fixture(scope="module")
def copies() -> list[Record]:
    return [record for record, _ in many(PLANS, "test")]


def cut(record: Record, spans) -> str:
    return " ".join(" ".join(record.text[span.start : span.end] for span in spans).split())


def test_every_copy_is_another_plan_and_the_same_seed_gives_the_same(copies: list[Record]):
    assert len({record.id for record in copies}) == len({record.source.sha256 for record in copies}) == PLANS
    assert copies[7] == next(record for at, (record, _) in enumerate(many(PLANS, "test")) if at == 7)
    assert len({record.document.locality.name for record in copies}) > PLANS / 3
    assert len({record.document.issued.year for record in copies}) > 8


def test_the_spans_of_every_copy_cut_its_text(copies: list[Record]):
    for record in copies:
        for item in (*record.targets, *record.tasks):
            assert cut(record, item.spans) == " ".join(item.text.split())


def test_a_share_of_a_copy_is_the_number_that_its_text_says(copies: list[Record]):
    measures = [one for record in copies for target in record.targets for one in target.measures]
    texts = [record.text for record in copies for target in record.targets for _ in target.measures]
    shares = [(one, text[one.span.start : one.span.end]) for one, text in zip(measures, texts, strict=True) if one.span]
    shares = [(one.value, said) for one, said in shares if one.unit == "%" and one.change is None]
    assert len({value for value, _ in shares}) > 60
    assert [(value, said) for value, said in shares if f"{value:g}".replace(".", ",") not in said] == []


def test_some_copies_name_others_by_number_date_and_issuer(copies: list[Record]):
    known = {(record.document.number, record.document.issuer) for record in copies}
    citing = [one for record in copies for one in record.legal_bases if (one.number, one.issuer) in known]
    assert len(citing) > PLANS / 10


def test_the_files_behind_the_copies_are_there():
    assert all(path.parent == ROOT / "corpus" / "plans" and path.is_file() for _, path in many(40, "test"))


def test_the_database_is_built_of_record_files_that_find_their_documents(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("bench.many._IN_A_FOLDER", 8)
    db = tmp_path / "many.db"
    write(20, db, "test")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("select count(*) from plans").fetchone() == (20,)
        assert connection.execute("select count(*) from actuals").fetchone() > (0,)
        paths = [tmp_path / path for (path,) in connection.execute("select path from sources order by path")]
    assert [path.resolve() for path in paths] == [path.resolve() for _, path in many(20, "test")]
    files = sorted(tmp_path.rglob("*.json"))
    assert len(files) == 20
    made = [path.stat().st_mtime_ns for path in files]
    write(20, db, "test")
    assert [path.stat().st_mtime_ns for path in files] == made
    write(7, db, "test")
    assert len(list(tmp_path.rglob("*.json"))) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.db", "many.records"]


@pytest.mark.parametrize(
    ("changes", "bounds", "new", "moved"),
    [
        ([Change(0, 2, "xyz")], [0, 2, 5], "xyzcdef", {0: 0, 2: 3, 5: 6}),
        ([Change(1, 3, "")], [1, 3], "adef", {1: 1, 3: 1}),
        ([Change(1, 3, "--")], [2], "abcdef", {2: 2}),
        ([Change(1, 3, "1"), Change(2, 4, "2")], [], "a1def", {4: 3}),
    ],
)
def test_a_rewritten_text_knows_where_its_places_are(
    changes: list[Change], bounds: list[int], new: str, moved: dict[int, int]
):
    text = Rewriting("abcdef", changes, bounds)
    assert text.new == new
    assert {at: text.at(at) for at in moved} == moved
