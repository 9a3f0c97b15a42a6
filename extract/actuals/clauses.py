"""A paragraph -> its sentences and clauses, and its brackets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.actuals.words import wordings
from extract.text import UPPER

_BRACKET = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_SENTENCE_END = re.compile(rf"(?<!\s[A-ZĐ])(?<!\bTP)(?<!\bTS)[.!?…](?=\s+[{UPPER}\d“\"+\-(])")
_SEMICOLON = re.compile(";")
_PARTED = re.compile(r"[,;:.(]\s*(?:và\s+)?\Z")
_LEAD = re.compile(r"[\s,;:.\-–+•*]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of a paragraph between semicolons, full stops and "trong đó"; `sentence` counts from 0."""

    start: int
    end: int
    sentence: int


def brackets(text: str) -> list[tuple[int, int]]:
    """The ranges in round brackets, the outermost."""
    return [m.span() for m in _BRACKET.finditer(text)] if "(" in text else []


def clauses(text: str, folded: str, hidden: Sequence[tuple[int, int]]) -> Iterator[Clause]:
    """The clauses of a paragraph; what stands in `hidden` parts nothing."""
    stops = [(m.end(), m.end(), True) for m in _SENTENCE_END.finditer(text)]
    stops += [(m.start(), m.end(), False) for m in _SEMICOLON.finditer(text)]
    for start, end, _ in wordings("partings").find_all(folded, 0, len(folded)):
        if _PARTED.search(folded[max(0, start - 8) : start]):
            stops.append((start, end, False))
    begin, sentence = 0, 0
    for start, end, ends_sentence in sorted(stops):
        if start < begin or any(a <= start < b for a, b in hidden):
            continue
        yield from _clause(text, begin, start, sentence)
        begin, sentence = end, sentence + ends_sentence
    yield from _clause(text, begin, len(text), sentence)


def _clause(text: str, start: int, end: int, sentence: int) -> Iterator[Clause]:
    """The clause without blanks and marks at its ends."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end = start + len(text[start:end].rstrip(" ,;:"))
    if start < end:
        yield Clause(start, end, sentence)
