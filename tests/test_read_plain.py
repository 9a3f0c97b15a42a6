"""Text and Markdown files: characters, marks, and the many ways of writing a table."""

import contextlib
import re
import textwrap
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.errors import UnreadableFile
from extract.lines import clean
from extract.model import Document, Line, Table
from extract.read import document_of, read
from extract.read.plain import blocks_of_text

WORDS = st.from_regex(r"[A-ZĐa-zđêôơưáàảãạ0-9]{1,8}", fullmatch=True)


def blocks(text: str) -> list[Line | Table]:
    return list(blocks_of_text(text))


def grid(text: str) -> list[list[str]]:
    """The only table of a text, a string a cell."""
    (table,) = (block for block in blocks(text) if isinstance(block, Table))
    return [[" / ".join(line.text for line in cell.lines) for cell in row] for row in table.rows]


def words(block: Line | Table) -> list[str]:
    lines = [block] if isinstance(block, Line) else [line for row in block.rows for cell in row for line in cell.lines]
    return [word for line in lines for word in re.findall(r"\w+", line.text)]


def bytes_of(text: str, suffix: str = ".txt") -> str:
    document = document_of(Path("ke-hoach" + suffix), text.encode())
    return "\n".join(block.text for block in document.blocks if isinstance(block, Line))


# Characters


PRINTED = "Kế hoạch thực hiện nhiệm vụ năm 2026"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(charset):
    document = document_of(Path("a.txt"), f"{PRINTED}\n{PRINTED}".encode(charset))
    assert [block.text for block in document.blocks] == [PRINTED, PRINTED]


def test_windows_1258_is_read():
    toned = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    parts = []
    for letter in PRINTED:
        base, *marks = unicodedata.normalize("NFD", letter)
        parts.append(unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in toned)))
        parts += [mark for mark in marks if mark in toned]
    document = document_of(Path("a.txt"), "".join(parts).encode("cp1258"))
    assert [block.text for block in document.blocks] == [PRINTED]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\f", "\u2028", "\x85"])
def test_every_line_end_ends_a_line(end):
    assert [block.text for block in blocks(f"một{end}hai")] == ["một", "hai"]


def test_a_cut_last_letter_and_a_few_broken_bytes_are_no_obstacle():
    assert document_of(Path("a.txt"), "Kế hoạch ".encode() + "ạ".encode()[:-1]).blocks[0].text.strip() == "Kế hoạch"
    damaged = b"K" + b"\xff" + " hoạch năm".encode()
    assert "hoạch năm" in document_of(Path("a.txt"), damaged).blocks[0].text


def test_a_stray_nul_is_left_out():
    assert bytes_of("Kế hoạch\x00 năm") == "Kế hoạch năm"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"\x89PNG\r\n", "ảnh"),
        (bytes(range(1, 32)) * 20, "nhị phân"),
        (bytes(range(128, 256)) * 20, "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_kind_and_a_remedy(data, told):
    with pytest.raises(UnreadableFile) as error:
        document_of(Path("a.txt"), data)
    assert told in error.value.message
    assert "Hãy" in error.value.message
    assert "a.txt" in str(error.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "a.txt", tmp_path):
        with pytest.raises(UnreadableFile, match="Hãy"):
            read(path)


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".htm"]))
def test_any_bytes_give_a_document_or_a_refusal(data, suffix):
    with contextlib.suppress(UnreadableFile):
        assert document_of(Path("a" + suffix), data).media_type.startswith("text/")


def test_a_page_saved_as_text_is_read_as_a_page():
    document = document_of(Path("a.txt"), "<!DOCTYPE html><html><body><p>Kế hoạch&nbsp;năm</p></body></html>".encode())
    assert (document.media_type, document.blocks[0].text) == ("text/html", "Kế hoạch năm")


# Lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# KẾ HOẠCH\n\nnăm 2026", [("KẾ HOẠCH", 1, False), ("năm 2026", 0, True)]),
        ("## I. MỤC ĐÍCH ##", [("I. MỤC ĐÍCH", 2, False)]),
        ("#Kế hoạch", [("#Kế hoạch", 0, False)]),
        ("> - Công an xã", [("- Công an xã", 0, False)]),
        ("> 90% số hộ", [("> 90% số hộ", 0, False)]),
        ("**KẾ HOẠCH**<br>**Hoạt động**", [("KẾ HOẠCH", 0, False), ("Hoạt động", 0, False)]),
        ("<!-- image -->\nCông an\n<!-- a\nb -->", [("Công an", 0, True)]),
        ("```markdown\nCông an\n```", [("Công an", 0, False)]),
        ("Theo [Quyết định][1] và [a][2]\n\n[1]: https://a.vn", [("Theo Quyết định và [a][2]", 0, False)]),
        ("{3}----------------\nCông an", [("Công an", 0, False)]),
        ("![](_page_1.jpeg)\nCông an", [("Công an", 0, False)]),
    ],
)
def test_marks_of_lines_are_read(text, lines):
    assert [(b.text, b.level, b.gap) for b in blocks(text)] == lines


def test_bold_goes_on_over_lines_until_it_is_closed():
    assert [b.bold for b in blocks("**Nâng cao chất lượng\nđăng ký hộ tịch\nnăm 2026**\nCăn cứ Luật")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_hard_break_ends_a_marked_line_only():
    assert [b.whole for b in blocks("**KẾ HOẠCH**  \nnăm 2026  \n# Mục\n")] == [True, False, True]


# Tables with bars

ROWS = [["TT", "Nội dung", "Chủ trì"], ["1", "Rà soát", "Công an xã"], ["2", "Tập huấn", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "| TT | Nội dung | Chủ trì |\n|---|:-:|--:|\n| 1 | Rà soát | Công an xã |\n| 2 | Tập huấn | |",
        "TT | Nội dung | Chủ trì\n---|---|---\n1 | Rà soát | Công an xã\n2 | Tập huấn |",
        "TT | Nội dung | Chủ trì |\n1 | Rà soát | Công an xã |\n2 | Tập huấn | |",
        "| TT | Nội dung | Chủ trì |\n| 1 | Rà soát | Công an xã |\n\n| 2 | Tập huấn | |",
        "+----+----+----+\n| TT | Nội dung | Chủ trì |\n+====+===+===+\n| 1 | Rà soát | Công an xã |\n+--+--+--+\n"
        "| 2 | Tập huấn | |\n+--+--+--+",
        "┌──┬──┬──┐\n│ TT │ Nội dung │ Chủ trì │\n├──┼──┼──┤\n│ 1 │ Rà soát │ Công an xã │\n├──┼──┼──┤\n"
        "│ 2 │ Tập huấn │ │\n└──┴──┴──┘",
        "**TT** | **Nội dung** | **Chủ trì**\n1 | Rà soát | Công an xã\n2 | Tập huấn |",
        "TT\tNội dung\tChủ trì\n1\tRà soát\tCông an xã\n\n2\tTập huấn\t",
        "TT\tNội dung\tChủ trì\t\n1\tRà soát\tCông an xã\t\n2\tTập huấn",
        "<table><tr><th>TT</th><th>Nội dung</th><th>Chủ trì</th></tr>\n"
        "<tr><td>1</td><td>Rà soát</td><td>Công an xã</td></tr>"
        "<tr><td>2</td><td>Tập huấn</td><td></td></tr></table>",
        "TT\n|\nNội\ndung\n|\nChủ trì\n|\n1\n|\nRà soát\n|\nCông an\nxã\n|\n2\n|\nTập huấn\n|\n|\n",
        "TT |\nNội dung |\nChủ trì |\n1 |\nRà soát |\nCông an xã |\n2 |\nTập huấn |\n|\n",
        "TT\nNội dung\nChủ trì\n1\nRà soát\nCông an xã\n2\nTập huấn\n\n",
    ],
)
def test_a_table_is_one_however_it_is_drawn(text):
    assert grid(f"PHỤ LỤC\n{text}\nHết phụ lục.") == ROWS
    found = blocks(f"PHỤ LỤC\n{text}\nHết phụ lục.")
    assert [b.text for b in found if isinstance(b, Line)] == ["PHỤ LỤC", "Hết phụ lục."]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("| 1 | a \\| b | c |\n|---|---|---|", ["1", "a | b", "c"]),
        ("| 1 | Phòng A<br>Phòng B | c |\n|---|---|---|", ["1", "Phòng A / Phòng B", "c"]),
        (
            "| 1 | Tập huấn quy định\nmới về hợp đồng | c |\n|---|---|---|",
            ["1", "Tập huấn quy định / mới về hợp đồng", "c"],
        ),
        ("| TT | Việc | c |\n| | giữa | |", ["TT", "Việc", "c"]),
        ("1\tRà soát\tCông an\n2\tTập huấn quy định\nmới về hộ tịch\tCông an", ["1", "Rà soát", "Công an"]),
    ],
)
def test_a_cell_keeps_its_bars_breaks_and_wrapped_lines(text, row):
    assert grid(text)[0] == row


