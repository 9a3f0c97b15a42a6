"""Document -> the same with misread ordinals, numbers and words put right, and the repairs as problems.

A sequence, a number or the lexicon decides. Text is touched only where it gives itself away; words only in scans.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import load
from extract.model import Document, Line, Reading, Table
from extract.normalize.casing import is_capitals
from extract.normalize.slips.figures import figure_slips, has_mixed_figures
from extract.normalize.slips.ordinals import is_damaged_ordinal, ordinal_slips
from extract.normalize.slips.quarters import impossible_quarters, quarters_out_of_turn
from extract.normalize.slips.signing import letter_slips, position_slips
from extract.normalize.slips.slip import Slip
from extract.normalize.slips.words import outvoted, unknown_syllables, word_slips
from extract.text import squeezed
from schemas import Problem, Severity

__all__ = ["Slip", "mended", "repaired", "slip_problems"]

_FEWEST = 2  # slips that show a text to be misread here and there
_Edit = tuple[int, int, int, str]


def mended(document: Document, text: str) -> tuple[Document, tuple[Slip, ...]]:
    """The document repaired; `text` are its lines joined. A clean one comes back as it is."""
    scanned = document.text_source == "ocr"
    if not scanned and not has_mixed_figures(text) and not _any_damaged_ordinal(document.blocks):
        return document, ()
    fixed, slips = repaired(document.blocks, scanned=scanned)
    return (replace(document, blocks=tuple(fixed)) if slips else document), slips


def _any_damaged_ordinal(blocks: Sequence[Line | Table]) -> bool:
    return any(isinstance(block, Line) and is_damaged_ordinal(block.text) for block in blocks)


def repaired(blocks: Sequence[Line | Table], *, scanned: bool) -> tuple[list[Line | Table], tuple[Slip, ...]]:
    """The lines and tables repaired, and what was done."""
    page = _Lines.of(blocks)
    slips = _applied(page.texts, _figures(page.texts))
    if scanned:
        for edits in (_letters, _words, _syllables, outvoted, position_slips, _dashes):
            slips += _applied(page.texts, edits(page.texts))
    slips += _applied(page.texts, _quarters(page, scanned=scanned))
    doubtful = scanned or len(slips) + sum(is_damaged_ordinal(page.texts[i]) for i in page.outside) >= _FEWEST
    if doubtful and not scanned:
        slips += _applied(page.texts, _words_of_headings(page))
    slips += _applied(page.texts, _ordinals(page, doubtful=doubtful), ordinal=True)
    slips.sort(key=lambda slip: (slip.line, slip.start))
    return page.put_back(blocks), tuple(replace(slip, text=page.texts[slip.line]) for slip in slips)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The texts of a document's lines: which stand outside tables, and which make up the cells of each column."""

    texts: list[str]
    outside: list[int]
    columns: list[list[list[int]]]

    @classmethod
    def of(cls, blocks: Sequence[Line | Table]) -> "_Lines":
        """The lines in reading order."""
        page = cls([], [], [])
        for block in blocks:
            if isinstance(block, Line):
                page.outside.append(len(page.texts))
                page.texts.append(block.text)
            else:
                page._take(block)
        return page

    def _take(self, table: Table) -> None:
        columns: dict[int, list[list[int]]] = {}
        for row in table.rows:
            column = 0
            for cell in row:
                columns.setdefault(column, []).append([len(self.texts) + i for i in range(len(cell.lines))])
                self.texts.extend(line.text for line in cell.lines)
                column += cell.colspan
        self.columns.extend(columns.values())

    def put_back(self, blocks: Sequence[Line | Table]) -> list[Line | Table]:
        """The blocks with these texts."""
        supply = iter(self.texts)
        return [
            _with_text(block, supply) if isinstance(block, Line) else _with_texts(block, supply) for block in blocks
        ]


def _with_text(line: Line, supply: Iterator[str]) -> Line:
    text = next(supply)
    return line if text == line.text else replace(line, text=text)


