"""Forms that generated plans showed to be misread: each as the smallest plan that has it."""

import pytest

from extract.find.units import units_charged
from extract.normalize.units import split_units
from extract.text import fold
from tests.plans import FOOT, HEAD, plan, record


def tasks(body: str) -> list[str]:
    return [task.text for task in plan(body).tasks]


def units(body: str) -> list[list[tuple[str, str]]]:
    return [[(unit.name, unit.role.value) for unit in task.units] for task in plan(body).tasks]


def test_a_heading_between_two_tables_of_tabs_begins_the_second():
    body = (
        "A. MỤC TIÊU\nTT\tChỉ tiêu\tĐơn vị tính\tKế hoạch năm 2026\n1\tTỷ lệ hộ dùng nước sạch\t%\t90\n"
        "B. NHIỆM VỤ\nTT\tNội dung\tChủ trì\tThời gian\n1\tKẻ lại vạch sơn\tCông an xã\tQuý II/2026\n"
        "2\tLắp biển báo\tPhòng Kinh tế\tQuý III/2026\n"
    )
    found = plan(body)
    assert [target.text for target in found.targets] == ["Tỷ lệ hộ dùng nước sạch"]
    assert [task.text for task in found.tasks] == ["Kẻ lại vạch sơn", "Lắp biển báo"]


def test_a_line_without_tabs_inside_a_table_heads_the_rows_after_it():
    body = (
        "II. NHIỆM VỤ\nTT\tNội dung\tChủ trì\tThời gian\n1\tKẻ vạch sơn\tCông an xã\tQuý I\nII. Hạ tầng\n"
        "1\tLắp biển báo\tPhòng Kinh tế\tQuý III\n"
    )
    found = [(task.text, task.group, task.deadline.text) for task in plan(body).tasks if task.deadline]
    assert found == [("Kẻ vạch sơn", "II", "Quý I"), ("Lắp biển báo", "II.II", "Quý III")]


@pytest.mark.parametrize("mark", ["*", "+", "•"])
def test_attribute_lines_with_dashes_belong_to_the_item_whatever_its_bullet(mark):
    body = (
        f"II. NHIỆM VỤ\n{mark} Dọn vệ sinh khu chợ.\n- Đơn vị chủ trì: Hội Phụ nữ xã.\n- Thời gian: Quý I/2026.\n"
        f"{mark} Trồng hoa ven đường.\n- Đơn vị chủ trì: Đoàn Thanh niên xã.\n"
    )
    assert units(body) == [[("Hội Phụ nữ xã", "lead")], [("Đoàn Thanh niên xã", "lead")]]


def test_a_section_of_duties_with_a_colon_is_no_attribute_line():
    body = (
        "C. PHÂN CÔNG NHIỆM VỤ:\nI. Trạm Y tế xã:\n(1) Chủ trì khám sàng lọc.\nII. Công an xã:\n(1) Giữ gìn trật tự.\n"
    )
    assert units(body) == [[("Trạm Y tế xã", "lead")], [("Công an xã", "implement")]]


def test_a_bullet_that_begins_with_a_unit_is_its_duty():
    body = "V. TỔ CHỨC THỰC HIỆN\n- Liên đội: chủ trì phát quang cây cối.\n- Công an xã: tuần tra ban đêm.\n"
    assert units(body) == [[("Liên đội", "lead")], [("Công an xã", "implement")]]


def test_capitals_right_under_a_section_in_capitals_head_parts_of_it():
    body = (
        "MỤC TIÊU\n- 100% hộ dân có nước sạch.\nTỔ CHỨC THỰC HIỆN\nCÔNG AN XÃ\n- Tuần tra ban đêm.\n"
        "ỦY BAN KIỂM TRA ĐẢNG ỦY\n- Chủ trì giám sát.\n"
    )
    assert units(body) == [[("CÔNG AN XÃ", "implement")], [("ỦY BAN KIỂM TRA ĐẢNG ỦY", "lead")]]


def test_the_title_of_an_appendix_is_no_task():
    body = HEAD + "II. NHIỆM VỤ\n- Dọn vệ sinh khu chợ.\n" + FOOT
    table = "PHỤ LỤC\nCác việc làm thêm trong năm\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| 1 | Lập sổ theo dõi | Công an xã |\n"
    assert [task.text for task in record(body + table).tasks] == ["Dọn vệ sinh khu chợ.", "Lập sổ theo dõi"]


