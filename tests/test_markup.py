"""Markdown and HTML marks inside a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read.markup import cell_of, cell_of_html, is_bold, plain_of_markdown, split_bullets, turns_bold


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**1.** **Mục** **đích**", "1. Mục đích"),
        ("** I. MỤC ĐÍCH, YÊU CẦU**", " I. MỤC ĐÍCH, YÊU CẦU"),
        ("* Công an xã", "* Công an xã"),
        ("*Hải Trạch, ngày 26 tháng 01*", "Hải Trạch, ngày 26 tháng 01"),
        ("\\- Số 123/2015/NĐ\\-CP \\(Đề án 06\\)\\.", "- Số 123/2015/NĐ-CP (Đề án 06)."),
        ("giữ \\* và \\_ lại", "giữ * và _ lại"),
        ("![ảnh](_page_0_Picture_2.jpeg)", ""),
        ("trên [Cổng **Dịch vụ** công](https://dichvucong.gov.vn)", "trên Cổng Dịch vụ công"),
        ("tại <https://a.vn/x>", "tại https://a.vn/x"),
        ("H<sub>2</sub>O<sup>(1)</sup> &amp; CO2", "H2O(1) & CO2"),
        ("<tên đơn vị> báo cáo", "<tên đơn vị> báo cáo"),
        ("dưới 5 < 6 và > 4", "dưới 5 < 6 và > 4"),
        ("đạt $\\geq 90\\%$ số hộ", "đạt ≥ 90% số hộ"),
        ("giá 5$ và 6$", "giá 5$ và 6$"),
        ("ten_bien_dai", "ten_bien_dai"),
        ("_______", "_______"),
        ("~~bỏ~~ `mã`", "bỏ mã"),
        ("[1] Theo báo cáo", "[1] Theo báo cáo"),
    ],
)
def test_a_line_loses_its_marks_and_keeps_its_words(marked, plain):
    assert plain_of_markdown(marked) == plain


@pytest.mark.parametrize(
    ("line", "opened", "bold", "turns"),
    [
        ("**KẾ HOẠCH**", False, True, False),
        ("**KẾ HOẠCH", False, True, True),
        ("năm 2026**", True, True, True),
        ("năm 2026", True, True, False),
        ("**1.** Mục đích", False, False, False),
        ("**1.** **Mục đích**", False, True, False),
        ("__Mục đích__", False, True, False),
        ("___________", False, False, False),
        ("<strong>Nơi nhận:</strong>", False, True, False),
        ("số: \\*\\*12\\*\\*", False, False, False),
    ],
)
def test_a_line_is_bold_where_all_its_letters_are(line, opened, bold, turns):
    assert is_bold(line, bold=opened) is bold
    assert turns_bold(line) is turns


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("**Nơi nhận:**<br>- UBND tỉnh;<br>- Lưu: VT.", ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."]),
        ("<ul> - Rà soát. - Thành lập nhóm. ", ["- Rà soát.", "- Thành lập nhóm."]),
        ("<ul><li>Rà soát</li><li>+ Lập nhóm</li></ul>", ["- Rà soát", "+ Lập nhóm"]),
        ("<p align='center'>Công an xã</p>", ["Công an xã"]),
        ("", []),
        ("<br>", []),
    ],
)
def test_a_cell_has_the_lines_that_its_marks_make(cell, lines):
    assert [line.text for line in cell_of(cell).lines] == lines


def test_a_break_inside_a_cells_sentence_does_not_end_it():
    lines = cell_of("Phát tờ rơi hướng dẫn<br>đăng ký khai sinh").lines
    assert [line.whole for line in lines] == [False, True]


def test_a_dash_inside_a_sentence_parts_no_bullets():
    assert split_bullets("- Tuyên truyền ngày 01 - 05/6.") == ["- Tuyên truyền ngày 01 - 05/6."]
    assert split_bullets("Rà soát. - Lập nhóm.") == ["Rà soát. - Lập nhóm."]


@given(st.text(max_size=200))
def test_any_line_comes_through(text):
    assert isinstance(plain_of_markdown(text), str)
    assert cell_of(text) is not None
    assert all(line.text for line in cell_of_html(text))


@given(st.lists(st.from_regex(r"[a-zđêôư0-9]{1,8}", fullmatch=True), min_size=1, max_size=8))
def test_words_between_marks_are_kept(words):
    marked = " ".join(f"**{word}**" if i % 2 else f"\\- *{word}*" for i, word in enumerate(words))
    assert plain_of_markdown(marked).replace("- ", "").split() == words
