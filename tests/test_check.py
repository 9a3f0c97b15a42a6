"""What a plan leaves open or contradicts is said, with its place, and nothing is said of a sound one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extract.check import Findings, problems_in, rated
from extract.check.damage import damages
from extract.find.citations import find_citations
from extract.find.letterhead import find_head
from extract.items import items_of
from extract.lexicon import phrases
from extract.lines import clean
from extract.link.context import Context
from extract.link.targets import targets_of
from extract.link.tasks import tasks_of
from extract.model import Reading
from extract.outline import outline_of
from extract.read import document_of
from extract.tables import tables_of
from extract.text import fold
from schemas import (
    Candidate,
    Citation,
    Comparator,
    Confidence,
    Deadline,
    DeadlineKind,
    Head,
    Locality,
    Measure,
    PartialDate,
    Period,
    Problem,
    Scope,
    Severity,
    Span,
    Target,
)
from schemas.codelists import by_code
from tests.plans import FOOT, HEAD

GOALS = "I. MỤC TIÊU\n- 100% hộ dân ký cam kết giữ vệ sinh chung.\n"
TASKS = (
    "II. NHIỆM VỤ, GIẢI PHÁP\n1. Tuyên truyền\n- Tổ chức tuyên truyền trên hệ thống loa trong tháng 3/2026.\n"
    "2. Kiểm tra\n- Kiểm tra các hộ kinh doanh trước ngày 30/6/2026.\n"
)
DUTIES = "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Chủ trì kiểm tra các hộ kinh doanh hằng quý.\n"
BODY = GOALS + TASKS + DUTIES


def findings(text: str) -> Findings:
    """The stages before checking, run on a text."""
    reading = clean(document_of(Path("x.txt"), text.encode()))
    outline = outline_of(reading)
    head = find_head(reading, body_start=outline.start, body_end=outline.end)
    context = Context("x", reading, 2026)
    items = items_of(reading, outline, tables_of(outline))
    bases = find_citations(reading, 0, outline.start)
    return Findings(
        reading, outline, items, head, bases, tuple(targets_of(items, context)), tuple(tasks_of(items, context))
    )


def plan(body: str) -> Findings:
    return findings(HEAD + body + FOOT)


def problems(found: Findings, code: str) -> list[Problem]:
    return [problem for problem in problems_in(found) if problem.code == code]


def quoted(found: Findings, problem: Problem) -> str:
    assert problem.span is not None
    return found.reading.text[problem.span.start : problem.span.end]


def test_nothing_worse_than_a_note_is_said_of_a_sound_plan():
    assert [p for p in problems_in(plan(BODY)) if p.severity is not Severity.INFO] == []


# The head


def with_head(**fields: object) -> Findings:
    """A sound plan with other fields in its head."""
    sound = plan(BODY)
    return replace(sound, head=sound.head.model_copy(update=fields))


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        (PartialDate(year=2026, month=1), "để trống ngày."),
        (PartialDate(year=2026), "để trống ngày, tháng."),
        (PartialDate(), "Không thấy ngày ban hành."),
    ],
)
def test_what_is_blank_in_the_day_of_issue_is_named(issued, said):
    assert said in problems(with_head(issued=issued), "date_incomplete")[0].message


def test_a_blank_number_is_told_from_a_missing_one():
    assert "KH-UBND" in problems(with_head(number=None), "number_blank")[0].message
    assert "Không thấy số" in problems(with_head(number=None, symbol=None), "number_blank")[0].message


def test_a_plan_without_a_signers_name_carries_a_note():
    assert problems(findings(HEAD + BODY + "\nTrên đây là Kế hoạch./.\n"), "signer_blank")[0].severity is Severity.INFO


YEAR = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))
TERM = Period(start=date(2026, 1, 1), end=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("issued", "period", "conflict"),
    [
        (PartialDate(year=2026, month=1, day=5), YEAR, False),
        (PartialDate(year=2025, month=12), YEAR, False),  # plans for the next year are issued at this one's end
        (PartialDate(year=2025), YEAR, False),
        (PartialDate(year=2025, month=1), YEAR, True),
        (PartialDate(year=2027, month=1), YEAR, True),
        (PartialDate(year=2024), YEAR, True),
        (PartialDate(year=2025, month=1), TERM, False),
        (PartialDate(), YEAR, False),
        (PartialDate(year=2026), Period(), False),
    ],
)
def test_a_day_of_issue_in_another_year_than_the_plan_is_a_conflict(issued, period, conflict):
    assert bool(problems(with_head(issued=issued, period=period), "date_conflict")) is conflict


@pytest.mark.parametrize(
    ("issued", "based_on", "conflict"),
    [
        (PartialDate(year=2026, month=1, day=5), date(2026, 1, 6), True),
        (PartialDate(year=2026, month=1, day=5), date(2026, 1, 5), False),
        (PartialDate(year=2026, month=1), date(2026, 1, 31), False),
        (PartialDate(year=2026, month=1), date(2026, 2, 1), True),
        (PartialDate(year=2026), date(2026, 12, 31), False),
    ],
)
def test_a_day_of_issue_before_a_legal_basis_is_a_conflict(issued, based_on, conflict):
    basis = Citation(number="3/KH-UBND", date=based_on, span=Span(start=0, end=1))
    found = replace(with_head(issued=issued, period=Period()), legal_bases=[basis])
    assert bool(problems(found, "date_conflict")) is conflict


def test_an_ambiguous_place_is_named_with_its_candidates():
    two = tuple(Candidate(code=name, name="An Khê", type="xã", province=name) for name in ("Gia Lai", "Phú Thọ"))
    found = with_head(locality=Locality(type="xã", name="An Khê", candidates=two))
    assert "Gia Lai, Phú Thọ" in problems(found, "locality_ambiguous")[0].message
    decided = with_head(locality=Locality(type="xã", name="An Khê", province="Gia Lai", candidates=two))
    assert problems(decided, "locality_ambiguous") == []


# Form

ISSUER = "UBND XÃ AN KHÊ\nSố: "
DECISION = "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\nĐiều 1. Thành lập Tổ công tác.\n"
LETTER = "Kính gửi: Các thôn trên địa bàn xã.\nĐề nghị các thôn báo cáo trước ngày 5/3/2026.\n"
POEM = "Chiều về trên bến sông quê\nCon đò nhẹ lướt, bốn bề gió đưa\nAi đi để lại nắng trưa\n"
OTHERS = [
    (ISSUER + "9/BC-UBND\nBÁO CÁO\nKết quả quý I\n" + BODY + FOOT, "báo cáo"),
    (ISSUER + "9/QĐ-UBND\n" + DECISION, "quyết định"),
    (ISSUER + "9/UBND-VX\n" + LETTER, "công văn"),
    (POEM, "Không thấy tên KẾ HOẠCH"),
]


@pytest.mark.parametrize(("text", "kind"), OTHERS, ids=["report", "decision", "letter", "poem"])
def test_another_kind_of_document_is_no_plan(text, kind):
    found = problems(findings(text), "not_a_plan")
    assert [p.severity for p in found] == [Severity.HIGH]
    assert kind in found[0].message


def test_a_report_is_read_all_the_same():
    assert findings(OTHERS[0][0]).tasks


def test_a_plan_whose_letterhead_was_lost_is_still_a_plan():
    assert problems(findings(BODY + FOOT), "not_a_plan") == []


def test_a_text_without_letters_is_empty():
    reading = Reading("", ())
    found = Findings(reading, outline_of(reading), (), Head(), (), (), ())
    assert [p.code for p in problems_in(found)] == ["empty_document"]


LONG = "- Kiểm tra các hộ kinh doanh trên địa bàn xã trước ngày 30/6/2026, báo cáo Ủy ban nhân dân xã.\n" * 40


@pytest.mark.parametrize(
    ("end", "severity"),
    [
        ("- Phối hợp với các ngành tuyên truyền đến từng hộ dân, nhất là", [Severity.HIGH]),
        ("- Phối hợp với các ngành tuyên truyền.", [Severity.MEDIUM]),
        ("Trên đây là Kế hoạch, đề nghị các đơn vị thực hiện./.", []),
        (FOOT, []),
    ],
)
def test_a_long_text_that_just_stops_is_truncated(end, severity):
    assert [p.severity for p in problems(findings(HEAD + BODY + LONG + end), "text_truncated")] == severity


# Numbering


def numbered(*marks: str) -> str:
    return "".join(f"{mark} Tổ chức tuyên truyền, hướng dẫn người dân thực hiện.\n" for mark in marks)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (["1.", "2.", "3."], None),
        (["1.", "2.", "4."], "sau “2.” là “4.”, số bị nhảy"),
        (["1.", "2.", "2.", "3."], "số “2.” lặp lại"),
        (["1.", "2.", "3.", "2."], "sau “3.” là “2.”, số quay lại"),
        (["3.", "4."], "danh sách bắt đầu từ “3.”"),
        (["a)", "b)", "c)", "d)", "đ)", "e)"], None),
        (["a)", "b)", "c)", "d)", "e)"], None),  # đ is often left out
        (["a)", "c)"], "sau “a)” là “c)”, số bị nhảy"),
        (["(1)", "(2)", "(4)"], "sau “(2)” là “(4)”, số bị nhảy"),
        (["-", "-", "-"], None),
    ],
)
def test_ordinals_that_skip_repeat_or_go_back_are_told(marks, said):
    found = plan(GOALS + "II. NHIỆM VỤ\n" + numbered(*marks) + DUTIES)
    broken = problems(found, "numbering_broken")
    assert [p.message for p in broken] == ([f"Mục II: {said}."] if said else [])


def test_a_list_that_begins_anew_under_another_paragraph_is_not_broken():
    lists = [f"{lead}:\n{numbered('(1)', '(2)')}" for lead in ("Tuyên truyền trên loa", "Kiểm tra tại chợ")]
    assert problems(plan(GOALS + "II. NHIỆM VỤ\n" + "".join(lists) + DUTIES), "numbering_broken") == []


def test_numbers_that_run_on_over_sections_are_not_broken():
    body = "I. MỤC TIÊU\n1. Giữ vệ sinh chung.\nII. NHIỆM VỤ\n" + numbered("2.", "3.") + DUTIES
    assert problems(plan(body), "numbering_broken") == []


# Damaged words


@pytest.mark.parametrize(
    "text",
    ["mang tính hình thức", "chỉ tiêu thương mại", "các áp phích", "áp dụng trong tháng 6", "yếu tố trưởng thành",
     "các nhân viên y tế", "Đắk Lắk, Krông Pắc", "Cư Jút", "CO2 và H2O", "www.l0l.vn/2o20", "một số sức khỏe",
     "trực tuyên truyền"],
)  # fmt: skip
def test_sound_words_are_left_alone(text):
    assert damages(text, fold(text)) == ()


@pytest.mark.parametrize("text", [e for p in phrases("checks", "damaged") for e in p.examples])
def test_every_damaged_example_is_found(text):
    assert damages(text, fold(text))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("tổ chức thưc hiện tốt", "thưc"),
        ("nhất là hộ nghèo, nhât là", "nhât"),
        ("năm 2O26", "2O26"),
        ("trên 9O% hộ dân", "9O"),
        ("l00% ấp", "l00"),
        ("ngày 0l tháng 4", "0l"),
        ("trước ngày l5/6/2026", "l5"),
    ],
)
def test_a_lost_tone_and_a_letter_for_a_figure_are_damage(text, printed):
    assert [text[d.start : d.end] for d in damages(text, fold(text))] == [printed]


def test_a_damaged_word_is_one_problem_with_its_count():
    found = plan(BODY + "- Nắm tính hình các hộ; báo cáo tính hình hằng quý.\n")
    assert [p.message for p in problems(found, "ocr_suspect")] == ["“tính hình” (2 chỗ): có lẽ là “tình hình”."]
    assert quoted(found, problems(found, "ocr_suspect")[0]) == "tính hình"


# Targets and tasks against each other


def target(text: str, subject: str, value: float, comparator: str = "=", **more: object) -> Target:
    measure = Measure(comparator=Comparator(comparator), value=value, unit="%", subject=subject)
    fields = {"scope": Scope.SPECIFIC, "indicator": "digital_skills", **more}
    return Target(id=text, text=text, measures=(measure,), **fields)


SKILLED = target("100% người dân trưởng thành có kỹ năng số", "người dân trưởng thành", 100)
CONFLICTS = [
    (target("60% người dân trong độ tuổi trưởng thành được xác nhận", "người dân", 60), True),
    (target("100% người dân trưởng thành biết dùng VNeID", "người dân trưởng thành", 100), False),
    (target("Trên 85% người dân trưởng thành biết dùng VNeID", "người dân trưởng thành", 85, ">"), False),
    (target("Dưới 40% người dân trưởng thành chưa có", "người dân trưởng thành", 40, "<"), True),
    (target("60% cán bộ xã có kỹ năng số", "cán bộ xã", 60), False),
    (target("60% người dân trưởng thành ở vùng sâu có kỹ năng số", "người dân trưởng thành", 60), False),
    (target("60% người dân trưởng thành", "người dân trưởng thành", 60, scope=Scope.RESULT), False),
    (target("60% người dân trưởng thành", "người dân trưởng thành", 60, indicator="outreach"), False),
    (target("60% người dân trưởng thành", "người dân trưởng thành", 60,
            due=Deadline(kind=DeadlineKind.BY, end=date(2026, 6, 30))), False),
]  # fmt: skip


@pytest.mark.parametrize(("other", "conflict"), CONFLICTS, ids=[t.text for t, _ in CONFLICTS])
def test_two_shares_of_the_same_people_that_exclude_each_other_are_a_conflict(other, conflict):
    found = replace(plan(BODY), targets=(SKILLED, other))
    assert bool(problems(found, "targets_conflict")) is conflict


def test_targets_of_no_known_indicator_are_not_compared():
    unknown = [t.model_copy(update={"indicator": "other"}) for t in (SKILLED, CONFLICTS[0][0])]
    assert problems(replace(plan(BODY), targets=unknown), "targets_conflict") == []


def test_a_deadline_over_before_the_day_of_issue_is_told_once_for_its_place():
    body = BODY.replace("30/6/2026", "30/6/2025")
    found = plan(body)
    early = problems(found, "deadline_before_issue")
    assert [quoted(found, p) for p in early] == [found.tasks[1].deadline.text]
    assert "30/06/2025" in early[0].message


def test_a_month_that_the_day_of_issue_lies_in_is_not_over():
    assert problems(plan(BODY.replace("30/6/2026", "31/01/2026")), "deadline_before_issue") == []


def test_tasks_without_unit_are_counted_by_section():
    found = problems(plan(BODY), "task_without_unit")
    assert [(p.severity, p.message.partition(",")[0]) for p in found] == [
        (Severity.INFO, "Mục II: 2 trong 2 nhiệm vụ không nêu đơn vị")
    ]


# Coverage


def test_a_paragraph_that_is_in_no_record_is_told():
    found = plan(BODY)
    second = found.tasks[1]
    less = replace(found, tasks=(found.tasks[0], *found.tasks[2:]), items=())
    unread = problems(less, "unread_text")
    assert [quoted(less, p) for p in unread] == [second.text]


def test_unread_paragraphs_one_after_another_are_one_problem():
    found = plan(GOALS + "II. NHIỆM VỤ\n" + numbered("-", "-", "-") + DUTIES)
    less = replace(found, tasks=tuple(t for t in found.tasks if t.group == "III.1"), items=())
    assert [p.message.partition(":")[2][:7] for p in problems(less, "unread_text")] == [" 3 đoạn"]


def test_a_section_of_no_known_kind_is_told_where_nothing_of_it_was_read():
    tale = "Cây đa đầu làng có từ lâu đời, bóng mát che cả sân đình, ai qua cũng dừng chân. " * 4
    body = GOALS + TASKS + f"III. CHUYỆN BÊN LỀ\n{tale}\n"
    assert "Mục III" in problems(plan(body), "unread_text")[0].message


@pytest.mark.parametrize(
    "line",
    ["Tên gọi: Tổ công nghệ số cộng đồng của thôn, tổ dân phố.", "https://binhdanhocvuso.gov.vn/khoa-hoc/ky-nang-so",
     "(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026)", "Cụ thể các nội dung được phân công như sau:"],
)  # fmt: skip
def test_what_the_guide_leaves_out_is_not_unread(line):
    assert problems(plan(GOALS + TASKS + line + "\n" + DUTIES), "unread_text") == []


def test_a_table_with_unknown_columns_is_told_with_its_rows():
    rows = "".join(f"{i}\tBể nước công cộng thôn {i}\tĐã xuống cấp từ nhiều năm nay\n" for i in range(1, 4))
    found = plan(BODY + "2. Hiện vật theo dõi\n\nTT\tHiện vật\tTình trạng\n" + rows)
    assert not any("Bể nước" in t.text for t in found.tasks)
    assert "3 hàng của bảng" in problems(found, "unread_text")[0].message


# Confidence


def confidence_of(body: str, opening: str) -> Confidence:
    found = plan(body)
    targets, tasks = rated(found)
    return next(r.confidence for r in (*targets, *tasks) if r.text.startswith(opening))


def test_a_plain_plan_is_read_with_high_confidence():
    targets, tasks = rated(plan(BODY))
    assert {r.confidence for r in (*targets, *tasks)} == {Confidence.HIGH}


@pytest.mark.parametrize(
    ("line", "opening", "level"),
    [
        ("- Bộ phận một cửa được bố trí thêm một máy tính.", "Bộ phận", Confidence.MEDIUM),  # opens with no duty's verb
        ("- Nắm tính hình các hộ kinh doanh.", "Nắm", Confidence.MEDIUM),  # a damaged word
        ("- Họp dân.", "Họp dân", Confidence.LOW),  # too short to be a whole task
        ("- Rà soát các hộ, lập danh sách (theo mẫu của tỉnh", "Rà soát", Confidence.LOW),  # broken off
    ],
)
def test_each_doubt_lowers_the_confidence_of_a_task(line, opening, level):
    assert confidence_of(GOALS + TASKS + line + "\n" + DUTIES, opening) is level


def test_a_target_with_a_number_in_no_measure_is_not_sure():
    found = plan(BODY)
    bare = replace(found, targets=tuple(t.model_copy(update={"measures": ()}) for t in found.targets))
    assert [t.confidence for t in rated(bare)[0]] == [Confidence.LOW]


def test_every_code_raised_is_of_the_codelist_and_has_a_place():
    for text, _ in OTHERS:
        for problem in problems_in(findings(text)):
            assert problem.code in by_code("problem_codes")


TARGET_TABLE = (
    "| TT | {head} |\n|---|---|---|---|---|\n| 1 | {row} |\n| 2 | Số mô hình nuôi lươn | mô hình | 03 | - |\n"
)
TARGET_HEAD = "Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2026 | Ghi chú"
TARGET_ROWS = [
    (TARGET_HEAD, "Tỷ lệ chuồng trại có hầm biogas | % | trên 60 | -", Confidence.HIGH),
    (TARGET_HEAD, "Xếp hạng chỉ số xanh | hạng | Nhóm 12 | -", Confidence.HIGH),
    # a figure that gave nothing, one without a unit, a column of words that are not known
    (TARGET_HEAD, "Tỷ lệ chuồng trại có hầm biogas | % | theo chỉ đạo | -", Confidence.MEDIUM),
    (TARGET_HEAD, "Chuồng trại có hầm biogas |  | 60 | -", Confidence.MEDIUM),
    ("Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2026 | Vùng miền", "Trại có hầm biogas | trại | 60 | Đồi núi",
     Confidence.MEDIUM),
    (TARGET_HEAD, "Tỷ lệ chuồng trại có hầm biogas (hộ nuôi từ | % | 60 | -", Confidence.LOW),  # broken off
]  # fmt: skip


@pytest.mark.parametrize(("head", "row", "level"), TARGET_ROWS)
def test_a_row_of_targets_is_as_sure_as_its_columns_were_understood(head, row, level):
    body = "I. MỤC TIÊU\n" + TARGET_TABLE.format(head=head, row=row) + TASKS + DUTIES
    assert rated(plan(body))[0][0].confidence is level


WORK_TABLE = (
    "| TT | Nhiệm vụ | Đơn vị thực hiện | Thời gian |\n|---|---|---|---|\n| 1 | {row} |\n"
    "| 2 | Kiểm tra hầm biogas của các trại | Trạm Thú y | Quý II/2026 |\n"
    "| 3 | Hướng dẫn ủ phân cho các trại nhỏ |  |  |\n"
)
WORK_ROWS = [
    ("Lắp đặt hầm biogas cho trại lớn | Phòng Kinh tế | Quý III/2026", Confidence.HIGH),
    ("Hầm biogas cho trại quy mô lớn | Phòng Kinh tế | Quý III/2026", Confidence.MEDIUM),  # no verb
    ("Lắp hầm | Phòng Kinh tế | Quý III/2026", Confidence.LOW),
    ("Hướng dẫn ủ phân cho các trại nhỏ | Phòng Kinh tế | Quý III/2026", Confidence.HIGH),
]


@pytest.mark.parametrize(("row", "level"), WORK_ROWS)
def test_a_row_of_work_needs_no_stop_at_its_end(row, level):
    body = GOALS + "II. NHIỆM VỤ\n" + WORK_TABLE.format(row=row) + DUTIES
    assert confidence_of(body, row.partition(" |")[0]) is level


def test_a_row_with_what_the_row_above_says_is_less_sure():
    body = GOALS + "II. NHIỆM VỤ\n" + WORK_TABLE.format(row=WORK_ROWS[0][0]) + DUTIES
    assert confidence_of(body, "Kiểm tra hầm") is Confidence.HIGH
    assert confidence_of(body, "Hướng dẫn ủ phân") is Confidence.MEDIUM
