"""Forms that plans take on law portals and authorities' pages: cells, rows of facts, and lines broken anywhere."""

from pathlib import Path

import pytest

from extract import extract_plan
from extract.lines import clean
from extract.model import Line, Paragraph
from extract.read import document_of
from extract.text import fold
from schemas import Record


def lines(text: str) -> list[str]:
    """The lines of a text file as read."""
    return [b.text for b in document_of(Path("a.txt"), text.encode()).blocks if isinstance(b, Line)]


def paragraphs(text: str) -> list[str]:
    """Its paragraphs once wrapped lines are joined."""
    reading = clean(document_of(Path("a.txt"), text.encode()))
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]


@pytest.fixture
def plan(tmp_path):
    def extracted(text: str) -> Record:
        path = tmp_path / "a.txt"
        path.write_text(text, "utf-8")
        return extract_plan(path)

    return extracted


BODY = """\
KẾ HOẠCH
Trồng cây phân tán năm 2026
Căn cứ Kế hoạch số 41/KH-SNN ngày 08/01/2026 của Sở Nông nghiệp và Môi trường, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:
I. MỤC TIÊU
- Trồng mới 30.000 cây.
II. NHIỆM VỤ
1. Rà soát quỹ đất trồng cây ở các xã, phường trước ngày 15/3/2026.
2. Chuẩn bị cây giống, phân bón và nhân lực cho mùa trồng.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính: Bố trí kinh phí mua cây giống theo phân cấp.
Trên đây là Kế hoạch trồng cây phân tán năm 2026./.
"""

# Letterheads


@pytest.mark.parametrize(
    "letterhead",
    [
        "ỦY\nBAN NHÂN DÂN\nTỈNH LÂM ĐỒNG |\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 77/KH-UBND |\nLâm Đồng, ngày 20 tháng 01 năm 2026 |\n",
        "|\nỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\n|\nSố: 77/KH-UBND |\nLâm Đồng, ngày 20 tháng 01 năm 2026 |\n",
        "ỦY\nBAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n---------------\n|\nSố:\n77/KH-UBND\n|\nLâm\nĐồng, ngày 20 tháng 01 năm 2026\n|\n",
    ],
    ids=["bars end the cells", "bars round the rows", "bars on lines of their own"],
)
def test_a_letterhead_in_cells_is_read_whatever_its_lines_are_broken_at(plan, letterhead):
    document = plan(letterhead + BODY).document
    assert (document.issuer, document.number) == ("Ủy ban nhân dân tỉnh Lâm Đồng", "77/KH-UBND")
    assert (document.place, document.issued.month) == ("Lâm Đồng", 1)


def test_bars_that_end_lines_elsewhere_stay():
    text = "1. Nội dung A |\n2. Nội dung B |\n3. Nội dung C |\n"
    assert lines(text) == text.splitlines()


def test_a_place_broken_inside_its_name_is_one():
    cells = "UBND TỈNH A\n|\nSố: 5/KH-UBND\n|\nThành phố Hồ Chí\nMinh, ngày 02 tháng 3 năm 2026\n|\nKẾ HOẠCH\nTuyên truyền\n"
    assert "Thành phố Hồ Chí Minh, ngày 02 tháng 3 năm 2026" in lines(cells)


def test_the_motto_over_the_place_stays_a_line_of_its_own():
    cells = "UBND XÃ A\n|\nĐộc lập - Tự do - Hạnh phúc.\nTân Phú, ngày 02 tháng 3 năm 2026\n|\nKẾ HOẠCH\nTuyên truyền\n"
    assert "Tân Phú, ngày 02 tháng 3 năm 2026" in lines(cells)


# What a site prints above

LETTERHEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 77/KH-UBND\n\nLâm Đồng, ngày 20 tháng 01 năm 2026\n\n"


