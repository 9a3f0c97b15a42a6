"""What a report says was reached: the numbers that count, and what qualifies each (docs/actuals.md)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.actuals.draft import Counted
from extract.actuals.prose import read_prose
from extract.actuals.times import report_period
from extract.text import fold
from schemas import Head, PartialDate, Record
from schemas.actual import Actual
from tests.plans import plan, record

TOP = "ỦY BAN NHÂN DÂN\nXÃ AN HÒA\nSố: 12/BC-UBND\nAn Hòa, ngày 05 tháng 7 năm 2026\nBÁO CÁO\nKết quả công tác 6 tháng đầu năm 2026\n\n"
FOOT = "\nTrên đây là báo cáo kết quả công tác 6 tháng đầu năm 2026./.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn An\n"


def report(body: str) -> Record:
    """The record of a report with this body."""
    return record(TOP + body + FOOT)


def said(sentence: str) -> tuple[Actual, ...]:
    """The actual values of a sentence in a part on results; every span cuts what it says."""
    found = report(f"I. KẾT QUẢ THỰC HIỆN\n1. Lĩnh vực\n- {sentence}")
    check(found)
    return found.actuals


def check(found: Record) -> None:
    """Every span cuts the text, and the number's own holds a figure."""
    for actual in found.actuals:
        assert actual.text == " ".join(found.text[s.start : s.end] for s in actual.spans)
        assert actual.span is not None
        printed = found.text[actual.span.start : actual.span.end]
        assert any(c.isdigit() for c in printed)
        assert actual.subject


