"""Blocks of a reading -> where a plan's parts begin: its body, its foot, its appendices; and its closing paragraph."""

import re
from collections.abc import Sequence
from itertools import takewhile

from extract.lexicon import first, phrases
from extract.model import Grid, Paragraph
from extract.normalize.labels import label_at
from extract.normalize.numbering import BULLETS, RANKS, marker_of
from extract.normalize.wordlists import either
from extract.outline.headings import is_capitals, named_heading, section_phrase

Block = Paragraph | Grid
_ENDS_PLAN = re.compile(r"\./\.|/\.|\.\s*/-|\./$")
_APPENDIX = re.compile(r"\s*(?:phụ lục|phụ biểu)\b\s*(?:số\s*)?(?:[ivx]+|\d{1,2})?\b")
_FRONT = 80  # blocks within which the title is looked for
_LONGEST_OPENING = 400
_LONGEST_LINE = 160  # characters of the letterhead's lines
_PREAMBLE = 12  # blocks without a ground among which the preamble's next is looked for
# "Số: 41/KH-UBND", and "Hòa Bình, ngày 05 tháng 01 năm 2026" with nothing after it
_HEADING = 7  # characters of "BÁO CÁO"
_NUMBER = re.compile(r"\s*số\s*(?:[:.]\s*)?[\d.…\s]*[/-]\s*[^\W\d_]")
_DAY = re.compile(r"[^,;:]{2,40},\s*ngày[\s\d.…]*tháng[\s\d.…]*năm[\s\d.…]*\Z")
_CITES = re.compile(r"\d\s?[-/]\s?[^\W\d_]{2}")


def body_start(blocks: Sequence[Block]) -> int:
    """The first block after the preamble: a numbered heading, or a heading by its words or type.

    Where there is no heading at all, what follows the letterhead, the title and the preamble's paragraphs.
    """
    titles = [i for i, block in enumerate(blocks[:_FRONT]) if _is_title(block)]
    capitals = [i for i in titles if isinstance(block := blocks[i], Paragraph) and is_capitals(block.text)]
    title = max(capitals or titles, default=-1)
    if title < 0:
        title = _end_of_report_title(blocks)
    for i, block in enumerate(blocks[title + 1 :], title + 1):
        if not isinstance(block, Paragraph):
            continue
        if _opens_body(block) or (i > title + 1 and marker_of(block.text) is None and named_heading(block) is not None):
            return i
    return _after_preamble(blocks, title + 1 if title >= 0 else _after_letterhead(blocks))


def _end_of_report_title(blocks: Sequence[Block]) -> int:
    """The last line of the title under BÁO CÁO, -1 where that is not the document's heading.

    A report's title may run on over lines that would be headings elsewhere: "phương hướng, nhiệm vụ năm 2026".
    """
    for at, block in enumerate(blocks[:_FRONT]):
        if isinstance(block, Paragraph) and is_capitals(block.text[:_HEADING]) and _heads_report(block):
            lines = takewhile(is_of_title, blocks[at + 1 :])
            return at + sum(1 for _ in lines)
    return -1


def _heads_report(block: Paragraph) -> bool:
    return first(phrases("headings", "reports"), block.folded) is not None


def is_of_title(block: Block) -> bool:
    """Whether a block may be a title's line: short, without an ordinal and without a stop."""
    if not isinstance(block, Paragraph) or not _is_short(block) or marker_of(block.text) is not None:
        return False
    return not block.text.rstrip().endswith((".", ":"))


def _after_letterhead(blocks: Sequence[Block]) -> int:
    """The block after number and day and the lines in capitals under them, which are a title without KẾ HOẠCH."""
    front = list(takewhile(_is_short, blocks[:_FRONT]))
    at = max((i + 1 for i, block in enumerate(front) if _is_stamp(block)), default=0)
    while at and at < len(blocks) and isinstance(block := blocks[at], Paragraph) and is_capitals(block.text):
        at += 1
    return at


def _is_short(block: Block) -> bool:
    """Whether a block is no paragraph of running text."""
    return isinstance(block, Grid) or len(block.text) < _LONGEST_LINE


def _is_stamp(block: Block) -> bool:
    """Whether a block is a document's number or its day, alone on the line or in a table's cell."""
    if isinstance(block, Grid):
        return any(map(_is_stamp, (p for row in block.rows for cell in row for p in cell.paragraphs)))
    return _is_short(block) and (_NUMBER.match(block.folded) or _DAY.match(block.folded)) is not None