@pytest.mark.parametrize(
    "above",
    [
        "Kế hoạch 77/KH-UBND năm 2026 trồng cây phân tán tỉnh Lâm Đồng\nSố hiệu: 77/KH-UBND Loại văn bản: Kế hoạch\n"
        "Nơi ban hành: Tỉnh Lâm Đồng Người ký: Lê Văn Tám\nNgày ban hành: 20/01/2026 Ngày hiệu lực: Đã biết\nTình trạng: Đã biết\n\n",
        "Kế hoạch 77/KH-UBND năm 2026 trồng cây phân tán do tỉnh Lâm Đồng ban hành\n| Số hiệu | 77/KH-UBND |\n| Ngày ban hành | 20/01/2026 |\n"
        "| Cơ quan ban hành | Tỉnh Lâm Đồng |\n| Người ký | Lê Văn Tám |\n\n",
        "Thống kê truy cập\n\nHôm nay:\n12\nHôm qua:\n40\nTất cả:\n9051\n\nKẾ HOẠCH trồng cây phân tán\n\nNgày 21/01/2026 08:15:00\n\n",
    ],
    ids=["rows", "a table", "a counter"],
)
def test_what_a_site_says_of_the_document_is_no_part_of_it(plan, above):
    record = plan(above + LETTERHEAD + BODY)
    assert record.text.startswith("ỦY BAN NHÂN DÂN\n")
    assert record.document.issuer == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert record.document.title == "Trồng cây phân tán năm 2026"


def test_a_body_is_never_taken_for_what_stands_above():
    """Without a letterhead Nơi nhận is the first landmark."""
    text = (
        "Rà soát số hiệu hồ sơ\nTình trạng: đang dùng\nLĩnh vực: đất đai\n1. Kiểm tra hồ sơ.\nNơi nhận:\n- Lưu: VT.\n"
    )
    assert lines(text) == text.splitlines()


# Lines broken anywhere


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("PHẦN I\nĐÁNH GIÁ TÌNH HÌNH NĂM 2025", "PHẦN I ĐÁNH GIÁ TÌNH HÌNH NĂM 2025"),
        ("I. QUAN ĐIỂM\nVÀ MỤC TIÊU", "I. QUAN ĐIỂM VÀ MỤC TIÊU"),
        ("II. CHỈ TIÊU\nĐẾN NĂM 2030", "II. CHỈ TIÊU ĐẾN NĂM 2030"),
        (
            "Thực hiện Chương trình số\n34/CTr-UBND ngày 05/02/2026 về trồng cây.",
            "Thực hiện Chương trình số 34/CTr-UBND ngày 05/02/2026 về trồng cây.",
        ),
        ("-\nTăng cường tuần tra, bảo vệ cây mới trồng.", "- Tăng cường tuần tra, bảo vệ cây mới trồng."),
        ("2.\nChuẩn bị cây giống cho vụ xuân.", "2. Chuẩn bị cây giống cho vụ xuân."),
        ("a)\nTập huấn kỹ thuật trồng cây.", "a) Tập huấn kỹ thuật trồng cây."),
    ],
)
def test_a_line_broken_off_goes_on(broken, whole):
    assert whole in paragraphs(f"KẾ HOẠCH\nTrồng cây năm 2026\n\n{broken}\n")


@pytest.mark.parametrize(
    "text",
    [
        "I. QUAN ĐIỂM\nMỤC TIÊU",
        "I. MỤC ĐÍCH\nYÊU CẦU CHUNG",
        "TỈNH LÂM ĐỒNG\n-\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "2.\n3.",
    ],
)
def test_two_lines_stay_two(text):
    assert not any(text.replace("\n", " ") in p for p in paragraphs(f"KẾ HOẠCH\nTrồng cây năm 2026\n\n{text}\n"))


RAGGED = """\
KẾ HOẠCH
Trồng cây năm 2026
I. MỤC ĐÍCH,
YÊU CẦU
1. Quán triệt và triển khai nghiêm túc
Chỉ thị số 07-CT/TU đến từng đảng viên,
cán bộ và người dân ở các xã, phường có
đất trồng cây phân tán.
2. Nêu cao trách nhiệm của người
đứng đầu, gắn trồng cây với chăm sóc và
bảo vệ cây, không làm
hình thức.
3. Căn cứ
Quyết định số 12/QĐ-UBND được gửi kèm theo
bản này để các đơn vị tra
cứu khi cần.
"""


def test_a_numbered_sentence_broken_before_a_citation_is_one():
    found = paragraphs(RAGGED)
    assert any(p.startswith("1. Quán triệt và triển khai nghiêm túc Chỉ thị số 07-CT/TU đến") for p in found)


def test_a_numbered_heading_over_a_citation_stays_a_heading():
    assert "3. Căn cứ" in paragraphs(RAGGED)


# Sections


