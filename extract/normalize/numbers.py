"""A number as printed -> its value: dots part thousands, a comma parts decimals, small numbers stand in words.

And folded text with the letters O, l and I that a scanner read for digits made digits again, one for one.
"""

from __future__ import annotations

import re

NUMERALS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# "1.250", "1.250,5", "82,5", "82.5", "01"
PRINTED = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_FOREIGN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_LETTER_AT_DIGIT = re.compile(r"\d(?:(?=[lio])|(?<=[lio]\d)|(?<=[lio][/.]\d))")
_DIGITS = str.maketrans("lio", "110")
# Letters among the digits of a number where nothing else could stand: "2o26", "9o%", "3o/4", "0l/4/2026", "o8 điểm",
# "l00%", "i5 tấn"; but "5l" may be litres, and "i5" before a comma a name.
_MISREAD = re.compile(
    r"""(?<!\w)(?:
        \d+[lio]+\d[\dlio]*(?!\w)
      | \d+o+(?=\s?[%/.,]|\s+[^\W\d_])
      | \d+[lio]+(?=\s?%|\s?/\s?[\dlio])
      | [lio]*\d+[\dlio]*(?=\s?%|\s?/\s?[\dlio]{1,2}\s?/|\s?/\s?[2z][\do]{3}\b)
      | [li](?=(?:\.\d{3})+(?![\d.]))
      | o\d+(?=\s+[^\W\d_]|\s?/|[.,]\s)
      | [li]o?\d+(?=\s+(?:[^\W\d_]{2}|ở\b))
    )
    |(?<=/)\s?[\dlio]{1,2}(?=\s?/\s?[\dlo]{4}\b)|(?<=/)\s?[\dlo]{4}(?!\w)
    |(?<=ngày\s)[lio](?=\s?/\s?\d)""",
    re.VERBOSE,
)


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


def mended(folded: str) -> str:
    """Folded text, of the same length, with the letters among a number's digits read as the digits they look like.

    >>> mended("trước ngày 3o/4/2o26, trên 9o% hộ có bình 5l")
    'trước ngày 30/4/2026, trên 90% hộ có bình 5l'
    """
    if _LETTER_AT_DIGIT.search(folded) is None:
        return folded
    return _MISREAD.sub(lambda m: m[0].translate(_DIGITS) if _has_digit(m) else m[0], folded)


def _has_digit(match: re.Match[str]) -> bool:
    """Whether what looks like a number has a digit in it or stands in a date."""
    return any(c.isdigit() for c in match[0]) or match.string[match.start() - 1 : match.start()] in ("/", " ")