def test_the_decision_that_puts_a_plan_into_force_is_no_ground_of_it():
    text = HEAD.replace("\n\n", "\n(Ban hành kèm theo Quyết định số 31/QĐ-UBND ngày 06/3/2026 của UBND xã An Khê)\n")
    found = record(
        text + "Căn cứ Nghị quyết số 09-NQ/ĐU ngày 12/01/2026;\nI. MỤC TIÊU\n- 100% hộ có nước sạch.\n" + FOOT
    )
    assert [basis.number for basis in found.legal_bases] == ["09-NQ/ĐU"]


def test_a_result_called_a_detailed_plan_is_not_the_title():
    body = "MỤC TIÊU\n- 100% hộ có nước sạch.\nNHIỆM VỤ\n- Dọn chợ.\nKết quả:\nKế hoạch chi tiết\nTỔ CHỨC THỰC HIỆN\n- Công an xã: tuần tra.\n"
    assert len(plan(body).targets) == 1


def test_a_part_of_the_work_named_control_stays_a_part_of_it():
    body = "B. NHIỆM VỤ\nI. Tuyên truyền\n- Phát tờ rơi.\nII. Công tác kiểm tra, giám sát\n- Đi kiểm tra các chợ.\n"
    assert {task.kind.value for task in plan(body).tasks} == {"task"}


def test_figures_under_a_place_are_that_places_targets():
    body = (
        "I. MỤC TIÊU\n| TT | Chỉ tiêu | Đơn vị tính | Xã Đông Ngũ | Phường Cửa Ông |\n|---|---|---|---|---|\n"
        "| 1 | Tỷ lệ hộ dùng nước sạch | % | 85 | 95 |\n"
    )
    assert [[m.value for m in target.measures] for target in plan(body).targets] == [[85, 95]]


def test_a_letter_before_a_share_is_an_ordinal():
    body = "I. MỤC TIÊU\nc. Mỗi ấp có ít nhất 03 mô hình.\nd. 100% hộ có nước sạch.\n"
    assert [target.text for target in plan(body).targets] == ["Mỗi ấp có ít nhất 03 mô hình.", "100% hộ có nước sạch."]


def test_a_goal_on_its_headings_line_stands_without_the_heading():
    body = "I. MỤC TIÊU\n1. Mục tiêu chung: Nâng cao đời sống của người dân nông thôn.\n2. Mục tiêu cụ thể\n- 100% hộ có nước sạch.\n"
    assert plan(body).targets[0].text == "Nâng cao đời sống của người dân nông thôn."


def test_numbers_inside_a_sentence_stay_in_it_where_a_line_begins_with_one():
    body = (
        "II. NHIỆM VỤ\n(1) Nâng cấp mạng nội bộ và thiết bị tường lửa, gồm: (1) lập sổ theo dõi tới các tổ;\n"
        "(2) sắp xếp lại kho lưu giữ hồ sơ.\n(2) Quay phim giới thiệu dịch vụ.\n"
    )
    assert len(tasks(body)) == 2


def test_a_quarter_that_begins_a_line_is_no_roman_numeral():
    body = (
        "II. NHIỆM VỤ\n(1) Sao lưu dữ liệu định kỳ ở hai nơi (Hội Phụ nữ xã chủ trì; quý\nIII-2026).\n"
        "(2) Số hóa sổ hộ tịch còn lưu bằng giấy (Công an xã chủ trì; quý IV/2026).\n"
    )
    assert [str(task.deadline.start) for task in plan(body).tasks if task.deadline] == ["2026-07-01", "2026-10-01"]


def test_a_heading_in_capitals_never_ends_a_full_line_above_it():
    line = "+ Không dưới 85% trẻ dưới 1 tuổi được tiêm chủng đầy đủ, hoàn thành trước ngày 30-09-2026."
    body = (
        f"MỤC TIÊU\n+ Có 20 - 45% trường học được khen thưởng, trong đó chú trọng các trường ở\nvùng xa.\n{line}\n" * 3
    )
    found = plan(body + "NHIỆM VỤ TRỌNG TÂM\n+ Kiểm tra vệ sinh ở bếp ăn.\n")
    assert [task.text for task in found.tasks] == ["Kiểm tra vệ sinh ở bếp ăn."]


