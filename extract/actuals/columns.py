"""The head of a report's table -> what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.actuals.draft import Counted
from extract.actuals.times import of_column, time_in
from extract.lexicon import phrases
from extract.model import GridCell
from extract.text import fold

Matrix = Sequence[Sequence[GridCell]]
_MARKS = re.compile(r"[^\w%+/\-]+")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-dđ])\)?(?:\s*=.*)?|")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_BARE_UNIT = fold("đơn vị")  # a unit of measure, or whose row it is
_HEAD_ROWS, _MORE_HEAD_ROWS = 5, 2
_LONGEST, _LONGEST_TIME, _LONGEST_ORDINAL = 120, 30, 4  # characters of a head, of one that is a time, of "VIII"
_HELD_AGAINST = frozenset({"change", "share"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, its role as in lexicon/results.yaml, its head folded and as printed, its time.

    `group` is the head over several columns that it stands below, `words` those below it; `own` says that the head
    itself names the time.
    """

    index: int
    role: str
    head: str
    printed: str
    group: str = ""
    words: str = ""
    counted: Counted = field(default_factory=Counted)
    own: bool = False
    cumulative: bool = False

    def speaks_of(self, counted: Counted) -> bool:
        """Whether it is not of a time of its own that was over before the other one, or began after it."""
        return not self.own or not (_is_before(self.counted, counted) or _is_before(counted, self.counted))

    @property
    def days(self) -> int:
        """How long its time is; a cumulative column's is the longest."""
        start, end = self.counted.start, self.counted.end
        return (end - start).days + self.cumulative if start and end else int(self.cumulative)


@dataclass(frozen=True, slots=True)
class _Head:
    """The words over a column: of the group it stands in, and its own."""

    group: str
    own: str

    @property
    def printed(self) -> str:
        """All of them, the group's first."""
        return f"{self.group} {self.own}".strip()


def columns_of(matrix: Matrix, period: Counted, year: int | None, *, sure: bool) -> tuple[int, list[Column]]:
    """How many rows the head has, and its columns; no columns where none is for what was done.

    Only where it is `sure` that the table is about results are columns for that which say nothing but what they count.
    """
    for top, row in enumerate(matrix[:_HEAD_ROWS]):
        roles = [_role(cell.text)[0] for cell in row]
        if sum(role not in ("", "other") for role in roles) >= 2 and len({c.text for c in row if c.text}) > 1:
            end = top + 1
            while end - top <= _MORE_HEAD_ROWS and _goes_on(matrix, end - 1):
                end += 1
            heads = [_head(matrix[top:end], i) for i in range(len(row))]
            while end < len(matrix) and all(_COLUMN_NUMBER.fullmatch(c.text.strip().lower()) for c in matrix[end]):
                end += 1
            columns = _named(_settled(heads, period, year, sure=sure), matrix[end:])
            return (end, columns) if any(c.role == "done" for c in columns) else (0, [])
    return 0, []


def _role(text: str) -> tuple[str, bool]:
    """The role that a head's words give a column, and whether it is cumulative."""
    if len(text) > _LONGEST:
        return "", False
    head = squeezed_head(text)
    for phrase in phrases("results", "columns"):
        if phrase.find(head):
            return phrase.means["role"], bool(phrase.means.get("cumulative"))
    return "", False


def squeezed_head(text: str) -> str:
    """A head folded, its brackets and other marks made blanks."""
    return _MARKS.sub(" ", fold(text)).strip()


def _goes_on(matrix: Matrix, at: int) -> bool:
    """Whether the head has one more row: it repeats or leaves empty what stands over it, and parts a group."""
    if at + 1 >= len(matrix):
        return False
    upper, lower = matrix[at], matrix[at + 1]
    same = [not b.text or a.text == b.text for a, b in zip(upper, lower, strict=True)]
    fresh = [b.text for s, b in zip(same, lower, strict=True) if not s]
    if not any(same[:2]) or not fresh or not all(_HAS_LETTER.search(t) or t.strip() == "%" for t in fresh):
        return False
    groups = len({c.text for c in upper if c.text}) < len(upper)
    return groups and not any(_is_value(t) for t in fresh)


def _is_value(text: str) -> bool:
    return text.strip()[:1].isdigit() and _role(text)[0] == "" and "tháng" not in fold(text)


def _head(rows: Matrix, index: int) -> _Head:
    """The words over a column; a group's name left blank over its other columns is taken up."""
    upper = rows[0][index].text
    lower = list(dict.fromkeys(row[index].text for row in rows[1:] if row[index].text not in ("", upper)))
    if not lower:
        return _Head("", upper)
    if not upper:
        upper = next((rows[0][i].text for i in range(index - 1, -1, -1) if rows[0][i].text), "")
    return _Head(upper, " ".join(lower))


