"""What people write in a cell -> a number or a day, or the reason why it can't be one (Vietnamese)."""

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)  # "1.250", "1.250,5"
_COMMA = re.compile(r"[-+]?\d+,\d+", re.ASCII)  # "85,3"
_POINT = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)  # "1250", "85.3"
_ENGLISH = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+\.\d+", re.ASCII)  # "1,250.5"
_PART = re.compile(r"\d+([.,]\d+)?/\d+([.,]\d+)?.*", re.ASCII)  # "12/17 ấp"
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", re.ASCII)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.+Z]*)?", re.ASCII)
_MOST = 1e15  # beyond which a number is no longer exact
_SHOWN = 40  # letters of a cell in a message
_AS_DAY = "hãy ghi như 30/06/2026"


class Unclear(ValueError):
    """The cell can't be read; the message says why and what to write."""


class Percent(float):
    """A number that the cell shows as a percentage: 85.3 where Excel keeps 0.853 and shows 85,3%."""

    __slots__ = ()


class Broken(str):
    """A cell whose content the spreadsheet could not work out: what is wrong with it, and what to do."""

    __slots__ = ()


def number(cell: object) -> float:
    """A number as Excel holds it or as Vietnamese write it: "1.250,5" is 1250.5; raises Unclear.

    >>> number("1.250,5"), number("85,3"), number("85.3"), number(12)
    (1250.5, 85.3, 85.3, 12.0)
    """
    if isinstance(cell, Broken):
        raise Unclear(str(cell))
    found = _number_typed(cell) if isinstance(cell, str) else _number_kept(cell)
    if not math.isfinite(found) or abs(found) > _MOST:
        raise Unclear("số quá lớn; hãy xem lại số hoặc đơn vị tính")
    return found


def _number_kept(cell: object) -> float:
    if isinstance(cell, date | time | timedelta):
        raise Unclear("ô này là ngày, không phải số; hãy đổi định dạng ô thành Số (Number) rồi ghi lại")
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise Unclear("ô này không phải số")
    return cell if isinstance(cell, float) else float(cell)


@lru_cache(maxsize=1 << 14)
def _number_typed(cell: str) -> float:
    text = "".join(cell.split()).replace("−", "-").replace("–", "-")
    if _POINT.fullmatch(text) and not _GROUPED.fullmatch(text):
        return float(text)
    if text.endswith("%"):
        return Percent(_number_typed(text[:-1]))
    if _GROUPED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(text) and not _maybe_thousands(text):
        return float(text.replace(",", "."))
    raise Unclear(_why_no_number(cell, text))


def _maybe_thousands(text: str) -> bool:
    """Whether the comma may have been meant to part thousands, as the English do: "1,250"."""
    whole, _, rest = text.lstrip("+-").partition(",")
    return len(rest) == 3 and whole != "0"


def _why_no_number(cell: str, text: str) -> str:
    if text.startswith("="):
        return "ô này là công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại, hoặc ghi số vào ô"
    if _COMMA.fullmatch(text):
        return f"không rõ “{text}” là số lẻ hay hàng nghìn; hãy ghi {text.replace(',', '.')} nếu là hàng nghìn"
    if _ENGLISH.fullmatch(text):
        swapped = text.translate(str.maketrans(",.", ".,"))
        return f"“{text}” viết theo kiểu Anh; hãy ghi {swapped}"
    if _PART.fullmatch(text):
        return f"“{_cut(cell)}” là một phần của tổng số; hãy ghi riêng số đạt được, tỷ lệ ghi ở cột Tỷ lệ (%)"
    return f"“{_cut(cell)}” không phải số; ô này chỉ ghi số, chữ ghi ở cột Ghi chú"


def day(cell: object) -> str:
    """An ISO date of a day as Excel holds it or as people write it: 30/6/2026, 2026-06-30; raises Unclear.

    >>> day("30/6/2026"), day(date(2026, 6, 30))
    ('2026-06-30', '2026-06-30')
    """
    if isinstance(cell, str):
        if isinstance(cell, Broken):
            raise Unclear(str(cell))
        return _day_typed(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Unclear(f"ô này là số {cell:g}, không phải ngày; hãy đổi định dạng ô thành Ngày (Date) và ghi lại")
    raise Unclear(f"ô này không phải ngày; {_AS_DAY}")


@lru_cache(maxsize=4096)  # a sheet says the same few days over and over
def _day_typed(cell: str) -> str:
    text = cell.strip()
    first, iso = _DAY_FIRST.fullmatch(text), _ISO.fullmatch(text)
    try:
        if first:
            return date(int(first[3]), int(first[2]), int(first[1])).isoformat()
        if iso:
            return date.fromisoformat(iso[1]).isoformat()
    except ValueError as error:
        swapped = bool(first) and first is not None and int(first[2]) > 12 >= int(first[1])
        why = "ngày đứng trước tháng" if swapped else "lịch không có ngày này"
        raise Unclear(f"“{_cut(text)}” không phải ngày: {why}; {_AS_DAY}") from error
    if _SHORT_YEAR.fullmatch(text):
        raise Unclear(f"“{text}” thiếu năm đủ bốn chữ số; {_AS_DAY}")
    raise Unclear(f"“{_cut(text)}” không phải ngày; {_AS_DAY}")


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
