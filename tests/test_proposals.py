"""Proposals: which target a reported value is led to, with what confidence, and the review file there and back."""

import csv
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.links import Link, score_links
from extract.text import unaccented
from publish.progress.proposals.candidates import Level, Plan, Wanted, plans_for
from publish.progress.proposals.matching import proposals
from publish.progress.proposals.proposal import Proposal
from publish.progress.proposals.review import is_review
from publish.progress.proposals.review_columns import REVIEW_COLUMNS
from publish.progress.proposals.wording import Wording, weights
from schemas import (
    Actual,
    Change,
    Citation,
    Comparator,
    Confidence,
    Difference,
    Head,
    IssuerLevel,
    Locality,
    Measure,
    PartialDate,
    PercentOf,
    Period,
    Planned,
    Record,
    Scope,
    Source,
    Span,
    Target,
)
from schemas.actual import Baseline
from tests.conftest import ROOT

KEHOACH = Path(sys.executable).with_name("kehoach")
# Words that half of all targets have say little; the rest say much.
COMMON = dict.fromkeys(
    [
        "ty",
        "le",
        "dat",
        "tren",
        "nguoi",
        "dan",
        "duoc",
        "cua",
        "tai",
        "co",
        "so",
        "cac",
        "va",
        "it",
        "nhat",
        "trong",
        "nam",
        "tu",
    ],
    60,
)
WORDING = Wording(weights(COMMON, 100))
HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))

ONLINE = "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến đạt từ 85% trở lên."
BUSINESSES = "Ít nhất 35 hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền."
TRAINED = "100% thành viên Tổ công nghệ số cộng đồng được tập huấn kỹ năng số."
PROVINCE_CASES = "Hồ sơ trực tuyến cấp tỉnh đạt 90%."
COMMUNE_CASES = "Hồ sơ trực tuyến cấp xã đạt 80%."
INFANTS = "95% trẻ dưới 1 tuổi được tiêm chủng đầy đủ."
CHILDREN = "95% trẻ dưới 5 tuổi được tiêm chủng nhắc lại đầy đủ."
SALES = "Doanh thu bán hàng qua mạng của các hợp tác xã tăng 15% so với năm 2025."
BUDGET = "Huy động 3.000 triệu đồng xã hội hóa cho công tác khuyến học."
TWOFOLD = "85% hồ sơ thủ tục hành chính nộp trực tuyến; 100% kết quả giải quyết được số hóa."


def level(value: float, unit: str = "%", **more: Any) -> Level:
    return Level(Comparator.AT_LEAST, value, unit, **more)


TARGETS = {
    ONLINE: Wanted("online", ONLINE, (level(85, subject="hồ sơ thủ tục hành chính"),), "online_public_services"),
    BUSINESSES: Wanted("businesses", BUSINESSES, (level(35, "hộ kinh doanh"),)),
    TRAINED: Wanted("trained", TRAINED, (level(100, subject="thành viên Tổ"),), "team_training"),
    PROVINCE_CASES: Wanted("province", PROVINCE_CASES, (level(90),)),
    COMMUNE_CASES: Wanted("commune", COMMUNE_CASES, (level(80),)),
    INFANTS: Wanted("infants", INFANTS, (level(95, subject="trẻ dưới 1 tuổi"),)),
    CHILDREN: Wanted("children", CHILDREN, (level(95, subject="trẻ dưới 5 tuổi"),)),
    SALES: Wanted("sales", SALES, (level(15, change=Change.INCREASE),)),
    BUDGET: Wanted("budget", BUDGET, (level(3000, "triệu đồng"),)),
    TWOFOLD: Wanted("twofold", TWOFOLD, (level(85, subject="hồ sơ"), level(100, subject="kết quả"))),
}


def value(text: str, number: float, unit: str = "%", **more: Any) -> Actual:
    return Actual(
        **{"id": f"{text}{number}", "text": text, "subject": text, "value": number, "unit": unit, "confidence": HIGH}
        | more
    )


def plan(*texts: str, **more: Any) -> Plan:
    held = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "named": True, "number": "14/KH-UBND"} | more
    return Plan("plan", "Chuyển đổi số xã Khe Vàng năm 2026", targets=tuple(TARGETS[text] for text in texts), **held)


def report(*actuals: Actual, **head: Any) -> Record:
    told = {
        "kind": "BC",
        "number": "118/BC-UBND",
        "issuer": "UBND xã Khe Vàng",
        "issuer_level": IssuerLevel.COMMUNE,
        "issued": PartialDate(year=2026, month=7, day=2),
        "period": Period(start=HALF_YEAR[0], end=HALF_YEAR[1]),
        "locality": Locality(type="xã", name="Khe Vàng", province="Lạc Giang"),
    }
    source = Source(filename="bao-cao.txt", sha256="a" * 64, media_type="text/plain", extractor="test")
    return Record(id="report", source=source, text="", document=Head(**told | head), actuals=actuals)


def proposed(actuals: list[Actual], *plans: Plan, **head: Any) -> list[Proposal]:
    return proposals(report(*actuals, **head), plans, WORDING)


def found(actual: Actual, *plans: Plan, **head: Any) -> list[tuple[str, float, str]]:
    return [(one.target.id, one.amount.value, one.amount.unit) for one in proposed([actual], *plans, **head)]


