"""What is exported comes back: the same records, the same facts, the same bytes; and the files are as the standards ask."""

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from frictionless import Package
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from publish.cli import program
from publish.database import BuildReport, build
from publish.exchange.iati_reading import read_iati
from publish.exchange.own import NAMESPACE
from publish.exchange.stratml_reading import read_stratml
from publish.export import iati, stratml
from publish.export.formats import FORMATS
from publish.export.source import Source, opened
from publish.export.told import Told, parted, told
from publish.export.writing import pieces, write
from publish.tables import BY_NAME, UNMATCHED
from schemas import Record
from tests.exchanging import counts, facts, fill, insert, records, tables
from tests.harm import poisoned
from tests.records import all_records

DATA = Path(__file__).parent / "data"
IATI = etree.XMLSchema(etree.parse(DATA / "iati" / "iati-activities-schema.xsd"))
STRATML = etree.RelaxNG(etree.parse(DATA / "stratml" / "part2.rng"))
SITE = "https://kehoach.example.vn"
PLAN = "513f24778542227b"  # mau-09, of Hòn Mây
FORMS = [
    ("iati", "iati.xml"),
    ("stratml", "stratml.zip"),
    ("stratml", "stratml"),
    ("datapackage", "goi.zip"),
    ("datapackage", "goi"),
    ("json", "ban-ghi"),
    ("json", "ban-ghi.json"),
    ("jsonl", "ban-ghi.jsonl"),
]
NO_SOURCE = Source(sqlite3.connect(":memory:"), Path())


