"""Word files: numbering, runs, tables, notes, changes; damaged and hostile files refused."""

import io
import os
import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import UnreadableFile
from extract.lines import clean
from extract.model import Line, Table
from extract.read.docx import read_docx
from extract.read.office import read_office
from extract.read.plain import read_plain
from tests.data.make_docx import (
    SCHEMES,
    abstract,
    archive,
    cell,
    docx,
    level,
    num,
    of_plan,
    paragraph,
    run,
    style,
    table,
)

ROOT = Path(__file__).parents[1]
FILES = ROOT / "tests" / "data" / "docx"
PLANS = ROOT / "corpus" / "plans"
PLAN = PLANS / "mau-18-to-cong-nghe-so-phuong.txt"
NAME = Path("ke-hoach.docx")


def blocks(*body: str, **parts: object) -> list[Line | Table]:
    return list(read_docx(NAME, docx(*body, **parts)).blocks)


def lines(*body: str, **parts: object) -> list[str]:
    return [block.text for block in blocks(*body, **parts) if isinstance(block, Line)]


def grid(*body: str, **parts: object) -> list[list[tuple[str, int, int]]]:
    (found,) = (block for block in blocks(*body, **parts) if isinstance(block, Table))
    return [[(" / ".join(x.text for x in c.lines), c.colspan, c.rowspan) for c in row] for row in found.rows]


def letters(text: str) -> list[str]:
    return [re.sub(r"\s+", "", line) for line in text.split("\n")]


# Numbering

ONE_LIST = abstract(
    1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3."), level(3, "lowerLetter", "%4)")
)  # fmt: skip


def numbered(numbering: str, *items: tuple[int | None, int | None] | str, styles: str = "") -> list[str]:
    """The labels that paragraphs get: an item is its list and level, or its style."""
    body = [
        paragraph("x", style=item) if isinstance(item, str) else paragraph("x", num=item[0], level=item[1])
        for item in items
    ]
    return [text.removesuffix("x").rstrip() for text in lines(*body, numbering=numbering, styles=styles)]