EVERYTHING = plan(*TARGETS)
PLANNED_35 = Planned(value=35, unit="hộ")


@pytest.mark.parametrize(
    ("actual", "texts", "expected"),
    [
        (value("Hồ sơ nộp trực tuyến", 80.8), [BUSINESSES, ONLINE, TRAINED], [("online", 80.8, "%")]),
        (value("tỷ lệ nộp trực tuyến hồ sơ hành chính của xã", 80.8), [ONLINE, BUSINESSES], [("online", 80.8, "%")]),
        (value("TTHC có hồ sơ nộp trực tuyến", 80.8), [ONLINE, BUSINESSES], [("online", 80.8, "%")]),
        (
            value("nộp trực tuyến hồ sơ", 1654, "hồ sơ", percent=80.8, percent_of=PercentOf.WHOLE),
            [ONLINE, BUSINESSES],
            [("online", 80.8, "%")],
        ),
        (value("thành viên Tổ CNSCĐ được tập huấn", 113, "thành viên", of=121), [TRAINED], [("trained", 93.39, "%")]),
        (value("hộ kinh doanh dùng hóa đơn điện tử", 21, "hộ"), [BUSINESSES, ONLINE], [("businesses", 21, "hộ kinh doanh")]),
        (value("Huy động xã hội hóa cho khuyến học", 1.86, "tỷ đồng"), [BUDGET], [("budget", 1.86, "tỷ đồng")]),
        (value("Trẻ dưới 5 tuổi tiêm chủng đầy đủ", 91), [INFANTS, CHILDREN], [("children", 91, "%"), ("infants", 91, "%")]),
        (value("Trẻ dưới 1 tuổi tiêm chủng đầy đủ", 91), [INFANTS, CHILDREN], [("infants", 91, "%")]),
        (
            value("Tỷ lệ hồ sơ trực tuyến cấp xã", 71),
            [PROVINCE_CASES, COMMUNE_CASES],
            [("commune", 71, "%"), ("province", 71, "%")],
        ),
        (
            value(
                "Doanh thu bán hàng qua mạng của 03 hợp tác xã", 1.24, "tỷ đồng",
                difference=Difference(change=Change.INCREASE, value=9.5, unit="%", base="cùng kỳ"),
            ),
            [SALES, BUDGET],
            [("sales", 9.5, "%")],
        ),
        (value("kết quả giải quyết được số hóa", 80), [TWOFOLD], [("twofold", 80, "%")]),
        (value("Khảo sát người dân", 310, "phiếu"), list(TARGETS), []),
        (value("Tổng kinh phí đã chi", 187, "triệu đồng"), list(TARGETS), []),
        (value("Đàn lợn", 402_000, "con"), list(TARGETS), []),
        (value("Tỷ lệ hộ nghèo", 6.2), list(TARGETS), []),
        (value("Hồ sơ nộp trực tuyến", 12, "ha"), list(TARGETS), []),
        (value("Hồ sơ tiếp nhận", 2047, "hồ sơ"), [BUSINESSES, TRAINED], []),
    ],
)  # fmt: skip
def test_a_value_is_led_to_its_target_or_to_none(
    actual: Actual, texts: list[str], expected: list[tuple[str, float, str]]
):
    assert found(actual, plan(*texts)) == expected


@pytest.mark.parametrize("text", [ONLINE, BUSINESSES, TRAINED, BUDGET, SALES])
def test_words_without_accents_are_led_to_the_same_target(text: str):
    bare = unaccented(text)
    asked = TARGETS[text].levels[0]
    moved = Difference(change=asked.change, value=9, unit="%") if asked.change else None
    assert found(value(bare, 9, asked.unit, difference=moved), EVERYTHING)[0][0] == TARGETS[text].id


def test_order_and_number_of_the_targets_do_not_matter():
    actual = value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)
    forth, back = list(TARGETS), list(reversed(TARGETS))
    assert found(actual, plan(*forth)) == found(actual, plan(*back))


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (value("hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền", 21, "hộ"), HIGH),
        (value("Hộ dùng hóa đơn", 21, "hộ", planned=PLANNED_35), MEDIUM),
        (value("hộ kinh doanh sử dụng hóa đơn", 21, "hộ", percent=60, percent_of=PercentOf.PLAN), HIGH),
        (value("hộ kinh doanh sử dụng hóa đơn điện tử", 21, "hộ", planned=Planned(value=40, unit="hộ")), LOW),
        (value("hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền", 21, "cơ sở"), MEDIUM),
        (value("hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền", 21, "hộ", confidence=LOW), MEDIUM),
        (value("hộ kinh doanh sử dụng hóa đơn điện tử từ máy tính tiền", 21, "hộ", indicator="ecommerce"), HIGH),
    ],
)  # fmt: skip
def test_confidence_falls_with_every_doubt(actual: Actual, expected: Confidence):
    assert [one.confidence for one in proposed([actual], plan(BUSINESSES))] == [expected]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, HIGH),
        ({"named": False}, MEDIUM),
        ({"named": False, "issuer": "Đảng ủy xã Khe Vàng"}, LOW),
        ({"start": None, "end": None}, MEDIUM),
        ({"end": date(2026, 3, 31)}, MEDIUM),
        ({"start": date(2025, 1, 1), "end": date(2025, 12, 31)}, None),
        ({"start": date(2027, 1, 1), "end": date(2027, 12, 31)}, None),
        ({"start": date(2026, 1, 1), "end": date(2030, 12, 31)}, HIGH),
    ],
)
def test_a_plan_that_is_not_named_or_of_another_time_is_doubted_or_left_out(
    changed: dict[str, Any], expected: Confidence | None
):
    said = [
        one.confidence
        for one in proposed([value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)], plan(ONLINE, **changed))
    ]
    assert said == ([expected] if expected else [])