def test_a_leading_bar_is_an_empty_cell_where_the_head_has_none():
    text = "TT | Nội dung | Chủ trì | Kết quả\n1 | Lắp biển cảnh | Công an | 16 biển\n| báo sạt lở | | lắp đặt"
    assert grid(text)[2] == ["", "báo sạt lở", "", "lắp đặt"]


def test_a_page_turn_inside_a_table_cuts_no_row_off_and_loses_no_line():
    head = "UBND xã A — Kế hoạch năm 2026"
    text = f"{head}\n\nTT | Việc | Ai\n1 | Rà soát | Công an\n5\n{head}\nTT | Việc | Ai\n2 | Tập huấn | Y tế\nHết"
    assert len(grid(text)) == 4
    assert [b.text for b in blocks(text) if isinstance(b, Line)] == [head, "5", head, "Hết"]


@pytest.mark.parametrize("number", ["12", "- 12 -", "–12–"])
def test_a_page_number_inside_a_table_is_a_line_after_it_and_no_text_of_the_plan(number):
    above, below = "PHỤ LỤC\n| TT | Nội dung | Chủ trì |\n| 1 | Rà soát | Công an xã |\n", "| 2 | Tập huấn | |\nHết"
    text = f"{above}\n{number}\n\n{below}"
    assert grid(text) == ROWS
    assert [b.text for b in blocks(text) if isinstance(b, Line)] == ["PHỤ LỤC", number, "Hết"]
    cleaned, unbroken = (clean(Document(tuple(blocks(t)), "text/plain")) for t in (text, above + below))
    assert cleaned == unbroken


@pytest.mark.parametrize(
    "text",
    [
        "Chia sẻ: Facebook | Zalo | In trang",
        "Điện thoại: 0299 | Email: a@b.vn",
        "I.\tMỤC ĐÍCH\nII.\tYÊU CẦU",
        "\tTổ chức thực hiện\n\tKinh phí",
        "-------\n_______\n*****",
    ],
)
def test_bars_tabs_and_rules_in_text_make_no_table(text):
    assert not any(isinstance(b, Table) for b in blocks(text))


def test_a_tabbed_cell_goes_on_over_lines_without_tabs():
    text = 'TT\tViệc\tAi\n1\tTập huấn quy định\nmới\tCông an\n2\t"Rà soát\nthành viên"\tY tế'
    assert grid(text) == [
        ["TT", "Việc", "Ai"],
        ["1", "Tập huấn quy định / mới", "Công an"],
        ["2", "Rà soát / thành viên", "Y tế"],
    ]


# Cells one under another