VALUES: list[tuple[str, list[tuple[float, str]]]] = [
    # counts of what was done
    ("Ban hành 12 văn bản chỉ đạo; tổ chức 03 hội nghị.", [(12, "văn bản"), (3, "hội nghị")]),
    ("Phát 1.500 tờ rơi, dựng 14 pa nô, viết 32 tin, bài.", [(1500, "tờ rơi"), (14, "pa nô"), (32, "tin, bài")]),
    ("Đã tiêm vắc xin cho 2.140 con trâu, bò.", [(2140, "con")]),
    ("Thu hút hơn 850 lượt khách tham quan.", [(850, "lượt khách")]),
    ("Công an xã tuần tra 145 lượt, xử phạt 12 đối tượng với số tiền 36 triệu đồng.", [(145, "lượt"), (12, "đối tượng"), (36, "triệu đồng")]),
    ("Tổng số hồ sơ tiếp nhận: 1.245, trong đó trực tuyến 1.100 hồ sơ.", [(1245, "hồ sơ"), (1100, "hồ sơ")]),
    ("Huy động 2,3 tỷ đồng, trong đó nhân dân đóng góp 0,8 tỷ đồng.", [(2.3, "tỷ đồng"), (0.8, "tỷ đồng")]),
    # rates and levels
    ("Tỷ lệ che phủ rừng duy trì ở mức 54,3%.", [(54.3, "%")]),
    ("100% trẻ mầm non được khám sức khỏe.", [(100, "%")]),
    ("Nâng tỷ lệ người tham gia bảo hiểm y tế từ 91,2% lên 94,5%.", [(94.5, "%")]),
    ("Số vụ cháy giảm từ 12 vụ xuống còn 7 vụ.", [(7, "vụ")]),
    ("Chỉ số cải cách hành chính xếp thứ 5/34.", [(5, "rank")]),
    ("Chỉ số hài lòng đạt 86,45 điểm.", [(86.45, "điểm")]),
    # what is no value of its own
    ("Mở 08 lớp tập huấn với 320 học viên tham gia.", [(8, "lớp tập huấn")]),
    ("Tập huấn cho 90/110 cán bộ; còn 20 cán bộ sẽ tập huấn trong tháng 8.", [(90, "cán bộ")]),
    ("Xây 06 cầu dân sinh (thôn Thượng 02 cầu, thôn Hạ 04 cầu).", [(6, "cầu")]),
    ("Thành lập 12 câu lạc bộ, gồm 05 câu lạc bộ thể thao, 07 câu lạc bộ văn nghệ.", [(12, "câu lạc bộ")]),
    ("Hỗ trợ 30 hộ nghèo sửa nhà, mỗi hộ 50 triệu đồng.", [(30, "hộ nghèo")]),
    ("Thực hiện Đề án 06 và Kế hoạch số 15/KH-UBND ngày 12/01/2026.", []),
    ("Không có trường hợp tử vong; dịch vụ công mức độ 4 vận hành ổn định.", []),
    ("Tuy nhiên, vẫn còn 12 hộ chưa di dời.", []),
    ("Phấn đấu đến cuối năm xóa 15 nhà tạm.", []),
    ("Hoàn thành 12 nhiệm vụ, chưa thực hiện 02 nhiệm vụ.", [(12, "nhiệm vụ")]),
    ("Tổng thu ngân sách tăng 12% so với cùng kỳ.", []),
    # numbers behind words that name others: "hướng dẫn", "biên bản", "ngoại khóa", "kỷ luật", "các loại"
    ("Hướng dẫn 45 hộ lập hồ sơ; lập biên bản 245 trường hợp; phản ánh 30 đơn.", [(45, "hộ"), (245, "trường hợp"), (30, "đơn")]),
    ("Ngoại khóa 02 buổi; kỷ luật 02 đảng viên; cây các loại 12.430 ha; đường 2,5 km.", [(2, "buổi"), (2, "đảng viên"), (12430, "ha"), (2.5, "km")]),
    ("Tiêm phòng 350 liều vắc xin tại thôn 10 xã Ea Tu, đường 30 tháng 4.", [(350, "liều")]),
    # places and owners, those present, repetitions
    ("Doanh thu của 03 hợp tác xã ước đạt 1,24 tỷ đồng.", [(1.24, "tỷ đồng")]),
    ("Tổ chức 09 buổi chiếu phim tại 09/17 ấp, có 168 người xem.", [(9, "buổi"), (168, "người")]),
    ("Mở 08 hội nghị với 476/512 đảng viên tham gia, đạt 92,97%.", [(8, "hội nghị"), (476, "đảng viên")]),
    ("Có 24 lớp, bố trí đủ 24 phòng học.", [(24, "lớp"), (24, "phòng học")]),
    ("Có 61 em tiêm đủ 03 mũi; tỷ lệ khám thai đủ 4 lần đạt 92%.", [(61, "em"), (92, "%")]),
    # shares with a thing of their own, and those without
    ("Khám cho 679/681 học sinh; 100% học sinh có thẻ bảo hiểm y tế.", [(679, "học sinh"), (100, "%")]),
    ("Có 45 giáo viên, trong đó 60% là nữ.", [(45, "giáo viên"), (60, "%")]),
    ("Có 297 em hoàn thành tốt (43,6%), 13 em chưa hoàn thành (1,9%).", [(297, "em"), (13, "em")]),
    ("Xếp loại tốt 25,4%, khá 41,2%, chưa đạt 1,5%.", [(25.4, "%"), (41.2, "%"), (1.5, "%")]),
    ("Đón 234.500 lượt khách, tăng 15% về lượt khách và 18% về doanh thu so với cùng kỳ.", [(234500, "lượt khách")]),
    ("Có 12/15 thôn hoàn thành đại hội, 03 thôn sẽ tổ chức trong tháng 7.", [(12, "thôn")]),
    ("Giống Đài Thơm 8 chiếm 38%.", [(38, "%")]),
    ("Hỗ trợ 12 hộ, mức hỗ trợ 300.000 đồng/tháng.", [(12, "hộ")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "values"), VALUES)
def test_each_number_of_something_done_is_a_value_and_those_that_qualify_it_are_none(sentence, values):
    assert [(a.value, a.unit) for a in said(sentence)] == values


QUALIFIED: list[tuple[str, dict[str, Any]]] = [
    ("Cấp thẻ cho 116/136 đoàn viên, đạt 85,3%.", {"of": 136, "percent": 85.3, "percent_of": "whole"}),
    ("Kết nạp 12 đảng viên, đạt 80% chỉ tiêu Nghị quyết.", {"of": None, "percent": 80, "percent_of": "plan"}),
    ("Trồng 45,6 ha rừng, bằng 91,2% kế hoạch năm.", {"value": 45.6, "percent": 91.2, "percent_of": "plan"}),
    ("Có 3.010 hộ dùng nước sạch (68,9%).", {"percent": 68.9, "percent_of": "whole"}),
    ("Đã chi 1,86 tỷ đồng/3,4 tỷ đồng, bằng 54,7% dự toán.", {"of": 3.4, "percent": 54.7, "percent_of": "plan"}),
    ("Xây 12/10 mô hình, đạt 120%.", {"of": 10, "percent": 120, "percent_of": "plan"}),
    ("Có 45 thôn trong tổng số 60 thôn đạt chuẩn, chiếm 75%.", {"value": 45, "of": 60, "percent": 75}),
    ("Tỷ lệ tiêm chủng đạt 96,5% (kế hoạch 95%).", {"planned.value": 95, "planned.unit": "%"}),
    ("Thu phí qua mạng đạt 72%, chưa đạt chỉ tiêu (80%).", {"value": 72, "planned.value": 80}),
    ("Kế hoạch giao 34 buổi, đã thực hiện 9 buổi, đạt 26,5%.", {"value": 9, "planned.value": 34, "percent_of": "plan"}),
    ("Khám cho 2.340 người cao tuổi, đạt 92% kế hoạch (2.540 người).", {"planned.value": 2540, "percent": 92}),
    ("Tiếp nhận 3.942 đơn, tăng 21% so với cùng kỳ năm 2025.", {"difference.change": "increase", "difference.value": 21, "difference.unit": "%", "difference.base": "cùng kỳ năm 2025"}),
    ("Tỷ lệ hộ nghèo còn 6,2%, giảm 0,9% so với đầu năm do có sinh kế.", {"value": 6.2, "difference.change": "decrease", "difference.base": "đầu năm"}),
    ("Tỷ lệ hồ sơ đúng hạn đạt 98,7%, giảm 1,4 điểm phần trăm so với quý trước.", {"difference.unit": "điểm %", "difference.value": 1.4}),
    ("Có 31 học sinh bỏ học, giảm 12 em so với năm trước.", {"difference.unit": "em"}),
    ("Giải quyết việc làm cho 345 lao động, vượt 15% so với kế hoạch.", {"difference.change": "increase", "difference.base": "kế hoạch"}),
    ("Thời gian xử lý bình quân giảm còn 25 phút/hồ sơ.", {"value": 25, "unit": "phút", "per": "hồ sơ", "difference": None}),
    ("Thu nhập bình quân đạt 68,5 triệu đồng/người/năm.", {"value": 68.5, "per": "người/năm"}),
    ("Giải quyết hồ sơ đúng hạn đạt 99,2% (3.210/3.236 hồ sơ).", {"value": 3210, "unit": "hồ sơ", "of": 3236, "percent": 99.2}),
    ("Giá trị sản xuất đạt 125,4 tỷ đồng, bằng 52,3% kế hoạch và tăng 4,5% so với năm 2025.", {"percent": 52.3, "difference.value": 4.5}),
    ("Số người đóng bảo hiểm: 320 người, tăng 45 người (tăng 16,4%) so với đầu năm.", {"difference.value": 45, "difference.base": "đầu năm"}),
    ("Kết nạp 03 đảng viên (đạt 60% chỉ tiêu).", {"percent": 60, "percent_of": "plan"}),
    ("Hiến 125 đơn vị máu/kế hoạch 120 đơn vị.", {"value": 125, "planned.value": 120}),
    ("Đơn vị xếp thứ 5/34.", {"value": 5, "unit": "rank", "of": 34}),
    ("Lũy kế đến ngày 15/6/2026, có 204 người cai nghiện.", {"as_of": dt.date(2026, 6, 15), "start": dt.date(2026, 1, 1)}),
    ("Tính đến ngày 30/6/2026, có 204 người cai nghiện.", {"as_of": None, "end": dt.date(2026, 6, 30)}),
    ("Trong quý II năm 2026, tổ chức 04 phiên chợ.", {"value": 4, "start": dt.date(2026, 4, 1), "end": dt.date(2026, 6, 30)}),
    ("Tổ chức 04 phiên chợ.", {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 6, 30), "group": "I.1"}),
    ("Sơ kết quý II; riêng lớp tập huấn trong tháng 12/2025 có 155 thành viên.", {"start": dt.date(2025, 12, 1), "end": dt.date(2025, 12, 31)}),
    ("Có 142/162 thành viên dự đủ 02 lớp tập huấn, đạt 87,7%.", {"value": 142, "percent": 87.7, "percent_of": "whole"}),
    ("Mức độ hài lòng đạt 95,6% (chỉ tiêu năm: trên 95%).", {"planned.comparator": ">", "planned.value": 95}),
    ("Kiện toàn 11/11 tổ trong tháng 3/2026.", {"start": dt.date(2026, 3, 1), "end": dt.date(2026, 3, 31)}),
    ("Từ ngày 15/12/2025 đến ngày 14/6/2026 xảy ra 18 vụ.", {"start": dt.date(2025, 12, 15), "end": dt.date(2026, 6, 14)}),
    ("Lũy kế đến ngày 15/6/2026 có 204 người cai nghiện.", {"end": dt.date(2026, 6, 15)}),
    ("Năm 2026, xây 12 cầu.", {"end": dt.date(2026, 6, 30)}),
    ("Kết nạp 25 đoàn viên, so với chỉ tiêu giao đạt 83,3%.", {"percent": 83.3, "percent_of": "plan", "planned": None}),
    ("Giáo viên giỏi 19/26 người, đạt 73,1%, vượt chỉ tiêu 3,1%.", {"percent": 73.1, "planned": None, "difference.base": "chỉ tiêu", "difference.value": 3.1}),
    ("Tỷ lệ hồ sơ trả lại là 2,1%, cao hơn mức kế hoạch cho phép (1,5%).", {"planned.value": 1.5, "difference": None}),
    ("Giúp 08 phụ nữ thoát nghèo, đạt 160% chỉ tiêu (KH 5).", {"percent": 160, "planned.value": 5, "planned.unit": "phụ nữ"}),
    ("Dư nợ 28,6 tỷ đồng/612 hộ vay.", {"value": 28.6, "of": None}),
    ("Có 56 ca mắc, tăng gấp 2,3 lần so với cùng kỳ năm 2025.", {"difference.value": 2.3, "difference.unit": "lần", "difference.base": "cùng kỳ năm 2025"}),
    ("Phẫu thuật 340 ca, tăng 20 ca so với 9 tháng đầu năm 2025.", {"difference.base": "9 tháng đầu năm 2025"}),
    ("Tiếp nhận 36 đơn, so với cùng kỳ giảm 04 đơn.", {"difference.change": "decrease", "difference.base": "cùng kỳ"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), QUALIFIED)
def test_what_qualifies_a_number_is_told_with_it(sentence, expected):
    (actual,) = said(sentence)
    assert {path: value_at(actual, path) for path in expected} == expected


BASES: list[tuple[str, dict[str, Any]]] = [
    ("Rút ngắn thời gian xử lý từ 3 ngày xuống 1,5 ngày.", {"value": 1.5, "baseline.value": 3, "baseline.unit": "ngày", "baseline.label": None}),
    ("Nâng tỷ lệ giao dịch qua mạng từ 62% năm 2025 lên 70%.", {"value": 70, "baseline.value": 62, "baseline.label": "năm 2025", "baseline.as_of": dt.date(2025, 12, 31)}),
    ("Tỷ lệ hộ nghèo giảm từ 4,5% đầu năm xuống 3,1%.", {"value": 3.1, "baseline.label": "đầu năm", "baseline.as_of": None}),
    ("Tiếp nhận 1.320 hồ sơ (cùng kỳ năm 2025: 1.200 hồ sơ).", {"value": 1320, "baseline.value": 1200, "baseline.as_of": dt.date(2025, 6, 30)}),
    ("Có 56 ca, tăng 32 ca so với cuối năm 2025 (24 ca).", {"baseline.value": 24, "baseline.as_of": dt.date(2025, 12, 31), "difference.value": 32}),
    ("Đầu năm có 120 hộ nghèo, đến nay còn 98 hộ nghèo.", {"value": 98, "baseline.value": 120}),
    ("Số vụ vi phạm giảm 12 vụ (từ 45 vụ xuống 33 vụ).", {"value": 33, "difference.value": 12, "baseline.value": 45}),
    ("Khám 340 ca (trong tháng 5: 60 ca).", {"value": 340, "baseline": None}),
    ("Nâng tỷ lệ phủ sóng từ 60% đến 85%.", {"value": 85, "baseline.value": 60}),
    ("Giải quyết hồ sơ bình quân từ 3 đến 5 ngày.", {"value": 3, "baseline": None}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), BASES)
def test_an_earlier_figure_that_the_report_gives_itself_is_the_baseline(sentence, expected):
    (actual,) = said(sentence)
    assert {path: value_at(actual, path) for path in expected} == expected


def test_changes_told_after_several_values_belong_to_those_that_count_the_same():
    found = said(
        "Xảy ra 06 vụ, làm chết 02 người, bị thương 05 người; so với cùng kỳ giảm 03 vụ, tăng 01 người chết, giảm 02 người bị thương."
    )
    assert [(a.value, a.difference and (a.difference.change, a.difference.value)) for a in found] == [
        (6, ("decrease", 3)), (2, ("increase", 1)), (5, ("decrease", 2)),
    ]  # fmt: skip


def test_what_is_cumulated_in_mid_sentence_is_that_number_alone():
    found = said("Tháng 6/2026 thu nhận 86 hồ sơ, lũy kế từ đầu năm 1.124 hồ sơ; kích hoạt 75 tài khoản.")
    assert [(a.value, a.start and a.start.month) for a in found] == [(86, 6), (1124, 1), (75, 6)]


INDICATORS = [
    # what is a part of a value, or what it brought in, is about the same
    ("Hướng dẫn trực tiếp 5.000 lượt người dân; riêng quý II hướng dẫn 1.200 lượt.", ["outreach", "outreach"]),
    ("Hướng dẫn trực tiếp 500 lượt người dân; lũy kế 6 tháng được 5.200 lượt.", ["outreach", "outreach"]),
    ("Hướng dẫn trực tiếp 500 lượt người dân; riêng Đoàn xã tặng 20 suất quà.", ["outreach", "other"]),
    ("Đưa 12 sản phẩm lên sàn thương mại điện tử; doanh thu đạt 240 triệu đồng.", ["ecommerce", "ecommerce"]),
    ("Nuôi 12 lồng cá; doanh thu đạt 240 triệu đồng.", ["other", "other"]),
]


@pytest.mark.parametrize(("sentence", "codes"), INDICATORS)
def test_what_goes_on_about_a_value_has_its_indicator(sentence, codes):
    assert [a.indicator for a in said(sentence)] == codes


UNREAD = [
    ("Chỉ số sản xuất công nghiệp tăng 8,2% so với cùng kỳ.", True),
    ("Kết quả chấm là 14.", True),
    ("Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2026.", False),
    ("Tuy nhiên, tỷ lệ chỉ đạt 62%.", False),
    ("Trồng 40 ha rừng. Giảm 3 ha so với cùng kỳ.", False),
]


@pytest.mark.parametrize(("sentence", "told"), UNREAD)
def test_a_sentence_on_results_whose_figures_gave_nothing_is_told(sentence, told):
    problems = report(f"I. KẾT QUẢ THỰC HIỆN\n1. Lĩnh vực\n- {sentence}").problems
    assert any(p.code == "unread_text" for p in problems) is told


def value_at(actual: Actual, path: str) -> Any:
    """A field, or a field of a field: "planned.value"."""
    found: Any = actual
    for name in path.split("."):
        found = getattr(found, name) if found is not None else None
    return found


SUBJECTS = [
    ("Số lượt người được tư vấn là 3.742 lượt.", "Số lượt người được tư vấn"),
    ("Tỷ lệ hộ có nhà tiêu hợp vệ sinh 93,7%.", "Tỷ lệ hộ có nhà tiêu hợp vệ sinh"),
    ("Tổng kinh phí đã chi 86,4 triệu đồng.", "Tổng kinh phí đã chi"),
    ("Có 139/147 thành viên được tập huấn, đạt 94,6%.", "thành viên được tập huấn"),
    ("Cấp lại giấy phép cho 12 cơ sở.", "Cấp lại giấy phép cơ sở"),
]


@pytest.mark.parametrize(("sentence", "subject"), SUBJECTS)
def test_the_subject_is_what_is_counted(sentence, subject):
    (actual,) = said(sentence)
    assert actual.subject == subject


PARTS = [
    ("I. ĐẶC ĐIỂM TÌNH HÌNH\nXã có 12 thôn, 3.400 hộ.\nII. KẾT QUẢ THỰC HIỆN\nTrồng 40 ha rừng.", [40]),
    ("I. KẾT QUẢ THỰC HIỆN\n1. Kinh tế\nTrồng 40 ha rừng.\nII. TỒN TẠI, HẠN CHẾ\nCòn 12 hộ nghèo.", [40]),
    ("I. TÌNH HÌNH THỰC HIỆN\n- Trồng 40 ha rừng.\n- Hạn chế: 05 thôn chưa có loa.\nII. KIẾN NGHỊ\nHỗ trợ 05 bộ loa.", [40]),
    ("I. KẾT QUẢ\n1. Đã làm 05 cầu.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM\n1. Làm 07 cầu.", [5]),
    ("I. KẾT QUẢ\n1. Đã làm 05 cầu.\nII. NHIỆM VỤ TRỌNG TÂM\n1. Kết quả phải đạt 07 cầu.", [5]),
    ("I. TÌNH HÌNH DỊCH BỆNH\nGhi nhận 12 ca.\nII. TÌNH HÌNH ĐỘI NGŨ\nCó 05 bác sĩ.\nIII. DỰ TOÁN NĂM 2027\nChi 15 tỷ đồng.", [12]),
    ("I. KẾT QUẢ\nXây 05 cầu.\nII. KẾ HOẠCH SẢN XUẤT VỤ TỚI\n1. Gieo sạ\nGieo 40 ha.\nIII. MỤC TIÊU NĂM 2027\n1. Xây\nXây 07 cầu.", [5]),
    ("I. ĐÁNH GIÁ\n1. Kết quả đạt được\n- Xây 05 cầu.\n2. Khó khăn, vướng mắc\n- Có 02 cầu chậm.\n3. Nguyên nhân\n- Thiếu 03 kỹ sư.", [5]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "values"), PARTS)
def test_only_the_parts_on_results_give_values(body, values):
    assert [a.value for a in report(body).actuals] == values


def test_a_plan_gives_none():
    assert plan("I. KẾT QUẢ THỰC HIỆN NĂM 2025\n- Trồng 40 ha rừng.\nII. NHIỆM VỤ\n- Trồng 50 ha rừng.").actuals == ()


PERIODS = [
    ("Kết quả công tác quý I năm 2026; phương hướng, nhiệm vụ quý II năm 2026", "2026-01-01", "2026-03-31"),
    ("Kết quả 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2026", "2026-01-01", "2026-06-30"),
    ("Kết quả thực hiện nhiệm vụ tháng 5, phương hướng nhiệm vụ tháng 6 năm 2026", "2026-05-01", "2026-05-31"),
    ("Tổng kết công tác năm 2025, phương hướng, nhiệm vụ năm 2026", "2025-01-01", "2025-12-31"),
    ("Tình hình 9 tháng năm 2026", "2026-01-01", "2026-09-30"),
    ("Kết quả công tác tuần 22, nhiệm vụ tuần 23 năm 2026", None, None),
    ("Kết quả công tác tuần 23 (từ ngày 05/6/2026 đến ngày 11/6/2026)", "2026-06-05", "2026-06-11"),
    ("Sơ kết học kỳ I năm học 2025 - 2026", None, None),
    ("Kết quả sản xuất vụ Đông Xuân 2025 - 2026", None, None),
    ("Kết quả thực hiện nhiệm vụ thu ngân sách 6T/2026", "2026-01-01", "2026-06-30"),
    ("Tổng kết hoạt động nhiệm kỳ 2021 - 2026", None, None),
    ("Tình hình quý III và 9 tháng đầu năm 2026", "2026-07-01", "2026-09-30"),
    ("Sơ kết 5 năm thực hiện Đề án giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
]


@pytest.mark.parametrize(("title", "start", "end"), PERIODS)
def test_the_period_is_that_of_the_title_before_what_comes_next(title, start, end):
    found = report_period(Head(title=title))
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (start, end)


def test_a_title_without_a_time_leaves_it_to_the_lead():
    lead = "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2026 năm 2026, UBND xã báo cáo kết quả quý I năm 2026 như sau:"
    found = report_period(Head(title="Kết quả chuyển đổi số"), lead)
    assert (found.start, found.end) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def test_a_title_without_a_year_is_of_the_last_such_time_before_its_day():
    found = report_period(
        Head(title="Kết quả tháng 12, nhiệm vụ tháng 01 năm 2026", issued=PartialDate(year=2025, month=12))
    )
    assert (found.start, found.end) == (dt.date(2025, 12, 1), dt.date(2025, 12, 31))


FRONTS = [
    "BÁO CÁO tổng kết công tác năm 2025;\nphương hướng, nhiệm vụ năm 2026",
    "BÁO CÁO\ntổng kết công tác năm 2025;\nphương hướng, nhiệm vụ năm 2026\n-----",
    "BÁO CÁO\nTỔNG KẾT CÔNG TÁC NĂM 2025;\nPHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026",
]


@pytest.mark.parametrize("front", FRONTS)
def test_a_title_may_run_on_over_lines_that_would_be_headings_elsewhere(front):
    top = "ĐẢNG ỦY XÃ AN HÒA\n*\nSố 88-BC/ĐU\nAn Hòa, ngày 12 tháng 12 năm 2025\n\n"
    found = record(
        f"{top}{front}\n\nCăn cứ Công văn số 415-CV/BTCTU, ngày 20/11/2025, Đảng ủy báo cáo như sau:\n\nI- KẾT QUẢ\nKết nạp 14 đảng viên.\n"
    )
    title = (found.document.title or "").lower()
    assert title == "tổng kết công tác năm 2025; phương hướng, nhiệm vụ năm 2026"
    assert (found.document.period.start, found.document.period.end) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert [b.number for b in found.legal_bases] == ["415-CV/BTCTU"]
    assert [a.value for a in found.actuals] == [14]


PIECES = st.sampled_from(
    ["đạt ", "85,3%", " kế hoạch", ", ", "; ", "tăng ", "12/10", " hộ", "(", ")", "trong đó ", "1.200", " so với cùng kỳ", ". ", "còn ", ":", "/", "tổ chức ", "xếp thứ 5", "ngày 15/6/2026", "từ ", " lên ", "gồm "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150)
def test_any_row_of_words_is_read_within_its_bounds(text):
    for draft in read_prose(text, fold(text), 0, Counted(), None).values:
        assert 0 <= draft.start < draft.end <= len(text)
        assert all(0 <= a < b <= len(text) for a, b in draft.pieces)


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_at_all_as_a_report(text):
    check(report(text.replace("\x00", " ")))
