"""Outline -> where the plan's money comes from, by its section on funding or the paragraph that tells."""

from collections.abc import Iterator, Sequence

from extract.lexicon import first, phrases
from extract.model import Node, Outline, Reading
from schemas import Funding, SectionKind

_SHORTEST = 15  # characters behind a colon that say something
_SENTENCE = 40  # characters of a line that is more than a heading


def funding_of(reading: Reading, outline: Outline) -> Funding | None:
    """The first section on funding, a higher one before a lower; else the first paragraph that opens as they do.

    `text` is `reading.text[span.start:span.end]`: the section's paragraphs without its heading.
    """
    sections = [found for node in _sections(outline.body) if (found := _extent(node))]
    ranges = sections or [found for node in _paragraphs(outline.body) if (found := _extent(node))]
    if not ranges:
        return None
    start, end = ranges[0]
    text = reading.text[start:end]
    return Funding(text=text, sources=tuple(_sources(reading.folded[start:end])), span=reading.span(start, end))


def _sections(root: Node) -> Sequence[Node]:
    """The topmost nodes of the kind, those nearest the root first."""
    found: list[tuple[int, Node]] = []
    waiting = [(0, root)]
    while waiting:
        depth, node = waiting.pop()
        if node.kind is SectionKind.FUNDING and node.style != "root":
            found.append((depth, node))
        else:
            waiting += [(depth + 1, child) for child in node.children]
    return [node for _, node in sorted(found, key=lambda f: (f[0], f[1].start))]


def _paragraphs(root: Node) -> Iterator[Node]:
    return (node for node in root.walk() if node.paragraph and first(phrases("funding", "openings"), node.folded))


def _extent(node: Node) -> tuple[int, int] | None:
    """The range of what a heading governs, or of its own text where that says it: "Kinh phí: từ ngân sách …"."""
    ranges = [place for child in node.children for place in _places(child)]
    if ranges:
        start = min(a for a, _ in ranges)
        end = max(b for _, b in ranges)
    else:
        start, end = node.start, node.end
    rest = node.text.partition(":")[2].lstrip()
    if len(rest) >= _SHORTEST:
        start = node.end - len(rest)
    elif not ranges and len(node.text) < _SENTENCE:
        return None
    return (start, end) if end > start else None


def _places(node: Node) -> Iterator[tuple[int, int]]:
    """The ranges of all paragraphs of a node, markers and all."""
    for below in node.walk():
        if below.paragraph is not None:
            yield below.paragraph.start, below.paragraph.end
        if below.grid is not None:
            yield from ((p.start, p.end) for row in below.grid.rows for cell in row for p in cell.paragraphs)


def _sources(folded: str) -> Iterator[str]:
    """The sources that a text names, each once, in the order of the text; of names that overlap the longest counts."""
    named = ((phrase.means["source"], phrase.find_all(folded)) for phrase in phrases("funding", "sources"))
    options = [(match.start(), match.end(), source) for source, matches in named for match in matches]
    taken: list[tuple[int, int, str]] = []
    for start, end, source in sorted(options, key=lambda o: o[0] - o[1]):
        if not any(a < end and start < b for a, b, _ in taken):
            taken.append((start, end, source))
    yield from dict.fromkeys(source for _, _, source in sorted(taken) if source)
