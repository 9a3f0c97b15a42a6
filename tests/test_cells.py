"""Figures of target tables: the value's cell and the unit's make a measure; rows as a plan prints them."""

import pytest

from extract.link.cells import measures_of_cell
from tests.plans import record
from tests.test_measures import short

CELLS = [
    # the unit in a column of its own, the words of the comparison around the number
    ("từ 60 trở lên", "%", [">= 60 %"]),
    ("75 trở lên", "hộ", [">= 75 hộ"]),
    ("trên 90", "%", ["> 90 %"]),
    ("≥ 80", "%", [">= 80 %"]),
    ("≤ 5", "vụ", ["<= 5 vụ"]),
    ("không quá 03", "vụ", ["<= 3 vụ"]),
    ("từ 02 trở xuống", "vụ", ["<= 2 vụ"]),
    ("60-65", "%", [">= 60 %", "<= 65 %"]),
    ("từ 40 đến 45", "ha", [">= 40 ha", "<= 45 ha"]),
    ("từ 1.200 lượt trở lên", "lượt", [">= 1200 lượt"]),
    ("tăng 10", "%", [">= 10 % increase"]),
    ("85,5", "Tỷ lệ (%)", ["= 85.5 %"]),
    ("90 trở lên", "Tỷ lệ %", [">= 90 %"]),
    ("17/17", "ấp", ["= 17 ấp of 17"]),
    ("12", "công trình", ["= 12 công trình"]),
    ("3", "sao", ["= 3 sao"]),
    ("65", "triệu đồng/người/năm", ["= 65 triệu đồng / người/năm"]),
    ("80 (thành thị 95)", "%", ["= 80 %", "= 95 %"]),
    ("Năm 2027: 45", "trường", ["= 45 trường"]),
    ("2000", "cây", ["= 2000 cây"]),
    ("Đạt", "%", []),
    # places in an order
    ("Nhóm 20", "hạng", ["<= 20 rank"]),
    ("20", "hạng", ["<= 20 rank"]),
    ("Thứ 8", "Xếp hạng", ["<= 8 rank"]),
    ("Top 10", "vị trí", ["<= 10 rank"]),
    ("từ 15 trở lên", "thứ hạng", ["<= 15 rank"]),
    ("10 - 15", "vị trí", ["<= 15 rank"]),
    ("nhóm 5 xã dẫn đầu", "-", ["<= 5 rank"]),
    ("tăng 2", "hạng", [">= 2 hạng increase"]),
    # no place: a number of groups, grades
    ("20", "nhóm", ["= 20 nhóm"]),
    ("4", "hạng mục", ["= 4 hạng mục"]),
]


@pytest.mark.parametrize(("printed", "unit", "expected"), CELLS)
def test_a_figure_is_read_with_its_columns_unit(printed: str, unit: str, expected: list[str]) -> None:
    assert [short(m) for m in measures_of_cell(printed, unit)] == expected


@pytest.mark.parametrize(("printed", "unit", "expected"), CELLS)
def test_a_figures_place_holds_its_number(printed: str, unit: str, expected: list[str]) -> None:
    for mention in measures_of_cell(printed, unit):
        assert 0 <= mention.start < mention.end <= len(printed)
        assert any(c.isdigit() for c in printed[mention.start : mention.end])


TABLE = """KẾ HOẠCH
Trồng rừng và phát triển thủy sản năm 2026
I. MỤC TIÊU
| TT | Chỉ tiêu | {head} |
|---|---|---|
| 1 | {name} | {value} |
| 2 | Số lớp tập huấn kỹ thuật (lớp) | 4 |
II. NHIỆM VỤ
- Rà soát diện tích rừng trồng.
"""
ROWS = [
    ("Tỷ lệ che phủ rừng (%)", "Năm 2026", "từ 42 trở lên", [">= 42 %"]),
    ("Diện tích rừng trồng mới (ha)", "Năm 2026", "120", ["= 120 ha"]),
    ("Tỷ lệ chủ rừng ký cam kết bảo vệ rừng", "Tỷ lệ (%)", "trên 95", ["> 95 %"]),
    ("Xếp hạng chỉ số xanh cấp tỉnh", "Năm 2026", "Nhóm 15", ["<= 15 rank"]),
    ("Bè nuôi được cấp mã (VietGAP)", "Năm 2026", "30", ["= 30 "]),
]


@pytest.mark.parametrize(("name", "head", "value", "expected"), ROWS)
def test_a_table_without_a_unit_column_has_its_units_in_brackets(
    name: str, head: str, value: str, expected: list[str]
) -> None:
    targets = record(TABLE.format(name=name, head=head, value=value)).targets
    assert [short_of(m) for m in targets[0].measures] == expected
    assert [short_of(m) for m in targets[1].measures] == ["= 4 lớp"]


def short_of(measure):
    change = f" {measure.change.value}" if measure.change else ""
    return f"{measure.comparator.value} {measure.value:g} {measure.unit}{change}"