STACKED = ["TT", "Nội dung", "Thời gian", "Chủ trì", "Kết quả"]
STACKED_ROWS = [
    ["1", "Kiện toàn Ban Chỉ đạo của trường", "Tháng 3/2026", "Văn phòng", "Quyết định của Hiệu trưởng"],
    ["2", "Tập huấn cứu đuối cho giáo viên, nhân viên", "Trong tháng 4/2026", "Tổ Thể dục", "30 giáo viên dự"],
    ["3", "Mở lớp dạy bơi tại bể bơi của tỉnh", "Từ tháng 6 đến tháng 8/2026", "Đoàn trường", "04 lớp bơi"],
]
AFTER = "V. Tổ chức thực hiện\n1. Hiệu trưởng\n- Chỉ đạo chung."


def stacked(*, end: str = "\n", wrap: int = 99, heads_again: bool = False) -> str:
    cells = [STACKED, *STACKED_ROWS[:2], *([STACKED] if heads_again else []), *STACKED_ROWS[2:]]
    return end.join("\n".join(textwrap.wrap(cell, wrap)) for row in cells for cell in row) + end


@pytest.mark.parametrize(
    "text",
    [
        stacked(),
        stacked(end="\n\n"),
        stacked(heads_again=True),
        stacked(end="\n\n", heads_again=True),
        stacked(wrap=26),
        stacked(wrap=20, end="\n\n"),
        stacked().replace("\n2\n", "\n2.\n").replace("\n3\n", "\n3.\n"),
        stacked() + "\n",
    ],
)
def test_cells_one_under_another_are_a_table(text):
    found = [[cell.strip(".") for cell in row] for row in grid(f"IV. NHIỆM VỤ\n{text}{AFTER}")]
    assert found == [STACKED, *STACKED_ROWS]
    lines = [b.text for b in blocks(f"IV. NHIỆM VỤ\n{text}{AFTER}") if isinstance(b, Line)]
    assert lines == ["IV. NHIỆM VỤ", *AFTER.split("\n")]


@pytest.mark.parametrize(
    ("groups", "first"),
    [(("I", "CHỈ ĐẠO"), ["I", "CHỈ ĐẠO"]), (("A. CHỈ ĐẠO",), ["A. CHỈ ĐẠO"])],
)
def test_groups_stand_between_cells_one_under_another(groups, first):
    cells = [*STACKED, *groups, *(cell for row in STACKED_ROWS for cell in row)]
    assert grid("\n".join(cells) + "\n\n" + AFTER)[1:] == [first, *STACKED_ROWS]


def test_an_empty_line_is_an_empty_cell_where_it_makes_a_row_full():
    rows = [["1", "Rà soát", "", "Văn phòng", "Báo cáo"], ["2", "Tập huấn", "Quý II", "", "02 lớp"]]
    text = "\n".join([*STACKED, *(cell for row in rows for cell in row)])
    assert grid(f"{text}\n\n{AFTER}")[1:] == rows


@pytest.mark.parametrize(
    "text",
    [
        "TT\nĐảng ủy xã\nTT\nHĐND xã\nUBND xã",  # of recipients: Thường trực
        "STT\nNội dung\nChủ trì\nKhông có dòng nào được đánh số.",
        "STT\nNội dung\nChủ trì\n1\nRà soát\nCông an xã",
    ],
)
def test_a_head_without_rows_makes_no_table(text):
    assert not any(isinstance(b, Table) for b in blocks(text))


@pytest.mark.parametrize("between", ["", "Ghi chú ở giữa hai bảng.\n"])
def test_a_table_that_goes_on_after_its_heads_begins_with_any_ordinal(between):
    cells = [*STACKED, *(cell for number, row in zip("567", STACKED_ROWS, strict=True) for cell in [number, *row[1:]])]
    assert [row[0] for row in grid(between + "\n".join(cells) + "\n\n" + AFTER)] == ["TT", "5", "6", "7"]


CELLS = [*STACKED, "1", "2", "3", "I", "A. Nhóm", "rà soát", "Công an xã", "Quý II", "", "- Dọn vệ sinh."]