def test_a_line_that_announces_work_is_none_itself():
    body = "II. NHIỆM VỤ\nTừ nay đến cuối năm cần làm tốt các việc sau đây:\n- Kẻ vạch sơn.\n"
    assert tasks(body) == ["Kẻ vạch sơn."]


@pytest.mark.parametrize("time", ["6 tháng đầu năm 2026", "15/5/2026", "ngay sau khi có kinh phí", "cả năm"])
def test_a_time_in_brackets_needs_no_word_before_it(time):
    found = plan(f"II. NHIỆM VỤ\n- Sửa đường liên thôn (Phòng Kinh tế chủ trì; {time}).\n").tasks
    assert found[0].deadline is not None


CHARGES = [
    ("các ban, ngành, đoàn thể kẻ lại vạch sơn", ["các ban, ngành, đoàn thể"]),
    ("các thôn, tổ dân phố in ấn tờ gấp", ["các thôn, tổ dân phố"]),
    ("Văn phòng HĐND và UBND sao lưu dữ liệu", ["Văn phòng HĐND và UBND"]),
    ("Sở Giáo dục và Đào tạo nâng cấp mạng", ["Sở Giáo dục và Đào tạo"]),
    ("Tổ Văn phòng hướng dẫn người dân", ["Tổ Văn phòng"]),
    ("Công an xã, Tỉnh đoàn", ["Công an xã", "Tỉnh đoàn"]),
    ("Khoa Nội tổng hợp chuẩn bị thuốc", ["Khoa Nội tổng hợp"]),
    (
        "Phòng Kinh tế, Trung tâm Phục vụ hành chính công bố trí người trực",
        ["Phòng Kinh tế", "Trung tâm Phục vụ hành chính công"],
    ),
    ("các cơ quan, đơn vị liên quan thay dây điện cũ", ["các cơ quan, đơn vị liên quan"]),
    ("các trường học khám sức khỏe học sinh", ["các trường học"]),
    ("bảo vệ nhà trường điểm danh học sinh sau giờ tự do", ["bảo vệ nhà trường"]),
    ("các trạm y tế xã, phường tiêm vét cho trẻ", ["các trạm y tế xã, phường"]),
]


@pytest.mark.parametrize(("names", "expected"), CHARGES, ids=[names for names, _ in CHARGES])
def test_the_names_of_helpers_end_where_the_work_begins(names, expected):
    text = f"Giao Trạm Y tế xã chủ trì, phối hợp với {names}."
    assert [mention.value.name for mention in units_charged(text, fold(text))][1:] == expected


def test_a_department_whose_name_breaks_before_a_word_for_a_school_is_one_body():
    head = (
        "UBND TỈNH QUẢNG NINH\nSỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG\nSố: 270/KH-SNNMT\nQuảng Ninh, ngày 18 tháng 02 năm 2026\n"
    )
    found = record(f"{head}KẾ HOẠCH\nThử nghiệm năm 2026\n\nI. MỤC TIÊU\n- 100% hộ có nước sạch.\n{FOOT}")
    assert found.document.issuer == "Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh"


def test_a_list_that_counts_on_under_the_next_letter_stays_under_it():
    body = "II. NHIỆM VỤ\n1. Truyền thông\na) Tại trường\n1) Mở lớp.\n2) Phát loa.\nb) Tại chợ\n3) Phát tờ rơi.\n"
    assert [(task.group, task.text) for task in plan(body).tasks] == [
        ("II.1.a", "Mở lớp."),
        ("II.1.a", "Phát loa."),
        ("II.1.b", "Phát tờ rơi."),
    ]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("(Phòng Môi trường)", [("Phòng Môi trường", "implement")]),
        ("(Phòng Môi trường; trước ngày 28/02/2026)", [("Phòng Môi trường", "implement")]),
        ("(Trạm Y tế xã, Công an xã; Quý II/2026)", [("Trạm Y tế xã", "implement"), ("Công an xã", "implement")]),
        ("(Công an xã chủ trì; Quý II/2026)", [("Công an xã", "lead")]),
        ("(các thôn vùng cao)", []),
        ("(Đề án 06)", []),
    ],
)
def test_a_bracket_of_nothing_but_units_says_who_does_it(bracket, expected):
    assert units(f"II. NHIỆM VỤ\n- Hướng dẫn phân loại rác ở từng khu dân cư {bracket}.\n") == [expected]


def test_a_bracket_behind_where_something_is_sent_names_no_one_who_does_it():
    assert units("II. NHIỆM VỤ\n- Tổng hợp số liệu, gửi kết quả về UBND tỉnh (Sở Nội vụ).\n") == [[]]


