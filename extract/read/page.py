"""A page's flow -> the blocks of the document in it: the site's menus, side columns, related news and footers left out.

The document is the smallest element that holds its landmarks: quốc hiệu, the line KẾ HOẠCH, Nơi nhận, appendices.
"""

import re
from collections.abc import Sequence
from functools import cache

from extract.lexicon import is_in, load, phrases
from extract.model import Line, Table
from extract.normalize.casing import is_capitals
from extract.read.flow import Block, Extent, Flow
from extract.read.sides import landmarks
from extract.text import fold

_CHROME_TAGS = frozenset({"nav", "aside", "footer", "header", "menu"})
_LARGEST_CHROME = 0.3  # of the page's letters; what holds more is the page, whatever its class says
_SHORT = 100  # characters of a landmark or of a line over the letterhead
_LONGEST_CELLS = 700  # characters of a letterhead or signature table
_LONGEST_HEADLINE = 300  # characters over the letterhead in one line; more is a paragraph
_MOST_OVER = 6  # lines over quốc hiệu that may belong to the letterhead
_CLASS_WORD = re.compile(r"[a-z]+")


def document_of(flow: Flow) -> list[Line | Table]:
    """The document's blocks; all of the page but its menus where no landmark tells."""
    blocks = flow.blocks
    texts = [_folded(block) for block in blocks]
    chrome = _chrome(flow, texts)
    marks = [i for i, text in enumerate(texts) if not chrome[i] and _is_landmark(blocks[i], text)]
    if not marks:
        return [block.content for i, block in enumerate(blocks) if not chrome[i]]
    start, end = _holding(flow, marks[0], _last_mark(blocks, texts, chrome, marks))
    kept = [i for i in range(start, end) if not chrome[i]]
    first = _first(kept, marks[0], blocks, texts)
    last = _end(kept, marks[-1], blocks, texts)
    return [blocks[i].content for i in kept if first <= i < last]


def document_in_text(text: str, blocks: list[Line | Table]) -> list[Line | Table]:
    """The blocks of a text copied from a site, without the menu over the letterhead and the news after the end."""
    if not _is_hinted(text.lower()):
        return blocks
    laid = [Block(block, 0.0, 1) for block in blocks]
    texts = [_folded(block) for block in laid]
    marks = [i for i, folded in enumerate(texts) if _is_landmark(laid[i], folded)]
    if not marks:
        return blocks
    everything = range(len(blocks))
    first = _first(everything, marks[0], laid, texts) if _has_menu(laid, marks[0], texts) else 0
    return blocks[first : _end(everything, marks[-1], laid, texts) if marks[-1] > marks[0] + 12 else len(blocks)]


def _is_hinted(lowered: str) -> bool:
    """Whether a line that is short, as a site's own are, holds a hint of a site."""
    for hint in _hints():
        at = lowered.find(hint)
        while at >= 0:
            end = lowered.find("\n", at)
            end = len(lowered) if end < 0 else end
            if end - lowered.rfind("\n", 0, at) <= 2 * _SHORT:
                return True
            at = lowered.find(hint, end)
    return False


def _has_menu(blocks: Sequence[Block], mark: int, texts: Sequence[str]) -> bool:
    """Whether what stands over the first landmark is a site's: two of its lines, and less than the document itself."""
    lengths = [len(b.content.text) if isinstance(b.content, Line) else 0 for b in blocks]
    if sum(lengths[:mark]) > sum(lengths[mark:]) or max(lengths[:mark], default=0) > _LONGEST_HEADLINE:
        return False
    over = (line for folded in texts[:mark] for line in folded.split("\n") if line)
    return sum(is_in(phrases("portal", "before"), line) for line in over) > 1


@cache
def _hints() -> tuple[str, ...]:
    return tuple(load("portal")["hints"])


