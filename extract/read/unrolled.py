"""Cells one after another, with nothing that says where a row ends -> rows.

The ordinals in the first column say it: the distance from 1 to 2 to 3 is the width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from extract.lexicon import is_in, phrases
from extract.normalize.labels import meaning_of
from extract.normalize.numbering import marker_of, roman_value
from extract.text import fold

_ARABIC = re.compile(r"\(?(?P<value>\d{1,4})\)?[.)]?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,2}){1,3}\.?")
_ROMAN = re.compile(r"(?P<value>[IVX]{1,5})[.)]?")
_UPPER = re.compile(r"(?P<value>[A-H])[.)]?")
_DIGIT = re.compile(r"\d")
_MOST_COLUMNS = 14
_MOST_HEADS = 20
_ROLES = frozenset({"lead", "coordinate", "implement"})


@dataclass(slots=True)
class Placed:
    """A cell of a row by its index in the run, and the columns and rows that it spans."""

    index: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class _Order:
    """The last ordinals seen, by which the next row's is known."""

    arabic: int = 0
    roman: int = 0
    upper: int = 0

    def opens(self, text: str) -> str:
        """The kind of row that a cell begins: "row", "group", "band" for a group's name over all columns, or ""."""
        if match := _ARABIC.fullmatch(text):
            return "row" if int(match["value"]) in {self.arabic + 1, 1} else ""
        if _DOTTED.fullmatch(text):
            return "row"
        if (match := _ROMAN.fullmatch(text)) and roman_value(match["value"]) in {self.roman + 1, 1}:
            return "group"
        if (match := _UPPER.fullmatch(text)) and ord(match["value"]) - 64 in {self.upper + 1, 1}:
            return "group"
        marker = marker_of(text) if text[:1].isupper() else None
        if (
            marker is not None
            and marker.style in {"roman", "upper"}
            and marker.number in {self.roman + 1, self.upper + 1}
        ):
            return "band"
        return ""

    def take(self, text: str) -> None:
        """Note the ordinal of a row that begins."""
        marker = marker_of(text)
        if match := _ARABIC.fullmatch(text):
            self.arabic = int(match["value"])
        elif match := _ROMAN.fullmatch(text):
            self.roman = roman_value(match["value"])
        elif match := _UPPER.fullmatch(text):
            self.upper = ord(match["value"]) - 64
        elif marker is not None and marker.style in {"roman", "upper"}:
            self.roman = self.upper = marker.number


@dataclass(slots=True)
class Unrolled:
    """Rows of placed cells, and how many cells of the run they use."""

    rows: list[list[Placed]] = field(default_factory=list)
    used: int = 0


def rows_of(texts: Sequence[str]) -> Unrolled | None:
    """The rows of a run of cells that begins with the first column's head; None where no grid shows."""
    first = next((i for i in range(2, min(len(texts), _MOST_HEADS)) if _Order().opens(texts[i])), None)
    if first is None:
        return _without_ordinals(texts)
    width = _width(texts, first)
    if width is None:
        return None
    head = heads_of(texts, first, width)
    if head is None:
        return None
    body = first + (width if _is_count(texts, first, width) else 0)
    out = Unrolled(list(head))
    if body > first:
        out.rows.append([Placed(i) for i in range(first, body)])
    out.used = _body(texts, body, meanings_of(head, texts), out.rows)
    return out if len(out.rows) > len(head) else None


def _without_ordinals(texts: Sequence[str]) -> Unrolled | None:
    """Heads, then as many cells a row: the heads end where a cell is none."""
    heads = 0
    while (
        heads < min(len(texts), _MOST_COLUMNS)
        and texts[heads]
        and len(texts[heads]) < 60
        and meaning_of(texts[heads], column=True)
    ):
        heads += 1
    if heads < 3 or len(texts) < 2 * heads or len(texts) % heads:
        return None
    rows = [[Placed(i + k) for k in range(heads)] for i in range(0, len(texts), heads)]
    return Unrolled(rows, len(texts))


def _width(texts: Sequence[str], first: int) -> int | None:
    """The distance at which most ordinals follow one another; with one row only, the number of heads."""
    values = [int(m["value"]) if (m := _ARABIC.fullmatch(text)) else None for text in texts]
    best, most = first, 0
    for width in range(max(2, first - 2), min(_MOST_COLUMNS, first + 1) + 1):
        pairs = zip(values[first:], values[first + width :], strict=False)
        count = sum(a is not None and b == a + 1 for a, b in pairs)
        if count > most or (count == most and count and abs(first - width) < abs(first - best)):
            best, most = width, count
    if _counted(texts, first) >= 3:
        best = _counted(texts, first)
    return best if 2 <= best <= _MOST_COLUMNS else None


def _counted(texts: Sequence[str], first: int) -> int:
    """How long a row of column numbers "(1) (2) (3)" is that may stand there."""
    count = 0
    while first + count < len(texts) and texts[first + count].strip("() .") == str(count + 1):
        count += 1
    return count


def _is_count(texts: Sequence[str], first: int, width: int) -> bool:
    return _counted(texts, first) == width


