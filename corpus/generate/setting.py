"""Blocks -> the text of a file, or the Markdown that `corpus.layouts` sets as Word and PDF."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from random import Random

from corpus.generate.due import Json
from corpus.generate.forms import Form
from corpus.generate.plan import Block, Cell, Grid, Line

_WIDTH, _PAGE = 92, 38
_BLANK = re.compile(r"(?<=\w) (?=\w)(?![^<>]*>)")  # between words, not inside a tag
_OLD_TONES = {
    "hóa": "hoá", "hòa": "hoà", "ủy": "uỷ", "Ủy": "Uỷ", "thủy": "thuỷ", "khỏe": "khoẻ", "tỏa": "toả", "Hòa": "Hoà",
    "Hóa": "Hoá", "xóa": "xoá", "tòa": "toà",
}  # fmt: skip
_OLD_TONES |= {word.upper(): old.upper() for word, old in _OLD_TONES.items()}
# What a reader of scans takes one letter for, in words and in numbers.
_SLIPS = {
    "ấp": "áp", "Tuyên truyền": "Tuyên truyên", "tuyên truyền": "tuyên truyên", "100%": "l00%",
    "/10/": "/l0/", "Hướng dẫn": "Hướng dân", "điểm": "điêm",
}  # fmt: skip


def markdown(blocks: Sequence[Block]) -> str:
    """The plan as `corpus.layouts` reads it."""
    return "\n\n".join(_markdown(block) for block in blocks) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Line):
        marks = "**" * block.bold
        return f"# {block.text}" if block.title else f"{marks}{block.text}{marks}"
    rows = ["|" + "".join(_markdown_cell(cell) for cell in row) for row in block.rows]
    if block.ruled:
        rows.insert(1, "|" + "---|" * _columns(block.rows[0]))
    return "\n".join(rows)


def _markdown_cell(cell: str | Cell) -> str:
    if isinstance(cell, str):
        return f" {cell} |"
    return " ^^ |" if cell.up else f" {cell.text} " + "|" * cell.wide


def _columns(row: Sequence[str | Cell]) -> int:
    return sum(cell.wide if isinstance(cell, Cell) else 1 for cell in row)


def plain_text(blocks: Sequence[Block], form: Form, rng: Random) -> str:
    """The plan as text, its lines, markup and damage by the form."""
    lines = [line for block in _with_rows(blocks, form) for line in _set(block, form)]
    if form["lines"] != "whole":
        between = "blank" in form["lines"]
        lines = [part for line in lines for part in _wrapped(line, blank=between)]
    return _damaged(lines, form["damage"], rng) + "\n"


def _with_rows(blocks: Sequence[Block], form: Form) -> Iterator[Block]:
    """The blocks, the letterhead's two columns read one after the other where the form says so."""
    top = next((block for block in blocks if isinstance(block, Grid) and not block.ruled), None)
    for block in blocks:
        if block is top and isinstance(block, Grid) and form["letterhead"] != "columns merged":
            left, right = zip(*block.rows, strict=True)
            order = (right, left) if form["letterhead"] == "right column first" else (left, right)
            yield from (Line(str(text)) for column in order for text in column if text)
        else:
            yield block


def _set(block: Block, form: Form) -> Iterator[str]:
    if isinstance(block, Line):
        yield _marked(block, form["markup"])
    elif block.ruled or form["markup"] == "html":
        yield from _TABLES[form["tables"]](block)
    else:
        yield from (f"{left:<44}{right}".rstrip() for left, right in block.rows)


def _marked(line: Line, markup: str) -> str:
    if markup == "markdown":
        return f"**{line.text}**" if line.bold or line.title else line.text
    if markup == "html":
        text = escape(line.text, quote=False)
        return f"<p><strong>{text}</strong></p>" if line.bold or line.title else f"<p>{text}</p>"
    return line.text


def _tabs(grid: Grid) -> Iterator[str]:
    yield from ("\t".join(_flat(row)) for row in grid.rows)


def _pipes(grid: Grid) -> Iterator[str]:
    for at, row in enumerate(grid.rows):
        cells = _flat(row)
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield "|" + "---|" * len(cells)


