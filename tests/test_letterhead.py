"""Heads and closings of every kind of plan, each a few lines in the order a reader gives them."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_plan
from extract.find.letterhead import find_head
from extract.model import Grid, GridCell, Reading
from extract.text import fold
from schemas import Head
from tests.readings import read

BODY = (
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao chất lượng.\nTrên đây là Kế hoạch, đề nghị các đơn vị thực hiện./."
)
CLOSING = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"


def head(front: str, closing: str = CLOSING) -> Head:
    reading = read(f"{front}\n{BODY}\n{closing}")
    found = find_head(reading, body_start=reading.text.index("I. MỤC ĐÍCH"), body_end=reading.text.index("./.") + 3)
    assert_every_value_has_a_span(reading, found)
    return found


def assert_every_value_has_a_span(reading: Reading, found: Head) -> None:
    values = found.model_dump()
    for name in ("number", "symbol", "title", "issuer", "place"):
        assert (values[name] is None) == (name not in found.spans), name
    for spans in found.spans.values():
        assert all(0 <= s.start < s.end <= len(reading.text) for s in spans)


def flat(found: Head) -> dict[str, object]:
    """The scored fields in one flat dict, an empty one left out."""
    issued, period = found.issued, found.period
    return {
        "number": found.number,
        "symbol": found.symbol,
        "title": found.title,
        "issuer": found.issuer,
        "level": found.issuer_level.value if found.issuer_level else None,
        "place": found.place,
        "issued": [issued.year, issued.month, issued.day],
        "period": [period.start and str(period.start), period.end and str(period.end)],
        "type": found.locality.type,
        "locality": found.locality.name,
        "province": found.locality.province,
        "signer": found.signer.name,
        "position": found.signer.position,
    }


TABLES = yaml.safe_load((Path(__file__).parent / "data" / "heads.yaml").read_text("utf-8"))


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", TABLES[name], ids=[c["name"] for c in TABLES[name]])


@cases("heads")
def test_a_head_gives_its_fields(case: dict[str, Any]) -> None:
    found = flat(head(case["front"]))
    assert {k: found[k] for k in case["expected"]} == case["expected"]


@cases("titles")
def test_a_title_is_the_lines_under_the_heading(case: dict[str, Any]) -> None:
    front = f"Số: 15/KH-UBND\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{case['front']}"
    assert head(front).title == case["title"]


@cases("closings")
def test_a_closing_gives_signer_and_recipients(case: dict[str, Any]) -> None:
    found = head("Số: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2026", case["closing"])
    assert (found.signer.name, found.signer.position) == (case["signer"], case["position"])
    assert list(found.recipients) == case["recipients"]


WHOLE = yaml.safe_load((Path(__file__).parent / "data" / "whole_heads.yaml").read_text("utf-8"))
WHOLE_BODY = (
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao chất lượng hoạt động của đơn vị.\nII. NỘI DUNG\n"
    "1. Rà soát, thống kê số liệu trước ngày 30 hằng tháng.\nIII. TỔ CHỨC THỰC HIỆN\n"
    "Các bộ phận liên quan triển khai thực hiện.\nTrên đây là Kế hoạch, đề nghị các bộ phận nghiêm túc thực hiện./."
)


@pytest.mark.parametrize("case", WHOLE, ids=[c["front"].strip().split("\n")[0][:40] for c in WHOLE])
def test_a_plan_as_its_file_has_it_gives_its_fields(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"{case['front']}\n{WHOLE_BODY}\n\n{case['foot']}", "utf-8")
    found = flat(extract_plan(path).document)
    found["locality"] = [found.pop("type"), found["locality"], found.pop("province")]
    assert {k: comparable(v) for k, v in found.items()} == {k: comparable(v) for k, v in case["expected"].items()}


def comparable(value: object) -> object:
    """As the scorer compares: case, the short form of "Ủy ban nhân dân" and quotes say nothing."""
    if isinstance(value, list):
        return [comparable(part) for part in value]
    return fold(value).replace("ủy ban nhân dân", "ubnd") if isinstance(value, str) else value


SIDE_BY_SIDE = "CÔNG AN XÃ\nTRƯỞNG CÔNG AN XÃ\nPhùng Bá Sỹ\nTM. BCH ĐOÀN XÃ\nBÍ THƯ\nMai Thị Giao\nNơi nhận:\n- Lưu."


def test_signatures_in_a_tables_columns_are_read_column_by_column() -> None:
    front = "ĐOÀN TNCS HỒ CHÍ MINH XÃ RẠCH KIẾN\nCÔNG AN XÃ RẠCH KIẾN\nSố: 01/KHPH-ĐTN-CA\nKẾ HOẠCH PHỐI HỢP\nTuần tra"
    whole = read(f"{front}\n{BODY}\n{SIDE_BY_SIDE}")
    paragraphs = list(whole.paragraphs())
    at = next(i for i, p in enumerate(paragraphs) if p.text == "CÔNG AN XÃ")
    left, right = paragraphs[at : at + 3], paragraphs[at + 3 : at + 6]
    rows = tuple((GridCell((a,)), GridCell((b,))) for a, b in zip(left, right, strict=True))
    reading = Reading(whole.text, (*paragraphs[:at], Grid(rows=rows), *paragraphs[at + 6 :]))
    found = find_head(reading, body_start=reading.text.index("I. MỤC"), body_end=right[-1].end)
    assert found.issuer == "Đoàn TNCS Hồ Chí Minh xã Rạch Kiến - Công an xã Rạch Kiến"
    assert (found.signer.name, found.signer.position) == ("Mai Thị Giao", "BÍ THƯ")
    assert found.recipients == ("Lưu",)


def test_a_title_that_was_taken_for_the_bodys_first_line_is_found() -> None:
    reading = read(f"KẾ HOẠCH\nCải cách hành chính năm 2026\n{BODY}\n{CLOSING}")
    found = find_head(reading, body_start=reading.text.index("Cải cách"), body_end=len(reading.text))
    assert found.title == "Cải cách hành chính năm 2026"


def test_a_signature_taken_for_the_bodys_last_lines_is_found() -> None:
    reading = read(f"KẾ HOẠCH\nCải cách hành chính\n{BODY}\n{CLOSING}")
    found = find_head(reading, body_start=reading.text.index("I. MỤC"), body_end=len(reading.text))
    assert found.signer.name == "Nguyễn Văn An"


def test_a_layout_table_is_read_cell_by_cell() -> None:
    reading = in_table(
        "ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\nSố: 15/KH-UBND", "Rạch Kiến, ngày 02 tháng 02 năm 2026", "KẾ HOẠCH\nCải cách"
    )
    found = find_head(reading, body_start=len(reading.text), body_end=len(reading.text))
    assert (found.issuer, found.number, found.place) == ("Ủy ban nhân dân xã Rạch Kiến", "15/KH-UBND", "Rạch Kiến")
    assert found.title == "Cải cách"


def in_table(left: str, right: str, below: str) -> Reading:
    """A reading whose letterhead is a table of two cells."""
    whole = read(f"{left}\n{right}\n{below}")
    paragraphs = list(whole.paragraphs())
    cut, end = left.count("\n") + 1, left.count("\n") + right.count("\n") + 2
    grid = Grid(rows=((GridCell(tuple(paragraphs[:cut])), GridCell(tuple(paragraphs[cut:end]))),))
    return Reading(whole.text, (grid, *paragraphs[end:]))


ODD_LINES = [
    *(
        "KẾ HOẠCH",
        "ỦY BAN NHÂN DÂN",
        "XÃ",
        "Số: /KH-UBND",
        "ngày tháng năm",
        "Nơi nhận:",
        "TM.",
        "- ",
        "|",
        "Căn cứ",
        "(",
    ),
    *(
        "CHỦ TỊCH",
        "Nguyễn Văn A",
        "phường",
        "2026",
        "Kèm theo",
        "ngày 31/02/2026",
        "",
        "\u00a0",
        "H'",
        "SỞ -",
        "QUYẾT ĐỊNH",
    ),
    *(
        "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)",
        "GIÁM ĐỐC GIÁM ĐỐC",
        "Nguyễn Văn Hai Trần Văn Ba",
        "- Lưu: VT. CHỦ TỊCH",
    ),
]


@given(
    st.lists(st.sampled_from(ODD_LINES) | st.text(max_size=30), max_size=25), st.integers(-5, 400), st.integers(-5, 400)
)
@settings(deadline=None, max_examples=150)
def test_odd_input_gives_a_head_and_never_an_error(lines: list[str], body_start: int, body_end: int) -> None:
    reading = read("\n".join(lines))
    assert_every_value_has_a_span(reading, find_head(reading, body_start=body_start, body_end=body_end))


@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_a_head_with_lines_lost_or_moved_gives_a_head_and_never_an_error(case: dict[str, Any], random: Random) -> None:
    lines = f"{case['front']}\n{BODY}\n{case['foot']}".split("\n")
    for _ in range(random.randrange(6)):
        lines.insert(random.randrange(len(lines)), lines.pop(random.randrange(len(lines))))
    at = random.randrange(len(lines))
    lines[at] = lines[at][: random.randrange(len(lines[at]) + 1)]
    reading = read("\n".join(lines))
    ends = [random.randrange(len(reading.text) + 1) for _ in range(2)]
    assert_every_value_has_a_span(reading, find_head(reading, body_start=min(ends), body_end=max(ends)))


def test_the_shared_plans_give_their_fields(shared: Path) -> None:
    for path in sorted((shared / "gold" / "json").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        reading = read((shared / "corpus" / gold["doc"]).read_text("utf-8"))
        start = reading.text.index("\nI. ") + 1
        found = find_head(reading, body_start=start, body_end=reading.text.index("./.") + 3)
        record = json.loads(found.model_dump_json())
        expected = gold["document"]
        assert fold(record.pop("issuer")).replace("ủy ban nhân dân", "ubnd") == fold(expected.pop("issuer"))
        assert {k: record["locality"][k] for k in ("type", "name", "province")} == expected.pop("locality")
        assert {k: record[k] for k in expected} == expected
