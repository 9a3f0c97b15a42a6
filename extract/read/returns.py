"""Lines that the file ends -> the same, those open again that a hard return or a page's end cut in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.model import Cell, Line, Table
from extract.normalize.labels import label_at
from extract.normalize.numbering import marker_of
from extract.text import LOWER

_UNENDED = re.compile(r"[^.;:!?…\"”’)\]]\s*$")
_SMALL_START = re.compile(rf"\s*[\"“‘'(\[]?[{LOWER}]")
_LINK_START = re.compile(r"\s*<?(?:https?://|www\.)")
_FEWEST_BROKEN = 4
_BROKEN = 0.08  # of the lines: more is a file with a hard return after every printed line

Blocks = list[Line | Table]


def reopened(blocks: Sequence[Line | Table]) -> Blocks:
    """The blocks, where a line of running text goes on in the next one not the last of its paragraph."""
    lines = [block for block in blocks if isinstance(block, Line)]
    broken = sum(a.whole and _goes_on(a, b) for a, b in pairwise(lines))
    if broken >= max(_FEWEST_BROKEN, len(lines) * _BROKEN):
        return [_opened(b) if isinstance(b, Line) and not b.level else b for b in blocks]
    return _pieced([_reopened_cells(block) if isinstance(block, Table) else block for block in blocks])


def _opened(line: Line) -> Line:
    return replace(line, whole=False) if line.whole else line


def _goes_on(line: Line, following: Line) -> bool:
    """A line that ends inside a sentence, and one that goes on with a small letter."""
    return _UNENDED.search(line.text[-4:]) is not None and _opens_small(following)


def _goes_on_after_clause(line: Line, following: Line) -> bool:
    """A line that ends with a clause, as a page's end cuts it, and one that goes on with a small letter."""
    return line.text[-1:] == ";" and _opens_small(following)


def _opens_small(line: Line) -> bool:
    """A small letter that neither a mark nor a label begins with."""
    return bool(_SMALL_START.match(line.text)) and marker_of(line.text) is None and label_at(line.text) is None


def _pieced(blocks: Blocks) -> Blocks:
    """Cut paragraphs made one; clauses of a list without marks, one after another, stay apart."""
    clauses = [
        isinstance(a, Line) and isinstance(b, Line) and a.whole and _goes_on_after_clause(a, b)
        for a, b in pairwise(blocks)
    ]
    out: Blocks = []
    for i, block in enumerate(blocks):
        last = out[-1] if out else None
        if isinstance(block, Line) and isinstance(last, Line) and last.whole:
            if i and clauses[i - 1] and not any(clauses[max(i - 2, 0) : i - 1] + clauses[i : i + 1]):
                out[-1] = replace(last, text=f"{last.text} {block.text}", whole=block.whole)
                continue
            link = _LINK_START.match(block.text) and (_UNENDED.search(last.text[-4:]) or last.text.endswith(":"))
            if link or _goes_on(last, block):
                out[-1] = _opened(last)
        out.append(block)
    return out


def _reopened_cells(table: Table) -> Table:
    if not any(len(cell.lines) > 1 for row in table.rows for cell in row):
        return table
    return replace(table, rows=tuple(tuple(_reopened_cell(cell) for cell in row) for row in table.rows))


def _reopened_cell(cell: Cell) -> Cell:
    if not any(a.whole and _goes_on(a, b) for a, b in pairwise(cell.lines)):
        return cell
    lines = [_opened(a) if _goes_on(a, b) else a for a, b in pairwise(cell.lines)]
    return replace(cell, lines=(*lines, cell.lines[-1]))
