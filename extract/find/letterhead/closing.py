"""The lines after the body -> the signatures, and who gets the plan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extract.find.letterhead.front import Piece, either
from extract.find.letterhead.signatures import Signature, acts_for, has_surname, names_on, signatures
from extract.normalize.casing import is_capitals
from extract.text import fold

_BULLET = re.compile(r"^\s*(?:[-–+•*·]|\d{1,2}[.)])\s*")
_ITEMS = re.compile(r"(?<=[;,.)])\s+(?=[-–+•]\s)")
_COLON = re.compile(r"^[\s:.;]*")
_WORD = re.compile(r"\S+")
_AFTER_SENTENCE = re.compile(r"(?<=[.;)])\s+(?=[^\W\d_])")
_APPENDIX = re.compile(r"\W*(?:phụ\s*lục|biểu\s+mẫu|mẫu\s+số)\b")
_MOST_LINES = 90


@dataclass(frozen=True, slots=True)
class Closing:
    """The signatures in reading order, whether they stand side by side, and the recipients."""

    signatures: tuple[Signature, ...] = ()
    side_by_side: bool = False
    recipients: tuple[tuple[Piece, ...], ...] = ()

    def of(self, body: str | None = None) -> Signature:
        """The first signature, or of several bodies' that of `body`; side by side, the first body's is on the right."""
        if not self.signatures:
            return Signature()
        if body is None or len(self.signatures) == 1:
            return self.signatures[0]
        return max(
            enumerate(self.signatures), key=lambda s: (_likeness(s[1], body), s[0] * (1 if self.side_by_side else -1))
        )[1]


def _likeness(signature: Signature, body: str) -> int:
    """How many of a body's words stand in what the signature says of its own."""
    said = " ".join(p.folded for p in (signature.capacity, signature.position) if p)
    return len(set(fold(body).split()) & set(said.split()))


def find_closing(after: Sequence[Piece]) -> Closing:
    """The signatures in the lines after the body and the list under "Nơi nhận", also where columns ran together."""
    left: list[list[Piece]] = []
    right: list[Piece] = []
    listing = False
    for piece in after[:_MOST_LINES]:
        if right and _APPENDIX.match(piece.folded):
            break
        heading = either("recipients_heading", blanks=False).match(piece.folded)
        line = _beside(piece, heading.end()) if heading else piece
        listing = listing or heading is not None
        if line is None:
            continue
        if left and not right and line.text[:1].islower() and not acts_for(line):
            left[-1].append(line)
        elif listing and (_BULLET.match(line.text) or (not right and _ends_item(line))):
            mine, theirs = _split(line)
            left.extend([item] for item in _items(mine))
            right.extend(theirs)
        else:
            right.extend(_runs(line))
    signed, side_by_side = signatures(right)
    return Closing(signed, side_by_side, _recipients(left))


def opens_closing(piece: Piece) -> bool:
    """Whether a line begins the recipients' list or a signature ("TM. ỦY BAN NHÂN DÂN")."""
    if either("recipients_heading", blanks=False).match(piece.folded):
        return True
    return acts_for(piece) is not None and len(piece.text) < 80


def _beside(piece: Piece, at: int) -> Piece | None:
    """What stands on the line of "Nơi nhận:"."""
    colon = _COLON.match(piece.text[at:])
    return piece.part(at + (colon.end() if colon else 0), len(piece.text))


def _ends_item(piece: Piece) -> bool:
    """A line of a list without bullets: its end mark says so."""
    return piece.text.endswith((";", ",", ".")) and not piece.capitals


def _split(piece: Piece) -> tuple[Piece | None, list[Piece]]:
    """A line of the list and what ran into it from the signature: "- Lưu: VT. Nguyễn Văn A"."""
    for match in _signature_start().finditer(piece.folded):
        if is_capitals(piece.text[match.start() : match.end()]):
            theirs = piece.part(match.start(), len(piece.text))
            return piece.part(0, match.start()), list(_runs(theirs)) if theirs else []
    for mark in _AFTER_SENTENCE.finditer(piece.text):
        rest = piece.part(mark.end(), len(piece.text))
        if rest and (names := names_on(rest)) and has_surname(names[0]):
            return piece.part(0, mark.start()), [rest]
    return piece, []


@cache
def _signature_start() -> re.Pattern[str]:
    return re.compile(f"{either('capacities').pattern}|{either('positions').pattern}")


def _items(piece: Piece | None) -> Iterator[Piece]:
    """The items of a list that stand on one line."""
    if piece is None:
        return
    at = 0
    for cut in _ITEMS.finditer(piece.text):
        yield from filter(None, [piece.part(at, cut.start())])
        at = cut.end()
    yield from filter(None, [piece.part(at, len(piece.text))])


def _recipients(left: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece, ...], ...]:
    """The list's items without bullets, each with the lines it goes on over."""
    found: list[tuple[Piece, ...]] = []
    for first, *others in left:
        bullet = _BULLET.match(first.text)
        bare = first.part(bullet.end() if bullet else 0, len(first.text))
        if bare is not None and any(c.isalpha() for c in bare.text):
            found.append((bare, *others))
    return tuple(found)


def _runs(piece: Piece) -> Iterator[Piece]:
    """A line cut before each "KT.", and where two or more words in capitals meet others: "PHÓ CHỦ TỊCH Vũ Hải"."""
    words = list(_WORD.finditer(piece.text))
    capitals: list[bool] = []
    for word in words:  # a single letter ("Y tế", "Y TẾ") says nothing: as the word before it
        capitals.append(is_capitals(word[0]) if len(word[0]) > 1 or not capitals else capitals[-1])
    cuts = {
        m.start() for m in either("capacities").finditer(piece.folded) if is_capitals(piece.text[m.start() : m.end()])
    }
    for i in range(1, len(words)):
        before, after = capitals[max(0, i - 2) : i], capitals[i : i + 2]
        if capitals[i] != capitals[i - 1] and (before == [True, True] or after == [True, True]):
            cuts.add(words[i].start())
    cuts.update(m.end() for m in _AFTER_SENTENCE.finditer(piece.text) if _signs(piece, m.end()))
    edges = [0, *sorted(c for c in cuts if c > 0), len(piece.text)]
    for start, end in pairwise(edges):
        yield from filter(None, [piece.part(start, end)])


def _signs(piece: Piece, at: int) -> bool:
    """Whether a person's name stands after a list's end mark."""
    rest = piece.part(at, len(piece.text))
    names = names_on(rest) if rest else []
    return bool(names) and has_surname(names[0])
