"""Targets to the codes of the codelist: the lexicon's own examples, and invented targets with their near misses."""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extract.lexicon import load
from extract.link.indicators import Rule, hits_in, indicator_of, rules, spellings
from extract.text import fold

ROOT = Path(__file__).parents[1]
CODELIST = ROOT / "schemas" / "codelists" / "indicators.csv"
TARGETS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests" / "data" / "indicators.yaml").read_text("utf-8"))
WORDS = load("indicators")["words"]


def codes() -> set[str]:
    with CODELIST.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def ideas(text: str) -> set[str]:
    return {hit.idea for hit in hits_in(text)}


def gold_targets(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.json")):
        for target in json.loads(path.read_text("utf-8")).get("targets", ()):
            yield target["text"], target["indicator"]


def share_right(folder: Path) -> tuple[float, list[tuple[str, str, str]]]:
    targets = list(gold_targets(folder))
    wrong = [(code, indicator_of(text), text) for text, code in targets if indicator_of(text) != code]
    return 1 - len(wrong) / len(targets), wrong


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in TARGETS.items() for text in texts])
def test_a_target_gets_the_code_of_what_it_is_about(text: str, code: str):
    assert indicator_of(text) == code


def test_every_code_has_targets_and_no_target_has_two():
    assert set(TARGETS) == codes()
    assert [text for text, n in Counter(text for texts in TARGETS.values() for text in texts).items() if n > 1] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # fold: case, tone placement, i and y, dashes
        ("100% TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG ĐƯỢC KIỆN TOÀN", "team_operation"),
        ("80% người dân đạt phổ cập kĩ năng số", "digital_skills"),
        # particulars are not the subject
        ("100% hộ dân được tuyên truyền, cài đặt các ứng dụng như: dịch vụ công trực tuyến, VNeID", "outreach"),
        ("Giảm 5% số vụ cháy; 100% hộ dân được tuyên truyền", "other"),
        ("100% hộ dân được tuyên truyền; giảm 5% số vụ cháy", "outreach"),
        ("Trồng 500 ha rừng, trong đó 20 ha theo mô hình điểm được nhân rộng", "other"),
        # what comes first counts
        ("80% người dân có tài khoản VNeID, tài khoản thanh toán điện tử", "eid_account"),
        ("80% người dân có tài khoản thanh toán điện tử, tài khoản VNeID", "epayment_account"),
        ("", "other"),
        ("100%", "other"),
    ],
)
def test_the_main_clause_decides(text: str, code: str):
    assert indicator_of(text) == code


def test_the_shared_gold_is_met(shared: Path):
    share, wrong = share_right(shared / "gold" / "json")
    assert share >= 0.95, wrong


def test_our_own_gold_is_met():
    share, wrong = share_right(ROOT / "corpus" / "gold" / "json")
    assert share >= 0.92, wrong


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["idea"])
def test_a_word_finds_its_examples_and_none_of_its_counter_examples(entry: dict[str, list[str]]):
    assert [x for x in entry["examples"] if entry["idea"] not in ideas(x)] == []
    assert [x for x in entry.get("not", ()) if entry["idea"] in ideas(x)] == []


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["idea"])
def test_every_spelling_of_a_word_has_an_example(entry: dict[str, list[str]]):
    examples = [fold(x) for x in entry["examples"]]
    assert [s for s in entry["spellings"] if not any(w in x for w in spellings(s) for x in examples)] == []


def test_no_spelling_has_two_ideas():
    owners: dict[str, set[str]] = {}
    for entry in WORDS:
        for written in {w for s in entry["spellings"] for w in spellings(s)}:
            owners.setdefault(written, set()).add(entry["idea"])
    assert {written: found for written, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.code}: {rule.examples[0]}")
def test_a_rule_decides_its_examples_and_fits_no_counter_example(rule: Rule):
    assert rule.code in codes() - {"other"}
    assert [x for x in rule.examples if rule.completed(hits_in(x)) is None or indicator_of(x) != rule.code] == []
    assert [x for x in rule.counter_examples if rule.completed(hits_in(x)) is not None] == []


def test_every_word_is_asked_for_or_takes_a_near_miss_out_of_the_way():
    asked = {idea for rule in rules() for step in (*rule.steps, rule.without) for idea in step}
    covering = {entry["idea"] for entry in WORDS if entry["idea"].startswith("no_")} | {"by"}
    assert {entry["idea"] for entry in WORDS} - asked - covering == set()


def test_spellings_are_all_choices_of_a_phrase():
    assert set(spellings("(thẻ|tài khoản) [điện tử]")) == {"thẻ", "thẻ điện tử", "tài khoản", "tài khoản điện tử"}


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(sorted({w for e in WORDS for w in e["examples"]}))).map(" ".join)
)
def test_any_text_gets_a_code_of_the_codelist(text: str):
    assert indicator_of(text) in codes()


def test_spacy_is_imported_on_first_use_only():
    code = "import sys, extract.link.indicators; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
