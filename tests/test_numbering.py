import pytest

from extract.normalize.numbering import marker_of, roman_value

MARKERS = [
    ("I. MỤC ĐÍCH", "roman", "I"),
    ("IV/ TỔ CHỨC", "roman", "IV"),
    ("II- Nhiệm vụ", "roman", "II"),
    ("A. PHẦN CHUNG", "upper", "A"),
    ("Phần thứ nhất: Mục tiêu", "part", "1"),
    ("PHẦN II. NHIỆM VỤ", "part", "II"),
    ("Điều 1. Phạm vi", "article", "1"),
    ("1. Mục đích", "dot1", "1"),
    ("1.Đẩy mạnh", "dot1", "1"),
    ("01. Rà soát", "dot1", "1"),
    ("3/ Công an xã", "dot1", "3"),
    ("1- Mục đích", "dot1", "1"),
    ("2.1. Nội dung", "dot2", "2.1"),
    ("2.1 Nội dung", "dot2", "2.1"),
    ("1.2.3. Nội dung", "dot3", "1.2.3"),
    ("I.1. Nội dung", "dot1", "I.1"),
    ("1) Tổ chức", "close", "1"),
    ("a) quán triệt", "letter", "a"),
    ("đ) hỗ trợ", "letter", "đ"),
    ("a. Đẩy mạnh", "letter", "a"),
    ("a, Tuyên truyền trên loa", "letter", "a"),
    ("b, đối với các trường ở xã đảo:", "letter", "b"),
    ("b.1) Rà soát", "letternum", "b.1"),
    ("(1) kết nối", "paren", "1"),
    ("- Tổ chức", "-", ""),
    ("-Tối thiểu 85%", "-", ""),
    ("– Rà soát", "-", ""),
    ("+ Hướng dẫn", "+", ""),
    ("- + Quý II", "+", ""),
    ("• Tuyên truyền", "*", ""),
    ("o Đẩy mạnh", "*", ""),
]


@pytest.mark.parametrize(("text", "style", "label"), MARKERS)
def test_a_marker_is_read_with_its_style_and_label(text, style, label):
    marker = marker_of(text)
    assert marker is not None
    assert (marker.style, marker.label) == (style, label)
    assert text[marker.end :].strip()


@pytest.mark.parametrize(
    "text",
    ["5.000 hộ", "30.6.2026", "30/6/2026", "1.250 hộ nghèo", "2025. Tăng cường", "22 tháng 12", "1126/SKH-CN",
     "100% hộ", "12/17 ấp", "01 lớp", "V/v triển khai", "-------", "**", "xã", "X, ngày 5", "", "1 - 2026",
     "Mục tiêu chung", "a, b, c", "a, B và C", "c, số liệu thống kê", "05/KH-UBND ngày 08/01/2019", "03/QCPH-HPN-ĐTN ngày 18 tháng 9"],
)  # fmt: skip
def test_what_only_looks_like_a_marker_is_none(text):
    assert marker_of(text) is None


@pytest.mark.parametrize(("label", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("a", 0), ("", 0)])
def test_roman_numerals(label, value):
    assert roman_value(label) == value