def test_of_two_targets_that_differ_by_a_word_neither_is_sure_where_the_report_does_not_say_the_word():
    assert {
        one.confidence for one in proposed([value("Hồ sơ trực tuyến", 71)], plan(PROVINCE_CASES, COMMUNE_CASES))
    } <= {MEDIUM, LOW}


def test_a_plans_figure_that_two_targets_share_proves_nothing():
    said = value("Tỷ lệ tiêm chủng trẻ em đầy đủ", 91, planned=Planned(value=95, unit="%"))
    assert HIGH not in {one.confidence for one in proposed([said], plan(INFANTS, CHILDREN))}


def test_a_target_of_two_clauses_is_held_against_the_one_that_the_value_is_of():
    text = "Tối thiểu 48% lực lượng lao động trong độ tuổi tham gia BHXH, trong đó BHXH tự nguyện đạt trên 5%."
    insured = Wanted("insured", text, (level(48), level(5)))
    told = [value("Lao động trong độ tuổi tham gia bảo hiểm xã hội", 46.1), value("bảo hiểm xã hội tự nguyện", 4.2)]
    assert [one.level.value for one in proposed(told, replace(plan(), targets=(insured,)))] == [48, 5]


# What is counted per, for each, in part and in whole; and what the report says in another place.

LIBRARY = Wanted(
    "library",
    "Mỗi trường tiểu học có ít nhất 02 góc đọc sách thân thiện.",
    (level(2, "góc đọc sách", per="trường tiểu học"),),
)
PATROLS = Wanted(
    "patrols", "Mỗi tổ bảo vệ rừng tuần tra ít nhất 24 lượt trong mùa khô.", (level(24, "lượt", per="tổ bảo vệ rừng"),)
)
INCOME = Wanted(
    "income",
    "Thu nhập bình quân của lao động làng nghề đạt 72 triệu đồng/người/năm; mở 03 điểm trưng bày.",
    (level(72, "triệu đồng", per="người/năm"), level(3, "điểm trưng bày")),
)
AMBULANCE = Wanted("ambulance", "Thời gian xe cấp cứu đến hiện trường không quá 15 phút.", (level(15, "phút"),))
SPORT = Wanted("sport", "Tổ chức 04 giải thể thao quần chúng/năm.", (level(4, "giải thể thao", per="năm"),))
WATER = Wanted(
    "water",
    "100% công trình cấp nước tập trung được lấy mẫu kiểm nghiệm; 100% mẫu không đạt được xử lý.",
    (level(100, subject="công trình cấp nước"), level(100, subject="mẫu không đạt")),
)
LATRINES = Wanted("latrines", "Tỷ lệ hộ có nhà tiêu hợp vệ sinh đạt 88%.", (level(88, subject="số hộ"),))
BLOOD = Wanted("blood", "Vận động 450 người đăng ký hiến máu tình nguyện.", (level(450, "người"),))
CRASHES = Wanted(
    "crashes",
    "Giữ vững trật tự đô thị; kéo giảm ít nhất 8% số vụ tai nạn giao thông so với năm 2025.",
    (level(8, change=Change.DECREASE),),
)
KITCHENS = Wanted("kitchens", "22/22 cơ sở lắp camera giám sát khu chế biến.", (level(22, "cơ sở", of=22),))
OTHERS = replace(plan(), targets=(LIBRARY, PATROLS, INCOME, AMBULANCE, SPORT, WATER, LATRINES, BLOOD, CRASHES, KITCHENS))  # fmt: skip
FEWER = Difference(change=Change.DECREASE, value=12.5, unit="%", base="cùng kỳ")
OF_WHOLE, OF_PLAN = ({"percent_of": of} for of in (PercentOf.WHOLE, PercentOf.PLAN))


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (value("Tỷ lệ trường tiểu học có góc đọc sách thân thiện", 71.4), ("library", 71.4, "%", LOW)),
        (value("trường tiểu học có góc đọc sách thân thiện", 10, "trường tiểu học", of=14), ("library", 71.43, "%", LOW)),
        (value("Tỷ lệ trường có góc đọc sách thân thiện", 71.4), ("library", 71.4, "%", LOW)),
        (value("trường có từ 02 góc đọc sách thân thiện", 10, "trường"), ("library", 10, "trường", LOW)),
        (value("góc đọc sách thân thiện ở các trường tiểu học", 31, "góc đọc sách"), ("library", 31, "góc đọc sách", LOW)),
        (value("góc đọc sách thân thiện ở các trường tiểu học", 31, "góc đọc sách",
               planned=Planned(value=28, unit="góc đọc sách")), ("library", 31, "góc đọc sách", LOW)),
        (value("Tổ bảo vệ rừng tuần tra bình quân", 26, "lượt", per="tổ"), ("patrols", 26, "lượt", MEDIUM)),
        (value("Thu nhập bình quân lao động làng nghề", 66, "triệu đồng", per="người"), ("income", 66, "triệu đồng", HIGH)),
        (value("Thời gian xe cấp cứu đến hiện trường", 11.5, "phút", per="ca"), ("ambulance", 11.5, "phút", MEDIUM)),
        (value("giải thể thao quần chúng", 3, "giải thể thao"), ("sport", 3, "giải thể thao", MEDIUM)),
        (value("Công trình cấp nước tập trung được lấy mẫu kiểm nghiệm", 9, "công trình",
               planned=Planned(value=12, unit="công trình")), ("water", 75, "%", MEDIUM)),
        (value("Hộ có nhà tiêu hợp vệ sinh", 1410, "hộ"), ("latrines", 1410, "hộ", LOW)),
        (value("Đăng ký hiến máu", 333, "người", percent=74, **OF_PLAN), ("blood", 333, "người", HIGH)),
        (value("xảy ra vụ tai nạn giao thông", 14, "vụ", difference=FEWER), ("crashes", 12.5, "%", MEDIUM)),
        (value("Bếp ăn bán trú đã lắp camera giám sát khu chế biến", 19, "bếp ăn", of=22), ("kitchens", 19, "bếp ăn", MEDIUM)),
    ],
)  # fmt: skip
def test_a_number_may_answer_a_target_in_another_form(actual: Actual, expected: tuple[str, float, str, Confidence]):
    said = [(one.target.id, one.amount.value, one.amount.unit, one.confidence) for one in proposed([actual], OTHERS)]
    assert said == [expected]


