"""How plans are laid out: headings, lists, attribute lines, tables and wrapped lines give the right tasks."""

import pytest

from tests.plans import FOOT, HEAD, record


def tasks(body: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each task's group, text, and units with their roles."""
    found = record(HEAD + body + FOOT).tasks
    return [(t.group, t.text, [(u.name, u.role.value) for u in t.units]) for t in found]


def texts(body: str) -> list[str]:
    return [text for _, text, _ in tasks(body)]


MARKS = [
    ("- ", "- "),
    ("+ ", "+ "),
    ("1. ", "2. "),
    ("a) ", "b) "),
    ("• ", "• "),
    ("1.1. ", "1.2. "),
    ("(1) ", "(2) "),
    ("1/ ", "2/ "),
]


@pytest.mark.parametrize("marks", MARKS, ids=[first.strip() for first, _ in MARKS])
def test_items_are_tasks_whatever_their_marks(marks):
    first, second = marks
    body = f"II. NHIỆM VỤ\n{first}Rà soát hộ nghèo.\n{second}Mở lớp dạy nghề.\n"
    assert texts(body) == ["Rà soát hộ nghèo.", "Mở lớp dạy nghề."]


def test_the_smallest_item_is_the_task_and_headings_make_its_path():
    body = (
        "III. NHIỆM VỤ\n1. Tuyên truyền\n1.1. Trên loa\na) Phát bản tin hằng tuần.\nb) Viết bài về gương tốt.\n"
        "1.2. Tại nhà\n- Phát tờ rơi đến từng hộ.\n2. Kiểm tra\nTổ chức kiểm tra các cơ sở.\n"
    )
    assert [(group, text) for group, text, _ in tasks(body)] == [
        ("III.1.1", "Phát bản tin hằng tuần."),
        ("III.1.1", "Viết bài về gương tốt."),
        ("III.1.2", "Phát tờ rơi đến từng hộ."),
        ("III.2", "Tổ chức kiểm tra các cơ sở."),
    ]


def test_a_letter_between_d_and_e_is_a_heading():
    body = "D. KINH PHÍ\nNgân sách xã.\nĐ. TỔ CHỨC THỰC HIỆN\n1. Trạm Y tế xã\n- Chủ trì khám sàng lọc.\n"
    assert tasks(body) == [("Đ.1", "Chủ trì khám sàng lọc.", [("Trạm Y tế xã", "lead")])]


def test_attribute_lines_belong_to_all_that_they_close():
    body = (
        "II. NHIỆM VỤ\n1. Dọn vệ sinh\n- Khơi thông cống rãnh.\n- Thu gom rác thải nhựa.\n"
        "Chủ trì: Hội Phụ nữ xã; phối hợp: các thôn.\n2. Trồng cây\n- Trồng hoa ven đường.\nChủ trì: Đoàn Thanh niên xã.\n"
    )
    cleaning = [("Hội Phụ nữ xã", "lead"), ("các thôn", "coordinate")]
    assert [units for _, _, units in tasks(body)] == [cleaning, cleaning, [("Đoàn Thanh niên xã", "lead")]]


def test_attributes_in_brackets_or_after_semicolons_are_read_off_the_item():
    body = (
        "II. NHIỆM VỤ\n- Sửa chữa đường liên thôn (Chủ trì: Phòng Kinh tế; thời gian: Quý III/2026).\n"
        "- Lập danh sách người cao tuổi. Đơn vị thực hiện: Trạm Y tế xã. Thời gian: trước ngày 15/6/2026.\n"
    )
    found = record(HEAD + body + FOOT).tasks
    assert [[u.name for u in t.units] for t in found] == [["Phòng Kinh tế"], ["Trạm Y tế xã"]]
    assert [str(t.deadline.end) for t in found if t.deadline] == ["2026-09-30", "2026-06-15"]


def test_a_lead_in_is_no_task_and_what_it_leads_to_is():
    body = "II. NHIỆM VỤ\n1. Các đơn vị thực hiện những việc sau:\n- Rà soát dữ liệu.\n- Cập nhật phần mềm.\n"
    assert texts(body) == ["Rà soát dữ liệu.", "Cập nhật phần mềm."]


def test_a_heading_with_its_duty_on_the_line_is_one_task():
    body = "IV. TỔ CHỨC THỰC HIỆN\n1. Công an xã: Phối hợp giữ gìn trật tự.\n2. Đề nghị Hội Nông dân xã\nVận động hội viên.\n"
    assert tasks(body) == [
        ("IV.1", "Công an xã: Phối hợp giữ gìn trật tự.", [("Công an xã", "coordinate")]),
        ("IV.2", "Vận động hội viên.", [("Hội Nông dân xã", "implement")]),
    ]


@pytest.mark.parametrize(
    "heading", ["Cấp giấy chứng nhận", "Hội thi tìm hiểu pháp luật", "Khoa học công nghệ", "Vụ Đông Xuân"]
)
def test_a_topic_that_opens_like_a_unit_names_none(heading):
    assert tasks(f"II. NHIỆM VỤ\n1. {heading}\n- Hướng dẫn người dân thực hiện.\n")[0][2] == []


def test_sections_without_work_give_no_tasks():
    body = (
        "I. ĐÁNH GIÁ TÌNH HÌNH\n- Xã có 12 thôn.\nII. NHIỆM VỤ\n- Mở lớp tập huấn.\nIII. KINH PHÍ\n- Từ ngân sách xã.\n"
        "Nội dung tập huấn:\n- Kỹ năng số cơ bản.\n"
    )
    assert texts(body) == ["Mở lớp tập huấn."]


def test_the_closing_paragraph_is_a_task_where_it_sets_a_reports_day():
    foot = "Trên đây là Kế hoạch thử nghiệm. Đề nghị Công an xã báo cáo kết quả trước ngày 10/12/2026./.\nNơi nhận:\n- Lưu: VT.\n"
    _, closing = record(HEAD + "II. NHIỆM VỤ\n- Mở lớp tập huấn.\n" + foot).tasks
    assert (closing.group, [u.name for u in closing.units]) == ("closing", ["Công an xã"])
    assert closing.deadline is not None
    assert str(closing.deadline.end) == "2026-12-10"


TABLE = """PHỤ LỤC
| TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Kết quả |
|---|---|---|---|---|---|
| I | Tuyên truyền | | | | |
| 1 | Mở chuyên mục trên loa | Trung tâm Văn hóa | Các thôn | Quý I/2026 | 12 chuyên mục |
| 2 | In tờ rơi | | | Tháng 5/2026 | 500 tờ rơi |
"""


def test_an_appendix_table_gives_tasks_with_units_times_and_results():
    found = [t for t in record(HEAD + "II. NHIỆM VỤ\n- Mở lớp.\n" + FOOT + TABLE).tasks if t.kind.value == "appendix"]
    assert [(t.group, t.text, t.results) for t in found] == [
        ("PL.I", "Mở chuyên mục trên loa", ("12 chuyên mục",)),
        ("PL.I", "In tờ rơi", ("500 tờ rơi",)),
    ]
    assert [(u.name, u.role.value) for u in found[0].units] == [
        ("Trung tâm Văn hóa", "lead"),
        ("Các thôn", "coordinate"),
    ]
    assert [str(t.deadline.end) for t in found if t.deadline] == ["2026-03-31", "2026-05-31"]


def test_a_head_of_two_rows_is_one_head():
    table = (
        "PHỤ LỤC\n<table><tr><td rowspan=2>TT</td><td rowspan=2>Nhiệm vụ</td><td colspan=2>Đơn vị</td>"
        "<td rowspan=2>Thời gian</td></tr><tr><td>Chủ trì</td><td>Phối hợp</td></tr>"
        "<tr><td>1</td><td>Khảo sát nhu cầu</td><td>Phòng Nội vụ</td><td>Công an xã</td><td>Quý II/2026</td></tr></table>\n"
    )
    found = [t for t in record(HEAD + "II. NHIỆM VỤ\n- Mở lớp.\n" + FOOT + table).tasks if t.kind.value == "appendix"]
    assert [[(u.name, u.role.value) for u in t.units] for t in found] == [
        [("Phòng Nội vụ", "lead"), ("Công an xã", "coordinate")]
    ]


def wrapped(text: str, width: int) -> str:
    """Lines broken at the page's edge, as a PDF's text has them."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) + 1 > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)


LONG = (
    "II. NHIỆM VỤ\n1. Rà soát, thống kê các hộ dân sinh sống ven sông, ven suối có nguy cơ bị ảnh hưởng bởi lũ quét, sạt lở "
    "đất trên địa bàn 12 thôn; lập phương án di dời trước mùa mưa bão năm 2026.\n2. Kiểm tra việc chấp hành quy định về an "
    "toàn điện tại các hộ kinh doanh, cơ sở sản xuất trong khu dân cư và xử lý nghiêm các trường hợp vi phạm theo quy định.\n"
    "3. Vận động Nhân dân tham gia tổng dọn vệ sinh đường làng, ngõ xóm vào ngày Chủ nhật hằng tuần và trồng thêm hoa, cây "
    "xanh ở các tuyến đường do Chi hội Phụ nữ tự quản.\n"
)


@pytest.mark.parametrize("width", [60, 78, 95])
def test_wrapped_lines_are_one_item(width):
    assert texts(wrapped(LONG, width)) == texts(LONG)


def test_a_blank_line_after_every_line_changes_nothing():
    assert texts(wrapped(LONG, 78).replace("\n", "\n\n")) == texts(LONG)


def test_tabs_after_marks_change_nothing():
    body = "II.\tNHIỆM VỤ\n1.\tTuyên truyền\n-\tPhát bản tin trên loa.\n\tĐơn vị thực hiện: Trung tâm Văn hóa.\n"
    assert tasks(body) == [("II.1", "Phát bản tin trên loa.", [("Trung tâm Văn hóa", "implement")])]


LOOKED_BACK = [
    "ĐÁNH GIÁ KẾT QUẢ NĂM 2025",
    "SƠ KẾT, ĐÁNH GIÁ TÌNH HÌNH CHĂN NUÔI NĂM 2025",
    "TỔNG KẾT PHONG TRÀO THI ĐUA GIAI ĐOẠN 2021 - 2025",
    "KIỂM ĐIỂM VIỆC THỰC HIỆN KẾ HOẠCH NĂM 2025",
    "MỘT SỐ KẾT QUẢ NỔI BẬT TRONG THỜI GIAN QUA",
]
PAST = (
    "- Tổ chức 12 lớp tập huấn cho 480 người; "
    + "tiêm phòng cho đàn gia súc đạt 92% kế hoạch, " * 5
    + "tăng so với 2024.\n"
)


@pytest.mark.parametrize("heading", LOOKED_BACK)
def test_a_section_on_the_year_before_ahead_of_the_goals_holds_no_work_and_is_no_gap(heading):
    body = f"I. {heading}\n{PAST}- Triển khai 05 mô hình.\nII. MỤC TIÊU\n- Tiêm phòng 95% đàn trâu bò.\n"
    found = record(f"{HEAD}{body}III. NHIỆM VỤ\n- Mua vắc xin.\n{FOOT}")
    assert [t.text for t in found.targets] == ["Tiêm phòng 95% đàn trâu bò."]
    assert [t.text for t in found.tasks] == ["Mua vắc xin."]
    assert "unread_text" not in {problem.code for problem in found.problems}


@pytest.mark.parametrize("heading", ["ĐÁNH GIÁ KẾT QUẢ NĂM 2026", "SƠ KẾT, TỔNG KẾT NĂM 2026"])
def test_behind_the_work_such_a_section_says_what_is_to_be_done(heading):
    body = f"I. MỤC TIÊU\n- Trồng 5 ha.\nII. NHIỆM VỤ\n- Ươm cây.\nIII. {heading}\n- Tổ chức họp tổng kết.\n"
    assert texts(body) == ["Ươm cây.", "Tổ chức họp tổng kết."]


def test_an_evaluation_that_is_what_the_plan_is_for_is_work():
    body = "I. ĐÁNH GIÁ HỌC SINH\n- Lập phiếu đánh giá.\n- Công bố kết quả học tập.\n"
    assert texts(body) == ["Lập phiếu đánh giá.", "Công bố kết quả học tập."]
