"""Text -> words that scanning or typing damaged: a wrong word where a common one belongs, a lost tone, O for 0."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.check.findings import problem
from extract.lexicon import phrases
from extract.model import Reading
from schemas import Problem

# "thưc hiện", "nhât": a syllable that ends in a stop bears a tone; words with marked vowels are no foreign names
_TONELESS = re.compile(r"(?<![^\W\d_])[^\W\d_]{0,4}[âêôơư](?:ch|c|p|t)(?![^\W\d_])")
# "2O26", "9O%", "l00%", "0l tháng", "l5/6"
_LETTER_FOR_FIGURE = re.compile(
    r"""(?<![\w./:-])(?:
        \d+[OolI]\d+(?!\w)
      | \d+[Oo](?=\s*%)
      | [lI]\d+(?=\s*[%/])
      | \d[lI](?=\s+tháng|\s*/)
    )""",
    re.VERBOSE,
)
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged word's range, and what belongs there, "" where that can't be said."""

    start: int
    end: int
    right: str


def damages(reading: Reading) -> tuple[Damage, ...]:
    """The damaged words in reading order."""
    folded = reading.folded
    sound = [m.span() for p in phrases("checks", "undamaged") for m in p.find_all(folded)]
    known = [
        Damage(match.start(), match.end(), phrase.means["right"])
        for phrase in phrases("checks", "damaged")
        for match in phrase.find_all(folded)
        if not any(a < match.end() and match.start() < b for a, b in sound)
    ]
    toneless = [Damage(*m.span(), "") for m in _TONELESS.finditer(folded)]
    figures = [Damage(*m.span(), "") for m in _LETTER_FOR_FIGURE.finditer(reading.text)]
    return tuple(sorted((*known, *toneless, *figures), key=lambda d: d.start))


def wording_problems(reading: Reading) -> Iterator[Problem]:
    """A problem for each right word that was damaged, and one for all whose right form is open."""
    groups: dict[str, list[Damage]] = {}
    for damage in damages(reading):
        groups.setdefault(damage.right, []).append(damage)
    for right, found in groups.items():
        printed = list(dict.fromkeys(reading.text[d.start : d.end] for d in found))
        words = ", ".join(f"“{word}”" for word in printed[:_MOST_WORDS]) + (" …" if len(printed) > _MOST_WORDS else "")
        count = f" ({len(found)} chỗ)" if len(found) > 1 else ""
        meant = f": có lẽ là “{right}”" if right else ": chữ hoặc số có dạng sai"
        yield problem("ocr_suspect", f"{words}{count}{meant}.", reading.span(found[0].start, found[0].end))
