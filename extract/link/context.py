"""What every record of one plan shares: its text, its year, its own abbreviations, the count of its records."""

import re
from collections import Counter
from dataclasses import dataclass, field

from extract.model import Attribute, Mention, Node, Passage, Reading
from extract.normalize.units import canonical
from extract.text import LOWER, UPPER
from schemas import Deadline, Span, UnitRole

# "Tổ công nghệ số cộng đồng (sau đây gọi tắt là Tổ CNSCĐ)", "(viết tắt là ĐVHC)", "Tổ công nghệ số cộng đồng (TCNSCĐ)"
_DEFINED = re.compile(
    rf"\(\s*(?:(?:sau đây\s+)?(?:viết|gọi)\s+(?:tắt\s+)?là\s*:?\s*)?[“\"]?"
    rf"(?P<short>(?:[{UPPER}][{LOWER}]*\s)?[{UPPER}&Đ-]{{2,12}})[”\"]?\s*\)"
)
_FULL_AT_MOST = 80


@dataclass
class Context:
    """What was read of an attribute is kept, since one line may close many tasks.

    `unit_heads` keeps how many of the headings below a node, with one mark, name units, and how many there are.
    `year` is the plan's year, for dates printed without one; `single_year` says that the plan is for it alone.
    """

    record_id: str
    reading: Reading
    year: int | None
    single_year: bool = True
    abbreviations: tuple[tuple[str, str], ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    units_read: dict[Attribute, tuple[UnitRole, ...]] = field(default_factory=dict)
    deadlines_read: dict[Attribute, Deadline | None] = field(default_factory=dict)
    unit_heads: dict[tuple[Node, str], tuple[int, int]] = field(default_factory=dict)

    def next_id(self, letter: str) -> str:
        """A record's id: the plan's, a letter for its kind, its place in order."""
        self.counts[letter] += 1
        return f"{self.record_id}-{letter}{self.counts[letter]:03d}"

    def span(self, passage: Passage, mention: Mention[object]) -> Span:
        """Where a mention in a passage was read."""
        start, end = passage.origin(mention.start, mention.end)
        return self.reading.span(start, end)

    def unit(self, unit: UnitRole, span: Span) -> UnitRole:
        """The unit with its span and its canonical name."""
        return unit.model_copy(update={"span": span, "canonical": canonical(unit.name, self.abbreviations)})


def abbreviations_of(text: str) -> tuple[tuple[str, str], ...]:
    """The abbreviations that a document defines, each with the words whose initials it is made of."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - _FULL_AT_MOST) : match.start()]
        full = _words_of(re.split(r"[.;:()\n]", before)[-1], match["short"])
        if full:
            found.setdefault(match["short"].strip(), full)
    return tuple(sorted(found.items()))


def _words_of(full: str, short: str) -> str | None:
    """The last words of `full` whose initials are the letters of `short`."""
    letters = [c for c in short.upper() if c.isalpha()]
    words = full.split()
    for take in range(len(letters), min(len(words), len(letters) + 3) + 1):
        tail = [w for w in words[-take:] if w.lower() not in {"và", "-", "–", "của"}]
        if [w[0].upper() for w in tail if w[0].isalpha()] == letters:
            return " ".join(words[-take:])
    return None
