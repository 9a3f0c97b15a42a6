"""What was misread is put right where a sequence, a number or the lexicon decides, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest

from extract.lines import clean
from extract.model import Cell, Document, Line, Table
from extract.normalize.slips import mended, repaired
from extract.normalize.slips.figures import figure_slips
from extract.normalize.slips.words import unknown_syllables, word_slips
from extract.read import read

PLANS = sorted(
    path for path in (Path(__file__).parents[1] / "corpus" / "plans").glob("mau-*") if not path.stem.endswith("-scan")
)
DAMAGED = {"mau-10-phoi-hop-phu-nu-thanh-nien", "mau-16-phong-chong-thien-tai"}  # written with slips on purpose


def mended_lines(*texts: str, scanned: bool = False) -> list[str]:
    blocks, _ = repaired([Line(text) for text in texts], scanned=scanned)
    return [block.text for block in blocks if isinstance(block, Line)]


FIGURES = [
    ("đạt l00% số hộ", "đạt 100% số hộ"),
    ("Trên 9O% hộ dân", "Trên 90% hộ dân"),
    ("giảm lO% so với", "giảm 10% so với"),
    ("năm 2O26 trên địa bàn", "năm 2026 trên địa bàn"),
    ("Dự trữ I5 tấn gạo", "Dự trữ 15 tấn gạo"),
    ("ngày 0l tháng 4", "ngày 01 tháng 4"),
    ("xong trước ngày 3O/6/2026.", "xong trước ngày 30/6/2026."),
    ("ngày 0l/4/2026 của", "ngày 01/4/2026 của"),
    ("Quý II/2O26.", "Quý II/2026."),
    ("xác định O8 điểm", "xác định 08 điểm"),
    ("Quý I/2026", "Quý I/2026"),
    ("bình chứa 5l nước", "bình chứa 5l nước"),
    ("thiếu O2 cho người bệnh", "thiếu O2 cho người bệnh"),
    ("nhà I2 tổ 5", "nhà I2 tổ 5"),
    ("tại Khu A O1 lô 3", "tại Khu A O1 lô 3"),
    ("bệnh do CO2 và H2O", "bệnh do CO2 và H2O"),
    ("quyển số 15l", "quyển số 15l"),
    ("mục II.1 và II.2", "mục II.1 và II.2"),
]


@pytest.mark.parametrize(("printed", "meant"), FIGURES)
def test_letters_among_figures_are_figures_and_names_stay(printed, meant):
    text = printed
    for start, end, right in reversed(list(figure_slips(printed))):
        text = text[:start] + right + text[end:]
    assert text == meant


ORDINALS = [
    (("I. MỤC ĐÍCH", "H. MỤC TIÊU", "HI. NHIỆM VỤ", "IV. KINH PHÍ"), ("I.", "II.", "III.", "IV.")),
    (("I. MỤC ĐÍCH", "II. MỤC TIÊU", "IH. NHIỆM VỤ"), ("I.", "II.", "III.")),
    (("I. MỤC ĐÍCH", "II. MỤC TIÊU", "lII. NHIỆM VỤ"), ("I.", "II.", "III.")),
    (("I. MỤC ĐÍCH", "l. Mục đích", "2. Yêu cầu"), ("I.", "1.", "2.")),
    (("1. Mua", "2. Bán", "3. Đổi", "4. Trả", "s. Khen thưởng"), ("1.", "2.", "3.", "4.", "5.")),
    (("a) Một", "b) Hai", "c) Ba", "d) Bốn", "đ) Năm", "©) Sáu"), ("a)", "b)", "c)", "d)", "đ)", "e)")),
]


@pytest.mark.parametrize(("printed", "labels"), ORDINALS)
def test_an_ordinal_that_is_none_is_the_one_that_is_due(printed, labels):
    assert [text.split()[0] for text in mended_lines(*printed)] == list(labels)


SOUND = [
    ("I. MỤC ĐÍCH", "I. MỤC TIÊU", "III. NHIỆM VỤ"),
    ("1. Mua", "2. Bán", "3. Đổi", "4. Trả", "9. Khen thưởng"),
    ("1. MỤC ĐÍCH", "2. YÊU CẦU", "3. NỘI DUNG"),
    ("G. KINH PHÍ", "H. TỔ CHỨC", "I. PHỤ LỤC"),
    ("k) Rà soát", "l) Lập danh sách", "m) Báo cáo"),
    ("h. Hỗ trợ", "i. Kiểm tra", "k. Tổng kết", "l. Báo cáo"),
    ("d) Rà soát", "d) Lập danh sách", "e) Báo cáo"),
]


@pytest.mark.parametrize("printed", SOUND)
def test_sound_ordinals_stay_even_where_somebody_miscounted(printed):
    assert mended_lines(*printed) == list(printed)


SCANNED = [
    (("I. MỤC ĐÍCH", "I. MỤC TIÊU", "HI. NHIỆM VỤ"), ("I.", "II.", "III.")),
    (("L MỤC ĐÍCH", "H. MỤC TIÊU"), ("I.", "II.")),
    (("1. MỤC ĐÍCH", "II. MỤC TIÊU"), ("I.", "II.")),
    (("1. MỤC ĐÍCH", "2. MỤC TIÊU"), ("1.", "2.")),
    (("1. Mua", "2. Bán", "3. Đổi", "4. Trả", "9. Khen", "6. Phạt"), ("1.", "2.", "3.", "4.", "5.", "6.")),
    (("c) Mua", "d) Bán", "d) Đổi", "e) Trả"), ("c)", "d)", "đ)", "e)")),
    (("1. Mua", "2. Bán", "2. Đổi", "4. Trả"), ("1.", "2.", "2.", "4.")),
    (("4. Mua", "1. Bán", "2, Đổi", "3. Trả"), ("4.", "1.", "2.", "3.")),
    (("- Mua", "~ Bán", "« Đổi"), ("-", "-", "-")),
    (("+ Quý II năm 2026: Mua", "+ Quý II năm 2026: Bán", "+ Quý IV năm 2026: Đổi"), ("+", "+", "+")),
]


@pytest.mark.parametrize(("printed", "labels"), SCANNED)
def test_in_a_scan_the_sequence_decides_between_ordinals_that_look_alike(printed, labels):
    assert [text.split()[0] for text in mended_lines(*printed, scanned=True)] == list(labels)


def test_a_quarter_printed_twice_is_the_one_that_is_skipped():
    heads = ["+ Quý II năm 2026: Mua", "+ Quý II năm 2026: Bán", "+ Quý IV năm 2026: Đổi"]
    assert mended_lines(*heads, scanned=True)[1] == "+ Quý III năm 2026: Bán"
    assert mended_lines(*heads) == heads


def test_a_quarter_that_is_none_is_read_by_its_strokes():
    assert mended_lines("Quý HI năm 2026", "Quý lI/2026") == ["Quý III năm 2026", "Quý II/2026"]


def column(*cells: str) -> Table:
    return Table(tuple((Cell((Line(str(i)),)), Cell((Line(text),))) for i, text in enumerate(cells)))


def test_of_a_column_of_four_quarters_the_third_is_not_the_second_again():
    (table,), _ = repaired([column("Quý I", "Quý II", "Quý II", "Quý IV")], scanned=True)
    assert isinstance(table, Table)
    assert [row[1].lines[0].text for row in table.rows] == ["Quý I", "Quý II", "Quý III", "Quý IV"]


def test_rows_that_share_a_quarter_stay():
    _, slips = repaired([column("Quý I", "Quý II", "Quý II", "Quý IV", "Quý IV")], scanned=True)
    assert not slips


WORDS = [
    ("KÉ HOẠCH", "KẾ HOẠCH"),
    ("Sô: 25/KH-UBND", "Số: 25/KH-UBND"),
    ("Chuyên đổi số", "Chuyển đổi số"),
    ("các tô dân phố", "các tổ dân phố"),
    ("Tổ CNSCPĐ ấp", "Tổ CNSCĐ ấp"),
    ("PHO CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("Ủy ban Mặt trận Tố quốc", "Ủy ban Mặt trận Tổ quốc"),
    ("tập thể, các nhân", "tập thể, cá nhân"),
    ("một bộ phận công chức", "một bộ phận công chức"),
    ("phận công nhiệm vụ", "phân công nhiệm vụ"),
    ("yếu tố quốc tế", "yếu tố quốc tế"),
]


@pytest.mark.parametrize(("printed", "meant"), WORDS)
def test_the_lexicon_knows_damaged_words_and_keeps_the_case(printed, meant):
    text = printed
    for start, end, right in reversed(list(word_slips(printed))):
        text = text[:start] + right + text[end:]
    assert text == meant


def test_a_syllable_of_no_word_is_the_one_that_makes_a_word_with_its_neighbour():
    assert [s[2] for s in unknown_syllables("Trung tâm Phục vụ hảnh chính công")] == ["hành"]
    assert not list(unknown_syllables("Cổng thông tin điện tử, ứng dụng Zalo, kênh Đăk Nông"))


def test_the_rest_of_a_scan_outvotes_one_spelling():
    said = ["các Tổ công nghệ số", "mỗi Tổ công nghệ số", "của Tổ công nghệ số", "Tố công nghệ số"]
    assert mended_lines(*said, scanned=True)[-1] == "Tổ công nghệ số"


SIGNED = [
    ("tHẺ TỊCH", "CHỦ TỊCH"),
    ("PHỞ CHỦ TICH", "PHÓ CHỦ TỊCH"),
    ("FEIỆU TRƯỞNG", "HIỆU TRƯỞNG"),
    ("-C€IÁM ĐỐC", "GIÁM ĐỐC"),
    ("KT. CIÁM ĐỐC", "KT. GIÁM ĐỐC"),
    ("Giàng Šeo Phử", "Giàng Seo Phử"),
    # names, bodies, recipients, and positions that are right
    ("TRƯƠNG VĂN PHÒNG", "TRƯƠNG VĂN PHÒNG"),
    ("TRỊNH ĐÌNH HIỆU", "TRỊNH ĐÌNH HIỆU"),
    ("TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
    ("KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),
    ("TRƯỜNG THCS", "TRƯỜNG THCS"),
    ("P. HIỆU TRƯỞNG", "P. HIỆU TRƯỞNG"),
    ("TRƯỞNG PHÒNG KINH TẾ", "TRƯỞNG PHÒNG KINH TẾ"),
    ("- Các Phó Giám đốc sở;", "- Các Phó Giám đốc sở;"),
    ("Trưởng các thôn;", "Trưởng các thôn;"),
]


@pytest.mark.parametrize(("printed", "meant"), SIGNED)
def test_a_position_that_the_stamp_spoiled_is_the_one_it_looks_like(printed, meant):
    lines = ["Tuyên truyền sâu rộng.", "Nơi nhận:", "- Lưu: VT.", printed]
    assert mended_lines(*lines, scanned=True)[-1] == meant


@pytest.mark.parametrize("text", ["THỦ TỊCH", "1. CHÍ ĐỐC"])
def test_before_the_recipients_no_line_is_a_position(text):
    assert mended_lines(text, "Nơi nhận:", "- Lưu: VT.", scanned=True)[0] == text


def test_words_of_a_text_that_is_no_scan_stay():
    assert mended_lines("Chuyên đổi số", "các tô dân phố") == ["Chuyên đổi số", "các tô dân phố"]


def document_of(path: Path) -> tuple[Document, str]:
    _, document = read(path)
    cells = (
        line.text for b in document.blocks if isinstance(b, Table) for row in b.rows for c in row for line in c.lines
    )
    return document, "\n".join([b.text for b in document.blocks if isinstance(b, Line)] + list(cells))


@pytest.mark.parametrize("path", [p for p in PLANS if p.stem not in DAMAGED], ids=lambda p: p.stem)
def test_a_clean_plan_is_not_touched(path):
    document, text = document_of(path)
    same, slips = mended(document, text)
    assert same is document
    assert not slips


def test_no_plan_of_the_shared_corpus_is_touched(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        document, text = document_of(path)
        assert mended(document, text) == (document, ()), path.name


def test_each_repair_is_a_problem_that_quotes_what_was_printed_and_points_at_what_is_read():
    (path,) = [p for p in PLANS if p.stem.startswith("mau-16")]
    document, text = document_of(path)
    reading = clean(document)
    _, slips = mended(document, text)
    repairs = [p for p in reading.problems if p.code in {"ocr_suspect", "numbering_repaired"}]
    assert len(repairs) == len(slips) >= 15
    for problem in repairs:
        assert problem.span is not None
        assert problem.severity == "low"
        assert f"“{reading.text[problem.span.start : problem.span.end]}”" in problem.message
    assert {slip.printed for slip in slips} >= {"HI", "l", "©", "l00", "9O", "I5", "0l", "3O/4/2026", "9"}


def test_repairing_twice_changes_nothing_more():
    (path,) = [p for p in PLANS if p.stem.startswith("mau-16")]
    document, text = document_of(path)
    for source in ("text", "ocr"):
        once, _ = mended(replace(document, text_source=source), text)
        again = "\n".join(b.text for b in once.blocks if isinstance(b, Line))
        _, slips = mended(once, again)
        assert not [slip for slip in slips if slip.ordinal]
