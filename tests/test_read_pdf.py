"""PDF files of our own, made by tests/data/make_pdf.py, read as their pages show them; pdfplumber is the reference."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pdfplumber
import pypdfium2 as pdfium
import pytest

from extract import extract_plan
from extract.errors import UnreadableFile
from extract.model import Cell, Document, Line, Table
from extract.read import read
from extract.read.ocr import OcrUnavailable
from extract.read.pdf import pages_needing_ocr, read_pdf, scanned
from extract.read.pdf.blocks import blocks_of
from extract.read.pdf.fonts import in_unicode
from extract.read.pdf.frame import Frame
from extract.read.pdf.grid import grids_of
from extract.read.pdf.joining import joined
from extract.read.pdf.paragraphs import Margins, lines_of
from extract.read.pdf.rows import Row, rows_of
from extract.read.pdf.rules import rules_of
from extract.read.pdf.run import Run
from extract.read.pdf.runs import runs_of
from extract.read.pdf.sheet import Ruled, Sheet

DATA = Path(__file__).parent / "data" / "pdf"
LETTERHEAD = [
    "ỦY BAN NHÂN DÂN",
    "XÃ AN LẠC",
    "Số: 25/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "An Lạc, ngày 29 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Chuyển đổi số xã An Lạc năm 2026",
]


def document(name: str) -> Document:
    return read(DATA / f"{name}.pdf")[1]


def lines(doc: Document) -> list[Line]:
    return [block for block in doc.blocks if isinstance(block, Line)]


def texts(doc: Document) -> list[str]:
    return [line.text for line in lines(doc)]


def table(doc: Document) -> Table:
    (found,) = (block for block in doc.blocks if isinstance(block, Table))
    return found


def text_of(cell: Cell) -> str:
    return " ".join(line.text for line in cell.lines)


@pytest.mark.parametrize("name", ["prose", "odd_fonts", "rotated", "sideways"])
def test_letterhead_columns_are_read_one_after_the_other(name):
    assert texts(document(name))[: len(LETTERHEAD)] == LETTERHEAD


def test_running_heads_and_page_numbers_are_left_out():
    read_texts = texts(document("prose"))
    assert not {"Kế hoạch chuyển đổi số xã An Lạc", "1", "2"} & set(read_texts)


def test_a_footnote_stands_after_the_text_and_its_mark_nowhere():
    read_texts = texts(document("prose"))
    assert "07-NQ/ĐU" in read_texts[-1]
    assert any(text.startswith("Thực hiện nghị quyết của cấp ủy và Kế hoạch") for text in read_texts)


def test_a_raised_figure_of_a_unit_stays_with_it():
    assert any("101 m2, bảo đảm" in text for text in texts(document("prose")))


def test_a_sentence_that_goes_on_over_the_pages_end_is_one_paragraph():
    record = extract_plan(DATA / "prose.pdf")
    assert [task.text[:33] for task in record.tasks][1:3] == [f"Lắp đặt trạm phát sóng tại thôn {i}" for i in (2, 3)]
    assert all("Hoàn thành trước ngày" in task.text for task in record.tasks)
    assert len(record.tasks) == 12


def test_the_signature_stands_after_the_recipients():
    read_texts = texts(document("prose"))
    start = read_texts.index("Nơi nhận:")
    assert read_texts[start + 3 : start + 7] == ["- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình"]
    signer = extract_plan(DATA / "prose.pdf").document.signer
    assert (signer.name, signer.position) == ("Trần Văn Bình", "CHỦ TỊCH")


def test_bold_lines_are_told_from_others():
    bold = {line.text for line in lines(document("prose")) if line.bold}
    assert {"KẾ HOẠCH", "I. MỤC TIÊU", "TM. ỦY BAN NHÂN DÂN"} <= bold
    assert "Nơi nhận:" not in bold


@pytest.mark.parametrize("name", ["table", "table_once", "table_landscape"])
def test_a_table_over_two_pages_is_one_with_each_row_whole(name):
    rows = table(document(name)).rows
    assert [text_of(row[0]) for row in rows if text_of(row[0]).isdigit()] == [str(i) for i in range(1, 15)]
    assert len(rows) == 17
    tenth = text_of(rows[12][1])
    assert tenth.count("Nhiệm vụ thứ 10") == 4
    assert tenth.endswith("theo quy định.")


@pytest.mark.parametrize("name", ["table", "table_landscape"])
def test_merged_cells_keep_what_they_span(name):
    rows = table(document(name)).rows
    assert [(text_of(c), c.colspan, c.rowspan) for c in rows[0]] == [
        ("TT", 1, 2),
        ("Nhiệm vụ", 1, 2),
        ("Thực hiện", 2, 1),
        ("Thời gian", 1, 2),
    ]
    assert [(text_of(c), c.colspan) for c in rows[2]] == [("I. Nhóm nhiệm vụ về dữ liệu", 5)]
    assert [c.rowspan for c in rows[5]] == [1, 1, 3, 1, 1]


@pytest.mark.parametrize("name", ["table", "table_once", "table_landscape"])
def test_tasks_of_a_table_have_the_units_of_its_merged_cells(name):
    tasks = extract_plan(DATA / f"{name}.pdf").tasks
    assert [task.text.split(":")[0] for task in tasks] == [f"Nhiệm vụ thứ {i}" for i in range(1, 15)]
    assert {unit.name for task in tasks[2:5] for unit in task.units if unit.role == "lead"} == {
        "Phòng Văn hóa - Xã hội"
    }


@pytest.mark.parametrize("name", ["table", "table_once", "table_landscape"])
def test_cells_are_those_of_pdfplumber(name):
    pdf = pdfium.PdfDocument(DATA / f"{name}.pdf")
    with pdfplumber.open(DATA / f"{name}.pdf") as reference:
        for i, page in enumerate(reference.pages):
            _, frame = runs_of(pdf[i])
            ours = sorted(tuple(map(round, s.box)) for g in grids_of(rules_of(pdf[i], frame)) for s in g.slots)
            theirs = sorted(tuple(map(round, cell)) for t in page.find_tables() for cell in t.cells)
            assert len(ours) == len(theirs) > 0
            pairs = zip(ours, theirs, strict=True)
            assert max(abs(a - b) for x, y in pairs for a, b in zip(x, y, strict=True)) <= 1
    pdf.close()


@pytest.mark.parametrize("name", ["unruled", "tcvn3", "vni", "blanks"])
def test_words_are_those_of_pdfplumber(name):
    pdf = pdfium.PdfDocument(DATA / f"{name}.pdf")
    with pdfplumber.open(DATA / f"{name}.pdf") as reference:
        theirs = Counter(word["text"] for page in reference.pages for word in page.extract_words())
    ours = Counter(word for i in range(len(pdf)) for row in rows_of(_raw(pdf[i])) for word in row.text.split())
    pdf.close()
    assert ours == theirs


def _raw(page: pdfium.PdfPage) -> list[Run]:
    """The page's runs, not decoded: pdfplumber decodes no old fonts."""
    from extract.read.pdf import runs  # noqa: PLC0415

    kept = runs.in_unicode
    try:
        runs.in_unicode = list
        return runs_of(page)[0]
    finally:
        runs.in_unicode = kept


