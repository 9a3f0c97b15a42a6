"""The progress report of a plan: laid out as NĐ 30/2020/NĐ-CP asks, saying what the data say and no more."""

import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from extract import extract_plan
from publish.cli import program
from publish.database import build
from publish.progress.standing_statuses import judge_anew
from publish.progress_report.content import Blank, Grid, Report
from publish.progress_report.facts import Facts, Level, Target
from publish.progress_report.files import NoOnePlan, file_of, plan_meant, report_of
from publish.progress_report.letterhead import Body, Printed
from publish.progress_report.period import Period
from publish.progress_report.report import progress_report
from tests.site import HARMFUL, Site

PLANS = Path(__file__).parents[1] / "corpus" / "plans"
PLAN, NAMELESS, PARTY, SCHOOL = "2063c9aba96fa48d", "mau-09", "mau-15", "mau-04"
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
SOURCE = "Báo cáo số 118/BC-UBND ngày 22/6/2026"
# Position of a target, value, unit, percent, day, source.
ACTUALS = [
    (2, 100, "%", None, "2026-06-15", SOURCE),
    (3, 80.8, "%", None, "2026-06-15", SOURCE),
    (4, 24, "công chức", 100, "2026-06-15", SOURCE),
    (6, 2.1, "%", None, "2026-06-15", SOURCE),
    (7, 21, "hộ kinh doanh", None, "2026-06-15", SOURCE),
    (9, 1240.5, "triệu đồng", None, "2026-06-15", '=HYPERLINK("http://x")'),
    (10, 6905, "người", 77.4, "2025-12-15", "<script>&\x0b]]>"),
]
# Position of a task, the day that the state is of (of a recurring duty), state, as of.
STATES = [
    (4, None, "done_in_time", "2026-03-20"),
    (5, None, "done_late", "2026-04-20"),
    (6, None, "doing_in_time", "2026-05-20"),
    (7, None, "not_started", "2026-05-20"),
    (22, None, "dropped", "2026-05-20"),
    (16, "2026-02-20", "done_in_time", "2026-02-19"),
    (16, "2026-03-20", "done_late", "2026-03-25"),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress-report")
    (folder / "hai.txt").write_text(HARMFUL, "utf-8")
    named = [next(PLANS.glob(f"{name}-*")) for name in ("mau-17", NAMELESS, PARTY, SCHOOL)]
    report = build([*named, folder / "hai.txt"], folder / "plans.db")
    assert not report.failures
    with closing(sqlite3.connect(folder / "plans.db")) as connection, connection:
        _report(connection)
        judge_anew(connection)
    return folder / "plans.db"


def _report(connection: sqlite3.Connection) -> None:
    """Enter what people told of the plan."""
    keys = "select position, id from {} where plan_id = ?"
    targets = dict(connection.execute(keys.format("targets"), (PLAN,)))
    tasks = dict(connection.execute(keys.format("tasks"), (PLAN,)))
    for at, value, unit, percent, day, source in ACTUALS:
        row = (f"a{at}", targets[at], value, unit, value, percent, day, source)
        connection.execute(
            "insert into actuals (id, target_id, value, unit, converted, percent, as_of, source, recorded_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, '2026-07-01T00:00:00')",
            row,
        )
    for number, (at, due, state, day) in enumerate(STATES):
        connection.execute(
            "insert into reported_states (id, task_id, state, as_of, period_start, period_end, source, recorded_at)"
            " values (?, ?, ?, ?, ?, ?, 'Phòng VHXH', '2026-07-01T00:00:00')",
            (f"s{number}", tasks[at], state, day, due, due),
        )


def made(db: Path, plan: str = PLAN, period: Period = HALF) -> Report:
    with closing(sqlite3.connect(db)) as connection:
        key = plan
        if plan.startswith("mau"):
            (key,) = connection.execute("select id from plans where filename like ?", (f"{plan}%",)).fetchone()
        return report_of(connection, plan_meant(connection, key), period)


@pytest.fixture(scope="module")
def report(db: Path) -> Report:
    return made(db)


@pytest.fixture(scope="module")
def word(report: Report) -> Document:
    return docx.Document(io.BytesIO(file_of(report, "docx")))


@pytest.fixture(scope="module")
def book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(file_of(report, "xlsx")))


def texts(document: Document) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def styled(document: Document, style: str) -> list[str]:
    """The texts of the paragraphs of a style, also in tables."""
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
        if p.pPr is not None and p.pPr.pStyle is not None and p.pPr.pStyle.val == style
    ]