def _flat(row: Sequence[str | Cell]) -> list[str]:
    """A row's cells where no cell can reach over others: what it reaches over is empty."""
    return [
        text for cell in row for text in ([cell] if isinstance(cell, str) else [cell.text, *[""] * (cell.wide - 1)])
    ]


def _html(grid: Grid) -> Iterator[str]:
    yield "<table>"
    for at, row in enumerate(grid.rows):
        yield "<tr>" + "".join(_html_cell(grid, at, n, cell) for n, cell in enumerate(row)) + "</tr>"
    yield "</table>"


def _html_cell(grid: Grid, at: int, n: int, cell: str | Cell) -> str:
    if isinstance(cell, Cell) and cell.up:
        return ""
    text, wide = (cell.text, cell.wide) if isinstance(cell, Cell) else (cell, 1)
    high = 1 + _reach(grid, at, sum(_columns([c]) for c in grid.rows[at][:n]))
    spans = f' colspan="{wide}"' * (wide > 1) + f' rowspan="{high}"' * (high > 1)
    return f"<td{spans}>{escape(text, quote=False)}</td>"


def _reach(grid: Grid, at: int, column: int) -> int:
    """How many rows below the cell at a row and column it reaches into."""
    below = 0
    for row in grid.rows[at + 1 :]:
        starts = {sum(_columns([c]) for c in row[:n]): cell for n, cell in enumerate(row)}
        cell = starts.get(column)
        if not (isinstance(cell, Cell) and cell.up):
            break
        below += 1
    return below


_TABLES: Mapping[str, Callable[[Grid], Iterator[str]]] = {"tabs": _tabs, "pipes": _pipes, "html": _html}


def _wrapped(line: str, *, blank: bool) -> list[str]:
    if "\t" in line or line.startswith(("|", "<")):
        return [line]
    parts = textwrap.wrap(line, _WIDTH, break_on_hyphens=False) if len(line) > _WIDTH else [line]
    return [piece for part in parts for piece in ((part, "") if blank else (part,))]


def _damaged(lines: list[str], damage: str, rng: Random) -> str:
    if damage in {"page numbers", "page feet"}:
        lines = list(_with_pages(lines, "{}" if damage == "page numbers" else "Trang {}/9"))
    text = "\n".join(lines)
    return _DAMAGES[damage](text, rng) if damage in _DAMAGES else text


def _with_slips(text: str) -> str:
    """The text with slips below its front, which tells what plan it is."""
    head, lead, rest = text.partition("với các nội dung sau:")
    return head + lead + _replaced(rest, _SLIPS)


_DAMAGES: Mapping[str, Callable[[str, Random], str]] = {
    "old tone marks": lambda text, _: _replaced(text, _OLD_TONES),
    "slips of OCR": lambda text, _: _with_slips(text),
    "decomposed": lambda text, _: unicodedata.normalize("NFD", text),
    "hard blanks": lambda text, rng: _BLANK.sub(lambda _: rng.choice("    \u00a0"), text),
    "doubled blanks": lambda text, rng: _BLANK.sub(lambda _: rng.choice((" ", " ", " ", " ", "  ")), text),
    "blanks lost": lambda text, _: re.sub(r"(?<=\b[Ss]ố) (?=\d)", "", text),
}


def _with_pages(lines: Sequence[str], foot: str) -> Iterator[str]:
    """The number of each page between the lines, outside tables."""
    page, since = 1, 0
    for line, following in pairwise([*lines, ""]):
        yield line
        since += 1
        if since >= _PAGE and not ({"\t", "|", "<"} & set(line + following)):
            page, since = page + 1, 0
            yield foot.format(page)


def old_tones(record: Json) -> Json:
    """A record with the tone marks of its texts put where they used to stand: gold gives names as they are printed."""
    found: Json = json.loads(_replaced(json.dumps(record, ensure_ascii=False), _OLD_TONES))
    return found


def _replaced(text: str, pairs: Mapping[str, str]) -> str:
    for word, other in pairs.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text)
    return text
