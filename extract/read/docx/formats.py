"""A list's count as Word writes it in each of its number formats (ECMA-376 part 1, 17.18.59)."""

_CIRCLED = 0x2460  # ① to ⑳
_MOST_LETTERS = 30
_MOST_ROMAN = 4000
_NUMERALS = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)


def written(number: int, kind: str) -> str:
    """The number in a format; in figures where the format has no form of its own here.

    >>> [written(4, kind) for kind in ("upperRoman", "lowerLetter", "decimalZero", "001")]
    ['IV', 'd', '04', '004']
    """
    if kind == "none":
        return ""
    if kind.endswith("Roman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    if kind.endswith("Letter"):
        return _letters(number).upper() if kind == "upperLetter" else _letters(number)
    if kind.isdigit():
        return str(number).zfill(len(kind))
    return _figures(number, kind)


def _figures(number: int, kind: str) -> str:
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind == "decimalEnclosedParen":
        return f"({number})"
    if kind == "decimalEnclosedFullstop":
        return f"{number}."
    if kind == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(_CIRCLED + number - 1)
    return str(number)


def _roman(number: int) -> str:
    """Small Roman numerals, in figures past those that are written.

    >>> _roman(14), _roman(4000)
    ('xiv', '4000')
    """
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    out = ""
    for value, numeral in _NUMERALS.items():
        times, number = divmod(number, value)
        out += numeral * times
    return out


def _letters(number: int) -> str:
    """A … z, aa, bb …, as Word counts.

    >>> _letters(3), _letters(28)
    ('c', 'bb')
    """
    if number < 1:
        return ""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * min(times + 1, _MOST_LETTERS)
