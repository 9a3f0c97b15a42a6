"""The head of a table: how many rows it has, and what each column gives."""

import re
from collections.abc import Sequence

from extract.lexicon import first, phrases
from extract.model import Paragraph
from extract.normalize.labels import meaning_of
from extract.tables.grid import ORDINAL, Matrix, distinct

_COLUMN_NUMBERS = re.compile(r"\(?[1-9]\d?\)?|")


def header(matrix: Matrix) -> tuple[int, list[str]]:
    """How many rows the head has, and what each column gives."""
    for i, row in enumerate(matrix[:4]):
        meanings = [_meaning(cell.text) for cell in row]
        if sum(m is not None for m in meanings) >= max(2, len(row) // 2 - 1) and distinct(row) >= 2:
            end, meanings = _second_row(matrix, i, meanings)
            while end < len(matrix) and all(_COLUMN_NUMBERS.fullmatch(c.text.strip()) for c in matrix[end]):
                end += 1
            return end, _settled([m or "" for m in meanings])
    return 0, []


def _meaning(text: str) -> str | None:
    return meaning_of(text, column=True) if text and len(text) < 80 else None


def _second_row(matrix: Matrix, at: int, meanings: list[str | None]) -> tuple[int, list[str | None]]:
    """A head of two rows: the lower one says more of the columns that the upper one groups."""
    if at + 1 >= len(matrix):
        return at + 1, meanings
    lower = matrix[at + 1]
    below = [_meaning(cell.text) for cell in lower]
    same = [a.text == b.text or not b.text for a, b in zip(matrix[at], lower, strict=True)]
    grouped = distinct(matrix[at]) < len(matrix[at]) or any(not c.text for c in matrix[at])
    ordinal = ORDINAL.fullmatch(lower[0].text.strip()) if lower else None
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


def names_kinds(rows: Matrix) -> bool:
    """Whether the first column says what its rows are about ("Thủ tục hành chính"), and numbers none of them."""
    texts = [row[0].text.strip() for row in rows if distinct(row) > 1]
    named = sum(bool(text) and not ORDINAL.fullmatch(text) for text in texts)
    return named > 1 and not any(ORDINAL.fullmatch(text) for text in texts)


def names_place(head: Sequence[Paragraph]) -> bool:
    """Whether a column is a place's ("Xã Hòa Bình"): its figures in a table of targets are what it is to reach."""
    found = first(phrases("units", "heads"), head[-1].folded.strip()) if head else None
    return found is not None and bool(found[0].means.get("place"))


def column_heads(rows: Matrix, width: int) -> list[list[Paragraph]]:
    """The head's paragraphs over each column."""
    heads: list[list[Paragraph]] = [[] for _ in range(width)]
    for row in rows:
        for column, cell in enumerate(row[:width]):
            heads[column] += [p for p in cell.paragraphs if p not in heads[column]]
    return heads
