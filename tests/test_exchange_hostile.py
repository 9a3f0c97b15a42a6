"""Files that others made, or that were made to hurt: refused with the reason, in Vietnamese, and nothing changes."""

import json
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner

from publish.cli import program
from publish.database import build
from publish.exchange.reading import is_exchange, read_exchange
from publish.export.formats import FORMATS
from publish.export.source import opened
from publish.export.writing import write
from tests.records import all_records

IATI = '<iati-activities version="2.03">{}</iati-activities>'
STRATML = '<PerformancePlanOrReport xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport">{}</PerformancePlanOrReport>'
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
BOMB = f'<!DOCTYPE iati-activities [<!ENTITY a0 "ha">{LAUGHS}]>'
HOSTILE = {
    "laughs in an element": (f"{BOMB}{IATI.format('<iati-activity><title>&a9;</title></iati-activity>')}", "DOCTYPE"),
    "laughs in the root": (f'{BOMB}<iati-activities version="&a9;"/>', "thực thể"),
    "a file of the machine": (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{IATI.format("<iati-activity>&e;</iati-activity>")}',
        "DOCTYPE",
    ),
    "a file of the net": (f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{IATI.format("")}', "DOCTYPE"),
    "depth": (IATI.format("<iati-activity>" + "<a>" * 5000 + "</a>" * 5000 + "</iati-activity>"), "quá sâu"),
    "depth in StratML": (STRATML.format("<Name>" * 5000 + "</Name>" * 5000), "quá sâu"),
    "a text of 11 MB": (IATI.format(f"<iati-activity><title>{'x' * 11_000_000}</title></iati-activity>"), "bất thường"),
    "not closed": ('<iati-activities version="2.03"><iati-activity>', "hỏng"),
    "no XML": ("không phải XML", "hỏng"),
    "nothing": ("", "hỏng"),
    "another root": ("<html><body/></html>", "không phải IATI hay StratML"),
    "an IATI of others": (IATI.format("<iati-activity><iati-identifier>X</iati-identifier></iati-activity>"), "chỉ đọc lại"),
    "a StratML of others": (STRATML.format("<Name>Plan</Name>"), "chỉ đọc lại"),
    "JSON that is broken": (STRATML.format('<?kehoach plan {"id": ?>'), "bị hỏng"),
    "JSON that is deep": (STRATML.format(f"<?kehoach plan {'[' * 99_999} ?>"), "bị hỏng"),
    "a record of nothing": (STRATML.format("<?kehoach plan {}?>"), "bản ghi sai"),
    "a place that is no number": (
        STRATML.format("<StrategicPlanCore><Goal><Objective><SequenceIndicator>x</SequenceIndicator></Objective></Goal></StrategicPlanCore><?kehoach plan {}?>"),
        "không đúng như",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "said"), HOSTILE.values(), ids=HOSTILE)
def test_xml_that_means_harm_is_refused_at_once_with_the_reason(tmp_path: Path, xml: str, said: str):
    (tmp_path / "a.xml").write_text(xml, "utf-8")
    before = time.monotonic()
    report = build([tmp_path / "a.xml"], tmp_path / "new.db")
    assert time.monotonic() - before < 10
    assert said in report.failures[0].reason
    assert not report.written
    assert not (tmp_path / "new.db").exists()


def test_one_bad_file_costs_nothing_but_itself_and_the_command_says_why(tmp_path: Path):
    (tmp_path / "tốt.json").write_text(all_records()[0].model_dump_json(), "utf-8")
    (tmp_path / "xấu.xml").write_text(HOSTILE["laughs in an element"][0], "utf-8")
    done = CliRunner().invoke(program, ["build", str(tmp_path / "tốt.json"), str(tmp_path / "xấu.xml"), "--db", str(tmp_path / "new.db")])  # fmt: skip
    assert done.exit_code == 1
    assert "xấu.xml: tệp XML khai báo DOCTYPE" in done.stderr
    assert "1 kế hoạch" in done.stderr


def test_files_of_others_in_a_folder_are_passed_over(tmp_path: Path):
    (tmp_path / "tốt.json").write_text(all_records()[0].model_dump_json(), "utf-8")
    others = {
        "sơ-đồ.xml": "<html/>",
        "bom.xml": HOSTILE["laughs in the root"][0],
        "danh-sách.json": "[1, 2]",
        "dòng.jsonl": '{"a": 1}\n',
        "datapackage.json": '{"resources": [{"name": "x"}]}',
        "hỏng.zip": "không phải zip",
    }
    for name, text in others.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert not is_exchange(tmp_path / name)
    report = build([tmp_path], tmp_path / "new.db")
    assert report.failures == ()
    assert {path.name for path in report.skipped} == set(others)


# JSON and facts

FACT = {"table": "actuals", "id": "x", "target_id": "t", "value": 1.0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "plans"}, "không có bảng số liệu plans"),
        ({"value": "nhiều"}, "không đúng kiểu"),
        ({"value": True}, "không đúng kiểu"),
        ({"value": float("inf")}, "không đúng kiểu"),
        ({"target_id": None}, "thiếu target_id"),
        ({"id": ""}, "thiếu id"),
        ({"value": None}, "thiếu value"),
        ({"table": "actuals_unmatched", "text": "x"}, "thiếu plan_id"),
        ({"as_of": "30/6/2026"}, "không phải ngày"),
        ({"span_start": 1.5}, "không đúng kiểu"),
        ({"'; drop table plans; --": 1}, "không có cột"),
        ({"table": "reported_states", "task_id": "n", "target_id": None, "state": "x"}, "không có cột"),
    ],
)
def test_a_fact_that_is_not_one_is_refused(tmp_path: Path, change: dict[str, object], said: str):
    line = all_records()[0].model_dump_json()
    (tmp_path / "a.jsonl").write_text(f"{line}\n{json.dumps(FACT | change)}\n", "utf-8")
    report = build([tmp_path / "a.jsonl"], tmp_path / "new.db")
    assert said in report.failures[0].reason
    assert not report.written


