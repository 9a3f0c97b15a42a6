"""A table of a report -> the values of its columns for what was done, row by row."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence

from extract.actuals.amounts import PERCENT, RANK
from extract.actuals.cells import CellNumber, is_negative, number_in, unit_in_head, unit_of_name, unit_over
from extract.actuals.columns import Column, columns_of, counting_head, squeezed_head
from extract.actuals.draft import Counted, Draft
from extract.actuals.sheet import Line, Row, Sheet
from extract.actuals.times import day_of, until_day
from extract.actuals.words import anywhere_in
from extract.lexicon import first, is_in, phrases
from extract.model import Grid, GridCell
from extract.tables.grid import expanded
from extract.text import fold, squeezed
from schemas import Change
from schemas.actual import Baseline, Difference, PercentOf, Planned

_LABEL = re.compile(r"\(?(?P<label>[IVX]+|[A-H]|\d{1,2})\)?[.)]?")
_SO = re.compile(r"\bso\s+(?:sánh\s+)?(?:%\s+)?(?:với\s+)?(?=[^\W\d_])")
_CLOSE = 0.6  # percentage points that rounding may put between a share and its figures
_RAISED, _LOWERED = ("tăng", "+", "↑"), ("giảm", "-", "↓", "(")


def table_values(
    grid: Grid, period: Counted, year: int | None, *, before: str = "", sure: bool = True
) -> Iterator[Draft]:
    """The values of a table's rows, each with its group's label; none where no column is for what was done."""
    matrix = expanded(grid)
    head, columns = columns_of(matrix, period, year, sure=sure)
    if not columns:
        return
    sheet = Sheet(columns, unit_over(before))
    section = ""
    for row in matrix[head:]:
        if _repeats(row, matrix[:head]):
            continue
        values = list(_row_values(row, sheet))
        if not values:
            section = _section(row, sheet) or section
        for value in values:
            value.group = section
            yield value


def _repeats(row: Row, head: Sequence[Row]) -> bool:
    """Whether a row is the head printed again on the next page."""
    texts = [squeezed_head(c.text) for c in row]
    return any([squeezed_head(c.text) for c in above] == texts for above in head)


def _section(row: Row, sheet: Sheet) -> str:
    """The label of a row that only names those after it: "II | Hạ tầng số"."""
    ordinal = sheet.cell(row, "ordinal")
    text = ordinal.text if ordinal is not None else next((c.text.split(" ")[0] for c in row if c.text), "")
    match = _LABEL.fullmatch(text.strip())
    return match["label"] if match and not match["label"].isdigit() else ""


def _row_values(row: Row, sheet: Sheet) -> Iterator[Draft]:
    name = _name_of(row, sheet)
    if name is None or len({c.text for c in row if c.text}) < 2:
        return
    line = Line(row, sheet)
    numbers = list(line.numbers("done"))
    line.drafts = [(c, _value(line, name, c, n)) for c, n in numbers]
    if line.drafts:
        _add_plan(line)
        _add_base(line)
        _add_share(line)
        _add_printed_share(line, [n for _, n in numbers])
        _add_difference(line)
        yield from (draft for _, draft in line.drafts)


def _name_of(row: Row, sheet: Sheet) -> GridCell | None:
    """The cell that names the indicator; of a sum's row, which has no number, "Cộng" may stand in its place."""
    name = sheet.cell(row, "name")
    if name is None and (first_cell := sheet.cell(row, "ordinal")) is not None:
        name = first_cell if is_in(phrases("results", "sums"), fold(first_cell.text)) else None
    return name if name is not None and any(c.isalpha() for c in name.text) else None


