"""A database written out: every format read back, the same bytes each time, and nothing in a document a formula."""

import csv
import io
import json
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from frictionless import Package
from icalendar import Calendar
from openpyxl import load_workbook

from publish.cli import main, program
from publish.database import build
from publish.export import data_package, sheet_xml
from publish.export.book import Book
from publish.export.formats import FORMATS, one_table
from publish.export.normalized import TABLES_EXPORTED, columns_of
from publish.export.selection import NothingChosen, Selection
from publish.export.sheet_rows import sheet_rows
from publish.export.sheets import CONTENTS, PLANS, SHEETS, TASKS, Column, Kind
from publish.export.sizes import sizes
from publish.export.source import Source, opened
from publish.export.values import MOST_LETTERS, cut, guarded, unguarded
from publish.export.writing import pieces, write
from publish.tables import BY_NAME
from schemas import Record
from tests.site import KEHOACH

SITE = "https://kehoach.example.vn"
BOM = b"\xef\xbb\xbf"
PLAN = "513f24778542227b"  # mau-09, of Hòn Mây
FORMULAS = [
    "=1+1",
    "+84 912 345 678",
    "-5 ngày",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
]


@pytest.fixture
def source(sample_db: Path):
    with opened(sample_db, site=SITE) as found:
        yield found


@pytest.fixture
def some(sample_db: Path):
    """The plans of one place."""
    with opened(sample_db, Selection(localities=("hon may",)), SITE) as found:
        yield found


def csv_rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(BOM)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def bytes_of(source: Source, name: str) -> bytes:
    return b"".join(pieces(source, FORMATS[name]))


def workbook_of(source: Source):
    return load_workbook(io.BytesIO(bytes_of(source, "xlsx")))


def hostile_db(folder: Path, record: Record, texts: list[str]) -> Path:
    """A database of one plan whose tasks say what the texts say."""
    task = record.tasks[0]
    tasks = tuple(task.model_copy(update={"id": f"N{at}", "text": text}) for at, text in enumerate(texts))
    title = record.document.model_copy(update={"title": texts[0]})
    hurt = record.model_copy(update={"tasks": tasks, "document": title})
    (folder / "record.json").write_text(hurt.model_dump_json(), "utf-8")
    assert build([folder / "record.json"], folder / "hostile.db").written
    return folder / "hostile.db"


@pytest.fixture(scope="module")
def record(sample_db: Path) -> Record:
    with opened(sample_db) as found:
        (stored,) = found.connection.execute("select json from records where plan_id = ?", (PLAN,)).fetchone()
    return Record.model_validate_json(stored)


# CSV


@pytest.mark.parametrize("table", TABLES_EXPORTED, ids=lambda table: table.name)
def test_a_table_read_back_from_csv_is_the_table(source: Source, table):
    found = csv_rows(b"".join(pieces(source, one_table(table.name))))
    columns = [column for column in columns_of(table.name) if (table.name, column) != ("plans", "text")]
    held = source.connection.execute(f"select {', '.join(columns)} from {table.name} order by {table.key}").fetchall()
    assert [tuple(unguarded(value) for value in row.values()) for row in found] == [
        tuple("" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value) for value in row)
        for row in held
    ]


def test_the_tables_for_people_have_vietnamese_headings_and_words(source: Source):
    tasks = csv_rows(b"".join(pieces(source, one_table("nhiem-vu"))))
    assert len(tasks) == source.number("select count(*) from tasks")
    first = next(task for task in tasks if task["Mã"] == f"{PLAN}-N001")
    assert first["Chủ trì"] == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert first["Phối hợp"] == "Công an đặc khu; Khu phố"
    assert (first["Thời hạn"], first["Đến ngày"], first["Quý"]) == ("Quý II/2026", "2026-06-30", "Quý II/2026")
    assert first["Loại nhiệm vụ"] == "Nhiệm vụ"
    assert first["Đường dẫn"] == f"{SITE}/nhiem-vu/{PLAN}-N001"
    targets = csv_rows(b"".join(pieces(source, one_table("chi-tieu"))))
    assert {target["So sánh"] for target in targets} >= {"từ … trở lên", "đúng bằng"}
    assert {target["Độ tin cậy"] for target in targets} <= {"Cao", "Vừa", "Thấp"}


