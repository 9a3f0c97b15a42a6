"""Measurements as Markdown, and their places in docs/benchmarks.md: each between the markers of its bench."""

from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1) -> str:
    """A table whose first columns, `words` of them, are words and whose others are figures.

    >>> print(table(["Page", "Times"], [["home", 2]]))
    | Page | Times |
    | --- | ---: |
    | home | 2 |
    """
    under = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, under, *rows))


def markers(name: str, bench: str) -> tuple[str, str]:
    """What stands before and behind a bench's part of the page."""
    return f"<!-- {name}: written by python -m bench.{bench} -->", f"<!-- {name}: end -->"


def keep(name: str, bench: str, text: str, page: Path = PAGE) -> None:
    """Put what a bench has measured between its markers; raises ValueError where the page lacks them."""
    begin, end = markers(name, bench)
    before, begun, rest = page.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"{page}: {begin} ... {end} is missing; put both where the table is to stand")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
