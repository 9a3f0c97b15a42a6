"""Lines with tabs -> tables, as spreadsheets and converters write them: cells may hold HTML or several lines."""

import re
from collections.abc import Sequence

from extract.model import Table
from extract.normalize.labels import meaning_of
from extract.normalize.numbering import RANKS, marker_of
from extract.read.markup import cell_of

_MOST_BETWEEN = 4  # lines without a tab that a cell may go on over, or blank lines between rows
_LONGEST_NAME = 60  # characters of a column's
_ORDINAL = re.compile(r"\s*(?:\d{1,3}|[IVXivx]{1,5}|[A-Ha-h])[.)]?\s*")
_MARK = re.compile(r"[-–+*•·]|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-ZĐa-zđ])[.)/]|\((?:\d{1,2}|[a-zđ])\)")


def only_indents(line: str) -> bool:
    r"""Whether a line's tabs only set it in, or its text off from its mark, as Word writes numbered paragraphs.

    >>> only_indents("\t2.\tThu hồi nợ đọng"), only_indents("2\tThu hồi nợ đọng\tQuý III")
    (True, False)
    """
    mark, tab, rest = line.lstrip().rstrip(" \r\n").partition("\t")
    return not tab or ("\t" not in rest and _MARK.fullmatch(mark.strip()) is not None)


def table_at(lines: Sequence[str], at: int) -> tuple[Table | None, int]:
    """The table that begins at the line, and where the lines with tabs end; no table where the tabs only indent."""
    end = _end(lines, at)
    width = max(len(lines[i].rstrip("\r\n").split("\t")) for i in range(at, end))
    if width < 3 or end - at < 2:
        return None, end
    rows = _rows(lines[at:end], width)
    while width > 2 and all(len(row) < width or not row[-1].strip() for row in rows):
        width -= 1
        rows = [row[:width] for row in rows]
    if sum(1 for row in rows if sum(bool(cell.strip()) for cell in row) > 1) < 2:
        return None, end
    return Table(tuple(tuple(cell_of(cell) for cell in [*row, *[""] * (width - len(row))]) for row in rows)), end


def _end(lines: Sequence[str], at: int) -> int:
    """After the last line with a tab that only a few lines without one part from the one before.

    Where those lines lead to a head of other columns, or hold a heading before any head, that head is the next table's.
    """
    end = at + 1
    for i in range(at + 1, len(lines)):
        if "\t" in lines[i] and lines[i].strip() and not only_indents(lines[i]):
            between = [line for line in lines[end:i] if line.strip()]
            if between and _is_head(lines[i]) and (lines[i] != lines[at] or any(map(_is_heading, between))):
                break
            end = i + 1
        elif i - end >= _MOST_BETWEEN:
            break
    return end


def _is_head(line: str) -> bool:
    """Whether a line's cells are the names of columns."""
    return sum(meaning_of(cell, column=True) is not None for cell in line.split("\t") if len(cell) < _LONGEST_NAME) > 1


def _is_heading(line: str) -> bool:
    """Whether a line is a section's: in capitals, or numbered as sections are ("II. Hạ tầng số")."""
    marker = marker_of(line)
    return line.isupper() or (marker is not None and RANKS[marker.style] <= RANKS["roman"])


def _rows(lines: Sequence[str], width: int) -> list[list[str]]:
    """The rows, each whole: a quoted cell to its closing mark, a cut row with the lines that go on with it."""
    rows: list[list[str]] = []
    for line in lines:
        if not line.strip():
            continue
        cells = line.split("\t")
        spans = len(cells) == 1 and rows and len(rows[-1]) == width and _is_heading(line)
        if rows and (_in_quotes(rows[-1]) or (not spans and _goes_on(rows[-1], cells, width))):
            rows[-1][-1] += "\n" + cells[0]
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    return [[_unquoted(cell) for cell in row] for row in rows]


def _in_quotes(row: Sequence[str]) -> bool:
    """Whether the last cell opened a spreadsheet's quotation mark and has not closed it."""
    return row[-1].startswith('"') and row[-1].count('"') % 2 == 1


def _goes_on(row: Sequence[str], cells: Sequence[str], width: int) -> bool:
    """A line without a tab goes on with the last cell; one with too few of them completes a row that has too few."""
    if len(cells) == 1:
        return True
    return (
        len(row) < width
        and len(row) + len(cells) - 1 <= width
        and not _ORDINAL.fullmatch(cells[0])
        and bool(cells[0].strip())
    )


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and ("\n" in cell or '""' in cell):
        return cell[1:-1].replace('""', '"')
    return cell