def _with_texts(table: Table, supply: Iterator[str]) -> Table:
    rows = tuple(
        tuple(replace(cell, lines=tuple(_with_text(line, supply) for line in cell.lines)) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _ordinals(page: _Lines, *, doubtful: bool) -> Iterator[_Edit]:
    texts = [page.texts[i] for i in page.outside]
    for i, start, end, meant in ordinal_slips(texts, doubtful=doubtful):
        yield page.outside[i], start, end, meant


def _quarters(page: _Lines, *, scanned: bool) -> list[_Edit]:
    edits = [(i, *slip) for i, text in enumerate(page.texts) for slip in impossible_quarters(text)]
    if not scanned or edits:
        return edits
    for i, start, end, meant in quarters_out_of_turn([page.texts[i] for i in page.outside], column=False):
        edits.append((page.outside[i], start, end, meant))
    for column in page.columns:
        cells = [lines for lines in column if lines]
        texts = [" ".join(page.texts[i] for i in lines) for lines in cells]
        edits += [(cells[i][0], s, e, meant) for i, s, e, meant in quarters_out_of_turn(texts, column=True)]
    return edits


def _figures(texts: Sequence[str]) -> Iterator[_Edit]:
    for i, text in enumerate(texts):
        if has_mixed_figures(text):
            yield from ((i, *slip) for slip in figure_slips(text))


def _words(texts: Sequence[str]) -> Iterator[_Edit]:
    for i, text in enumerate(texts):
        yield from ((i, *slip) for slip in word_slips(text))


def _letters(texts: Sequence[str]) -> Iterator[_Edit]:
    for i, text in enumerate(texts):
        yield from ((i, *slip) for slip in letter_slips(text))


def _syllables(texts: Sequence[str]) -> Iterator[_Edit]:
    for i, text in enumerate(texts):
        yield from ((i, *slip) for slip in unknown_syllables(text))


def _words_of_headings(page: _Lines) -> Iterator[_Edit]:
    for i in page.outside:
        if is_capitals(page.texts[i]):
            yield from ((i, *slip) for slip in word_slips(page.texts[i]))


def _dashes(texts: Sequence[str]) -> Iterator[_Edit]:
    marks = frozenset(load("slips")["dashes"])
    for i, text in enumerate(texts):
        if text[:1] in marks and text[1:2] == " " and text[2:3].isupper():
            yield i, 0, 1, "-"


def _applied(texts: list[str], edits: Iterable[_Edit], *, ordinal: bool = False) -> list[Slip]:
    """Put the edits into the lines, and note them."""
    slips = []
    shift: dict[int, int] = {}
    for line, start, end, meant in sorted(edits):
        at = start + shift.get(line, 0)
        text = texts[line]
        printed = text[at : at + end - start]
        if printed == meant:
            continue
        texts[line] = text[:at] + meant + text[at + end - start :]
        shift[line] = shift.get(line, 0) + len(meant) - (end - start)
        slips.append(Slip(line, at, printed, meant, ordinal=ordinal))
    return slips


def slip_problems(slips: Sequence[Slip], reading: Reading) -> tuple[Problem, ...]:
    """A problem a repair, with its place in the cleaned text where the line can be found there."""
    problems, at = [], 0
    for slip in slips:
        line = squeezed(slip.text)
        found = reading.text.find(line, at)
        span = None
        if found >= 0:
            at = found
            start = found + len(squeezed(slip.text[: slip.start] + "|")) - 1
            span = reading.span(start, start + len(slip.meant))
        code = "numbering_repaired" if slip.ordinal else "ocr_suspect"
        problems.append(Problem(code=code, message=_message(slip), severity=Severity.LOW, span=span))
    return tuple(problems)


def _message(slip: Slip) -> str:
    what = "Số thứ tự" if slip.ordinal else "Chữ"
    return f"{what} in là “{slip.printed}”, đã đọc là “{slip.meant}”."
