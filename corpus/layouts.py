"""Markdown of corpus/texts -> the Word, PDF and scanned files of corpus/plans that these plans come as.

`python -m corpus.layouts [NAME ...]` writes them anew, all or those whose names start so; it needs LibreOffice Writer
and the font Noto Serif, and nothing else does.

A line is a paragraph. `# ` begins a line of a title, `---` a page. A table with a line `|---|` under its head is ruled
and repeats its head; one without has no rules (letterhead, signatures). In a table `||` lets a cell span columns, `^^`
lets the cell above span rows, `<br>` starts a new line.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from corpus.gold import PLANS, TEXTS
from corpus.scanner import scanned
from corpus.word import KEPT, Cell, Table, columns, docx, paragraph, ruled, run, runs

_CELL = re.compile(r"([^|]*)(\|+)")
_BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def blocks(markdown: str) -> Iterator[str | Table]:
    """The paragraphs and tables of a text."""
    rows: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            yield table_of(rows)
            rows = []
        if line:
            yield line


def table_of(lines: Sequence[str]) -> Table:
    """A table of its lines.

    >>> table = table_of(["| a | b |", "|---|---|", "| **I** ||", "| c | d |", "| ^^ | e |"])
    >>> table.rows[1]
    [Cell(text='**I**', span=2, merge='')]
    >>> [row[0] for row in table.rows[2:]]
    [Cell(text='c', span=1, merge='restart'), Cell(text='', span=1, merge='continue')]
    """
    has_rules = len(lines) > 1 and not set(lines[1]) - set("|- ")
    rows = [list(_cells(line)) for i, line in enumerate(lines) if not (has_rules and i == 1)]
    for above, row in pairwise(rows):
        for column, i in _starts(row):
            at = dict(_starts(above)).get(column) if row[i].merge else None
            if at is not None and not above[at].merge:
                above[at] = Cell(above[at].text, above[at].span, "restart")
    return Table(rows, has_rules)


def _starts(row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The column that each of a row's cells begins at, and its place in the row."""
    column = 0
    for i, cell in enumerate(row):
        yield column, i
        column += cell.span


def _cells(line: str) -> Iterator[Cell]:
    for text, pipes in _CELL.findall(line[1:]):
        merged = text.strip() == "^^"
        yield Cell("" if merged else text.strip(), len(pipes), "continue" if merged else "")


def body(markdown: str) -> Iterator[str]:
    """The parts of a w:body."""
    for block in blocks(markdown):
        if isinstance(block, Table):
            yield (ruled(block) if block.ruled else columns(block)) + paragraph("", after=60)
        elif block == "---":
            yield paragraph('<w:r><w:br w:type="page"/></w:r>')
        elif block.startswith("# "):
            yield paragraph(run(block[2:], "**"), align="center", after=60)
        elif block.startswith("*("):
            yield paragraph(runs(block), align="center", after=120)
        elif block.startswith("- "):
            yield paragraph(runs(block[2:]), properties=_BULLET, after=80)
        else:
            yield paragraph(runs(block), properties=KEPT * block.endswith("**"), after=80)


def pdf(word: bytes) -> bytes:
    """A Word file as LibreOffice prints it, with a profile of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plan.docx").write_bytes(word)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "plan.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603
        return (folder / "plan.pdf").read_bytes()


def made(text: Path) -> bytes:
    """The plan that a text is the source of, in the format that its name says."""
    inside = "".join(body(text.read_text("utf-8")))
    plan = Path(text.stem)
    if plan.suffix == ".docx":
        return docx(inside, font="Times New Roman", size=26)
    printed = pdf(docx(inside, font="Noto Serif", size=22))
    return scanned(printed) if plan.stem.endswith("-scan") else printed


def main() -> None:
    """Write the plans."""
    for text in sorted(TEXTS.glob("*.md")):
        if text.name.startswith(tuple(sys.argv[1:]) or ""):
            (PLANS / text.stem).write_bytes(made(text))


if __name__ == "__main__":
    main()
