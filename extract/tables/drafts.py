"""The rows below a head, put together: cut ones made whole, group rows taken as sections, merged cells filled."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.model import GridCell, Paragraph
from extract.normalize.numbering import marker_of
from extract.tables.grid import ORDINAL, Matrix
from extract.text import LOWER, UPPER

ATTRIBUTES = frozenset({"lead", "coordinate", "implement", "deadline", "result"})
_INHERITED = frozenset({"lead", "implement", "deadline"})
_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")


@dataclass
class Draft:
    """A row being put together."""

    label: str
    section: str
    cells: dict[int, list[Paragraph]] = field(default_factory=dict)
    filled: bool = False  # with what the row above says


def drafts_of(matrix: Matrix, columns: list[str], heads: list[list[Paragraph]]) -> Iterator[Draft]:
    """Rows with their section; a row without an ordinal goes on with the one before."""
    main = main_column(columns)
    ordinal = columns.index("ordinal") if "ordinal" in columns else None
    head_texts = [" ".join(p.text for p in head) for head in heads]
    section, draft = "", None
    for i, row in enumerate(matrix):
        if [c.text for c in row] == head_texts or _repeats_head(row, head_texts):
            continue
        if draft is not None and _fills_attribute(row, columns):
            _continue(draft, row)
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
        draft = Draft(label, section, {c: list(cell.paragraphs) for c, cell in enumerate(row)})
    if draft is not None:
        yield draft


def _fills_attribute(row: Sequence[GridCell], columns: Sequence[str]) -> bool:
    """Whether of a row only a unit's, a time's or a result's cell says something: the page's end cut the row above."""
    filled = [i for i, cell in enumerate(row) if cell.text.strip()]
    return len(filled) == 1 and columns[filled[0]] in ATTRIBUTES


def main_column(columns: Sequence[str]) -> int:
    """The column of the tasks, else of the targets, else the second."""
    for wanted in ("task", "target"):
        if wanted in columns:
            return columns.index(wanted)
    return min(1, len(columns) - 1)


def _repeats_head(row: Sequence[GridCell], heads: list[str]) -> bool:
    """A head printed again on the next page."""
    pairs = [(c.text, h) for c, h in zip(row, heads, strict=True) if c.text]
    return len(pairs) > 1 and all(text in head for text, head in pairs)


def _label(text: str) -> str:
    match = ORDINAL.fullmatch(text.strip())
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


def _continue(draft: Draft, row: Sequence[GridCell]) -> None:
    for column, cell in enumerate(row):
        before = draft.cells.setdefault(column, [])
        before += [p for p in cell.paragraphs if p not in before]


def inherited(drafts: Sequence[Draft], columns: Sequence[str]) -> Iterator[Draft]:
    """A row whose unit and time cells are empty has those of the row above: the cells are merged."""
    duties = [i for i, m in enumerate(columns) if m in _INHERITED]
    before: Draft | None = None
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
