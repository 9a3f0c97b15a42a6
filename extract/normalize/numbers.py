"""A number as printed -> its value: dots part thousands, a comma parts decimals, small numbers stand in words."""

from __future__ import annotations

import re

NUMERALS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# "1.250", "1.250,5", "82,5", "82.5", "01"
PRINTED = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_FOREIGN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")


def number(printed: str, *, whole: bool = False) -> float | None:
    """The value of a printed number or numeral, None of anything else; `whole` where what is counted has no parts.

    >>> number("1.250"), number("82,5"), number("01"), number("một"), number("1,250", whole=True)
    (1250.0, 82.5, 1.0, 1.0, 1250.0)
    """
    if printed in NUMERALS:
        return float(NUMERALS[printed])
    if whole and _FOREIGN_THOUSANDS.fullmatch(printed):
        return float(printed.replace(",", ""))
    if _THOUSANDS.fullmatch(printed) and not printed.startswith("0"):
        printed = printed.replace(".", "")
    try:
        return float(printed.replace(",", "."))
    except ValueError:
        return None
