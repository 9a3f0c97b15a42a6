"""A plan while it is written: its blocks as they are set, and the record that it should be read as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from corpus.generate.due import Json
from corpus.generate.facts import Facts, Work
from corpus.generate.forms import Form
from corpus.generate.issuers import wordings

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_PARTS = ("", "thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ tám")
_AFTER_THE_SECOND = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `bold` as headings are, `title` says that it is centred."""

    text: str
    bold: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over several columns, or one that the cell above reaches into (`up`)."""

    text: str = ""
    wide: int = 1
    up: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; a ruled one has a head, others are the two columns of a letterhead or of signatures."""

    rows: Sequence[Sequence[str | Cell]]
    ruled: bool = True


Block = Line | Grid


@dataclass(slots=True)
class Written:
    """A plan's blocks, and its record as gold has it. `path` is that of the heading that is open."""

    facts: Facts
    form: Form
    rng: Random
    blocks: list[Block] = field(default_factory=list)
    targets: list[Json] = field(default_factory=list)
    tasks: list[Json] = field(default_factory=list)
    sections: int = 0
    counted: int = 0
    path: str = ""
    section_path: str = ""

    def add(self, text: str, *, bold: bool = False) -> None:
        """A paragraph more."""
        self.blocks.append(Line(text, bold))

    def named(self, section: str) -> str:
        """One of the names that a section goes by."""
        return str(self.rng.choice(wordings()["sections"][section])).format(before=self.facts.year - 1)

    def others(self, work: Work) -> tuple[str, ...]:
        """The units that help with a task."""
        return (
            (*work.others, wordings()["everybody"][len(work.text) % 3])
            if self.form["names"] == "everybody"
            else work.others
        )

    def joined(self, names: Sequence[str], *, in_sentence: bool = False) -> str:
        """The names as one list."""
        if self.form["names"] == "và" and len(names) > 1:
            return f"{', '.join(names[:-1])} và {names[-1]}"
        return ("; " if self.form["names"] == "semicolons" and not in_sentence else ", ").join(names)

    def note_result(self, work: Work) -> None:
        """A result's number as a target, due when its task is."""
        if work.result and work.result.gold:
            target = {"text": work.result.text, "scope": "result", "indicator": "other", "group": self.path}
            self.targets.append({**target, **work.result.gold, "due": work.deadline.gold, "way": "in a result"})

    def section(self, name: str) -> None:
        """A heading of the first level."""
        self.sections += 1
        self.counted = 0
        n = self.sections
        label, self.path = {
            "I. 1.": (f"{ROMAN[n]}. ", ROMAN[n]),
            "A. I.": (f"{'ABCDEFGH'[n - 1]}. ", "ABCDEFGH"[n - 1]),
            "1. 1.1.": (f"{n}. ", str(n)),
            "Phần I.": (f"Phần {_PARTS[n]}: ", str(n)),
            "I- 1-": (f"{ROMAN[n]}- ", ROMAN[n]),
            "I/ 1/": (f"{ROMAN[n]}/ ", ROMAN[n]),
            "capitals only": ("", ""),
        }[self.form["numbering"]]
        self.section_path = self.path
        self.add(f"{label}{name.upper()}{self._colon()}", bold=True)

    def heading(self, number: int, name: str) -> None:
        """A heading of the second level."""
        number = self.printed(number)
        label, step = {
            "I. 1.": (f"{number}. ", str(number)),
            "A. I.": (f"{ROMAN[number]}. ", ROMAN[number]),
            "1. 1.1.": (f"{self.section_path}.{number}. ", f"{number}"),
            "Phần I.": (f"{ROMAN[number]}. ", ROMAN[number]),
            "I- 1-": (f"{number}- ", str(number)),
            "I/ 1/": (f"{number}/ ", str(number)),
            "capitals only": ("", ""),
        }[self.form["numbering"]]
        self.path = f"{self.section_path}.{step}" if step else self.section_path
        bare = self.form["numbering"] == "capitals only"
        text, colon, duty = name.partition(": ")
        self.add(f"{label}{text.upper() if bare and not colon else text}{colon}{duty}{'' if colon else self._colon()}",
                 bold=not colon)  # fmt: skip

    def inner(self, number: int, name: str) -> None:
        """A heading of the third level."""
        above = self.path.rpartition(".")[0] if number > 1 else self.path
        label, step = {
            "I. 1.": (f"{above.rpartition('.')[2]}.{number}. ", str(number)),
            "A. I.": (f"{number}. ", str(number)),
            "1. 1.1.": (f"{above}.{number}. ", str(number)),
            "Phần I.": (f"{number}. ", str(number)),
            "I- 1-": (f"{LETTERS[number - 1]}) ", LETTERS[number - 1]),
            "I/ 1/": (f"{above.rpartition('.')[2]}.{number}/ ", str(number)),
        }[self.form["numbering"]]
        self.path = f"{above}.{step}"
        self.add(f"{label}{name}{self._colon()}", bold=True)

    def printed(self, number: int) -> int:
        """The number that is printed for the one that is meant; slips stand from the third heading on."""
        slip = {"repeated": -1, "one left out": 1}.get(self.form["ordinals"], 0)
        return number + slip if number > _AFTER_THE_SECOND else number

    def item(self, number: int, text: str) -> None:
        """An item of a list."""
        if self.form["count"] == "on":  # from group to group of a section
            self.counted = number = self.counted % len(LETTERS) + 1
        letter = LETTERS[number - 1]
        labels = {"a) ": f"{letter}) ", "a. ": f"{letter}. ", "(1) ": f"({number}) ", "1) ": f"{number}) "}
        way = self.form["items"]
        self.add({"paragraphs": ""}.get(way, labels.get(way, way)) + text)

    def _colon(self) -> str:
        return ":" if self.form["heads"] == "colon" else ""


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Every piece of text of the blocks."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text if isinstance(cell, Cell) else cell for row in block.rows for cell in row)


def lowered(text: str) -> str:
    """The text with its first letter small, as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
