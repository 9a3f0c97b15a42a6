"""Citations by number in every form they are printed in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.find.citations import find_citations, symbol_of
from tests.readings import read


def found(text: str) -> list[tuple[str | None, str | None, str | None]]:
    citations = find_citations(read(text))
    return [(c.kind, c.number, c.date.isoformat() if c.date else None) for c in citations]


ONE = [
    ("Kế hoạch số 25/KH-UBND ngày 29/01/2026", ("KH", "25/KH-UBND", "2026-01-29")),
    ("Nghị quyết số 57-NQ/TW", ("NQ", "57-NQ/TW", None)),
    ("Luật số 80/2015/QH13 ngày 22 tháng 6 năm 2015", ("Luật", "80/2015/QH13", "2015-06-22")),
    ("Luật Trẻ em số 102/2016/QH13 ngày 05/4/2016", ("Luật", "102/2016/QH13", "2016-04-05")),
    ("Thông tư 28/2020/TT-BGDĐT", ("TT", "28/2020/TT-BGDĐT", None)),
    ("Thông tư liên tịch số 13/2016/TTLT-BYT-BGDĐT", ("TTLT", "13/2016/TTLT-BYT-BGDĐT", None)),
    ("Công văn 3497/CĐSQG-CNCPS", ("CV", "3497/CĐSQG-CNCPS", None)),
    ("Chỉ thịsố46-CT/TW", ("CT", "46-CT/TW", None)),
    ("Kế hoạch số 25/KH-UBNDngày 29/01/2026", ("KH", "25/KH-UBND", "2026-01-29")),
    ("Quyết định số 1528/QĐ-UBND, ngày 29 tháng 4 năm 2021", ("QĐ", "1528/QĐ-UBND", "2021-04-29")),
    ("số 38/SKHCN-CNTT&CĐS ngày 08/01/2026", (None, "38/SKHCN-CNTT&CĐS", "2026-01-08")),
    ("Công điện 99/CĐ-TTg", ("CĐ", "99/CĐ-TTg", None)),
    ("Hướng dẫn 36-HD/VPTW", ("HD", "36-HD/VPTW", None)),
    ("Kế hoạch số 02- KH/BCĐTW ngày 19/6/2025", ("KH", "02-KH/BCĐTW", "2025-06-19")),
    ("Công văn số 162/SKHHCN- CDS ngày 12/01/2026", ("CV", "162/SKHHCN-CDS", "2026-01-12")),
    ("Kế hoạch số 12 -KH/ĐU", ("KH", "12-KH/ĐU", None)),
    ("Kế hoạch số 57 KH/HNDT ngày 14/7/2025", ("KH", "57-KH/HNDT", "2025-07-14")),
    ("Kế hoạch số 57 KH-UBND ngày 14/7/2025", ("KH", "57/KH-UBND", "2025-07-14")),
    ("Kết luận số 45 - KL/TW", ("KL", "45-KL/TW", None)),
    ("Kế hoạch số 168/KH-\nUBND ngày\n27/3/2024", ("KH", "168/KH-UBND", "2024-03-27")),
    ("Kế hoạch số 25/KH–UBND", ("KH", "25/KH-UBND", None)),
    ("Nghị quyết số 55/2025/NQHĐND ngày 09.12.2025", ("NQ", "55/2025/NQHĐND", "2025-12-09")),
    ("Nghị quyết số 55/NQ-HĐND ngày 9-12-2025", ("NQ", "55/NQ-HĐND", "2025-12-09")),
    ("Nghị quyết số 57-NQ/TW ngày 22\ntháng 12 năm 2024", ("NQ", "57-NQ/TW", "2024-12-22")),
    ("Thông tư 01/2024/TT-BNV của Bộ Nội vụ ngày 24/02/2024", ("TT", "01/2024/TT-BNV", "2024-02-24")),
    ("Quyết định số 5/QĐ-TTg ký ngày 02/3/2026", ("QĐ", "5/QĐ-TTg", "2026-03-02")),
    ("Chương trình hành động số 12-CTrHĐ/TU (ngày 01/02/2026)", ("CTHĐ", "12-CTrHĐ/TU", "2026-02-01")),
    ("Kế hoạch số 15a/KH-UBND", ("KH", "15a/KH-UBND", None)),
    ("theo 21/QĐ-UBND", ("QĐ", "21/QĐ-UBND", None)),
    ("Kế hoạch số 35/KH-UBND ngày 16/3/2O26", ("KH", "35/KH-UBND", "2026-03-16")),
    ("Kế hoạch số 35/KH-UBND ngày 31/02/2026", ("KH", "35/KH-UBND", None)),
    ("Kế hoạch số 35/KH-UBND của UBND tỉnh về hoàn thành trước ngày 30/6/2026", ("KH", "35/KH-UBND", None)),
    ("Công văn số 12/BCĐ.ĐA06-TH", ("CV", "12/BCĐ.ĐA06-TH", None)),
    ("Lệnh số 12/2015/L-CTN", ("Lệnh", "12/2015/L-CTN", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[t for t, _ in ONE])
def test_a_citation_gives_kind_number_and_day(text: str, expected: tuple[str | None, str, str | None]) -> None:
    kind, number, day = expected
    citation = next(iter(found(text)))
    assert citation[1:] == (number, day)
    assert citation[0] == kind or (kind == "Luật" and "Trẻ em" in text)


SEVERAL = [
    ("Căn cứ các Kế hoạch: số 254/KH-UBND ngày 29/5/2024; số 153/KH-UBND ngày 22/3/2024",
     [("KH", "254/KH-UBND", "2024-05-29"), ("KH", "153/KH-UBND", "2024-03-22")]),
    ("các Quyết định số 749/QĐ-TTg và 942/QĐ-TTg", [("QĐ", "749/QĐ-TTg", None), ("QĐ", "942/QĐ-TTg", None)]),
    ("các Công văn số 12/SYT-NVY, số 15/SYT-NVD", [("CV", "12/SYT-NVY", None), ("CV", "15/SYT-NVD", None)]),
    ("Kế hoạch số 5/KH-UBND ngày 02/01/2026 về thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024",
     [("KH", "5/KH-UBND", "2026-01-02"), ("NQ", "57-NQ/TW", "2024-12-22")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_list_and_a_nested_citation_are_taken_apart(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Đề án 06", "Đề án 06/CP", "2/3 số xã", "ngày 15/12/2025", "100/100 Tổ", "05 lớp/Tổ", "24/24 giờ", "41/41 Tổ",
     "QCVN 01-1:2018/BYT", "Luật An ninh mạng năm 2018", "từ 80-85% hộ", "Covid-19", "khu phố 3/4 Tân Phú"],
)  # fmt: skip
def test_what_is_no_documents_number_is_none(text: str) -> None:
    assert found(text) == []


def test_a_documents_own_number_is_no_citation() -> None:
    assert found("Số: 41/KH-UBND Hòa Bình, ngày 30 tháng 3 năm 2026\nKẾ HOẠCH") == []


def test_a_document_is_cited_once_with_what_any_mention_gives() -> None:
    text = "Nghị quyết 57-NQ/TW; Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển."
    (citation,) = find_citations(read(text))
    assert citation.date is not None
    assert (citation.issuer, citation.title) == ("Bộ Chính trị", "về đột phá phát triển")
    assert text[citation.span.start : citation.span.end] == "Nghị quyết 57-NQ/TW"


def test_one_number_with_two_days_is_two_documents() -> None:
    text = "Kế hoạch số 5/KH-UBND ngày 02/01/2026 của UBND tỉnh; Kế hoạch số 5/KH-UBND ngày 09/01/2026 của UBND xã"
    assert [c.issuer for c in find_citations(read(text))] == ["UBND tỉnh", "UBND xã"]


def test_an_issuer_ends_where_the_next_document_or_the_subject_begins() -> None:
    text = "Nghị quyết số 71/NQ-CP của Chính phủ và Kế hoạch hành động của Thành ủy"
    assert find_citations(read(text))[0].issuer == "Chính phủ"


def test_only_the_range_asked_for_is_read() -> None:
    text = "Kế hoạch số 5/KH-UBND; Kế hoạch số 6/KH-UBND"
    citations = find_citations(read(text), 21, len(text), relation="basis")
    assert [(c.number, c.relation) for c in citations] == [("6/KH-UBND", "basis")]


@pytest.mark.parametrize(
    ("number", "symbol"),
    [("25/KH-UBND", "KH-UBND"), ("18-KH/ĐU", "KH/ĐU"), ("80/2015/QH13", "QH13"), ("15a/KH-UBND", "KH-UBND")],
)
def test_a_symbol_is_the_number_without_its_figures(number: str, symbol: str) -> None:
    assert symbol_of(number) == symbol


@given(st.text(alphabet="0123456789/- \nKHUBNDngàysốcủa.,;()", max_size=120))
def test_spans_lie_in_the_text_and_hold_the_number(text: str) -> None:
    reading = read(text)
    for citation in find_citations(reading):
        printed = reading.text[citation.span.start : citation.span.end]
        assert "".join(printed.split()).find(citation.number or "?") >= 0


def test_the_shared_plans_legal_bases(shared: Path) -> None:
    for path in sorted((shared / "gold" / "json").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        reading = read((shared / "corpus" / gold["doc"]).read_text("utf-8"))
        citations = find_citations(reading, 0, reading.text.index("\nI. "))
        assert [{"number": c.number, "date": str(c.date)} for c in citations] == gold["legal_bases"]