def heads_of(texts: Sequence[str], count: int, width: int) -> list[list[Placed]] | None:
    """The head's one row or two; a cell of the upper one that groups others spans them."""
    if count <= width:
        return [[Placed(i) for i in range(count)]]
    if count > width + 1:
        return None
    below = _grouped(texts, count, width)
    above = count - below
    group = _grouping(texts, above)
    upper = [Placed(i, colspan=below if i == group else 1, rowspan=1 if i == group else 2) for i in range(above)]
    return [upper, [Placed(i) for i in range(above, count)]]


def _grouped(texts: Sequence[str], count: int, width: int) -> int:
    """How many heads stand in the lower row: the last ones, all of roles or all with figures."""
    roles = figures = 0
    while roles < width - 1 and meaning_of(texts[count - 1 - roles], column=True) in _ROLES:
        roles += 1
    while figures < width - 1 and _DIGIT.search(texts[count - 1 - figures]):
        figures += 1
    return max(roles, figures, 2)


def _grouping(texts: Sequence[str], above: int) -> int:
    """Which head of the upper row stands over the lower ones."""
    wanted = _ROLES if not _DIGIT.search(texts[above]) else frozenset({"target", "value", "measure_unit", None})
    fits = [i for i in range(1, above) if meaning_of(texts[i], column=True) in wanted]
    return fits[-1] if fits else max(above - 1, 0)


def meanings_of(head: Sequence[Sequence[Placed]], texts: Sequence[str]) -> list[str]:
    """What each column gives."""
    out: list[str] = []
    for placed in head[0]:
        indexes = [p.index for p in head[1]] if placed.colspan > 1 else [placed.index]
        out += [meaning_of(texts[i], column=True) or "" for i in indexes]
    return out


def _body(texts: Sequence[str], at: int, columns: Sequence[str], rows: list[list[Placed]]) -> int:
    """Put the rows from a cell on; returns the index after the last cell that belongs to one."""
    order, width, size = _Order(), len(columns), len(texts)
    above: dict[int, Placed] = {}
    while at < size:
        kind = order.opens(texts[at])
        if kind == "band":
            order.take(texts[at])
            rows.append([Placed(at, colspan=width)])
            at += 1
            continue
        if kind:
            order.take(texts[at])
        end = _row_end(texts, at, width, order)
        if end is None:
            return at if not kind else _put(rows, texts, range(at, min(at + width, size)), columns, above)
        at = _put(rows, texts, range(at, end), columns, above)
    return at


def _row_end(texts: Sequence[str], at: int, width: int, order: _Order) -> int | None:
    """Where the next row begins: as many cells on as the table is wide, if one can begin there, else where one can."""
    size, full = len(texts), at + width
    if full == size or (full < size and (order.opens(texts[full]) or (texts[at] and not texts[full]))):
        return full
    for end in range(at + 1, min(full, size)):
        if (
            order.opens(texts[end])
            and (end > at + 1 or not _ARABIC.fullmatch(texts[at]))
            and _plausible(texts, end, width, order)
        ):
            return end
    return full if full < size and order.opens(texts[at]) else None


def _plausible(texts: Sequence[str], at: int, width: int, order: _Order) -> bool:
    """Whether a row that began here would be followed by another, or end the table."""
    ahead = _Order(order.arabic, order.roman, order.upper)
    kind = ahead.opens(texts[at])
    ahead.take(texts[at])
    reach = range(at + 1, min(at + width + 1, len(texts)))
    return kind == "band" or at + width >= len(texts) or any(ahead.opens(texts[i]) for i in reach)


def _put(
    rows: list[list[Placed]], texts: Sequence[str], cells: range, columns: Sequence[str], above: dict[int, Placed]
) -> int:
    """Lay a row's cells on the columns; a cell that is missing is the one above, which spans this row too."""
    width = len(columns)
    if len(cells) == 1:
        rows.append([Placed(cells[0], colspan=width)])
    elif len(cells) == 2 and width > 2:
        rows.append([Placed(cells[0]), Placed(cells[1], colspan=width - 1)])
    else:
        taken = range(width) if len(cells) == width else columns_of_short_row(texts, cells, columns)
        placed = dict(zip(taken, (Placed(i) for i in cells), strict=True))
        for column in range(width):
            if column not in placed and column in above:
                above[column].rowspan += 1
        rows.append([placed[c] for c in sorted(placed)])
        above |= placed
        return cells[-1] + 1
    above.clear()
    return cells[-1] + 1


def columns_of_short_row(texts: Sequence[str], cells: range, columns: Sequence[str]) -> tuple[int, ...]:
    """The columns that a short row's cells stand in: times under times; of a merged cell's columns units come first."""
    rest = range(1, len(columns))

    def score(taken: tuple[int, ...]) -> float:
        fit = sum((_is_time(texts[i]) == (columns[c] == "deadline")) for i, c in zip(cells[1:], taken, strict=True))
        missing = [columns[c] for c in rest if c not in taken]
        return fit + 0.3 * sum(m in _ROLES or m == "deadline" for m in missing) + 0.1 * missing.count("lead")

    return (0, *max(combinations(rest, len(cells) - 1), key=score))


def _is_time(text: str) -> bool:
    return bool(text) and is_in(phrases("portal", "times"), fold(text))