@pytest.mark.parametrize(
    "actual",
    [
        value("Tổng thu nhập của làng nghề", 66, "triệu đồng", per="sản phẩm"),
        value("góc đọc sách thân thiện", 2, "góc đọc sách", per="thôn"),
        value("Chi hỗ trợ xe cấp cứu", 15, "triệu đồng", per="ca"),
        value("giáo viên tiểu học đạt chuẩn", 92, "giáo viên", of=95),
        value("Tỷ lệ trường tiểu học đạt chuẩn quốc gia", 64.3),
        value("lượt tuyên truyền bảo vệ rừng", 118, "lượt"),
        value("vụ vi phạm đất đai", 7, "vụ", difference=FEWER),
        value("Bếp ăn ký cam kết", 19, "bếp ăn", of=22),
        value("Hộ được vay vốn", 410, "hộ"),
    ],
)
def test_numbers_of_another_form_and_another_thing_are_led_to_none(actual: Actual):
    assert proposed([actual], OTHERS) == []


QUARTER = {"start": date(2026, 4, 1), "end": date(2026, 6, 30)}


@pytest.mark.parametrize(
    ("before", "actual", "expected"),
    [
        (value("người đăng ký hiến máu tình nguyện", 41, "người", **QUARTER),
         value("lũy kế từ đầu năm có người", 200, "người"), ("blood", MEDIUM)),
        (value("người đăng ký hiến máu tình nguyện", 41, "người", **QUARTER),
         value("cộng dồn người", 333, "người", percent=74, **OF_PLAN), ("blood", HIGH)),
        (value("người đăng ký hiến máu tình nguyện", 200, "người"), value("riêng quý II có người", 41, "người", **QUARTER),
         ("blood", MEDIUM)),
        (value("người đăng ký hiến máu tình nguyện", 200, "người"), value("thăm hỏi người", 41, "người"), None),
        (value("người đăng ký hiến máu tình nguyện", 200, "người"),
         value("quý II tuyên truyền về phòng bệnh mùa hè cho người", 41, "người", **QUARTER), None),
        (value("người đăng ký hiến máu tình nguyện", 200, "người"), value("riêng quý II có buổi", 4, "buổi", **QUARTER), None),
        (value("người đăng ký hiến máu tình nguyện", 200, "người", group="I.1"),
         value("riêng quý II có người", 41, "người", group="I.2", **QUARTER), None),
    ],
)  # fmt: skip
def test_a_clause_that_names_nothing_goes_on_from_the_value_before(
    before: Actual, actual: Actual, expected: tuple[str, Confidence] | None
):
    said = [(one.target.id, one.confidence) for one in proposed([before, actual], OTHERS) if one.actual is actual]
    assert said == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("actual", "elsewhere", "expected"),
    [
        (value("Nhà tiêu hợp vệ sinh", 1410, "Hộ"),
         value("hộ có nhà tiêu hợp vệ sinh", 1410, "hộ", percent=83.2, **OF_WHOLE), ("latrines", 83.2, "%", MEDIUM)),
        (value("Thu nhập lao động làng nghề", 66, "triệu đồng"),
         value("Thu nhập bình quân lao động làng nghề", 66, "triệu đồng", per="người"), ("income", 66, "triệu đồng", MEDIUM)),
        (value("Nhà tiêu hợp vệ sinh", 1410, "Hộ"), value("hộ được vay vốn", 1410, "hộ", percent=83.2, **OF_WHOLE), None),
        (value("Nhà tiêu hợp vệ sinh", 1410, "Hộ"), value("hộ có nhà tiêu hợp vệ sinh", 1398, "hộ", of=1700), None),
    ],
)  # fmt: skip
def test_the_same_number_elsewhere_in_the_report_says_what_a_row_does_not(
    actual: Actual, elsewhere: Actual, expected: tuple[str, float, str, Confidence] | None
):
    found = [one for one in proposed([actual, elsewhere], OTHERS) if one.actual is actual]
    said = [(one.target.id, one.amount.value, one.amount.unit, one.confidence) for one in found]
    assert [one for one in said if one[2] != "Hộ"] == ([expected] if expected else [])