@pytest.mark.parametrize("name", ["", "..", "\x00", "/etc/passwd", "a/../../b.txt"])
def test_a_document_is_looked_for_only_beside_the_file(tmp_path: Path, name: str):
    record = all_records()[0]
    odd = record.model_copy(update={"source": record.source.model_copy(update={"filename": name})})
    (tmp_path / "a.jsonl").write_text(odd.model_dump_json() + "\n", "utf-8")
    assert build([tmp_path / "a.jsonl"], tmp_path / "new.db").failures == ()
    with opened(tmp_path / "new.db") as source:
        (path,) = (row["path"] for row in source.rows("select path from sources"))
    assert "/" not in path


@pytest.mark.parametrize("key", ["../../hai", "/tmp/hai", "..", "a\x00b", "x" * 300, "C:\\hai"])
def test_the_key_of_a_plan_of_others_leads_no_file_out_of_the_folder(tmp_path: Path, key: str):
    one, other = (all_records()[0].model_copy(update={"id": each}) for each in (key, key + "/"))
    (tmp_path / "a.jsonl").write_text(f"{one.model_dump_json()}\n{other.model_dump_json()}\n", "utf-8")
    assert build([tmp_path / "a.jsonl"], tmp_path / "a.db").failures == ()
    for name in ("json", "stratml"):
        with opened(tmp_path / "a.db") as source:
            paths = write(source, FORMATS[name], tmp_path / "out" / name)
        assert len(set(paths)) == 2
        assert {path.resolve().parent for path in paths} == {tmp_path / "out" / name}
        assert build([tmp_path / "out" / name], tmp_path / f"{name}.db").plans == 2


# ZIP files and Data Packages


