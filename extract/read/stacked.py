"""Tables whose cells stand one under another, a line or a paragraph each, as text copied out of Word has them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from extract.lexicon import Phrases, is_in, phrases
from extract.model import Cell, Line, Table
from extract.normalize.casing import is_capitals
from extract.normalize.labels import meaning_of
from extract.normalize.numbering import marker_of
from extract.normalize.units import opens_unit
from extract.read.markup import plain_of_markdown
from extract.read.unrolled import Placed, columns_of_short_row, heads_of, meanings_of
from extract.text import LOWER, fold

LONGEST_FIRST = 20  # characters of the line with the ordinal's head, with its emphasis
_ORDINAL = re.compile(r"\(?(?P<value>\d{1,3})[.)]?")
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
_SMALL = re.compile(rf"[{LOWER}]")
_ENDED = re.compile(r"[.;:!?…]\s*$")
_LONGEST_HEAD = 80
_FEWEST_HEADS, _MOST_HEADS = 3, 14
_NEAR = 10  # times as many lines as there are heads, in which two rows begin


@dataclass(frozen=True, slots=True)
class _Piece:
    """What may be a cell: its words ("" for a blank line), and the line of the file after its last."""

    text: str
    end: int

    @property
    def number(self) -> int | None:
        """The ordinal that it is and nothing else."""
        match = _ORDINAL.fullmatch(self.text)
        return int(match["value"]) if match else None

    @property
    def opens_row(self) -> bool:
        """Whether it is a row's ordinal, or a group's or its heading."""
        return self.number is not None or _GROUP.fullmatch(self.text) is not None or self.is_band

    @property
    def is_band(self) -> bool:
        """Whether it is a group's heading over all columns: "II. Hạ tầng số"."""
        marker = marker_of(self.text) if self.text else None
        return marker is not None and marker.style in {"roman", "upper"} and len(self.text) > marker.end


Row = list[_Piece]