@pytest.fixture(scope="module")
def filled_db(sample_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the samples with facts of every kind, and what is summed up from them."""
    folder = tmp_path_factory.mktemp("exchange")
    with closing(sqlite3.connect(sample_db)) as old, closing(sqlite3.connect(folder / "filled.db")) as new:
        old.backup(new)
    fill(folder / "filled.db")
    built = build_from(folder / "filled.db", "jsonl", folder / "all.jsonl", folder / "all.db")
    assert built.failures == ()
    assert counts(folder / "all.db") == counts(folder / "filled.db")
    assert all(counts(folder / "all.db")[name] for name in (*UNMATCHED.values(), "actuals_unmatched"))
    return folder / "all.db"


@pytest.fixture
def small_db(tmp_path: Path) -> Path:
    """A database of three records with everything that a record can hold, and of one that means harm."""
    folder = tmp_path / "records"
    folder.mkdir()
    ward = poisoned(all_records()[0])
    for record in (*all_records(), ward.model_copy(update={"id": "hai"})):
        (folder / f"{record.id}.json").write_text(record.model_dump_json(), "utf-8")
    assert build([folder], tmp_path / "small.db").failures == ()
    fill_small(tmp_path / "small.db")
    return tmp_path / "small.db"


def fill_small(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        for (key,) in connection.execute("select id from targets").fetchall():
            row = {"id": f"a-{key}", "target_id": key, "value": 85.5, "unit": "%", "as_of": "2026-03-31"}
            insert(connection, "actuals", row | {"note": "]]><?x?>&\x01"})


def build_from(db: Path, name: str, to: Path, new: Path) -> BuildReport:
    """A new database from an export of another."""
    with opened(db, site=SITE) as source:
        write(source, FORMATS[name], to)
    return build([to], new)


def exported(db: Path, name: str) -> bytes:
    with opened(db, site=SITE) as source:
        return b"".join(pieces(source, FORMATS[name], archive=bool(FORMATS[name].many)))


# There and back


@pytest.mark.parametrize(("name", "to"), FORMS, ids=[to for _, to in FORMS])
def test_what_is_exported_builds_the_same_database_and_that_gives_the_same_bytes(
    filled_db: Path, tmp_path: Path, name: str, to: str
):
    report = build_from(filled_db, name, tmp_path / to, tmp_path / "new.db")
    assert (report.failures, report.skipped, report.duplicates) == ((), (), ())
    old, new = tables(filled_db), tables(tmp_path / "new.db")
    assert [table for table in old if old[table] != new[table]] == []
    assert exported(tmp_path / "new.db", name) == exported(filled_db, name)


@pytest.mark.parametrize(("name", "to"), FORMS, ids=[to for _, to in FORMS])
def test_a_plan_that_means_harm_comes_back_as_it_was(small_db: Path, tmp_path: Path, name: str, to: str):
    (tmp_path / "out").mkdir()
    assert build_from(small_db, name, tmp_path / "out" / to, tmp_path / "new.db").failures == ()
    old, new = tables(small_db), tables(tmp_path / "new.db")
    assert [table for table in ("records", "actuals", "plans", "targets", "tasks") if old[table] != new[table]] == []


@pytest.mark.parametrize("name", ["iati", "stratml", "datapackage", "jsonl"])
def test_a_part_comes_back_as_that_part(filled_db: Path, tmp_path: Path, name: str):
    to = tmp_path / FORMATS[name].file_name
    done = run("export", filled_db, "--to", to, "--format", name, "--plan", PLAN)
    assert done.exit_code == 0, done.stderr
    assert build([to], tmp_path / "part.db").failures == ()
    part, all_of_it = tables(tmp_path / "part.db"), tables(filled_db)
    assert [row[0] for row in part["plans"]] == [PLAN]
    assert part["records"] == [row for row in all_of_it["records"] if row[0] == PLAN]
    own = [row for row in all_of_it["actuals"] if row[1].startswith(PLAN)]
    assert [row[:5] for row in part["actuals"]] == [row[:5] for row in own]
    assert part["actuals_unmatched"] == []


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink a record takes minutes
@given(st.data())
def test_any_record_and_any_facts_come_back_from_iati(data: st.DataObject):
    plan, rows = drawn(data)
    activities = [iati.plan_activity(NO_SOURCE, plan), *iati.task_activities(plan)]
    root = etree.Element("iati-activities", version="2.03")
    root.extend(activities)
    written = etree.tostring(root, encoding="utf-8")
    IATI.assertValid(etree.fromstring(written))
    content = read_iati(io.BytesIO(written))
    assert [record.model_dump_json() for record in content.records] == [plan.record.model_dump_json()]
    assert by_id(content.facts) == rows


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink a record takes minutes
@given(st.data())
def test_any_record_and_any_facts_come_back_from_stratml(data: st.DataObject):
    plan, rows = drawn(data)
    written = stratml.document(NO_SOURCE, plan)
    STRATML.assertValid(etree.fromstring(written))
    content = read_stratml(io.BytesIO(written))
    assert [record.model_dump_json() for record in content.records] == [plan.record.model_dump_json()]
    assert by_id(content.facts) == rows


def drawn(data: st.DataObject) -> tuple[Told, dict[str, list]]:
    """A plan with facts, as an export tells of it, and the facts by table."""
    record: Record = data.draw(records())
    targets, tasks = ([one.id for one in items] for items in (record.targets, record.tasks))
    owners = {"actuals": targets, "baselines": targets, "reported_states": tasks}
    rows = {table: data.draw(facts(table, keys)) if keys else [] for table, keys in owners.items()}
    found = {(table, key): part for table in rows for key, part in parted(table, rows[table])}
    place = data.draw(st.none() | st.just("Xã An Khê"))
    return Told(record, "slug", None, place, tuple(targets), tuple(tasks), found), by_id(rows)


def by_id(rows: dict[str, list]) -> dict[str, list]:
    return {table: sorted(found, key=lambda row: row["id"]) for table, found in rows.items() if found}


# What the standards ask


def test_iati_is_valid_against_the_published_schema(filled_db: Path, small_db: Path):
    for db in (filled_db, small_db):
        IATI.assertValid(etree.fromstring(exported(db, "iati")))


def test_stratml_has_the_published_structure_and_no_identifier_twice(filled_db: Path, small_db: Path):
    for db in (filled_db, small_db):
        for root in stratml_files(exported(db, "stratml")):
            STRATML.assertValid(root)
            named = [one.text for one in root.iter("{*}Identifier")]
            assert len(set(named)) == len(named)


def stratml_files(archive: bytes) -> Iterator[etree._Element]:
    with ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            if name.endswith(".xml"):
                yield etree.fromstring(files.read(name))


def test_what_is_valid_is_not_just_anything():
    assert not STRATML.validate(etree.XML(b'<PerformancePlanOrReport xmlns="urn:x" Type="Performance_Plan"/>'))
    assert not IATI.validate(etree.XML(b'<iati-activities version="2.03"><iati-activity/></iati-activities>'))


def test_the_data_package_is_valid_with_facts_in_it(filled_db: Path, tmp_path: Path):
    (tmp_path / "goi.zip").write_bytes(exported(filled_db, "datapackage"))
    package = Package(str(tmp_path / "goi.zip"))
    assert package.validate().flatten(["resourceName", "rowNumber", "fieldName", "type", "message"]) == []
    fields = {one.name: one for one in package.get_resource("reported_states").schema.fields}
    assert fields["as_of"].type == "date"
    assert "done_late" in fields["state"].constraints["enum"]
    assert package.get_resource("records").read_rows()[0]["json"]["schema_version"] == "1.0"


def without_ours(xml: bytes) -> etree._Element:
    """The file as one reads it who knows only the standard."""
    root = etree.fromstring(xml, etree.XMLParser(remove_pis=True))
    for element in root.iter(f"{{{NAMESPACE}}}*"):
        element.getparent().remove(element)
    return root


def test_who_knows_only_iati_finds_levels_values_and_who_does_what(filled_db: Path):
    root = without_ours(exported(filled_db, "iati"))
    IATI.assertValid(root)
    plan, *tasks = root.xpath(f"iati-activity[contains(iati-identifier, '{PLAN}')]")
    assert plan.findtext("title/narrative").startswith("Bảo đảm trật tự đô thị")
    assert plan.find("recipient-country").get("code") == "VN"
    assert [one.get("ref") for one in plan.findall("related-activity")] == [
        t.findtext("iati-identifier") for t in tasks
    ]
    assert [(o.get("role"), o.findtext("narrative")) for o in tasks[0].findall("participating-org")] == [
        ("2", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("4", "Công an đặc khu"),
        ("4", "Khu phố"),
    ]
    visitors = next(r for r in plan.findall("result") if "lượt khách du lịch" in r.findtext("title/narrative"))
    assert [one.find("period/target").get("value") for one in visitors.findall("indicator")] == ["450000", "520000"]


def test_iati_says_ceilings_percentages_ranks_corrections_and_bases(filled_db: Path):
    root = without_ours(exported(filled_db, "iati"))
    with closing(sqlite3.connect(filled_db)) as connection:
        ceilings = connection.execute("select count(*) from measures where comparator in ('<=', '<')").fetchone()[0]
        gone = (
            "select count(*) from actuals where id not in (select supersedes from actuals where supersedes is not null)"
        )
        standing = connection.execute(gone).fetchone()[0]
        bases = connection.execute("select count(*) from baselines where as_of is not null").fetchone()[0]
    assert len(root.xpath("//indicator[@ascending='false']")) == ceilings
    assert len(root.findall(".//actual")) == standing
    assert len(root.findall(".//baseline")) == bases
    assert {one.get("year") for one in root.iter("baseline")} == {"2025"}
    assert {one.get("measure") for one in root.iter("indicator")} <= {"1", "2", "4", "5"}
    assert not root.xpath("//indicator[@measure='5']//target")
    assert root.xpath("//actual/comment/narrative")
    assert root.xpath("//actual/document-link/@url")
    assert {one.get("code") for one in root.iter("activity-status")} >= {"1", "2", "4", "5"}


def test_who_knows_only_stratml_finds_levels_values_states_and_who_does_what(filled_db: Path):
    roots = list(stratml_files(exported(filled_db, "stratml")))
    with closing(sqlite3.connect(filled_db)) as connection:
        units = connection.execute("select count(*) from task_units").fetchone()[0]
    objectives = [one for root in roots for one in root.iter("{*}Objective")]
    assert sum(len(one.findall("{*}Stakeholder/{*}Role[{*}RoleType]")) for one in objectives) == units
    report = next(root for root in roots if root.find(".//{*}ActualResult/{*}NumberOfUnits") is not None)
    assert report.get("Type") == "Performance_Report"
    assert {one.get("Type") for one in roots} == {"Performance_Report", "Performance_Plan"}
    states = {one.text for root in roots for one in root.iter("{*}DescriptorValue")}
    assert {"Hoàn thành quá hạn", "Không còn phù hợp"} <= states
    assert any("Mức gốc: 60 %" in (one.text or "") for root in roots for one in root.iter("{*}OtherInformation"))


def test_a_value_changed_in_the_standards_own_place_is_the_one_that_is_read(small_db: Path, tmp_path: Path):
    xml = exported(small_db, "iati").replace(b'<actual value="85.5">', b'<actual value="91.25">')
    (tmp_path / "a.xml").write_bytes(xml.replace("Công an phường".encode(), "Công an xã".encode()))
    assert build([tmp_path / "a.xml"], tmp_path / "new.db").failures == ()
    new = tables(tmp_path / "new.db")
    assert {row[2] for row in new["actuals"]} == {91.25}
    assert "công-an-xã" in {row[0] for row in new["units"]}


# Facts that come to facts


def test_facts_of_a_file_are_added_once_and_what_stands_stays(small_db: Path, tmp_path: Path):
    plans, own = tmp_path / "records", tmp_path / "own.db"
    with opened(small_db) as source:
        write(source, FORMATS["iati"], tmp_path / "theirs.xml")
    theirs = [row[:3] for row in tables(small_db)["actuals"]]
    build([plans], own)
    known, key = theirs[0][:2]
    with closing(sqlite3.connect(own)) as connection, connection:
        for one in (known, "mine"):
            insert(
                connection, "actuals", {"id": one, "target_id": key, "value": 1.0, "unit": "%", "as_of": "2026-01-31"}
            )
    expected = sorted([(known, key, 1.0), ("mine", key, 1.0), *theirs[1:]])
    for paths in ([plans, tmp_path / "theirs.xml"], [tmp_path / "theirs.xml"], [plans]):
        assert build(paths, own).failures == ()
        assert [row[:3] for row in tables(own)["actuals"]] == expected


def test_a_fact_of_a_file_follows_its_target_to_a_newer_reading(tmp_path: Path):
    ward = all_records()[0]
    key = f"{ward.id}-t2"
    moved = ward.model_copy(
        update={
            "targets": tuple(
                one.model_copy(update={"id": new}) for one, new in zip(ward.targets[::-1], ("t1", "t2"), strict=True)
            )
        }
    )
    for name, record in (("old", ward), ("new", moved)):
        (tmp_path / f"{name}.json").write_text(record.model_dump_json(), "utf-8")
    build([tmp_path / "old.json"], tmp_path / "old.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection, connection:
        insert(connection, "actuals", {"id": "x", "target_id": key, "value": 90.0, "unit": "%", "as_of": "2026-06-30"})
    with opened(tmp_path / "old.db") as source:
        write(source, FORMATS["iati"], tmp_path / "old.xml")
    report = build([tmp_path / "new.json", tmp_path / "old.xml"], tmp_path / "new.db")
    assert report.duplicates == (tmp_path / "old.xml",)
    assert [row[:2] for row in tables(tmp_path / "new.db")["actuals"]] == [("x", f"{ward.id}-t1")]


# The commands, and how much is held at once


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, list(map(str, arguments)), catch_exceptions=False)


def test_the_commands_take_what_they_gave_out_of_a_folder_too(small_db: Path, tmp_path: Path):
    folder = tmp_path / "nhận"
    for name in ("iati", "stratml", "datapackage"):
        assert run("export", small_db, "--to", folder / name, "--format", name).exit_code == 0
    done = run("build", folder, "--db", tmp_path / "new.db")
    assert done.exit_code == 0, done.stderr
    assert "Bỏ qua" not in done.stderr
    assert done.stderr.count("Trùng nội dung") == 5  # the package once, and four StratML files, after iati.xml
    assert tables(tmp_path / "new.db")["records"] == tables(small_db)["records"]


@pytest.mark.parametrize("name", ["iati", "stratml"])
def test_plans_are_written_one_by_one(filled_db: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    asked: list[str] = []

    def counted(source: Source, key: str) -> Told:
        asked.append(key)
        return told(source, key)

    monkeypatch.setattr(iati, "told", counted)
    monkeypatch.setattr(stratml, "told", counted)
    with opened(filled_db) as source:
        parts = pieces(source, FORMATS[name])
        next(parts)
        first = len(asked)
        size = sum(map(len, parts))
        assert size > 100_000
    assert 0 < first < len(asked) / 2


def test_a_text_longer_than_parsers_take_in_one_piece_comes_back():
    ward = all_records()[0]
    long = ward.model_copy(update={"text": ward.text + "x" * 10_500_000})
    keys = [tuple(one.id for one in items) for items in (long.targets, long.tasks)]
    plan = Told(long, "slug", None, None, *keys, {})
    root = etree.Element("iati-activities", version="2.03")
    root.extend([iati.plan_activity(NO_SOURCE, plan), *iati.task_activities(plan)])
    assert read_iati(io.BytesIO(etree.tostring(root, encoding="utf-8"))).records == [long]
    assert read_stratml(io.BytesIO(stratml.document(NO_SOURCE, plan))).records == [long]


def test_json_lines_of_facts_name_their_table(small_db: Path):
    lines = [json.loads(line) for line in exported(small_db, "jsonl").splitlines()]
    facts = [line for line in lines if "table" in line]
    assert {line["table"] for line in facts} == {"actuals"}
    assert all(set(line) - {"table"} <= set(BY_NAME["actuals"].columns) for line in facts)
    assert len(lines) - len(facts) == 4
