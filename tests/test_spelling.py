import pytest

from extract.normalize.spelling import is_syllable, restored

LOST = [
    ("Chỉ thịsố46-CT/TW", "Chỉ thị số 46-CT/TW"),
    ("vềlãnh đạo", "về lãnh đạo"),
    ("nhiệm kỳ2026", "nhiệm kỳ 2026"),
    ("tình hình thực tếcủa xã", "tình hình thực tế của xã"),
    ("BANHÀNH QUY ĐỊNH", "BAN HÀNH QUY ĐỊNH"),
    ("Kếhoạch antoàn", "Kế hoạch an toàn"),
    ("quyđịnh hoànthành", "quy định hoàn thành"),
    ("khảnăng", "khả năng"),
    ("sốngười", "số người"),
    ("côngan", "công an"),
]


@pytest.mark.parametrize(("printed", "meant"), LOST)
def test_lost_blanks_come_back(printed, meant):
    assert restored(printed) == meant


@pytest.mark.parametrize(
    "text",
    ["Thủ tướng Chính phủ", "VNeID, eTax Mobile, Zalo OA", "Đăk Lăk, Krông Pắc", "nghiêng khuỷu giếng giữ gìn quốc gia",
     "CNSCĐ, TCNSCĐ, UBMTTQVN", "quyền chuyển nguyễn thuở khuya", "https://binhdanhocvuso.gov.vn", "SIM 4G, 5G"],
)  # fmt: skip
def test_text_with_nothing_lost_stays_as_it_is(text):
    assert restored(text) == text


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giêng", "uỷ", "Ấp", "ĐƯỢC", "khuya", "oách"])
def test_syllables_are_known_by_their_spelling(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["thịsố", "vềlãnh", "hoạchnày", "đứcc", "CNSCĐ"])
def test_what_is_no_syllable(word):
    assert not is_syllable(word)
