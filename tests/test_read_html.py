"""HTML pages: the document found in the page, its lists, tables and paragraphs."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Line, Table
from extract.read import document_of
from extract.read.html import blocks_of_page, read_html


def lines(html: str) -> list[str]:
    return [block.text for block in blocks_of_page(html) if isinstance(block, Line)]


def table(html: str) -> Table:
    (found,) = (block for block in blocks_of_page(html) if isinstance(block, Table))
    return found


def words(html: str) -> list[str]:
    found = []
    for block in blocks_of_page(html):
        inside = [block] if isinstance(block, Line) else [x for row in block.rows for cell in row for x in cell.lines]
        found += [word for line in inside for word in re.findall(r"\w+", line.text)]
    return found


# Lines


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<p>Căn   cứ\n Luật&nbsp;&aacute;</p><p> </p><p>Điều</p>", ["Căn cứ Luật á", "Điều"]),
        ("<p>KẾ HOẠCH<br>năm 2026<br/></p>", ["KẾ HOẠCH", "năm 2026"]),
        ("một<div>hai</div>ba", ["một", "hai", "ba"]),
        ("<p>Hộ <b>tịch</b>: <i>số</i><u>hóa</u></p>", ["Hộ tịch: sốhóa"]),
        ("<script>var a = 1;</script><style>p{}</style><p>Công an</p><noscript>bật</noscript>", ["Công an"]),
        ("<p style='display: none'>ẩn</p><p hidden>ẩn</p><p>hiện</p>", ["hiện"]),
        ("<style>.kin{display:none}</style><p class='a kin'>ẩn</p><p>hiện</p>", ["hiện"]),
        ("<pre>một\n  hai\n\nba</pre>", ["một", "hai", "ba"]),
        ("<p>một<p>hai<ul><li>ba<li>bốn", ["một", "hai", "- ba", "- bốn"]),
        ("<form id='aspnetForm'><p>Trong biểu mẫu</p><input value='x'><button>Gửi</button></form>", ["Trong biểu mẫu"]),
        ("<p>a < b & c</p>", ["a < b & c"]),
        (
            "<p class=MsoNormal>1.<span style='mso-list:Ignore'>&nbsp;&nbsp;</span>Rà soát<o:p></o:p></p>",
            ["1. Rà soát"],
        ),
    ],
)
def test_a_page_gives_the_lines_it_prints(html, printed):
    assert lines(html) == printed


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3. a", "7. b", "8. c"]),
        ("<ol type=a><li>a<li>b</ol>", ["a) a", "b) b"]),
        ("<ol type=I><li>a<li>b</ol>", ["I. a", "II. b"]),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", ["(i) a", "(ii) b"]),
        ("<ol><li>a<ol><li>b<ul><li>c</ul></ol><li>d</ol>", ["1. a", "1) b", "- c", "2. d"]),
        ("<ul><li>a<ul><li>b</ul></ul>", ["- a", "+ b"]),
        ("<ul style='list-style:none'><li>- 100% hộ<li>Xã</ul>", ["- 100% hộ", "Xã"]),
        ("<ul><li>- Rà soát<li>1. Lập nhóm</ul>", ["- Rà soát", "1. Lập nhóm"]),
        ("<ol><li><p>a</p><p>b</p></li><li><b>c</b><br>d</li></ol>", ["1. a", "b", "2. c", "d"]),
        ("<ol><li></li></ol><p>sau</p>", ["sau"]),
    ],
)
def test_the_marks_of_lists_are_written_out(html, printed):
    assert lines(html) == printed


def test_headings_bold_gaps_and_ends_are_noted():
    light = "<span style='font-weight:normal'>c</span>"
    html = f"<h2>I. MỤC</h2><p><b>1.</b> <strong>Mục</strong></p><p> </p><p style='font-weight:700'>A<br>b {light}</p>"
    found = [(b.text, b.level, b.bold, b.gap, b.whole) for b in blocks_of_page(html)]
    assert found == [
        ("I. MỤC", 2, True, False, True),
        ("1. Mục", 0, True, False, True),
        ("A", 0, True, True, False),
        ("b c", 0, False, False, True),
    ]


def test_a_page_with_an_element_for_every_printed_line_ends_no_paragraph_there():
    printed = [
        "Tiếp tục đẩy mạnh đưa nền tảng số đến người",
        "dân để thúc đẩy chuyển đổi số đến từng tổ dân",
        "khu phố và các hộ.",
    ] * 5
    assert not any(b.whole for b in blocks_of_page("".join(f"<p>{line}</p>" for line in printed)))
    assert all(b.whole for b in blocks_of_page("".join(f"<p>{line}.</p>" for line in printed)))


# Tables


def test_a_tables_spans_and_cells_are_kept():
    html = (
        "<table><caption>Biểu 1</caption><thead><tr><th rowspan=2>TT<th colspan='2'>Đơn vị"
        "<tr><th>Chủ trì<th>Phối hợp</thead>"
        "<tr><td>1<td><p>Công an</p><p>Y tế</p><td>a<br>b</table>"
    )
    assert [[(c.colspan, c.rowspan) for c in row] for row in table(html).rows] == [
        [(1, 2), (2, 1)],
        [(1, 1)] * 2,
        [(1, 1)] * 3,
    ]
    assert [line.text for line in table(html).rows[2][1].lines] == ["Công an", "Y tế"]
    assert lines(html) == ["Biểu 1"]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999999", "1e3"])
def test_a_span_that_is_none_spans_one_and_a_huge_one_is_cut(span):
    cell = table(f"<table><tr><td colspan='{span}'>a<td>b<tr><td>c<td>d</table>").rows[0][0]
    assert 1 <= cell.colspan <= 60


def test_a_table_of_the_pages_layout_is_not_kept_as_one():
    body = "<p>Rà soát, thống kê, cập nhật.</p>" * 80
    assert len(lines(f"<table><tr><td>Thực đơn</td><td>{body}</td></tr></table>")) == 81
    assert lines("<table><tr><td>một cột<tr><td>hai</table>") == ["một cột", "hai"]
    nested = "<table><tr><td>a<td><table><tr><td>TT<td>Việc<tr><td>1<td>Rà soát</table></table>"
    assert len(table(nested).rows) == 2


# The document in the page

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
HEAD = f"<table><tr><td>UBND XÃ A<br>Số: 1/KH-UBND<td>{NATION}<br>A, ngày 01 tháng 2 năm 2026</table>"
BODY = "<p><b>KẾ HOẠCH</b></p><p><b>Chuyển đổi số năm 2026</b></p>" + "<p>Rà soát, thống kê các hộ dân.</p>" * 15
END = "<table><tr><td>Nơi nhận:<br>- Lưu: VT.<td>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br>Nguyễn Văn A</table>"
DOCUMENT = HEAD + BODY + END
MENU = "<ul><li><a href=/>Trang chủ</a><li><a href=/kh>Kế hoạch</a></ul>"
NEWS = "<h3>Tin liên quan</h3><ul><li><a href=/1>KẾ HOẠCH số 9 của xã B</a></ul>"


@pytest.mark.parametrize(
    "page",
    [
        "<body>{}</body>",
        f"<header>{MENU}</header><nav>{MENU}</nav><h1>Kế hoạch</h1><article>{{}}</article><footer>Zalo</footer>",
        f"<div class='menu'>{MENU}</div><div><p>Ngày đăng: 01/02</p>{{}}<p class='social'>Zalo</p>{NEWS}</div>",
        f"<form><table><tr><td>{MENU}</td><td><div>{{}}</div>{NEWS}</td></tr></table><p>Lượt truy cập: 5</p></form>",
        f"<div><div class=breadcrumb>Trang chủ</div><h2>Kế hoạch</h2><i>Lượt xem: 5</i>{{}}</div><aside>{NEWS}</aside>",
        f"<main>{{}}</main>{NEWS}<p>Bản quyền thuộc UBND xã A</p>",
    ],
)
def test_the_document_is_found_in_the_page(page):
    assert blocks_of_page(page.format(DOCUMENT)) == blocks_of_page(DOCUMENT)


def test_a_letterhead_in_a_header_of_the_articles_own_is_kept():
    article = f"<div><header><p>UBND XÃ A</p>{HEAD}</header><section>{BODY}</section><footer>{END}</footer></div>"
    page = f"{article}<footer>Điện thoại</footer>"
    found = words(page)
    assert "Số" in found
    assert "Lưu" in found
    assert "Điện" not in found


def test_an_appendix_after_the_signature_is_of_the_document():
    appendix = "<div><p>PHỤ LỤC</p><table><tr><td>TT<td>Việc<td>Ai<tr><td>1<td>Rà soát<td>Công an</table></div>"
    page = f"<div><div class=trang>{DOCUMENT}</div>{appendix}</div><div>{NEWS}</div>"
    assert words(page)[-4:] == ["Rà", "soát", "Công", "an"]


def test_lines_of_the_letterhead_over_quoc_hieu_are_kept():
    head = f"<p>ỦY BAN NHÂN DÂN</p><p>XÃ A</p><p>{NATION}</p>"
    page = f"<h1>Kế hoạch</h1><p>Lượt xem: 3</p>{head}{BODY}{END}"
    assert lines(page)[:2] == ["ỦY BAN NHÂN DÂN", "XÃ A"]


def test_a_page_whose_body_is_called_sidebar_is_not_empty():
    assert lines("<body class='has-sidebar'><div class='menu'><p>Rà soát.</p></div></body>") == ["Rà soát."]


# Characters and hard cases


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ("", "utf-8"),
        ("", "utf-16"),
        ("<meta charset='windows-1258'>", "utf-8"),
        ("<meta http-equiv=Content-Type content='text/html; charset=utf-8'>", "utf-8"),
        ("<meta charset=khong-co>", "utf-8"),
    ],
)
def test_the_character_set_is_found(head, charset):
    document = read_html(Path("a.html"), f"<html><head>{head}</head><p>Kế hoạch năm 2026".encode(charset))
    assert [block.text for block in document.blocks] == ["Kế hoạch năm 2026"]


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "b", "p", "blockquote"])
def test_deep_nesting_loses_no_text(tag):
    assert words(f"<{tag}>" * 3000 + "sâu")[-1] == "sâu"


def test_a_large_page_takes_time_in_proportion():
    start = time.perf_counter()
    blocks_of_page("<p>" + "kế hoạch " * 400_000)
    blocks_of_page("<div class=menu><p>a</p></div>" * 5_000)
    assert time.perf_counter() - start < 10


WORDS = st.from_regex(r"[a-zđêôơư]{1,8}", fullmatch=True)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "span",
        "h2",
        "section",
        "center",
        "font",
        "dl",
        "dd",
    ]
)


@given(st.recursive(WORDS, lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)), max_leaves=25))
def test_every_word_of_a_page_is_in_some_block(tree):
    def html(node):
        return f" {node} " if isinstance(node, str) else f"<{node[0]}>{''.join(map(html, node[1]))}</{node[0]}>"

    def leaves(node):
        return [node] if isinstance(node, str) else [leaf for child in node[1] for leaf in leaves(child)]

    found = [word for word in words(html(tree)) if not word.isdigit()]
    assert sorted(found) == sorted(leaves(tree))


@given(st.text(max_size=300))
def test_any_text_comes_through_as_a_page(text):
    assert document_of(Path("a.html"), text.encode("utf-8", "replace")).media_type == "text/html"