def test_a_table_without_rules_is_a_table():
    rows = table(document("unruled")).rows
    assert [text_of(cell) for cell in rows[0]] == ["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian"]
    assert [text_of(cell) for cell in rows[3]] == [
        "3",
        "Tổ chức lớp tập huấn kỹ năng số lần 3 cho Tổ công nghệ số",
        "Thôn 3",
        "Tháng 3/2026",
    ]
    assert len(rows) == 6


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_text_of_an_old_font_is_decoded(name):
    text = " ".join(texts(document(name)))
    assert "chuyển đổi số" in text
    assert "tổ công nghệ số cộng đồng" in text


@pytest.mark.parametrize(
    ("font", "printed", "expected"),
    [
        (".VnTime", "c«ng t¸c th­ viÖn", "công tác thư viện"),
        ("ABCDEF+.VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        (".VnTime", "c¸n bé v¨n th\x02", "cán bộ văn thư"),
        ("VNI-Times", "ñôn vò thöïc hieän", "đơn vị thực hiện"),
        (".VnTime", "Kế hoạch", "Kế hoạch"),
        ("TimesNewRoman", "Café à la carte", "Café à la carte"),
    ],
)
def test_a_fonts_name_tells_its_codes_where_the_text_agrees(font, printed, expected):
    (run,) = in_unicode([Run(printed, 0, 10, 10, 12, font)])
    assert run.text == expected


@pytest.mark.parametrize("name", ["prose", "table", "odd_fonts", "rotated", "sideways", "signed"])
def test_every_line_has_its_page_and_a_box_on_it(name):
    pdf = pdfium.PdfDocument(DATA / f"{name}.pdf")
    sizes = [pdf[i].get_size() for i in range(len(pdf))]
    pdf.close()
    doc = document(name)
    every = lines(doc) + [
        line for b in doc.blocks if isinstance(b, Table) for row in b.rows for cell in row for line in cell.lines
    ]
    for line in every:
        assert line.page is not None
        assert line.box is not None
        width, height = sizes[line.page - 1]
        x0, top, x1, bottom = line.box
        assert 0 <= x0 < x1 <= width + 1
        assert 0 <= top < bottom <= height + 1


def test_a_page_on_its_side_has_the_boxes_where_they_are_seen():
    upright, sideways = (lines(document(name))[0].box for name in ("rotated", "sideways"))
    assert upright is not None
    assert sideways is not None
    wide, high = upright[2] - upright[0], upright[3] - upright[1]
    assert sideways[2] - sideways[0] == pytest.approx(high, abs=0.1)
    assert sideways[3] - sideways[1] == pytest.approx(wide, abs=0.1)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_place_as_seen_comes_back_to_the_page(turn):
    frame = Frame(10, 20, 400, 600, turn)
    assert frame.of_user(*frame.seen(110, 220)) == pytest.approx((110, 220))


def test_a_signed_plan_has_the_number_and_the_day_that_the_clerk_stamped():
    record = extract_plan(DATA / "signed.pdf")
    assert record.document.number == "144/KH-UBND"
    issued = record.document.issued
    assert (issued.year, issued.month, issued.day) == (2026, 5, 20)
    assert "binh@" not in record.text
    assert "Ky boi" not in record.text
    assert record.document.spans["number"][0].bboxes


def test_blanks_without_stamps_stay_blank():
    head = extract_plan(DATA / "blanks.pdf").document
    assert head.number is None
    assert (head.issued.month, head.issued.day) == (None, None)


def test_signatures_are_recorded_with_what_they_cover():
    signatures = extract_plan(DATA / "signed.pdf").document.signatures
    assert [(s.signer, s.organization) for s in signatures] == [
        ("Trần Văn Bình", "UBND xã An Lạc"),
        *[("Ủy ban nhân dân xã An Lạc", "UBND huyện Bình Minh")] * 3,
    ]
    assert all(s.intact and s.signed_at for s in signatures)
    assert [s.covers_whole for s in signatures] == [False, False, False, True]


def test_a_change_behind_a_signature_shows(tmp_path):
    data = bytearray((DATA / "signed.pdf").read_bytes())
    at = data.index(b"/Producer")
    data[at + 1] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    assert not any(s.intact for s in read(changed)[1].signatures)


def test_only_pages_without_text_go_to_ocr():
    for name, expected in (("scanned", [1]), ("prose", []), ("table", []), ("tcvn3", []), ("rotated", [])):
        pdf = pdfium.PdfDocument(DATA / f"{name}.pdf")
        assert pages_needing_ocr(pdf) == expected, name
        pdf.close()


def test_without_tesseract_the_other_pages_are_read_and_the_scan_is_a_problem(monkeypatch):
    monkeypatch.setattr(scanned, "read_page", _unavailable)
    doc = document("scanned")
    assert texts(doc)[0] == "ỦY BAN NHÂN DÂN"
    assert [problem.code for problem in doc.problems] == ["scanned_low_quality"]
    assert "apt-get install tesseract-ocr" in doc.problems[0].message
    assert "Trang 2" in doc.problems[0].message


def test_a_file_of_scans_without_tesseract_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(scanned, "read_page", _unavailable)
    source, new = pdfium.PdfDocument(DATA / "scanned.pdf"), pdfium.PdfDocument.new()
    new.import_pages(source, [1])
    new.save(tmp_path / "scan.pdf")
    with pytest.raises(UnreadableFile, match="tesseract-ocr-vie"):
        read(tmp_path / "scan.pdf")
    source.close()
    new.close()


def _unavailable(*_: object) -> None:
    raise OcrUnavailable


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "hỏng"),
        (b"not a pdf", "hỏng"),
        (b"%PDF-1.7\n%%EOF", "hỏng"),
        ((DATA / "locked.pdf").read_bytes(), "mật khẩu"),
        ((DATA / "prose.pdf").read_bytes()[:2000], "hỏng"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, message, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=message):
        read(path)