@pytest.fixture
def package(tmp_path: Path) -> dict[str, bytes]:
    """The files of a Data Package of three plans."""
    for record in all_records():
        (tmp_path / f"{record.id}.json").write_text(record.model_dump_json(), "utf-8")
    build([tmp_path], tmp_path / "three.db")
    with opened(tmp_path / "three.db") as source:
        return {file.name: b"".join(file.pieces) for file in FORMATS["datapackage"].files(source)}


def zipped(files: dict[str, bytes], path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_package_is_read_only_inside_itself(tmp_path: Path, package: dict[str, bytes]):
    for path in ("../../etc/passwd", "/etc/passwd", "http://127.0.0.1/x.csv", "..\\x.csv"):
        package |= {
            "datapackage.json": package["datapackage.json"].replace(
                b"data/records.csv", path.replace("\\", "\\\\").encode()
            )
        }
        report = build([zipped(package, tmp_path / "goi.zip")], tmp_path / "new.db")
        assert "trỏ tới tệp ngoài gói" in report.failures[0].reason
        package["datapackage.json"] = package["datapackage.json"].replace(
            path.replace("\\", "\\\\").encode(), b"data/records.csv"
        )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("data/records.csv", b"a,b\r\n1,2\r\n", "thiếu cột json"),
        ("data/plans.csv", b"id,text\r\n", "không có dòng nào trong bảng plans"),
        ("data/records.csv", b'json\r\n"{', "không đúng như"),
        ("data/records.csv", "json\r\nđ".encode("utf-16"), "không đúng như"),
        ("data/actuals.csv", b"id,target_id,value\r\nx,t,abc\r\n", "bảng actuals, dòng x"),
        ("datapackage.json", b"{}", "không liệt kê các bảng"),
        ("datapackage.json", b"[]", "không phải một đối tượng"),
    ],
)
def test_a_package_with_a_broken_part_is_refused_whole(
    tmp_path: Path, package: dict[str, bytes], name: str, data: bytes, said: str
):
    report = build([zipped(package | {name: data}, tmp_path / "goi.zip")], tmp_path / "new.db")
    assert said in report.failures[0].reason
    assert not report.written


def test_a_zip_that_swells_or_has_a_password_is_refused(tmp_path: Path, package: dict[str, bytes]):
    swelling = zipped(package | {"data/records.csv": b"0" * (64 << 20)}, tmp_path / "bom.zip")
    assert swelling.stat().st_size < 1 << 20
    assert "phình to bất thường" in build([swelling], tmp_path / "new.db").failures[0].reason
    many = zipped({"x.xml": b" " * (64 << 20)}, tmp_path / "xml.zip")
    assert "phình to bất thường" in build([many], tmp_path / "new.db").failures[0].reason
    empty = zipped({"x.txt": b"x"}, tmp_path / "empty.zip")
    assert "không có bản ghi" in build([empty], tmp_path / "new.db").failures[0].reason
    locked = bytearray(zipped({"x.json": b"[]"}, tmp_path / "locked.zip").read_bytes())
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(head) + flag] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    assert "mật khẩu" in build([tmp_path / "locked.zip"], tmp_path / "new.db").failures[0].reason


def test_a_file_cut_off_anywhere_is_refused_or_whole(tmp_path: Path):
    (tmp_path / "a.json").write_text(all_records()[0].model_dump_json(), "utf-8")
    build([tmp_path / "a.json"], tmp_path / "a.db")
    for name in ("iati", "stratml", "datapackage", "jsonl"):
        to = tmp_path / FORMATS[name].file_name
        with opened(tmp_path / "a.db") as source:
            write(source, FORMATS[name], to)
        data = to.read_bytes()
        whole = read_exchange(to)
        for end in range(0, len(data) - 1, max(1, len(data) // 40)):
            to.write_bytes(data[:end])
            report = build([to], tmp_path / "cut.db")
            assert report.failures or read_exchange(to) == whole, (name, end)
            assert all(failure.reason for failure in report.failures)
