"""The scorer: what counts as the same, what a table says, and that it agrees with the referee's."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.likeness import MATCH, likeness, matched, plain, plain_name
from corpus.score import MEASURES, Row, below_floors, format_table, score_folders

HALF_OF_GOLD = 0.5

TARGET = {
    "text": "Trên 82% hộ dân có bình chữa cháy",
    "scope": "specific",
    "indicator": "other",
    "measures": [{"comparator": ">", "value": 82, "unit": "%"}],
}
TASK = {
    "text": "Kiểm tra an toàn phòng cháy tại các khu nhà trọ trên địa bàn phường",
    "kind": "task",
    "group": "III.2",
    "units": [{"name": "Công an phường", "role": "lead"}, {"name": "các khu phố", "role": "coordinate"}],
    "deadline": {"kind": "by", "end": "2026-06-30"},
    "results": ["Biên bản kiểm tra"],
}
GOLD = {
    "doc": "mot.txt",
    "document": {"number": None, "symbol": "KH-UBND", "issuer": "UBND phường Cầu Đước"},
    "legal_bases": [{"number": "25/KH-UBND", "date": "2026-01-29"}],
    "targets": [TARGET],
    "tasks": [TASK],
}


def write(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir(parents=True)
    for record in records:
        (folder / f"{record['doc']}.json").write_text(json.dumps(record), "utf-8")
    return folder


def table_of(tmp_path: Path, found: dict[str, Any] | None, gold: dict[str, Any] = GOLD):
    records = write(tmp_path / "records", *([{"doc": gold["doc"], **found}] if found is not None else []))
    return score_folders(write(tmp_path / "gold", gold), records)


SAME_TEXT = [
    ("- Phấn đấu 100% hộ dân.", "phấn đấu 100% hộ dân"),
    ("1. a) Rà soát", "Rà soát;"),
    ("(2) **Tập huấn** <br>cho Tổ", "Tập huấn cho Tổ"),
    ("Văn hóa – Xã hội", "Văn hóa - Xã hội"),
    ("“Một cửa”…", '"một cửa"...'),
    (None, ""),
]


@pytest.mark.parametrize(("one", "other"), SAME_TEXT)
def test_markers_markup_case_and_stops_do_not_count(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đề nghị Ủy ban nhân dân xã", "UBND xã"),
        ("Uỷ ban nhân dân xã", "UBND xã"),
        ("Các khu phố", "khu phố"),
        ("Phòng Văn hóa – Xã hội", "Phòng Văn hóa-Xã hội"),
    ],
)
def test_a_body_has_one_name_in_all_its_spellings(one, other):
    assert plain_name(one) == plain_name(other)


def test_a_text_that_lost_its_blanks_is_still_like_itself():
    text = "Tổ chức tuyên truyền lưu động tại các khu phố vào sáng thứ bảy"
    assert likeness({"text": text}, {"text": text.replace("ổ ", "ổ").replace("i ", "i")}) >= MATCH
    assert (
        likeness({"text": text}, {"text": "Bố trí kinh phí mua sắm phương tiện chữa cháy cho lực lượng dân phòng"})
        < MATCH
    )


def test_gold_that_gives_first_words_is_held_against_as_many():
    assert (
        likeness({"starts": "Rà soát, lập danh sách"}, {"text": "- Rà soát, lập danh sách công dân trong độ tuổi"}) == 1
    )


def test_the_most_alike_are_matched_first_and_once():
    gold = [{"text": "một hai ba bốn năm"}, {"text": "một hai ba bốn năm sáu"}]
    found = [{"text": "một hai ba bốn năm sáu"}, {"text": "khác hẳn"}]
    assert matched(gold, found) == [(1, 0)]


def test_a_record_scored_against_itself_is_right_in_everything(tmp_path):
    table = table_of(tmp_path, GOLD)
    assert {m: table.f1(m) for m in MEASURES} == dict.fromkeys(MEASURES, 1.0)
    assert table.mistakes == ()


def test_a_missing_record_counts_as_empty(tmp_path):
    table = table_of(tmp_path, None)
    assert table.rows["tasks"] == Row(right=0, found=0, gold=1)
    assert table.rows["whole records"] == Row(right=0, found=0, gold=2)
    assert table.by_document["mot.txt"].f1 == 0


WRONG = [
    ({"tasks": [{**TASK, "units": [{**unit, "role": "implement"} for unit in TASK["units"]]}]}, "task unit roles", 0.0),
    ({"tasks": [{**TASK, "deadline": {"kind": "by", "end": "2026-06-29"}}]}, "task deadlines", 0.0),
    ({"tasks": [{**TASK, "kind": "appendix"}]}, "task kind", 0.0),
    ({"targets": [{**TARGET, "scope": "general"}]}, "target scope", 0.0),
    ({"targets": [{**TARGET, "measures": [{"comparator": "=", "value": 82, "unit": "%"}]}]}, "target measures", 0.0),
    ({"targets": [{**TARGET, "due": {"kind": "by", "end": "2030-12-31"}}]}, "target due", 0.0),
    ({"legal_bases": [{"number": "25/KH-UBND", "date": None}]}, "legal bases", 0.0),
    ({"document": {**GOLD["document"], "number": "7/KH-UBND"}}, "document fields", 11 / 12),
]


@pytest.mark.parametrize(("change", "measure", "f1"), WRONG)
def test_a_wrong_value_lowers_its_own_measure(tmp_path, change, measure, f1):
    table = table_of(tmp_path, {**GOLD, **change})
    assert table.f1(measure) == pytest.approx(f1)
    assert {m.measure for m in table.mistakes} == {measure}


@pytest.mark.parametrize("change", [{"group": "IV"}, {"results": ["khác"]}])
def test_group_and_results_are_no_part_of_a_whole_record(tmp_path, change):
    table = table_of(tmp_path, {**GOLD, "tasks": [{**TASK, **change}]})
    assert table.f1("whole records") == 1
    assert {m.measure for m in table.mistakes} == {f"task {field}" for field in change}


def test_the_noun_that_is_counted_is_not_scored_but_percent_is(tmp_path):
    found = {**TARGET, "measures": [{"comparator": ">", "value": 82, "unit": "hộ"}]}
    assert table_of(tmp_path, {**GOLD, "targets": [found]}).f1("target measures") == 0


def test_precision_is_told_by_confidence(tmp_path):
    wrong = {"text": "Một việc không có trong văn bản", "kind": "task", "confidence": "low"}
    found = {**GOLD, "targets": [{**TARGET, "confidence": "high"}], "tasks": [{**TASK, "confidence": "high"}, wrong]}
    table = table_of(tmp_path, found)
    assert table.by_confidence["high"].precision == 1
    assert (table.by_confidence["low"].right, table.by_confidence["low"].found) == (0, 1)
    assert table.by_confidence["medium"].found == 0


def test_floors_name_the_measures_that_are_below_them(tmp_path):
    table = table_of(tmp_path, {**GOLD, "tasks": []})
    assert below_floors(table, {"targets": 1.0, "tasks": HALF_OF_GOLD}) == ["tasks 0.000 < 0.5"]
    with pytest.raises(ValueError, match="không có chỉ số nhiệm vụ"):
        below_floors(table, {"nhiệm vụ": 1.0})


def test_the_printed_table_has_a_row_a_measure_and_mistakes_on_demand(tmp_path):
    table = table_of(tmp_path, {**GOLD, "tasks": []})
    printed = format_table(table)
    assert all(any(line.startswith(measure) for line in printed.splitlines()) for measure in MEASURES)
    assert "missed" not in printed
    assert "tasks\tmot.txt\tmissed\t\tKiểm tra an toàn" in format_table(table, errors=True)


@given(st.lists(st.text(alphabet="aăbđế %10-.", max_size=12)), st.lists(st.text(alphabet="aăbđế %10-.", max_size=12)))
def test_a_matching_is_one_to_one_and_only_of_like_texts(gold, found):
    pairs = matched([{"text": t} for t in gold], [{"text": t} for t in found])
    assert len({i for i, _ in pairs}) == len(pairs) == len({j for _, j in pairs})
    assert all(likeness({"text": gold[i]}, {"text": found[j]}) >= MATCH for i, j in pairs)


def referee(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("referee", shared / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perturbed(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The record with items lost, doubled, cut, and values changed."""
    out = json.loads(json.dumps(record))
    out["document"].update(chance.choice([{}, {"number": "1/KH"}, {"title": None}, {"issuer_level": "district"}]))
    out["legal_bases"] = [b for b in out.get("legal_bases", []) if chance.random() < 0.8] * chance.choice([1, 1, 2])
    for kind in ("targets", "tasks"):
        items = [item for item in out.get(kind, []) if chance.random() < 0.85]
        out[kind] = [change(item, chance) for item in items for _ in range(chance.choice([1, 1, 1, 2]))]
        chance.shuffle(out[kind])
    return out


