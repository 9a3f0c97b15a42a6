"""Headings of a tasks section: the name of a unit over duties of its own, or the topic of work that others do."""

import pytest

from tests.plans import plan

SECTIONS = [
    # a unit's name among topics is a topic too
    (
        "1. Giống cây trồng\n- Mở 02 vườn ươm.\n2. Hợp tác xã\n- Hỗ trợ thành lập 03 hợp tác xã rau.\n"
        "3. Thị trường\n- Ký hợp đồng bao tiêu.\n",
        {},
    ),
    (
        "1. Cơ sở vật chất\n- Sửa chữa bếp ăn.\n2. Đội ngũ nhân viên nuôi dưỡng\n- Tập huấn cho cô nuôi.\n"
        "3. Thực đơn\n- Xây dựng thực đơn theo mùa.\n",
        {},
    ),
    ("1. Đội ngũ\n- Bồi dưỡng giáo viên dạy bơi.\n2. Hồ bơi\n- Lắp 02 bể bơi di động.\n", {}),
    # ... and where its work runs on behind a colon
    (
        "1. Đường giao thông: Cứng hóa 3 km đường thôn.\n2. Trạm Y tế: Sửa chữa mái, quét vôi.\n"
        "3. Chợ: Di dời chợ tạm.\n",
        {},
    ),
    # where its sisters name units, it names who acts
    (
        "1. Công an xã\n- Tuần tra ban đêm.\n2. Trạm Y tế\n- Trực cấp cứu.\n3. Các thôn\n- Dọn vệ sinh.\n",
        {"Tuần tra": "Công an xã", "Trực": "Trạm Y tế", "Dọn": "Các thôn"},
    ),
    (
        "1. Công an xã: Tuần tra ban đêm.\n2. Trạm Y tế: Trực cấp cứu.\n3. Hội Phụ nữ xã: Nấu cơm cho lực lượng trực.\n",
        {"Công an": "Công an xã", "Trạm": "Trạm Y tế", "Hội": "Hội Phụ nữ xã"},
    ),
    (
        "1. Công an xã: Tuần tra ban đêm.\n2. Trạm Y tế: Trực cấp cứu.\n3. Kinh phí: Ngân sách xã.\n"
        "4. Thời gian: Quý III/2026.\n",
        {"Công an": "Công an xã", "Trạm": "Trạm Y tế"},
    ),
    (
        "a) Công an xã\n- Tuần tra ban đêm.\nb) Trạm Y tế\n- Trực cấp cứu.\nc) Công tác khác\n- Bố trí phương tiện.\n",
        {"Tuần tra": "Công an xã", "Trực": "Trạm Y tế"},
    ),
    # ... so it does where the heading or its duties say so
    (
        "1. Vật tư, phương tiện\n- Mua 50 áo phao.\n2. Trách nhiệm của Trạm Y tế\n- Trực cấp cứu.\n"
        "3. Thông tin\n- Phát cảnh báo.\n",
        {"Trực": "Trạm Y tế"},
    ),
    (
        "1. Vật tư, phương tiện\n- Mua 50 áo phao.\n2. Đối với các thôn\n- Sơ tán hộ ven sông.\n"
        "3. Thông tin\n- Phát cảnh báo.\n",
        {"Sơ tán": "các thôn"},
    ),
    (
        "1. Vật tư, phương tiện\n- Mua 50 áo phao.\n2. Ban Chỉ huy Quân sự xã\n"
        "- Chủ trì, phối hợp với Công an xã tìm kiếm cứu nạn.\n3. Thông tin\n- Phát cảnh báo.\n",
        {"Chủ trì": "Ban Chỉ huy Quân sự xã"},
    ),
    # ... and where it is the only one
    ("1. Rà soát hộ nghèo.\n2. Trạm Y tế: Khám cho người già.\n3. Cấp thẻ bảo hiểm y tế.\n", {"Trạm": "Trạm Y tế"}),
]


@pytest.mark.parametrize(("body", "expected"), SECTIONS)
def test_a_heading_of_a_tasks_section_charges_a_unit_or_is_a_topic(body: str, expected: dict[str, str]) -> None:
    tasks = plan(f"II. NHIỆM VỤ, GIẢI PHÁP\n{body}").tasks
    found = {t.text: [u.name for u in t.units] for t in tasks if t.units}
    assert found == {t.text: [expected[k]] for t in tasks for k in expected if t.text.startswith(k)}
    assert len(found) == len(expected)


@pytest.mark.parametrize("heading", ["Đội ngũ cộng tác viên", "Tổ công nghệ số cộng đồng", "Hợp tác xã"])
def test_in_the_section_on_implementation_a_units_name_always_charges_it(heading: str) -> None:
    body = f"IV. TỔ CHỨC THỰC HIỆN\n1. Chế độ báo cáo\n- Báo cáo kết quả.\n2. {heading}\n- Vận động hộ dân.\n"
    assert [[u.name for u in t.units] for t in plan(body).tasks] == [[], [heading]]
