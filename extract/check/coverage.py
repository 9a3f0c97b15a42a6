"""The body's paragraphs and tables -> what of a plan's working sections ended up in no record."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.check.findings import Findings, opening, problem
from extract.lexicon import first, phrases
from extract.model import Grid, Node, Paragraph
from extract.normalize.labels import label_at
from schemas import Problem, SectionKind, Span

_WORKING = frozenset({SectionKind.GOALS, SectionKind.TASKS, SectionKind.IMPLEMENTATION, SectionKind.APPENDIX})
_LINK = re.compile(r"(?:.{0,60}[\s(<:])?(?:https?://|www\.)\S+\W*")
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*[.]?\s*")
_STOPPED = re.compile(r"[.;…!]\W*$")
_ORDINAL = 4  # characters of a row's "VIII"
_SHORTEST = 30  # characters; less is a label or a name
_SHORT_HEADING = 110
_UNKNOWN_SECTION = 200  # characters from which a section of no known kind is missed


@dataclass(frozen=True, slots=True)
class _Ranges:
    """Ranges of the text in order, none overlapping another."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them overlaps `start:end`."""
        at = bisect_left(self.ends, start + 1)
        return at < len(self.starts) and self.starts[at] < end


@dataclass(frozen=True, slots=True)
class _Unread:
    """A stretch that was not read: its range and first words, the path over it, how many rows where it is a table's."""

    start: int
    end: int
    text: str
    path: str
    rows: int = 0


def unread_problems(found: Findings) -> Iterator[Problem]:
    """A problem for each run of unread paragraphs, and for each table with unread rows."""
    read, trees = _ranges(found), (found.outline.body, *found.outline.appendices)
    for run in _runs([unread for tree in trees for unread in _unread(tree, read)], read):
        head = run[0]
        place = "Phụ lục" if head.path.startswith("PL") else f"Mục {head.path}" if head.path else "Thân văn bản"
        what = f"{head.rows} hàng của bảng" if head.rows else f"{len(run)} đoạn" if len(run) > 1 else "một đoạn"
        message = f"{place}: {what} không thành chỉ tiêu hay nhiệm vụ nào, bắt đầu là “{opening(head.text)}”."
        yield problem("unread_text", message, found.reading.span(head.start, run[-1].end))


def _ranges(found: Findings) -> _Ranges:
    """What the records and the attribute lines were read from."""
    spans: list[Span | None] = [s for target in found.targets for s in target.spans]
    for task in found.tasks:
        spans += [*task.spans, *task.result_spans, *(unit.span for unit in task.units)]
        spans.append(task.deadline.span if task.deadline else None)
    places = [(s.start, s.end) for s in spans if s is not None]
    places += [(a.start, a.end) for item in found.items for a in item.attributes]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return _Ranges(tuple(m[0] for m in merged), tuple(m[1] for m in merged))


def _runs(unread: Sequence[_Unread], read: _Ranges) -> Iterator[list[_Unread]]:
    """Paragraphs of one section with nothing read between them, put together; a table by itself."""
    run: list[_Unread] = []
    for one in sorted(unread, key=lambda u: u.start):
        same = run and run[-1].path == one.path and not (run[-1].rows or one.rows)
        if same and not read.touch(run[-1].end, one.start):
            run.append(one)
            continue
        if run:
            yield run
        run = [one]
    if run:
        yield run


def _unread(tree: Node, read: _Ranges) -> Iterator[_Unread]:
    """The unread stretches of a tree."""
    for top in tree.children:
        if top.kind is SectionKind.OTHER:
            yield from _unread_section(top, read)
            continue
        for node in top.walk():
            if node.kind in _WORKING and node.grid is not None:
                yield from _unread_table(node, node.grid, read)
            elif _says_something(node) and not read.touch(node.start, node.end):
                yield _Unread(node.start, node.end, node.text, node.path)


def _says_something(node: Node) -> bool:
    """A working section's paragraph that is no heading, lead-in, attribute line, definition, topic or link."""
    text = node.text.strip()
    if node.kind not in _WORKING or node.paragraph is None:
        return False
    if node.children or node.named or node.topics or len(text) < _SHORTEST or text.endswith(":"):
        return False
    if node.style in {"caps", "title"} or (len(text) < _SHORT_HEADING and not _STOPPED.search(text)):
        return False
    if _BRACKETED.fullmatch(text) or _LINK.fullmatch(text):
        return False
    return not _is_of_no_record(node)


def _is_of_no_record(node: Node) -> bool:
    """What the guide leaves out of records on purpose."""
    if node.paragraph is not None and label_at(node.paragraph.text) is not None:
        return True
    left_out = (("headings", "definitions"), ("nouns", "assessed"), ("targets", "standing"))
    return any(first(phrases(*section), node.folded) for section in left_out)


def _unread_section(top: Node, read: _Ranges) -> Iterator[_Unread]:
    """A top section whose heading says no known kind, with text of which nothing was read."""
    nodes = [n for n in _below_no_name(top) if n.paragraph is not None and n.text.strip()]
    if sum(len(n.text) for n in nodes) < _UNKNOWN_SECTION or any(read.touch(n.start, n.end) for n in nodes):
        return
    yield _Unread(min(n.start for n in nodes), max(n.end for n in nodes), top.text.strip() or nodes[0].text, top.path)


def _below_no_name(node: Node) -> Iterator[Node]:
    """The node and what stands below it, but for sections whose headings say what they are."""
    if not (node.named or node.topics):
        yield node
        for child in node.children:
            yield from _below_no_name(child)


def _unread_table(node: Node, grid: Grid, read: _Ranges) -> Iterator[_Unread]:
    """The rows of which nothing was read, those of the head and those that only name a group left out."""
    rows = [[p for cell in row for p in cell.paragraphs] for row in grid.rows]
    hits = [any(read.touch(p.start, p.end) for p in row) for row in rows]
    begin = hits.index(True) if True in hits else 1
    missed = [row for row, hit in list(zip(rows, hits, strict=True))[begin:] if not hit and _is_full(row)]
    if missed:
        text = " ".join(p.text for p in missed[0])
        yield _Unread(missed[0][0].start, missed[-1][-1].end, text, node.path, len(missed))


def _is_full(row: Sequence[Paragraph]) -> bool:
    """A row that says more than one thing in words."""
    texts = {p.text for p in row if len(p.text) > _ORDINAL and any(c.isalpha() for c in p.text)}
    return len(texts) > 1 and sum(map(len, texts)) >= _SHORTEST