def _value(line: Line, name: GridCell, column: Column, found: CellNumber) -> Draft:
    row, sheet = line.row, line.sheet
    given, sure = _unit(row, sheet, name, column)
    printed = found.unit and (found.unit == PERCENT or not given or sheet.cell(row, "unit") is None)
    unit = found.unit if printed else given
    of_group = [c for c in sheet.of("done") if c.group == column.group]
    whole = sheet.cell(row, "whole") if column is of_group[0] else None
    all_of = number_in(whole) if whole is not None and found.of is None else None
    text = squeezed(name.text).lstrip("-+•* ").rstrip(" :;.")
    return Draft(
        start=found.start, end=found.end, value=-found.value if found.lead == "-" else found.value, unit=unit,
        subject=f"{indicator}: {text}" if (indicator := _indicator(column, sheet)) else text,
        pieces=tuple((p.start, p.end) for p in name.paragraphs if p.text),
        counted=_counted(row, sheet, column),
        of=found.of if found.of is not None else (all_of.value if all_of else None),
        assessment=_assessment(row, sheet), doubts=(not sure) + (not unit),
    )  # fmt: skip


def _counted(row: Row, sheet: Sheet, column: Column) -> Counted:
    """The column's time; where a column gives each row's day, until that."""
    cell, counted = sheet.cell(row, "day"), column.counted
    told = until_day(cell.text, counted) if cell is not None else counted
    inside = told.start is not None and told.end is not None and counted.end is not None and told.end <= counted.end
    return told if inside or not column.own else counted


def _indicator(column: Column, sheet: Sheet) -> str:
    """The words of the head that tell a column from others of its time, as where each row is of one place."""
    others = [c for c in sheet.of("done") if c is not column and c.counted == column.counted]
    if not others:
        return ""
    alone = column.group and all(c.group != column.group for c in others)
    return squeezed(column.group if alone else column.printed)


def _unit(row: Row, sheet: Sheet, name: GridCell, column: Column) -> tuple[str, bool]:
    """The row's unit, and whether a column or a head gives it and not the thing's name."""
    cell = sheet.cell(row, "unit")
    if cell is not None:
        return RANK if first(phrases("measures", "rank_units"), fold(cell.text)) else squeezed(cell.text), True
    if unit := unit_in_head(column.printed):
        return unit, True
    planned = next((u for c in sheet.of("plan") if (u := unit_in_head(c.printed)) not in ("", PERCENT)), "")
    if planned:
        return planned, True
    if first(phrases("measures", "ranked"), fold(name.text)):
        return RANK, True
    if (indicator := _indicator(column, sheet) or counting_head(column)) and (unit := unit_of_name(indicator)):
        return unit, True
    return _unit_by_name(name, sheet)


def _unit_by_name(name: GridCell, sheet: Sheet) -> tuple[str, bool]:
    """The unit that the thing's name gives, else the one over the table."""
    unit = unit_of_name(name.text)
    if unit == PERCENT or not sheet.unit:
        return unit, unit == PERCENT
    return sheet.unit, True


def _assessment(row: Row, sheet: Sheet) -> str | None:
    """The report's own word: of a column Đánh giá, else of Ghi chú."""
    for role in ("assessment", "remark"):
        cell = sheet.cell(row, role)
        if cell is not None and any(c.isalpha() for c in cell.text):
            return squeezed(cell.text)
    told = (row[c.index].text for c in sheet.of("share"))
    return next((squeezed(t) for t in told if any(c.isalpha() for c in t) and not any(c.isdigit() for c in t)), None)


def _add_plan(line: Line) -> None:
    """The plan's figure: of the column about the same time where there is one, else of the first with a number."""
    plans = list(line.numbers("plan"))
    times = {draft.counted for _, draft in line.drafts}
    for column, found in sorted(plans, key=lambda p: (p[0].counted not in times, not p[0].own)):
        for _, draft in line.mates(column):
            if draft.planned is None and column.speaks_of(draft.counted):
                unit = PERCENT if found.unit == PERCENT else draft.unit or found.unit
                draft.planned = Planned(comparator=found.comparator, value=found.value, unit=unit)