def test_pages_are_a4_with_the_decrees_margins_the_appendix_lying(word: Document):
    body, appendix = word.sections
    assert (body.page_width.mm, body.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert appendix.orientation == WD_ORIENT.LANDSCAPE
    for section in word.sections:
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20


def test_page_numbers_stand_in_the_middle_above_from_the_second_page_on(word: Document):
    for section in word.sections:
        assert section.different_first_page_header_footer
        (paragraph,) = section.header.paragraphs
        assert [i.text for i in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert paragraph.style.paragraph_format.alignment == 1
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"  # an appendix counts its own
        assert not section.first_page_header.paragraphs[0].text


@pytest.mark.parametrize(
    ("style", "sizes", "bold", "italic"),
    [
        ("National", (12, 13), True, False),
        ("Motto", (13, 14), True, False),
        ("Superior", (12, 13), False, False),
        ("Issuer", (12, 13), True, False),
        ("Number", (13, 13), False, False),
        ("PlaceAndDate", (13, 14), False, True),
        ("Title", (13, 14), True, False),
        ("Subtitle", (13, 14), True, False),
        ("BodyText", (13, 14), False, False),
        ("Signing", (13, 14), True, False),
        ("RecipientsHead", (12, 12), True, True),
        ("Recipient", (11, 11), False, False),
        ("AppendixLabel", (14, 14), True, False),
        ("AppendixTitle", (13, 14), True, False),
        ("Attached", (13, 14), False, True),
    ],
)
def test_sizes_and_weights_are_those_of_the_decree(
    word: Document, style: str, sizes: tuple[int, int], bold: bool, italic: bool
):
    (found,) = [one for one in word.styles if one.style_id == style]
    assert sizes[0] <= found.font.size.pt <= sizes[1]
    assert (found.font.bold, found.font.italic, found.font.name) == (bold, italic, "Times New Roman")
    assert str(found.font.color.rgb) == "000000"


def test_text_is_justified_set_in_and_spaced_and_the_document_is_vietnamese(word: Document):
    (body,) = [one for one in word.styles if one.style_id == "BodyText"]
    shape = body.paragraph_format
    assert shape.alignment == 3
    assert 10 <= shape.first_line_indent.mm <= 12.71
    assert shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    about = word.core_properties
    assert about.title.startswith("Kết quả thực hiện Kế hoạch số 14/KH-UBND ngày 22/01/2026")
    assert about.created.date() == date(2026, 6, 30)


def test_the_letterhead_and_title_are_the_plans_own_and_blank_where_an_officer_fills_in(word: Document):
    assert styled(word, "Issuer") == ["ỦY BAN NHÂN DÂN", "XÃ KHE VÀNG"]
    assert styled(word, "National") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert styled(word, "Motto") == ["Độc lập - Tự do - Hạnh phúc"]
    assert styled(word, "Number") == ["Số: …/BC-UBND"]
    assert styled(word, "PlaceAndDate") == ["Khe Vàng, ngày … tháng … năm …"]
    assert styled(word, "Title") == ["BÁO CÁO"]
    assert styled(word, "Subtitle") == [
        "Kết quả thực hiện Kế hoạch số 14/KH-UBND ngày 22/01/2026 của Ủy ban nhân dân xã Khe Vàng "
        "6 tháng đầu năm 2026 (tính đến ngày 30/06/2026)"
    ]
    assert styled(word, "Signing")[:3] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert styled(word, "Signing")[-1] == "Lò Văn Thắng"
    assert styled(word, "Recipient")[0] == "- Như trên;"
    assert styled(word, "Recipient")[-1] == "- Lưu: VT, VHXH."


def test_every_blank_is_marked(word: Document):
    marked = "".join(
        run.findtext(qn("w:t")) or ""
        for run in word.element.body.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    )
    assert marked.count("…") == "".join(texts(word)).count("…") > 10
    for note in ("nguyên nhân", "kiến nghị, đề xuất", "cơ quan cấp trên"):
        assert note in marked


def test_the_parts_come_in_order_as_headings(word: Document):
    headings = styled(word, "Heading1")
    assert [heading.split(".")[0] for heading in headings] == ["I", "II", "III", "IV", "V"]
    assert headings[3] == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2026"
    names = {style.style_id: style.name for style in word.styles}
    assert (names["Heading1"], names["Title"]) == ("Heading 1", "Title")


def test_heads_of_tables_are_repeated_and_rows_stay_whole(word: Document):
    ruled = [table for table in word.tables if table.style is not None and table.style.style_id == "TableGrid"]
    assert len(ruled) == 4
    for table in ruled:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in others)
        section = word.sections[-1 if table is ruled[-1] else 0]
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) <= room + 2000


