"""Text and Markdown, as people, converters and law portals save them -> Document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extract.errors import UnreadableFile
from extract.model import Document, Line, Table
from extract.read import aligned, bars, pipes, sides, stacked, tabs
from extract.read.decode import decoded
from extract.read.html import blocks_of_fragment, blocks_of_page, is_page
from extract.read.markup import is_bold, plain_of_markdown, turns_bold
from extract.read.page import document_in_text

_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_MARKED = re.compile(r"[*_\\\[<&`~$#>{]")
_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+(?=\S)")
_CLOSING_HASHES = re.compile(r"\s+#+\s*$")
# "> - Công an xã": a quotation; "> 90% số hộ" is a figure
_QUOTED = re.compile(r"\s{0,3}>(?:\s?>)*\s?(?!\s*\d)")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_HARD_BREAK = re.compile(r"(?:  |\\)$")
_FENCE = re.compile(r"\s*(?:```|~~~)\s*\w*\s*")
_DEFINITION = re.compile(r"\s{0,3}\[(?P<label>[^\[\]^]{1,80})\]:\s+<?\S+>?(?:\s+[\"'(].*)?\s*")
_REFERENCE = re.compile(r"\[(?P<text>[^\[\]]{1,300})\]\s?\[(?P<label>[^\[\]]{0,80})\]")
# "{12}------------": a converter's page mark
_PAGE_MARK = re.compile(r"\s*\{\d{1,4}\}-{8,}\s*")
_LONGEST_HEAD = 120  # characters of a page's head or foot
_LARGEST = 16 * 2**20  # bytes; the longest plans have one of these


def read_plain(path: Path, data: bytes) -> Document:
    """A text file's document. Raises UnreadableFile where the bytes are no text, or too many to be a plan's."""
    if len(data) > _LARGEST:
        raise UnreadableFile(path, f"tệp chữ lớn hơn {_LARGEST // 2**20} MB. Hãy tách riêng kế hoạch rồi thử lại.")
    text = decoded(path, data)
    if is_page(text):
        return Document(tuple(blocks_of_page(text)), "text/html")
    media_type = "text/markdown" if path.suffix.lower() in {".md", ".markdown"} else "text/plain"
    return Document(tuple(document_in_text(text, list(blocks_of_text(text)))), media_type)


def blocks_of_text(text: str) -> Iterator[Line | Table]:
    """A text's lines and tables in order."""
    if "<!--" in text:
        text = _without_comments(text)
    lines = _ENDS.split(text)
    if "]:" in text:
        lines = _without_references(lines)
    if "|" not in text:
        return _blocks(lines, {})
    lines = bars.one_a_line(lines)
    return _blocks(lines, bars.tables_in(lines))


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _without_references(lines: list[str]) -> list[str]:
    """Links by reference as their text, and the list of addresses left out."""
    found = {
        i: m["label"].lower() for i, line in enumerate(lines) if "]:" in line and (m := _DEFINITION.fullmatch(line))
    }
    if not found:
        return lines
    labels = set(found.values())

    def linked(match: re.Match[str]) -> str:
        return match["text"] if (match["label"] or match["text"]).lower() in labels else match[0]

    return ["" if i in found else _REFERENCE.sub(linked, line) if "[" in line else line for i, line in enumerate(lines)]


def _blocks(lines: list[str], portal: dict[int, tuple[list[Line | Table], int]]) -> Iterator[Line | Table]:
    """Lines and tables in order; `portal` are the parts already read, by the line they begin at."""
    repeated = _repeated(lines) if any("|" in line for line in lines) else frozenset()
    last_table = max((i for i, line in enumerate(lines) if "</" in line and "</table" in line.lower()), default=-1)
    at = text_to = 0
    bold = gap = False
    while at < len(lines):
        if at in portal:
            blocks, at = portal[at]
            yield from blocks
            gap = False
            continue
        if len(lines[at]) < stacked.LONGEST_FIRST and (under := stacked.table_at(lines, at)):
            table, at = under
            yield table
            gap = False
            continue
        if at >= text_to and (found := _table(lines, at, repeated, last_table)):
            blocks, end = found
            if blocks:
                yield from blocks
                at, gap, bold = end, False, False
                continue
            text_to = end
        text = lines[at]
        at += 1
        if not text or text.isspace() or text.strip() == "|":
            gap, bold = True, False  # emphasis ends with its paragraph: a mark left open must not turn the rest around
            continue
        if not _MARKED.search(text):
            yield Line(text, bold=bold, gap=gap)
            gap = False
            continue
        for line in _lines(text, bold):
            yield replace(line, gap=gap) if gap else line
            gap = False
        bold ^= turns_bold(text)


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    """Short lines that stand more than once."""
    counts = Counter(text for line in lines if len(line) < _LONGEST_HEAD and (text := line.strip()))
    return frozenset(text for text, count in counts.items() if count > 1)


def _table(
    lines: list[str], at: int, repeated: frozenset[str], last_table: int
) -> tuple[list[Line | Table], int] | None:
    """The blocks of a table that may begin at the line, none where it only looks so, and where it ends."""
    line = lines[at]
    if "<" in line and at <= last_table and "<table" in line.lower():
        return _html_table(lines, at)
    if ("\t" in line or "   " in line) and (placed := sides.table_at(lines, at)):
        return [placed[0]], placed[1]
    if "   " in line and "\t" not in line and "|" not in line and (figures := aligned.table_at(lines, at)):
        return [figures[0]], figures[1]
    if "\t" in line and not tabs.only_indents(line):
        table, end = tabs.table_at(lines, at)
        return ([table] if table else []), end
    if pipes.has_bars(line):
        table, between, end = pipes.table_at(lines, at, repeated)
        return ([table, *between] if table else []), end
    return None


def _html_table(lines: list[str], at: int) -> tuple[list[Line | Table], int]:
    depth, end = 0, at
    for end in range(at, len(lines)):
        low = lines[end].lower()
        depth += low.count("<table") - low.count("</table")
        if depth <= 0:
            break
    return blocks_of_fragment("\n".join(lines[at : end + 1])), end + 1


def _lines(text: str, bold: bool) -> Iterator[Line]:
    """A line of the file without its markup: several where it holds breaks, none where nothing is left."""
    if _FENCE.fullmatch(text) or _PAGE_MARK.fullmatch(text):
        return
    if "<" in text and _BREAK.search(text):
        for part in _BREAK.split(text):
            yield from _lines(part, bold)
            bold ^= turns_bold(part)
        return
    if ">" in text and (quote := _QUOTED.match(text)):
        text = text[quote.end() :]
    heading = _HEADING.match(text) if "#" in text else None
    body = _CLOSING_HASHES.sub("", text[heading.end() :]) if heading else text
    plain = plain_of_markdown(body)
    if not plain or plain.isspace():
        return
    marked = heading is not None or "**" in body or "__" in body
    yield Line(
        plain,
        bold=is_bold(body, bold=bold),
        level=len(heading["level"]) if heading else 0,
        whole=heading is not None or (marked and bool(_HARD_BREAK.search(text))),
    )
