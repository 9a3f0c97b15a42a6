"""Phrases written out in tables say the same as their patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.lexicon import load, phrases
from extract.normalize.idioms import anywhere, endings, openings, written_out
from extract.text import fold

ENDINGS = [
    (name, section)
    for name in ("measures", "deadlines")
    for section in load(name)
    if all(p.phrase.endswith("$") and "^" not in p.phrase and "{" not in p.phrase for p in phrases(name, section))
]
WORDS = sorted({word for way in written_out("(ít nhất|tối thiểu|đạt|trên) [là] [từ]$") for word in way.split()})

WRITTEN = [
    ("(ít nhất|tối thiểu) [là]$", {"ít nhất", "ít nhất là", "tối thiểu", "tối thiểu là"}),
    ("a [b] (c|d)", {"a c", "a d", "a b c", "a b d"}),
    ("tăng [,] giảm", {"tăng giảm", "tăng, giảm"}),
    ("[(a|b)] c", {"c", "a c", "b c"}),
    ("a|b (c|d)", {"a", "b c", "b d"}),
    ("^Tỉ lệ", {"tỷ lệ"}),
]


@pytest.mark.parametrize(("phrase", "expected"), WRITTEN)
def test_a_phrase_is_written_out_in_all_its_wordings(phrase: str, expected: set[str]) -> None:
    assert set(written_out(phrase)) == expected


@pytest.mark.parametrize(("name", "section"), ENDINGS)
def test_a_table_of_endings_finds_each_example_where_the_pattern_does(name: str, section: str) -> None:
    for phrase in phrases(name, section):
        for example in (*phrase.examples, *phrase.counter_examples):
            folded = fold(example)
            patterns = [m.start() for p in phrases(name, section) if (m := p.find(folded))]
            found = endings(name, section).before(folded, len(folded))
            assert (found[0] if found else None) == min(patterns, default=None), example


@given(st.lists(st.sampled_from([*WORDS, "(", ",", "5", "hộ", "\n"]), max_size=7))
def test_what_stands_before_a_number_is_the_longest_wording(words: list[str]) -> None:
    text = " ".join([*words, "7"])
    begin = max(text.rfind(mark) + 1 for mark in ",(") if any(mark in text for mark in ",(") else 0
    found = endings("measures", "comparators_before").before(text, len(text) - 1, begin)
    options = [m for p in phrases("measures", "comparators_before") if (m := p.find(text, begin, len(text) - 1))]
    assert (found[0] if found else None) == min((m.start() for m in options), default=None)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [("hộ gia đình nghèo", 0, "hộ gia đình"), ("hộ nghèo", 0, "hộ nghèo"), ("hội đồng", 0, None), ("5 hộ", 2, "hộ")],
)
def test_what_begins_at_a_place_is_the_longest_wording(text: str, at: int, expected: str | None) -> None:
    end = openings("measures", "counted").end_at(text, at)
    assert (None if end is None else text[at:end]) == expected


def test_wordings_anywhere_are_found_as_words_only() -> None:
    table = anywhere("measures", "changes")
    texts = ("giảm 5%", "thuyên giảm", "giảmx", "xgiảm", "tăng thêm 2")
    assert [t for t in texts if table.are_in(t, 0, len(t))] == ["giảm 5%", "thuyên giảm", "tăng thêm 2"]
