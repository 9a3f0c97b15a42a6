"""A row put together -> what it gives: items, attributes, figures."""

import re
from collections.abc import Iterator, Sequence

from extract.model import Attribute, Paragraph, Row, TableValue
from extract.normalize.numbering import marker_of
from extract.tables.drafts import ATTRIBUTES, Draft, main_column
from extract.text import LOWER

Ranges = tuple[tuple[int, int], ...]

_WORDS = re.compile(r"\w")
_HAS_DIGIT = re.compile(r"\d")
_ENDED = re.compile(r"[.;:!?…]\s*$")


def row_of(draft: Draft, columns: Sequence[str], heads: list[list[Paragraph]]) -> Row:
    """What a row gives, by what its columns give."""
    main = main_column(columns)
    attributes = [
        Attribute(columns[c], start, end)
        for c, paragraphs in sorted(draft.cells.items())
        if columns[c] in ATTRIBUTES
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


def _values(draft: Draft, columns: Sequence[str], heads: list[list[Paragraph]]) -> Iterator[TableValue]:
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