def _add_share(line: Line) -> None:
    """Give each percentage to the value that it fits best: of a column of its group or time."""
    for column, found in line.numbers("share"):
        fits = [d for _, d in line.alike(column) if d.percent is None and _misfit(d, found.value) < _CLOSE]
        mates = fits or [d for _, d in line.mates(column) if column.speaks_of(d.counted)]
        if not mates:
            continue
        best = min(mates, key=lambda d: _misfit(d, found.value))
        if best.percent is None and not _is_of_base(best, found.value):
            of_plan = best.planned is not None or is_plan_head(column.head)
            best.percent, best.percent_of = found.value, PercentOf.PLAN if of_plan else PercentOf.WHOLE


def _add_printed_share(line: Line, numbers: Sequence[CellNumber]) -> None:
    """Give each value that no column has a percentage for the one in its own cell: "142 thành viên (87,7%)"."""
    for (_, draft), found in zip(line.drafts, numbers, strict=True):
        if draft.percent is None and found.share is not None:
            draft.percent, draft.percent_of = found.share, PercentOf.WHOLE


def _is_of_base(draft: Draft, percent: float) -> bool:
    """Whether a percentage is no share but what the value comes to of the earlier figure: 96 after 80 is 120."""
    if draft.planned is not None or draft.of is not None or draft.baseline is None or not draft.baseline.value:
        return False
    return abs(100 * draft.value / draft.baseline.value - percent) < _CLOSE


def _misfit(draft: Draft, percent: float) -> float:
    whole = draft.planned.value if draft.planned else draft.of
    return abs(100 * draft.value / whole - percent) if whole else math.inf


def is_plan_head(head: str) -> bool:
    """Whether a head of shares names the plan."""
    return (
        any(word in head.split() for word in ("kh", "kế", "chỉ", "dự"))
        and first(phrases("results", "plans"), head) is not None
    )


def _add_difference(line: Line) -> None:
    """Give the change to the row's value of the longest time; a bare ratio such as 105,2 says none."""
    for column, found in line.numbers("change"):
        change = _change(column, found)
        target = next((d for _, d in line.mates(column) if d.difference is None), None)
        if change is None or target is None:
            continue
        unit = PERCENT if found.unit == PERCENT or "%" in column.head else found.unit or target.unit
        target.difference = Difference(change=change, value=found.value, unit=unit, base=_base(column, line.sheet))


def _change(column: Column, found: CellNumber) -> Change | None:
    lead = fold(found.lead)
    if any(lead.startswith(mark) for mark in _RAISED):
        return Change.INCREASE
    if is_negative(found) or any(lead.startswith(mark) for mark in _LOWERED):
        return Change.DECREASE
    return Change.INCREASE if "tăng" in column.head or "+" in column.head else None


def _base(column: Column, sheet: Sheet) -> str | None:
    """The words of the head behind "so với", else the head of the column that holds what was before."""
    folded = fold(column.printed)
    found = _SO.search(folded)
    words = squeezed(column.printed[found.end() :].split("(")[0]) if found else ""
    return words or next((squeezed(c.printed) for c in sheet.of("last")), None)


def _add_base(line: Line) -> None:
    """Give the latest earlier figure to the value of its group, of the same months a year later, or of the longest."""
    for column, found in sorted(line.numbers("last"), key=lambda n: n[0].counted.end or dt.date.min, reverse=True):
        mates = [d for c, d in line.drafts if _is_year_after(c.counted, column.counted)]
        for draft in mates or [d for _, d in line.mates(column)]:
            if draft.baseline is None:
                label = squeezed(column.printed.split("(")[0])
                unit = PERCENT if found.unit == PERCENT else draft.unit or found.unit
                named = column.own and not anywhere_in("same_times", column.head)
                day = column.counted.end if named else day_of(label, draft.counted)
                draft.baseline = Baseline(value=found.value, unit=unit, label=label, as_of=day)


def _is_year_after(later: Counted, earlier: Counted) -> bool:
    """Whether two times are the same months of different years."""
    if later.start is None or later.end is None or earlier.start is None or earlier.end is None:
        return False
    months = [(c.start.month, c.end.month) for c in (later, earlier) if c.start and c.end]
    return later.start.year == earlier.start.year + 1 and months[0] == months[1]