def _role_below(head: _Head) -> tuple[str, bool]:
    """The role of a column by its own words, or by the group's: "So sánh (%) | Kế hoạch" is no plan's."""
    if not head.group:
        return _role(head.own)
    over, own, both = _role(head.group), _role(head.own), _role(head.printed)
    if over[0] in _HELD_AGAINST:
        return both if both[0] in _HELD_AGAINST else over
    if over[0] == "last":
        return over if own[0] in ("", "done", "last", "whole") else ("other", False)
    if over[0] == "plan":
        return over if own[0] != "share" else ("other", False)
    if over[0] == "done" and own[0] in ("", "whole"):
        return both if both[0] == "done" else over
    return own if own[0] else both


def _settled(heads: Sequence[_Head], period: Counted, year: int | None, *, sure: bool) -> list[Column]:
    """The columns with roles that only their neighbours decide: a second "Chỉ tiêu" is the plan's."""
    given = [_role_below(head) for head in heads]
    columns: list[Column] = []
    for index, (head, (role, cumulative)) in enumerate(zip(heads, given, strict=True)):
        column = Column(
            index, role, squeezed_head(head.printed), head.printed, head.group, head.own, cumulative=cumulative
        )
        columns.append(_with_time(_beside(column, columns, [r for r, _ in given]), period, year))
    columns = _without_earlier_shares(columns)
    return _counting(columns) if sure else columns


def _without_earlier_shares(columns: list[Column]) -> list[Column]:
    """The columns, shares of last year's left out: behind its figures, before this year's, with no time in the head."""
    first = next((c.index for c in columns if c.role == "done"), 0)
    last = next((c.index for c in columns if c.role == "last"), first)
    return [
        replace(c, role="other") if c.role == "share" and not c.own and last < c.index < first else c for c in columns
    ]


def _beside(column: Column, before: Sequence[Column], roles: Sequence[str]) -> Column:
    """The column with the role that those before it leave."""
    seen = {c.role for c in before}
    if column.role == "name" and "name" in seen and fold("chỉ tiêu") in column.head and "plan" not in roles:
        return replace(column, role="plan")
    if column.role == "unit" and "unit" in seen:
        return replace(column, role="other")
    if not column.role and column.index == 0 and (not column.head or "name" in roles):
        return replace(column, role="ordinal")
    return column


def _with_time(column: Column, period: Counted, year: int | None) -> Column:
    """The column with the time that it is counted over; one headed by a time alone is for what was done in it."""
    own = time_in(column.head, year)
    role = column.role
    if not role and own is not None and len(column.head) < _LONGEST_TIME:
        role = "done"
    if role not in ("done", "plan", "share", "last", "change"):
        return replace(column, counted=period)
    counted = of_column(column.head, period, year, cumulative=column.cumulative)
    if role == "done" and _is_before(counted, period):
        role = "last"
    elif role == "done" and not column.role and _is_before(period, counted):
        role = "other"
    return replace(column, role=role, counted=counted, own=own is not None)


def _is_before(counted: Counted, period: Counted) -> bool:
    """Whether one time was over when the other began."""
    return counted.end is not None and period.start is not None and counted.end < period.start


def _counting(columns: list[Column]) -> list[Column]:
    """Where no head says "thực hiện" or "kế hoạch": columns headed by what they count hold what was done."""
    roles = {c.role for c in columns}
    if "done" in roles or "plan" in roles or "last" in roles:
        return columns
    counting = [c for c in columns if c.index and not c.role and (_counts(c.head) or _counts(squeezed_head(c.words)))]
    if not counting and "whole" not in roles:
        counting = [c for c in columns if c.role == "share"][:1]
    return [replace(c, role="done", group=c.group or c.printed) if c in counting else c for c in columns]


def counting_head(column: Column) -> str:
    """A column's head where it says what is counted: "Số hộ đã thu gom"."""
    return column.printed if _counts(column.head) else ""


def _counts(head: str) -> bool:
    return any(phrase.find(head) for phrase in phrases("results", "counting_heads"))


def _named(columns: list[Column], body: Matrix) -> list[Column]:
    """Make one column the indicators' names: the last so headed, else the one with most words before the figures."""
    names = [c for c in columns if c.role == "name"]
    if names:
        return [replace(c, role="other") if c in names[:-1] else c for c in columns]
    left = columns[: next((c.index for c in columns if c.role == "done"), len(columns))]
    left = [c for c in left if c.role != "unit" or c.head == _BARE_UNIT]
    most = max(left, key=lambda c: sum(_is_named(row[c.index].text) for row in body), default=None)
    return [replace(c, role="name") if c is most else c for c in columns]


def _is_named(text: str) -> bool:
    """Whether a cell is words: no number, and more than an ordinal's letters."""
    return len(text) > _LONGEST_ORDINAL and text[:1].isalpha()
