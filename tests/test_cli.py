"""The program as people run it: real processes, their output, messages and exit codes."""

import csv
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from schemas import Record
from tests.conftest import ROOT
from tests.records import COMMUNE_TEXT, DEPARTMENT_TEXT, WARD_TEXT, all_records

KEHOACH = Path(sys.executable).with_name("kehoach")
HEAVY = ("spacy", "underthesea", "datasette", "pdfplumber", "sqlite_utils", "pydantic", "rich", "extract")


def kehoach(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KEHOACH, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with two plans, one in a folder below, and a file of another kind."""
    folder = tmp_path / "plans"
    (folder / "xã").mkdir(parents=True)
    (folder / "an-dinh.txt").write_text(WARD_TEXT, "utf-8")
    (folder / "xã" / "bình thuận.txt").write_text(COMMUNE_TEXT, "utf-8")
    (folder / "bảng.xyz").write_text("1,2", "utf-8")
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    for record in all_records():
        (folder / f"{record.source.filename}.json").write_text(record.model_dump_json(), "utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], *([c, "--help"] for c in ("extract", "build", "serve", "progress"))]
)
def test_help_and_version_import_nothing_heavy(arguments: list[str]):
    code = "import sys; from publish.cli import program; program.main(sys.argv[1:], standalone_mode=False)"
    code += f"; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


PROGRESS = ["progress template", "progress import", "progress status"]


@pytest.mark.parametrize("command", ["extract", "score", "build", "serve", *PROGRESS])
def test_each_help_is_vietnamese_and_shows_an_example(command: str):
    done = kehoach(*command.split(), "--help")
    assert done.returncode == 0
    assert re.search(rf"^    kehoach {command} ", done.stdout, re.MULTILINE)
    assert not re.search(r"Usage|Options|Show this message|default:|required|<=x<=", done.stdout)


WRONG = [
    ([], "Cách dùng: kehoach"),
    (["fly"], "không có lệnh fly"),
    (["extract"], "thiếu"),
    (["extract", "a.txt"], "thiếu '-o' / '--out'"),
    (["extract", "a.txt", "--out"], "cần đúng một giá trị"),
    (["extract", "a.txt", "--out", "x", "--format", "xml"], "chọn một trong json, jsonl, csv"),
    (["extract", "a.txt", "--out", str(ROOT / "pyproject.toml")], "là một tệp"),
    (["build", "a.txt", "--base", "x"], "không có tùy chọn --base"),
    (["serve", "a.db", "b.db"], "thừa tham số b.db"),
    (["serve", "a.db", "--port", "123456"], "từ 0 đến 65535"),
    (["score", "nowhere", "nowhere"], "không có tệp .json"),
    (["progress"], "Cách dùng: kehoach progress"),
    (["progress", "fly"], "không có lệnh fly"),
    (["progress", "template", "a.db", "--out", "a.doc"], "phải kết thúc bằng .xlsx hoặc .csv"),
    (["progress", "template", "a.db", "--out", "a.csv", "--from", "31/6/2026"], "--from: “31/6/2026” không phải ngày"),
    (["progress", "import", "a.db", "a.csv", "--recorded-at", "hôm qua"], "--recorded-at hôm qua"),
    (["progress", "status", "a.db"], "thiếu '--as-of'"),
    (["progress", "status", "a.db", "--as-of", "6/30/2026"], "--as-of: “6/30/2026” không phải ngày"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_a_wrong_command_line_exits_with_2_and_says_why_in_vietnamese(arguments: list[str], said: str):
    done = kehoach(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert not re.search(r"Error|Usage|Traceback|Try ", done.stderr)


def test_extract_reads_folders_all_the_way_down_and_names_what_it_passes_over(plans: Path, tmp_path: Path):
    done = kehoach("extract", plans, "--out", tmp_path / "out" / "new")
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (tmp_path / "out" / "new").iterdir()}
    assert written == {"an-dinh.txt.json", "bình thuận.txt.json"}
    assert "bảng.xyz" in done.stderr
    record = Record.model_validate_json((tmp_path / "out" / "new" / "an-dinh.txt.json").read_bytes())
    assert record.source.filename == "an-dinh.txt"


def test_the_same_plans_give_the_same_files(plans: Path, tmp_path: Path):
    for name in ("one", "two"):
        kehoach("extract", plans, "--out", tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_bad_inputs_are_named_with_reason_and_the_good_ones_are_written(plans: Path, tmp_path: Path):
    (tmp_path / "hỏng.json").write_text("{}", "utf-8")
    done = kehoach(
        "extract", plans / "an-dinh.txt", tmp_path / "gone.txt", tmp_path / "hỏng.json", "--out", tmp_path / "out"
    )
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["an-dinh.txt.json"]
    assert re.search(r"gone\.txt: không có tệp", done.stderr)
    assert re.search(r"hỏng\.json: không phải bản ghi", done.stderr)
    assert "Traceback" not in done.stderr


def test_two_files_of_one_name_do_not_overwrite_each_other_in_either_order(tmp_path: Path):
    for name, text in (("a", WARD_TEXT), ("b", COMMUNE_TEXT)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "000.txt").write_text(text, "utf-8")
    (tmp_path / "a" / "001.txt").write_text(DEPARTMENT_TEXT, "utf-8")
    for order in (["a", "b"], ["b", "a"]):
        out = "-".join(order)
        done = kehoach("extract", *order, "--out", out, cwd=tmp_path)
        assert done.returncode == 0
        written = sorted(path.name for path in (tmp_path / out).iterdir())
        assert written == ["001.txt.json", "a--000.txt.json", "b--000.txt.json"]
        assert "a--000.txt" in done.stderr


def test_one_file_given_in_two_ways_is_read_once(plans: Path, tmp_path: Path):
    done = kehoach("extract", plans, plans / "an-dinh.txt", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_stdout_holds_one_object_for_a_file_and_a_list_for_a_folder(plans: Path):
    assert json.loads(kehoach("extract", plans / "an-dinh.txt", "--out", "-").stdout)["text"]
    assert len(json.loads(kehoach("extract", plans, "--out", "-").stdout)) == 2
    lines = kehoach("extract", plans, "--out", "-", "--format", "jsonl").stdout.splitlines()
    assert len([Record.model_validate_json(line) for line in lines]) == 2


def test_json_lines_go_into_one_file(records: Path, tmp_path: Path):
    done = kehoach("extract", *records.iterdir(), "--out", tmp_path, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "records.jsonl").read_text("utf-8").splitlines()) == 3


def test_csv_has_a_file_a_kind_that_excel_opens(records: Path, tmp_path: Path):
    done = kehoach("extract", *records.iterdir(), "--out", tmp_path, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plans.csv", "targets.csv", "tasks.csv"]
    for path in tmp_path.iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    tasks = list(csv.DictReader(io.StringIO((tmp_path / "tasks.csv").read_text("utf-8-sig"))))
    first = next(task for task in tasks if "đường truyền" in task["text"])
    assert (first["lead_units"], first["coordinate_units"]) == ("Công an phường", "các khu phố")
    assert (first["quarter"], first["deadline_end"]) == ("2026-Q2", "2026-06-30")
    targets = list(csv.DictReader(io.StringIO((tmp_path / "targets.csv").read_text("utf-8-sig"))))
    assert {target["measures"] for target in targets} == {">= 85 %", "100 %", "> 95 %"}


def test_a_csv_cell_is_never_a_formula(records: Path, tmp_path: Path):
    record = json.loads((records / "pccc.txt.json").read_text("utf-8"))
    record["tasks"][0]["text"] = '=HYPERLINK("http://x","y")'
    (tmp_path / "bad.json").write_text(json.dumps(record), "utf-8")
    done = kehoach("extract", tmp_path / "bad.json", "--out", "-", "--format", "csv")
    assert "'=HYPERLINK" in done.stdout
    assert done.stdout.startswith("\ufeffsheet,")


def test_a_reader_that_goes_away_is_no_crash(plans: Path):
    done = subprocess.run(
        ["/bin/bash", "-c", '"$0" extract "$1" --out - | true', KEHOACH, plans],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_a_folder_that_may_not_be_written_is_named(plans: Path, tmp_path: Path):
    (tmp_path / "file").touch()
    done = kehoach("extract", plans, "--out", tmp_path / "file" / "below")
    assert done.returncode == 1
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_sees_progress_and_a_pipe_does_not(plans: Path, tmp_path: Path):
    assert "\x1b[" not in kehoach("extract", plans, "--out", tmp_path / "a").stderr
    ours, theirs = pty.openpty()
    command = [KEHOACH, "extract", plans, "--out", tmp_path / "b"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert "Đang đọc" in seen


def test_build_says_what_it_did_and_reads_nothing_twice(plans: Path, tmp_path: Path):
    first = kehoach("build", plans, "--db", tmp_path / "plans.db")
    second = kehoach("build", plans, "--db", tmp_path / "plans.db")
    assert first.returncode == second.returncode == 0
    assert "2 kế hoạch (2 mới đọc, 0 dùng lại)" in first.stderr
    assert "2 kế hoạch (0 mới đọc, 2 dùng lại)" in second.stderr


def test_build_with_a_bad_input_writes_the_rest_and_exits_with_1(plans: Path, tmp_path: Path):
    done = kehoach("build", plans, tmp_path / "gone", "--db", tmp_path / "plans.db")
    assert done.returncode == 1
    assert "gone: không có tệp" in done.stderr
    assert (tmp_path / "plans.db").exists()


def test_build_refuses_a_file_that_is_no_database_of_ours(plans: Path, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    done = kehoach("build", plans, "--db", tmp_path / "notes.txt")
    assert done.returncode == 1
    assert "không phải cơ sở dữ liệu" in done.stderr
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


@pytest.fixture
def scored(tmp_path: Path, records: Path) -> tuple[Path, Path]:
    """Gold that the records meet, but for one task's deadline."""
    gold = json.loads((records / "pccc.txt.json").read_text("utf-8"))
    gold["doc"] = "pccc.txt"
    gold["tasks"][0]["deadline"] = {"kind": "by", "end": "2026-12-31"}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "pccc.txt.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path / "gold", records


def test_score_prints_a_table_and_with_errors_each_mistake(scored: tuple[Path, Path]):
    table, listed = kehoach("score", *scored), kehoach("score", *scored, "--errors")
    assert table.returncode == listed.returncode == 0
    assert re.search(r"^targets +1 +1 +1 +1\.000", table.stdout, re.MULTILINE)
    assert "2026, 12, 31" in listed.stdout or "2026-12-31" in listed.stdout
    assert listed.stdout.startswith(table.stdout.rstrip("\n"))


FLOORS = [("targets=0.9", 0), ("whole records=0.9", 1), ("targets", 2), ("targets=x", 2), ("no such measure=0.5", 2)]


@pytest.mark.parametrize(("floor", "code"), FLOORS)
def test_score_fails_below_a_floor(scored: tuple[Path, Path], floor: str, code: int):
    assert kehoach("score", *scored, "--min", floor).returncode == code


def test_a_sheet_goes_out_is_filled_in_and_comes_back_by_the_commands(plans: Path, tmp_path: Path):
    db, sheet = tmp_path / "plans.db", tmp_path / "tien-do.csv"
    assert kehoach("build", plans, "--db", db).returncode == 0
    done = kehoach("progress", "template", db, "--out", sheet)
    assert re.search(r"tien-do\.csv: \d+ dòng để điền", done.stderr)
    lines = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))
    row = next(line for line in lines if line[1] == "Chỉ tiêu")
    row[lines[0].index("Giá trị đạt được")], row[lines[0].index("Tính đến ngày")] = "101", "30/06/2026"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    wrong = kehoach("progress", "import", db, sheet, "--recorded-at", "2026-07-01")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert re.search(r"Lỗi: dòng \d+, cột “Giá trị đạt được”: 101 % nằm ngoài 0–100 %", wrong.stderr)
    assert "Chưa nhập gì" in wrong.stderr
    sheet.write_text(sheet.read_text("utf-8").replace(",101,", ",86,"), "utf-8")
    tried = kehoach("progress", "import", db, sheet, "--recorded-at", "2026-07-01", "--dry-run")
    assert "1 số liệu đúng, 0 lỗi; chưa nhập gì" in tried.stderr
    done = kehoach("progress", "import", db, sheet, "--recorded-at", "2026-07-01", "--by", "An")
    assert (done.returncode, "Đã nhập 1 số liệu" in done.stderr) == (0, True)
    assert "86" in kehoach("progress", "status", db, "--as-of", "30/6/2026").stdout


def test_an_import_into_a_database_of_another_layout_says_what_to_do(plans: Path, tmp_path: Path):
    db = tmp_path / "plans.db"
    kehoach("build", plans, "--db", db)
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("pragma user_version = 1")
    done = kehoach("progress", "template", db, "--out", tmp_path / "a.csv")
    assert done.returncode == 1
    assert "hãy tạo lại bằng `kehoach build" in done.stderr
