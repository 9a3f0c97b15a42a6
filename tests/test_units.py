import pytest

from extract.find.units import role_of_duty, units_addressed, units_charged, units_of_heading, units_of_value
from extract.normalize.attributes import bracket_at_end
from extract.normalize.units import canonical, is_unit_list, split_units
from extract.text import fold
from schemas import Role

LISTS = [
    ("Trưởng các khoa, phòng", ["Trưởng các khoa, phòng"]),
    ("Các đơn vị, bộ phận liên quan và các khu phố.", ["Các đơn vị, bộ phận liên quan", "các khu phố"]),
    ("Bộ phận: Văn hóa - Thông tin, Văn phòng – Thống kê.",
     ["Bộ phận Văn hóa - Thông tin", "Bộ phận Văn phòng – Thống kê"]),
    ("UBND xã, phường, Công an Thành phố.", ["UBND xã, phường", "Công an Thành phố"]),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
    ("Doanh nghiệp bưu chính, viễn thông, công nghệ số", ["Doanh nghiệp bưu chính, viễn thông, công nghệ số"]),
    ("Trưởng thôn, làng và các Tổ hợp tác:", ["Trưởng thôn, làng", "các Tổ hợp tác"]),
    ("UBND xã, các thôn, làng.", ["UBND xã", "các thôn, làng"]),
    ("Các Sở, ban, ngành, UBND xã, phường và các đơn vị liên quan",
     ["Các Sở, ban, ngành", "UBND xã, phường", "các đơn vị liên quan"]),
    ("các Sở: Tài chính, Nội vụ, Giáo dục và Đào tạo", ["Sở Tài chính", "Sở Nội vụ", "Sở Giáo dục và Đào tạo"]),
    ("Văn phòng HĐND và UBND xã, Công an xã", ["Văn phòng HĐND và UBND xã", "Công an xã"]),
    ("Phòng Kinh tế, Văn hóa - Xã hội", ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"]),
    ("Hội Phụ nữ, Đoàn Thanh niên, Trưởng các thôn", ["Hội Phụ nữ", "Đoàn Thanh niên", "Trưởng các thôn"]),
    ("các viện, trường", ["các viện, trường"]),
    ("Phòng Văn hóa - Xã hội\nĐoàn Thanh niên xã", ["Phòng Văn hóa - Xã hội", "Đoàn Thanh niên xã"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_of_units_is_split_where_units_part(text, names):
    assert [unit.name for unit in split_units(text)] == names


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_units_place_is_in_the_text_it_was_read_from(text, names):
    for unit in split_units(text):
        assert text[unit.start : unit.end].split()[-1] == unit.name.split()[-1]


VALUES = [
    ("Tổ công nghệ phối hợp với Phòng văn hóa, công an và các đoàn thể", Role.IMPLEMENT,
     [("Tổ công nghệ", "implement"), ("Phòng văn hóa", "coordinate"), ("công an", "coordinate"),
      ("các đoàn thể", "coordinate")]),
    ("Sở Tài chính chủ trì, Sở Y tế phối hợp", Role.IMPLEMENT, [("Sở Tài chính", "lead"), ("Sở Y tế", "coordinate")]),
    ("Hội LHPN xã chủ trì; Đoàn Thanh niên xã, Công an xã phối hợp", Role.IMPLEMENT,
     [("Hội LHPN xã", "lead"), ("Đoàn Thanh niên xã", "coordinate"), ("Công an xã", "coordinate")]),
    ("Phòng Kinh tế (chủ trì), Công an xã (phối hợp)", Role.IMPLEMENT,
     [("Phòng Kinh tế", "lead"), ("Công an xã", "coordinate")]),
    ("Phòng Y tế", Role.LEAD, [("Phòng Y tế", "lead")]),
    ("-", Role.LEAD, []),
    ("", Role.LEAD, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role", "units"), VALUES)
def test_an_attributes_value_gives_units_with_roles(text, role, units):
    assert [(m.value.name, m.value.role.value) for m in units_of_value(text, role)] == units


ROLES = {"lead": Role.LEAD, "coordinate": Role.COORDINATE, "implement": Role.IMPLEMENT}
BRACKETS = [
    ("Trạm Y tế chủ trì, phối hợp với các trường; hoàn thành trước ngày 30/9/2026",
     [("Trạm Y tế", "lead"), ("các trường", "coordinate"), "hoàn thành trước ngày 30/9/2026"]),
    ("Công an xã chủ trì phối hợp với Ban Chỉ huy Quân sự xã",
     [("Công an xã", "lead"), ("Ban Chỉ huy Quân sự xã", "coordinate")]),
    ("Hội Phụ nữ xã chủ trì, phối hợp với Đoàn Thanh niên, các thôn thực hiện, xong trong quý II",
     [("Hội Phụ nữ xã", "lead"), ("Đoàn Thanh niên", "coordinate"), ("các thôn", "coordinate"), "xong trong quý II"]),
    ("do Phòng Kinh tế phối hợp cùng Hội Nông dân thực hiện",
     [("Phòng Kinh tế", "implement"), ("Hội Nông dân", "coordinate")]),
    ("Ban Quản lý chợ thực hiện, phối hợp với Công an phường; tháng 5/2026",
     [("Ban Quản lý chợ", "implement"), ("Công an phường", "coordinate"), "tháng 5/2026"]),
    ("Sở Xây dựng, Sở Tài chính chủ trì; UBND các xã phối hợp với Công an tỉnh; hằng quý",
     [("Sở Xây dựng", "lead"), ("Sở Tài chính", "lead"), ("UBND các xã", "implement"), ("Công an tỉnh", "coordinate"),
      "hằng quý"]),
    # roles as last words, as before
    ("UBND xã chủ trì; Công an xã, các thôn phối hợp; quý III",
     [("UBND xã", "lead"), ("Công an xã", "coordinate"), ("các thôn", "coordinate"), "quý III"]),
    ("Phòng Kinh tế thực hiện, hoàn thành trước 15/5", [("Phòng Kinh tế", "implement"), "hoàn thành trước 15/5"]),
    # no unit in front: how work is done, not who does it
    ("có sự phối hợp với nhà trường", []),
    ("theo quy chế phối hợp với Bộ đội Biên phòng", []),
    ("phối hợp lồng ghép với Hội thi cấp tỉnh", []),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "expected"), BRACKETS)
def test_a_bracket_at_an_items_end_says_who_and_when(inside, expected):
    text = f"Kiểm tra bếp ăn tập thể ({inside})."
    found = []
    for a in (bracket_at_end(text) or (0, []))[1]:
        value = text[a.start : a.end]
        units = [] if a.gives == "deadline" else units_of_value(value, ROLES[a.gives])
        found += [(m.value.name, m.value.role.value) for m in units] or [value]
    assert found == expected


HEADINGS = [
    ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường",
     ["Ủy ban Mặt trận Tổ quốc Việt Nam", "các tổ chức chính trị - xã hội phường"]),
    ("Trách nhiệm của Công an xã", ["Công an xã"]),
    ("Nội dung giám sát của chủ dự án", ["chủ dự án"]),
    ("Chế độ kiểm tra, báo cáo", []),
    ("Thường trực sẵn sàng chữa cháy và cứu nạn", []),
    ("Kiện toàn Tổ công nghệ số cộng đồng", []),
    ("Hoạt động của Tổ công nghệ số cộng đồng", []),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "names"), HEADINGS)
def test_a_heading_names_units_or_none(heading, names):
    assert [m.value.name for m in units_of_heading(heading)] == names


@pytest.mark.parametrize(
    ("duty", "role"),
    [("Chủ trì, phối hợp với các phòng", "lead"), ("Là cơ quan tham mưu, chủ trì giúp UBND", "lead"),
     ("Làm đầu mối hướng dẫn", "lead"), ("Đầu mối tổng hợp, báo cáo", "lead"), ("Có trách nhiệm chủ trì", "lead"),
     ("Phối hợp với UBND xã", "coordinate"), ("Chủ động phối hợp", "coordinate"), ("Tích cực phối hợp", "coordinate"),
     ("Chịu trách nhiệm phối hợp", "coordinate"), ("Tham mưu UBND xã", "implement"),
     ("Là lực lượng nòng cốt", "implement"), ("Tuyên truyền, phối hợp với", "implement")],
)  # fmt: skip
def test_a_duty_opens_with_its_role(duty, role):
    assert role_of_duty(duty).value == role


def test_running_text_charges_units():
    text = "Rà soát vùng trồng. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và UBND các xã, phường thực hiện."
    found = [(m.value.name, m.value.role.value) for m in units_charged(text, fold(text))]
    assert found == [("Sở Y tế", "lead"), ("Sở Tài chính", "coordinate"), ("UBND các xã, phường", "coordinate")]


def test_a_units_duty_that_nobody_is_charged_with_names_none():
    text = "Thành viên trong Tổ phân chia lực lượng có mặt tại Nhà văn hóa ấp"
    assert units_charged(text, fold(text)) == []


def test_a_closing_paragraph_addresses_units():
    text = "đề nghị Đoàn Thanh niên phường và yêu cầu Ban Chỉ đạo, các đơn vị liên quan triển khai đạt hiệu quả"
    assert [m.value.name for m in units_addressed(text, fold(text))] == [
        "Đoàn Thanh niên phường",
        "Ban Chỉ đạo",
        "các đơn vị liên quan",
    ]


@pytest.mark.parametrize(
    ("name", "defined", "full"),
    [("Tổ CNSCĐ", (), "Tổ công nghệ số cộng đồng"), ("Phòng VH-XH", (), "Phòng Văn hóa - Xã hội"),
     ("các khu phố", (), "Khu phố"), ("UBND xã", (), "Ủy ban nhân dân xã"),
     ("Sở KH&CN", (), "Sở Khoa học và Công nghệ"),
     ("Tổ ABC", (("ABC", "an bình cộng"),), "Tổ an bình cộng")],
)  # fmt: skip
def test_a_canonical_name_has_its_abbreviations_written_out(name, defined, full):
    assert canonical(name, defined) == full


@pytest.mark.parametrize("text", ["xã hội số", "Phòng, chống thiên tai", "báo cáo", "Công tác tuyên truyền"])
def test_what_is_no_list_of_units(text):
    assert not is_unit_list(text)