@pytest.mark.parametrize("name", ["signed", "table", "odd_fonts"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name, monkeypatch):
    monkeypatch.setattr(scanned, "read_page", _unavailable)
    chance = Random(name)
    for _ in range(25):
        data = bytearray((DATA / f"{name}.pdf").read_bytes())
        for _ in range(chance.choice((3, 30, 300))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(UnreadableFile):
            read_pdf(Path("plan.pdf"), bytes(data))


def row(text: str, base: float, *, x0: float = 85, x1: float | None = None) -> Row:
    """A row of text 14 points high; each character takes 6.5 points unless the end is given."""
    return rows_of([Run(text, x0, x0 + 6.5 * len(text) if x1 is None else x1, base, 14)])[0]


def as_lines(rows: list[Row]) -> list[Line]:
    return lines_of(rows, [1] * len(rows), [Margins(85, 545)] * len(rows))


def body(*printed: str) -> list[Row]:
    """Rows of a page whose paragraphs begin set in by 36 points: `>` marks a first line, `|` a short last one."""
    rows = []
    for i, text in enumerate(printed):
        x0, x1 = 121 if text.startswith(">") else 85, 300 if text.endswith("|") else 545
        rows.append(row(text.strip(">|"), 20.0 * i, x0=x0, x1=x1))
    return rows


FILLER = [
    ">Một đoạn văn xuôi đủ dài để thấy lề của trang và cách",
    "trình bày của các dòng tiếp theo trong đoạn.|",
] * 4


def test_a_line_set_in_ends_the_paragraph_before_though_its_last_line_is_full():
    ends = [line.whole for line in as_lines(body(*FILLER, ">Dòng đầu của đoạn một, đầy đến lề", ">Dòng đầu đoạn hai|"))]
    assert ends[-2]


@pytest.mark.parametrize(
    ("first", "second", "joined_text"),
    [
        ("giám sát việc thực hiện (Chủ trì:", "Công an xã; phối hợp: Đoàn xã).|", "(Chủ trì: Công"),
        ("thời gian hoàn thành: Quý", "IV/2026.|", "Quý IV/2026."),
        ("quyết định số 226/QĐ-", "TTg ngày 12 tháng 2|", "226/QĐ-TTg"),
        ("bình quân mỗi năm giảm 2", "- 3% số cặp tảo hôn|", "giảm 2 -"),
    ],
)
def test_a_full_line_that_only_looks_ended_takes_the_next_ones_first_words(first, second, joined_text):
    read_lines = as_lines(body(*FILLER, f">{first}", second))
    assert read_lines[-2].text.endswith(joined_text)


def test_a_line_that_took_words_and_gives_some_away_prints_each_once():
    printed = [">giám sát việc thực hiện (Chủ trì:", "Công an xã; phối hợp:", "Đoàn xã; thời gian: tháng 6).|"]
    words = " ".join(line.text for line in as_lines(body(*FILLER, *printed)))
    assert words.endswith(" ".join(text.strip(">|") for text in printed))


def test_items_without_indent_or_gap_keep_their_bullets():
    read_lines = as_lines([row("- Một việc dài đến tận lề phải của trang này.", 20.0 * i, x1=545) for i in range(12)])
    assert all(line.text.startswith("- ") and line.text.endswith(".") for line in read_lines)


def cell(text: str, rowspan: int = 1) -> Cell:
    return Cell((Line(text),) if text else (), rowspan=rowspan)


def ruled(*rows: dict[int, Cell], page: int = 1) -> Ruled:
    return Ruled(list(rows), (50, 80, 300, 400), 100, page)


@pytest.mark.parametrize(
    ("last", "first", "whole"),
    [
        (("1", "Rà soát các", "Công an"), ("", "hộ dân", "xã"), True),
        (("1", "Rà soát.", "Công an xã"), ("2", "Báo cáo", "UBND xã"), False),
        (("1", "Rà soát.", "Công an xã."), ("", "Báo cáo.", ""), False),
        (("Rà soát các", "Công an", "Quý I"), ("hộ dân", "xã", ""), True),
        (("Rà soát", "Công an", "Quý I"), ("Báo cáo", "UBND", "Quý II"), False),
    ],
)
def test_a_row_is_made_whole_only_where_it_goes_on(last, first, whole):
    above = ruled(dict(enumerate(map(cell, last))))
    joined(above, ruled(dict(enumerate(map(cell, first))), page=2))
    assert len(above.rows) == (1 if whole else 2)


def test_a_row_cut_under_a_merged_cell_goes_on_in_it():
    above = ruled(
        {0: cell("1"), 1: cell("Họp"), 2: cell("Văn phòng", rowspan=2)}, {0: cell("2"), 1: cell("Kiểm tra các")}
    )
    joined(above, ruled({0: cell(""), 1: cell("thôn"), 2: cell("xã")}, page=2))
    assert len(above.rows) == 2
    assert text_of(above.rows[1][1]) == "Kiểm tra các thôn"
    assert text_of(above.rows[0][2]) == "Văn phòng xã"


def test_tables_with_other_columns_stay_apart():
    frame = Frame(0, 0, 595, 842)
    first = Ruled([{0: cell("1"), 1: cell("a")}], (50, 100, 300), 700, 1)
    second = Ruled([{0: cell("2"), 1: cell("b")}], (50, 200, 300), 60, 2)
    sheets = [Sheet(1, frame, frame, [first]), Sheet(2, frame, frame, [second])]
    assert len(list(blocks_of(sheets))) == 2