def test_a_goal_by_its_number_heads_the_targets_below_it(plan):
    text = BODY.replace(
        "- Trồng mới 30.000 cây.\n",
        "a) Mục tiêu 1: Về phát triển cây xanh đô thị\n- Chỉ tiêu 1: Trồng mới 30.000 cây.\n- Chỉ tiêu 2: 90% cây sống sau một năm.\n",
    )
    assert [t.text for t in plan(LETTERHEAD + text).targets] == [
        "Chỉ tiêu 1: Trồng mới 30.000 cây.",
        "Chỉ tiêu 2: 90% cây sống sau một năm.",
    ]


def test_why_a_plan_is_needed_sets_no_targets(plan):
    text = BODY.replace(
        "I. MỤC TIÊU", "A. SỰ CẦN THIẾT\nĐến năm 2025 toàn tỉnh phấn đấu đạt trên 90% nhưng chỉ được 62%.\nB. MỤC TIÊU"
    )
    assert [t.text for t in plan(LETTERHEAD + text).targets] == ["Trồng mới 30.000 cây."]


# Portals that drop KẾ HOẠCH, the second line of a letterhead, or every heading

NUMBERED = "Số: 77/KH-UBND\n{place}, ngày 20 tháng 01 năm 2026\n"
AFTER_TITLE = BODY.split("năm 2026\n", 1)[1]


