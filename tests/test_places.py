"""Territories in text, and the unit of the national lists that each is."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.find.letterhead import find_head
from extract.normalize.casing import natural
from extract.normalize.gazetteer import key
from extract.normalize.places import resolve_locality
from extract.normalize.territories import Territory, is_province, territories
from extract.text import fold
from schemas import Locality, PartialDate
from tests.readings import read

CODELISTS = Path(__file__).parents[1] / "schemas" / "codelists"


def locality(
    kind: str, name: str, province: str | None = None, *, text: str = "", year: int, month: int | None = None
) -> Locality:
    return resolve_locality(Territory(kind, name), province, text=text, when=PartialDate(year=year, month=month))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND PHƯỜNG HÒA BÌNH", [("phường", "Hòa Bình")]),
        ("trên địa bàn thành phố Hà Nội năm 2026", [("thành phố", "Hà Nội")]),
        ("xã Chân Mây – Lăng Cô", [("xã", "Chân Mây – Lăng Cô")]),
        ("TP. HỒ CHÍ MINH", [("thành phố", "Hồ Chí Minh")]),
        ("quận 3, phường 01", [("quận", "3"), ("phường", "01")]),
        ("huyện ĐẮK R'LẤP", [("huyện", "Đắk R'Lấp")]),
        ("phường\nHồng Gai năm 2024", [("phường", "Hồng Gai")]),
        ("UBND tỉnh Nghệ An Khóa XVIII", [("tỉnh", "Nghệ An")]),
        ("UBND phường xây dựng", []),
        ("PHÒNG VĂN HÓA - XÃ HỘI", []),
        ("TỈNH ỦY", []),
        ("các xã, phường. Thời gian", []),
        ("của tỉnh\nIII. NỘI DUNG", []),
        ("41 xã 3 phường", []),
        ("XÃ THẠNH MỸ ĐÔNG Độc lập", [("xã", "Thạnh Mỹ Đông")]),
    ],
)
def test_a_kind_with_a_name_is_a_territory(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.value.type, m.value.name) for m in territories(text, fold(text))] == expected


@pytest.mark.parametrize(
    ("kind", "name", "text", "year", "province"),
    [
        ("phường", "Hồng Gai", "", 2024, "Quảng Ninh"),
        ("phường", "Hòa Bình", "Sở Khoa học và Công nghệ thành phố", 2026, None),
        ("phường", "Hoà Bình", "UBND thành phố Hải Phòng", 2026, "Hải Phòng"),
        ("xã", "Rạch Kiến", "", 2026, "Tây Ninh"),
        ("xã", "Ngọc Liên", "", 2026, "Thanh Hóa"),
        ("xã", "Ngọc Liên", "", 2024, None),
        ("xã", "Ngọc Liên", "UBND huyện Cẩm Giàng", 2024, "Hải Dương"),
        ("xã", "Tân Tiến", "Báo Đồng Nai", 2026, "Đồng Nai"),
        ("xã", "Tân Tiến", "Kế hoạch của Tỉnh ủy Lạng Sơn", 2026, "Lạng Sơn"),
        ("huyện", "Gò Quao", "", 2019, "Kiên Giang"),
        ("huyện", "Châu Thành", "", 2019, None),
        ("huyện", "Châu Thành", "tỉnh Long An", 2019, "Long An"),
        ("tỉnh", "Kiên Giang", "tỉnh An Giang", 2019, "Kiên Giang"),
        ("thành phố", "Hà Nội", "", 2026, "Hà Nội"),
        ("xã", "Không Có Thật", "", 2026, None),
        ("xã", "Không Có Thật", "UBND tỉnh Nghệ An", 2026, "Nghệ An"),
        ("xã", "Không Có Thật", "UBND huyện Gò Quao", 2015, "Kiên Giang"),
    ],
)
def test_a_province_is_given_only_where_it_is_decided(
    kind: str, name: str, text: str, year: int, province: str | None
) -> None:
    assert locality(kind, name, text=text, year=year).province == province


def test_an_ambiguous_name_keeps_its_candidates() -> None:
    found = locality("phường", "Hòa Bình", year=2026)
    assert {c.province for c in found.candidates} == {"Hải Phòng", "Hồ Chí Minh", "Phú Thọ"}
    assert found.code is None


def test_a_former_unit_has_its_successor_and_no_code() -> None:
    found = locality("xã", "Ngọc Liên", "Hải Dương", year=2023)
    assert (found.code, found.successor, found.successor_code) == (None, "xã Cẩm Giàng", "10903")


def test_a_present_unit_has_its_code() -> None:
    assert locality("xã", "Rạch Kiến", year=2026).code == "28114"


def test_a_month_of_2025_says_which_lists_count() -> None:
    assert locality("xã", "Ngọc Liên", year=2025, month=8).code == "15091"
    assert locality("xã", "Ngọc Liên", "Thanh Hóa", year=2025, month=3).successor_code == "15091"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ỦY BAN NHÂN DÂN XÃ RẠCH KIẾN", "Ủy ban nhân dân xã Rạch Kiến"),
        ("TRƯỜNG TIỂU HỌC HỒNG QUANG", "Trường Tiểu học Hồng Quang"),
        ("TRƯỜNG THCS NGUYỄN DU", "Trường THCS Nguyễn Du"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("SỞ Y TẾ TỈNH KIÊN GIANG", "Sở Y tế tỉnh Kiên Giang"),
        ("ĐẢNG ỦY XÃ CÔNG HẢI", "Đảng ủy xã Công Hải"),
        ("UỶ BAN NHÂN DÂN PHƯỜNG HOÀ BÌNH", "Uỷ ban nhân dân phường Hoà Bình"),
        ("UBND TP. HỒ CHÍ MINH", "UBND TP. Hồ Chí Minh"),
        ("PHÒNG VĂN HÓA - XÃ HỘI XÃ CÔNG HẢI", "Phòng Văn hóa - Xã hội xã Công Hải"),
        ("UBND xã Rạch Kiến", "UBND xã Rạch Kiến"),
    ],
)
def test_capitals_become_natural_case(printed: str, expected: str) -> None:
    assert natural(printed) == expected


def test_a_name_is_cased_as_the_text_writes_it_elsewhere() -> None:
    text = "Tổ Công tác Liên Ngành họp"
    assert natural("TỔ CÔNG TÁC LIÊN NGÀNH", text, fold(text)) == "Tổ Công tác Liên Ngành"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CODELISTS / f"{name}.csv").read_text("utf-8").splitlines()))


def test_the_lists_are_whole() -> None:
    current, former = rows("localities"), rows("former_localities")
    codes = {row["code"] for row in current}
    assert len(current) == len(codes) == 34 + 3321
    assert {row["successor_code"] for row in former} <= codes | {""}
    communes = [row for row in former if row["district"]]
    assert all(row["successor_code"] for row in communes)
    assert {row["province"] for row in current} <= {row["name"] for row in current if len(row["code"]) == 2}


HEAD = """ỦY BAN NHÂN DÂN
{kind} {name}
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH
Cải cách hành chính năm {year}
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/{year} {of};
Ủy ban nhân dân {kind} ban hành Kế hoạch như sau:
"""


def of_head(row: dict[str, str], year: int, of: str = "") -> Locality:
    """The locality that a letterhead in capitals gives; `of` ends the preamble's first paragraph."""
    text = HEAD.format(kind=row["type"].upper(), name=row["name"].upper(), year=year, of=of)
    return find_head(read(text), body_start=len(text), body_end=len(text)).locality


