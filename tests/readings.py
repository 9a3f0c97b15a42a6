"""Readings for tests, made from text."""

from extract.model import Paragraph, Reading
from extract.text import fold, nfc, squeezed


def read(text: str) -> Reading:
    """A reading with a paragraph a line; `**` makes a line bold."""
    blocks, at, lines = [], 0, []
    for raw in nfc(text).split("\n"):
        line = squeezed(raw.replace("**", ""))
        if line:
            blocks.append(Paragraph(at, at + len(line), line, fold(line), bold="**" in raw))
            lines.append(line)
            at += len(line) + 1
    return Reading("\n".join(lines), tuple(blocks))
