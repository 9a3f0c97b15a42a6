"""A paragraph while it is read: its text, the values found so far, and where the words of a number begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.actuals.amounts import Amount
from extract.actuals.clauses import Clause
from extract.actuals.draft import Counted, Draft
from extract.actuals.qualified import Move
from extract.actuals.subjects import is_headless
from schemas.actual import Baseline, Planned

Place = tuple[int, int]


@dataclass(slots=True)
class State:
    """What was read of a paragraph so far: its values, the clause and sentence of the last, the end of the last number.

    `current` counts the clauses; `counted` is the time that the current one's figures were counted over; `waiting` and
    `base` are a plan's figure and an earlier one that stand before the value they belong to; `against` is what a clause
    such as "so với cùng kỳ giảm 03 vụ" holds the values before it against, and where the words for it end;
    `moved` is the last change, the number it is told by and where the words for that begin. Of the sentences by their
    numbers, `answered` are those of whose figures something was made.
    """

    text: str
    folded: str
    offset: int
    hidden: Sequence[Place]
    counted: Counted
    current: int = -1
    drafts: list[Draft] = field(default_factory=list)
    clause: int = -1
    sentence: int = -1
    last_end: int = 0
    waiting: Planned | None = None
    base: Baseline | None = None
    against: tuple[str, int] | None = None
    moved: tuple[Move, Amount, int] | None = None
    sentences: dict[int, Place] = field(default_factory=dict)
    asides: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)

    def begin(self, clause: Clause) -> None:
        """Turn to the next clause."""
        self.current += 1
        start, _ = self.sentences.get(clause.sentence, (clause.start, clause.end))
        self.sentences[clause.sentence] = start, clause.end

    def answer(self, clause: Clause, *, noted: bool = True) -> None:
        """Note that something was made of a figure of the clause's sentence."""
        if noted:
            self.answered.add(clause.sentence)

    def sentence_of(self, clause: Clause) -> bool:
        """Whether the last value is of the clause's sentence, or what the clause is held against says so."""
        return bool(self.drafts) and (self.sentence == clause.sentence or self.against is not None)

    @property
    def main(self) -> Draft | None:
        """The last value."""
        return self.drafts[-1] if self.drafts else None

    @property
    def again(self) -> bool:
        """Whether the current clause has given a value."""
        return self.clause == self.current

    def bracket_of(self, amount: Amount) -> Place | None:
        """The brackets that a number stands in."""
        return next((b for b in self.hidden if b[0] <= amount.start < b[1]), None)

    def piece_start(self, clause: Clause, amount: Amount, bracket: Place | None) -> int:
        """Where the words begin that belong to a number: behind the comma after the one before it."""
        if bracket is not None:
            return max(self.folded.rfind(mark, bracket[0], amount.start) for mark in "(,;") + 1
        if self.last_end <= clause.start:
            return clause.start
        comma = self.folded.find(",", self.last_end, amount.start)
        while comma >= 0 and (inside := next((b for b in self.hidden if b[0] <= comma < b[1]), None)):
            comma = self.folded.find(",", inside[1], amount.start)
        begin = comma + 1 if comma >= 0 else self.last_end
        opens = begin + len(self.folded[begin : amount.start]) - len(self.folded[begin : amount.start].lstrip())
        return next((b[1] for b in self.hidden if b[0] == opens and b[1] <= amount.start), begin)

    def piece_end(self, clause: Clause, amount: Amount) -> int:
        """Where the words behind a number end: a comma, a bracket or the clause's end."""
        ends = [clause.end, *(a for a, _ in self.hidden if a >= amount.end)]
        marks = (",", ":") if amount.noun else (":",)
        ends += [i for mark in marks if (i := self.folded.find(mark, amount.end, clause.end)) >= 0]
        return min(ends)


def last_joint(folded: str, begin: int, at: int) -> int:
    """Behind the last comma or "và" before a place."""
    return max(begin, folded.rfind(",", begin, at) + 1, folded.rfind(" và ", begin, at) + 1)


def is_level(folded: str, begin: int, amount: Amount) -> bool:
    """Whether nothing but a verb such as "đạt" stands before a number, from the last comma on."""
    return is_headless(folded, last_joint(folded, begin, amount.start), amount.start)
