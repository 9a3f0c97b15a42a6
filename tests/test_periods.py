"""What a title, a lead paragraph or a section on time says a plan is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.periods import period_of

STATED = [
    ("năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ("Chuyển đổi số xã Rạch Kiến năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ("giai đoạn 2026-2030", "2026-01-01", "2030-12-31", "2026-2030"),
    ("giai đoạn 2026 – 2030, định hướng đến năm 2045", "2026-01-01", "2030-12-31", "2026 – 2030"),
    ("kế hoạch 5 năm 2026-2030", "2026-01-01", "2030-12-31", "2026-2030"),
    ("từ năm 2025 đến năm 2030", "2025-01-01", "2030-12-31", "2025 đến năm 2030"),
    ("năm 2026 và giai đoạn 2026-2030", "2026-01-01", "2030-12-31", "2026-2030"),
    ("năm 2025 và năm 2026", "2025-01-01", "2026-12-31", "2025 và năm 2026"),
    ("đến năm 2030", None, "2030-12-31", "đến năm 2030"),
    ("đến năm 2030, tầm nhìn đến năm 2045", None, "2030-12-31", "đến năm 2030"),
    ("năm học 2025-2026", "2025-09-01", "2026-05-31", "năm học 2025-2026"),
    ("NĂM HỌC 2025 – 2026", "2025-09-01", "2026-05-31", "NĂM HỌC 2025 – 2026"),
    ("học kỳ I năm học 2025-2026", "2025-09-01", "2026-01-31", "học kỳ I năm học 2025-2026"),
    ("Tháng hành động tháng 5 năm 2026", "2026-05-01", "2026-05-31", "tháng 5 năm 2026"),
    ("tháng 02/2024", "2024-02-01", "2024-02-29", "tháng 02/2024"),
    ("quý I/2026", "2026-01-01", "2026-03-31", "quý I/2026"),
    ("quý III và quý IV năm 2026", "2026-07-01", "2026-12-31", "quý III và quý IV năm 2026"),
    ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
    ("06 tháng cuối năm 2026", "2026-07-01", "2026-12-31", "06 tháng cuối năm 2026"),
    ("đợt cao điểm từ 15/12/2025 đến 15/3/2026", "2025-12-15", "2026-03-15", "từ 15/12/2025 đến 15/3/2026"),
    ("từ ngày 15/12 đến hết ngày 15/3/2026", "2025-12-15", "2026-03-15", "từ ngày 15/12 đến hết ngày 15/3/2026"),
    ("Từ ngày 01 tháng 5 năm 2026 đến ngày 31 tháng 5 năm 2026", "2026-05-01", "2026-05-31", None),
    ("từ ngày 01 đến ngày 30/6/2026", "2026-06-01", "2026-06-30", "từ ngày 01 đến ngày 30/6/2026"),
    ("Từ tháng 3 đến tháng 6/2026", "2026-03-01", "2026-06-30", "tháng 3 đến tháng 6/2026"),
    ("từ tháng 9/2025 đến hết tháng 5/2026", "2025-09-01", "2026-05-31", "tháng 9/2025 đến hết tháng 5/2026"),
    ("từ ngày ký ban hành đến hết ngày 31/12/2026", None, "2026-12-31", "đến hết ngày 31/12/2026"),
    ("tháng 3 và tháng 4 năm 2026", "2026-03-01", "2026-04-30", "tháng 3 và tháng 4 năm 2026"),
    ("từ nay đến cuối năm 2025", None, "2025-12-31", "đến cuối năm 2025"),
    ("Xây dựng đô thị thông minh đến 2030", None, "2030-12-31", "đến 2030"),
    ("Đón Tết Nguyên đán Bính Ngọ 2026", "2026-01-01", "2026-12-31", "2026"),
    ("phổ biến, giáo dục pháp luật quận năm 2023", "2023-01-01", "2023-12-31", "năm 2023"),
    ("Rà soát hộ nghèo năm 2025 theo chuẩn giai đoạn 2022 - 2025", "2025-01-01", "2025-12-31", "năm 2025"),
    ("Chuyển đổi số năm 2026, giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31", "2026 - 2030"),
    ("thực hiện Luật Trẻ em giai đoạn 2026-2030", "2026-01-01", "2030-12-31", "2026-2030"),
    ("tuyên truyền Luật Căn cước quý II/2026", "2026-04-01", "2026-06-30", "quý II/2026"),
    # the year after a programme's span is the plan's
    ("Chương trình mục tiêu quốc gia giai đoạn 2021-2025 năm 2024", "2024-01-01", "2024-12-31", "năm 2024"),
    ("Đề án giai đoạn 2022 - 2025, tầm nhìn đến năm 2030 trên địa bàn xã năm 2024", "2024-01-01", "2024-12-31", None),
    ("Chiến lược đến năm 2030 trên địa bàn xã năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ("kết quả năm 2025, nhiệm vụ năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ("Đại hội nhiệm kỳ 2025 - 2030, năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ("triển khai Luật Trẻ em trên địa bàn xã năm 2026", "2026-01-01", "2026-12-31", "năm 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end", "printed"), STATED, ids=[s[0] for s in STATED])
def test_a_period_is_read(text: str, start: str | None, end: str | None, printed: str | None) -> None:
    mention = period_of(text)
    assert mention is not None
    assert (mention.value.start and str(mention.value.start), mention.value.end and str(mention.value.end)) == (
        start,
        end,
    )
    assert printed in (None, text[mention.start : mention.end])


@pytest.mark.parametrize(
    "text",
    ["", "bầu cử đại biểu Hội đồng nhân dân nhiệm kỳ 2026 - 2031", "định hướng đến năm 2045",
     "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
     "Thực hiện Kế hoạch số 12/KH-UBND ngày 22 tháng 12 năm 2024",
     "triển khai thi hành Luật Đất đai năm 2024 trên địa bàn tỉnh", "kỷ niệm 80 năm (02/9/1945 - 02/9/2025)",
     "kỷ niệm 80 năm (1945 - 2025)", "ngày 31/2/2026", "năm nay", "tháng 13/2026", "thi hành Luật Căn cước 2023"],
)  # fmt: skip
def test_what_is_no_period_of_the_plan(text: str) -> None:
    assert period_of(text) is None


@given(st.text(alphabet="0123456789/- ngàythánggiaiđoạntừđếnquýIV.", max_size=80))
def test_a_period_never_ends_before_it_starts(text: str) -> None:
    mention = period_of(text)
    if mention is not None and mention.value.start and mention.value.end:
        assert mention.value.start <= mention.value.end
