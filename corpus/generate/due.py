"""Times of tasks within a plan's year, as they are printed, with what gold has for them (GUIDE.md, "Deadlines")."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

Json = dict[str, Any]
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Said:
    """A deadline or a measure as it is printed, what gold has for it, and the way it is said in."""

    text: str
    gold: Json
    way: str


def deadline(rng: Random, year: int) -> Said:
    """A deadline of a task within the year."""
    return rng.choice(_COMMON)(rng, year) if rng.random() < 0.7 else rng.choice(_RARE)(rng, year)


def day_printed(rng: Random, day: date) -> str:
    """A day as offices print it."""
    numbers = {"d": day.day, "m": day.month, "y": day.year}
    forms = ("{d}/{m}/{y}", "{d:02d}/{m:02d}/{y}", "{d}.{m}.{y}", "{d} tháng {m} năm {y}", "{d:02d}-{m:02d}-{y}")
    return rng.choice((*forms[:2], *forms)).format(**numbers)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def between(kind: str, start: date, end: date) -> Json:
    """Gold of a stretch of time."""
    return {"kind": kind, "start": start.isoformat(), "end": end.isoformat()}


def _some_day(rng: Random, year: int) -> date:
    return date(year, rng.randint(2, 12), rng.randint(1, 28))


def _by(rng: Random, year: int) -> Said:
    day = _some_day(rng, year)
    words = rng.choice(["Trước ngày {}", "Hoàn thành trước ngày {}", "Chậm nhất ngày {}", "Trước {}", "Xong trước {}"])
    return Said(words.format(day_printed(rng, day)), {"kind": "by", "end": day.isoformat()}, "by a day")


def _by_without_year(rng: Random, year: int) -> Said:
    day = _some_day(rng, year)
    return Said(f"Trước ngày {day.day}/{day.month}", {"kind": "by", "end": day.isoformat()}, "by a day, no year")


def _by_after(rng: Random, year: int) -> Said:
    day = _some_day(rng, year)
    text = f"Sau khi có văn bản của cấp trên, trước ngày {day.day}/{day.month}/{day.year}"
    return Said(text, {"kind": "by", "end": day.isoformat()}, "by a day after something")


def _on(rng: Random, year: int) -> Said:
    day = _some_day(rng, year)
    words = rng.choice(["Ngày {}", "{}", "Dự kiến ngày {}"])
    return Said(words.format(f"{day.day:02d}/{day.month:02d}/{day.year}"), between("period", day, day), "on a day")


def _two_days(rng: Random, year: int) -> Said:
    first = rng.randint(1, 27)
    stretch = between("period", date(year, 12, first), date(year, 12, first + 1))
    return Said(f"Ngày {first}, {first + 1}/12/{year}", stretch, "two days")


def _days(rng: Random, year: int) -> Said:
    month, first = rng.randint(2, 11), rng.randint(1, 12)
    last = first + rng.randint(1, 14)
    words = rng.choice(
        ["Từ ngày {a}/{m} đến ngày {b}/{m}/{y}", "Từ {a}/{m} - {b}/{m}/{y}", "Từ ngày {a} đến ngày {b}/{m}/{y}"]
    )
    stretch = between("period", date(year, month, first), date(year, month, last))
    return Said(words.format(a=first, b=last, m=month, y=year), stretch, "days")


def _month(rng: Random, year: int) -> Said:
    month = rng.randint(2, 12)
    words = rng.choice(
        [
            "Trong tháng {m}/{y}",
            "Xong trong tháng {m}/{y}",
            "Tháng {m}/{y}",
            "Tháng {m} năm {y}",
            "Tháng {m:02d}/{y}",
            "Tháng {m}",
        ]
    )
    return Said(words.format(m=month, y=year), between("month", date(year, month, 1), last_day(year, month)), "month")


def _quarter(rng: Random, year: int) -> Said:
    quarter = rng.randint(1, 4)
    words = rng.choice(["Quý {q}/{y}", "Quý {q} năm {y}", "Trong quý {q}/{y}", "Quý {q}", "Quý {q}-{y}"])
    stretch = between("quarter", date(year, quarter * 3 - 2, 1), last_day(year, quarter * 3))
    return Said(words.format(q=_ROMAN[quarter], y=year), stretch, "quarter")


def _quarters(rng: Random, year: int) -> Said:
    first = rng.randint(1, 3)
    last = rng.randint(first + 1, 4)
    stretch = between("period", date(year, first * 3 - 2, 1), last_day(year, last * 3))
    return Said(f"Quý {_ROMAN[first]}/{year} - Quý {_ROMAN[last]}/{year}", stretch, "quarters")


def _half(_: Random, year: int) -> Said:
    return Said(f"6 tháng đầu năm {year}", between("period", date(year, 1, 1), date(year, 6, 30)), "half year")


def _months(rng: Random, year: int) -> Said:
    first, last = rng.randint(1, 5), rng.randint(6, 12)
    words = rng.choice(
        ["Từ tháng {a} đến tháng {b}/{y}", "Tháng {a} - tháng {b}/{y}", "Tháng {a} đến tháng {b} năm {y}"]
    )
    stretch = between("period", date(year, first, 1), last_day(year, last))
    return Said(words.format(a=first, b=last, y=year), stretch, "months")


def _until(_: Random, year: int) -> Said:
    return Said(f"Đến hết năm {year}", {"kind": "by", "end": f"{year}-12-31"}, "until the year's end")


def _ongoing(rng: Random, year: int) -> Said:
    if rng.random() < 0.5:
        return Said(rng.choice(["Thường xuyên", "Duy trì thường xuyên"]), {"kind": "ongoing"}, "ongoing")
    stretch = between("ongoing", date(year, 1, 1), date(year, 12, 31))
    return Said(
        rng.choice([f"Thường xuyên trong năm {year}", "Thường xuyên trong năm"]), stretch, "ongoing in the year"
    )


def _from(_: Random, year: int) -> Said:
    return Said(f"Từ năm {year} trở đi", {"kind": "ongoing", "start": f"{year}-01-01"}, "from a year on")


def _recurring(rng: Random, _: int) -> Said:
    words, rule = rng.choice(
        [
            ("Hằng tháng", "FREQ=MONTHLY"),
            ("Hàng quý", "FREQ=MONTHLY;INTERVAL=3"),
            ("Hằng năm", "FREQ=YEARLY"),
            ("Hằng tuần", "FREQ=WEEKLY"),
            ("Thường xuyên, hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ]
    )
    return Said(words, {"kind": "recurring", "rrule": rule}, "recurring")


def _recurring_day(rng: Random, _: int) -> Said:
    day = rng.randint(5, 25)
    words = rng.choice(["Trước ngày {} hằng tháng", "Chậm nhất ngày {} hàng tháng", "Ngày {} hằng tháng"])
    return Said(words.format(day), {"kind": "recurring", "rrule": f"FREQ=MONTHLY;BYMONTHDAY={day}"}, "a day each month")


def _twice_a_year(_: Random, __: int) -> Said:
    rule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    return Said("Trước ngày 15/6 và 15/12 hằng năm", {"kind": "recurring", "rrule": rule}, "two days each year")


def _year(rng: Random, year: int) -> Said:
    words = rng.choice([f"Năm {year}", f"Trong năm {year}", f"Cả năm {year}"])
    return Said(words, between("year", date(year, 1, 1), date(year, 12, 31)), "year")


def _undated(rng: Random, _: int) -> Said:
    words = [
        "Theo lộ trình của cấp trên",
        "Theo hướng dẫn của cấp trên",
        "Ngay sau khi có kinh phí",
        "Không quá 7 ngày làm việc",
    ]
    return Said(rng.choice(words), {"kind": "other"}, "without a date")


_COMMON: Sequence[Callable[[Random, int], Said]] = (
    _by, _by, _month, _quarter, _quarter, _half, _months, _ongoing, _recurring, _year,
)  # fmt: skip
_RARE: Sequence[Callable[[Random, int], Said]] = (
    _by_without_year, _by_after, _on, _days, _two_days, _quarters, _until, _from, _recurring_day, _twice_a_year,
    _undated,
)  # fmt: skip
