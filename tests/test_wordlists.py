"""Patterns of word lists, held against the plain alternation that they stand for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.wordlists import either_of

WORDS = st.sets(st.from_regex(r"[abđ](?:[abđ ]{0,4}[abđ])?", fullmatch=True), min_size=1, max_size=8)


def alternation(words: set[str]) -> re.Pattern[str]:
    ordered = "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{ordered})(?!\w)")


@given(WORDS, st.text("abđ  ,\n", max_size=40))
def test_a_tree_of_letters_finds_what_an_alternation_finds(words: set[str], text: str) -> None:
    found = [m.span() for m in re.finditer(either_of(words), text)]
    assert found == [m.span() for m in alternation(words).finditer(text)]


def test_words_that_end_in_a_mark_are_found_before_the_word_alone() -> None:
    assert re.findall(either_of(["tm", "tm.", "kt"]), "tm. ủy ban, kt chủ tịch, atm") == ["tm.", "kt"]


def test_blanks_may_be_lost_where_that_is_asked_for() -> None:
    assert re.search(either_of(["nơi nhận"], blanks=False), "nơinhận:")
    assert not re.search(either_of(["nơi nhận"]), "nơinhận:")