@given(st.lists(st.sampled_from(CELLS), max_size=40))
def test_every_word_under_heads_is_in_some_block(lines):
    text = "\n".join([*STACKED, "1", "Rà soát", *lines])
    assert {word for block in blocks(text) for word in words(block)} >= {*re.findall(r"\w+", text)}


def test_heads_without_rows_are_looked_at_once_each():
    text = "STT\nNội dung\nChủ trì\nI\nRà soát\n" * 20_000
    start = time.process_time()
    assert not any(isinstance(block, Table) for block in blocks(text))
    assert time.process_time() - start < 20  # seconds; where each head is looked at to the text's end, hours


# Side by side

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LETTERHEAD = [["UBND XÃ A / Số:  /KH-UBND", f"{NATION} / A, ngày   tháng 2 năm 2026"]]


@pytest.mark.parametrize(
    "text",
    [
        f"UBND XÃ A\t{NATION}\nSố:  /KH-UBND\tA, ngày   tháng 2 năm 2026\n\nKẾ HOẠCH",
        f"UBND XÃ A        {NATION}\nSố:  /KH-UBND            A, ngày   tháng 2 năm 2026\nKẾ HOẠCH",
        f"| UBND XÃ A | {NATION} |\n|---|---|\n| Số:  /KH-UBND | A, ngày   tháng 2 năm 2026 |\n\nKẾ HOẠCH",
        f"UBND XÃ A | {NATION} |\nSố:  /KH-UBND | A, ngày   tháng 2 năm 2026 |\nKẾ HOẠCH",
    ],
)
def test_a_letterheads_sides_are_cells_with_their_lines_in_order(text):
    assert grid(text) == LETTERHEAD
    assert blocks(text)[-1].text == "KẾ HOẠCH"


def test_recipients_and_signature_side_by_side_are_kept_apart():
    text = "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Sở Y tế;\tCHỦ TỊCH\n- Các phòng;\n- Lưu: VT.\n\tNguyễn Văn A\nPHỤ LỤC"
    assert grid(text) == [
        ["Nơi nhận: / - Sở Y tế; / - Các phòng; / - Lưu: VT.", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Nguyễn Văn A"]
    ]
    assert blocks(text)[-1].text == "PHỤ LỤC"


def test_signatures_of_three_bodies_are_a_cell_each():
    text = "| TM. ỦY BAN NHÂN DÂN | HỘI NÔNG DÂN | ĐOÀN XÃ |\n| CHỦ TỊCH | CHỦ TỊCH | BÍ THƯ |\n| Lê A | Lê B | Lê C |"
    assert grid(text) == [
        ["TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Lê A", "HỘI NÔNG DÂN / CHỦ TỊCH / Lê B", "ĐOÀN XÃ / BÍ THƯ / Lê C"]
    ]


# Law portals


def portal(*cells: str) -> str:
    return "".join(f"{cell}\n|\n" for cell in cells)


def test_a_portals_letterhead_is_lines_without_its_bars():
    text = portal(
        "ỦY BAN NHÂN DÂN\nTỈNH X\n-------",
        "CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 6/KH-UBND",
        "X,\nngày 11 tháng 3\nnăm 2026",
    )
    assert [b.text for b in blocks(text + "KẾ HOẠCH\nNăm 2026")] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH X",
        "-------",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 6/KH-UBND",
        "X, ngày 11 tháng 3 năm 2026",
        "KẾ HOẠCH",
        "Năm 2026",
    ]


HEAD = ("Kèm theo Kế hoạch\nTT", "Nội\ndung công việc", "Cơ quan\nchủ trì", "Thời gian")


def test_a_portals_group_row_has_fewer_cells():
    text = portal(
        *HEAD,
        "I",
        "Tuyên truyền",
        "1",
        "Tập huấn",
        "Sở Nội\nvụ",
        "Quý\nII/2026",
        "II",
        "Kiểm tra",
        "2",
        "Rà soát",
        "Sở Y tế",
        "",
    )
    assert grid(text) == [
        ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian"],
        ["I", "Tuyên truyền"],
        ["1", "Tập huấn", "Sở Nội vụ", "Quý II/2026"],
        ["II", "Kiểm tra"],
        ["2", "Rà soát", "Sở Y tế", ""],
    ]


