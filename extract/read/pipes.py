"""Lines with bars -> tables: Markdown's, those drawn with +, - and | or box characters, one-line letterheads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.model import Line, Table
from extract.read.markup import cell_of
from extract.read.sides import gathered

_BAR = re.compile(r"(?<!\\)\|")
_LONE_BAR = re.compile(r"\s*\|\s*")
_BOXES = str.maketrans("│┃║", "|||")
_BOX_EDGES = "─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛┏┳┓┣╋┫┗┻┛"
# "+----+----+", "├────┼────┤"
_BORDER = re.compile(
    rf"\s*(?=[^+{_BOX_EDGES}]{{0,3}}[+{_BOX_EDGES}])[|+\-=: {_BOX_EDGES}]*[-={_BOX_EDGES}]{{2}}[|+\-=: {_BOX_EDGES}]*"
)
# "| --- | :---: |", "---|---"
_GFM_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-{2,}:?\s*\|\s*")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")
_MOST_BETWEEN = 4  # lines that a page's turn may leave between two rows
_MOST_BARS = 99
_MOST_WRAPPED = 12  # lines that a row may go on over


@dataclass(slots=True)
class _Run:
    """Rows as printed, in the groups that borders part; `between` are a page's number and head among them."""

    groups: list[list[str]] = field(default_factory=lambda: [[]])
    between: list[Line] = field(default_factory=list)
    borders: int = 0
    ruled: bool = False
    fewest: int = 0
    end: int = 0

    @property
    def rows(self) -> list[str]:
        """All rows."""
        return [row for group in self.groups for row in group]


_CORNERS = frozenset("+┌╔╒┏├└")


def has_bars(line: str) -> bool:
    """Whether a line may be a row: a bar with something beside it, or a border."""
    if "|" in line:
        return not _LONE_BAR.fullmatch(line)
    if line.isascii() or not ("│" in line or "┃" in line or "║" in line):
        return line.lstrip()[:1] in _CORNERS and is_border(line)
    return True


def is_border(line: str) -> bool:
    """Whether a line is a table's drawn edge."""
    return bool(_BORDER.fullmatch(line))


def table_at(lines: Sequence[str], at: int, repeated: frozenset[str]) -> tuple[Table | None, list[Line], int]:
    """The table that begins at the line, the lines printed inside it, and where it ends; None where bars are text.

    `repeated` are lines that stand several times in the file: a page's head or foot.
    """
    run = _run(lines, at, repeated)
    rows = run.rows
    if not rows:
        return None, [], run.end
    lead, trail = rows[0].startswith("|"), rows[0].rstrip().endswith("|")
    parted = [[_cells(row, lead=lead, trail=trail) for row in group] for group in run.groups if group]
    width = max(len(cells) for group in parted for cells in group)
    framed = run.ruled or run.borders or lead or trail
    if width < 2 or not (framed or (len(rows) > 1 and width > 2)):
        return None, [], run.end
    merged = _drawn_rows(parted) if run.borders > 1 else [cells for group in parted for cells in group]
    table = Table(tuple(tuple(cell_of(cell) for cell in cells + [""] * (width - len(cells))) for cells in merged))
    return gathered(table), run.between, run.end


def _run(lines: Sequence[str], at: int, repeated: frozenset[str]) -> _Run:
    run = _Run()
    i = at
    while i < len(lines):
        text = lines[i].translate(_BOXES).strip()
        if is_border(text):
            run.borders += 1
            run.groups.append([])
        elif _GFM_RULE.fullmatch(text):
            run.ruled = True
        elif "|" in text and not _LONE_BAR.fullmatch(text):
            row, i = _whole_row(lines, i, text)
            run.groups[-1].append(row)
            run.fewest = min(run.fewest or _MOST_BARS, len(_BAR.findall(row)))
        elif following := _after_turn(lines, i, run, repeated):
            run.between += [Line(text) for line in lines[i:following] if (text := line.strip())]
            i = following
            continue
        else:
            break
        i += 1
        run.end = i
    run.end = max(run.end, at + 1)
    return run


def _whole_row(lines: Sequence[str], i: int, text: str) -> tuple[str, int]:
    """A row that is printed over several lines, to its last bar; the index of its last line."""
    if not text.startswith("|") or text.endswith("|"):
        return text, i
    parts = [text]
    for j in range(i + 1, min(i + 1 + _MOST_WRAPPED, len(lines))):
        more = lines[j].strip()
        if not more or more.startswith("|") or is_border(more):
            break
        parts.append(more)
        if more.endswith("|") and not more.endswith("\\|"):
            return "\n".join(parts), j
    return text, i


def _after_turn(lines: Sequence[str], i: int, run: _Run, repeated: frozenset[str]) -> int | None:
    """The row after blank lines, a page's number and its repeated head, where as many cells go on."""
    for j in range(i, min(i + _MOST_BETWEEN + 1, len(lines))):
        line = lines[j].translate(_BOXES)
        if "|" in line and not _LONE_BAR.fullmatch(line):
            return j if run.fewest and len(_BAR.findall(line)) >= max(run.fewest, 2) else None
        if line.strip() and not _PAGE_NUMBER.fullmatch(line) and line.strip() not in repeated:
            return None
    return None


def _cells(row: str, *, lead: bool, trail: bool) -> list[str]:
    """A row's cells; a bar at its edge parts off an empty cell where the table's rows have no bar there."""
    body = row.strip()
    if lead:
        body = body.removeprefix("|")
    if trail and body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(body)]


def _drawn_rows(groups: Sequence[Sequence[list[str]]]) -> Iterator[list[str]]:
    """The rows of a drawn table: what stands between borders is one row, or many where borders are few."""
    dense = len(groups) > 2 or all(len(group) == 1 for group in groups)
    for group in groups:
        opened: list[list[str]] = []
        for cells in group:
            if opened and (dense or not cells[0]):
                opened[-1] = _under(opened[-1], cells)
            else:
                opened.append(cells)
        yield from opened


def _under(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    pairs = zip([*above, *[""] * (width - len(above))], [*below, *[""] * (width - len(below))], strict=True)
    return [f"{a}\n{b}" if a and b else a or b for a, b in pairs]