def grid(report: Report, name: str) -> Grid:
    return next(grid for grid in report.grids() if grid.name == name)


def test_the_table_of_targets_says_what_was_entered(report: Report, db: Path):
    rows = grid(report, "Chỉ tiêu").rows
    told = {at: [cell.text for cell in row.cells] for at, row in enumerate(rows, 1)}
    assert told[3][2:5] == ["≥ 85%", "80,8%", "95,1"]
    assert told[4][3] == "24 công chức (100%)"
    assert told[6][2:5] == ["≤ 1,5%", "2,1%", ""]  # a ceiling has no share of the plan
    assert told[7][2:5] == ["≥ 35 hộ kinh doanh", "21 hộ kinh doanh", "60"]
    assert told[9][3] == "1.240,5 triệu đồng"
    assert told[10][6:] == ["15/12/2025", "<script>&]]>; số liệu kỳ trước"]
    assert told[11][2:4] == ["90 - 95%", "…"]
    with closing(sqlite3.connect(db)) as connection:
        statuses = connection.execute(
            "select label_vi from targets join target_spells on target_id = targets.id"
            " join target_statuses on code = status"
            " where targets.plan_id = ? and '2026-06-30' between from_day and until_day order by position",
            (PLAN,),
        )
        assert [row[5] for row in told.values()] == [label for (label,) in statuses]


def test_tasks_are_told_by_state_and_duties_by_occurrence(report: Report):
    states = [row.cells[4].text for row in grid(report, "Nhiệm vụ").rows]
    assert states[:4] == [
        "Hoàn thành đúng hạn",
        "Hoàn thành quá hạn",
        "Đang thực hiện trong hạn",
        "Chưa thực hiện quá hạn",
    ]
    assert states[-1] == "Quá hạn chưa báo cáo"
    duty = [cell.text for cell in grid(report, "Nhiệm vụ định kỳ").rows[0].cells]
    assert duty[3:7] == ["05", "01", "01", "03"]  # 20 February to 20 June; one in time, one late
    assert duty[7] == "Chưa có kỳ 20/04/2026, 20/05/2026, 20/06/2026"
    assert len(grid(report, "Danh mục nhiệm vụ").rows) == 27


def test_shortcomings_and_what_comes_are_listed_from_the_data(word: Document):
    all_ = texts(word)
    third, fourth, fifth = (all_.index(heading) for heading in styled(word, "Heading1")[2:])
    shortcomings, coming = "\n".join(all_[third:fourth]), "\n".join(all_[fourth:fifth])
    assert "Thay thế 09 máy tính" in shortcomings
    assert "quá hạn các kỳ 20/03/2026; chưa có kỳ 20/04/2026" in shortcomings
    assert "Ban hành quy trình nội bộ" in shortcomings
    assert "Rà soát, sửa đổi quy chế" not in shortcomings
    assert "Ít nhất 35 hộ kinh doanh" in coming
    assert "(các kỳ: 20/07/2026, 20/08/2026" in coming


def test_a_report_of_an_earlier_day_does_not_know_later_figures(db: Path):
    early = made(db, period=Period(None, date(2026, 3, 31)))
    assert "từ khi ban hành kế hoạch đến ngày 31/03/2026" in early.blocks[0].text  # type: ignore[union-attr]
    reached = [row.cells[3].text for row in grid(early, "Chỉ tiêu").rows]
    assert [text for text in reached if text != "…"] == ["6.905 người (77,4%)"]