def table_at(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """The table whose first head, the ordinal's, is the line, and where it ends; None where none shows."""
    if not _opens(lines[at]):
        return None
    apart = at + 1 < len(lines) and not lines[at + 1].strip()  # a blank line after each cell
    heads = _heads(lines, at, apart=apart)
    if heads is None or not _are_numbered(lines, heads, apart=apart):
        return None
    rows, ended = _rows(lines, heads, apart=apart)
    width = _width(rows, len(heads))
    texts = [piece.text for piece in heads]
    head = heads_of(texts, len(heads), width)
    if head is None or not rows:
        return None
    rows[-1] = _last(rows[-1], width, sure=ended and not apart)
    columns = meanings_of(head, texts)
    laid = [tuple(_cell(texts[placed.index], placed) for placed in row) for row in head]
    laid += [_laid(_whole(row, width), columns) for row in rows]
    return Table(tuple(laid)), rows[-1][-1].end


def _opens(line: str) -> bool:
    text = line.strip(" \t*_.")
    return bool(text) and text[0] not in "-+" and is_in(_ordinal_heads(), fold(text))


@cache
def _ordinal_heads() -> Phrases:
    """How the ordinals' column is called; few lines are, so these are asked for first."""
    return Phrases(one for one in phrases("attributes", "columns") if one.means["gives"] == "ordinal")


def _heads(lines: Sequence[str], at: int, *, apart: bool) -> Row | None:
    """The columns' heads: short, most of them known ones, up to the first row."""
    heads: Row = []
    for piece in _pieces(lines, at, apart=apart):
        if piece.opens_row:
            break
        if not piece.text:
            continue
        heads.append(piece)
        if len(heads) > _MOST_HEADS or len(piece.text) > _LONGEST_HEAD:
            return None
    known = sum(meaning_of(piece.text, column=True) is not None for piece in heads)
    return heads if _FEWEST_HEADS <= len(heads) < 2 * known else None


def _are_numbered(lines: Sequence[str], heads: Row, *, apart: bool) -> bool:
    """Whether two rows with their ordinals follow soon."""
    near = islice(_pieces(lines, heads[-1].end, apart=apart), _NEAR * len(heads))
    ordinals = [piece.number for piece in near if piece.number is not None]
    return any(number + 1 in ordinals[i:] for i, number in enumerate(ordinals))


def _pieces(lines: Sequence[str], at: int, *, apart: bool) -> Iterator[_Piece]:
    """The lines, blank ones too; or the paragraphs between blank ones."""
    words: list[str] = []
    for i in range(at, len(lines)):
        text = plain_of_markdown(lines[i]).strip()
        if not apart:
            yield _Piece(text, i + 1)
            continue
        if text:
            words.append(text)
        if words and (not text or i + 1 == len(lines)):
            yield _Piece(" ".join(words), i + 1)
            words = []


def _rows(lines: Sequence[str], heads: Sequence[_Piece], *, apart: bool) -> tuple[list[Row], bool]:
    """The rows, each from its ordinal to the next, and whether something shows where the last one ends."""
    rows: list[Row] = []
    pieces = list(_without_heads(_pieces(lines, heads[-1].end, apart=apart), heads))
    for i, piece in enumerate(pieces):
        follows = next((other for other in pieces[i + 1 : i + 4] if other.text), None)
        if piece.is_band and (follows is None or follows.number is None):
            return rows, True  # the document's next section
        if _begins(piece, rows):
            rows.append([piece])
        elif not piece.text and len(rows[-1:] and _filled(rows[-1])) >= len(heads) - 1:
            if follows is None or not _begins(follows, rows):
                return rows, True
        elif rows:
            rows[-1].append(piece)
    return rows, False


def _begins(piece: _Piece, rows: Sequence[Row]) -> bool:
    """Whether a piece is the next row's ordinal, and not a figure in a cell."""
    if not rows or piece.number is None:
        return piece.opens_row and (not rows or len(rows[-1]) > 1 or piece.is_band)
    last = next((row[0].number for row in reversed(rows) if row[0].number is not None), 0)
    return piece.number in {last + 1, 1} and (len(rows[-1]) > 1 or rows[-1][0].is_band)


def _filled(row: Row) -> Row:
    return [piece for piece in row if piece.text]


def _width(rows: Sequence[Row], heads: int) -> int:
    """How many columns there are: one fewer than heads where one of these stands over two others, as most rows say."""
    numbered = [row for row in rows if row[0].number is not None]
    counts = Counter(heads if len(_ended(row)) == heads else len(_filled(row)) for row in numbered)
    return heads - 1 if counts[heads - 1] > counts[heads] and counts[heads - 1] > sum(counts.values()) / 2 else heads


def _without_heads(pieces: Iterator[_Piece], heads: Sequence[_Piece]) -> Iterator[_Piece]:
    """The pieces without heads that a page printed again."""
    texts, held = [piece.text for piece in heads], list(pieces)
    at = 0
    while at < len(held):
        filled = [(i, piece.text) for i, piece in enumerate(held[at : at + 2 * len(texts)], at) if piece.text]
        if held[at].text == texts[0] and [text for _, text in filled[: len(texts)]] == texts:
            at = filled[len(texts) - 1][0] + 1
        else:
            yield held[at]
            at += 1


def _ended(row: Row) -> Row:
    """The row without blank lines at its end."""
    end = max((i for i, piece in enumerate(row) if piece.text), default=0)
    return row[: end + 1]


def _last(row: Row, width: int, *, sure: bool) -> Row:
    """The last row without what stands below the table: more than fills it, but for lines that go on with a cell."""
    row = _ended(row)
    if len(row) == width or (sure and len(_filled(row)) <= 2 * width):
        return row
    row = _filled(row)
    while len(row) > width and (small := [i for i in range(2, len(row)) if _SMALL.match(row[i].text)]):
        row = _joined(row, small[0])
    return row[:width]


def _whole(row: Row, width: int) -> Row:
    """The row's cells: blank lines are empty ones where that makes the row full, and too many lines are joined."""
    row = _ended(row)
    if len(row) != width or row[0].number is None:
        row = _filled(row)
    while len(row) > width:
        row = _joined(row, max(range(2, len(row)), key=partial(_goes_on, row)))
    return row


def _joined(row: Row, at: int) -> Row:
    """The row with a piece joined to the one before it."""
    return [*row[: at - 1], _Piece(f"{row[at - 1].text} {row[at].text}", row[at].end), *row[at + 1 :]]


def _goes_on(row: Row, at: int) -> float:
    """How much a line looks as if it went on with the one before: small letters, a full line, no cell's own opening."""
    before, text = row[at - 1].text, row[at].text
    folded = fold(text)
    own = opens_unit(folded) or is_in(phrases("portal", "times"), folded)
    full = len(before) / max(len(piece.text) for piece in row)
    return (
        2.0 * bool(_SMALL.match(text)) + full - bool(_ENDED.search(before)) - (0.0 if _SMALL.match(text) else 2.0 * own)
    )


def _laid(row: Row, columns: Sequence[str]) -> tuple[Cell, ...]:
    """A row's cells under its columns; a group's name stands over all of them."""
    texts, width = [piece.text for piece in row], len(columns)
    if len(row) == 1:
        return (_cell(texts[0], Placed(0, colspan=width)),)
    if row[0].number is None or (len(row) == 2 and is_capitals(texts[1])):
        return (_cell(texts[0], Placed(0)), _cell(" ".join(texts[1:]), Placed(1, colspan=width - 1)))
    taken = range(width) if len(row) == width else columns_of_short_row(texts, range(len(row)), columns)
    under = dict(zip(taken, texts, strict=True))
    return tuple(_cell(under.get(column, ""), Placed(column)) for column in range(width))


def _cell(text: str, placed: Placed) -> Cell:
    lines = (Line(text, whole=True),) if text else ()
    return Cell(lines, placed.colspan, placed.rowspan)