def sample(year: int) -> list[dict[str, str]]:
    """Every 41st unit of the year's list, and those whose names are easily misread."""
    listed = rows("localities" if year >= 2026 else "former_localities")
    odd = ("'", "-", "1", "3", "Đoàn", "Đài", "Lập", "Hội", "Phường", "Ban", "Trường")
    return [r for i, r in enumerate(listed) if i % 41 == 0 or (i % 5 == 0 and any(o in r["name"] for o in odd))]


def kinds_of_province(year: int) -> dict[str, str]:
    listed = rows("localities" if year >= 2026 else "former_localities")
    return {r["name"]: r["type"] for r in listed if len(r["code"]) == 2}


@pytest.mark.parametrize("year", [2026, 2019])
def test_a_unit_is_in_the_province_that_its_plan_names(year: int) -> None:
    kinds = kinds_of_province(year)
    for row in sample(year):
        found = of_head(row, year, f"của UBND {kinds[row['province']]} {row['province']}")
        assert (found.type, found.name, found.province) == (row["type"], row["name"], row["province"])
        assert found.code == row["code"] if year >= 2026 else found.code is None


@pytest.mark.parametrize("year", [2026, 2019])
def test_a_unit_alone_is_resolved_where_one_province_has_its_name_else_all_are_candidates(year: int) -> None:
    provinces: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("localities" if year >= 2026 else "former_localities"):
        provinces[row["type"], key(row["name"])].add(row["province"])
    for row in sample(year):
        found, fitting = of_head(row, year), provinces[row["type"], key(row["name"])]
        if len(fitting) == 1 or len(row["code"]) == 2:
            assert found.province == row["province"], row
        else:
            assert found.province is None, row
            assert {c.province for c in found.candidates} == fitting, row


@pytest.mark.parametrize(
    ("kind", "name", "province"),
    [("huyện", "Mù Cang Chải", "Yên Bái"), ("huyện", "Ea Hleo", "Đắk Lắk"), ("huyện", "Đăk Rlấp", "Đắk Nông")],
)
def test_a_name_in_a_rare_spelling_is_the_unit_that_differs_in_marks_only(kind: str, name: str, province: str) -> None:
    assert locality(kind, name, year=2021).province == province


def test_a_province_is_one_by_kind_and_name() -> None:
    assert is_province("thành phố", "Hà Nội")
    assert is_province("tỉnh", "Bà Rịa – Vũng Tàu")
    assert not is_province("thành phố", "Hạ Long")
    assert not is_province("phường", "Huế")


@given(st.text(alphabet="xãphườngTỈNHHàNội1'- \n–.", max_size=60))
def test_territories_lie_in_the_text(text: str) -> None:
    for mention in territories(text, fold(text)):
        assert 0 <= mention.start < mention.end <= len(text)