def test_our_own_reader_reads_the_tables_values_back(report: Report, tmp_path: Path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(file_of(report, "docx"))
    record = extract_plan(path)
    assert (record.document.kind, record.document.symbol) == ("BC", "BC-UBND")
    assert (record.document.period.start, record.document.period.end) == (HALF.start, HALF.end)
    read = [(actual.value, actual.unit) for actual in record.actuals]
    for _, value, unit, *_ in ACTUALS:
        assert (value, unit) in read
    planned = {actual.value: actual.planned for actual in record.actuals if actual.planned}
    assert (planned[80.8].comparator, planned[80.8].value, planned[80.8].unit) == (">=", 85, "%")  # type: ignore[union-attr]


def test_the_workbook_holds_numbers_and_days_and_prints_on_a4(book: Workbook):
    assert book.sheetnames == ["Báo cáo", "Chỉ tiêu", "Nhiệm vụ", "Nhiệm vụ định kỳ", "Danh mục nhiệm vụ"]
    page = book["Chỉ tiêu"]
    row = [cell.value for cell in page[4 + 3]]
    assert (row[0], row[3], row[4], row[6]) == (3, 80.8, 95.1, datetime(2026, 6, 15))
    assert page.cell(4 + 3, 4).number_format == '#,##0.0"%"'
    for page in book.worksheets[1:]:
        assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
        assert (page.freeze_panes, page.print_title_rows) == ("A5", "$4:$4")
    assert [book["Báo cáo"]["A1"].value, book["Báo cáo"]["D1"].value] == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def cells(book: Workbook) -> Iterator[object]:
    for page in book.worksheets:
        for row in page.iter_rows():
            yield from row


def test_nothing_that_was_entered_is_computed_or_becomes_markup(report: Report, book: Workbook, word: Document):
    assert all(cell.data_type != "f" for cell in cells(book))  # type: ignore[attr-defined]
    values = [cell.value for cell in cells(book)]  # type: ignore[attr-defined]
    assert '=HYPERLINK("http://x")' in values
    assert '=HYPERLINK("http://x")' in texts(word)
    assert "<script>&]]>; số liệu kỳ trước" in texts(word)


def test_a_plan_that_means_harm_gives_a_file_that_opens(db: Path):
    with closing(sqlite3.connect(db)) as connection:
        key = plan_meant(connection, "66/KH-UBND")
    report = made(db, key, Period(None, date(2027, 12, 31)))
    opened = docx.Document(io.BytesIO(file_of(report, "docx")))
    assert any("<script>window.hurt=1</script>" in text for text in texts(opened))
    assert load_workbook(io.BytesIO(file_of(report, "xlsx"))).sheetnames[0] == "Báo cáo"


def test_a_plan_without_number_place_and_recipients_has_blanks_there(db: Path):
    opened = docx.Document(io.BytesIO(file_of(made(db, NAMELESS), "docx")))
    assert styled(opened, "Number") == ["Số: …/BC-…"]
    assert styled(opened, "PlaceAndDate") == ["…, ngày … tháng … năm …"]
    assert styled(opened, "Subtitle")[0].startswith("Kết quả thực hiện Kế hoạch số … ngày 06/03/2026 của")
    assert styled(opened, "Recipient")[1].startswith("- … [nơi nhận")


def test_a_plan_of_which_nothing_was_reported_says_so(db: Path):
    report = made(db, SCHOOL)
    assert {row.cells[5].text for row in grid(report, "Chỉ tiêu").rows} == {"Chưa có số liệu"}
    assert {row.cells[3].text for row in grid(report, "Chỉ tiêu").rows} == {"…"}
    assert report.letterhead.superior == "UBND XÃ VĨNH KHÊ ĐÔNG"


def test_the_party_has_its_own_heading(db: Path):
    head = made(db, PARTY).letterhead
    assert head.national == ("ĐẢNG CỘNG SẢN VIỆT NAM",)
    assert "".join(map(str, head.number)) == "Số …-BC/ĐU"
    assert head.superior == "ĐẢNG BỘ TỈNH TRƯỜNG HẢI"


def test_a_plan_with_nothing_in_it_still_makes_both_files():
    bare = Facts("x", "", "", None, None, None, (), Body(*[None] * 7), Printed("", {}), (), ())
    report = progress_report(bare, HALF)
    assert (
        report.about.text
        == "Kết quả thực hiện Kế hoạch số … ngày … của … 6 tháng đầu năm 2026 (tính đến ngày 30/06/2026)"
    )
    assert not report.appendices
    assert styled(docx.Document(io.BytesIO(file_of(report, "docx"))), "Issuer") == [str(Blank("tên cơ quan ban hành"))]
    assert load_workbook(io.BytesIO(file_of(report, "xlsx"))).sheetnames == ["Báo cáo"]


@pytest.mark.parametrize(
    ("level", "converted", "share"),
    [
        (Level(">=", 85, "%", None), 80.8, 95.1),
        (Level("=", 2, "mô hình", None), 0, 0),
        (Level("<=", 1.5, "%", None), 2.1, None),
        (Level(">=", 15, "%", "increase"), 12, None),
        (Level("=", 20, "rank", None), 10, None),
        (Level(">=", 85, "%", None), None, None),
        (Level(">=", 0, "vụ", None), 1, None),
        (None, 3, None),
    ],
)
def test_a_share_of_the_plan_is_given_only_where_it_means_something(
    level: Level | None, converted: float | None, share: float | None
):
    assert Target("x", level, None, False, "met", "", None, converted).of_plan == share


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_same_data_give_the_same_bytes_without_a_clock(report: Report, db: Path, form: str):
    first = file_of(report, form)
    assert first == file_of(made(db), form)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-06-30T"}


@pytest.mark.parametrize(
    ("start", "end", "name", "following"),
    [
        ("2026-01-01", "2026-03-31", "quý I năm 2026", "quý II năm 2026"),
        ("2026-10-01", "2026-12-31", "quý IV năm 2026", "quý I năm 2027"),
        ("2026-01-01", "2026-06-30", "6 tháng đầu năm 2026", "6 tháng cuối năm 2026"),
        ("2026-01-01", "2026-09-30", "9 tháng đầu năm 2026", ""),
        ("2026-01-01", "2026-12-31", "năm 2026", "năm 2027"),
        ("2024-02-01", "2024-02-29", "tháng 2 năm 2024", "tháng 3 năm 2024"),
        ("2026-02-01", "2026-04-30", "", ""),
        ("2026-01-02", "2026-03-31", "", "quý II năm 2026"),
        (None, "9999-12-31", "", ""),
        (None, "0001-01-01", "", ""),
    ],
)
def test_a_period_and_the_one_after_it_are_called_as_people_call_them(
    start: str | None, end: str, name: str, following: str
):
    period = Period(date.fromisoformat(start) if start else None, date.fromisoformat(end))
    assert (period.name, period.next_period.name) == (name, following)


def test_the_command_writes_a_file_and_says_what_is_wrong(db: Path, tmp_path: Path):
    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(program, ["progress", "report", str(db), *options])
        return done.exit_code, done.output + str(done.exception or "")

    out = tmp_path / "bao-cao.docx"
    code, _ = run("--plan", "14/KH-UBND", "--as-of", "30/6/2026", "--from", "1/1/2026", "--out", str(out))
    assert code == 0
    assert out.read_bytes() == file_of(made(db), "docx")
    asked = ("--plan", "14/KH-UBND", "--as-of", "30/6/2026")
    assert "kết thúc bằng .docx hoặc .xlsx" in run(*asked, "--out", "x.pdf")[1]
    assert "ở sau ngày của --as-of" in run(*asked, "--from", "1/7/2026", "--out", str(out))[1]
    assert "không có kế hoạch nào" in run("--plan", "999/KH", "--as-of", "30/6/2026", "--out", str(out))[1]
    with closing(sqlite3.connect(db)) as connection, pytest.raises(NoOnePlan):
        report_of(connection, "khong-co", HALF)


ADDRESS = f"/ke-hoach/{PLAN}/bao-cao-tien-do"


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_site_gives_the_files_of_a_day(sample_site: Site, form: str):
    status, headers, body = sample_site.get(f"{ADDRESS}.{form}?den-ngay=2026-06-30&tu-ngay=1/1/2026&_lang=en")
    assert status == 200
    assert headers["content-disposition"].endswith(f'-2026-06-30.{form}"')
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "tính đến ngày nào"),
        ("?den-ngay=31/6/2026", "không phải ngày"),
        ("?den-ngay=2026-06-30&tu-ngay=2026-07-01", "ở sau ngày cuối kỳ"),
    ],
)
def test_the_site_asks_for_a_day(sample_site: Site, asked: str, said: str):
    status, page = sample_site.page(f"{ADDRESS}.docx{asked}")
    assert status == 404
    assert said in page


@pytest.mark.parametrize(
    "asked", ["?den-ngay=9999-12-31&tu-ngay=0001-01-01", "?den-ngay=0001-01-01", "?den-ngay=1899-12-31"]
)
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_odd_days_give_a_file(sample_site: Site, asked: str, form: str):
    assert sample_site.get(f"{ADDRESS}.{form}{asked}")[0] == 200
