"""Plans shuffled, cut and mangled: extraction never raises, and spans always hold."""

import random
import unicodedata
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extract import UnreadableFile
from tests.plans import record
from tests.test_spans import check

PLANS = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[1] / "corpus" / "plans").glob("mau-*.txt"))]
LINES = [line for text in PLANS for line in text.split("\n")]
MARKS = [
    "I. ",
    "1. ",
    "a) ",
    "- ",
    "+ ",
    "(1) ",
    "1.1. ",
    "• ",
    "| ",
    "\t",
    "**",
    "# ",
    "Phụ lục",
    "Nơi nhận:",
    "./.",
    ":",
    "KẾ HOẠCH",
]


@given(st.sampled_from(PLANS), st.integers(0, 30_000), st.integers(0, 30_000))
@settings(max_examples=25)
def test_a_plan_cut_anywhere(text, start, end):
    check(record(text[min(start, end) : max(start, end)]))


@given(st.lists(st.sampled_from(LINES), max_size=80))
@settings(max_examples=40)
def test_lines_of_plans_in_any_order(lines):
    check(record("\n".join(lines)))


@given(
    st.lists(
        st.tuples(st.sampled_from(["", *MARKS]), st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", " ", ""])),
        max_size=60,
    )
)
@settings(max_examples=40)
def test_lines_with_marks_put_before_them(parts):
    check(record("".join(mark + line + end for mark, line, end in parts)))


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_any_text_at_all(text):
    with suppress(UnreadableFile):  # control characters make it a binary file
        check(record(text))


@given(st.sampled_from(PLANS), st.integers(0, 2**32))
@settings(max_examples=15)
def test_a_plan_with_letters_lost(text, seed):
    kept = random.Random(seed)
    check(record("".join(letter for letter in text[:6000] if kept.random() > 0.03)))


@given(st.sampled_from(PLANS))
@settings(max_examples=8)
def test_a_plan_without_accents(text):
    bare = unicodedata.normalize("NFD", text)
    check(record("".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")))