def test_a_number_of_a_target_stands_in_its_cells_and_all_of_them_in_words(source: Source):
    targets = csv_rows(b"".join(pieces(source, one_table("chi-tieu"))))
    visitors = next(target for target in targets if target["Chỉ tiêu"].startswith("Tổng lượt khách du lịch"))
    assert (visitors["Giá trị"], visitors["Đơn vị tính"]) == ("450000", "lượt")
    assert visitors["Mọi con số"] == "450.000 lượt; 520.000 lượt"


def test_rows_are_numbered_through_and_the_plans_of_a_place_stand_together(source: Source):
    rows = list(sheet_rows(source, TASKS))
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    places = [row["locality"] for row in rows]
    assert len(list(dict.fromkeys(places))) == sum(
        one != before for one, before in zip(places, [object(), *places], strict=False)
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_would_be_a_formula_is_guarded_and_can_be_had_back(text: str):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["Trên 85%", "-", "=", "", "a=b", "Điểm 5 - khoản 2", "'tên'"])
def test_other_text_stays_as_it_is(text: str):
    assert guarded(text) == unguarded(text) == text


# A workbook


def test_the_workbook_has_the_tables_and_notes_with_a_frozen_head_and_filters(source: Source):
    book = workbook_of(source)
    assert book.sheetnames == [*(sheet.title for sheet in SHEETS), "Ghi chú"]
    for sheet in SHEETS:
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == sheet.head()
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"
        rows = [[row.get(column.name) for column in sheet.columns] for row in sheet_rows(source, sheet)]
        assert page.max_row == len(rows) + 1
    notes = {row[0].value: row[1].value for row in book["Ghi chú"].iter_rows(min_row=2)}
    assert notes["Trang tra cứu"] == f"{SITE}/"
    assert notes["Trang Kế hoạch"] == f"{source.number('select count(*) from plans')} dòng"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_read_back_is_its_rows_with_days_as_days_and_numbers_as_numbers(source: Source, sheet):
    page = workbook_of(source)[sheet.title]
    for cells, row in zip(page.iter_rows(min_row=2), sheet_rows(source, sheet), strict=True):
        for cell, column in zip(cells, sheet.columns, strict=True):
            value = row.get(column.name)
            if column.kind is Kind.DATE and value:
                assert cell.value == datetime.fromisoformat(value)
                assert cell.number_format == "dd/mm/yyyy"
            elif value in (None, ""):
                assert cell.value is None
            else:
                assert cell.value == value
                assert cell.data_type == ("n" if column.kind is Kind.NUMBER else "s")
            if column.kind is Kind.LINK and value:
                assert cell.hyperlink.target == value


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_nothing_of_a_document_is_a_formula(tmp_path: Path, record: Record, suffix: str):
    texts = [*FORMULAS, "lỗi \x00\x0b\ufffe chữ", "_x000D_", "a" * 40_000, "😀" * 20_000, "<b>&amp;"]
    with opened(hostile_db(tmp_path, record, texts)) as hostile:
        if suffix == "csv":
            found = [row["Nhiệm vụ"] for row in csv_rows(b"".join(pieces(hostile, one_table("nhiem-vu"))))]
            assert found[: len(FORMULAS)] == [f"'{text}" for text in FORMULAS]
            assert found[len(FORMULAS) :] == texts[len(FORMULAS) :]
            return
        book = workbook_of(hostile)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    column = TASKS.head().index("Nhiệm vụ") + 1
    said = [book["Nhiệm vụ"].cell(at, column).value for at in range(2, len(texts) + 2)]
    assert said[: len(FORMULAS)] == [text.replace("\r", "\n") for text in FORMULAS]
    assert said[len(FORMULAS)] == "lỗi  chữ"
    assert all(len(text.encode("utf-16-le")) // 2 <= MOST_LETTERS for text in said)
    assert re.search(r"\[còn \d+ chữ cái\]$", said[len(FORMULAS) + 2])
    assert "2 ô" in {row[0].value: row[1].value for row in book["Ghi chú"].iter_rows()}["Ô bị cắt"]


def test_cutting_keeps_what_fits():
    assert cut("a" * MOST_LETTERS) == "a" * MOST_LETTERS
    assert cut("😀" * (MOST_LETTERS // 2)) == "😀" * (MOST_LETTERS // 2)
    assert len(cut("a" * (MOST_LETTERS + 1))) <= MOST_LETTERS


def test_what_is_too_much_for_one_sheet_goes_on_on_the_next():
    book = Book(most_rows=4)
    columns = [Column("a", "A", kind=Kind.NUMBER)]
    data = b"".join([*book.sheets("Bảng", columns, iter([[n] for n in range(7)])), *book.end()])
    read = load_workbook(io.BytesIO(data))
    values = [[row[0] for row in read[name].values] for name in read.sheetnames]
    assert read.sheetnames == ["Bảng", "Bảng 2", "Bảng 3"]
    assert values == [["A", 0, 1, 2], ["A", 3, 4, 5], ["A", 6]]


def test_only_so_many_addresses_are_links_as_excel_takes(monkeypatch: pytest.MonkeyPatch):
    assert sheet_xml.MOST_LINKS <= 65_530
    monkeypatch.setattr(sheet_xml, "MOST_LINKS", 3)
    book = Book()
    rows = iter([[f"{SITE}/{at}"] for at in range(5)])
    data = b"".join([*book.sheets("Bảng", [Column("a", "A", kind=Kind.LINK)], rows), *book.end()])
    cells = [row[0] for row in load_workbook(io.BytesIO(data))["Bảng"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [f"{SITE}/{at}" for at in range(5)]
    assert [cell.hyperlink is not None for cell in cells] == [True, True, True, False, False]


def test_a_day_before_excels_days_stays_text():
    book = Book()
    rows = iter([["1890-05-19"], ["1900-03-01"], ["2026-13-40"]])
    data = b"".join([*book.sheets("Bảng", [Column("a", "A", kind=Kind.DATE)], rows), *book.end()])
    values = [row[0] for row in load_workbook(io.BytesIO(data))["Bảng"].values]
    assert values == ["A", "1890-05-19", datetime(1900, 3, 1), "2026-13-40"]


# Records


def test_json_lines_and_the_list_are_the_records(source: Source):
    stored = {key: json.loads(text) for key, text in source.connection.execute("select plan_id, json from records")}
    lines = [json.loads(line) for line in bytes_of(source, "jsonl").splitlines()]
    records = [line for line in lines if "schema_version" in line]
    assert {record["id"]: record for record in records} == stored
    assert json.loads(bytes_of(source, "json")) == lines
    assert all(Record.model_validate(record).id == record["id"] for record in records)


def test_after_the_records_comes_what_people_entered_with_its_table(source: Source):
    lines = [json.loads(line) for line in bytes_of(source, "jsonl").splitlines()]
    entered = [line["table"] for line in lines if "schema_version" not in line]
    assert [line for line in lines if "schema_version" not in line] == lines[-len(entered) :]
    for table in ("actuals", "baselines", "reported_states"):
        assert entered.count(table) == source.number(f"select count(*) from {table}") > 0


def test_json_in_a_folder_is_a_file_each(source: Source, tmp_path: Path):
    write(source, FORMATS["json"], tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {*source.plans(), "so-lieu"}
    assert Record.model_validate_json((tmp_path / f"{PLAN}.json").read_bytes()).id == PLAN


# The Data Package


@pytest.mark.parametrize("narrowed", [False, True], ids=["all", "one place"])
def test_the_data_package_is_valid_with_its_links(sample_db: Path, tmp_path: Path, narrowed: bool):
    selection = Selection(localities=("hon may",)) if narrowed else Selection()
    with opened(sample_db, selection, SITE) as found:
        write(found, FORMATS["datapackage"], tmp_path / "package.zip")
        plans = len(found.plans())
    report = Package(str(tmp_path / "package.zip")).validate()
    assert report.flatten(["resourceName", "rowNumber", "fieldName", "type", "message"]) == []
    package = Package(str(tmp_path / "package.zip"))
    assert len(package.get_resource("plans").read_rows()) == plans
    assert (plans == 1) is narrowed


def test_the_data_package_finds_a_broken_link(source: Source, tmp_path: Path):
    write(source, FORMATS["datapackage"], tmp_path)
    described = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in described["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (tmp_path / "datapackage.json").write_text(json.dumps(described), "utf-8")
    tasks = (tmp_path / "data" / "tasks.csv").read_text("utf-8")
    (tmp_path / "data" / "tasks.csv").write_text(tasks.replace(PLAN + ",", "khong-co,", 1), "utf-8")
    assert "foreign-key" in validated(tmp_path)


def validated(folder: Path) -> list[str]:
    """The kinds of errors of the package in a folder."""
    with ZipFile(folder / "again.zip", "w") as archive:
        for path in sorted(folder.rglob("*.*")):
            if path.suffix != ".zip":
                archive.write(path, path.relative_to(folder).as_posix())
    return [kind for (kind,) in Package(str(folder / "again.zip")).validate().flatten(["type"])]


def test_the_description_says_what_the_data_is(source: Source):
    *_, last = FORMATS["datapackage"].files(source)
    described = json.loads(b"".join(last.pieces)) if last.name == "datapackage.json" else {}
    assert described["licenses"][0]["name"] == "CC0-1.0"
    assert described["title"]
    assert described["sources"][0]["path"] == SITE
    assert described["extractors"][0].startswith("kehoach ")
    fields = {
        field["name"]: field for r in described["resources"] if r["name"] == "tasks" for field in r["schema"]["fields"]
    }
    assert fields["deadline_end"]["type"] == "date"
    assert fields["spans"]["type"] == "array"
    assert set(fields["kind"]["constraints"]["enum"]) >= {"task", "assignment"}
    assert all(field["description"] for r in described["resources"] for field in r["schema"]["fields"])


def test_every_column_that_holds_days_is_described_as_such(source: Source):
    for table in TABLES_EXPORTED:
        for column in columns_of(table.name):
            values = [
                v for (v,) in source.connection.execute(f"select {column} from {table.name} where {column} != ''")
            ]
            days = [v for v in values if isinstance(v, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", v)]
            assert not days or (len(days) == len(values) and column in data_package._DATES.get(table.name, ()))


# The same bytes; parts


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_database_gives_the_same_bytes(sample_db: Path, name: str):
    def made() -> bytes:
        with opened(sample_db, site=SITE) as found:
            return b"".join(pieces(found, FORMATS[name], archive=bool(FORMATS[name].many)))

    assert made() == made()


def test_a_part_holds_only_what_belongs_to_its_plans(some: Source):
    assert some.plans() == [PLAN]
    for table in ("targets", "tasks", "problems", "legal_bases", "sections", "plan_spans", "records"):
        assert {row["plan_id"] for row in some.rows(f"select plan_id from {table}")} == {PLAN}
    for child, owner in (
        ("task_units", "task"),
        ("task_results", "task"),
        ("task_quarters", "task"),
        ("measures", "target"),
    ):
        keys = {row["key"] for row in some.rows(f"select {owner}_id as key from {child} where {owner}_id is not null")}
        assert keys or child == "task_results"
        assert all(key.startswith(PLAN) for key in keys)
    named = {row["unit_id"] for row in some.rows("select unit_id from task_units")}
    assert {row["id"] for row in some.rows("select id from units")} == named
    assert len(list(some.rows("select id from localities"))) == 1
    assert len(list(some.rows("select code from roles"))) == 3


def test_a_part_as_a_database_is_one_that_can_be_served(some: Source, tmp_path: Path):
    write(some, FORMATS["sqlite"], tmp_path / "part.db")
    with opened(tmp_path / "part.db") as part:
        assert part.plans() == [PLAN]
        assert part.number("select number from totals where name = 'plans'") == 1
        assert part.number("select count(*) from tasks_fts where tasks_fts match 'via'") > 0
        assert list(part.rows("select * from sources")) == list(some.rows("select * from sources"))


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(plans=("khong-co",)), "Không có kế hoạch nào mang mã hoặc số khong-co"),
        (Selection(localities=("hon mai",)), "Có phải: Đặc khu Hòn Mây"),
        (Selection(localities=("😀'\"",)), "Không có địa phương nào"),
        (Selection(years=(1930,)), "đúng với tất cả điều kiện"),
        (Selection(localities=("hon may",), years=(2019,)), "đúng với tất cả điều kiện"),
    ],
)
def test_a_selection_of_nothing_says_which_word_found_nothing(sample_db: Path, selection: Selection, said: str):
    with pytest.raises(NothingChosen, match=re.escape(said)), opened(sample_db, selection):
        pass


def test_a_plan_is_named_by_key_by_address_or_by_number(sample_db: Path):
    for given in (PLAN, f"bao-dam-trat-tu-{PLAN}"):
        with opened(sample_db, Selection(plans=(given,))) as found:
            assert found.plans() == [PLAN]
    with opened(sample_db, Selection(plans=("47/KH-UBND",))) as found:
        assert {row["number"] for row in found.rows("select number from plans")} == {"47/KH-UBND"}


def test_counts_over_all_plans_are_in_no_table(source: Source):
    folder = Path(build.__code__.co_filename).parent / "building"
    script = "".join(folder.joinpath(name).read_text("utf-8") for name in ("summaries.sql", "settled.sql"))
    for table, columns in re.findall(r"update (\w+) set\s(.*?)(?:\bfrom\b|\bwhere\b|;)", script, re.DOTALL):
        if not BY_NAME[table].summed:
            counted = set(re.findall(r"^\s*(\w+) =", columns, re.MULTILINE)) & set(BY_NAME[table].columns)
            assert counted
            assert not counted & set(columns_of(table))


def test_sizes_are_near_what_the_files_have(sample_db: Path, source: Source):
    measured = sizes(sample_db)
    plans = source.number("select count(*) from plans")
    for form in [*(form for form in FORMATS.values() if form.offered), one_table("nhiem-vu")]:
        size = sum(map(len, pieces(source, form)))
        assert 0.5 < measured[form.file_name].of(plans) / size < 2, form.name


# Calendars


def test_a_calendar_is_written_for_each_unit_and_each_place_with_tasks(some: Source, tmp_path: Path):
    written = write(some, FORMATS["ics"], tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert len(names) == len(written)
    assert "dia-phuong/dac-khu-hon-may-bach-khe.ics" in names
    assert any(name.startswith("don-vi/") for name in names)
    events = Calendar.from_ical((tmp_path / "dia-phuong/dac-khu-hon-may-bach-khe.ics").read_bytes()).walk("VEVENT")
    assert events
    assert all(event["url"].startswith(f"{SITE}/nhiem-vu/{PLAN}") for event in events)


# The command


def export(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["export", *map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize(
    ("to", "options", "written"),
    [
        ("ke-hoach.xlsx", [], ["ke-hoach.xlsx"]),
        ("a.jsonl", [], ["a.jsonl"]),
        ("a.json", [], ["a.json"]),
        ("a.db", [], ["a.db"]),
        ("a.zip", [], ["a.zip"]),
        ("sổ", ["--format", "xlsx"], ["sổ/ke-hoach.xlsx"]),
        ("nv.csv", ["--table", "nhiem-vu"], ["nv.csv"]),
        ("tasks.csv", ["--table", "tasks", "--locality", "Hòn Mây"], ["tasks.csv"]),
        ("một", ["--format", "json", "--plan", PLAN], [f"một/{PLAN}.json"]),
    ],
)
def test_the_name_says_what_is_written(
    sample_db: Path, tmp_path: Path, to: str, options: list[str], written: list[str]
):
    done = export(sample_db, "--to", tmp_path / to, *options)
    assert done.exit_code == 0, done.stderr
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == written
    assert "Đã ghi" in done.stderr


def test_csv_fills_a_folder_with_tables_for_people_and_the_databases_own(sample_db: Path, tmp_path: Path):
    assert export(sample_db, "--to", tmp_path / "bảng").exit_code == 0
    names = {path.relative_to(tmp_path / "bảng").as_posix() for path in (tmp_path / "bảng").rglob("*.csv")}
    assert names == {*(f"{sheet.name}.csv" for sheet in SHEETS), *(f"bang/{t.name}.csv" for t in TABLES_EXPORTED)}


def test_stdout_takes_one_file_or_a_zip(sample_db: Path):
    lines = export(sample_db, "--to", "-", "--format", "jsonl", "--year", 2019).stdout_bytes.splitlines()
    assert [json.loads(line)["document"]["number"] for line in lines] == ["47/KH-UBND"]
    with ZipFile(io.BytesIO(export(sample_db, "--to", "-", "--format", "csv").stdout_bytes)) as archive:
        assert archive.testzip() is None
        assert "nhiem-vu.csv" in archive.namelist()


WRONG = [
    (["{db}"], 2, "thiếu '-o' / '--to'"),
    (["{db}", "--to", "x.csv"], 1, "cần tên tệp có đuôi .zip, hoặc tên một thư mục"),
    (["{db}", "--to", "x.zip", "--format", "xlsx"], 1, "cần tên tệp có đuôi .xlsx"),
    (["{db}", "--to", "x", "--format", "pdf"], 2, "chọn một trong csv"),
    (["{db}", "--to", "x.csv", "--table", "khong"], 2, "không có bảng này"),
    (["{db}", "--to", "x.csv", "--table", "tasks", "--format", "json"], 2, "chỉ dùng với csv"),
    (["{db}", "--to", "x", "--year", "abc"], 2, "từ 1900 đến 2100"),
    (["{db}", "--to", "x", "--year", "1930"], 1, "Không có kế hoạch nào"),
    (["{db}", "--to", "x", "--site", "javascript:alert(1)"], 2, "bắt đầu bằng http"),
    (["{db}", "--to", "{db}"], 1, "chính cơ sở dữ liệu"),
    (["gone.db", "--to", "x"], 1, "không có tệp này"),
    (["{text}", "--to", "x"], 1, "không phải cơ sở dữ liệu"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_what_is_wrong_is_said_in_vietnamese_and_nothing_is_written(
    sample_db: Path,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    said: str,
):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    given = [one.format(db=sample_db, text=tmp_path / "notes.txt") for one in arguments]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["kehoach", "export", *given])
    with pytest.raises(SystemExit) as left:
        main()
    errors = capsys.readouterr().err
    assert left.value.code == code
    assert said in errors
    assert not re.search(r"Error|Usage|Traceback", errors)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_export_that_breaks_leaves_what_stood_there(sample_db: Path, tmp_path: Path):
    (tmp_path / "nv.csv").write_text("cũ", "utf-8")
    with opened(sample_db) as found:
        found.connection.execute("create temp view task_units as select 1 as wrong")
        with pytest.raises(sqlite3.OperationalError):
            write(found, one_table("nhiem-vu"), tmp_path / "nv.csv")
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["cũ"]


def test_the_command_names_every_format_and_loads_none(sample_db: Path):
    said = subprocess.run([KEHOACH, "export", "--help"], capture_output=True, text=True, check=True).stdout
    assert all(f"{name}:" in said for name in FORMATS)
    assert re.search(r"^    kehoach export ", said, re.MULTILINE)


def test_a_plan_of_one_file_stays_in_the_order_of_the_document(source: Source):
    with closing(sqlite3.connect(source.path)) as again:
        expected = [
            text for (text,) in again.execute("select text from targets where plan_id = ? order by position", (PLAN,))
        ]
    rows = list(sheet_rows(source, CONTENTS, [PLAN]))
    assert [row["text"] for row in rows if row["what"] == "Chỉ tiêu"] == expected
    assert {row["what"] for row in rows} == {"Chỉ tiêu", "Nhiệm vụ"}
    assert next(sheet_rows(source, PLANS, [PLAN]))["issued_date"] == date(2026, 3, 6).isoformat()
