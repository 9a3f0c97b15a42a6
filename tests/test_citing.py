"""How records are cited, and how recurrences are said."""

from typing import Any

import pytest

from publish.pages import language
from publish.pages.citing import cite
from publish.pages.recurrence import in_words

PLAN: dict[str, Any] = {
    "id": "0123456789abcdef",
    "title": "Chuyển đổi số xã Khe Vàng năm 2026",
    "kind": "KH",
    "number": "14/KH-UBND",
    "issuer": "Ủy ban nhân dân xã Khe Vàng",
    "issued_date": "2026-01-22",
    "issued_year": 2026,
    "place": "Khe Vàng",
    "filename": "14.pdf",
    "sha256": "a" * 64,
    "extractor": "kehoach 0.1.0",
}
ADDRESS = "https://vidu.vn/nhiem-vu/0123456789abcdef-N012"


def test_a_record_is_cited_with_its_plan_place_file_and_address():
    cited = cite(PLAN, ADDRESS, "Nhiệm vụ 12", "mục III.2, trang 3")
    assert cited.text == (
        "Ủy ban nhân dân xã Khe Vàng (22/01/2026). Kế hoạch số 14/KH-UBND: Chuyển đổi số xã Khe Vàng năm 2026. "
        f"Nhiệm vụ 12; mục III.2, trang 3; mã 0123456789abcdef-N012; tệp 14.pdf, SHA-256 {'a' * 64}, "
        f"đọc bằng kehoach 0.1.0. {ADDRESS}"
    )
    assert cited.csl["issued"] == {"date-parts": [[2026, 1, 22]]}
    assert cited.bibtex.startswith("@techreport{kehoach-0123456789abcdef-N012,\n")
    assert '  year = "2026",\n  month = "1",\n' in cited.bibtex


def test_a_plan_of_which_little_is_known_is_cited_too():
    bare = {**dict.fromkeys(PLAN), "id": "x", "filename": "a.txt", "sha256": "b", "extractor": "kehoach 0.1.0"}
    cited = cite(bare, "http://vidu.vn/ke-hoach/x")
    assert cited.text == "Văn bản: a.txt. Mã x; tệp a.txt, SHA-256 b, đọc bằng kehoach 0.1.0. http://vidu.vn/ke-hoach/x"
    assert {"author", "number", "issued"} & set(cited.csl) == set()


def test_no_letter_of_a_title_is_a_command_of_bibtex():
    cited = cite({**PLAN, "title": r'\input{x} 100% & $1 #2 _a^b~c} "d"'}, ADDRESS)
    line = next(line for line in cited.bibtex.splitlines() if line.startswith("  title"))
    assert line == (
        r"""  title = "{\textbackslash{}input\{x\} 100\% \& \$1 \#2 \_a\textasciicircum{}b\textasciitilde{}c\} {''}d{''}}","""
    )


RULES = [
    ("FREQ=WEEKLY", "hằng tuần", "every week"),
    ("FREQ=WEEKLY;BYDAY=FR", "Thứ Sáu hằng tuần", "every week on Friday"),
    ("FREQ=WEEKLY;INTERVAL=2", "2 tuần một lần", "every 2 weeks"),
    ("FREQ=MONTHLY;BYMONTHDAY=14", "vào ngày 14 hằng tháng", "every month on day 14"),
    ("FREQ=MONTHLY;BYMONTHDAY=5,20", "vào ngày 05 và 20 hằng tháng", "every month on day 5 and 20"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối tháng, hằng tháng", "every month on the last day"),
    ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", "every quarter"),
    ("FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY", "6 tháng một lần; hằng năm", "every 6 months; every year"),
    ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=10", "ngày 10/10 hằng năm", "every year on 10 October"),
    ("FREQ=YEARLY;BYMONTH=6", "tháng 6 hằng năm", "every year in June"),
    (
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
        "ngày 01/6 và 15/11 hằng năm",
        "every year on 1 June and 15 November",
    ),
]


@pytest.mark.parametrize(("rule", "vietnamese", "english"), RULES)
def test_a_rule_is_said_in_both_languages(rule: str, vietnamese: str, english: str):
    assert in_words(rule) == vietnamese
    language.use("en")
    try:
        assert in_words(rule) == english
    finally:
        language.use("vi")


ODD = ["", "x", "FREQ=MONTHLY;COUNT=3", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
ODD += ["FREQ=WEEKLY;BYDAY=2FR", "FREQ=DAILY;INTERVAL=0", "FREQ=MONTHLY;BYMONTHDAY=--", "FREQ=MONTHLY;BYMONTHDAY=99"]


@pytest.mark.parametrize("rule", ODD)
def test_a_rule_without_words_stays_as_it_is(rule: str):
    assert in_words(rule) == rule


def test_no_rule_is_no_words():
    assert in_words(None) == ""