@pytest.mark.parametrize(
    ("numbering", "items", "labels"),
    [
        (
            ONE_LIST + num(1, 1),
            [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1)],
            ["I.", "1.", "2.", "2.1.", "2.2.", "a)", "3.", "3.1.", "II.", "1."],
        ),
        # two lists of one abstract list count together, until one starts anew
        (ONE_LIST + num(1, 1) + num(2, 1), [(1, 0), (2, 0), (1, 0)], ["I.", "II.", "III."]),
        (
            ONE_LIST + num(1, 1) + num(2, 1, starts={0: 1}) + num(3, 1, starts={1: 5}),
            [(1, 0), (1, 0), (2, 0), (2, 0), (3, 1), (3, 1), (2, 0), (3, 1)],
            ["I.", "II.", "I.", "II.", "5.", "6.", "III.", "5."],
        ),
        # a level that nothing restarts, and one that only the outermost restarts
        (
            abstract(
                1,
                level(0, "upperRoman", "%1."),
                level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>'),
                level(2, "lowerLetter", "%3)", extra='<w:lvlRestart w:val="1"/>'),
            )
            + num(1, 1),
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
            ["I.", "1.", "a)", "2.", "b)", "II.", "3.", "a)"],
        ),
        # legal: the Roman section in Arabic figures
        (
            abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", extra="<w:isLgl/>")) + num(1, 1),
            [(1, 0), (1, 0), (1, 1), (1, 1)],
            ["I.", "II.", "2.1.", "2.2."],
        ),
        # a level above that was never used shows where it would start
        (abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.")) + num(1, 1), [(1, 1)], ["I.1."]),
        (
            ONE_LIST + num(1, 1) + num(2, 1, override=f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1/", start=4)}</w:lvlOverride>'),
            [(1, 0), (2, 0), (2, 0)],
            ["I.", "2/", "3/"],
        ),
        (abstract(1, level(0, "decimal", "Điều %1. ", extra='<w:suff w:val="nothing"/>')) + num(1, 1), [(1, 0)], ["Điều 1."]),
        # a bare number, letter or numeral gets the mark that makes it an ordinal
        (
            abstract(1, level(0, "upperRoman", "%1"), level(1, "decimal", "%2"), level(2, "lowerLetter", "%3")) + num(1, 1),
            [(1, 0), (1, 1), (1, 2)],
            ["I.", "1.", "a)"],
        ),
        # no list: number 0 takes a paragraph out, an unknown one was never there
        (ONE_LIST + num(1, 1), [(0, 0), (7, 0), (1, 8), (1, 0)], ["", "", "", "I."]),
    ],
)  # fmt: skip
def test_ordinals_are_counted_as_word_counts_them(numbering, items, labels):
    assert numbered(numbering, *items) == labels


@pytest.mark.parametrize(
    ("kind", "start", "label"),
    [
        ("decimalZero", 3, "03."), ("lowerRoman", 4, "iv."), ("upperLetter", 2, "B."), ("lowerLetter", 27, "aa."),
        ("decimalEnclosedParen", 1, "(1)."), ("none", 1, "."), ("ideographDigital", 5, "5."),
    ],
)  # fmt: skip
def test_a_number_is_written_in_its_format(kind, start, label):
    assert numbered(abstract(1, level(0, kind, "%1.", start=start)) + num(1, 1), (1, 0)) == [label]


def test_a_style_brings_its_list_and_another_list_takes_it_out():
    styles = (
        style("Normal")
        + style("Muc", on="Normal", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("MucCon", on="Muc", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + style("Khoan", on="Normal", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    )
    numbering = abstract(
        1, level(0, "upperRoman", "%1.", style="Muc"), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)", style="Khoan")
    )  # fmt: skip
    found = numbered(numbering + num(1, 1), "Muc", "MucCon", "Khoan", "Khoan", "MucCon", "Muc", styles=styles)
    assert found == ["I.", "1.", "a)", "b)", "2.", "II."]
    assert lines(paragraph("x", style="Muc", num=0), numbering=numbering + num(1, 1), styles=styles) == ["x"]


def test_a_list_may_borrow_its_levels_from_a_list_style():
    borrowed = abstract(1).replace("</w:abstractNum>", '<w:numStyleLink w:val="DanhSach"/></w:abstractNum>')
    own = abstract(2, '<w:styleLink w:val="DanhSach"/>', level(0, "lowerLetter", "%1)"))
    assert numbered(borrowed + own + num(1, 1) + num(2, 2), (1, 0), (1, 0)) == ["a)", "b)"]


@pytest.mark.parametrize(
    ("bullets", "labels"),
    [
        ([("-", ""), ("+", "")], ["-", "+"]),
        ([("–", "")], ["–"]),
        ([("\uf0b7", "Symbol")], ["•"]),
        ([("\uf0d8", "Wingdings")], ["➢"]),
        ([("Ø", "Wingdings")], ["➢"]),
        # Word's own three levels: marks that keep the levels apart
        ([("\uf0b7", "Symbol"), ("o", "Courier New"), ("\uf0a7", "Wingdings")], ["-", "+", "•"]),
        ([("-", ""), ("\uf0b7", "Symbol")], ["-", "•"]),
    ],
)
def test_bullets_are_written_out(bullets, labels):
    levels = [
        level(i, "bullet", text).replace("</w:lvl>", f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>')
        for i, (text, font) in enumerate(bullets)
    ]
    assert numbered(abstract(1, *levels) + num(1, 1), *((1, i) for i in range(len(levels)))) == labels


def test_an_ordinal_alone_is_printed_in_a_cell_only():
    numbering = abstract(1, level(0, "decimal", "%1")) + num(1, 1)
    empty = paragraph(num=1, level=0)
    assert grid(table([cell(empty), "a"], [cell(empty), "b"]), numbering=numbering) == [
        [("1.", 1, 1), ("a", 1, 1)],
        [("2.", 1, 1), ("b", 1, 1)],
    ]
    assert lines(empty, paragraph("x", num=1, level=0), numbering=numbering) == ["2. x"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("plan", sorted(PLANS.glob("mau-0*.txt")), ids=lambda plan: plan.stem)
def test_a_plan_with_automatic_ordinals_reads_as_its_text(plan, scheme):
    found = clean(read_docx(NAME, of_plan(plan, scheme))).text
    assert letters(found) == letters(clean(read_plain(plan, plan.read_bytes())).text)


# Runs

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (run("Số:") + run("\t12/KH"), ["Số:\t12/KH"]),
        (run("năm 2026\nnăm 2027"), ["năm 2026", "năm 2027"]),
        (run("NQ") + "<w:r><w:noBreakHyphen/></w:r>" + run("HĐND"), ["NQ-HĐND"]),
        ("<w:r><w:t>chuyển</w:t><w:softHyphen/><w:t>đổi</w:t></w:r>", ["chuyển\u00adđổi"]),
        (run("kế hoạch", extra="<w:caps/>"), ["KẾ HOẠCH"]),
        (run("thấy") + run("ẩn", extra="<w:vanish/>"), ["thấy"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" đạt"), ["✓ đạt"]),
        (run("còn ") + "<w:ins>" + run("thêm") + "</w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", ["còn thêm"]),
        ("<w:moveFrom>" + run("cũ") + "</w:moveFrom><w:moveTo>" + run("mới") + "</w:moveTo>", ["mới"]),
        (
            FIELD.format("begin") + "<w:r><w:instrText>DATE</w:instrText><w:t>mã</w:t></w:r>" + FIELD.format("separate")
            + run("12/3/2026") + FIELD.format("end") + run(" hết"),
            ["12/3/2026 hết"],
        ),
        ('<w:fldSimple w:instr="DATE">' + run("12/3") + "</w:fldSimple>", ["12/3"]),
        ('<w:hyperlink r:id="r9">' + run("liên kết") + "</w:hyperlink>", ["liên kết"]),
        ("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + run("ô nhập") + "</w:sdtContent></w:sdt>", ["ô nhập"]),
        ("<w:smartTag><w:smartTag>" + run("Hà Nội") + "</w:smartTag></w:smartTag>", ["Hà Nội"]),
        (run("chú thích") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + run("."), ["chú thích."]),
        ('<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>(*)</w:t></w:r>' + run("chữ"), ["chữ"]),
    ],
)  # fmt: skip
def test_a_paragraph_gives_the_lines_it_prints(content, printed):
    assert lines(f"<w:p>{content}</w:p>") == printed


def test_a_deleted_paragraph_mark_joins_what_stands_around_it():
    gone = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph("Rà soát ", extra=gone), paragraph("hộ nghèo."), paragraph("Hết.")) == [
        "Rà soát hộ nghèo.",
        "Hết.",
    ]


@pytest.mark.parametrize(
    ("content", "bold"),
    [
        (run("1. Mục tiêu", bold=True), True),
        (run("1.", bold=True) + run(" Mục tiêu"), False),
        (run("Mục tiêu", bold=True) + run(": "), True),
        (run("đậm theo kiểu", extra='<w:rStyle w:val="Dam"/>'), True),
        (run("đậm theo đoạn"), False),
    ],
)
def test_a_line_is_bold_where_all_its_letters_are(content, bold):
    (line,) = blocks(f"<w:p>{content}</w:p>", styles=style("Normal") + style("Dam", kind="character", look="<w:b/>"))
    assert isinstance(line, Line)
    assert line.bold is bold


def test_styles_give_weight_capitals_and_heading_levels_through_those_they_stand_on():
    styles = (
        style("Normal")
        + style("TieuDe", name="heading 1", on="Normal", properties='<w:outlineLvl w:val="0"/>', look="<w:b/><w:caps/>")
        + style("Con", on="TieuDe", look='<w:caps w:val="0"/>')
        + style("Muc", name="toc 1", on="Normal")
    )
    found = blocks(
        paragraph("mục tiêu", style="TieuDe"),
        paragraph("Chung", style="Con"),
        paragraph("I. MỤC TIÊU 3", style="Muc"),
        paragraph("thường", extra='<w:outlineLvl w:val="9"/>', style="Con"),
        styles=styles,
    )
    assert [(b.text, b.bold, b.level) for b in found if isinstance(b, Line)] == [
        ("MỤC TIÊU", True, 1),
        ("Chung", True, 1),
        ("thường", True, 0),
    ]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent>"
    shape = f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    assert lines(f"<w:p><w:r>{both}</w:r>{run('KẾ HOẠCH')}</w:p>") == ["DỰ THẢO", "KẾ HOẠCH"]
    assert lines(f"<w:p><w:r>{old}</w:r></w:p>") == ["DỰ THẢO"]


def test_the_table_of_contents_is_left_out():
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('I. MỤC TIÊU 2')}</w:sdtContent></w:sdt>"
    kept = f"<w:sdt><w:sdtContent>{paragraph('I. MỤC TIÊU')}</w:sdtContent></w:sdt>"
    assert lines(contents, kept) == ["I. MỤC TIÊU"]


def test_a_blank_paragraph_is_a_gap():
    found = blocks(paragraph("a"), paragraph(""), paragraph("b"), paragraph("c"))
    assert [b.gap for b in found if isinstance(b, Line)] == [False, True, False]


# Lines that a return cut


def test_what_a_page_cut_inside_a_sentence_is_one_paragraph_again():
    found = clean(read_docx(NAME, docx(
        paragraph("KẾ HOẠCH"),
        paragraph("Chủ trì hướng dẫn lực lượng nòng cốt tại"), paragraph("các khu phố."),
        paragraph("Rà soát hộ nghèo;"), paragraph("tham mưu bố trí kinh phí."),
        paragraph("Gồm:"), paragraph("rà soát;"), paragraph("thống kê;"), paragraph("báo cáo."),
        paragraph("Giao các ấp (có bảng kèm) Trên đây là Kế hoạch năm 2026."),
    ))).text  # fmt: skip
    assert found.split("\n") == [
        "KẾ HOẠCH",
        "Chủ trì hướng dẫn lực lượng nòng cốt tại các khu phố.",
        "Rà soát hộ nghèo; tham mưu bố trí kinh phí.",
        "Gồm:",
        "rà soát;",
        "thống kê;",
        "báo cáo.",
        "Giao các ấp (có bảng kèm)",
        "Trên đây là Kế hoạch năm 2026.",
    ]


def test_a_file_with_a_return_after_every_printed_line_reads_as_its_text():
    text = clean(read_plain(PLAN, PLAN.read_bytes())).text
    broken = [part for line in text.split("\n") for part in re.findall(r".{1,80}(?:\s|$)", line)]
    found = [block for block in read_docx(NAME, docx(*map(paragraph, broken))).blocks if isinstance(block, Line)]
    assert not any(line.whole for line in found)


# Tables


def test_merged_cells_span_their_columns_and_rows():
    found = grid(
        table(
            [cell("TT", merge="restart"), cell("Việc", span=2), "Hạn"],
            [cell(merge="continue"), "a", "b", cell("Quý I", merge="restart")],
            ["1", "c", "d", cell("thừa", merge="continue")],
        )
    )
    assert found == [
        [("TT", 1, 2), ("Việc", 2, 1), ("Hạn", 1, 1)],
        [("a", 1, 1), ("b", 1, 1), ("Quý I", 1, 2)],
        [("1", 1, 1), ("c", 1, 1), ("d", 1, 1)],
    ]


def test_deleted_rows_go_and_rows_in_content_controls_stay():
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    kept = f"<w:sdt><w:sdtContent><w:tr>{cell('c')}{cell('d')}</w:tr></w:sdtContent></w:sdt>"
    body = table(["a", "b"]).replace("</w:tbl>", gone + kept + "</w:tbl>")
    assert grid(body) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]


def test_lists_in_cells_are_lines_of_the_cell():
    numbering = abstract(1, level(0, "bullet", "-")) + num(1, 1)
    listed = cell(paragraph("một", num=1, level=0), paragraph("hai", num=1, level=0))
    assert grid(table(["1", listed]), numbering=numbering) == [[("1", 1, 1), ("- một / - hai", 1, 1)]]


def test_a_table_that_only_frames_text_is_the_text_in_it():
    inner = table(["STT", "Việc"], ["1", "Rà soát"])
    assert lines(table(["Phấn đấu 100%"])) == ["Phấn đấu 100%"]
    assert [type(b) for b in blocks(table([cell(paragraph("I. MỤC TIÊU"), inner, "<w:p/>"), "phải"]))] == [
        Line,
        Table,
        Line,
    ]


# Parts beside the body


def test_notes_stand_after_the_signature_and_before_the_appendix():
    note = '<w:footnote w:id="2">{}</w:footnote><w:footnote w:type="separator" w:id="0">{}</w:footnote>'
    notes = {"footnotes": note.format(paragraph("Nghị quyết số 1."), paragraph("không in"))}
    body = '<w:p><w:r><w:t>Kinh phí</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    foot = table(["Nơi nhận:", "CHỦ TỊCH"])
    found = blocks(body, foot, paragraph("PHỤ LỤC"), parts=notes)
    assert [b.text if isinstance(b, Line) else "bảng" for b in found] == [
        "Kinh phí",
        "bảng",
        "Nghị quyết số 1.",
        "PHỤ LỤC",
    ]
    assert lines(paragraph("không nhắc"), parts=notes) == ["không nhắc"]


def test_a_page_header_is_read_only_where_it_is_the_letterhead():
    head = {"header1": paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Số: 12/KH-UBND")}
    assert lines(paragraph("KẾ HOẠCH"), parts=head)[1:] == ["Số: 12/KH-UBND", "KẾ HOẠCH"]
    assert lines(paragraph("KẾ HOẠCH"), parts={"header1": paragraph("Trang 2")}) == ["KẾ HOẠCH"]


# Old fonts


def test_runs_in_an_old_font_are_decoded_by_its_name():
    old = run("ñy ban nh©n d©n", font=".VnTimeH") + run(" x· Hoµ B×nh", font=".VnTime")
    assert lines(f"<w:p>{old}</w:p>") == ["ỦY BAN NHÂN DÂN xã Hoà Bình"]
    parted = run("Vie", font="VNI-Times") + run("ät Nam", font="VNI-Times", bold=True)
    assert lines(f"<w:p>{parted}</w:p>") == ["Việt Nam"]
    assert lines(paragraph(run("Ủy ban nhân dân cấp xã", font=".VnTime"))) == ["Ủy ban nhân dân cấp xã"]


@pytest.mark.parametrize("name", ["tcvn3.docx", "vni.docx"])
def test_a_file_in_an_old_font_reads_as_its_text(name):
    found = clean(read_docx(NAME, (FILES / name).read_bytes())).text
    text = clean(read_plain(PLAN, PLAN.read_bytes())).text
    assert "".join(letters(found.lower())) == "".join(letters(text.lower()))


def test_a_file_in_an_old_font_whose_name_is_lost_is_known_by_its_syllables():
    packed = zipfile.ZipFile(FILES / "vni.docx")
    parts = {
        name: packed.read(name).decode().partition("?>")[2].replace("VNI-Times", "Arial") for name in packed.namelist()
    }
    found = clean(read_docx(NAME, archive(parts))).text
    assert letters(found) == letters(clean(read_plain(PLAN, PLAN.read_bytes())).text)


# Files that are not read


def part_of(name: str, xml: str) -> bytes:
    """A Word file with one part's XML in place of its own."""
    packed = zipfile.ZipFile(io.BytesIO(docx(paragraph("a"))))
    return archive({n: packed.read(n).decode().partition("?>")[2] for n in packed.namelist()} | {name: xml})


def packed_text(data: bytes) -> bytes:
    """The first packed bytes of a file's main part."""
    start = data.rindex(b"word/document.xml", 0, data.index(b"PK\x01\x02")) + len("word/document.xml")
    return data[start : start + 40]


BILLION = (
    '<!DOCTYPE w [<!ENTITY a "' + "a" * 1000 + '">' + '<!ENTITY b "' + "&a;" * 1000 + '">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;&b;&b;'
    "</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"),
        (b"\x00" * 600, "rỗng"),
        (docx(paragraph("a"))[:300], "hỏng"),
        (docx(paragraph("a")).replace(packed_text(docx(paragraph("a"))), b"\xff" * 40), "hỏng"),
        (part_of("word/document.xml", "<w:document><w:body>"), "XML"),
        (part_of("word/document.xml", BILLION), "thực thể"),
        (archive({"xl/workbook.xml": "<a/>"}), "Excel"),
        (archive({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (archive({"ke-hoach.pdf": "a"}), "nén"),
        (archive({}), "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), "Excel"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong(data, said):
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_office(NAME, data)
    assert len(caught.value.message) > 30


def test_a_bomb_is_refused_before_it_goes_off():
    bomb = part_of("word/document.xml", "<w:document>" + " " * (40 << 20) + "</w:document>")
    assert len(bomb) < 100_000
    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match="phá hoại"):
        read_office(NAME, bomb)
    assert time.perf_counter() - start < 1


def test_tables_in_tables_are_read_as_deep_as_they_go():
    body = paragraph("đáy")
    for _ in range(60):
        body = table([cell(body, "<w:p/>"), "b"])
    assert "đáy" in str(blocks(body))


@settings(max_examples=150, deadline=None)
@given(at=st.lists(st.integers(0, 100_000), min_size=1, max_size=6), value=st.integers(0, 255))
def test_damage_raises_nothing_but_its_own_error(at, value):
    data = bytearray((FILES / "mau-18-lists.docx").read_bytes())
    for place in at:
        data[place % len(data)] = value
    said = refusal(bytes(data))
    assert said is None or "Hãy" in said or "không được mở" in said


def refusal(data: bytes) -> str | None:
    try:
        read_office(NAME, data)
    except UnreadableFile as error:
        return error.message
    return None


ELEMENTS = st.recursive(
    st.sampled_from(
        ["<w:br/>", "<w:tab/>", "<w:t>chữ</w:t>", '<w:fldChar w:fldCharType="begin"/>', "<w:pPr/>", "<w:rPr/>"]
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
        st.sampled_from(["p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "txbxContent", "pict"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ELEMENTS, max_size=5))
def test_any_nesting_of_known_elements_is_read(parts):
    read_docx(NAME, docx(*parts))


# The shared renditions, where they are

SHARED = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared")) / "corpus" / "renditions"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared renditions are not here")
@pytest.mark.parametrize("name", ["000.docx", "001.docx", "002.docx", "001_autonum.docx"])
def test_a_shared_rendition_has_its_headings(name):
    found = clean(read_docx(Path(name), (SHARED / name).read_bytes())).text
    assert re.search(r"^I\. MỤC", found, re.MULTILINE)
    assert re.search(r"^IV\. TỔ CHỨC THỰC HIỆN$", found, re.MULTILINE)