def test_a_first_column_that_says_what_its_rows_are_about_is_no_ordinal():
    body = (
        "II. NHIỆM VỤ\n| Lĩnh vực | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| Điều hành | Giao chỉ tiêu đến từng phòng | Văn phòng | Tháng 02/2026 |\n"
        "| | Kiểm tra kỷ luật hành chính | Công an xã | Quý II/2026 |\n"
        "| Thủ tục hành chính | Rà soát thủ tục về hộ tịch | Phòng Tư pháp | Quý III/2026 |\n"
    )
    assert tasks(body) == ["Giao chỉ tiêu đến từng phòng", "Kiểm tra kỷ luật hành chính", "Rà soát thủ tục về hộ tịch"]
    assert units(body) == [[("Văn phòng", "lead")], [("Công an xã", "lead")], [("Phòng Tư pháp", "lead")]]


def test_a_closing_in_two_paragraphs_is_no_task_of_the_last_unit():
    body = "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Chủ trì kiểm tra hằng quý.\n"
    closing = (
        "Trên đây là Kế hoạch thử nghiệm năm 2026.\n"
        "Các phòng, đơn vị báo cáo kết quả về Văn phòng trước ngày 20 hằng tháng./.\n\nNơi nhận:\n- Lưu: VT.\n"
    )
    found = record(HEAD + body + closing).tasks
    assert [(task.group, task.text.split()[0]) for task in found] == [("III.1", "Chủ"), ("closing", "Các")]


def test_a_note_below_the_table_of_an_appendix_is_no_task():
    table = "TT\tNội dung\tChủ trì\n1\tKẻ vạch sơn\tCông an xã\n2\tLắp biển báo\tPhòng Kinh tế\n"
    text = f"{HEAD}I. MỤC TIÊU\n- 100% thôn có biển báo.{FOOT}\nPHỤ LỤC\n{table}\nKinh phí lấy từ dự toán đã giao.\n"
    assert [task.text for task in record(text).tasks] == ["Kẻ vạch sơn", "Lắp biển báo"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("các chi đoàn, Hội đồng Đội phường", ["các chi đoàn", "Hội đồng Đội phường"]),
        ("Đoàn trường và Nhà thiếu nhi tỉnh", ["Đoàn trường", "Nhà thiếu nhi tỉnh"]),
        ("các đơn vị, hội, đoàn thể", ["các đơn vị, hội, đoàn thể"]),
        ("Phòng Nông nghiệp và PTNT, Phòng Kinh tế", ["Phòng Nông nghiệp và PTNT", "Phòng Kinh tế"]),
        ("các Đội Kiểm lâm cơ động và PCCCR", ["các Đội Kiểm lâm cơ động và PCCCR"]),
        ("Công an xã và MTTQ xã", ["Công an xã", "MTTQ xã"]),
        ("Sở Y tế và BHXH tỉnh", ["Sở Y tế", "BHXH tỉnh"]),
        ("Thủ trưởng các đơn vị, trường trực thuộc Sở", ["Thủ trưởng các đơn vị, trường trực thuộc Sở"]),
    ],
)
def test_a_list_is_parted_between_units(printed, expected):
    assert [name.name for name in split_units(printed)] == expected


@pytest.mark.parametrize(
    "heading", ["## III. NHIỆM\n\nVỤ, GIẢI PHÁP", "III. NHIỆM VỤ, GIẢI\nPHÁP", "## III. NHIỆM\n\n## VỤ, GIẢI PHÁP"]
)
def test_a_heading_broken_inside_a_word_is_one(heading):
    found = plan(
        f"{heading}\n\n1. Tuyên truyền\n\n- Phát tờ rơi tại chợ.\n\nIV. TỔ CHỨC\n\nTHỰC HIỆN\n\n1. Công an xã\n\n- Tuần tra.\n"
    )
    assert [(task.group, task.kind.value) for task in found.tasks] == [("III.1", "task"), ("IV.1", "assignment")]


def test_a_heading_is_not_broken_before_a_heading_of_its_own():
    found = plan("III. NHIỆM VỤ\nXÂY DỰNG HẠ TẦNG\n- Phát quang tuyến đường.\n")
    assert "NHIỆM VỤ XÂY DỰNG" not in found.text