def test_a_report_that_says_no_time_is_about_the_months_before_it_was_signed():
    head = {"period": Period(), "issued": PartialDate(year=2027, month=1, day=12)}
    actual = value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)
    assert found(actual, plan(ONLINE), **head)
    assert not found(actual, plan(ONLINE), **head | {"issued": PartialDate(year=2027, month=4, day=12)})


def test_a_value_of_a_second_level_is_never_sure():
    one = proposed([value("kết quả giải quyết được số hóa", 80, planned=Planned(value=100, unit="%"))], plan(TWOFOLD))[
        0
    ]
    assert one.confidence is MEDIUM
    assert one.level.value == 100


def test_quarter_and_sum_are_both_of_one_target_each_with_its_own_time():
    subject = "hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền"
    quarter = value(subject, 9, "hộ", start=date(2026, 4, 1), end=date(2026, 6, 30))
    total = value(subject, 21, "hộ", start=date(2026, 1, 1), end=date(2026, 6, 30))
    said = [(one.target.id, one.time.start, one.confidence) for one in proposed([quarter, total], plan(BUSINESSES))]
    assert said == [("businesses", date(2026, 4, 1), HIGH), ("businesses", date(2026, 1, 1), HIGH)]


def test_where_two_values_of_one_time_answer_a_target_the_one_further_from_it_is_doubted():
    whole = value("hộ kinh doanh sử dụng hóa đơn điện tử khởi tạo từ máy tính tiền", 21, "hộ")
    part = value("hộ kinh doanh ở chợ sử dụng hóa đơn điện tử từ máy tính tiền", 4, "hộ")
    assert [one.confidence for one in proposed([whole, part], plan(BUSINESSES))] == [HIGH, MEDIUM]


def test_the_plan_of_this_year_comes_before_the_one_of_five_years_that_the_report_does_not_name():
    five = Plan(
        "five",
        "Chuyển đổi số giai đoạn 2026 - 2030",
        start=date(2026, 1, 1),
        end=date(2030, 12, 31),
        targets=(TARGETS[ONLINE],),
    )
    said = proposed([value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)], five, plan(ONLINE))
    assert [(one.plan.id, one.confidence) for one in said] == [("plan", HIGH), ("five", LOW)]


def test_a_plan_without_its_number_is_known_by_the_title_that_the_report_cites():
    nameless = plan(ONLINE, named=False, number=None)
    base = Citation(
        kind="KH",
        number="52/KH-UBND",
        date=date(2026, 1, 22),
        title="về chuyển đổi số xã năm 2026",
        span=Span(start=0, end=1),
    )
    actual = value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)
    cited = report(actual).model_copy(update={"legal_bases": (base,)})
    other = base.model_copy(update={"title": "về phòng, chống bệnh dại trên đàn chó, mèo"})
    uncited = cited.model_copy(update={"legal_bases": (other,)})
    names = Wording(WORDING.weight, (" khe vàng ",))
    assert [proposals(one, [nameless], names)[0].confidence for one in (cited, uncited)] == [HIGH, MEDIUM]


def test_no_figure_stands_for_a_day_after_the_report_was_signed():
    early = PartialDate(year=2026, month=6, day=22)
    one = proposed([value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8)], plan(ONLINE), issued=early)[0]
    assert (one.time.as_of, one.time.end) == (date(2026, 6, 22), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), [MEDIUM]), (date(2025, 6, 30), [LOW]), (date(2024, 6, 30), []), (None, [])],
)
def test_an_earlier_figure_that_the_report_gives_is_proposed_as_base(day: date | None, expected: list[Confidence]):
    base = Baseline(value=71.2, unit="%", label="Cùng kỳ", as_of=day)
    said = proposed([value("hồ sơ thủ tục hành chính nộp trực tuyến", 80.8, baseline=base)], plan(ONLINE))
    assert [(one.amount.value, one.confidence) for one in said if one.is_base] == [(71.2, level) for level in expected]


# The plans that a report may be about, in a database.


