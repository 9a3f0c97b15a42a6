"""The ordinal or bullet that opens a line, as NĐ 30/2020 (Phụ lục I, mục II.5) prints them and as people write them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.text import LOWER, UPPER

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_PART_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SMALL_NUMBER = r"\d{1,2}"

# From the outermost to the innermost; a style not on the stack goes below those that stand before it here.
RANKS: dict[str, float] = {
    "root": 0, "appendix": 0, "part": 1, "upper": 2, "roman": 3, "caps": 3, "section": 3.2, "subcaps": 3.5,
    "article": 4, "title": 4.5, "dot1": 5, "dot2": 6, "dot3": 7, "dot4": 8, "close": 9, "letter": 10,
    "letternum": 11, "paren": 12, "lead": 12.5, "-": 13, "+": 14, "*": 15, "none": 99, "grid": 99,
}  # fmt: skip
BULLETS = frozenset("-+*")


@dataclass(frozen=True, slots=True)
class Marker:
    """`style` is a key of RANKS, `label` what a path names it by ("III", "2.1", "b"), `end` where the text begins."""

    style: str
    label: str
    number: int
    end: int

    @property
    def is_bullet(self) -> bool:
        """A mark that carries no order."""
        return self.style in BULLETS


# "- ", "–Tối thiểu", "- + Quý II": the last of a run of marks is the one that was meant.
_BULLET = re.compile(r"\s*(?:[-–—−+*•·●▪■◦○➢►❖✓→]\s*)*(?P<mark>[-–—−+*•·●▪■◦○➢►❖✓→])\s*(?=[^\s\-–—_=*])")
_O_BULLET = re.compile(r"\s*o\s+(?=[" + UPPER + "])")
# "Phần thứ nhất", "PHẦN II.", "Phần 1:"
_PART = re.compile(
    r"\s*(?:phần|chương)\s+(?:thứ\s+)?(?P<word>" + "|".join(_PART_WORDS) + r"|[ivx]+|\d{1,2})\b[\s.:–-]*", re.IGNORECASE
)
# "Điều 1.", "Mục 2:"
_ARTICLE = re.compile(r"\s*(?:Điều|ĐIỀU|Mục|MỤC)\s+(?P<label>\d{1,2}|[IVX]+)\s*[.:]\s*")
# "I. ", "II-", "IV/", "III ."
_ROMAN = re.compile(r"\s*(?P<label>X{0,3}(?:IX|IV|V?I{0,3}))\s*[.\-–/:)]+\s*(?=[^\s" + LOWER + "])")
_UPPER = re.compile(rf"\s*(?P<label>[A-HĐK-UY])\s*[.\-–/)]\s*(?=[{UPPER}]{{2}}|[{UPPER}][^\W\d_]* )")
# "1.1. ", "2.1 Tăng", "1.Mục", "3/ ", "01. "; never "5.000 hộ", "30.6.2026" or "1,5 tỷ"
_DOTTED = re.compile(
    rf"\s*(?P<label>{_SMALL_NUMBER}(?:\.{_SMALL_NUMBER}){{1,3}})(?:\s*[.\-–/)](?!\d)\s*(?=\S)|\s+(?=[^\s{LOWER}\d]))"
)
# "I.1. ", "A.2 Tăng": the ordinal of the level above stands in front.
_COMPOUND = re.compile(rf"\s*(?P<label>(?:[IVX]+|[A-HĐ])(?:\.{_SMALL_NUMBER}){{1,3}})\s*[.)]?\s+(?=[^\s{LOWER}])")
_ARABIC = re.compile(
    rf"\s*(?P<label>{_SMALL_NUMBER})\s*[.\-–/](?![\d/]|[{UPPER}]{{2,}}[-–/&])(?:\s+(?=\S)|\s*(?=[{UPPER}“\"]))(?!\s*[-–]?\s*(?:19|20)\d\d)"
)
_CLOSE = re.compile(rf"\s*(?P<label>{_SMALL_NUMBER})\s*\)\s*(?=\S)")
# "a) ", "b/ ", "c. Tuyên truyền", "d. 100% thôn"; "a, Đối với …", "b, đối với …:" but not "a, b, c"
_LETTER = re.compile(
    rf"\s*(?P<label>[a-zđ])(?:\s*[)/]\s*(?=\S)|\s*\.\s*(?=[{UPPER}“\"]|(?<=\s)\d)"
    rf"|,\s+(?=[{UPPER}][^\W\d_]|[^\W\d_]{{2}}[^:;\n]{{0,200}}:\s*\Z))"
)
_LETTER_NUMBER = re.compile(rf"\s*(?P<label>[a-zđ]\.?{_SMALL_NUMBER})\s*[).]\s*(?=\S)")
_PAREN = re.compile(r"\s*\((?P<label>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)")


@lru_cache(maxsize=4096)
def marker_of(text: str) -> Marker | None:
    """The marker that `text` opens with, or None.

    >>> marker_of("2.1. Nội dung tập huấn")
    Marker(style='dot2', label='2.1', number=1, end=5)
    >>> marker_of("1.250 hộ nghèo") is None
    True
    """
    first = text.lstrip()[:1]
    if not first:
        return None
    if first in "-–—−+*•·●▪■◦○➢►❖✓→":
        return _bullet(text)
    if first.isdigit():
        return _digits(text)
    if first == "(":
        match = _PAREN.match(text)
        return Marker("paren", match["label"], _value(match["label"]), match.end()) if match else None
    return _capital(text) if first.isupper() else _small(text)


def roman_value(label: str) -> int:
    """The number a Roman numeral stands for, 0 for what is none."""
    total = last = 0
    for letter in reversed(label.upper()):
        value = _ROMAN_VALUES.get(letter, 0)
        if not value:
            return 0
        total, last = (total - value, last) if value < last else (total + value, value)
    return total


def _bullet(text: str) -> Marker | None:
    match = _BULLET.match(text)
    if not match:
        return None
    mark = match["mark"]
    style = "-" if mark in "-–—−" else "+" if mark == "+" else "*"
    return Marker(style, "", 0, match.end())


def _digits(text: str) -> Marker | None:
    if match := _DOTTED.match(text):
        parts = match["label"].split(".")
        return Marker(f"dot{len(parts)}", match["label"], int(parts[-1]), match.end())
    if match := _ARABIC.match(text):
        return Marker("dot1", match["label"].lstrip("0") or "0", int(match["label"]), match.end())
    if match := _CLOSE.match(text):
        return Marker("close", match["label"], int(match["label"]), match.end())
    return None


def _capital(text: str) -> Marker | None:
    if match := _PART.match(text):
        word = match["word"].lower()
        number = _PART_WORDS.index(word) + 1 if word in _PART_WORDS else _value(word)
        return Marker(
            "part",
            match["word"].upper() if not word.isalpha() or roman_value(word) else str(number),
            number,
            match.end(),
        )
    if match := _ARTICLE.match(text):
        return Marker("article", match["label"], _value(match["label"]), match.end())
    if match := _COMPOUND.match(text):
        parts = match["label"].split(".")
        return Marker(f"dot{len(parts) - 1}", match["label"], int(parts[-1]), match.end())
    if (match := _ROMAN.match(text)) and match["label"]:
        return Marker("roman", match["label"], roman_value(match["label"]), match.end())
    if match := _UPPER.match(text):
        return Marker("upper", match["label"], _letter_number(match["label"].lower()), match.end())
    return None


def _small(text: str) -> Marker | None:
    if match := _O_BULLET.match(text):
        return Marker("*", "", 0, match.end())
    if match := _LETTER_NUMBER.match(text):
        return Marker("letternum", match["label"], int(re.sub(r"\D", "", match["label"])), match.end())
    if match := _LETTER.match(text):
        return Marker("letter", match["label"], _letter_number(match["label"]), match.end())
    return None


def _letter_number(letter: str) -> int:
    """A = 1, b = 2, … with đ between d and e, as official lists go."""
    return "abcdđeghiklmnopqrstuvxy".find(letter) + 1


def _value(label: str) -> int:
    if label.isdigit():
        return int(label)
    return roman_value(label) or _letter_number(label.lower())