@pytest.mark.parametrize(
    ("place", "title", "lead", "issuer"),
    [
        (
            "Lâm Đồng",
            "TRỒNG CÂY PHÂN TÁN TỈNH LÂM ĐỒNG NĂM 2026",
            "Sau đây là kế hoạch:",
            "Ủy ban nhân dân tỉnh Lâm Đồng",
        ),
        (
            "Lâm Đồng",
            "TRỒNG CÂY PHÂN TÁN NĂM 2026",
            "UBND tỉnh Lâm Đồng xây dựng kế hoạch như sau:",
            "UBND tỉnh Lâm Đồng",
        ),
        ("Lâm Đồng", "TRỒNG CÂY PHÂN TÁN NĂM 2026", "Nội dung kế hoạch như sau:", "Ủy ban nhân dân tỉnh Lâm Đồng"),
        (
            "Lâm Đồng",
            "TRỒNG CÂY PHÂN TÁN NĂM 2026",
            "Ủy ban nhân dân (UBND) tỉnh Lâm Đồng ban hành kế hoạch như sau:",
            "Ủy ban nhân dân tỉnh Lâm Đồng",
        ),
        ("TP. Hồ Chí Minh", "TRỒNG CÂY NĂM 2026", "Nội dung như sau:", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Đạ Huoai", "TRỒNG CÂY TRÊN ĐỊA BÀN XÃ ĐẠ HUOAI NĂM 2026", "Nội dung như sau:", "Ủy ban nhân dân xã Đạ Huoai"),
    ],
    ids=[
        "the title names it",
        "the lead names it",
        "the lead has its short form too",
        "a province's place",
        "a place with its kind",
        "a commune",
    ],
)
def test_capitals_under_the_number_are_the_title_and_a_bare_committee_is_completed(plan, place, title, lead, issuer):
    front = f"ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n{NUMBERED.format(place=place)}{title}\n{lead}\n"
    head = plan(front + BODY[BODY.index("I. MỤC TIÊU") :]).document
    assert (head.title, head.issuer, head.kind) == (title, issuer, "KH")
    assert (str(head.period.start), str(head.period.end)) == ("2026-01-01", "2026-12-31")


def test_capitals_under_a_letters_number_are_no_title(plan):
    front = "SỞ NỘI VỤ\nSố: 77/SNV-CCHC\nLâm Đồng, ngày 20 tháng 01 năm 2026\nTRỒNG CÂY PHÂN TÁN NĂM 2026\n"
    assert plan(front + AFTER_TITLE).document.title is None


def test_a_capitalised_verb_in_the_lead_is_a_verb(plan):
    text = (
        "KẾ HOẠCH\nTrồng cây phân tán năm 2026\ntrên địa bàn huyện Đạ Tẻh\n"
        "Ủy ban nhân dân huyện Xây dựng Kế hoạch trồng cây như sau:\n" + BODY[BODY.index("I. MỤC TIÊU") :]
    )
    assert plan(text).document.issuer == "Ủy ban nhân dân huyện Đạ Tẻh"


def test_grounds_with_no_heading_before_or_after_are_legal_bases_and_no_work(plan):
    text = (
        "ỦY BAN NHÂN DÂN\n" + NUMBERED.format(place="Lâm Đồng") + "TRỒNG CÂY PHÂN TÁN NĂM 2026\n"
        "- Luật Lâm nghiệp ngày 15/11/2017;\n"
        "- Nghị định số 156/2018/NĐ-CP ngày 16/11/2018 của Chính phủ về các giải pháp thi hành Luật Lâm nghiệp;\n"
        "Căn cứ Kế hoạch số 41/KH-SNN ngày 08/01/2026 của Sở Nông nghiệp và Môi trường về nhiệm vụ năm 2026;\n"
    )
    record = plan(text)
    assert [b.number for b in record.legal_bases] == ["156/2018/NĐ-CP", "41/KH-SNN"]
    assert (record.tasks, record.targets) == ((), ())


def test_bare_sentences_without_a_heading_are_no_work_and_are_reported(plan):
    text = (
        LETTERHEAD
        + BODY[: BODY.index("I. MỤC TIÊU")]
        + (
            "Thời gian qua, các cấp, các ngành đã triển khai nhiều giải pháp bảo vệ rừng và đạt kết quả quan trọng.\n"
            "Tiếp tục thực hiện đồng bộ các nhiệm vụ, giải pháp trồng cây xanh trên địa bàn tỉnh trong thời gian tới.\n"
        )
    )
    record = plan(text)
    assert (record.tasks, record.targets) == ((), ())
    assert {p.code for p in record.problems} & {"not_a_plan", "unread_text"}


# Titles that end


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (
            "KẾ HOẠCH TRỒNG CÂY PHÂN TÁN NĂM 2026\nNgày 18 tháng 7 năm 2025 UBND xã Đạ Huoai đã ban hành Quyết định số "
            "19/QĐ-UBND về trồng cây\nUBND xã Đạ Huoai ban hành Kế hoạch trồng cây như sau:\n",
            "TRỒNG CÂY PHÂN TÁN NĂM 2026",
        ),
        (
            "SỐ: 19/QĐ-UBND\nQUYẾT ĐỊNH\nBAN HÀNH KẾ HOẠCH TRỒNG CÂY NĂM 2026\nỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\n"
            "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;\n",
            "BAN HÀNH KẾ HOẠCH TRỒNG CÂY NĂM 2026",
        ),
        (
            "QUYẾT ĐỊNH\nBAN HÀNH KẾ HOẠCH TRỒNG CÂY NĂM 2026\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\n"
            "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;\n",
            "BAN HÀNH KẾ HOẠCH TRỒNG CÂY NĂM 2026",
        ),
        (
            "Kế hoạch trồng cây phân tán tỉnh Lâm Đồng năm 2026\nChiến lược, quy hoạch, kế hoạch\n"
            "Kế hoạch trồng cây phân tán tỉnh Lâm Đồng năm 2026\nThực hiện Công văn số 5/SNN-LN ngày 02/01/2026 của Sở "
            "Nông nghiệp và Môi trường.\n",
            "trồng cây phân tán tỉnh Lâm Đồng năm 2026",
        ),
    ],
    ids=["before a sentence", "before who decides", "before a decider's position", "a headline and menus over it"],
)
def test_a_title_ends_where_the_lead_the_authority_or_a_menu_begins(plan, front, title):
    assert plan(front + BODY[BODY.index("I. MỤC TIÊU") :]).document.title == title


# A union named after a person


@pytest.mark.parametrize(
    ("front", "issuer"),
    [
        ("BAN CHẤP\nHÀNH TRUNG ƯƠNG |\nĐOÀN TNCS HỒ\nCHÍ MINH |\n", "Ban Chấp hành Trung ương"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG          ĐOÀN TNCS HỒ CHÍ MINH\n", None),
    ],
    ids=["in cells", "in one line"],
)
def test_a_unions_name_is_no_city(plan, front, issuer):
    text = f"{front}Số: 77-KH/TWĐTN-BTG\nHà Nội, ngày 20 tháng 01 năm 2026\nKẾ HOẠCH\nTrồng cây năm 2026\n"
    head = plan(text + BODY[BODY.index("I. MỤC TIÊU") :]).document
    assert (head.issuer_level, head.locality.name) == ("central", None)
    assert issuer is None or fold(head.issuer) == fold(issuer)