def _folded(block: Block) -> str:
    """The text of a line or a small table that could be a landmark, folded."""
    if isinstance(block.content, Line):
        return fold(block.content.text[: _SHORT * 2])
    if block.letters > _LONGEST_CELLS:
        return ""
    return fold("\n".join(line.text for row in block.content.rows for cell in row for line in cell.lines))


def _is_landmark(block: Block, folded: str) -> bool:
    """Whether a line, or one in a cell, is found in documents only; KẾ HOẠCH in capitals, for menus have it too."""
    if not folded or block.linked >= 0.5:
        return False
    if any(len(line) <= _SHORT and is_in(landmarks(), line) for line in folded.split("\n")):
        return True
    content = block.content
    if not isinstance(content, Line) or not is_capitals(content.text):
        return False
    return is_in(phrases("headings", "title"), folded)


def _chrome(flow: Flow, texts: Sequence[str]) -> list[bool]:
    """For each block whether it is in an element of the site's own, by its tag or class."""
    chrome = [False] * len(texts)
    total = sum(block.letters for block in flow.blocks) or 1
    for extent in flow.extents:
        if not _looks_like_chrome(extent):
            continue
        held = range(extent.start, extent.end)
        if sum(flow.blocks[i].letters for i in held) > _LARGEST_CHROME * total and extent.element.tag not in {
            "nav",
            "aside",
        }:
            continue
        if extent.element.tag != "nav" and any(_is_landmark(flow.blocks[i], texts[i]) for i in held):
            continue
        chrome[extent.start : extent.end] = [True] * len(held)
    return chrome


def _looks_like_chrome(extent: Extent) -> bool:
    if extent.element.tag in _CHROME_TAGS:
        return True
    given = extent.element.attributes
    named = f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}".lower()
    return len(named) > 2 and not _class_words().isdisjoint(_CLASS_WORD.findall(named))


@cache
def _class_words() -> frozenset[str]:
    return frozenset(load("portal")["classes"])


def _last_mark(blocks: Sequence[Block], texts: Sequence[str], chrome: Sequence[bool], marks: Sequence[int]) -> int:
    """The last landmark; where only the front has any, the last running text before what follows a document."""
    last = marks[-1]
    if last > marks[0] + 12:
        return last
    for i in range(last + 1, len(blocks)):
        if texts[i] and _opens_after(texts[i]):
            break
        if not chrome[i] and blocks[i].linked < 0.5 and blocks[i].letters > _SHORT:
            last = i
    return last


def _holding(flow: Flow, first: int, last: int) -> tuple[int, int]:
    """The range of the smallest element that holds both."""
    ranges = [(e.start, e.end) for e in flow.extents if e.start <= first and last < e.end]
    return min(ranges, key=lambda r: r[1] - r[0], default=(0, len(flow.blocks)))


def _first(kept: Sequence[int], mark: int, blocks: Sequence[Block], texts: Sequence[str]) -> int:
    """Where the letterhead begins: a few short lines over the first landmark may be of it, a headline is not."""
    first = mark
    over = [i for i in kept if i < mark]
    for i in reversed(over[-_MOST_OVER:]):
        content = blocks[i].content
        if isinstance(content, Line) and (content.level or len(content.text) > _SHORT):
            break
        if blocks[i].linked > 0.5 or is_in(phrases("portal", "before"), texts[i]):
            break
        first = i
    return first


def _end(kept: Sequence[int], mark: int, blocks: Sequence[Block], texts: Sequence[str]) -> int:
    """Where what follows the document begins; a table of several columns is never after it."""
    wide = [i for i in kept if isinstance(table := blocks[i].content, Table) and max(map(len, table.rows)) > 2]
    mark = max(mark, *wide, 0)
    for i in kept:
        if i > mark and texts[i] and _opens_after(texts[i]):
            return i
        if i > mark and blocks[i].linked > 0.8:
            return i
    return len(blocks)


def _opens_after(folded: str) -> bool:
    return len(folded) <= 2 * _SHORT and is_in(phrases("portal", "after"), folded)