def change(item: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    text = item.get("text") or item.get("starts")
    words = text.split()
    item = json.loads(json.dumps(item))
    item["text"] = chance.choice(
        [text, "- " + text, " ".join(words[: len(words) * 2 // 3]), "".join(words), text.upper()]
    )
    item["confidence"] = chance.choice(["high", "medium", "low"])
    changes = [
        ("scope", "general"),
        ("kind", "task"),
        ("group", None),
        ("deadline", None),
        ("results", None),
        ("units", []),
    ]
    for field, value in changes:
        if field in item and chance.random() < 0.2:
            item[field] = value
    for unit in item.get("units") or []:
        unit["role"] = chance.choice([unit["role"], "lead"])
    for measure in item.get("measures") or []:
        measure["value"] += chance.choice([0, 0, 0.5])
    return item


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_the_referees(tmp_path, shared, seed):
    module = referee(shared)
    chance = random.Random(seed)
    gold = [json.loads(p.read_text("utf-8")) for p in sorted((shared / "gold" / "json").glob("*.json"))]
    found = [perturbed(record, chance) for record in gold[:-1]]  # the last one is missing
    table = score_folders(write(tmp_path / "gold", *gold), write(tmp_path / "found", *found))
    tally = module.Tally()
    for record, mine in zip(gold, [*found, {}], strict=True):
        module.score(record, mine, tally)
    assert MEASURES == module.MEASURES
    for measure in MEASURES:
        row = table.rows[measure]
        assert (row.right, row.found, row.gold, row.precision, row.recall, row.f1) == tally.row(measure), measure
    assert 0 < table.f1("whole records") < 1