def _after_preamble(blocks: Sequence[Block], start: int) -> int:
    """The block after the last of the preamble's paragraphs, `start` where there is none."""
    end = start
    for i, block in enumerate(blocks[start:], start):
        if i - end > _PREAMBLE:
            break
        if isinstance(block, Paragraph) and _is_preamble(block):
            end = i + 1
    return end


def _is_preamble(block: Paragraph) -> bool:
    """A ground ("Căn cứ …", "- Nghị quyết số …"), or what ends in "… ban hành Kế hoạch như sau:"."""
    marker = marker_of(block.text)
    folded = block.folded[marker.end :] if marker and marker.is_bullet else block.folded
    opener = first(phrases("letterhead", "preamble"), folded)
    if opener is not None and (opener[0].means["always"] or _CITES.search(folded)):
        return True
    if folded.endswith(":") and "kế hoạch" in folded and marker is None:
        return True
    return _CITES.search(folded, 0, 90) is not None and either("citations", "kinds").match(folded) is not None


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and first(phrases("headings", "title"), block.folded) is not None


def _opens_body(block: Paragraph) -> bool:
    marker = marker_of(block.text)
    if marker is None or marker.style in BULLETS or len(block.text) > _LONGEST_OPENING:
        return False
    return RANKS[marker.style] <= RANKS["dot1"]


def foot_start(blocks: Sequence[Block], start: int) -> int:
    """The first block of the plan's foot: Nơi nhận, or the signature before it, else the end."""
    signature = None
    for i, block in enumerate(blocks[start:], start):
        text = block.folded if isinstance(block, Paragraph) else _first_cell(block)
        if len(text) < 300 and first(phrases("headings", "recipients"), text):
            return signature if signature is not None and i - signature < 8 else i
        if isinstance(block, Paragraph) and len(text) < 80 and first(phrases("headings", "signatures"), text):
            signature = signature if signature is not None else i
        elif _ENDS_PLAN.search(text[-4:]):
            signature = None
    return signature if signature is not None else len(blocks)


def _first_cell(grid: Grid) -> str:
    return next((p.folded for row in grid.rows for cell in row for p in cell.paragraphs), "")


def appendix_start(blocks: Sequence[Block], foot: int) -> int:
    """The first block after the foot that belongs to an appendix."""
    for i, block in enumerate(blocks[foot:], foot):
        if isinstance(block, Grid):
            if len(block.rows) > 1 and len(block.rows[0]) > 2:
                return i
        elif is_appendix(block) or (i > foot + 3 and _heads_appendix(block)):
            return i
    return len(blocks)


def is_appendix(block: Block) -> bool:
    """Whether a block is the line "PHỤ LỤC II"."""
    return isinstance(block, Paragraph) and _APPENDIX.match(block.folded) is not None


def _heads_appendix(block: Paragraph) -> bool:
    found = section_phrase(block.folded)
    return found is not None and found.means["kind"] == "appendix" and is_capitals(block.text)


def closing_at(blocks: Sequence[Block], start: int, foot: int) -> range:
    """The indexes of the plan's last paragraphs: the one that "./." ends, else one that opens as closings do.

    A paragraph before it belongs to it where it closes the plan in words that nothing else opens with.
    """
    last = [(i, b) for i, b in enumerate(blocks[start:foot], start) if isinstance(b, Paragraph)][-4:]
    for i, block in reversed(last):
        if _is_bare(block) and (
            _ENDS_PLAN.search(block.text[-6:]) or first(phrases("headings", "closing"), block.folded)
        ):
            before = blocks[i - 1] if i > start else None
            closes = isinstance(before, Paragraph) and first(phrases("headings", "surely_closing"), before.folded)
            return range(i - 1 if closes else i, i + 1)
    return range(0)


def _is_bare(block: Paragraph) -> bool:
    return marker_of(block.text) is None and label_at(block.text) is None


def offset_of(blocks: Sequence[Block], index: int, end: int) -> int:
    """Where the block at `index` begins in the text; `end` past the last."""
    if index >= len(blocks):
        return end
    block = blocks[index]
    if isinstance(block, Paragraph):
        return block.start
    return min((p.start for row in block.rows for cell in row for p in cell.paragraphs), default=end)
