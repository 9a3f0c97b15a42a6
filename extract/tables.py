"""Grid -> rows with known columns: headers read, merged and cut rows made whole, group rows taken as sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.lexicon import first, phrases
from extract.model import Attribute, Grid, GridCell, Outline, Paragraph, Row, TableValue
from extract.normalize.labels import meaning_of
from extract.normalize.numbering import marker_of
from extract.text import LOWER, UPPER

Matrix = list[list[GridCell]]
Ranges = tuple[tuple[int, int], ...]

_COLUMN_NUMBERS = re.compile(r"\(?[1-9]\d?\)?|")
_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")
_ORDINAL = re.compile(r"\(?(?P<label>\d{1,3}(?:\.\d{1,2})*|[IVX]+|[A-H]|[a-zđ])\)?[.)]?")
_INHERITED = frozenset({"lead", "implement", "deadline"})
_WORDS = re.compile(r"\w")
_HAS_DIGIT = re.compile(r"\d")
_ENDED = re.compile(r"[.;:!?…]\s*$")


@dataclass
class _Draft:
    """A row being put together."""

    label: str
    section: str
    cells: dict[int, list[Paragraph]] = field(default_factory=dict)
    filled: bool = False  # with what the row above says


def tables_of(outline: Outline) -> dict[int, tuple[Row, ...]]:
    """The rows of every table of the outline, by the grid's id()."""
    trees = (outline.body, *outline.appendices)
    grids = [node.grid for tree in trees for node in tree.walk() if node.grid is not None]
    found: dict[int, tuple[Row, ...]] = {}
    columns: list[str] = []
    for grid in grids:
        rows, columns = rows_of(grid, columns)
        found[id(grid)] = rows
    return found


def rows_of(grid: Grid, columns: Sequence[str] = ()) -> tuple[tuple[Row, ...], list[str]]:
    """A table's rows, and its columns' meanings; `columns` are those of the table before, for one that goes on."""
    matrix = expanded(grid)
    head, own = _header(matrix)
    if not own and matrix and len(matrix[0]) == len(columns):
        own = list(columns)
    if not own:
        return (), []
    if own[0] == "ordinal" and _names_kinds(matrix[head:]):
        own[0] = ""
    heads = _column_heads(matrix[:head], len(own))
    if "target" in own and "task" not in own:
        own = [own[i] or ("value" if _names_place(paragraphs) else "") for i, paragraphs in enumerate(heads)]
    drafts = list(_drafts(matrix[head:], own, heads))
    return tuple(_row(draft, own, heads) for draft in _inherited(drafts, own)), own


def expanded(grid: Grid) -> Matrix:
    """A cell for every column and row; a cell that spans several stands in each."""
    width = max(sum(cell.colspan for cell in row) for row in grid.rows)
    pending: dict[int, tuple[GridCell, int]] = {}
    matrix: Matrix = []
    for row in grid.rows:
        cells: list[GridCell] = []
        waiting = list(row)
        while len(cells) < width:
            column = len(cells)
            if column in pending:
                cell, left = pending.pop(column)
                if left > 1:
                    pending[column] = (cell, left - 1)
                cells.append(cell)
            elif waiting:
                cell = waiting.pop(0)
                for i in range(cell.colspan):
                    if cell.rowspan > 1:
                        pending[column + i] = (cell, cell.rowspan - 1)
                cells += [cell] * cell.colspan
            else:
                cells.append(GridCell())
        matrix.append(cells[:width])
    return matrix


