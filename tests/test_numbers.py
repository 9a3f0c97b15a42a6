"""Numbers as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.numbers import number

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
