"""Values that a spreadsheet takes as they are meant: text never a formula, nothing longer than a cell holds."""

import re

MOST_ROWS = 1_048_576  # of one sheet of Excel, its header with them
MOST_LETTERS = 32_767  # of one cell of Excel, in UTF-16 units

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n].", re.DOTALL)
_GUARDED = re.compile(r"''*[=+\-@＝＋－＠\t\r\n].", re.DOTALL)
# What XML 1.0 can't hold, and what Excel would read as one character written in hexadecimal: "_x000D_".
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def guarded(text: str) -> str:
    """Text for a CSV cell: with an apostrophe before it where a spreadsheet would compute it.

    >>> guarded("=1+1"), guarded("- Công an xã"), guarded("-"), guarded("'=1"), guarded("Trên 85%")
    ("'=1+1", "'- Công an xã", '-', "''=1", 'Trên 85%')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("-")
    ('=1+1', "'=1", '-')
    """
    return text[1:] if _GUARDED.match(text) else text


def cut(text: str) -> str:
    """Text that fits one cell of Excel; where it is cut, the end says so.

    >>> len(cut("chữ " * 9000)), cut("chữ " * 9000)[-20:]
    (32747, '… [còn 3273 chữ cái]')
    """
    if len(text) <= MOST_LETTERS // 2:
        return text
    length = len(text) + sum(letter > "\uffff" for letter in text)
    if length <= MOST_LETTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_LETTERS - 40)].decode("utf-16-le", "ignore")
    return f"{kept}… [còn {len(text) - len(kept)} chữ cái]"


def for_xml(text: str) -> str:
    """Text for a cell of a workbook.

    >>> for_xml("một" + chr(0) + " _x0041_")
    'một _x005F_x0041_'
    """
    return _ESCAPE.sub("_x005F_", _NO_XML.sub("", text))


def plain_number(value: float) -> int | float:
    """A whole number without ".0"."""
    return int(value) if float(value).is_integer() else value
