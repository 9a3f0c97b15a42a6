"""Picture of a page -> lines and tables in reading order, with their boxes on the paper, and how sure they are."""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from extract.model import Cell, Line, Table
from extract.read.ocr.engine import Engine, Layout, Rectangle, Threshold, Word, engine
from extract.read.ocr.grid import Ruled, Slot, ruled_tables, unruled
from extract.read.ocr.lines import Band, Printed, paragraph_starts, printed_lines, two_columns
from extract.read.ocr.skew import Upright, upright
from extract.text import LOWER, UPPER
from schemas import Problem, Severity

Blocks = list[Line | Table]

_WRONG_WAY = 70.0  # mean confidence below which a page may stand on its head
_POOR = 75.0  # mean confidence below which what was read is not to be relied on
_NOISE = 35.0  # confidence of a line that is a stain or a signature
_SPECK = 25.0  # confidence of one or two characters that are one
_STAIN = 40.0  # confidence of what stands apart and is one
_EDGE, _SHORT = 0.07, 4  # of the page's height, and characters: where page numbers stand, and how long they are
_MARK = re.compile(rf"[0-9{UPPER}{LOWER}]|[-–—+*•·.,:;/()\"“”%&]")  # what a word that was printed holds
_MARGIN = 9  # pixels around a part that is read by itself
_UNSURE = 82.0  # mean confidence of a line that is worth a second look
_SURE = 90.0  # mean confidence of columns that need none
_SURER = 4.0  # by which it must be surer then
_BLACK, _DEPTH = 0.01, 90  # of the page that is blackest; the levels from there to what counts as paper
_POINTS = 72


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What a picture says, the mean confidence of its characters (0 to 100), and what is wrong with it."""

    blocks: tuple[Line | Table, ...]
    confidence: float
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Recognized:
    page: Upright
    words: list[Word]
    bands: list[Band]
    tables: list[tuple[Ruled, list[list[list[Word]]]]]

    @property
    def confidence(self) -> float:
        tables = (word for _, rows in self.tables for row in rows for cell in row for word in cell)
        return _confidence([*self.words, *tables])


def ocr_page(image: Image.Image, page: int, dpi: int) -> Blocks:
    """The lines and tables of a page's picture; `page` counts from 1, boxes are in points from its top left."""
    return list(read_page(image, page, dpi).blocks)


def read_page(image: Image.Image, page: int, dpi: int) -> ScannedPage:
    """The same with its confidence and problems. Raises OcrUnavailable where tesseract is not installed."""
    found = _recognized(image, dpi, engine())
    blocks = tuple(_blocks(found, page, _POINTS / dpi))
    if not blocks:
        return ScannedPage((), 0.0)
    problems = (_poor(page, found.confidence),) if found.confidence < _POOR else ()
    return ScannedPage(blocks, found.confidence, problems)


def _poor(page: int, confidence: float) -> Problem:
    message = f"Trang {page} quét mờ, chữ nhận dạng được chỉ chắc khoảng {confidence:.0f}%. Hãy so với ảnh trang."
    return Problem(code="scanned_low_quality", message=message, severity=Severity.HIGH)


def _recognized(image: Image.Image, dpi: int, by: Engine) -> _Recognized:
    """The words of a page the right way up."""
    page = upright(image, dpi)
    found = _read(page, by)
    if found.confidence >= _WRONG_WAY or not found.words:
        return found
    by.show(page.image, page.dpi)
    other = _read(page.turned(by.turn() or 180), by)
    return max(found, other, key=lambda read: read.confidence)


def _read(page: Upright, by: Engine) -> _Recognized:
    tables = ruled_tables(page.image, page.dpi)
    by.show(_without(page.image, tables), page.dpi)
    words = _words(by, Layout.PAGE)
    bands = two_columns(_printed(words))
    for number, band in enumerate(bands):
        words = _with_columns(words, band, page.image, by, number)
    words = _second_look(_printed(words), page, by)
    if tables:
        by.show(unruled(page.image, tables, _paper(page.image)), page.dpi)
    return _Recognized(page, words, bands, [(table, _cells(table, by)) for table in tables])


def _second_look(words: list[Word], page: Upright, by: Engine) -> list[Word]:
    """The words with the unsure lines read again, with all but the darkest ink left out: a stamp lies over them."""
    unsure = [line for line in _by_line(words) if _is_unsure(line)]
    if not unsure:
        return words
    by.show(page.image.point(_darkest(page.image)), page.dpi)
    for line in unsure:
        x0, y0 = min(w.x0 for w in line), min(w.y0 for w in line)
        x1, y1 = max(w.x1 for w in line), max(w.y1 for w in line)
        part = max(0, x0 - 9), max(0, y0 - 6), min(page.image.width, x1 + 9), min(page.image.height, y1 + 6)
        again = [replace(w, line=line[0].line) for w in _printed(_words(by, Layout.LINE, part))]
        if _is_better(again, line):
            words = [*(w for w in words if w not in line), *again]
    return words


