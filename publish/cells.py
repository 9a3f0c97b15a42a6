"""Values of the record as values of a row: dates as ISO 8601, codes as words, spans as columns, lists as JSON."""

import json
import re
from collections.abc import Sequence
from datetime import date

from extract.text import fold, unaccented
from publish.tables import Row
from schemas import Deadline, DeadlineKind, PartialDate, Span

_I = frozenset("iíìỉĩị")
_ADDRESS = 80  # letters
_QUARTERLY = {DeadlineKind.QUARTER, DeadlineKind.MONTH, DeadlineKind.BY}


def quarters(deadline: Deadline | None) -> list[str]:
    """Every quarter a deadline touches, as the guide derives it: of `by` the quarter of its end.

    >>> quarters(Deadline(kind="quarter", start=date(2026, 1, 1), end=date(2026, 6, 30)))
    ['2026-Q1', '2026-Q2']
    """
    if deadline is None or deadline.end is None or deadline.kind not in _QUARTERLY:
        return []
    start = deadline.end if deadline.kind is DeadlineKind.BY else deadline.start or deadline.end
    numbers = range(_quarter_number(start), _quarter_number(deadline.end) + 1)
    return [f"{number // 4}-Q{number % 4 + 1}" for number in numbers]


def _quarter_number(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def deadline_columns(prefix: str, deadline: Deadline | None) -> Row:
    """`<prefix>_kind`, `_start`, `_end`, `_rrule`, `_text`, `_span_start`, `_span_end`; all null for None."""
    span = deadline.span if deadline else None
    return {
        f"{prefix}_kind": code(deadline.kind) if deadline else None,
        f"{prefix}_start": iso(deadline.start) if deadline else None,
        f"{prefix}_end": iso(deadline.end) if deadline else None,
        f"{prefix}_rrule": deadline.rrule if deadline else None,
        f"{prefix}_text": (deadline.text or None) if deadline else None,
        f"{prefix}_span_start": span.start if span else None,
        f"{prefix}_span_end": span.end if span else None,
    }


def span_columns(span: Span | None) -> Row:
    """Where a value was read; all null for None."""
    if span is None:
        return {"span_start": None, "span_end": None, "page": None, "bboxes": None}
    boxes = as_json(span.bboxes) if span.bboxes else None
    return {"span_start": span.start, "span_end": span.end, "page": span.page, "bboxes": boxes}


def spans_columns(spans: Sequence[Span]) -> Row:
    """The first span's columns stretched to the last one's end, and all of them as JSON."""
    row = span_columns(spans[0] if spans else None)
    if spans:
        row["span_end"] = spans[-1].end
    return {**row, "spans": as_json([span.model_dump(mode="json") for span in spans])}


def whole_date(day: PartialDate) -> str | None:
    """The ISO date where nothing of it is blank and the calendar has it.

    >>> whole_date(PartialDate(year=2026, month=1)), whole_date(PartialDate(year=2026, month=1, day=29))
    (None, '2026-01-29')
    """
    if day.year is None or day.month is None or day.day is None:
        return None
    try:
        return date(day.year, day.month, day.day).isoformat()
    except ValueError:
        return None


def iso(day: date | None) -> str | None:
    """ISO 8601."""
    return day.isoformat() if day else None


def from_iso(day: str | None) -> date | None:
    """The day that a cell holds."""
    return date.fromisoformat(day) if day else None


def code(value: str | None) -> str | None:
    """A plain string of an enum's member."""
    return None if value is None else str(value)


def as_json(value: object) -> str:
    """Compact JSON with Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def address_words(text: str) -> str:
    """Words as they stand in an address: no accents, at most 80 letters, cut between words.

    >>> address_words("Chuyển đổi số xã Khe Vàng (năm 2026)")
    'chuyen-doi-so-xa-khe-vang-nam-2026'
    """
    words = "-".join(re.findall(r"[a-z0-9]+", unaccented(text)))
    return words if len(words) <= _ADDRESS else words[: _ADDRESS + 1].rpartition("-")[0] or words[:_ADDRESS]


def slug(text: str) -> str:
    """A key out of words: case, tone placement and punctuation no longer matter; accents do, and i is not y.

    >>> slug("Tổ Công nghệ số – cộng đồng"), slug("Đơn vị hoà giải")
    ('tổ-công-nghệ-số-cộng-đồng', 'đơn-vị-hòa-giải')
    """
    own_i = (own if own in _I else folded for own, folded in zip(text.lower(), fold(text), strict=False))
    return "-".join(re.findall(r"[^\W_]+", "".join(own_i))) or "-"