def record(key: str, *, title: str, texts: tuple[str, ...] = (ONLINE,), **head: Any) -> Record:
    told = {
        "kind": "KH",
        "number": None,
        "title": title,
        "issuer": "UBND xã Khe Vàng",
        "issuer_level": IssuerLevel.COMMUNE,
        "period": Period(start=date(2026, 1, 1), end=date(2026, 12, 31)),
        "locality": Locality(type="xã", name="Khe Vàng", province="Lạc Giang"),
    }
    text = f"{title}\n" + "\n".join(texts)
    targets = tuple(
        Target(
            id=f"{key}-C{at}",
            text=one,
            scope=Scope.SPECIFIC,
            indicator=TARGETS[one].indicator,
            measures=tuple(
                Measure(comparator=m.comparator, value=m.value, unit=m.unit, subject=m.subject, change=m.change)
                for m in TARGETS[one].levels
            ),
            confidence=HIGH,
            spans=(Span(start=text.index(one), end=text.index(one) + len(one)),),
        )
        for at, one in enumerate(texts, 1)
    )
    source = Source(filename=f"{key}.txt", sha256=key, media_type="text/plain", extractor="test")
    return Record(id=key, source=source, text=text, document=Head(**told | head), targets=targets)


def kehoach(*arguments: object, code: int = 0) -> str:
    """What a command says on stderr."""
    done = subprocess.run([KEHOACH, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stderr


def built(folder: Path, *records: Record) -> Path:
    """A database of records."""
    for one in records:
        (folder / f"{one.id}.json").write_text(one.model_dump_json(), "utf-8")
    kehoach("build", *folder.glob("*.json"), "--db", folder / "plans.db")
    return folder / "plans.db"


PLACE = {"locality": Locality(type="xã", name="Khe Vàng")}


def test_only_plans_of_the_same_place_and_level_are_looked_at(tmp_path: Path):
    own = record(
        "own", title="Chuyển đổi số năm 2026", number="14/KH-UBND", issued=PartialDate(year=2026, month=1, day=22)
    )
    bare = record("bare", title="Cải cách hành chính năm 2026", **PLACE)
    others = [
        record("province", title="Chuyển đổi số tỉnh", issuer_level=IssuerLevel.PROVINCE, issuer="UBND tỉnh Lạc Giang",
               locality=Locality(type="tỉnh", name="Lạc Giang", province="Lạc Giang")),
        record("namesake", title="Chuyển đổi số", locality=Locality(type="xã", name="Khe Vàng", province="Hà Trầm")),
        record("longer", title="Chuyển đổi số", locality=Locality(type="xã", name="Khe Vàng Thượng", province="Lạc Giang")),
        record("school", title="Chuyển đổi số", issuer="Trường Tiểu học Khe Vàng", issuer_level=IssuerLevel.OTHER),
    ]  # fmt: skip
    base = Citation(kind="KH", number="14/KH-UBND", date=date(2026, 1, 22), span=Span(start=0, end=1))
    asked = report(value("hồ sơ nộp trực tuyến", 80.8)).model_copy(update={"legal_bases": (base,)})
    with closing(sqlite3.connect(built(tmp_path, own, bare, *others))) as connection:
        assert {one.id: one.named for one in plans_for(connection, asked)} == {"own": True, "bare": False}
        school = asked.model_copy(update={"document": others[3].document.model_copy(update={"kind": "BC"})})
        assert [one.id for one in plans_for(connection, school)] == ["school"]


def test_a_result_that_says_a_target_again_is_no_second_candidate(tmp_path: Path):
    said = record("own", title="Chuyển đổi số", texts=(ONLINE, BUSINESSES))
    (first, *_), again = said.targets, said.targets[0]
    result = again.model_copy(update={"id": "own-C9", "scope": Scope.RESULT})
    both = said.model_copy(update={"targets": (result, *said.targets)})
    with closing(sqlite3.connect(built(tmp_path, both))) as connection:
        (looked_at,) = plans_for(connection, report(value("hồ sơ nộp trực tuyến", 80.8)))
        assert [target.id for target in looked_at.targets] == [first.id, "own-C2"]


def test_building_and_proposing_enter_nothing(sample: tuple[Path, Path], tmp_path: Path):
    db = tmp_path / "plans.db"
    kehoach("build", *sample[0].parent.glob("*.txt"), "--db", db)
    kehoach("progress", "propose", db, "--out", tmp_path / "duyet.xlsx")
    assert rows(db, "select count(*) > 20 from report_actuals") == [(1,)]
    for table in ("actuals", "baselines", "reported_states", "refused_links"):
        assert rows(db, f"select count(*) from {table}") == [(0,)]


def test_candidates_are_found_by_indexes_alone(tmp_path: Path):
    statements: list[str] = []
    db = built(tmp_path, record("own", title="Chuyển đổi số"))
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("delete from sqlite_stat1")  # which says that tables are so small that no index is worth it
        connection.commit()
    with closing(sqlite3.connect(db)) as connection:
        connection.set_trace_callback(statements.append)
        assert plans_for(connection, report(value("hồ sơ nộp trực tuyến", 80.8)))
        connection.set_trace_callback(None)
        plans = [row[3] for sql in statements for row in connection.execute(f"explain query plan {sql}")]
    assert plans
    assert not [step for step in plans if step.startswith("SCAN")]


# The review file, by the commands that people use.


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with a plan and the report on it, and a database of the plan alone."""
    folder = tmp_path_factory.mktemp("review")
    for name in ("mau-17-chuyen-doi-so-xa.txt", "baocao-03-xa-chuyen-doi-so-6-thang.txt"):
        (folder / name).write_bytes((ROOT / "corpus" / "plans" / name).read_bytes())
    kehoach("build", folder / "mau-17-chuyen-doi-so-xa.txt", "--db", folder / "plan.db")
    return folder / "plan.db", folder / "baocao-03-xa-chuyen-doi-so-6-thang.txt"


@pytest.fixture(scope="module")
def reviews(sample: tuple[Path, Path]) -> Path:
    """A folder with the review files of that report."""
    for name in ("duyet.xlsx", "duyet.csv"):
        kehoach("progress", "propose", sample[0], "--report", sample[1], "--out", sample[0].with_name(name))
    return sample[0].parent


@pytest.fixture
def db(sample: tuple[Path, Path], tmp_path: Path) -> Path:
    (tmp_path / "plans.db").write_bytes(sample[0].read_bytes())
    return tmp_path / "plans.db"


def copied(review: Path, folder: Path) -> Path:
    return Path(shutil.copy(review, folder))


def decided(review: Path, by_confidence: dict[str, str], **changes: Any) -> None:
    """Write decisions, and changes to the first row, into a review file."""
    titles = {column.name.value: column.title for column in REVIEW_COLUMNS}
    if review.suffix == ".csv":
        with review.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row[titles["decision"]] = by_confidence.get(row[titles["confidence"]], "")
        rows[0].update({titles[name]: str(new) for name, new in changes.items()})
        with review.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return
    book = load_workbook(review)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        said = str(page.cell(row, columns[titles["confidence"]]).value)
        page.cell(row, columns[titles["decision"]]).value = by_confidence.get(said)
    for name, new in changes.items():
        page.cell(2, columns[titles[name]]).value = new
    book.save(review)


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


ENTERED = """
    select targets.text, actuals.value, actuals.unit, actuals.as_of, period_start, period_end, source, report_id, note
    from actuals join targets on targets.id = target_id order by target_id, actuals.value
"""
AT = ("--recorded-at", "2026-07-01T08:00:00")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_accepted_rows_of_a_report_that_is_not_in_the_database_are_entered_once(
    reviews: Path, db: Path, tmp_path: Path, form: str
):
    review = copied(reviews / f"duyet.{form}", tmp_path)
    assert is_review(review)
    assert rows(db, "select count(*) from actuals") == [(0,)]
    decided(review, {"Cao": "Nhận"})
    kehoach("progress", "import", db, review, *AT)
    entered = rows(db, ENTERED)
    assert ("Không quá 1,5% hồ sơ bị trả lại để bổ sung nhiều hơn một lần.", 2.1, "%") in [row[:3] for row in entered]
    assert {row[3:6] for row in entered} >= {("2026-06-22", "2026-01-01", "2026-06-30")}
    assert all("tệp baocao-03-xa-chuyen-doi-so-6-thang.txt, sha256" in row[6] and row[7] is None for row in entered)
    kehoach("progress", "import", db, review, *AT)
    assert rows(db, ENTERED) == entered


def test_values_entered_and_links_refused_are_not_asked_again_even_after_a_rebuild(
    sample: tuple[Path, Path], db: Path, tmp_path: Path
):
    review, again, all_again = (tmp_path / name for name in ("duyet.xlsx", "lai.csv", "tat-ca.csv"))
    kehoach("build", *sample[0].parent.glob("*.txt"), "--db", db)
    kehoach("progress", "propose", db, "--locality", "khe vang", "--out", review)
    decided(review, {"Cao": "Nhận", "Vừa": "Bỏ", "Thấp": "Bỏ"})
    kehoach("progress", "import", db, review, *AT)
    entered, refused = rows(db, ENTERED), rows(db, "select * from refused_links order by id")
    assert entered
    assert refused
    assert {row[7] for row in entered} == {row[0] for row in rows(db, "select id from plans where kind = 'BC'")}
    kehoach("build", *sample[0].parent.glob("*.txt"), "--db", db)
    assert (rows(db, ENTERED), rows(db, "select * from refused_links order by id")) == (entered, refused)
    kehoach("progress", "propose", db, "--out", again)
    assert len(again.read_text("utf-8-sig").splitlines()) == 1
    kehoach("progress", "propose", db, "--again", "--out", all_again)
    assert len(all_again.read_text("utf-8-sig").splitlines()) > len(refused)


def test_an_entered_value_shows_where_in_the_report_it_stands(sample: tuple[Path, Path], db: Path, tmp_path: Path):
    kehoach("build", *sample[0].parent.glob("*.txt"), "--db", db)
    kehoach("progress", "propose", db, "--out", tmp_path / "duyet.xlsx")
    decided(tmp_path / "duyet.xlsx", {"Cao": "Nhận"})
    kehoach("progress", "import", db, tmp_path / "duyet.xlsx", *AT)
    sql = """
        select substr(plans.text, span_start + 1, span_end - span_start), actuals.value
        from actuals join plans on plans.id = report_id where actuals.value = 2.1
    """
    said = rows(db, sql)
    assert [(one.partition(",")[0], number) for one, number in said] == [("2", 2.1)]


def test_a_review_made_before_the_database_was_built_anew_still_applies(
    sample: tuple[Path, Path], reviews: Path, db: Path, tmp_path: Path
):
    decided(copied(reviews / "duyet.csv", tmp_path), {"Cao": "Nhận"})
    db.unlink()
    kehoach("build", *sample[0].parent.glob("*.txt"), "--db", db)
    kehoach("progress", "import", db, tmp_path / "duyet.csv", *AT)
    assert {row[0] for row in rows(db, "select report_id from actuals")} == {
        row[0] for row in rows(db, "select id from plans where kind = 'BC'")
    }


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_corrected_number_is_entered_as_corrected(reviews: Path, db: Path, tmp_path: Path, form: str):
    review = copied(reviews / f"duyet.{form}", tmp_path)
    decided(review, {}, decision="nhan", value=99 if form == "xlsx" else "99")
    kehoach("progress", "import", db, review, *AT)
    assert rows(db, "select value, unit, note from actuals") == [(99.0, "%", "sửa khi duyệt; máy đọc được: 100 %")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decision": "có lẽ"}, "không rõ quyết định “có lẽ”"),
        ({"decision": "Nhận", "value": "nhiều"}, "không phải số"),
        ({"decision": "Nhận", "target": "khong-co"}, "không có chỉ tiêu hay nhiệm vụ nào mang mã khong-co"),
        ({"decision": "Nhận", "value": "120"}, "nằm ngoài"),
        ({"decision": "Nhận", "as_of": "1/1/2030"}, "sau ngày nhập"),
    ],
)
def test_accepted_rows_are_checked_as_all_others(
    reviews: Path, db: Path, tmp_path: Path, changes: dict[str, str], said: str
):
    review = copied(reviews / "duyet.csv", tmp_path)
    decided(review, {}, **changes)
    told = kehoach("progress", "import", db, review, *AT, code=1)
    assert said in told
    assert "dòng 2" in told
    assert rows(db, "select count(*) from actuals") == [(0,)]


def test_a_person_may_choose_another_target_and_one_for_a_value_without_proposals(
    sample: tuple[Path, Path], db: Path, tmp_path: Path
):
    review = tmp_path / "duyet.csv"
    (other,) = rows(db, "select id from targets where text like '02 mô hình%' or text like '%02 mô hình thôn%'")
    kehoach("progress", "propose", db, "--report", sample[1], "--all-values", "--out", review)
    decided(review, {}, decision="Nhận", target=other[0], unit="mô hình", value="1")
    kehoach("progress", "import", db, review, *AT)
    assert rows(db, "select target_id, value from actuals") == [(other[0], 1.0)]
    assert len(review.read_text("utf-8-sig").splitlines()) > 25


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--report", "khong-co.docx"], "khong-co.docx: không có báo cáo nào như vậy"),
        (["--locality", "xã Không Đâu"], "xã Không Đâu: không có báo cáo nào như vậy"),
        ([], "cơ sở dữ liệu không có báo cáo nào"),
    ],
)
def test_what_can_not_be_proposed_from_is_said(db: Path, tmp_path: Path, given: list[str], said: str):
    assert said in kehoach("progress", "propose", db, *given, "--out", tmp_path / "duyet.xlsx", code=1)
    assert not (tmp_path / "duyet.xlsx").exists()


# The score of links.


def test_links_are_scored_by_first_proposals_and_by_what_is_left_alone(tmp_path: Path):
    for folder in ("gold", "reports", "plans"):
        (tmp_path / folder).mkdir()
    (tmp_path / "gold" / "bc.txt.json").write_text(
        '{"doc": "bc.txt", "actuals": ['
        '{"text": "hồ sơ nộp trực tuyến 80%", "value": 80, "unit": "%", "target": {"plan": "kh", "starts": "Tỷ lệ hồ sơ"}},'
        '{"text": "khảo sát 310 phiếu", "value": 310, "unit": "phiếu"}]}', "utf-8"
    )  # fmt: skip
    (tmp_path / "reports" / "bc.txt.json").write_text(
        '{"actuals": [{"text": "hồ sơ nộp trực tuyến 80%", "value": 80, "unit": "%", "span": {"start": 5}},'
        '{"text": "khảo sát 310 phiếu", "value": 310, "unit": "phiếu", "span": {"start": 40}}]}', "utf-8"
    )  # fmt: skip
    (tmp_path / "plans" / "kh.txt.json").write_text(
        '{"id": "k", "targets": [{"id": "k-C1", "text": "Tỷ lệ hồ sơ trực tuyến 85%"}, {"id": "k-C2", "text": "Khác"}]}', "utf-8"
    )  # fmt: skip

    def scored(*links: Link) -> dict[str, tuple[int, int]]:
        rows = score_links(tmp_path / "gold", tmp_path / "reports", tmp_path / "plans", links).rows
        return {name: (row.right, row.found) for name, row in rows.items()}

    first, second = Link("bc.txt", 5, "k-C1", 1, "high"), Link("bc.txt", 5, "k-C2", 1, "high")
    wrong = Link("bc.txt", 40, "k-C2", 1, "high")
    assert scored(first) == {"right proposals first": (1, 1), "right high proposals": (1, 1), "no wrong link": (1, 1)}
    assert scored(second, wrong) == {
        "right proposals first": (0, 1),
        "right high proposals": (0, 2),
        "no wrong link": (0, 1),
    }
    assert scored() == {"right proposals first": (0, 1), "right high proposals": (0, 0), "no wrong link": (1, 1)}