def _is_better(again: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether a line read again says about as much, and for surer."""
    before, after = (sum(len(w.text) for w in words) for words in (line, again))
    return 0.6 * before <= after <= 1.3 * before and _confidence(again) > _confidence(line) + _SURER


def _is_unsure(line: Sequence[Word]) -> bool:
    return sum(len(w.text) for w in line) > _SHORT and _confidence(line) < _UNSURE


def _confidence(words: Sequence[Word]) -> float:
    """The mean confidence of the words' characters, 0 for none."""
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / letters if letters else 0.0


def _darkest(image: Image.Image) -> list[int]:
    """The levels of grey stretched so that only the ink that is nearly as dark as print stays dark."""
    counts = image.histogram()
    black = next(level for level in range(256) if sum(counts[: level + 1]) >= _BLACK * sum(counts))
    return [min(255, max(0, (level - black) * 255 // _DEPTH)) for level in range(256)]


def _by_line(words: Sequence[Word]) -> list[list[Word]]:
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _words(by: Engine, layout: Layout, part: Rectangle | None = None) -> list[Word]:
    """What the page or a part of it shows, stains too; a page that seems empty is looked at again."""
    for threshold in Threshold:
        words = by.words(layout, part, threshold=threshold)
        if words or part is not None:
            return words
    return []


def _printed(words: Sequence[Word]) -> list[Word]:
    """The words without stains: what stands apart from others on its line and is hardly sure."""
    out: list[Word] = []
    for line in _by_line([w for w in words if _MARK.search(w.text) and (len(w.text) > 2 or w.confidence >= _SPECK)]):
        height = statistics.median(w.y1 - w.y0 for w in line)
        cluster = [line[0]]
        for word in line[1:]:
            if word.x0 - cluster[-1].x1 > height:
                out += cluster * (_confidence(cluster) >= _STAIN)
                cluster = []
            cluster.append(word)
        out += cluster * (_confidence(cluster) >= _STAIN)
    return out


def _with_columns(words: list[Word], band: Band, image: Image.Image, by: Engine, number: int) -> list[Word]:
    """The words with those of a band read again, a column at a time, where lines side by side spoiled each other."""
    inside = [w for w in words if band.y0 <= (w.y0 + w.y1) / 2 <= band.y1 and _MARK.search(w.text)]
    single = band.y1 - band.y0 < 2 * statistics.median(w.y1 - w.y0 for w in inside)
    if single or (len(_printed(inside)) == len(inside) and _confidence(inside) >= _SURE):
        return words
    top, bottom = max(0, band.y0 - _MARGIN), min(image.height, band.y1 + _MARGIN)
    left = _words(by, Layout.BLOCK, (0, top, band.middle, bottom))
    right = _words(by, Layout.BLOCK, (band.middle, top, image.width, bottom))
    again = [replace(w, line=(-2 * number - side, *w.line[1:])) for side, ws in ((1, left), (2, right)) for w in ws]
    if _sureness(_printed(again)) < _sureness(_printed(inside)):
        return words
    return [*(w for w in words if w not in inside), *again]


def _sureness(words: Sequence[Word]) -> float:
    """How much was read for sure: characters by their confidence."""
    return sum((w.confidence - 50) * len(w.text) for w in words)


def _without(image: Image.Image, tables: Sequence[Ruled]) -> Image.Image:
    """The page with its tables left out."""
    if not tables:
        return image
    rest, paper = image.copy(), _paper(image)
    draw = ImageDraw.Draw(rest)
    for table in tables:
        draw.rectangle((table.x0 - 4, table.y0 - 4, table.x1 + 4, table.y1 + 4), fill=paper)
    return rest


def _paper(image: Image.Image) -> int:
    """The grey of the page's paper."""
    return statistics.mode(image.resize((40, 40), Image.Resampling.NEAREST).tobytes())


def _cells(table: Ruled, by: Engine) -> list[list[list[Word]]]:
    return [[_cell(slot, by) for slot in row] for row in table.rows]


def _cell(slot: Slot, by: Engine) -> list[Word]:
    part = slot.x0, slot.y0, slot.x1, slot.y1
    words = _words(by, Layout.BLOCK, part)
    if _confidence(words) >= _UNSURE:
        return _printed(words)
    return max(_printed(words), _printed(_words(by, Layout.SPARSE, part)), key=_sureness)


def _blocks(found: _Recognized, page: int, points: float) -> Iterator[Line | Table]:
    """Lines and tables from top to bottom."""
    tables = list(found.tables)
    lines = [line for line in printed_lines(found.words, found.bands) if not _is_stray(line, found.page)]
    opening = paragraph_starts(lines)
    for line, opens in zip(lines, opening, strict=True):
        while tables and tables[0][0].y0 < line.y0:
            yield _table(*tables.pop(0), found.page, page, points)
        yield replace(_line(line, found.page, page, points), gap=opens)
    for table, rows in tables:
        yield _table(table, rows, found.page, page, points)


def _is_stray(line: Printed, page: Upright) -> bool:
    """A stain, a flourish of a signature, or a page number, which often is misread."""
    if line.confidence < _NOISE or not any(letter.isalnum() for letter in line.text):
        return True
    edge = _EDGE * page.image.height
    return len(line.text) <= _SHORT and (line.y1 < edge or line.y0 > page.image.height - edge)


def _table(table: Ruled, rows: list[list[list[Word]]], upright_page: Upright, page: int, points: float) -> Table:
    cells = tuple(
        tuple(
            Cell(tuple(_line(p, upright_page, page, points) for p in printed_lines(words)), slot.colspan, slot.rowspan)
            for slot, words in zip(slots, row, strict=True)
        )
        for slots, row in zip(table.rows, rows, strict=True)
    )
    return Table(cells, page)


def _line(line: Printed, upright_page: Upright, page: int, points: float) -> Line:
    x0, y0, x1, y1 = (round(side * points, 1) for side in upright_page.box(line.x0, line.y0, line.x1, line.y1))
    return Line(line.text, page=page, box=(x0, y0, x1, y1))
