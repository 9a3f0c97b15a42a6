"""What the tables of a report say was reached: columns by their heads, one value for each of what was done."""

import datetime as dt
from typing import Any

import pytest

from schemas.actual import Actual
from tests.test_actuals import check, report, value_at


def table(*rows: str) -> list[Actual]:
    """The actual values of a table in a part on results."""
    found = report("I. KẾT QUẢ THỰC HIỆN\n" + "\n".join(row.replace("|", "\t") for row in rows))
    check(found)
    return list(found.actuals)


TABLES: list[tuple[list[str], list[dict[str, Any]]]] = [
    (
        ["STT|Chỉ tiêu|Đơn vị tính|Kế hoạch năm 2026|Thực hiện 6 tháng|Tỷ lệ (%)|Đánh giá",
         "1|Hộ được vay vốn|hộ|≥ 120|90|75|Đạt", "2|Tỷ lệ tiêm chủng|%|95|-||Chậm", "3|Nhà tạm được xóa|nhà|30|Đang thực hiện||"],
        [{"text": "Hộ được vay vốn", "value": 90, "unit": "hộ", "planned.value": 120, "planned.comparator": ">=", "percent": 75, "percent_of": "plan", "assessment": "Đạt"}],
    ),
    (
        ["TT|Nội dung|ĐVT|KH năm|Thực hiện tháng 6|Lũy kế|So với KH (%)|So với cùng kỳ (%)",
         "1|Thu ngân sách|triệu đồng|5.000|420|2.150|43,0|+5,2", "2|Vụ cháy|vụ||1|4||giảm 20"],
        [{"value": 420, "start": dt.date(2026, 6, 1), "percent": None}, {"value": 2150, "start": dt.date(2026, 1, 1), "percent": 43, "difference.value": 5.2},
         {"value": 1, "unit": "vụ"}, {"value": 4, "difference.change": "decrease", "difference.unit": "%"}],
    ),
    (
        ["STT|Nội dung|Thực hiện 6 tháng năm 2025|Thực hiện 6 tháng năm 2026|Tăng/giảm (%)", "1|Số hồ sơ tiếp nhận|1.200|1.320|10"],
        [{"value": 1320, "unit": "hồ sơ", "difference.value": 10, "difference.base": "Thực hiện 6 tháng năm 2025"}],
    ),
    (
        ["TT|Tên chỉ tiêu|Đơn vị tính|Chỉ tiêu giao|Kết quả|Tỷ lệ đạt (%)|Ghi chú", "I|Kinh tế|||||", "1|Đàn bò|con|1.000|1.050|105|", "II|Xã hội|||||", "2|Hộ có nước sạch|%|trên 95|93,4%||Chưa đạt"],
        [{"group": "I.I", "value": 1050, "percent": 105}, {"group": "I.II", "value": 93.4, "unit": "%", "planned.comparator": ">", "assessment": "Chưa đạt"}],
    ),
    (
        ["STT|Đơn vị|Tổng số hộ|Số hộ đã thu gom|Tỷ lệ (%)", "1|Thôn Đông|320|280|87,5", "2|Thôn Tây|210|199|94,8", "Tổng cộng||530|479|90,4"],
        [{"text": "Thôn Đông", "value": 280, "unit": "hộ", "of": 320, "percent": 87.5, "percent_of": "whole"}, {"value": 199, "of": 210},
         {"text": "Tổng cộng", "value": 479, "unit": "hộ", "of": 530, "percent": 90.4}],
    ),
    (
        ["Đơn vị tính: triệu đồng", "STT|Nội dung|Dự toán|Đã chi", "1|Chi thường xuyên|5.200|2.410"],
        [{"value": 2410, "unit": "triệu đồng", "planned.value": 5200}],
    ),
    (  # months and quarters as columns; the year's plan is of the longest
        ["Chỉ tiêu|ĐVT|KH 2026|Tháng 5|Tháng 6|Quý II|TH/KH (%)", "Lợn|con|1.000|100|120|350|35"],
        [{"value": 100, "start": dt.date(2026, 5, 1), "planned": None}, {"value": 120, "percent": None}, {"value": 350, "percent": 35, "planned.value": 1000}],
    ),
    (  # ... but the month's plan and percentage of the month
        ["STT|Chỉ tiêu|KH tháng 6|TH tháng 6|% TH/KH|Lũy kế 6 tháng|KH năm|% so KH năm", "1|Lượt khám|200|210|105|1.150|2.400|47,9"],
        [{"value": 210, "planned.value": 200, "percent": 105}, {"value": 1150, "planned.value": 2400, "percent": 47.9}],
    ),
    (  # indicators over groups of columns, a row for each place
        ["TT|Thôn|Hộ nghèo|||Bảo hiểm y tế (%)|||", "||KH|TH|Tỷ lệ %|KH|TH|Tỷ lệ %|", "1|Thôn Đông|12|10|83,3|95|96,2|101,3|"],
        [{"text": "Thôn Đông", "subject": "Hộ nghèo: Thôn Đông", "value": 10, "planned.value": 12, "percent": 83.3},
         {"subject": "Bảo hiểm y tế (%): Thôn Đông", "value": 96.2, "unit": "%", "planned.value": 95, "percent": 101.3}],
    ),
    (  # ... or over single ones
        ["STT|Thôn|Số lớp tập huấn|Số học viên|Tỷ lệ nữ (%)|Ghi chú", "1|Thôn Đông|3|120|45,5|"],
        [{"value": 3, "unit": "lớp tập huấn"}, {"value": 120, "unit": "học viên"}, {"value": 45.5, "unit": "%"}],
    ),
    (
        ["STT|Lĩnh vực|Tổng số hồ sơ|Đã giải quyết||", "|||Đúng hạn|Quá hạn|", "1|Đất đai|120|108|2|"],
        [{"subject": "Đã giải quyết Đúng hạn: Đất đai", "value": 108, "of": 120}, {"value": 2, "of": None}],
    ),
    (  # earlier figures
        ["STT|Chỉ tiêu|ĐVT|Cùng kỳ năm 2025|Thực hiện 6 tháng|Tăng, giảm", "1|Số vụ cháy|vụ|5|3|-2"],
        [{"value": 3, "difference.value": 2, "baseline.value": 5, "baseline.label": "Cùng kỳ năm 2025", "baseline.as_of": dt.date(2025, 6, 30)}],
    ),
    (
        ["TT|Tên chỉ tiêu|Đầu năm|Kế hoạch|Đạt được|Đánh giá", "1|Hộ có nhà tiêu hợp vệ sinh (%)|80|85|86,5|Đạt"],
        [{"value": 86.5, "unit": "%", "planned.value": 85, "baseline.value": 80, "baseline.as_of": None}],
    ),
    (
        ["TT|Chỉ tiêu|ĐVT|Thực hiện năm 2025|Năm 2026||So sánh (%)||", "||||Kế hoạch|Ước thực hiện|TH/KH|So với 2025|", "1|Thu nhập|triệu đồng|62|68|68,5|100,7|110,5|"],
        [{"value": 68.5, "planned.value": 68, "percent": 100.7, "difference": None, "baseline.value": 62, "baseline.as_of": dt.date(2025, 12, 31)}],
    ),
    (
        ["STT|Địa bàn|Kế hoạch (nhà)|Thực hiện (nhà)|Tỷ lệ (%)", "1|Xã Đông|60|64|106,7", "|Cộng|60|64|106,7"],
        [{"text": "Xã Đông", "value": 64}, {"text": "Cộng", "value": 64, "unit": "nhà", "planned.value": 60, "percent": 106.7, "percent_of": "plan"}],
    ),
    (  # last year's plan, result and percentage beside this year's
        ["TT|Chỉ tiêu|ĐVT|KH năm 2025|TH năm 2025|Tỷ lệ (%)|KH năm 2026|TH 6 tháng 2026", "1|Hộ có nước sạch|%|60|74|123,3|≥ 80|81"],
        [{"value": 81, "planned.value": 80, "planned.comparator": ">=", "percent": None, "baseline.value": 74, "baseline.label": "TH năm 2025"}],
    ),
    (
        ["TT|Chỉ tiêu|ĐVT|Cùng kỳ 2025||6 tháng 2026||", "|||KH|TH|KH|TH|", "1|Đàn bò|con|600|640|700|710|"],
        [{"value": 710, "planned.value": 700, "baseline.value": 640, "baseline.as_of": dt.date(2025, 6, 30)}],
    ),
    (
        ["Chỉ tiêu|6 tháng 2024|6 tháng 2025|6 tháng 2026|So sánh (%)|Ngày số liệu", "Số vụ cháy|7|5|3|60|25/6/2026"],
        [{"value": 3, "percent": None, "baseline.value": 5, "as_of": dt.date(2026, 6, 25)}],
    ),
    (  # ... and next year's plan
        ["TT|Chỉ tiêu|ĐVT|TH 6 tháng 2026|KH năm 2027", "1|Đàn bò|con|710|800"],
        [{"value": 710, "planned": None}],
    ),
    (  # each row's own day, and where the figures are from
        ["TT|Chỉ tiêu|Kế hoạch|Thực hiện|Tỷ lệ (%)|Tính đến ngày|Nguồn số liệu", "1|Thành viên được tập huấn|100%|142 thành viên (87,7%)||20/6/2026|Báo cáo số 5/BC-UBND",
         "2|Xếp hạng chuyển đổi số|≤ hạng 20|Hạng 27||30/6/2026|Sở KH&CN", "3|Chỉ số cải cách|20|thứ 9/34||31/12/2025|"],
        [{"text": "Thành viên được tập huấn", "value": 142, "percent": 87.7, "percent_of": "whole", "as_of": dt.date(2026, 6, 20), "start": dt.date(2026, 1, 1), "end": dt.date(2026, 6, 20)},
         {"value": 27, "unit": "rank", "as_of": None, "end": dt.date(2026, 6, 30), "planned.unit": "rank", "planned.value": 20},
         {"value": 9, "unit": "rank", "of": 34, "start": None, "as_of": dt.date(2025, 12, 31)}],
    ),
    (  # places in an order
        ["STT|Chỉ tiêu|ĐVT|Chỉ tiêu năm|Kết quả", "1|Chỉ số chuyển đổi số|Hạng|20|27"],
        [{"value": 27, "unit": "rank", "planned.unit": "rank"}],
    ),
    (  # names: the last of several columns, one that no head says, one headed like a plan's
        ["STT|Tiêu chí|Nội dung|Kết quả", "1|Điện|Tỷ lệ hộ dùng điện|100%"],
        [{"text": "Tỷ lệ hộ dùng điện", "value": 100, "unit": "%"}],
    ),
    (
        ["TT|Chỉ tiêu Nghị quyết|NQ năm 2026|Ước TH 6 tháng|% so NQ", "1|Kết nạp đảng viên|45|24|53,3"],
        [{"text": "Kết nạp đảng viên", "unit": "đảng viên", "value": 24, "planned.value": 45, "percent": 53.3}],
    ),
    (  # a cell's own unit, words for a percentage
        ["Chỉ tiêu|Kế hoạch|Thực hiện|Tỷ lệ", "Gieo trồng vụ xuân|320 ha|325 ha|Vượt", "Kiện toàn|12 Tổ|9 Tổ|"],
        [{"value": 325, "unit": "ha", "planned.value": 320, "assessment": "Vượt"}, {"unit": "Tổ"}],
    ),
    (
        ["STT|Nội dung|Cơ quan chủ trì|Thời gian", "1|Trồng 50 cây|Đoàn xã|Tháng 8/2026", "2|Vệ sinh 12 thôn|Hội phụ nữ|Quý III"],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_a_row_gives_one_value_for_each_column_of_what_was_done(rows, expected):
    found = table(*rows)
    assert len(found) == len(expected)
    for actual, fields in zip(found, expected, strict=True):
        assert {path: value_at(actual, path) for path in fields} == fields


ALIGNED = """
TT   Chỉ tiêu                        ĐVT     KH năm    Thực hiện   TH/KH (%)
                                                       6 tháng
1    Diện tích lúa cả năm            ha      58.000    28.740      49,6
2    Tỷ lệ che phủ rừng              %       47,5      47,2        99,4
     toàn huyện

     Đoạn văn sau bảng.
"""


def test_columns_set_by_blanks_are_a_table():
    found = report("I. KẾT QUẢ THỰC HIỆN\n" + ALIGNED)
    check(found)
    assert [(a.text, a.value, a.unit, a.percent, a.planned and a.planned.value) for a in found.actuals] == [
        ("Diện tích lúa cả năm", 28740, "ha", 49.6, 58000), ("Tỷ lệ che phủ rừng toàn huyện", 47.2, "%", 99.4, 47.5),
    ]  # fmt: skip


def test_a_list_of_things_outside_the_parts_on_results_gives_none():
    rows = ["STT\tThôn\tSố hộ\tSố khẩu", "1\tThôn Đông\t120\t480"]
    assert report("I. DANH SÁCH CÁC THÔN\n" + "\n".join(rows)).actuals == ()


def test_a_head_of_two_rows_is_read_as_one():
    rows = ["| STT | Chỉ tiêu | Kế hoạch (người) | Thực hiện | | Tỷ lệ |", "| --- | --- | --- | --- | --- | --- |",
            "| | | | Tháng 6 | 6 tháng | |", "| 1 | Lao động có việc làm | 500 | 45 | 230 | 46 |"]  # fmt: skip
    found = report("I. KẾT QUẢ THỰC HIỆN\n\n" + "\n".join(rows) + "\n").actuals
    assert [(a.value, a.unit, a.percent, a.start and a.start.month) for a in found] == [
        (45, "người", None, 6), (230, "người", 46, 1),
    ]  # fmt: skip