def _header(matrix: Matrix) -> tuple[int, list[str]]:
    """How many rows the head has, and what each column gives."""
    for i, row in enumerate(matrix[:4]):
        meanings = [_meaning(cell.text) for cell in row]
        if sum(m is not None for m in meanings) >= max(2, len(row) // 2 - 1) and _distinct(row) >= 2:
            end, meanings = _second_row(matrix, i, meanings)
            while end < len(matrix) and all(_COLUMN_NUMBERS.fullmatch(c.text.strip()) for c in matrix[end]):
                end += 1
            return end, _settled([m or "" for m in meanings])
    return 0, []


def _meaning(text: str) -> str | None:
    return meaning_of(text, column=True) if text and len(text) < 80 else None


def _distinct(row: Sequence[GridCell]) -> int:
    return len({cell.text for cell in row if cell.text})


def _second_row(matrix: Matrix, at: int, meanings: list[str | None]) -> tuple[int, list[str | None]]:
    """A head of two rows: the lower one says more of the columns that the upper one groups."""
    if at + 1 >= len(matrix):
        return at + 1, meanings
    lower = matrix[at + 1]
    below = [_meaning(cell.text) for cell in lower]
    same = [a.text == b.text or not b.text for a, b in zip(matrix[at], lower, strict=True)]
    grouped = _distinct(matrix[at]) < len(matrix[at]) or any(not c.text for c in matrix[at])
    ordinal = _ORDINAL.fullmatch(lower[0].text.strip()) if lower else None
    if not grouped or ordinal or sum(m is not None for m in below) < 2 or not any(same):
        return at + 1, meanings
    return at + 2, [b or a for a, b in zip(meanings, below, strict=True)]


def _settled(meanings: list[str]) -> list[str]:
    """One task column; a first one with no head is the ordinal's; a plain unit column beside a lead one coordinates."""
    if meanings and not meanings[0] and "ordinal" not in meanings:
        meanings[0] = "ordinal"
    seen_task = False
    for i, meaning in enumerate(meanings):
        if meaning == "task":
            meanings[i] = "" if seen_task else "task"
            seen_task = True
    if not seen_task and "target" not in meanings and "result" in meanings:
        meanings[meanings.index("result")] = "task"
    return meanings


def _names_kinds(rows: Matrix) -> bool:
    """Whether the first column says what its rows are about ("Thủ tục hành chính"), and numbers none of them."""
    texts = [row[0].text.strip() for row in rows if _distinct(row) > 1]
    named = sum(bool(text) and not _ORDINAL.fullmatch(text) for text in texts)
    return named > 1 and not any(_ORDINAL.fullmatch(text) for text in texts)


def _names_place(head: Sequence[Paragraph]) -> bool:
    """Whether a column is a place's ("Xã Hòa Bình"): its figures in a table of targets are what it is to reach."""
    found = first(phrases("units", "heads"), head[-1].folded.strip()) if head else None
    return found is not None and bool(found[0].means.get("place"))


def _column_heads(rows: Matrix, width: int) -> list[list[Paragraph]]:
    """The head's paragraphs over each column."""
    heads: list[list[Paragraph]] = [[] for _ in range(width)]
    for row in rows:
        for column, cell in enumerate(row[:width]):
            heads[column] += [p for p in cell.paragraphs if p not in heads[column]]
    return heads


def _drafts(matrix: Matrix, columns: list[str], heads: list[list[Paragraph]]) -> Iterator[_Draft]:
    """Rows with their section; a row without an ordinal goes on with the one before."""
    main = _main_column(columns)
    ordinal = columns.index("ordinal") if "ordinal" in columns else None
    head_texts = [" ".join(p.text for p in head) for head in heads]
    section, draft = "", None
    for i, row in enumerate(matrix):
        if [c.text for c in row] == head_texts or _repeats_head(row, head_texts):
            continue
        label = _label(row[ordinal].text) if ordinal is not None else ""
        if _is_group(row, label, main, ordinal, matrix[i + 1] if i + 1 < len(matrix) else None):
            section = label or _label_in(row)
            continue
        if draft is not None and ordinal is not None and not row[ordinal].text.strip():
            _continue(draft, row)
            continue
        if draft is not None:
            yield draft
        draft = _Draft(label, section, {c: list(cell.paragraphs) for c, cell in enumerate(row)})
    if draft is not None:
        yield draft


def _main_column(columns: Sequence[str]) -> int:
    for wanted in ("task", "target"):
        if wanted in columns:
            return columns.index(wanted)
    return min(1, len(columns) - 1)


def _repeats_head(row: Sequence[GridCell], heads: list[str]) -> bool:
    """A head printed again on the next page."""
    pairs = [(c.text, h) for c, h in zip(row, heads, strict=True) if c.text]
    return len(pairs) > 1 and all(text in head for text, head in pairs)


def _label(text: str) -> str:
    match = _ORDINAL.fullmatch(text.strip())
    return match["label"].lstrip("0") or match["label"] if match else ""


def _label_in(row: Sequence[GridCell]) -> str:
    text = next((c.text for c in row if c.text), "")
    marker = marker_of(text)
    return marker.label if marker else ""


def _is_group(
    row: Sequence[GridCell], label: str, main: int, ordinal: int | None, following: Sequence[GridCell] | None
) -> bool:
    """A row that only names the rows after it: "II | Hạ tầng số", or one text over all columns."""
    texts = {c.text for i, c in enumerate(row) if c.text and i != ordinal}
    if len(texts) > 1:
        return False
    text = next(iter(texts), "")
    filled = sum(bool(c.text) for c in row)
    if filled > 2 and len({c.text for c in row if c.text}) == 1:
        return True
    if label and not label[0].isdigit() and not label.islower():
        return True
    if label and following is not None and ordinal is not None:
        below = _label(following[ordinal].text)
        return below.startswith(label + ".") or (below in {"a", "1.1"} and label.isdigit())
    if label:
        return False
    only = next((i for i, c in enumerate(row) if c.text), main)
    return only != main or bool(_CAPS.fullmatch(text)) or (marker_of(text) is not None and _label_in(row).isupper())


def _continue(draft: _Draft, row: Sequence[GridCell]) -> None:
    for column, cell in enumerate(row):
        before = draft.cells.setdefault(column, [])
        before += [p for p in cell.paragraphs if p not in before]


def _inherited(drafts: Sequence[_Draft], columns: Sequence[str]) -> Iterator[_Draft]:
    """A row whose unit and time cells are empty has those of the row above: the cells are merged."""
    duties = [i for i, m in enumerate(columns) if m in _INHERITED]
    before: _Draft | None = None
    for draft in drafts:
        if before is not None and before.section == draft.section:
            empty = [i for i in duties if not draft.cells.get(i)]
            if duties and len(empty) == len(duties):
                empty += [i for i, m in enumerate(columns) if m == "coordinate" and not draft.cells.get(i)]
            taken = {i: before.cells.get(i, []) for i in empty}
            before = replace(draft, cells={**draft.cells, **taken}, filled=any(taken.values()))
        else:
            before = draft
        yield before


def _row(draft: _Draft, columns: Sequence[str], heads: list[list[Paragraph]]) -> Row:
    main = _main_column(columns)
    attributes = [
        Attribute(columns[c], start, end)
        for c, paragraphs in sorted(draft.cells.items())
        if columns[c] in {"lead", "coordinate", "implement", "deadline", "result"}
        for pieces in (cell_items(paragraphs) if columns[c] == "result" else _whole(paragraphs))
        for start, end in _runs(pieces)
    ]
    return Row(
        items=tuple(cell_items(draft.cells.get(main, []))),
        attributes=tuple(attributes),
        label=draft.label,
        section=draft.section,
        target="task" not in columns and "target" in columns,
        values=tuple(_values(draft, columns, heads)),
        known=not draft.filled and all(columns[c] or not _says_something(cell) for c, cell in draft.cells.items()),
    )


def _says_something(cell: Sequence[Paragraph]) -> bool:
    return any(_WORDS.search(p.text) for p in cell)


def _runs(pieces: Ranges) -> list[tuple[int, int]]:
    """The ranges with those that follow one another in the text made one; a row's continuation stands elsewhere."""
    runs: list[tuple[int, int]] = []
    for start, end in pieces:
        if runs and start - runs[-1][1] <= 6:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _whole(paragraphs: Sequence[Paragraph]) -> list[Ranges]:
    return [tuple((p.start, p.end) for p in paragraphs)] if paragraphs else []


def _values(draft: _Draft, columns: Sequence[str], heads: list[list[Paragraph]]) -> Iterator[TableValue]:
    unit = next((draft.cells.get(i) for i, m in enumerate(columns) if m == "measure_unit"), None)
    for column, meaning in enumerate(columns):
        paragraphs = draft.cells.get(column)
        if meaning != "value" or not paragraphs or not _HAS_DIGIT.search(paragraphs[0].text):
            continue
        head = heads[column]
        yield TableValue(
            paragraphs[0].start,
            paragraphs[-1].end,
            (head[0].start, head[-1].end) if head else None,
            (unit[0].start, unit[-1].end) if unit else None,
        )


def cell_items(paragraphs: Sequence[Paragraph]) -> list[Ranges]:
    """The items of a cell: its bullets, else its paragraphs, lines that go on with a sentence joined to it."""
    items: list[list[tuple[int, int]]] = []
    last = ""
    for p in paragraphs:
        marker = marker_of(p.text)
        fresh = marker is not None or not items or (_ENDED.search(last) and not re.match(rf"\s*[{LOWER}]", p.text))
        start = p.start + (marker.end if marker else 0)
        if fresh:
            items.append([(start, p.end)])
        else:
            items[-1].append((start, p.end))
        last = p.text
    return [tuple(item) for item in items]
