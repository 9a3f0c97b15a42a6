"""Numbers as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.numbers import mended, number

PRINTED = [
    ("01", 1.0),
    ("82,5", 82.5),
    ("82.5", 82.5),
    ("1.250", 1250.0),
    ("1.250,5", 1250.5),
    ("12.345.678", 12345678.0),
    ("0.125", 0.125),
    ("một", 1.0),
    ("mười", 10.0),
    ("vài", None),
    ("1.2.3", None),
]


@pytest.mark.parametrize(("printed", "expected"), PRINTED)
def test_dots_part_thousands_and_commas_decimals(printed: str, expected: float | None) -> None:
    assert number(printed) == expected


def test_a_comma_before_three_figures_parts_thousands_of_what_has_no_parts() -> None:
    assert number("1,250") == 1.25
    assert number("1,250", whole=True) == 1250


@given(st.integers(min_value=1, max_value=10**9))
def test_a_whole_number_is_read_back_with_and_without_dots(value: int) -> None:
    assert number(str(value)) == value
    assert number(f"{value:,}".replace(",", ".")) == value


MISREAD = [
    ("trước ngày 3o/6/2o26", "trước ngày 30/6/2026"),
    ("0l/4/2026", "01/4/2026"),
    ("1o/lo/2026", "10/10/2026"),
    ("ngày l/6/2026", "ngày 1/6/2026"),
    ("l00% ấp, trên 9o% hộ", "100% ấp, trên 90% hộ"),
    ("o8 điểm sơ tán, i5 tấn gạo", "08 điểm sơ tán, 15 tấn gạo"),
    ("l.200 cây", "l.200 cây"),
    ("trồng l.200 cây", "trồng 1.200 cây"),
    ("bình 5l, co2, pm2.5, vitamin b12, 5g", "bình 5l, co2, pm2.5, vitamin b12, 5g"),
    ("kế hoạch 25/kh-ubnd, hội nghị 2/9", "kế hoạch 25/kh-ubnd, hội nghị 2/9"),
]


@pytest.mark.parametrize(("folded", "expected"), MISREAD)
def test_letters_among_a_numbers_digits_are_mended(folded: str, expected: str) -> None:
    assert mended(folded) == expected


@given(st.text(alphabet="0123456789lio/%., ngày", max_size=30))
def test_mending_keeps_every_place(folded: str) -> None:
    assert len(mended(folded)) == len(folded)
