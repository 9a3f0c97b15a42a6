"""Numbers, days and levels as Vietnamese documents write them, whatever the language of the site."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import chain

from babel import Locale
from babel.numbers import format_decimal

from publish.progress_report.content import Cell

LANGUAGE = "vi-VN"  # of the documents

_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_DECIMALS = 4
_LONGEST_SHAPE = 200  # letters of a number format; Excel takes 255


def printable(text: str | None) -> str:
    """Text on one line, without what XML can't hold.

    >>> printable("một" + chr(0) + chr(10) + " hai ")
    'một hai'
    """
    return " ".join(_NO_XML.sub("", text or "").split())


def number(value: float) -> str:
    """A number without needless decimals.

    >>> number(1234.5), number(85), number(0.12346)
    ('1.234,5', '85', '0,1235')
    """
    return format_decimal(value, format="#,##0.####", locale=_vietnamese())


def count(value: int) -> str:
    """A count as documents write it: those below ten with a nought before them.

    >>> count(3), count(0), count(12)
    ('03', '0', '12')
    """
    return f"{value:02}" if 0 < value < 10 else number(value)


def in_ranges(numbers: Sequence[int]) -> str:
    """Numbers in rising order, three or more in a row as a range.

    >>> in_ranges([1, 2, 4, 5, 6, 9])
    '1, 2, 4 - 6, 9'
    """
    runs: list[list[int]] = []
    for one in numbers:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    said = ([f"{run[0]} - {run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(chain.from_iterable(said))


def day(given: date | str | None) -> str:
    """A day, or an ISO text of one; "" for none.

    >>> day(date(2026, 6, 30)), day("2026-01-05"), day(None)
    ('30/06/2026', '05/01/2026', '')
    """
    if not given:
        return ""
    known = date.fromisoformat(given) if isinstance(given, str) else given
    return f"{known:%d/%m}/{known.year}"


def amount(value: float, unit: str | None, sign: str = "=", *, before: str = "") -> str:
    """A value with its unit, and the comparator that a target has.

    >>> amount(85, "%", ">="), amount(3, "mô hình"), amount(20, "rank", "<="), amount(15, "%", ">=", before="Tăng ")
    ('≥ 85%', '3 mô hình', 'Hạng ≤ 20', 'Tăng ≥ 15%')
    """
    return f"{before}{_lead(unit, sign)}{number(value)}{_tail(unit)}".strip()


def amount_cell(value: float, unit: str | None, sign: str = "=", *, before: str = "") -> Cell:
    """The same for a sheet: the number stays one, and its format says the rest.

    >>> amount_cell(85.3, "%").shape, amount_cell(85.3, "%").value
    ('#,##0.0"%"', 85.3)
    """
    text = amount(value, unit, sign, before=before)
    lead, tail = before + _lead(unit, sign), _tail(unit)
    decimals = len(f"{round(value, _MOST_DECIMALS):.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    shape = f"{_literal(lead)}{digits}{_literal(tail)}"
    return Cell(text, value, shape) if len(shape) <= _LONGEST_SHAPE else Cell(text)


def day_cell(given: date | str | None) -> Cell:
    """A day for a sheet."""
    text = day(given)
    return Cell(text, date.fromisoformat(str(given))) if text else Cell("")


def _lead(unit: str | None, sign: str) -> str:
    return ("Hạng " if unit == "rank" else "") + _SIGNS.get(sign, "")


def _tail(unit: str | None) -> str:
    said = printable(unit)
    return {"%": "%", "": "", "rank": ""}.get(said, f" {said}")


def _literal(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""


@cache
def _vietnamese() -> Locale:
    return Locale("vi")
