"""The lexicon is data with examples: every phrase has one, every example is matched, no counter-example is."""

import re
from importlib.resources import files

import pytest

from extract.lexicon import Phrase, compiled, first, load, phrases
from extract.text import fold

NAMES = sorted(
    path.name.removesuffix(".yaml")
    for path in files("extract.lexicon").iterdir()
    if path.name.endswith(".yaml") and path.name not in {"slots.yaml", "indicators.yaml"}
)


def phrase_entries(name: str) -> list[tuple[str, int, tuple[Phrase, ...]]]:
    """(section, place, phrases) of every entry of a lexicon file that holds phrases; entries share their examples."""
    found = []
    for section, entries in load(name).items():
        if not isinstance(entries, list) or not all(
            isinstance(e, dict) and {"phrase", "phrases"} & set(e) for e in entries
        ):
            continue
        compiled_phrases = list(phrases(name, section))
        for i, entry in enumerate(entries):
            count = len(entry.get("phrases") or [1])
            found.append((section, i, tuple(compiled_phrases[:count])))
            del compiled_phrases[:count]
    return found


ENTRIES = [(name, *entry) for name in NAMES for entry in phrase_entries(name)]


def entry_id(entry: tuple[str, str, int, tuple[Phrase, ...]]) -> str:
    return f"{entry[0]}.{entry[1]}[{entry[2]}]"


@pytest.mark.parametrize("entry", ENTRIES, ids=entry_id)
def test_every_phrase_matches_one_of_its_examples(entry):
    for phrase in entry[3]:
        assert any(phrase.find(fold(example)) for example in phrase.examples), phrase.phrase


@pytest.mark.parametrize("entry", ENTRIES, ids=entry_id)
def test_every_example_is_matched_by_a_phrase_of_its_entry(entry):
    options = entry[3]
    assert options[0].examples
    for example in options[0].examples:
        assert any(phrase.find(fold(example)) for phrase in options), example


@pytest.mark.parametrize("entry", ENTRIES, ids=entry_id)
def test_no_counter_example_is_matched(entry):
    for counter in entry[3][0].counter_examples:
        for phrase in entry[3]:
            assert phrase.find(fold(counter)) is None, (phrase.phrase, counter)


def test_the_lexicon_holds_at_least_300_phrases():
    assert sum(len(entry[3]) for entry in ENTRIES) >= 300


@pytest.mark.parametrize("slot", sorted(load("slots")))
def test_every_slot_matches_its_examples_whole(slot):
    for example in load("slots")[slot]["examples"]:
        assert re.fullmatch(load("slots")[slot]["pattern"], fold(example))


NOTATION = [
    ("quý {quarter}/{year}", "Quý II/2026", True),
    ("quý {quarter}/{year}", "quý khách", False),
    ("(phấn đấu|nỗ lực) đạt", "Nỗ  lực đạt", True),
    ("^[có trách nhiệm] [,] chủ trì", "Chủ trì, phối hợp", True),
    ("^[có trách nhiệm] [,] chủ trì", "Có trách nhiệm chủ trì", True),
    ("^chủ trì", "phối hợp với đơn vị chủ trì", False),
    ("báo cáo$", "chế độ báo cáo.", True),
    ("báo cáo$", "báo cáo định kỳ", False),
    ("a [b] c", "a c", True),
    ("a [,] c", "a, c", True),
    ("sổ", "sổ sách", True),
    ("sổ", "sổng", False),
    ("{day}/{month} và {day2}/{month2}", "15/6 và 15/12", True),
]


@pytest.mark.parametrize(("phrase", "text", "matches"), NOTATION)
def test_the_notation_means_what_its_docstring_says(phrase, text, matches):
    assert bool(compiled(phrase).search(fold(text))) is matches


def test_first_prefers_the_earliest_then_the_longest():
    options = phrases("headings", "sections")
    found = first(options, fold("Mục tiêu chung"))
    assert found is not None
    assert found[0].means["scope"] == "general"