def test_a_time_without_a_label_behind_names_is_the_deadline():
    body = "II. NHIỆM VỤ\n- Ký cam kết với từng hộ.\nChủ trì: Phòng Kinh tế; phối hợp: Hội Nông dân xã; hoàn thành trước ngày 15/11/2026.\n"
    (task,) = plan(body).tasks
    assert [unit.name for unit in task.units] == ["Phòng Kinh tế", "Hội Nông dân xã"]
    assert task.deadline
    assert task.deadline.text == "hoàn thành trước ngày 15/11/2026"


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("2. Giai đoạn 1 (ngày 25/8/2026): Chuyển trạng thái", "(ngày 25/8/2026)"),
        ("1. Công tác chuẩn bị (từ ngày 01/7/2026 đến ngày 22/8/2026)", "(từ ngày 01/7/2026 đến ngày 22/8/2026)"),
    ],
)
def test_a_phases_days_are_its_tasks(heading, printed):
    (task,) = plan(f"II. NHIỆM VỤ\n{heading}\n- Sửa chữa sở chỉ huy, đào hào.\n").tasks
    assert task.deadline
    assert task.deadline.text.strip("()") == printed.strip("()")


def test_attribute_lines_under_the_last_of_some_bullets_close_all_where_ordinals_have_such_lines_too():
    body = (
        "II. NHIỆM VỤ\n1. Kiện toàn tổ hòa giải.\n* Đơn vị thực hiện: Mặt trận xã.\n2. Tuyên truyền cho nhóm đặc thù\n"
        "- Tổ chức phiên tòa giả định.\n- Gặp gỡ người chấp hành xong án.\n* Đơn vị thực hiện: Công an xã.\n"
    )
    assert [[name for name, _ in one] for one in units(body)] == [["Mặt trận xã"], ["Công an xã"], ["Công an xã"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giao Trưởng các thôn niêm yết số điện thoại tại nhà văn hóa.", ["Trưởng các thôn"]),
        ("Giao Công an xã chủ trì, phối hợp vận động đoàn viên tham gia.", ["Công an xã"]),
        ("Kiểm tra chi bộ về việc phát triển đảng viên, giao Ủy ban Kiểm tra chủ trì.", ["Ủy ban Kiểm tra"]),
        ("Kiểm tra việc bảo đảm trật tự, giao thông thông suốt tại các xã.", []),
    ],
)
def test_who_is_charged_ends_where_the_work_begins(text, expected):
    assert [mention.value.name for mention in units_charged(text, fold(text))] == expected


def test_a_numbered_time_of_the_whole_plan_under_its_purpose_is_the_period():
    found = plan(
        "I. MỤC ĐÍCH\n1. Mục đích\n- Giữ đàn.\n3. Thời gian thực hiện: Từ ngày 01/11/2025 đến ngày 31/3/2026.\n"
    )
    assert str(found.document.period.start) == "2025-11-01"


def test_a_row_cut_by_a_page_goes_on_in_the_one_cell_that_says_something():
    body = (
        "II. NHIỆM VỤ\n| TT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n|---|---|---|---|---|\n"
        "| 1 | Trực, cập nhật bản tin | Văn phòng | Công an xã, các | Thường xuyên |\n| | | | tổ xung kích | |\n"
        "| 2 | Tổng kết công tác | Phòng Kinh tế | Các ban, ngành xã | Tháng 4/2026 |\n"
    )
    assert units(body)[0] == [("Văn phòng", "lead"), ("Công an xã", "coordinate"), ("tổ xung kích", "coordinate")]


def test_a_duty_below_a_long_numbered_name_in_wrapped_lines_begins_a_paragraph():
    line = "- Tổng hợp tình hình lao động việc làm, kịp thời báo cáo Ủy ban nhân dân tỉnh các khó\n"
    filler = "".join(f"{line}khăn, vướng mắc phát sinh ở đợt {number}.\n" for number in range(1, 7))
    body = (
        f"II. TỔ CHỨC THỰC HIỆN\n1. Trung tâm Dịch vụ việc làm tỉnh\n{filler}"
        "2. Các doanh nghiệp dịch vụ đưa người lao động đi làm việc ở nước ngoài\n"
        "Báo cáo số lao động tuyển chọn, xuất cảnh trước ngày 05 hằng tháng; thu đúng, thu đủ các\nkhoản theo quy định.\n"
    )
    assert tasks(body)[-1].startswith("Báo cáo số lao động")
