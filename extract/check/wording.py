"""Damaged words -> a problem for each right word that they stand for."""

from collections.abc import Iterator

from extract.check.damage import Damage
from extract.check.findings import Findings, problem
from schemas import Problem

_MOST_WORDS = 5


def wording_problems(found: Findings) -> Iterator[Problem]:
    """A problem for each right word that was damaged, and one for all whose right form is open."""
    groups: dict[str, list[Damage]] = {}
    for damage in found.damages:
        groups.setdefault(damage.right, []).append(damage)
    for right, places in groups.items():
        printed = list(dict.fromkeys(found.reading.text[d.start : d.end] for d in places))
        words = ", ".join(f"“{word}”" for word in printed[:_MOST_WORDS]) + (" …" if len(printed) > _MOST_WORDS else "")
        count = f" ({len(places)} chỗ)" if len(places) > 1 else ""
        meant = f": có lẽ là “{right}”" if right else ": chữ hoặc số có dạng sai"
        yield problem("ocr_suspect", f"{words}{count}{meant}.", found.reading.span(places[0].start, places[0].end))
