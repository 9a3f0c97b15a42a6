"""The section on money gives its text and the sources it names."""

import pytest

from extract.link.funding import funding_of
from extract.outline import outline_of
from schemas import Funding
from tests.readings import read

FRONT = "KẾ HOẠCH\nThử nghiệm năm 2026\nCăn cứ Luật Ngân sách nhà nước;\n"
TASKS = "I. NHIỆM VỤ\n1. Tuyên truyền trên hệ thống loa.\n"
DUTIES = "\nIII. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Chủ trì kiểm tra hằng quý.\nTrên đây là Kế hoạch./."


def funding(section: str) -> Funding | None:
    reading = read(FRONT + TASKS + section + DUTIES)
    found = funding_of(reading, outline_of(reading))
    if found is not None:
        assert reading.text[found.span.start : found.span.end] == found.text
    return found


SECTIONS = [
    ("II. KINH PHÍ\nTừ ngân sách xã và nguồn xã hội hóa.", "Từ ngân sách xã và nguồn xã hội hóa."),
    ("II. KINH PHÍ THỰC HIỆN: Từ ngân sách xã năm 2026.", "Từ ngân sách xã năm 2026."),
    ("II. KINH PHÍ\n- Ngân sách xã: 50 triệu đồng.\n- Xã hội hóa.", "- Ngân sách xã: 50 triệu đồng.\n- Xã hội hóa."),
    ("II. NỘI DUNG KHÁC\nKinh phí thực hiện do ngân sách xã bảo đảm.", "Kinh phí thực hiện do ngân sách xã bảo đảm."),
    ("II. KINH PHÍ", None),
    ("II. NỘI DUNG KHÁC\nTham mưu bố trí kinh phí thực hiện Kế hoạch.", None),
]  # fmt: skip


@pytest.mark.parametrize(("section", "text"), SECTIONS)
def test_the_text_is_that_of_the_section_without_its_heading(section, text):
    found = funding(section)
    assert (found and found.text) == text


SOURCES = [
    ("Từ nguồn ngân sách nhà nước theo phân cấp.", ("ngân sách nhà nước",)),
    (
        "Vốn ngân sách Trung ương 58,7 tỷ đồng; ngân sách tỉnh 31 tỷ đồng.",
        ("ngân sách trung ương", "ngân sách tỉnh, thành phố"),
    ),
    ("Dự toán chi ngân sách phường năm 2026.", ("ngân sách xã, phường, đặc khu",)),
    (
        "Nguồn chi sự nghiệp giáo dục, xã hội hoá và nguồn hợp pháp khác.",
        ("nguồn sự nghiệp", "xã hội hóa", "nguồn hợp pháp khác"),
    ),
    ("Huy động từ các nguồn tài trợ của tổ chức, cá nhân.", ("huy động, đóng góp", "tài trợ, viện trợ")),
    ("Vốn các Chương trình mục tiêu quốc gia và vốn ODA.", ("chương trình mục tiêu quốc gia", "tài trợ, viện trợ")),
    ("Thực hiện theo quy định của Luật Ngân sách nhà nước.", ()),
]


@pytest.mark.parametrize(("text", "sources"), SOURCES)
def test_sources_are_named_once_in_the_order_of_the_text(text, sources):
    found = funding(f"II. KINH PHÍ\n{text}")
    assert found is not None
    assert found.sources == sources


def test_a_plan_that_says_nothing_of_money_has_no_funding():
    assert funding("II. THỜI GIAN\nNăm 2026.") is None