def test_a_portals_merged_cell_spans_the_rows_that_lack_it():
    text = portal(
        *HEAD,
        "1",
        "Tập huấn",
        "Sở Nội vụ",
        "Quý II/2026",
        "2",
        "Rà soát",
        "Quý III/2026",
        "3",
        "Sơ kết",
        "Sở Y tế",
        "Quý IV",
    )
    (table,) = (b for b in blocks(text) if isinstance(b, Table))
    assert [len(row) for row in table.rows] == [4, 4, 3, 4]
    assert table.rows[1][2].rowspan == 2


def test_a_portals_head_of_two_rows_is_put_back():
    cells = (
        "TT",
        "Nội dung",
        "Cơ quan thực hiện",
        "Thời gian",
        "Chủ trì",
        "Phối hợp",
        "1",
        "a",
        "b",
        "c",
        "d",
        "2",
        "e",
        "g",
        "h",
        "i",
    )
    (table,) = (b for b in blocks(portal(*cells)) if isinstance(b, Table))
    assert [(c.colspan, c.rowspan) for c in table.rows[0]] == [(1, 2), (1, 2), (2, 1), (1, 2)]
    assert [len(row) for row in table.rows] == [4, 2, 5, 5]


def test_what_follows_a_portals_table_is_lines_again():
    text = portal(*HEAD, "1", "a", "b", "c", "2", "d", "e", "g", "FILE ĐÍNH KÈM") + "Hết"
    found = blocks(text)
    assert [b.text for b in found if isinstance(b, Line)] == ["Kèm theo Kế hoạch", "FILE ĐÍNH KÈM", "Hết"]


def test_bars_without_a_grid_give_lines():
    text = portal("một", "hai ba", "bốn năm sáu", "bảy") + "tám"
    assert [b.text for b in blocks(text)] == ["một", "hai ba", "bốn năm sáu", "bảy", "tám"]


# Nothing is lost


@given(
    st.lists(
        st.lists(st.sampled_from(["|", "\t", "\n", " ", "| ", "- ", "1", "TT", "Thời gian", "Nội dung"]) | WORDS),
        max_size=25,
    )
)
@example([["||- "], ["1"], ["||"]])  # a page number between two rows
def test_every_word_of_a_text_is_in_some_block(rows):
    text = "\n".join("".join(row) for row in rows)
    found = sorted(word for block in blocks(text) for word in words(block))
    assert found == sorted(re.findall(r"\w+", text))


@given(st.lists(WORDS | st.just(""), min_size=1, max_size=40))
def test_every_word_between_lone_bars_is_in_some_block(cells):
    found = [word for block in blocks(portal("TT", "Nội dung", "Chủ trì", *cells)) for word in words(block)]
    assert sorted(found) == sorted(["TT", "Nội", "dung", "Chủ", "trì", *(word for word in cells if word)])


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_text_comes_through(lines):
    assert isinstance(blocks("\n".join(lines)), list)


# A portal's page as text

MENU = "Trang chủ » Văn bản\nLượt xem: 214\nCỡ chữ: A- A+\n"
BODY = (
    "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND\nKẾ HOẠCH\n"
    + "Rà soát, thống kê;\n" * 12
    + "Nơi nhận:\n- Lưu: VT.\n"
)


def test_a_sites_menu_and_related_news_are_left_out():
    document = document_of(Path("a.txt"), (MENU + BODY + "Tin liên quan\n- Kế hoạch số 9").encode())
    assert document.blocks[0].text == "ỦY BAN NHÂN DÂN"
    assert document.blocks[-1].text == "- Lưu: VT."


def test_a_text_without_a_menu_is_whole():
    assert len(document_of(Path("a.txt"), BODY.encode()).blocks) == 18
